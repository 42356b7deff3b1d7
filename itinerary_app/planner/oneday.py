"""One day of a plan, solved anew around the stops that stay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from itinerary_app.model import Day, Pace, Stop, StopKind
from itinerary_app.planner import options, paces
from itinerary_app.planner.candidates import Taste
from itinerary_app.planner.options import Choice, Option
from itinerary_app.planner.paces import Shape
from itinerary_app.planner.routes import best_routes
from itinerary_app.planner.timetable import Route, tidied

ITERATIONS = 150  # plenty for one day
CROWDED_REST = 5  # minutes; what the traveller insists on may cost the rest


def limits(day: Day, pace: Pace, taste: Taste, *, visits: int) -> Shape:
    """The pace's limits, widened to where the day's stops already reach."""
    usual = paces.shape(pace, taste.request.interests)
    return replace(
        usual,
        start=min([usual.start, *(stop.arrive for stop in day.stops)]),
        end=max([usual.end, *(stop.leave for stop in day.stops)]),
        visits=visits,
    )


def crowded(shape: Shape) -> tuple[Shape, ...]:
    """The shape, then with less rest, then with a late evening."""
    hurried = replace(shape, rest=min(shape.rest, CROWDED_REST))
    late = replace(hurried, end=max(shape.end, paces.NIGHT_END))
    return shape, hurried, late


def solved(
    choices: Sequence[Choice], shapes: Sequence[Shape]
) -> tuple[Route, Shape] | None:
    """The best route in the first shape that holds what is required, and the shape."""
    for shape in shapes:
        routes = best_routes(choices, shape, days=1, iterations=ITERATIONS)
        if routes is not None:
            return tidied(routes[0], shape), shape
    return None


def kept(stop: Stop) -> Choice:
    """The stop as a must, at any time that its hours allow."""
    present = option(stop)
    others = options.of_kind(stop.place, stop.kind, prize=0)
    allowed = tuple(it for it in others if it.minutes == present.minutes)
    return Choice(allowed or (present,), required=True)


def option(stop: Stop) -> Option:
    """The stop where it stands."""
    return Option(
        place=stop.place,
        kind=stop.kind,
        earliest=stop.arrive,
        latest=stop.arrive,
        minutes=stop.leave - stop.arrive,
        prize=0,
    )


def visits(day: Day) -> tuple[Stop, ...]:
    return tuple(stop for stop in day.stops if stop.kind is StopKind.VISIT)
