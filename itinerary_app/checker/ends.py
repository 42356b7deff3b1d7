"""Whether days begin and end where one sleeps, and where one comes in and leaves."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

from itinerary_app.catalogue.gateways import gateways
from itinerary_app.checker.hops import why_too_short
from itinerary_app.checker.subject import Subject, km
from itinerary_app.checker.verdicts import Check, Finding
from itinerary_app.language import _, number
from itinerary_app.model import Anchor, AnchorKind, Category, Day, Place, PlanRequest
from itinerary_app.text.words import listed

# Minutes from landing until one is outside, and before the departure.
OUT = {AnchorKind.AIRPORT: 45, AnchorKind.STATION: 10, AnchorKind.PORT: 20}
IN = {AnchorKind.AIRPORT: 120, AnchorKind.STATION: 20, AnchorKind.PORT: 45}
GATEWAYS = frozenset(OUT)
FOOD = (Category.RESTAURANT, Category.STREET_FOOD, Category.CAFE, Category.BAR)
SAME_KM = 0.1
CENTRAL = 1.15  # times as far from the famous sights as the best of them is from all


def ends(plan: Subject) -> Check:
    """Of plans whose days tell where they begin: those of old do not."""
    return Check(
        "base",
        _("From your bed and back"),
        _(
            "Each day begins and ends where you sleep, or where you come in and "
            "leave, and its first and last way are told and no shorter than can be."
        ),
        tuple(_findings(plan)),
    )


def are_told(plan: Subject) -> bool:
    return any(day.origin or day.target for day in plan.itinerary.days)


def coming_out(day: Day) -> int:
    """Minutes from landing to the day's first way."""
    return OUT.get(day.origin.kind, 0) if day.origin else 0


def checking_in(day: Day, request: PlanRequest) -> int:
    """Minutes from the day's last way to the departure, or to being there."""
    if request.depart_there or day.target is None:
        return 0
    return IN.get(day.target.kind, 0)


def _findings(plan: Subject) -> Iterator[Finding]:
    days, request = plan.itinerary.days, plan.request
    for day in days:
        if not day.origin or not day.target:
            yield Finding(_("where it begins or ends is not told"), day.number)
            return
        yield from _ways(plan, day)
    arrives = request.arrive is not None and bool(request.arrive_at)
    leaves = request.depart is not None and bool(request.depart_at)
    if arrives:
        yield from _gateway(plan, days[0].origin, request.arrive_at or "", days[0])
    if leaves:
        yield from _gateway(plan, days[-1].target, request.depart_at or "", days[-1])
    beds = _beds(plan)
    nights = [(i, day.target) for i, day in enumerate(days[: -1 if leaves else None])]
    nights += [(i, day.origin) for i, day in enumerate(days[1:])]
    nights += [] if arrives else [(0, days[0].origin)]
    slept: defaultdict[str | None, set[Anchor]] = defaultdict(set)
    for i, end in nights:
        slept[beds[i]].update([end] if end else [])
    for told, bases in slept.items():
        if len(bases) > 1:
            names = listed(sorted(it.name for it in bases))
            yield Finding(
                _("nights are spent in several places: %(names)s", names=names)
            )
        for base in bases:
            if what := _misplaced(plan, base, told):
                yield Finding(what)


def _beds(plan: Subject) -> list[str | None]:
    """What was told of the night after each day, in their order."""
    request, count = plan.request, len(plan.itinerary.days)
    last = count if request.goes_on else max(1, count - 1)
    told = [it for it in request.bases if it.city == plan.itinerary.city.name]
    beds = [request.base] * count
    for base in told:
        since = base.night if base.night > 0 else max(1, last + base.night + 1)
        until = count if base.nights is None else since + base.nights - 1
        for night in range(since, min(until, count) + 1):
            beds[night - 1] = base.where
    if last < count and not any(it.night == count for it in told):
        beds[-1] = beds[last - 1]  # the day of leaving ends where one slept
    return beds


