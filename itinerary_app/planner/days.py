"""Routes told as days: stops with times, travel and the reason for each."""

from __future__ import annotations

from itinerary_app.model import Budget, Day, Pace, Stop, StopKind
from itinerary_app.planner.candidates import Taste
from itinerary_app.planner.geo import travel
from itinerary_app.planner.options import Option
from itinerary_app.planner.paces import Shape
from itinerary_app.planner.timetable import Route, start_times

NEARBY = 12  # minutes on foot
ON_THE_WAY = 20  # minutes from the stop before


def day(number: int, pace: Pace, route: Route, shape: Shape, taste: Taste) -> Day:
    """The day of this route, which must fit the shape."""
    times = start_times(route, shape)
    if times is None:
        raise ValueError("The route does not fit the day.")
    stops = []
    before: Option | None = None
    for option, start in zip(route, times, strict=True):
        minutes, mode = travel(before.place, option.place) if before else (0, "walk")
        stops.append(
            Stop(
                place=option.place,
                kind=option.kind,
                arrive=start,
                leave=start + option.minutes,
                travel_minutes=minutes,
                travel_mode=mode,
                reason=reason(option, before, taste),
            )
        )
        before = option
    return Day(number, pace, tuple(stops))


def reason(option: Option, before: Option | None, taste: Taste) -> str:
    """One short fact that speaks for the stop."""
    place = option.place
    is_visit = option.kind is StopKind.VISIT
    if is_visit and place.importance == 5:
        return "Must-see"
    if before and not is_visit:
        minutes, mode = travel(before.place, place)
        if mode == "walk" and minutes <= NEARBY:
            return f"Near {before.place.name}"
    if matches := taste.matches(place):
        return f"Matches {' and '.join(matches[:2])}"
    if taste.request.budget is Budget.LOW and place.price == 0:
        return "Free"
    if place.importance == 4:
        return "Well known"
    if before and travel(before.place, place)[0] <= ON_THE_WAY:
        return "On the way"
    return "Fits the day"
