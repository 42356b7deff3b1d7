"""Two meals a day, near the stops around them."""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterator, Sequence
from itertools import combinations

import numpy as np

from itinerary_app.catalogue.kinds import FOOD
from itinerary_app.model import StopKind
from itinerary_app.planner.day.frames import Frame
from itinerary_app.planner.day.options import MEALS, Choice, Option
from itinerary_app.planner.day.timetable import Route, inserted
from itinerary_app.planner.solver.nearness import (
    MEAL_WAY,
    NEAR,
    OUT_OF_WAY,
    detour,
    far_meals,
)
from itinerary_app.planner.solver.repair import (
    slimmer,
    used,
    value,
    without,
)
from itinerary_app.planner.solver.routes import TRAVEL_COST
from itinerary_app.planner.ways.travel import Spot

NEAREST = 3  # places to eat that are tried near each stop
MOST_OFFERS = 3  # places that are tried for a meal between two stops


def no_missed_meal(
    routes: Sequence[Route],
    choices: Sequence[Choice],
    frames: Sequence[Frame],
    must: Collection[str],
) -> list[Route]:
    """The routes with the meals they lack, while places to eat are near."""
    routes = list(routes)
    for i, frame in enumerate(frames):
        for kind in MEALS:
            if any(kind is it.kind or _holds(it, kind) for it in routes[i]):
                continue
            free = list(_of_kind(choices, kind, used(routes)))
            fed = (_best_fed(it, free, frame) for it in slimmer(routes[i], must))
            routes[i] = next(filter(None, fed), routes[i])
    return routes


def _best_fed(route: Route, meals: Sequence[Choice], frame: Frame) -> Route | None:
    """The route with the meal that is most worth its way; None if none fits."""
    fed = [
        longer
        for meal in near_meals(meals, route, frame)
        if (longer := inserted(route, meal, frame)) and not far_meals(longer, frame)
    ]
    return max(fed, key=lambda it: value(it, frame), default=None)


def nearer_meals(
    routes: Sequence[Route],
    choices: Sequence[Choice],
    frames: Sequence[Frame],
    must: Collection[str],
) -> list[Route]:
    """The routes with each meal where, and at the place that, is most worth its way."""
    routes = list(routes)
    for i, frame in enumerate(frames):
        for meal in routes[i]:
            if meal.kind not in MEALS or meal.place.category not in FOOD:
                continue
            if meal.place.id in must:
                continue
            offers = [
                option
                for choice in _of_kind(choices, meal.kind, used(routes))
                for option in choice.options
            ]
            rivals = _fed(routes[i], meal, offers, frame)
            far = len(far_meals(routes[i], frame))
            near = [it for it in rivals if len(far_meals(it, frame)) <= far]
            routes[i] = max([routes[i], *near], key=lambda it: value(it, frame))
    return routes


def one_of_each(route: Route, keep: Collection[str]) -> Route:
    """The route without a second lunch or dinner: one at a time of its own, which was
    asked for, stands outside the usual hours and so does not keep the others out.
    """
    for kind in MEALS:
        same = [it for it in route if it.kind is kind or _holds(it, kind)]
        same.sort(key=lambda it: it.place.id not in keep)
        for surplus in same[1:]:
            if surplus.kind is kind and surplus.place.id not in keep:
                route = without(route, surplus.place.id)
    return route


def no_far_meal(route: Route, frame: Frame, keep: Collection[str]) -> Route:
    """The route without the meals that are out of its way; that one of them is near
    another helps neither.
    """
    for meal in route:
        if meal.kind in MEALS and meal.place.id not in keep:
            alone = tuple(it for it in route if it is meal or it.kind not in MEALS)
            if meal in far_meals(alone, frame):
                route = without(route, meal.place.id)
    return route


def _fed(
    route: Route, meal: Option, offers: Sequence[Option], frame: Frame
) -> Iterator[Route]:
    """The route with the meal, or another one that is near there, at each position."""
    rest = without(route, meal.place.id)
    for at in range(len(rest) + 1):
        places = [option.place for option in (*rest[:at][-1:], *rest[at : at + 1])]
        near = heapq.nsmallest(
            MOST_OFFERS,
            offers,
            key=lambda it: detour(it, places, frame) * TRAVEL_COST - it.prize,
        )
        for option in (meal, *near):
            yield (*rest[:at], option, *rest[at:])


def _holds(option: Option, kind: StopKind) -> bool:
    return option.lunch and kind is StopKind.LUNCH


def _of_kind(
    choices: Sequence[Choice], kind: StopKind, taken: set[str]
) -> Iterator[Choice]:
    for choice in choices:
        fit = tuple(option for option in choice.options if option.kind is kind)
        if fit and fit[0].place.id not in taken:
            yield Choice(fit)


def near_meals(
    food: Sequence[Choice], route: Sequence[Option], frame: Frame
) -> list[Choice]:
    """Where one can eat near each stop of the route, between each two of them, near the
    bed if all of them are far from it, and what it has already.
    """
    food = [it for it in food if any(o.kind in MEALS for o in it.options)]
    if not food or not route:
        return []
    own = {it.place.id for it in route}
    places = [it.place for it in food]
    prizes = np.array([max(it.prize for it in choice.options) for choice in food])
    spots: list[Spot] = [it.place for it in route]
    bed = frame.target if frame.target and frame.target.is_base else None
    if bed and all(frame.ways.minutes(it, bed) > MEAL_WAY for it in spots):
        spots.append(bed)
    ways = frame.ways.matrix(places, spots)
    loss = 2 * ways * TRAVEL_COST - prizes[:, None]
    best = np.argsort(loss, axis=0, kind="stable")[:NEAREST].ravel()
    toil = (ways + OUT_OF_WAY * (ways > NEAR)) * TRAVEL_COST
    between = [
        (toil[:, i] + toil[:, j] - prizes).argmin()
        for i, j in combinations(range(len(spots)), 2)
    ]
    had = [i for i, it in enumerate(places) if it.id in own]
    return [food[i] for i in sorted({*map(int, [*best, *between]), *had})]
