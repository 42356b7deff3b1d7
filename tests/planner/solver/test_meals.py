"""Where meals stand in a day: on the way from the stop before to the one after."""

from __future__ import annotations

from itinerary_app.model import Day, PlanRequest, StopKind
from itinerary_app.planner.planner import Planner

NEAR = 12  # minutes
CITIES = ("Bangkok", "Kyoto", "Los Angeles", "Munich", "Porto", "Rio de Janeiro")


def test_nine_of_ten_meals_are_near_both_of_their_neighbours(planner: Planner) -> None:
    """Three days in six wide cities: hardly a meal is between two districts."""
    plans = [planner.plan(PlanRequest(city, 3)) for city in CITIES]
    near = [
        max(_ways(day, at), default=0) <= NEAR
        for plan in plans
        for day in plan.days
        for at, stop in enumerate(day.stops)
        if stop.kind is not StopKind.VISIT
    ]
    assert sum(near) / len(near) >= 0.9


def _ways(day: Day, at: int) -> list[int]:
    """Minutes from the stop before and to the one after; the bed is none."""
    return [stop.travel_minutes for stop in day.stops[max(1, at) : at + 2]]
