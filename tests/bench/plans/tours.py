"""Sixty trips to two to four cities: planned, checked, changed; rows for plans.md."""

from __future__ import annotations

import random
import time
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import numpy as np

from itinerary_app.acts import acts as do
from itinerary_app.acts.acts import Act
from itinerary_app.catalogue.geo import distance_km
from itinerary_app.catalogue.places import Catalogue
from itinerary_app.catalogue.routes import shortest
from itinerary_app.errors import CannotPlan
from itinerary_app.model import (
    Budget,
    City,
    Itinerary,
    Leg,
    Pace,
    PlanRequest,
    Preferences,
)
from itinerary_app.planner.planner import Planner
from itinerary_app.storage.base import State
from itinerary_app.trips.changes import apply
from tests.bench.plans.requests import SEED, some
from tests.planner.rules import assert_kept, unexcused

COUNT = 60
FAR = 0.2  # of the trips go far
NEAR_KM = 1_500
FIRST_DAY = date(2027, 1, 4)
AWAKE = range(9, 21)  # hours


@dataclass
class Toured:
    """All that was seen on the way."""

    plans: list[tuple[PlanRequest, Itinerary]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    edits: int = 0
    edits_refused: list[str] = field(default_factory=list)
    cities_kept: list[bool] = field(default_factory=list)


def tour(catalogue: Catalogue, planner: Planner, count: int = COUNT) -> Toured:
    """Plan and change so many trips; all cities are in one at least."""
    chance, seen = random.Random(SEED), Toured()
    for request in _requests(catalogue, chance, count):
        began = time.process_time()
        try:
            plan = planner.plan(request)
        except CannotPlan as exc:
            seen.refused.append(str(exc))
            continue
        seen.seconds.append(time.process_time() - began)
        seen.plans.append((request, plan))
        _check(plan, request, catalogue, seen, "plan")
        for edit in _edits(plan, catalogue, chance):
            _edit(edit, plan, request, catalogue, planner, seen)
    return seen


def rows(seen: Toured) -> list[str]:
    """The rows of the report."""
    ways = [it.transfer for _, plan in seen.plans for it in plan.stages if it.transfer]
    hours = [way.minutes / 60 for way in ways]
    lost = [_lost(plan) for _, plan in seen.plans]
    kept = np.mean(seen.cities_kept) if seen.cities_kept else 1.0
    return [
        f"{len(seen.plans)} trips to several cities, {len(seen.refused)} refusals.",
        f"Rules broken by plans and edits of trips: {len(seen.broken)}.",
        *seen.broken[:5],
        *sorted(set(seen.refused))[:3],
        "",
        "| trips to several cities | mean | p95 | worst |",
        "|---|---|---|---|",
        _row("hours on a way between cities", hours),
        _row("share of 9 to 21 h spent on ways", lost),
        _row("CPU s a trip", seen.seconds),
        "",
        f"Ways known: {np.mean([way.known for way in ways]):.0%} of {len(ways)}.",
        f"{seen.edits} edits of trips, {len(seen.edits_refused)} refused.",
        f"Cities that an edit does not touch kept to the minute: {kept:.1%}.",
        *sorted(set(seen.edits_refused))[:3],
    ]


def _row(name: str, values: Sequence[float]) -> str:
    p95 = np.percentile(values, 95)
    return f"| {name} | {np.mean(values):.2f} | {p95:.2f} | {max(values):.2f} |"


def _lost(plan: Itinerary) -> float:
    """The share of a trip's waking hours on the way between cities."""
    hours = 0.0
    for stage in plan.stages:
        if way := stage.transfer:
            hours += _overlap(max(way.leave, 0), way.arrive)
            if way.leave < 0:
                hours += _overlap(way.leave + 24 * 60, 24 * 60)
    return hours / (len(AWAKE) * len(plan.days))


def _overlap(start: int, end: int) -> float:
    first, last = AWAKE.start * 60, AWAKE.stop * 60
    return max(0, min(end, last) - max(start, first)) / 60


def _requests(
    catalogue: Catalogue, chance: random.Random, count: int
) -> Iterator[PlanRequest]:
    cities = list(catalogue.cities)
    for n in range(count):
        first = cities[n % len(cities)]
        route = _route(first, cities, chance)
        days = chance.randint(len(route) + 1, 3 * len(route) + 1)
        nights: list[int | None] = [None] * len(route)
        if n % 3 == 0:  # all nights are told
            told = [chance.randint(1, 3) for _ in route]
            nights, days = [*told], sum(told) + 1
        legs = tuple(Leg(it.name, n) for it, n in zip(route, nights, strict=True))
        yield PlanRequest(
            first.name,
            days,
            some(chance, 3),
            pace=chance.choice(list(Pace)),
            legs=legs,
            start_date=FIRST_DAY + timedelta(days=chance.randrange(360))
            if n % 4
            else None,
            arrive=chance.choice((None, None, 13 * 60)),
            depart=chance.choice((None, None, 16 * 60)),
            spend_limit=chance.choice((None, None, 60)),
        )


def _route(first: City, cities: Sequence[City], chance: random.Random) -> list[City]:
    others = [it for it in cities if it is not first]
    near = [it for it in others if _km(first, it) <= NEAR_KM]
    pool = others if chance.random() < FAR or not near else near
    return shortest([first, *chance.sample(pool, min(len(pool), chance.randint(1, 3)))])


def _km(one: City, other: City) -> float:
    return distance_km(one.lat, one.lon, other.lat, other.lon)


def _edits(plan: Itinerary, catalogue: Catalogue, chance: random.Random) -> list[Act]:
    last, second = plan.cities[-1], plan.cities[1]
    others = [it for it in catalogue.cities if it not in plan.cities]
    new = min(others, key=lambda it: _km(plan.city, it))
    return [
        do.AddCity(city=new.name, nights=chance.choice((None, 1, 2))),
        do.RemoveCity(city=second.name),
        do.SetNights(city=second.name, nights=plan.nights(second) + 1),
        do.OrderCities(cities=(last.name, plan.city.name)),
        do.AddDay(),
        do.RemoveDay(day=chance.choice(plan.days).number),
        do.Calmer(day=chance.choice(plan.days).number),
        do.SetDates(start=str(FIRST_DAY + timedelta(days=chance.randrange(360)))),
        do.SetBudget(budget=chance.choice(list(Budget))),
    ]


def _edit(
    edit: Act,
    plan: Itinerary,
    request: PlanRequest,
    catalogue: Catalogue,
    planner: Planner,
    seen: Toured,
) -> None:
    change = apply([edit], State(_told(request), plan), planner, agreed=True)
    if change.refused:
        seen.edits_refused.append(change.refused.why)
        return
    seen.edits += 1
    wishes, after = change.state
    asked = PlanRequest.from_preferences(wishes)
    assert after is not None
    assert asked is not None
    _check(after, asked, catalogue, seen, repr(edit))
    if isinstance(edit, do.AddDay | do.Calmer):
        touched = plan.cities[-1]
        if isinstance(edit, do.Calmer) and isinstance(edit.day, int):
            touched = plan.city_of(edit.day)
        now = {it.city: [day.stops for day in it.days] for it in after.parts()}
        seen.cities_kept += [
            now[part.city] == [day.stops for day in part.days]
            for part in plan.parts()
            if part.city != touched
        ]


def _told(request: PlanRequest) -> Preferences:
    return Preferences(
        city=request.city,
        duration_days=request.days,
        interests=request.interests,
        pace=request.pace,
        budget=request.budget,
        legs=request.legs,
        start_date=request.start_date,
        arrive=request.arrive,
        depart=request.depart,
        spend_limit=request.spend_limit,
    )


def _check(
    plan: Itinerary,
    request: PlanRequest,
    catalogue: Catalogue,
    seen: Toured,
    what: str,
) -> None:
    places = {city.id: catalogue.places(city.name) for city in plan.cities}
    for words in unexcused(plan, request, places):
        seen.broken.append(f"{what}: {words} {request}")
    ends = len(plan.stages) - 1
    for i, part in enumerate(plan.parts()):
        own = replace(
            request,
            city=part.city.name,
            days=len(part.days),
            first=part.days[0].number,
            legs=(),
            arrive=request.arrive if i == 0 else None,
            depart=request.depart if i == ends or not plan.stages else None,
            spend_limit=None,
        )
        try:
            assert_kept(part, own, places[part.city.id])
        except AssertionError as exc:
            where = traceback.extract_tb(exc.__traceback__)[-1]
            seen.broken.append(f"{what}: {where.line}: {own}")


if __name__ == "__main__":
    everywhere = Catalogue()
    print("\n".join(rows(tour(everywhere, Planner(everywhere)))))
