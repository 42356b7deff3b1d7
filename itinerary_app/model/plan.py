"""A plan: its days and their stops."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from itinerary_app.language import N_, _
from itinerary_app.model.dayparts import Part, StopKind
from itinerary_app.model.place import City, Place
from itinerary_app.model.preferences import Pace

FREE_TIME = 120  # minutes between stops from which on something is offered for it
SLACK = 45  # minutes between stops, besides the way, from which on they are shown


class AnchorKind(StrEnum):
    BASE = "base"  # where one sleeps, as the traveller told
    MIDDLE = "middle"  # of the central sights: where nobody told where one sleeps
    AIRPORT = N_("airport")
    STATION = N_("station")
    PORT = N_("port")


# Minutes from landing to the kerb, and from being there to the departure, at least.
COMING_OUT = {AnchorKind.AIRPORT: 45, AnchorKind.STATION: 10, AnchorKind.PORT: 20}
CHECKING_IN = {AnchorKind.AIRPORT: 120, AnchorKind.STATION: 20, AnchorKind.PORT: 45}


class Anchor(NamedTuple):
    """Where a day begins or ends."""

    name: str
    lat: float
    lon: float
    kind: AnchorKind

    @property
    def called(self) -> str:
        """Its name; in the reader's language, where it is none."""
        return _(self.name) if self.kind is AnchorKind.MIDDLE else self.name

    @property
    def id(self) -> str:
        """Of its position: what a matrix of ways knows it by, beside places."""
        return f"@{self.lat},{self.lon}"

    @property
    def approach(self) -> None:
        """Streets lead there."""
        return None

    @property
    def is_base(self) -> bool:
        """Whether one sleeps there, as far as is known."""
        return self.kind in (AnchorKind.BASE, AnchorKind.MIDDLE)


class Stop(NamedTuple):
    """One place on one day. Its length is the usual one, of the place or its kind."""

    kind: StopKind
    arrive: int  # minutes after midnight
    leave: int  # minutes after midnight
    travel_minutes: int  # estimated, from the stop before; of the first from `origin`
    travel_mode: str  # "walk", "ride", or a way out: "ferry", "train" …
    reason: str  # one short fact: why this stop is in the plan
    place: Place
    holds: StopKind | None = None  # a meal that one has there, as part of the visit


@dataclass(frozen=True, slots=True)
class Day:
    """`start` and `end`, in minutes after midnight, are what was asked for this day.

    So are `free`, its parts that stay free of stops, `rests`, times that do (from and
    to, in minutes after midnight), and `skipped`, meals left out.
    One leaves `origin` for the first stop, and is `back` at `target` so many minutes
    after the last one; plans of old have neither.
    """

    number: int  # from 1
    pace: Pace
    stops: tuple[Stop, ...]
    date: date | None = None
    start: int | None = None
    end: int | None = None
    free: tuple[Part, ...] = ()
    rests: tuple[tuple[int, int], ...] = ()
    skipped: tuple[StopKind, ...] = ()
    origin: Anchor | None = None
    target: Anchor | None = None
    back_minutes: int = 0
    back_mode: str = "walk"

    @property
    def leaves(self) -> int | None:
        """When one leaves `origin`, in minutes after midnight."""
        if self.origin is None or not self.stops:
            return None
        return self.stops[0].arrive - self.stops[0].travel_minutes

    @property
    def back(self) -> int | None:
        """When one is at `target` again."""
        if self.target is None or not self.stops:
            return None
        return self.stops[-1].leave + self.back_minutes

    @property
    def busy_minutes(self) -> int:
        """At sights and on the way; meals are rest."""
        at = sum(it.leave - it.arrive for it in self.stops if it.kind is StopKind.VISIT)
        return at + self.back_minutes + sum(it.travel_minutes for it in self.stops)

    def free_before(self, stop: Stop, least: int = SLACK) -> tuple[int, int] | None:
        """The free time before the way to the stop, if it is `least` minutes or more.

        From when to when, in minutes after midnight.
        """
        at = self.stops.index(stop)
        since = self.stops[at - 1].leave if at else stop.arrive
        until = stop.arrive - stop.travel_minutes
        return (since, until) if until - since >= least else None


class Transfer(NamedTuple):
    """The way from one city to the next: from `origin` to `target`, which are an
    airport, a station or a port; from the door, and to it, where we know none.

    `leave` is by the clock of the city left and `arrive` by that of the one reached,
    both in minutes after the midnight that begins the day of arrival: who leaves the
    evening before leaves below 0.
    """

    mode: str  # "train", "flight", "road", "ferry", or "land" for train or road
    minutes: int
    leave: int
    arrive: int
    known: bool  # from the table of known ways; else estimated by the distance
    origin: Anchor | None = None
    target: Anchor | None = None

    @property
    def there_by(self) -> int | None:
        """When one must be at `origin`."""
        return self.origin and self.leave - CHECKING_IN[self.origin.kind]

    @property
    def out(self) -> int:
        """When one is on the way into the city."""
        return self.arrive + (COMING_OUT[self.target.kind] if self.target else 0)


class Stage(NamedTuple):
    """The days of a plan in one city: from the `first` to the next stage's."""

    city: City
    first: int
    transfer: Transfer | None = None  # the way here; None for the trip's first city


@dataclass(frozen=True, slots=True)
class Itinerary:
    """A plan; `notes` are honest remarks about it.

    A day is of one city: that where the night after it is. A plan of several has
    `stages`, the first of which is `city`; one of a single city has none.
    """

    city: City
    days: tuple[Day, ...]
    notes: tuple[str, ...] = ()
    stages: tuple[Stage, ...] = ()

    @property
    def stops(self) -> tuple[Stop, ...]:
        return tuple(stop for day in self.days for stop in day.stops)

    @property
    def cities(self) -> tuple[City, ...]:
        """In the order in which they are visited."""
        return tuple(stage.city for stage in self.stages) or (self.city,)

    def city_of(self, day: int) -> City:
        """The city of the day with this number."""
        begun = [stage.city for stage in self.stages if stage.first <= day]
        return begun[-1] if begun else self.city

    def days_in(self, city: City) -> list[int]:
        """The numbers of the days there."""
        return [it.number for it in self.days if self.city_of(it.number) == city]

    def starts(self, day: int) -> bool:
        """Whether this is the first day in its city."""
        return any(stage.first == day for stage in self.stages)

    def nights(self, city: City) -> int:
        """In this city; the trip's last day is that of leaving."""
        parts = list(self.parts())
        days = sum(len(part.days) for part in parts if part.city == city)
        return days - (city == parts[-1].city)

    def arrival(self, day: int) -> tuple[City, Transfer] | None:
        """From which city one comes on this day, and how; None on other days."""
        for before, stage in pairwise(self.stages):
            if stage.first == day and stage.transfer:
                return before.city, stage.transfer
        return None

    def parts(self) -> Iterator[Itinerary]:
        """The plan city by city, each with its own days, numbered as here."""
        for i, stage in enumerate(self.stages or (Stage(self.city, 1),)):
            later = [it.first for it in self.stages[i + 1 : i + 2]]
            end = later[0] if later else len(self.days) + 1
            days = tuple(it for it in self.days if stage.first <= it.number < end)
            yield Itinerary(stage.city, days)
