"""What the solver leaves open: must-sees, a visit and two meals on every day."""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from itinerary_app.catalogue.kinds import FOOD
from itinerary_app.errors import CannotPlan
from itinerary_app.model import Interest, StopKind
from itinerary_app.planner.day.frames import Frame
from itinerary_app.planner.day.options import MEALS, Choice, Option
from itinerary_app.planner.day.timetable import (
    Route,
    cost,
    inserted,
    tedium,
    tidied,
    travel,
    trios,
)
from itinerary_app.planner.solver.nearness import detour, off_the_way
from itinerary_app.planner.solver.orders import shortest
from itinerary_app.planner.solver.routes import TRAVEL_COST

MOST_OFFERS = 3  # places that are tried for a meal between two stops
MOST_RIVALS = 8  # places that are tried for an interest
VARIETY = 100_000  # prize, of an ordinary sight, that three of a kind may cost
MEAL_WAY = 25  # minutes at most to the nearer one of a meal's neighbours


def no_missed_must_see(
    routes: Sequence[Route],
    choices: Sequence[Choice],
    frames: Sequence[Frame],
    must: Collection[str],
) -> list[Route]:
    """The routes with what they lack of `must`, at the cost of lesser visits."""
    routes = list(routes)
    for choice in choices:
        if choice.place.id not in must or choice.place.id in used(routes):
            continue
        found = [
            (value(longer, frames[i]) - value(routes[i], frames[i]), i, longer)
            for i in range(len(routes))
            for longer in _with(routes[i], choice, frames[i], must)
        ]
        if found:
            _, i, longer = max(found, key=lambda it: it[0])
            routes[i] = longer
    return routes


def no_missed_long_visit(
    routes: Sequence[Route],
    choices: Sequence[Choice],
    frames: Sequence[Frame],
    must: Collection[str],
) -> list[Route]:
    """The routes with visits over lunch, where they are worth what goes for them.

    The solver would have to change a lunch and several visits at once.
    """
    routes = list(routes)
    for choice in choices:
        if choice.place.id in used(routes) or not any(
            it.lunch for it in choice.options
        ):
            continue
        gain, i, longer = max(
            (
                (value(longer, frames[i]) - value(routes[i], frames[i]), i, longer)
                for i in range(len(routes))
                for longer in _with(routes[i], choice, frames[i], must)
            ),
            key=lambda it: it[0],
            default=(0.0, 0, ()),
        )
        if gain > 0:
            routes[i] = longer
    return routes


def no_missed_interest(
    routes: Sequence[Route],
    choices: Sequence[Choice],
    frames: Sequence[Frame],
    must: Collection[str],
    interests: Sequence[Interest],
) -> list[Route]:
    """The routes with a place for each interest, where a lesser visit can give way."""
    routes = list(routes)
    for interest in interests:
        served = {
            it for route in routes for stop in route for it in stop.place.interests
        }
        if interest in served:
            continue
        keep = {*must, *_only_ones(routes, interests)}
        rivals = [it for it in choices if interest in it.place.interests][:MOST_RIVALS]
        found = [
            (value(longer, frames[i]) - value(routes[i], frames[i]), i, longer)
            for choice in rivals
            for i in range(len(routes))
            for longer in _with(routes[i], choice, frames[i], keep)
        ]
        if found:
            _, i, longer = max(found, key=lambda it: it[0])
            routes[i] = longer
    return routes


