"""A plan: its days and their stops."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from itinerary_app.model.place import City, Place
from itinerary_app.model.preferences import Pace


class StopKind(StrEnum):
    VISIT = "visit"
    LUNCH = "lunch"
    DINNER = "dinner"


class Stop(NamedTuple):
    """One place on one day. Its length is the usual one, of the place or its kind."""

    kind: StopKind
    arrive: int  # minutes after midnight
    leave: int  # minutes after midnight
    travel_minutes: int  # estimated, from the stop before; 0 for the day's first
    travel_mode: str  # "walk" or "ride"
    reason: str  # one short fact: why this stop is in the plan
    place: Place


@dataclass(frozen=True, slots=True)
class Day:
    """`start` and `end`, in minutes after midnight, are what was asked for this day."""

    number: int  # from 1
    pace: Pace
    stops: tuple[Stop, ...]
    date: date | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Itinerary:
    """A plan for the days in one city; `notes` are honest remarks about it."""

    city: City
    days: tuple[Day, ...]
    notes: tuple[str, ...] = ()

    @property
    def stops(self) -> tuple[Stop, ...]:
        return tuple(stop for day in self.days for stop in day.stops)
