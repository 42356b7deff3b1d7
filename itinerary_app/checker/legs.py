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
from itinerary_app.language import N_, _
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
FASTEST_KM_H = {
    N_("flight"): 950,
    N_("train"): 300,
    N_("land"): 150,
    N_("road"): 110,
    N_("ferry"): 70,
}
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
        _("Cities and ways"),
        _(
            "Each city that you asked for has its days and nights, and the ways "
            "between have their time free: to be at a station or airport and out of "
            "it, else %(minutes)s minutes on both sides.",
            minutes=MARGIN,
        ),
        tuple(findings),
    )


def _cities(plan: Subject) -> Iterator[Finding]:
    had = [city.name for city in plan.itinerary.cities]
    wanted = [leg.city for leg in plan.request.legs] or [plan.request.city]
    for name in wanted:
        if name not in had:
            yield Finding(_("%(name)s is not in the plan", name=name))
    for name in had:
        if name not in wanted:
            yield Finding(
                _("%(name)s is in the plan, and you did not ask for it", name=name)
            )
    if sorted(had) == sorted(wanted) and had != wanted:
        yield Finding(
            _(
                "the order is %(list)s, not %(list_2)s",
                list=", ".join(had),
                list_2=", ".join(wanted),
            )
        )


def _nights(plan: Subject) -> Iterator[Finding]:
    nights = {leg.city: leg.nights for leg in plan.request.legs}
    stages, count = plan.itinerary.stages, len(plan.itinerary.days)
    if not stages:
        return
    if stages[0].first != 1 or stages[0].city != plan.itinerary.city:
        yield Finding(
            _("%(city)s does not begin on day 1", city=plan.itinerary.city.name)
        )
    ends = [it.first for it in stages[1:]] + [count + 1]
    for stage, end in zip(stages, ends, strict=True):
        days, told = end - stage.first, nights.get(stage.city.name)
        if days < 1:
            yield Finding(_("%(city)s has no day", city=stage.city.name), stage.first)
        last = end == count + 1
        if told is not None and days != told and not (last and days == told + 1):
            what = _(
                "%(days)s days in %(city)s, and you want %(told)s nights",
                days=days,
                city=stage.city.name,
                told=told,
            )
            yield Finding(what, stage.first)


def _ways(plan: Subject) -> Iterator[Finding]:
    for before, stage in pairwise(plan.itinerary.stages):
        way, ends = stage.transfer, {"one": before.city.name, "other": stage.city.name}
        if way is None:
            what = _("there is no way from %(one)s to %(other)s", **ends)
            yield Finding(what, stage.first)
            continue
        for what in (
            *_insane(before.city, stage.city, way),
            *_clocks(before, stage, plan),
            *_gates(before.city, stage.city, way),
        ):
            yield Finding(what, stage.first)
        yield from _not_free(plan, stage, way)


def _insane(one: City, other: City, way: Transfer) -> Iterator[str]:
    start, end = way.origin or one, way.target or other
    far = km(start.lat, start.lon, end.lat, end.lon)
    speed = FASTEST_KM_H.get(way.mode)
    ends = {"one": one.name, "other": other.name}
    if speed is None:
        yield _(
            "the way from %(one)s to %(other)s is %(mode)s, which is no means of "
            "travel",
            mode=repr(way.mode),
            **ends,
        )
        return
    usual = LEAST_ABOARD if way.origin and way.target else LEAST_MINUTES
    least = max(far / speed * 60, usual.get(way.mode, 0))
    if way.minutes < least:
        yield _(
            "the way from %(one)s to %(other)s takes %(minutes)s min, too few for "
            "%(km)s km by %(mode)s",
            minutes=way.minutes,
            km=round(far),
            mode=_(way.mode),
            **ends,
        )


def _gates(one: City, other: City, way: Transfer) -> Iterator[str]:
    """Whether it leaves from a gateway of its kind, and comes in at one."""
    kind = GATES.get(way.mode)
    ends = {
        "one": one.name,
        "other": other.name,
        "kind": _(kind.value) if kind else _("gateway"),
    }
    for city, gate, unnamed, strange in (
        (
            one,
            way.origin,
            N_(
                "the way from %(one)s to %(other)s leaves from no %(kind)s, and we "
                "know %(known)s"
            ),
            N_(
                "the way from %(one)s to %(other)s leaves from %(gate)s, which is no "
                "%(kind)s of %(city)s"
            ),
        ),
        (
            other,
            way.target,
            N_(
                "the way from %(one)s to %(other)s comes in at no %(kind)s, and we "
                "know %(known)s"
            ),
            N_(
                "the way from %(one)s to %(other)s comes in at %(gate)s, which is no "
                "%(kind)s of %(city)s"
            ),
        ),
    ):
        known = [it.anchor for it in gateways(city) if it.anchor.kind is kind]
        if gate is None and known:
            yield _(unnamed, known=known[0].name, **ends)
        if gate is not None and gate not in known:
            yield _(strange, gate=gate.name, city=city.name, **ends)


def _clocks(before: Stage, stage: Stage, plan: Subject) -> Iterator[str]:
    """What does not agree with the clocks of the two cities."""
    way, on = stage.transfer, plan.request.date_of(stage.first)
    zones = zone_of(before.city), zone_of(stage.city)
    if way is None:
        return
    ends = {"one": before.city.name, "other": stage.city.name}
    if not -WHOLE_DAY <= way.leave < WHOLE_DAY or not 0 <= way.arrive < WHOLE_DAY:
        yield _(
            "the way from %(one)s to %(other)s does not arrive on its day, or leaves "
            "more than a day before",
            **ends,
        )
    if zones[0] is None or zones[1] is None:
        return
    start, end = (
        _instant(on or SOME_WINTER_DAY, minute, zone)
        for minute, zone in zip((way.leave, way.arrive), zones, strict=True)
    )
    off = abs((end - start).total_seconds() - way.minutes * 60)
    if off > (0 if on else CLOCKS_CHANGE * 60):
        yield (
            _(
                "the way from %(one)s to %(other)s leaves at %(time)s, takes "
                "%(minutes)s min and arrives at %(time_2)s, which does not agree",
                **ends,
                time=clock(way.leave),
                minutes=way.minutes,
                time_2=clock(way.arrive),
            )
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
            what = _(
                "begins at %(time)s, and you arrive at %(time_2)s",
                time=clock(stop.arrive),
                time_2=clock(way.arrive),
            )
            yield plan.found(day, stop, what)
        early = day.number == stage.first - 1 and way.leave < 0
        if early and stop.leave > until:
            what = _(
                "ends at %(time)s, and you leave at %(time_2)s",
                time=clock(stop.leave),
                time_2=clock(way.leave),
            )
            yield plan.found(day, stop, what)
    for day in plan.itinerary.days:
        if day.number == stage.first and way.target and day.origin != way.target:
            where = day.origin.name if day.origin else _("nowhere")
            yield Finding(
                _(
                    "begins at %(where)s, not at %(target)s",
                    where=where,
                    target=way.target.name,
                ),
                day.number,
            )
        early = day.number == stage.first - 1 and way.leave < 0
        if early and way.origin and day.target != way.origin:
            where = day.target.name if day.target else _("nowhere")
            yield Finding(
                _(
                    "ends at %(where)s, not at %(origin)s",
                    where=where,
                    origin=way.origin.name,
                ),
                day.number,
            )
