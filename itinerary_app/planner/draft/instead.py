"""What is surely open where the plan has a place of which nobody told that."""

from __future__ import annotations

from collections.abc import Collection

from itinerary_app.catalogue import hours
from itinerary_app.catalogue.geo import distance_km
from itinerary_app.catalogue.kinds import EATING, has_doors
from itinerary_app.model import Place, Stop, StopKind
from itinerary_app.planner.day.frames import Frame
from itinerary_app.planner.draft.brief import Brief

NEAR_KM = 1.5
SHARED = 2  # interests, of another kind of place


def is_doubtful(stop: Stop, frame: Frame) -> bool:
    """Whether one may stand before a closed door."""
    return has_doors(stop.place) and not hours.is_known(
        stop.place.hours, frame.date, stop.arrive, stop.leave,
        frame.region, frame.light,
    )  # fmt: skip


def instead(
    stop: Stop, frame: Frame, brief: Brief, planned: Collection[str]
) -> Place | None:
    """The best unplanned place near by that is known to be open then.

    It is of the same kind, or else for the same interests, of which one says little.
    """
    if stop.kind is not StopKind.VISIT:
        return None
    found = [
        place
        for place in brief.places
        if place.id not in planned
        and place.category not in EATING
        and _is_alike(place, stop.place)
        and brief.taste.wants(place)
        and _away(place, stop) <= NEAR_KM
        and is_surely_open(place, stop, frame)
    ]
    return min(found, key=lambda it: _order(it, stop), default=None)


def is_surely_open(place: Place, stop: Stop, frame: Frame) -> bool:
    """Whether the place is known to be open while the stop lasts."""
    found = hours.windows(
        place.hours, place.category, frame.date, frame.region, frame.light
    )
    return any(opens <= stop.arrive and stop.leave <= closes for opens, closes in found)


def _is_alike(one: Place, other: Place) -> bool:
    shared = set(one.interests).intersection(other.interests)
    return one.category is other.category or len(shared) >= SHARED


def _order(place: Place, stop: Stop) -> tuple[bool, int, float]:
    is_other = place.category is not stop.place.category
    return is_other, -place.importance, _away(place, stop)


def _away(place: Place, stop: Stop) -> float:
    return distance_km(place.lat, place.lon, stop.place.lat, stop.place.lon)