def no_three_of_a_kind(
    routes: Sequence[Route],
    choices: Sequence[Choice],
    frames: Sequence[Frame],
    must: Collection[str],
    interests: Sequence[Interest],
) -> list[Route]:
    """The routes with something else for one of three in a row, if it costs little."""
    routes = list(routes)
    for i, frame in enumerate(frames):
        routes[i] = near_tidied(routes[i], frame, must)
        for trio in trios(routes[i]):
            keep = {*must, *_only_ones(routes, interests)}
            taken, now = used(routes), value(routes[i], frame)
            rivals = [
                it
                for it in choices
                if it.place.id not in taken
                and it.place.category is not trio[0].place.category
            ]
            found = [
                (value(other, frame) - now, other)
                for gone in trio
                if gone.place.id not in keep
                for rival in rivals[:MOST_RIVALS]
                if (rest := without(routes[i], gone.place.id))
                and (other := inserted(rest, rival, frame))
                and len(trios(other)) < len(trios(routes[i]))
            ]
            loss, other = max(found, key=lambda it: it[0], default=(0.0, routes[i]))
            if loss > -VARIETY:
                routes[i] = other
    return routes


def _only_ones(routes: Sequence[Route], interests: Sequence[Interest]) -> set[str]:
    """The places that alone serve one of the interests."""
    found = set()
    for interest in interests:
        serving = [
            it.place.id for route in routes for it in route
            if interest in it.place.interests
        ]  # fmt: skip
        if len(serving) == 1:
            found.add(serving[0])
    return found


def no_empty_day(
    routes: Sequence[Route],
    visits: Sequence[Choice],
    frames: Sequence[Frame],
    give: str = "",
) -> list[Route]:
    """The routes with a visit on each day: an unused one, or one of a full day.

    Only a day with hardly any time may stay without. `give` tells what else helped.
    """
    routes = list(routes)
    for i, frame in enumerate(frames):
        if visits_of(routes[i]):
            continue
        for choice, donor in _spare_visits(routes, visits, frames):
            longer = inserted(routes[i], choice, frame)
            if longer is None:
                continue
            if donor is not None:
                routes[donor] = without(routes[donor], choice.place.id)
            routes[i] = longer
            break
    lacking = [
        frame
        for route, frame in zip(routes, frames, strict=True)
        if not visits_of(route) and not frame.is_short
    ]
    if lacking:
        filled = len(routes) - len(lacking)
        raise CannotPlan(
            f"Only {filled} of the {len(routes)} days can be filled: ask for {filled} "
            f"days or fewer{give}."
        )
    return routes


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
            taken = used(routes)
            fed = (
                route
                for slim in _slimmer(routes[i], must)
                for meal in _of_kind(choices, kind, taken)
                if (route := inserted(slim, meal, frame))
                and not far_meals(route, frame)
            )
            routes[i] = next(fed, routes[i])
    return routes


def no_lost_visit(
    routes: Sequence[Route],
    before: Sequence[Route],
    choices: Sequence[Choice],
    frames: Sequence[Frame],
) -> list[Route]:
    """The routes with as many visits as `before`, where others fit and are worth it."""
    routes = list(routes)
    for i, frame in enumerate(frames):
        for _ in range(len(visits_of(before[i])) - len(visits_of(routes[i]))):
            taken, far = used(routes), len(far_meals(routes[i], frame))
            found = [
                longer
                for choice in choices
                if choice.place.id not in taken
                and (longer := inserted(routes[i], choice, frame))
                and len(far_meals(longer, frame)) <= far
            ]
            routes[i] = max([routes[i], *found], key=lambda it: value(it, frame))
    return routes


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


def no_far_meal(route: Route, frame: Frame, keep: Collection[str]) -> Route:
    """The route without the meals that are out of its way."""
    while far := {it.place.id for it in far_meals(route, frame)} - set(keep):
        route = tuple(it for it in route if it.place.id not in far)
    return route


def near_tidied(route: Route, frame: Frame, keep: Collection[str]) -> Route:
    """The route in the best order in which its meals stay near."""
    single = tidied(route, frame)
    orders = [route, single, shortest(single, frame)]
    near = [
        it
        for it in orders
        if not {it.place.id for it in far_meals(it, frame)} - set(keep)
    ]
    return min(near, key=lambda it: _toil(it, frame), default=route)


