"""The fixed set of requests, and the edits that are tried on their plans."""

from __future__ import annotations

import random
from datetime import date
from enum import StrEnum
from typing import TypeVar

from itinerary_app.acts.acts import (
    Add,
    AddDay,
    Calmer,
    Fuller,
    Move,
    Remove,
    RemoveDay,
    SetHours,
    Swap,
)
from itinerary_app.catalogue.places import Catalogue
from itinerary_app.model import (
    Budget,
    Category,
    Diet,
    Interest,
    Itinerary,
    Mobility,
    Pace,
    Place,
    PlanRequest,
    Refit,
    StopKind,
)
from itinerary_app.trips.changes import Revision

SEED = 5
COUNT = 400
QUICK = 88  # two of each city
LENGTHS = (1, 2, 2, 3, 3, 3, 4, 5, 7, 7, 10, 14)

E = TypeVar("E", bound=StrEnum)


def requests(catalogue: Catalogue, count: int = COUNT) -> list[PlanRequest]:
    """All cities in turn; half of the requests are plain, half have hard wishes."""
    chance = random.Random(SEED)
    cities = [city.name for city in catalogue.cities]
    return [
        _request(chance, cities[n % len(cities)], catalogue, plain=n % 2 == 0)
        for n in range(count)
    ]


def edits(
    plan: Itinerary, places: tuple[Place, ...], chance: random.Random
) -> list[Revision]:
    """One of each kind, where the plan has something for it."""
    day = chance.choice([day for day in plan.days if day.stops])
    stop = chance.choice(day.stops)
    visits = [it for it in day.stops if it.kind is StopKind.VISIT]
    planned = {it.place.id for it in plan.stops}
    unused = [place for place in places if place.id not in planned]
    found: list[Revision] = [
        Calmer(day=day.number),
        Fuller(day=day.number),
        Swap(stop=stop.place.id),
        Remove(stop=stop.place.id),
        SetHours(day=day.number, start="10:00"),
        AddDay(),
        Refit(cheaper=True),
    ]
    if unused:
        found.append(Add(place=chance.choice(unused).id))
    if len(plan.days) > 1:
        other = chance.choice([it.number for it in plan.days if it is not day])
        found.append(RemoveDay(day=day.number))
        if visits:
            found.append(Move(stop=chance.choice(visits).place.id, day=other))
    return found


def _request(
    chance: random.Random, city: str, catalogue: Catalogue, *, plain: bool
) -> PlanRequest:
    days = chance.choice(LENGTHS)
    interests = some(chance, 3)
    pace = chance.choice(list(Pace))
    budget = chance.choice(list(Budget))
    if plain:
        return PlanRequest(city, days, interests, pace, budget)
    ids = [place.id for place in catalogue.places(city)]
    return PlanRequest(
        city,
        days,
        interests,
        pace,
        budget,
        avoid=_some(chance, Category, 2),
        must_see=tuple(chance.sample(ids, chance.randint(0, 2))),
        excluded=tuple(chance.sample(ids, chance.randint(0, 2))),
        start_date=date(2026, chance.randint(1, 12), chance.randint(1, 28)),
        arrive=chance.choice((None, None, 13 * 60, 18 * 60)),
        depart=chance.choice((None, None, 12 * 60, 16 * 60)),
        day_start=chance.choice((None, None, 8 * 60, 10 * 60)),
        day_end=chance.choice((None, None, 19 * 60, 22 * 60)),
        diets=_some(chance, Diet, 1),
        mobility=_some(chance, Mobility, 1),
        spend_limit=chance.choice((None, 30, 100)),
    )


def some(chance: random.Random, most: int) -> tuple[Interest, ...]:
    """At most so many interests."""
    return _some(chance, Interest, most)


def _some(chance: random.Random, kind: type[E], most: int) -> tuple[E, ...]:
    return tuple(chance.sample(list(kind), chance.randint(0, most)))
