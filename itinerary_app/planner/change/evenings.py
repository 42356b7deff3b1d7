"""Dinner back at its usual time, where the show that it made way for is gone."""

from __future__ import annotations

from collections.abc import Sequence

from itinerary_app.model import Day, Stop, StopKind
from itinerary_app.planner.change import fit
from itinerary_app.planner.change.plan import Plan
from itinerary_app.planner.change.refit import refitted
from itinerary_app.planner.day.options import meal_window


def settled(before: Plan, after: Plan) -> tuple[Day, ...]:
    """The days after a change of the plan before, with their dinners on time; what is
    worth least goes where one fits at no usual time.
    """
    made_way: set[object] = {
        key
        for day in before.itinerary.days
        if before.frame(day).bends
        for key in (day.number, *(it.place.id for it in _dinners(day)))
    }
    return tuple(_settled(after, day, made_way) for day in after.itinerary.days)


def _settled(plan: Plan, day: Day, made_way: set[object]) -> Day:
    """The day, if it or its dinner is among these, with the dinner on time."""
    for stop in _dinners(day):
        place_id = stop.place.id
        if made_way.isdisjoint({day.number, place_id}) or place_id in plan.brief.pinned:
            continue
        frame = plan.frame(day)
        first, last = meal_window(stop.place, stop.kind, frame)
        if first <= stop.arrive <= last:
            continue
        fitted = fit.fitted(plan.kept(day.stops, frame), fit.rooms(frame))
        if fitted:
            return plan.made(fitted, day)
        days = refitted(plan.itinerary, plan.brief, only={day.number})
        return next(it for it in days if it.number == day.number)
    return day


def _dinners(day: Day) -> Sequence[Stop]:
    return [it for it in day.stops if it.kind is StopKind.DINNER]
