"""Outings: what is far out of town, and what may share its day."""

from __future__ import annotations

from collections.abc import Sequence

from itinerary_app.catalogue.geo import distance_km
from itinerary_app.catalogue.kinds import EATING, VISIT_MINUTES
from itinerary_app.model import Place
from itinerary_app.planner.day.daysout import TOO_FAR, DaysOut
from itinerary_app.planner.draft.brief import Brief

LONG_WAY, LONG = 45, 230  # minutes: one way from where one sleeps, and there and back
CENTRAL = 30  # minutes from where one sleeps
NEAR_KM = 10  # in a straight line: what is seen with a place far out
TOGETHER_KM = 15  # between two places far out that make one day


def days_out(brief: Brief) -> DaysOut:
    """What is far out of town, and what fits beside it."""
    sights = [it for it in brief.places if it.category not in EATING]
    out = [it for it in sights if _is_far_out(it, brief) and _may_come(it, brief)]
    beside = {
        far.id: {it.id: _beside(it, far, out, brief) for it in sights if it != far}
        for far in out
    }
    return DaysOut(beside, frozenset(brief.insisted))


def _may_come(place: Place, brief: Brief) -> bool:
    return place.id in brief.insisted or brief.taste.wants(place)


def _is_far_out(place: Place, brief: Brief) -> bool:
    if place.is_outing:
        return True
    way = brief.ways.minutes(brief.anchors.base, place)
    return way >= LONG_WAY and 2 * way + _minutes(place) >= LONG


def _beside(place: Place, far: Place, out: Sequence[Place], brief: Brief) -> int:
    """The minutes for which it counts on the day of a place far out."""
    km = distance_km(place.lat, place.lon, far.lat, far.lon)
    if km <= (TOGETHER_KM if place in out else NEAR_KM):
        return 0
    way = brief.ways.minutes(brief.anchors.base, place)
    return TOO_FAR if place in out or way > CENTRAL else _minutes(place)


def _minutes(place: Place) -> int:
    return place.minutes or VISIT_MINUTES[place.category]