def _toil(route: Route, frame: Frame) -> float:
    """Minutes of travel and of tedium, and a quarter of those of waste."""
    minutes = cost(route, frame)
    if minutes is None:
        return float("inf")
    toil = (3 * (travel(route, frame) + tedium(route)) + minutes) / 4
    return toil + off_the_way(route, frame)


def far_meals(route: Route, frame: Frame) -> list[Option]:
    """The meals that nobody goes to from either neighbour; a bed is one at the ends."""
    if len(route) < 2:
        return []
    spots = [
        frame.origin if frame.origin and frame.origin.is_base else None,
        *(it.place for it in route),
        frame.target if frame.target and frame.target.is_base else None,
    ]
    return [
        option
        for i, option in enumerate(route, start=1)
        if option.kind in MEALS
        and min(
            frame.ways.minutes(one, other)
            for one, other in pairwise(spots[i - 1 : i + 2])
            if one and other
        )
        > MEAL_WAY
    ]


def _holds(option: Option, kind: StopKind) -> bool:
    return option.lunch and kind is StopKind.LUNCH


def visits_of(route: Route) -> list[Option]:
    return [option for option in route if option.kind is StopKind.VISIT]


def without(route: Route, place_id: str) -> Route:
    return tuple(option for option in route if option.place.id != place_id)


def used(routes: Sequence[Route]) -> set[str]:
    return {option.place.id for route in routes for option in route}


def value(route: Route, frame: Frame) -> float:
    minutes = cost(route, frame)
    if minutes is None:
        return float("-inf")
    far = sum(option.prize for option in far_meals(route, frame))
    worth = sum(option.prize for option in route) - far
    return worth - (minutes + off_the_way(route, frame)) * TRAVEL_COST


def _with(
    route: Route, choice: Choice, frame: Frame, must: Collection[str]
) -> Iterator[Route]:
    """The route with the choice, if need be instead of some of its least visits, or
    over the lunch that it holds.
    """
    kinds = {option.kind for option in choice.options} & set(MEALS)
    hungry = tuple(it for it in route if it.kind not in kinds or it.place.id in must)
    over = tuple(option for option in choice.options if option.lunch)
    ways = [(choice, (*_slimmer(route, must, least=0), hungry))]
    if over:
        free = tuple(
            it for it in route if it.kind is not StopKind.LUNCH or it.place.id in must
        )
        ways.append((Choice(over), tuple(_slimmer(free, must, least=0))))
    for wanted, slimmer in ways:
        found = (
            inserted(slim, wanted, frame)
            for slim in slimmer
            if kinds or len(visits_of(slim)) < frame.visits
        )
        if longer := next(filter(None, found), None):
            yield longer


def _spare_visits(
    routes: Sequence[Route], visits: Sequence[Choice], frames: Sequence[Frame]
) -> Iterator[tuple[Choice, int | None]]:
    """Unused visits, best first; then those of days with several, least first."""
    taken = used(routes)
    for choice in visits:
        if choice.place.id not in taken:
            yield choice, None
    everywhere = {choice.place.id: choice for choice in visits}
    fullest = sorted(range(len(routes)), key=lambda i: -len(visits_of(routes[i])))
    for i in fullest:
        if len(visits_of(routes[i])) > 1:
            for option in sorted(visits_of(routes[i]), key=lambda it: it.prize):
                if option.place.id in everywhere:
                    yield everywhere[option.place.id], i


def _slimmer(route: Route, must: Collection[str], least: int = 1) -> Iterator[Route]:
    """The route, then with ever fewer of its least visits, down to so many."""
    yield route
    spare = [it for it in visits_of(route) if it.place.id not in must]
    spare.sort(key=lambda it: it.prize)
    for option in spare[: max(0, len(visits_of(route)) - least)]:
        route = without(route, option.place.id)
        yield route


def _of_kind(
    choices: Sequence[Choice], kind: StopKind, taken: set[str]
) -> Iterator[Choice]:
    for choice in choices:
        fit = tuple(option for option in choice.options if option.kind is kind)
        if fit and fit[0].place.id not in taken:
            yield Choice(fit)
