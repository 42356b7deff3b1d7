"""Whether a trip to several cities has them as asked, and the ways between fit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import pairwise

from itinerary_app.catalogue.zones import zone_of
from itinerary_app.checker.subject import Subject, km
from itinerary_app.checker.verdicts import Check, Finding
from itinerary_app.model import City, Itinerary, Place, PlanRequest, Stage, Transfer
from itinerary_app.text.clock import clock

MARGIN = 30  # minutes
WHOLE_DAY = 24 * 60
FASTEST_KM_H = {"flight": 950, "train": 300, "land": 150, "road": 110, "ferry": 70}
LEAST_MINUTES = {"flight": 180}  # to be there in time, and out again
SOME_WINTER_DAY = date(2027, 1, 20)  # for clocks, where dates are open
CLOCKS_CHANGE = 60  # minutes by which clocks differ otherwise in another season


def subjects(
    itinerary: Itinerary,
    request: PlanRequest,
    places: Mapping[str, Sequence[Place]],
    before: Itinerary | None,
) -> list[Subject]:
    """Each city's days as a plan of their own; arrival and departure are the trip's."""
    found = []
    stages = itinerary.stages or (Stage(itinerary.city, 1),)
    for i, part in enumerate(itinerary.parts()):
        own = replace(
            request,
            city=stages[i].city.name,
            first=stages[i].first,
            days=len(part.days),
            legs=(),
            arrive=request.arrive if i == 0 else None,
            depart=request.depart if i == len(stages) - 1 else None,
            base=request.base if i == 0 else None,
            goes_on=i < len(stages) - 1,
        )
        its = places.get(part.city.id, ())
        part = replace(part, notes=itinerary.notes)
        found.append(Subject(part, own, its, before))
    return found


def merged(checks: Sequence[Check]) -> Check:
    """One verdict of those on each city."""
    first = checks[0]
    return replace(
        first,
        promise=" ".join(dict.fromkeys(it.promise for it in checks)),
        findings=tuple(found for it in checks for found in it.findings),
        remarks=tuple(found for it in checks for found in it.remarks),
        known=sum(it.known for it in checks),
        of=sum(it.of for it in checks),
    )


def legs(plan: Subject) -> Check:
    findings = (*_cities(plan), *_nights(plan), *_ways(plan))
    return Check(
        "legs",
        "Cities and ways",
        "Each city that you asked for has its days and nights, and the ways between "
        f"have their time free, with {MARGIN} minutes on both sides.",
        tuple(findings),
    )


def _cities(plan: Subject) -> Iterator[Finding]:
    had = [city.name for city in plan.itinerary.cities]
    wanted = [leg.city for leg in plan.request.legs] or [plan.request.city]
    for name in wanted:
        if name not in had:
            yield Finding(f"{name} is not in the plan")
    for name in had:
        if name not in wanted:
            yield Finding(f"{name} is in the plan, and you did not ask for it")
    if sorted(had) == sorted(wanted) and had != wanted:
        yield Finding(f"the order is {', '.join(had)}, not {', '.join(wanted)}")


def _nights(plan: Subject) -> Iterator[Finding]:
    nights = {leg.city: leg.nights for leg in plan.request.legs}
    stages, count = plan.itinerary.stages, len(plan.itinerary.days)
    if not stages:
        return
    if stages[0].first != 1 or stages[0].city != plan.itinerary.city:
        yield Finding(f"{plan.itinerary.city.name} does not begin on day 1")
    ends = [it.first for it in stages[1:]] + [count + 1]
    for stage, end in zip(stages, ends, strict=True):
        days, told = end - stage.first, nights.get(stage.city.name)
        if days < 1:
            yield Finding(f"{stage.city.name} has no day", stage.first)
        last = end == count + 1
        if told is not None and days != told and not (last and days == told + 1):
            what = f"{days} days in {stage.city.name}, and you want {told} nights"
            yield Finding(what, stage.first)


def _ways(plan: Subject) -> Iterator[Finding]:
    for before, stage in pairwise(plan.itinerary.stages):
        where = f"from {before.city.name} to {stage.city.name}"
        way = stage.transfer
        if way is None:
            yield Finding(f"there is no way {where}", stage.first)
            continue
        for what in (
            *_insane(before.city, stage.city, way),
            *_clocks(before, stage, plan),
        ):
            yield Finding(f"the way {where} {what}", stage.first)
        yield from _not_free(plan, stage, way)


def _insane(one: City, other: City, way: Transfer) -> Iterator[str]:
    far = km(one.lat, one.lon, other.lat, other.lon)
    speed = FASTEST_KM_H.get(way.mode)
    if speed is None:
        yield f"is {way.mode!r}, which is no means of travel"
        return
    least = max(far / speed * 60, LEAST_MINUTES.get(way.mode, 0))
    if way.minutes < least:
        yield f"takes {way.minutes} min, too few for {far:.0f} km by {way.mode}"


def _clocks(before: Stage, stage: Stage, plan: Subject) -> Iterator[str]:
    """What does not agree with the clocks of the two cities."""
    way, on = stage.transfer, plan.request.date_of(stage.first)
    zones = zone_of(before.city), zone_of(stage.city)
    if way is None:
        return
    if not -WHOLE_DAY <= way.leave < WHOLE_DAY or not 0 <= way.arrive < WHOLE_DAY:
        yield "does not arrive on its day, or leaves more than a day before"
    if zones[0] is None or zones[1] is None:
        return
    start, end = (
        _instant(on or SOME_WINTER_DAY, minute, zone)
        for minute, zone in zip((way.leave, way.arrive), zones, strict=True)
    )
    off = abs((end - start).total_seconds() - way.minutes * 60)
    if off > (0 if on else CLOCKS_CHANGE * 60):
        yield (
            f"leaves at {clock(way.leave)}, takes {way.minutes} min and arrives at "
            f"{clock(way.arrive)}, which does not agree"
        )


def _instant(on: date, minute: int, zone: tzinfo | None) -> datetime:
    """In UTC: a clock that changes in between shows another time."""
    days, rest = divmod(minute, WHOLE_DAY)
    wall = datetime.combine(on + timedelta(days), time(*divmod(rest, 60)), zone)
    return wall.astimezone(UTC)


def _not_free(plan: Subject, stage: Stage, way: Transfer) -> Iterator[Finding]:
    for day, stop in plan.stops:
        if day.number == stage.first and stop.arrive < way.arrive + MARGIN:
            what = f"begins at {clock(stop.arrive)}, and you arrive at "
            yield plan.found(day, stop, f"{what}{clock(way.arrive)}")
        leaves = way.leave + WHOLE_DAY  # on the day before
        early = day.number == stage.first - 1 and way.leave < 0
        if early and stop.leave > leaves - MARGIN:
            what = f"ends at {clock(stop.leave)}, and you leave at {clock(leaves)}"
            yield plan.found(day, stop, what)
