"""A stop brought into a day that has others already."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from itinerary_app.errors import CannotPlan
from itinerary_app.model import Day, Stop, StopKind
from itinerary_app.planner.change import fit
from itinerary_app.planner.change.plan import Plan
from itinerary_app.planner.day.frames import Frame
from itinerary_app.planner.day.options import Choice
from itinerary_app.planner.day.timetable import cost
from itinerary_app.planner.solver.routes import TRAVEL_COST
from itinerary_app.text.clock import clock


def best(
    plan: Plan,
    day: Day,
    kept: Sequence[Choice],
    choices: Sequence[Choice],
    frame: Frame,
    positions: Collection[int] | None,
) -> Day | None:
    """The day with the choice of these that is most worth its way, if one fits."""
    for room in fit.rooms(frame):
        found = []
        for choice in choices:
            fitted = fit.extended(kept, choice, [room], positions)
            if fitted is not None:
                minutes = cost(*fitted) or 0.0
                worth = choice.options[0].prize - TRAVEL_COST * minutes
                found.append((worth, choice.place.id, fitted, choice))
        if found:
            _, _, fitted, choice = max(found, key=lambda it: it[:2])
            return plan.made(fitted, day, choice)
    return None


def squeezed(
    plan: Plan,
    day: Day,
    choice: Choice,
    frame: Frame,
    positions: Collection[int] | None,
) -> Day:
    """The day with the choice; visits that leave it no room go, the least first."""
    stops = list(day.stops)
    while True:
        kept = plan.kept(stops, frame)
        for where in (positions, None):
            if made := best(plan, day, kept, [choice], frame, where):
                return made
        spare = spare_of(plan, stops)
        if not spare:
            raise CannotPlan(
                f"{choice.place.name} does not fit on day {day.number}: "
                + obstacle(plan, day, choice, frame, None)
            )
        stops.remove(spare[0])
        positions = None


def spare_of(plan: Plan, stops: Sequence[Stop]) -> list[Stop]:
    """What could go, the least first: no meals and nothing insisted on."""
    insisted, taste = plan.brief.insisted, plan.brief.taste
    free = [
        it for it in stops if it.kind is StopKind.VISIT and it.place.id not in insisted
    ]
    return sorted(free, key=lambda it: taste.prize(it.place))


def obstacle(
    plan: Plan,
    day: Day,
    choice: Choice,
    frame: Frame,
    positions: Collection[int] | None,
) -> str:
    """What would have to give, in a sentence."""
    for gone in spare_of(plan, day.stops):
        rest = [it for it in day.stops if it is not gone]
        kept = plan.kept(rest, frame)
        where = None
        if positions is not None:
            index = day.stops.index(gone)
            where = [i - (i > index) for i in positions]
        if fit.extended(kept, choice, fit.rooms(frame), where):
            return f"it would fit without {gone.place.name}. Remove that first."
    for stop in day.stops:
        if stop.place.id in plan.brief.pinned:
            return (
                f"{stop.place.name} stays at {clock(stop.arrive)}. Give that time up, "
                "or choose another day."
            )
    if positions is not None:
        return "its hours do not allow it there. Choose another time or day."
    return "the day is too full. Remove a stop first, or choose another day."
