"""Time for meals on days that were changed, where no place to eat is planned."""

from __future__ import annotations

from collections.abc import Sequence

from itinerary_app.model import Day, Itinerary
from itinerary_app.planner.change import fit
from itinerary_app.planner.change.plan import Plan
from itinerary_app.planner.day.options import Choice
from itinerary_app.planner.day.pauses import lacking, pause, paused


def with_pauses(before: Itinerary, after: Plan) -> tuple[Day, ...]:
    """The days; on those that are not as before stops shift for the meals that they
    lack, and none goes.
    """
    days = after.itinerary.days
    return tuple(it if it in before.days else _paused(after, it) for it in days)


def _paused(plan: Plan, day: Day) -> Day:
    frame, made = plan.frame(day), day
    choices = plan.kept(day.stops, frame)
    for kind in lacking(day, frame):
        if pause(made, frame, kind):
            continue
        route = [choice.options[0] for choice in choices]
        found = [
            (longer, fitted)
            for at, new in paused(route, frame, kind)
            if (
                fitted := _in_order(
                    longer := [*choices[:at], new, *choices[at:]], plan, day
                )
            )
        ]
        if found:
            choices, fitted = found[0]
            made = fit.as_day(*fitted, frame, plan.brief)
    return made


def _in_order(choices: Sequence[Choice], plan: Plan, day: Day) -> fit.Fit | None:
    frame = plan.frame(day)
    for room in (frame, *fit.rooms(frame)[1:2]):  # no day gets longer for it
        if route := fit.in_order(choices, room):
            return route, room
    return None
