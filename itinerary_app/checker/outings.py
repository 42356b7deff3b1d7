"""Outings: what is far out of town leaves a day little time for anything else."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from itinerary_app.checker.subject import Subject, apart, km
from itinerary_app.checker.verdicts import Check, Finding
from itinerary_app.language import _
from itinerary_app.model import AnchorKind, Day, Stop, StopKind
from itinerary_app.text.clock import clock

FAR_KM, FAR_MINUTES = 15, 120  # from where one sleeps, for a visit of so long
TOWN_KM = 8  # around where one sleeps
TOGETHER_KM = 15  # between what is seen on one day out
LEFT_MINUTES = 120  # of visits in town on such a day


def is_out(plan: Subject) -> bool:
    """Whether a day of the plan goes far out."""
    return any(_is_far(plan, day, stop) for day, stop in plan.stops)


def outings(plan: Subject) -> Check:
    """Only remarked: the traveller may well want it so."""
    return Check(
        "outings",
        _("Days out"),
        _(
            "A day that goes far out of town goes there once, to one region, and "
            "leaves at most %(minutes)s minutes of visits in town.",
            minutes=LEFT_MINUTES,
        ),
        (),
        tuple(it for day in plan.itinerary.days for it in _of_day(plan, day)),
    )


def _of_day(plan: Subject, day: Day) -> Iterator[Finding]:
    visits = [it for it in day.stops if it.kind is StopKind.VISIT]
    out = [it for it in visits if _is_far(plan, day, it)]
    if not out:
        return
    first = out[0]
    others = [it for it in visits if _away(first, it) > TOGETHER_KM]
    for stop in others:
        if _from_bed(plan, day, stop) > TOWN_KM:
            what = _(
                "%(km)s km from %(place)s, on the same day",
                km=round(_away(first, stop)),
                place=first.place.name,
            )
            yield plan.found(day, stop, what)
    in_town = [it for it in others if _from_bed(plan, day, it) <= TOWN_KM]
    lasts = sum(it.leave - it.arrive for it in in_town)
    if lasts > LEFT_MINUTES:
        what = _("a day out, with %(lasts)s min of visits in town", lasts=lasts)
        yield plan.found(day, first, what)
    sides = [it in in_town for it in visits]
    if sum(one != other for one, other in pairwise(sides)) > 1:
        what = _(
            "far out at %(time)s, with visits in town before and after",
            time=clock(first.arrive),
        )
        yield plan.found(day, first, what)


def _is_far(plan: Subject, day: Day, stop: Stop) -> bool:
    if stop.kind is not StopKind.VISIT:
        return False
    is_long = stop.leave - stop.arrive >= FAR_MINUTES
    far = is_long and _from_bed(plan, day, stop) > FAR_KM
    return far or plan.facts(stop).is_outing


def _from_bed(plan: Subject, day: Day, stop: Stop) -> float:
    """Kilometres from where the day begins, or from the middle of the city."""
    city, origin = plan.itinerary.city_of(day.number), day.origin
    lat, lon = city.lat, city.lon
    if origin is not None and origin.kind in (AnchorKind.BASE, AnchorKind.MIDDLE):
        lat, lon = origin.lat, origin.lon
    return km(lat, lon, stop.place.lat, stop.place.lon)


def _away(one: Stop, other: Stop) -> float:
    return apart(one.place, other.place)
