"""Question: what is asked, with all that it may be answered from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

import msgspec

from itinerary_app.acts.acts import Act, Ask, Topic
from itinerary_app.acts.values import Day as AskedDay
from itinerary_app.acts.values import Meal, Part, PlaceId, Reference, Where, minutes_of
from itinerary_app.assistant.answers import kinds
from itinerary_app.assistant.reader import Scene
from itinerary_app.catalogue.geo import distance_km
from itinerary_app.catalogue.holidays import region
from itinerary_app.catalogue.places import local_currency
from itinerary_app.model import City, Day, Itinerary, Place, Role, Stop, TripSession
from itinerary_app.text.clock import clock
from itinerary_app.text.words import listed

NOON, SIX = 12 * 60, 18 * 60
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WHERE_ONE_EATS = (Topic.SCHEDULE, Topic.INCLUDED, Topic.COUNT)
_PARTS = {
    Part.MORNING: (0, NOON),
    Part.AFTERNOON: (NOON, SIX),
    Part.EVENING: (SIX, 48 * 60),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the caller knows beyond the scene; None: not at hand.

    `alternatives` are places that fit instead of a stop; `last_changes` the acts of
    the plan's versions, the newest first; `places` those of a covered city by its
    name; `keep` says how long a trip can be kept on request.
    """

    alternatives: Callable[[PlaceId], Sequence[Place]] | None = None
    last_changes: Callable[[], Sequence[Sequence[Act]]] | None = None
    places: Callable[[str], Sequence[Place]] | None = None
    keep: timedelta | None = None


class Planned(NamedTuple):
    """A stop with its day."""

    day: Day
    stop: Stop


class When(NamedTuple):
    """A day of the plan, or a date that may be none of them."""

    number: int | None = None
    date: date | None = None


