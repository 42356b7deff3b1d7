"""What the solver leaves open: must-sees, interests, and full days."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from itinerary_app.errors import CannotPlan
from itinerary_app.model import Interest, StopKind
from itinerary_app.planner.day.frames import Frame
from itinerary_app.planner.day.options import HELD_PRIZE, MEALS, Choice, Option
from itinerary_app.planner.day.timetable import (
    Route,
    cost,
    inserted,
    tedium,
    tidied,
    travel,
    trios,
)
from itinerary_app.planner.solver.nearness import far_meals, off_the_way
from itinerary_app.planner.solver.orders import shortest
from itinerary_app.planner.solver.routes import TRAVEL_COST

MOST_RIVALS = 8  # places that are tried for an interest
LENIENT = 0.2  # of what being apart and out of the way counts, where days are empty
LAZY_TRIP = 7  # days, of which some may well be lazy
GREAT = 600_000  # prize of what is left out for nothing but what is as great
FULL_DAY, HALF_DAY = 3, 180  # visits that can spare one; minutes of a lone one
EVEN = 40  # minutes that it may cost to have a second visit on a day
VARIETY = 100_000  # prize, of an ordinary sight, that three of a kind may cost


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
        keep = {*must, *only_ones(routes, interests)}
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
        if trios(routes[i]):
            routes[i] = near_tidied(routes[i], frame, must)
        for trio in trios(routes[i]):
            keep = {*must, *only_ones(routes, interests)}
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


def only_ones(routes: Sequence[Route], interests: Sequence[Interest]) -> set[str]:
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
        found = [
            (gain_of(longer, routes[i], frame) + _loss(routes, frames, choice), longer)
            for choice in _spare_visits(routes, visits)
            if choice.place.id not in used([routes[i]])  # for a meal
            and (longer := inserted(routes[i], choice, frame))
            and visits_of(longer)  # not as a meal
        ]
        if found:
            _, longer = max(found, key=lambda it: it[0])
            gone = used([longer]) - used([routes[i]])
            routes = [
                tuple(it for it in route if it.place.id not in gone) for route in routes
            ]
            routes[i] = longer
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


def filled(
    routes: Sequence[Route], choices: Sequence[Choice], frames: Sequence[Frame]
) -> list[Route]:
    """The routes with the visits that there is still time for, where worth it.

    A day that is half empty is less strict about what is apart, and far from meals; one
    with a single visit is not strict at all, on short trips.
    """
    routes = list(routes)
    alone = 0.0 if len(frames) < LAZY_TRIP else LENIENT
    for i, frame in enumerate(frames):
        while (count := len(visits_of(routes[i]))) < frame.visits:
            half_empty = 2 * count < frame.visits
            strict = (alone if count < 2 else LENIENT) if half_empty else 1.0
            now = value(routes[i], frame, strict)
            found = [
                it
                for it in _longer(routes[i], choices, used(routes))
                if value(it, frame, strict) > now
            ]
            if not found:
                break
            routes[i] = max(found, key=lambda it: value(it, frame))
    return routes


def evened(
    routes: Sequence[Route],
    choices: Sequence[Choice],
    frames: Sequence[Frame],
    must: Collection[str],
) -> list[Route]:
    """The routes with a visit of a full day on each that has one short visit only,
    where it parts nothing near and costs little.
    """
    routes = list(routes)
    by_id = {choice.place.id: choice for choice in choices}
    for i, frame in enumerate(frames):
        if len(alone := visits_of(routes[i])) != 1 or alone[0].minutes >= HALF_DAY:
            continue
        found = [
            (gain, j, option.place.id, longer)
            for j, other in enumerate(frames)
            if len(visits_of(routes[j])) >= FULL_DAY
            for option in visits_of(routes[j])
            if option.place.id in by_id.keys() - must
            and not _parts(option, frame, other)
            and (longer := inserted(routes[i], by_id[option.place.id], frame))
            for rest in (without(routes[j], option.place.id),)
            for gain in (
                gain_of(longer, routes[i], frame) + gain_of(rest, routes[j], other),
            )
        ]
        gain, j, gone, longer = max(
            found, key=lambda it: it[:2], default=(0.0, i, "", routes[i])
        )
        if gone and gain > -EVEN * TRAVEL_COST:
            routes[i], routes[j] = longer, without(routes[j], gone)
    return routes


def _parts(option: Option, frame: Frame, other: Frame) -> bool:
    """Whether more of what is near it is on the other day."""
    place_id = option.place.id
    return frame.apart.get(place_id, 0) > other.apart.get(place_id, 0)


def _longer(
    route: Route, choices: Sequence[Choice], taken: Collection[str]
) -> Iterator[Route]:
    """The route with each visit that is not taken, at each position."""
    return (
        (*route[:at], option, *route[at:])
        for choice in choices
        if choice.place.id not in taken
        for option in choice.options
        if option.kind is StopKind.VISIT
        for at in range(len(route) + 1)
    )


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


def is_great(choice: Choice) -> bool:
    """Whether nothing but what is as great may take its place, on one day at least."""
    return any(
        it.kind is StopKind.VISIT and it.prize - HELD_PRIZE * it.lunch >= GREAT
        for it in choice.options
    )


def visits_of(route: Route) -> list[Option]:
    return [option for option in route if option.kind is StopKind.VISIT]


def without(route: Route, place_id: str) -> Route:
    return tuple(option for option in route if option.place.id != place_id)


def used(routes: Sequence[Route]) -> set[str]:
    return {option.place.id for route in routes for option in route}


def value(route: Route, frame: Frame, strict: float = 1.0) -> float:
    """Its prizes less what its minutes cost, and less what is apart or out of the way
    as far as one is `strict` about that.
    """
    minutes = cost(route, frame)
    if minutes is None:
        return float("-inf")
    far = sum(option.prize for option in far_meals(route, frame))
    worth = sum(option.prize for option in route) - far
    apart = sum(frame.apart.get(it.place.id, 0) for it in visits_of(route))
    astray = strict * (off_the_way(route, frame) + apart)
    return worth - (minutes + astray) * TRAVEL_COST


def _with(
    route: Route, choice: Choice, frame: Frame, must: Collection[str]
) -> Iterator[Route]:
    """The route with the choice, if need be instead of some of its least visits, or
    over the lunch that it holds.
    """
    kinds = {option.kind for option in choice.options} & set(MEALS)
    hungry = tuple(it for it in route if it.kind not in kinds or it.place.id in must)
    over = tuple(option for option in choice.options if option.lunch)
    ways = [(choice, (*slimmer(route, must, least=0), hungry))]
    if over:
        free = tuple(
            it for it in route if it.kind is not StopKind.LUNCH or it.place.id in must
        )
        ways.append((Choice(over), tuple(slimmer(free, must, least=0))))
    for wanted, shorter in ways:
        found = (
            inserted(slim, wanted, frame)
            for slim in shorter
            if kinds or len(visits_of(slim)) < frame.visits
        )
        if longer := next(filter(None, found), None):
            yield longer


def _spare_visits(routes: Sequence[Route], visits: Sequence[Choice]) -> list[Choice]:
    """Unused visits, and those of days with several."""
    lone = {own[0].place.id for it in routes if len(own := visits_of(it)) == 1}
    return [choice for choice in visits if choice.place.id not in lone]


def gain_of(new: Route, old: Route, frame: Frame, strict: float = 1.0) -> float:
    return value(new, frame, strict) - value(old, frame, strict)


def _loss(routes: Sequence[Route], frames: Sequence[Frame], choice: Choice) -> float:
    """What is lost (below 0) where the visit goes from the day that it is on."""
    return sum(
        gain_of(without(route, choice.place.id), route, frame)
        for route, frame in zip(routes, frames, strict=True)
        if choice.place.id in used([route])
    )


def slimmer(route: Route, must: Collection[str], least: int = 1) -> Iterator[Route]:
    """The route, then with ever fewer of its least visits, down to so many."""
    yield route
    spare = [it for it in visits_of(route) if it.place.id not in must]
    spare.sort(key=lambda it: it.prize)
    for option in spare[: max(0, len(visits_of(route)) - least)]:
        route = without(route, option.place.id)
        yield route
