"""One day of a plan, solved anew around the stops that stay."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from itinerary_app.model import Day, Place, Stop, StopKind
from itinerary_app.planner.day import options
from itinerary_app.planner.day.frames import Frame
from itinerary_app.planner.day.options import Choice
from itinerary_app.planner.day.timetable import Route, start_times
from itinerary_app.planner.draft.brief import Brief
from itinerary_app.planner.draft.candidates import meal_choices
from itinerary_app.planner.solver import repair
from itinerary_app.planner.solver.routes import best_routes

ITERATIONS = 150  # plenty for one day
MOST_MEALS = 8  # places that are tried for a meal that a day lacks


def solved(
    choices: Sequence[Choice], frames: Sequence[Frame], brief: Brief
) -> tuple[Route, Frame] | None:
    """The best route in the first frame that holds what is required, and the frame."""
    for frame in frames:
        routes = best_routes(
            choices, [frame], iterations=ITERATIONS, solver=brief.solve
        )
        if routes is not None and start_times(routes[0], frame) is not None:
            return repair.near_tidied(routes[0], frame, brief.insisted), frame
    return None


def kept(stop: Stop, frame: Frame, brief: Brief) -> Choice:
    """The stop as a must, at any time that its hours allow, or where it is locked."""
    present = options.pinned(stop, frame.number, brief.taste.prize(stop.place))
    if stop.place.id in brief.locked:
        return Choice((present,), required=True)
    others = options.of_kind(stop.place, stop.kind, present.prize, [frame])
    allowed = tuple(it for it in others if it.minutes == present.minutes)
    return Choice(allowed or (present,), required=True)


def fed(
    route: Route,
    frame: Frame,
    brief: Brief,
    places: Sequence[Place],
    kinds: Collection[StopKind],
) -> Route:
    """The route without meals out of its way, with meals of these kinds nearby."""
    route = repair.no_far_meal(route, frame, brief.insisted)
    near = [option.place for option in route]
    found = meal_choices(places, brief.taste, [frame], near, MOST_MEALS)
    meals = [
        Choice(fit)
        for choice in found
        if (fit := tuple(it for it in choice.options if it.kind in kinds))
    ]
    must = {option.place.id for option in route}
    [longer] = repair.no_missed_meal([route], meals, [frame], must)
    return longer


def visits(day: Day) -> tuple[Stop, ...]:
    return tuple(stop for stop in day.stops if stop.kind is StopKind.VISIT)
