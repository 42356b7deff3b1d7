"""From an act to the days of the plan after it."""

from __future__ import annotations

from dataclasses import replace

from itinerary_app.acts import acts as a
from itinerary_app.acts.acts import Act
from itinerary_app.model import Day, Itinerary, Refit
from itinerary_app.planner.change import days, evenings, length, meals, pauses, stops
from itinerary_app.planner.change.plan import Plan
from itinerary_app.planner.change.refit import refitted
from itinerary_app.planner.draft import outings
from itinerary_app.planner.draft.brief import Brief


def revised(itinerary: Itinerary, act: Act | Refit, brief: Brief) -> tuple[Day, ...]:
    """All days of the plan; those that the act does not name are the same ones.

    CannotPlan says why it can't be, and what would have to give.
    """
    out = outings.days_out(brief)
    named = out.asked | {str(getattr(act, "place", ""))}
    there = frozenset(stop.place.id for stop in itinerary.stops)
    brief = replace(brief, days_out=replace(out, asked=named, there=there))
    plan = Plan(itinerary, brief)
    after = _revised(plan, act)
    brief = replace(brief, request=replace(brief.request, days=len(after)))
    if not isinstance(act, a.SetMeal | a.SetTime):  # dinner is when it is asked for
        after = evenings.settled(plan, Plan(replace(itinerary, days=after), brief))
    return pauses.with_pauses(itinerary, Plan(replace(itinerary, days=after), brief))


def _revised(plan: Plan, act: Act | Refit) -> tuple[Day, ...]:
    itinerary, brief = plan.itinerary, plan.brief
    match act:
        case a.SetDays():
            return length.with_days(plan, act)
        case a.AddDay():
            return length.with_more_days(plan, act)
        case a.RemoveDay():
            return length.without_day(plan, act)
        case a.SwapDays():
            return plan.with_days(length.with_swapped(plan, act)).itinerary.days
        case a.MoveDay():
            return plan.with_days(length.with_moved(plan, act)).itinerary.days
        case Refit(cheaper=False):
            return refitted(itinerary, brief, filled=act.filled)
        case Refit(day=None):
            numbers = [day.number for day in itinerary.days]
            return refitted(itinerary, brief, cheaper=numbers)
        case Refit(day=int() as number):
            plan.day(number)
            return refitted(itinerary, brief, only=[number], cheaper=[number])
    return meals.held_before(plan, _changed(plan, act)).itinerary.days


def _changed(plan: Plan, act: Act | Refit) -> tuple[Day, ...]:
    """The days that the act changes."""
    match act:
        case a.Add():
            return stops.added(plan, act)
        case a.Remove():
            return stops.removed(plan, act)
        case a.Swap():
            return stops.swapped(plan, act)
        case a.Move():
            return stops.moved(plan, act)
        case a.Order():
            return stops.ordered(plan, act)
        case a.SetTime():
            return stops.timed(plan, act)
        case a.SetStay():
            return stops.stayed(plan, act)
        case a.SetHours():
            return days.with_hours(plan, act)
        case a.Calmer():
            return days.calmer(plan, act)
        case a.Fuller():
            return days.fuller(plan, act)
        case a.Clear():
            return days.cleared(plan, act)
        case a.Replan():
            return days.replanned(plan, act)
        case a.BestOrder():
            return days.best_ordered(plan, act)
        case a.SetMeal():
            return meals.set_meal(plan, act)
        case a.SkipMeal():
            return meals.skipped(plan, act)
    raise TypeError(f"{act!r} does not change a plan.")
