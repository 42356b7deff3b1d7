"""A plan under examination, with what it was asked for and what is known."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from itinerary_app.checker.verdicts import Finding
from itinerary_app.model import Day, Itinerary, Place, PlanRequest, Stop
from itinerary_app.text.clock import clock


@dataclass(frozen=True)
class Subject:
    itinerary: Itinerary
    request: PlanRequest
    places: Sequence[Place]
    before: Itinerary | None = None  # the plan that this one was made from

    @cached_property
    def catalogue(self) -> dict[str, Place]:
        return {place.id: place for place in self.places}

    @cached_property
    def stops(self) -> list[tuple[Day, Stop]]:
        return [(day, stop) for day in self.itinerary.days for stop in day.stops]

    def facts(self, stop: Stop) -> Place:
        """The place as the catalogue has it: a plan may have older facts."""
        return self.catalogue.get(stop.place.id, stop.place)

    def spot(self, stop: Stop) -> Place:
        """The place where the plan has it, with the way there of the catalogue."""
        return stop.place._replace(approach=self.facts(stop).approach)

    def found(self, day: Day, stop: Stop, what: str) -> Finding:
        asked = stop.place.id in self.request.must_see
        return Finding(what, day.number, stop.place.name, asked)

    def name(self, place_id: str) -> str:
        place = self.catalogue.get(place_id)
        return place.name if place else place_id


def span(stop: Stop) -> str:
    return f"{clock(stop.arrive)}–{clock(stop.leave)}"


def apart(one: Place, other: Place) -> float:
    return km(one.lat, one.lon, other.lat, other.lon)


def km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Great-circle kilometres, by the angle between the two points' vectors."""
    a, b = math.radians(lat), math.radians(other_lat)
    turn = math.radians(other_lon - lon)
    across = math.hypot(
        math.cos(b) * math.sin(turn),
        math.cos(a) * math.sin(b) - math.sin(a) * math.cos(b) * math.cos(turn),
    )
    along = math.sin(a) * math.sin(b) + math.cos(a) * math.cos(b) * math.cos(turn)
    return 6371.0 * math.atan2(across, along)
