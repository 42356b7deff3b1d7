"""Long breaks: a sight that is open then, and the meals around it near it."""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise, product
from typing import NamedTuple

from itinerary_app.model import StopKind
from itinerary_app.model.plan import FREE_TIME
from itinerary_app.planner.day.frames import Frame
from itinerary_app.planner.day.options import MEALS, Choice, Option
from itinerary_app.planner.day.timetable import Route, cost, start_times
from itinerary_app.planner.solver.nearness import detour, far_meals
from itinerary_app.planner.solver.repair import used, value, visits_of, without
from itinerary_app.planner.solver.routes import TRAVEL_COST

LULL = 650  # minutes that a long break is as bad as: one meal out of the way
NEAREST, MEALS_TRIED = 6, 2  # sights, and places to eat, that are tried for a break


class Break(NamedTuple):
    """Before which position there is time for more, in minutes after midnight."""

    at: int
    since: int
    until: int


def fewer_breaks(
    routes: Sequence[Route],
    visits: Sequence[Choice],
    food: Sequence[Choice],
    frames: Sequence[Frame],
    must: Collection[str],
) -> list[Route]:
    """The routes with a visit in each long break that has one near: an unused one, or
    one of the same day.
    """
    routes = list(routes)
    for i, frame in enumerate(frames):
        for _ in breaks(routes[i], frame):
            routes[i] = _better(routes[i], visits, food, frame, must, used(routes))
    return routes


def _better(
    route: Route,
    visits: Sequence[Choice],
    food: Sequence[Choice],
    frame: Frame,
    must: Collection[str],
    taken: Collection[str],
) -> Route:
    """The route with one of its breaks less, if that is worth it."""
    there, far = breaks(route, frame), len(far_meals(route, frame))
    least = value(route, frame) - LULL * TRAVEL_COST
    meals = [
        option
        for choice in food
        if choice.place.id not in taken
        for option in choice.options
    ]
    found = [
        (worth, other)
        for free in there
        for longer, place in _filled(route, free, visits, frame, taken)
        if cost(longer, frame) is not None
        for other in _fed(longer, place, meals, frame, must)
        if (worth := value(other, frame)) > least
        and len(breaks(other, frame)) < len(there)
        and len(far_meals(other, frame)) <= far
    ]
    return max(found, key=lambda it: it[0], default=(0.0, route))[1]


def breaks(route: Route, frame: Frame) -> list[Break]:
    """When nothing is planned for long."""
    times = start_times(route, frame) or []
    found = [
        Break(at, since + one.minutes, until)
        for at, ((one, since), (other, until)) in enumerate(
            pairwise(zip(route, times, strict=False)), start=1
        )
    ]
    return [
        it
        for it in found
        if it.until
        - frame.ways.minutes(route[it.at - 1].place, route[it.at].place)
        - it.since
        > FREE_TIME
    ]


def _filled(
    route: Route,
    free: Break,
    visits: Sequence[Choice],
    frame: Frame,
    taken: Collection[str],
) -> Iterator[tuple[Route, int]]:
    """The route with a visit in the break, and where that is then."""
    at, since, until = free
    before, after = route[at - 1].place, route[at].place

    def way(option: Option) -> int:
        minutes = frame.ways.minutes
        return minutes(before, option.place) + minutes(option.place, after)

    if len(visits_of(route)) < frame.visits:
        fit = (
            option
            for choice in visits
            if choice.place.id not in taken
            for option in choice.options
            if option.kind is StopKind.VISIT
            and not option.lunch
            and frame.number in option.days
            and max(option.earliest, since) + option.minutes <= until
            and since <= option.latest
        )
        for option in heapq.nsmallest(NEAREST, fit, key=way):
            yield (*route[:at], option, *route[at:]), at
    if len(visits_of(route)) > 1:
        for i, option in enumerate(route):
            if option.kind is StopKind.VISIT and i not in (at - 1, at):
                rest = without(route, option.place.id)
                place = at - (i < at)
                yield (*rest[:place], option, *rest[place:]), place


def _fed(
    route: Route,
    at: int,
    meals: Sequence[Option],
    frame: Frame,
    must: Collection[str],
) -> Iterator[Route]:
    """The route with other places to eat before and after the visit there, too."""
    tried = [
        _offers(route, i, meals, frame, must) if abs(i - at) == 1 else [option]
        for i, option in enumerate(route)
    ]
    for some in product(*tried):
        if len({it.place.id for it in some}) == len(some):
            yield some


def _offers(
    route: Route,
    at: int,
    meals: Sequence[Option],
    frame: Frame,
    must: Collection[str],
) -> list[Option]:
    meal = route[at]
    if meal.kind not in MEALS or meal.place.id in must:
        return [meal]
    beside = [it.place for it in (*route[:at][-1:], *route[at + 1 : at + 2])]
    near = heapq.nsmallest(
        MEALS_TRIED,
        (it for it in meals if it.kind is meal.kind),
        key=lambda it: detour(it, beside, frame) * TRAVEL_COST - it.prize,
    )
    return [meal, *near]
