"""What can be done with a place: a visit or a meal, and when it may start."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from itinerary_app.model import Category, Place, StopKind
from itinerary_app.planner import hours
from itinerary_app.planner.paces import GRAIN
from itinerary_app.planner.places import VISIT_MINUTES

SHORTEST_VISIT = 30  # minutes


@dataclass(frozen=True, slots=True)
class Option:
    """One way to do a place. Times are minutes after midnight."""

    place: Place
    kind: StopKind
    earliest: int  # start
    latest: int  # start
    minutes: int
    prize: int


@dataclass(frozen=True, slots=True)
class Choice:
    """Options of which one at most is taken, or exactly one if required."""

    options: tuple[Option, ...]
    required: bool = False


@dataclass(frozen=True, slots=True)
class Meal:
    earliest: int  # start
    latest: int  # start; no later than `minutes` on, so that no day holds two
    minutes: int


MEALS = {
    StopKind.LUNCH: Meal(earliest=720, latest=780, minutes=60),
    StopKind.DINNER: Meal(earliest=1110, latest=1170, minutes=75),
}

FOOD = (Category.RESTAURANT, Category.STREET_FOOD, Category.CAFE)


def visits(place: Place, prize: int) -> tuple[Option, ...]:
    """The visits that the place's hours allow, one for each window."""
    usual = VISIT_MINUTES[place.category]
    found = []
    for opens, closes in hours.windows(place.hours, place.category):
        earliest = -(-opens // GRAIN) * GRAIN
        minutes = min(usual, (closes - earliest) // GRAIN * GRAIN)
        if minutes >= min(usual, SHORTEST_VISIT):
            found.append(
                Option(
                    place, StopKind.VISIT, earliest, closes - minutes, minutes, prize
                )
            )
    return tuple(found)


def meals(
    place: Place, prize: int, kinds: Iterable[StopKind] = tuple(MEALS)
) -> tuple[Option, ...]:
    """The meals of these kinds that the place's hours allow."""
    found = []
    for kind in kinds:
        meal = MEALS[kind]
        for opens, closes in hours.windows(place.hours, place.category):
            earliest = max(meal.earliest, -(-opens // GRAIN) * GRAIN)
            latest = min(meal.latest, closes - meal.minutes)
            if earliest <= latest:
                found.append(Option(place, kind, earliest, latest, meal.minutes, prize))
    return tuple(found)


def of_kind(place: Place, kind: StopKind, prize: int) -> tuple[Option, ...]:
    """The visits, or the meals of this kind."""
    if kind is StopKind.VISIT:
        return visits(place, prize)
    return meals(place, prize, (kind,))
