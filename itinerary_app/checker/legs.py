"""Whether a trip to several cities has them as asked, and the ways between fit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import pairwise

from itinerary_app.catalogue.gateways import gateways
from itinerary_app.catalogue.zones import zone_of
from itinerary_app.checker.ends import IN, OUT
from itinerary_app.checker.subject import Subject, km
from itinerary_app.checker.verdicts import Check, Finding
from itinerary_app.model import (
    AnchorKind,
    City,
    Itinerary,
    Place,
    PlanRequest,
    Stage,
    Transfer,
)
from itinerary_app.text.clock import clock

MARGIN = 30  # minutes
WHOLE_DAY = 24 * 60
FASTEST_KM_H = {"flight": 950, "train": 300, "land": 150, "road": 110, "ferry": 70}
LEAST_MINUTES = {"flight": 180}  # to be there in time, and out again
LEAST_ABOARD = {"flight": 45}
GATES = {
    "flight": AnchorKind.AIRPORT,
    "train": AnchorKind.STATION,
    "ferry": AnchorKind.PORT,
}
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
            base=request.base if i == 0 else None,
            goes_on=i < len(stages) - 1,
        )
        if i > 0:
            own = _arrived(own, stages[i].transfer)
        if own.goes_on:
            own = _left(own, stages[i + 1].transfer)
        its = places.get(part.city.id, ())
        part = replace(part, notes=itinerary.notes)
        found.append(Subject(part, own, its, before))
    return found


def _arrived(request: PlanRequest, way: Transfer | None) -> PlanRequest:
    """What is asked of days that begin where one comes in from another city."""
    if way is None or way.target is None:
        return replace(request, arrive=None, arrive_at=None)
    return replace(request, arrive=way.arrive, arrive_at=way.target.name)


def _left(request: PlanRequest, way: Transfer | None) -> PlanRequest:
    """What is asked of days on whose last evening one may leave for another city."""
    request = replace(request, depart=None, depart_at=None, depart_there=False)
    if way is None or way.origin is None or way.leave >= 0:
        return request
    return replace(request, depart=way.leave + WHOLE_DAY, depart_at=way.origin.name)


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
        own=sum(it.own for it in checks),
    )


def legs(plan: Subject) -> Check:
    findings = (*_cities(plan), *_nights(plan), *_ways(plan))
    return Check(
        "legs",
        "Cities and ways",
        "Each city that you asked for has its days and nights, and the ways between "
        "have their time free: to be at a station or airport and out of it, else "
        f"{MARGIN} minutes on both sides.",
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
            *_gates(before.city, stage.city, way),
        ):
            yield Finding(f"the way {where} {what}", stage.first)
        yield from _not_free(plan, stage, way)


def _insane(one: City, other: City, way: Transfer) -> Iterator[str]:
    start, end = way.origin or one, way.target or other
    far = km(start.lat, start.lon, end.lat, end.lon)
    speed = FASTEST_KM_H.get(way.mode)
    if speed is None:
        yield f"is {way.mode!r}, which is no means of travel"
        return
    usual = LEAST_ABOARD if way.origin and way.target else LEAST_MINUTES
    least = max(far / speed * 60, usual.get(way.mode, 0))
    if way.minutes < least:
        yield f"takes {way.minutes} min, too few for {far:.0f} km by {way.mode}"


def _gates(one: City, other: City, way: Transfer) -> Iterator[str]:
    """Whether it leaves from a gateway of its kind, and comes in at one."""
    kind = GATES.get(way.mode)
    for city, gate, does in (
        (one, way.origin, "leaves from"),
        (other, way.target, "comes in at"),
    ):
        known = [it.anchor for it in gateways(city) if it.anchor.kind is kind]
        if gate is None and known:
            yield f"{does} no {kind}, and we know {known[0].name}"
        if gate is not None and gate not in known:
            yield f"{does} {gate.name}, which is no {kind or 'gateway'} of {city.name}"


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
    since = way.arrive + (OUT[way.target.kind] if way.target else MARGIN)
    until = way.leave + WHOLE_DAY  # on the day before
    until -= IN[way.origin.kind] if way.origin else MARGIN
    for day, stop in plan.stops:
        if day.number == stage.first and stop.arrive < since:
            what = f"begins at {clock(stop.arrive)}, and you arrive at "
            yield plan.found(day, stop, f"{what}{clock(way.arrive)}")
        early = day.number == stage.first - 1 and way.leave < 0
        if early and stop.leave > until:
            what = f"ends at {clock(stop.leave)}, and you leave at {clock(way.leave)}"
            yield plan.found(day, stop, what)
    for day in plan.itinerary.days:
        if day.number == stage.first and way.target and day.origin != way.target:
            where = day.origin.name if day.origin else "nowhere"
            yield Finding(f"begins at {where}, not at {way.target.name}", day.number)
        early = day.number == stage.first - 1 and way.leave < 0
        if early and way.origin and day.target != way.origin:
            where = day.target.name if day.target else "nowhere"
            yield Finding(f"ends at {where}, not at {way.origin.name}", day.number)
