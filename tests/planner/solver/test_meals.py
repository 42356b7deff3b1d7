"""Where one eats on the way."""

from __future__ import annotations

from itinerary_app.model import PlanRequest, StopKind
from itinerary_app.planner.planner import Planner

NEAR = 12  # minutes


def test_lunch_comes_where_a_place_to_eat_is_near_both_stops(planner: Planner) -> None:
    """Nothing is near the Red Fort: one goes on to the market and eats there."""
    [day] = [
        day
        for day in planner.plan(PlanRequest("Delhi", 2)).days
        if any(stop.place.id == "red-fort" for stop in day.stops)
    ]
    at = next(i for i, it in enumerate(day.stops) if it.kind is StopKind.LUNCH)
    assert [it.travel_minutes <= NEAR for it in day.stops[at : at + 2]] == [True, True]
