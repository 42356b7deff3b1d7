"""What a meal at a place is worth, and where the budget allows one."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from itinerary_app.catalogue.cuisines import is_local, is_snack
from itinerary_app.catalogue.kinds import FOOD
from itinerary_app.model import Budget, Category, Interest, Place, StopKind
from itinerary_app.planner.day.options import MEAL_PRIZE

USUAL_LEVEL = 2  # of a place whose prices nobody told
TOP_LEVEL = 4
# Prizes; a minute on the way costs 600.
_FAME = 2_000  # for each step of importance
_INTEREST = 4_000  # food, to whom that is told
_LOCAL = 4_000  # what fits the country goes first among equals
_LEVELS = {  # what those of level 1 to 4 lose
    Budget.LOW: (0, 0, 60_000, 200_000),
    Budget.MODERATE: (1_000, 0, 1_000, 6_000),
    Budget.HIGH: (8_000, 4_000, 0, 0),
}
_SNACKS = {StopKind.LUNCH: 20_000, StopKind.DINNER: 150_000}  # what snacks lose
# Where one can have lunch, if it is known for food and proper food places run out.
_LUNCH_QUARTERS = (Category.MARKET, Category.NEIGHBOURHOOD)


def level(place: Place) -> int:
    """What eating there costs, from 1 (cheap) to 4."""
    return place.level or USUAL_LEVEL


def prize(
    place: Place,
    kind: StopKind,
    budget: Budget,
    country: str,
    interests: Collection[Interest] = (),
) -> int:
    """The worth of the meal there: any counts, and near ones count more."""
    worth = MEAL_PRIZE + _FAME * place.importance + _LOCAL * is_local(place, country)
    worth += _INTEREST * bool(set(interests) & set(place.interests))
    loss = _SNACKS[kind] if is_snack(place) or place.category not in FOOD else 0
    return worth - loss - _LEVELS[budget][level(place) - 1]


def within_budget(
    places: Iterable[Place],
    budget: Budget,
    asked: Collection[str],
    had: Iterable[Place] = (),
) -> list[Place]:
    """Those where one may eat: with little money never at the top level, with a
    moderate budget once a trip, beside what one `had`. What is `asked` for stays in.
    """
    full = budget is Budget.LOW or (
        budget is Budget.MODERATE and any(is_top(place) for place in had)
    )
    return [it for it in places if not (full and is_top(it)) or it.id in asked]


def is_top(place: Place) -> bool:
    return place.category in FOOD and level(place) >= TOP_LEVEL


def is_lunch_quarter(place: Place) -> bool:
    """Whether it is no place to eat, but lunch can be had there."""
    return place.category in _LUNCH_QUARTERS and Interest.FOOD in place.interests
