"""One day fitted anew: its stops in their order, meals where their hours want them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from itinerary_app.model import Day, Part, Place, Stop, StopKind
from itinerary_app.planner.day import options
from itinerary_app.planner.day.frames import PARTS, Frame, crowded
from itinerary_app.planner.day.options import MEALS, Choice, Option
from itinerary_app.planner.day.timetable import Route, cost, start_times
from itinerary_app.planner.draft.brief import Brief
from itinerary_app.planner.draft.candidates import meal_choices
from itinerary_app.planner.draft.days import day as told
from itinerary_app.planner.solver import repair
from itinerary_app.planner.solver.meals import nearer_meals, no_far_meal, no_missed_meal
from itinerary_app.planner.solver.nearness import far_meals
from itinerary_app.planner.solver.routes import best_routes

EVENING, _ = PARTS[Part.EVENING]
ITERATIONS = 150  # of the search for one day: plenty
WORTHWHILE = 30  # minutes that meals at other places in the order have to save
MOST_MEALS = 16  # places that are tried for a meal that a day lacks

Fit = tuple[Route, Frame]
Holds = Callable[[Route], bool]


def rooms(frame: Frame) -> tuple[Frame, ...]:
    """The frame, then with less rest, with a late evening, at last with no rest."""
    return (*crowded(frame), replace(frame, rest=0))


def kept(stop: Stop, frame: Frame, brief: Brief) -> Choice:
    """The stop as a must: movable, or else where it stands."""
    present = options.pinned(stop, frame.number, brief.taste.prize(stop.place))
    return movable(stop, frame, brief) or Choice((present,), required=True)


def movable(stop: Stop, frame: Frame, brief: Brief) -> Choice | None:
    """The stop at any time that its hours allow, at its length, or where it is locked.

    None if it can't be on this day.
    """
    is_meal = stop.kind in MEALS
    taste, place = brief.taste, stop.place
    worth = taste.meal_prize(place, stop.kind) if is_meal else taste.prize(place)
    present = options.pinned(stop, frame.number, worth)
    if stop.place.id in brief.locked:
        return Choice((present,), required=True)
    minutes = frame.terms.stays.get(stop.place.id, present.minutes)
    found: tuple[Option, ...] = ()
    # It may be at an hour that was asked for, unless it is dark or closed by now.
    stands = not options.objection(stop, frame)
    for wide in (False, True) if stands else (False,):
        found = options.of_kind(
            stop.place, stop.kind, present.prize, [frame], wide=wide
        )
        same = tuple(it for it in found if it.minutes == minutes)
        fed = tuple(it for it in same if it.lunch) if stop.holds else ()
        found = _staying(stop, fed or same or found, frame)
        if any(it.earliest <= stop.arrive <= it.latest for it in found):
            break
    return Choice(found, required=True) if found else None


def _staying(stop: Stop, found: tuple[Option, ...], frame: Frame) -> tuple[Option, ...]:
    """The options, of an evening's visit those in the evening."""
    if stop.kind is not StopKind.VISIT or stop.arrive < EVENING:
        return found
    late = (options.within(it, EVENING, frame.end) for it in found)
    return tuple(it for it in late if it) or found


def in_order(
    choices: Sequence[Choice], frame: Frame, holds: Holds | None = None
) -> Route | None:
    """The choices in this order, each as early as it can be; None if they don't fit."""
    route: list[Option] = []
    number = frame.number
    free = frame.begins(choices[0].place) if choices else frame.start
    for choice in choices:
        if route:
            way = frame.ways.minutes(route[-1].place, choice.place)
            free += frame.gap(way)
        best, ends = None, frame.end + 1
        for option in choice.options:
            start = max(free, option.earliest)
            end = start + option.minutes
            if end < ends and start <= option.latest and number in option.days:
                best, ends = option, end
        if best is None:
            return None
        free = ends
        route.append(best)
    if route and free > frame.ends(route[-1].place):
        return None
    if frame.terms.forbid(option.place for option in route if not option.pause):
        return None
    return None if holds and not holds(tuple(route)) else tuple(route)