def _ways(plan: Subject, day: Day) -> Iterator[Finding]:
    if not (day.stops and day.origin and day.target):
        return
    first, last = plan.spot(day.stops[0]), plan.spot(day.stops[-1])
    there = day.stops[0].travel_minutes, day.stops[0].travel_mode
    for what, place in (
        (why_too_short(*there, day.origin, first), first),
        (why_too_short(day.back_minutes, day.back_mode, last, day.target), last),
    ):
        if what:
            yield Finding(what, day.number, place.name)


def _gateway(
    plan: Subject, end: Anchor | None, words: str, day: Day
) -> Iterator[Finding]:
    """Whether it is the one that was asked for, or a note says that it is unknown."""
    if end is None or _is_quoted(plan, words):
        return
    known = [
        it
        for it in gateways(plan.itinerary.city)
        if km(it.anchor.lat, it.anchor.lon, end.lat, end.lon) <= SAME_KM
    ]
    named = [f"{it.anchor.name} {it.code} {it.anchor.kind}" for it in known]
    named += [f"{it.id} {it.name}" for it in plan.places if _is_at(end, it)]
    said = _words(words)
    if end.kind not in GATEWAYS or not any(said & _words(it) for it in named):
        yield Finding(
            _("%(end)s, and you asked for %(words)s", end=end.name, words=words),
            day.number,
        )


def _misplaced(plan: Subject, base: Anchor, told: str | None) -> str:
    """Why the base is not where it was asked for, or not in the middle, or ""."""
    if told is None or _is_quoted(plan, told):
        if base.kind is AnchorKind.MIDDLE:
            return _aside(plan, base)
        if told is None:
            return _(
                "%(base)s is where you sleep, which you did not say", base=base.called
            )
    if base.kind is not AnchorKind.BASE:
        return _(
            "it begins at %(base)s, and you sleep at %(told)s",
            base=base.called,
            told=told,
        )
    numbers = re.findall(r"-?[0-9]+\.?[0-9]*", told or "")
    if len(numbers) == 2 and not re.search("[A-Za-z]", told or ""):
        off = km(float(numbers[0]), float(numbers[1]), base.lat, base.lon)
        return (
            _(
                "%(base)s is %(off)s km from %(told)s",
                base=base.called,
                off=number(round(off, 1)),
                told=told,
            )
            if off > SAME_KM
            else ""
        )
    said = _words(told or "")
    names = [
        it.anchor.name
        for it in gateways(plan.itinerary.city)
        if km(it.anchor.lat, it.anchor.lon, base.lat, base.lon) <= SAME_KM
    ]
    here = [it for it in plan.places if _is_at(base, it)]
    names += [name for it in here for name in (it.name, it.local_name or "")]
    if any(it.id == told for it in here) or any(said & _words(it) for it in names):
        return ""
    return _("%(base)s is not what you told, %(told)s", base=base.called, told=told)


def _aside(plan: Subject, base: Anchor) -> str:
    sights = _famous(plan.places)
    if not sights:
        return ""
    far = sum(km(base.lat, base.lon, it.lat, it.lon) for it in sights)
    best = _shortest(tuple((it.lat, it.lon) for it in sights))
    if far > CENTRAL * best + SAME_KM:
        return _(
            "%(base)s is %(far)s km from the famous sights",
            base=base.called,
            far=number(round(far / len(sights), 1)),
        )
    return ""


@lru_cache(maxsize=256)  # cities
def _shortest(spots: Sequence[tuple[float, float]]) -> float:
    """Kilometres from the best of the spots to all others together."""
    return min(sum(km(*one, *other) for other in spots) for one in spots)


def _famous(places: Sequence[Place]) -> list[Place]:
    sights = [it for it in places if it.category not in FOOD]
    return [it for it in sights if it.importance >= 4] or sights


def _is_quoted(plan: Subject, words: str) -> bool:
    """Whether a note speaks of what was told."""
    return any(f"“{words}”" in note for note in plan.itinerary.notes)


def _is_at(end: Anchor, place: Place) -> bool:
    return km(end.lat, end.lon, place.lat, place.lon) <= SAME_KM


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w{3,}", text.casefold()))
