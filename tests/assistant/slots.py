"""Slots of a phrase, drawn from a plan: a value each, and its words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import Any, NamedTuple, TypeVar

from itinerary_app.model import Category, Itinerary, Place, StopKind

T = TypeVar("T")

KINDS = (
    ("museum", "museum", "museums"),
    ("church", "church", "churches"),
    ("market", "market", "markets"),
    ("park", "park", "parks"),
    ("temple", "temple", "temples"),
    ("palace", "palace", "palaces"),
    ("garden", "garden", "gardens"),
    ("viewpoint", "viewpoint", "viewpoints"),
)
CITIES = ("Florence", "Vienna", "Prague", "Lisbon", "Berlin", "Kyoto", "Budapest")
NUMBERS = (
    *("zero", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
ORDINALS = ("", "first", "second", "third", "fourth")
WEEKDAYS = (
    *("Monday", "Tuesday", "Wednesday", "Thursday"),
    *("Friday", "Saturday", "Sunday"),
)
LENGTHS = (
    *((30, "half an hour"), (45, "45 minutes"), (60, "an hour")),
    *((90, "90 minutes"), (90, "an hour and a half"), (120, "two hours")),
)
EATING = (Category.RESTAURANT, Category.CAFE, Category.STREET_FOOD)


class Slot(NamedTuple):
    value: Any
    words: str


class Slots:
    """The slots of one clause by name, each drawn when first asked for.

    Places that are in `taken` are left to the other clauses of the sentence.
    """

    def __init__(
        self, random: Random, plan: Itinerary, places: Sequence[Place], taken: set[str]
    ) -> None:
        self._random = random
        self._plan = plan
        self._places = places
        self._taken = taken
        self._drawn: dict[str, Slot] = {}

    def __getitem__(self, name: str) -> Slot:
        if name not in self._drawn:
            drawn = DRAWN[name](self)
            self._drawn.update(drawn if isinstance(drawn, dict) else {name: drawn})
        return self._drawn[name]

    def one(self, of: Sequence[T]) -> T:
        return self._random.choice(of)

    @property
    def here(self) -> Slot:
        return Slot(self._plan.city.name, self._plan.city.name)

    @property
    def currency(self) -> Slot:
        words = "rupees" if self._plan.city.country == "IN" else "euros"
        return Slot(words, words)

    def stop(self) -> Slot:
        free = [place for _, place in self._visits if place.id not in self._taken]
        return self._name(self.one(free))

    def neighbours(self) -> dict[str, Slot]:
        """Two stops of one day."""
        free = [it for it in self._visits if it[1].id not in self._taken]
        by_day = [[place for day, place in free if day == n] for n in self._numbers]
        stops = self.one([places for places in by_day if len(places) > 1])
        first, second = sorted(self._random.sample(range(len(stops)), 2))
        return {
            "earlier": self._name(stops[first]),
            "later": self._name(stops[second]),
        }

    def place(self, *, table: bool = False) -> Slot:
        """One that is not in the plan."""
        planned = {stop.place.id for stop in self._plan.stops} | self._taken
        free = [
            place
            for place in self._places
            if place.id not in planned
            and (place.category in EATING) is table
            and place.importance >= (1 if table else 3)
        ]
        return self._name(self.one(free))

    def day(self) -> Slot:
        return self._day(self.one([day.number for day in self._plan.days]))

    def elsewhere(self) -> Slot:
        """A day that the stop is not on."""
        stop = self["stop"].value
        home = next(day for day, place in self._visits if place.id == stop)
        return self._day(self.one([n for n in self._numbers if n != home]))

    def two_days(self) -> dict[str, Slot]:
        low, high = sorted(self._random.sample(self._numbers, 2))
        return {"low": self._day(low), "high": self._day(high)}

    def days(self) -> Slot:
        """Another length of the trip."""
        here = len(self._plan.days)
        days = self.one([number for number in range(2, 7) if number != here])
        return Slot(days, self.one((str(days), NUMBERS[days])))

    def time(self, first: int, last: int) -> Slot:
        """A full or half hour, in words that name one time of the day."""
        hour, minute = self._random.randint(first, last), self.one((0, 0, 30))
        value = f"{hour:02d}:{minute:02d}"
        minutes = ":30" if minute else ""
        names = [value]
        if hour < 12:
            names += [f"{hour}{minutes} am", f"{hour}{minutes}am"]
        elif hour > 12:
            names += [f"{hour - 12}{minutes} pm", f"{hour - 12}{minutes}pm"]
        if 8 <= hour <= 11:
            names.append(f"half past {NUMBERS[hour]}" if minute else NUMBERS[hour])
        return Slot(value, self.one(names))

    def kind(self) -> dict[str, Slot]:
        value, one, more = self.one(KINDS)
        return {
            "kind": Slot(value, value),
            "one": Slot(value, one),
            "kinds": Slot(value, more),
        }

    @property
    def _numbers(self) -> list[int]:
        return [day.number for day in self._plan.days]

    @property
    def _visits(self) -> list[tuple[int, Place]]:
        return [
            (day.number, stop.place)
            for day in self._plan.days
            for stop in day.stops
            if stop.kind is StopKind.VISIT
        ]

    def _name(self, place: Place) -> Slot:
        """As a traveller writes it: at times with "the", at times all small."""
        self._taken.add(place.id)
        words = place.name
        if self._random.random() < 0.25 and not words.startswith(
            ("The ", "Le ", "La ")
        ):
            words = f"the {words}"
        if self._random.random() < 0.25:
            words = words.lower()
        return Slot(place.id, words)

    def _day(self, number: int) -> Slot:
        day = self._plan.days[number - 1]
        names = [
            f"day {number}",
            f"day {NUMBERS[number]}",
            f"the {ORDINALS[number]} day",
        ]
        if day.date:
            names.append(WEEKDAYS[day.date.weekday()])
        if number == len(self._plan.days):
            names.append("the last day")
        return Slot(number, self.one(names))


def _words(*values: str) -> Callable[[Slots], Slot]:
    def draw(slots: Slots) -> Slot:
        value = slots.one(values)
        return Slot(value, value)

    return draw


DRAWN: dict[str, Callable[[Slots], Slot | dict[str, Slot]]] = {
    "stop": Slots.stop,
    "earlier": Slots.neighbours,
    "later": Slots.neighbours,
    "place": Slots.place,
    "table": lambda slots: slots.place(table=True),
    "day": Slots.day,
    "elsewhere": Slots.elsewhere,
    "low": Slots.two_days,
    "high": Slots.two_days,
    "days": Slots.days,
    "morning": lambda slots: slots.time(8, 11),
    "noonish": lambda slots: slots.time(9, 16),
    "lunchtime": lambda slots: slots.time(12, 14),
    "evening": lambda slots: slots.time(18, 21),
    "minutes": lambda slots: Slot(*slots.one(LENGTHS)),
    "more": lambda slots: Slot(*slots.one(((30, "half an hour"), (60, "an hour")))),
    "less": lambda slots: Slot(*slots.one(((-30, "half an hour"), (-60, "an hour")))),
    "kind": Slots.kind,
    "kinds": Slots.kind,
    "one": Slots.kind,
    "part": _words("morning", "afternoon", "evening"),
    "meal": _words("lunch", "dinner"),
    "interest": _words("art", "nature", "history", "architecture"),
    "diet": _words("vegetarian", "vegan"),
    "city": _words(*CITIES),
    "here": lambda slots: slots.here,
    "currency": lambda slots: slots.currency,
}