def fitted(choices: Sequence[Choice], frames: Iterable[Frame]) -> Fit | None:
    """All choices in the first frame that holds them: visits keep their order."""
    for frame in frames:
        route, other = in_order(choices, frame), _floating(choices, frame)
        if route is None or (
            other is not None
            and _toil(route, frame)[1] - _toil(other, frame)[1] > WORTHWHILE
        ):
            route = other
        if route is not None:
            return route, frame
    return None


def reordered(
    choices: Sequence[Choice], frames: Iterable[Frame], brief: Brief
) -> Fit | None:
    """All choices in whatever order is best, in the first frame that holds them."""
    for frame in frames:
        roomy = replace(frame, visits=max(frame.visits, len(choices)))
        routes = best_routes(
            choices, [roomy], iterations=ITERATIONS, solver=brief.solve
        )
        if routes is not None and start_times(routes[0], roomy) is not None:
            return repair.near_tidied(routes[0], roomy, brief.insisted), roomy
    return None


def extended(
    choices: Sequence[Choice],
    new: Choice,
    frames: Iterable[Frame],
    positions: Collection[int] | None = None,
    holds: Holds | None = None,
) -> Fit | None:
    """The choices with the new one where it wastes least time, of these positions.

    Meals may make room, as far as the new one `holds` its place in the route.
    """
    where = range(len(choices) + 1) if positions is None else positions
    longer = [
        (*choices[:i], Choice((option,), required=True), *choices[i:])
        for i in where
        for option in new.options
    ]
    for frame in frames:
        for fit in (in_order, _floating):
            found = (fit(it, frame, holds) for it in longer)
            routes = [route for route in found if route is not None]
            if routes:
                return min(routes, key=lambda it: _toil(it, frame)), frame
    return None


def fed(
    route: Route,
    frame: Frame,
    brief: Brief,
    places: Sequence[Place],
    kinds: Collection[StopKind],
) -> Route:
    """The route without meals out of its way, with meals of these kinds nearby."""
    route = no_far_meal(route, frame, brief.insisted)
    near = [option.place for option in route]
    found = meal_choices(places, brief.taste, [frame], near, MOST_MEALS)
    meals = [
        Choice(fit)
        for choice in found
        if (fit := tuple(it for it in choice.options if it.kind in kinds))
    ]
    must = {option.place.id for option in route}
    routes = no_missed_meal([route], meals, [frame], must)
    [longer] = nearer_meals(routes, meals, [frame], must)
    return longer


def as_day(route: Route, frame: Frame, usual: Frame, brief: Brief) -> Day:
    """The day of the route; one made longer lasts as its stops need, and their ways."""
    day = told(route, frame, brief)
    if not day.stops:
        return day
    first, last = day.stops[0], day.stops[-1]
    start, end = usual.asked
    if first.arrive < usual.begins(first.place):
        start = frame.leaving(first)
    if last.leave > usual.ends(last.place):
        end = frame.returning(last)
    return replace(day, start=start, end=end)


def visits(day: Day) -> tuple[Stop, ...]:
    return tuple(stop for stop in day.stops if stop.kind is StopKind.VISIT)


def _toil(route: Route, frame: Frame) -> tuple[int, float]:
    """Meals out of the way, then minutes of travel and waste."""
    minutes = cost(route, frame)
    far = len(far_meals(route, frame))
    return far, float("inf") if minutes is None else minutes


def _floating(
    choices: Sequence[Choice], frame: Frame, holds: Holds | None = None
) -> Route | None:
    """The visits in their order, and the meals among them where they cost least."""
    found = [it for it in choices if not _is_meal(it)]
    if in_order(found, frame) is None:
        return None
    for meal in filter(_is_meal, choices):
        fits = [
            (_toil(route, frame), longer)
            for longer in _with_each_way(found, meal)
            if (route := in_order(longer, frame, holds)) is not None
        ]
        if not fits:
            return None
        _, found = min(fits, key=lambda it: it[0])
    return in_order(found, frame, holds)


def _with_each_way(choices: list[Choice], new: Choice) -> Iterator[list[Choice]]:
    for i in range(len(choices) + 1):
        yield [*choices[:i], new, *choices[i:]]


def _is_meal(choice: Choice) -> bool:
    return not any(option.kind is StopKind.VISIT for option in choice.options)