@dataclass(frozen=True)
class Question:
    ask: Ask
    scene: Scene
    trip: TripSession
    given: Given = field(default_factory=Given)

    @property
    def plan(self) -> Itinerary | None:
        return self.scene.itinerary

    @property
    def city(self) -> str | None:
        """The names of all cities of the trip."""
        if self.plan is None:
            wishes = self.scene.preferences
            return listed(leg.city for leg in wishes.legs) or wishes.city
        return listed(city.name for city in self.plan.cities)

    @property
    def currency(self) -> str:
        """The ISO 4217 code of what a limit is in: that of the first city, or ""."""
        first = self.plan.city.name if self.plan else self.scene.preferences.city
        if first and self.given.places:
            return local_currency(self.given.places(first))
        return local_currency(self.scene.places)

    def city_on(self, on: date) -> City | None:
        """Where one is on a date; on one beyond the plan, its first city."""
        if self.plan is None:
            return None
        numbers = [day.number for day in self.plan.days if day.date == on]
        return self.plan.city_of(numbers[0]) if numbers else self.plan.city

    def region_on(self, on: date) -> str:
        """Whose holidays count then, as catalogue/holidays.py has it."""
        city = self.city_on(on)
        return region(city) if city else ""

    def region_of(self, place: Place) -> str:
        """Whose holidays count at a place: those of the plan's nearest city."""
        city = self.city_of(place)
        return region(city) if city else ""

    def city_of(self, place: Place) -> City | None:
        """The plan's nearest city."""
        cities = self.plan.cities if self.plan else ()
        return min(cities, key=lambda it: _km(it, place), default=None)

    @cached_property
    def places(self) -> dict[PlaceId, Place]:
        """All that are known, those of the plan as it has them."""
        known = {place.id: place for place in self.scene.places}
        return known | {stop.place.id: stop.place for _, stop in self.planned}

    @cached_property
    def planned(self) -> tuple[Planned, ...]:
        days = self.plan.days if self.plan else ()
        return tuple(Planned(day, stop) for day in days for stop in day.stops)

    @property
    def place(self) -> Place | None:
        return self.known(self.ask.place)

    @property
    def other(self) -> Place | None:
        return self.known(self.ask.other)

    def known(self, where: Where | None) -> Place | None:
        return self.places.get(where) if isinstance(where, str) else None

    def visits(self, place: Place) -> list[Planned]:
        """Where the place is in the plan; on the day asked for, if it is there."""
        found = [item for item in self.planned if item.stop.place.id == place.id]
        here = [item for item in found if item.day.number == self.when.number]
        return here or found

    @cached_property
    def when(self) -> When:
        return self._when(self.ask.day)

    @property
    def days(self) -> tuple[Day, ...]:
        """The day asked for; all, where none is or none of the plan's."""
        days = self.plan.days if self.plan else ()
        if self.when.number is None:
            return days
        return tuple(day for day in days if day.number == self.when.number)

    @property
    def stops(self) -> tuple[Planned, ...]:
        """The stops of the days, part, meal and kind that are asked for."""
        return tuple(self._asked_for())

    @property
    def without_kind(self) -> tuple[Planned, ...]:
        """The stops of the days, part and meal that are asked for, of any kind."""
        return replace(self, ask=msgspec.structs.replace(self.ask, kind=None)).stops

    @property
    def holding(self) -> tuple[Planned, ...]:
        """The visits of the days asked for that hold the meal asked for."""
        meal = self.ask.meal
        here = (it for it in self.planned if it.day in self.days)
        return tuple(it for it in here if meal and it.stop.holds == meal.value)

    @property
    def without_time(self) -> Question:
        return replace(self, ask=msgspec.structs.replace(self.ask, time=None))

    @property
    def stops_of_day(self) -> tuple[Planned, ...]:
        """All of the day asked for; () where none is."""
        number = self.when.number
        return tuple(it for it in self.planned if it.day.number == number)

    @property
    def within(self) -> str:
        """What stands behind a noun: " on day 2 in the morning"; "" for all."""
        day = f" on day {self.when.number}" if self.when.number else ""
        part = f" in the {self.ask.part}" if self.ask.part else ""
        at = f" at {clock(minutes_of(self.ask.time))}" if self.ask.time else ""
        return day + part + at

    @cached_property
    def said_last(self) -> str:
        """What our last message said."""
        said = (
            message.content
            for message in reversed(self.trip.conversation_history)
            if message.role is Role.ASSISTANT
        )
        return next(said, "")

    def fresh(self, variants: Sequence[str], *more: str) -> str:
        """A variant that our last message did not have, and what is new of `more`."""
        first = next((it for it in variants if it not in self.said_last), variants[0])
        new = [it for it in more if it and it not in self.said_last]
        return " ".join([first, *new])

    def _asked_for(self) -> Iterator[Planned]:
        numbers = {day.number for day in self.days}
        begin, end = _PARTS[self.ask.part] if self.ask.part else (0, 48 * 60)
        for item in self.planned:
            stop, ask = item.stop, self.ask
            if item.day.number not in numbers or not begin <= stop.arrive < end:
                continue
            if ask.meal and not self._is_eaten_at(stop, ask.meal):
                continue
            if ask.kind and not kinds.is_of(stop.place, ask.kind):
                continue
            if ask.time and not stop.arrive <= minutes_of(ask.time) < stop.leave:
                continue
            yield item

    def _is_eaten_at(self, stop: Stop, meal: Meal) -> bool:
        """Whether it is that meal; to where one eats belong visits that hold it."""
        if stop.holds == meal.value:
            return self.ask.topic in _WHERE_ONE_EATS
        return stop.kind.value == meal.value

    def _when(self, asked: AskedDay | None) -> When:
        if isinstance(asked, int):
            days = self.plan.days if self.plan else ()
            dates = [day.date for day in days if day.number == asked]
            return When(asked, dates[0] if dates else None)
        on = self._date(asked) if asked else None
        return self._dated(on) if on else When()

    def _dated(self, on: date) -> When:
        days = self.plan.days if self.plan else ()
        return When(next((day.number for day in days if day.date == on), None), on)

    def _date(self, asked: str) -> date | None:
        """Of a weekday the one in the trip, or the next one; None for no date."""
        if asked in ("today", "tomorrow"):
            return self.scene.today + timedelta(days=asked == "tomorrow")
        if asked in WEEKDAYS:
            start = self.scene.preferences.start_date or self.scene.today
            return start + timedelta(days=(WEEKDAYS.index(asked) - start.weekday()) % 7)
        try:
            return date.fromisoformat(asked)
        except ValueError:
            return None


def _km(city: City, place: Place) -> float:
    return distance_km(city.lat, city.lon, place.lat, place.lon)


def name_of(where: Where | None) -> str:
    """The name by which somebody asks for what is not known; "" without one."""
    if isinstance(where, Reference):
        return where.name or ""
    return (where or "").replace("-", " ")
