"""A day in another order, where the one it has would cost a famous sight."""

from __future__ import annotations

from dataclasses import replace

from itinerary_app.catalogue.kinds import FOOD
from itinerary_app.errors import CannotPlan
from itinerary_app.model import Day, Stop
from itinerary_app.planner.change.fit import visits
from itinerary_app.planner.change.plan import Plan
from itinerary_app.planner.day.spending import Purse
from itinerary_app.planner.draft.brief import Brief
from itinerary_app.planner.draft.drafts import new_days
from itinerary_app.planner.draft.eating import within_budget

ITERATIONS = 150  # of the search for one day: plenty


def with_sights(made: Day, was: Day, plan: Plan) -> Day:
    """The day as it was `made` of what it `was`, or, if a famous sight went by that,
    of what was there in whatever order keeps more of it.
    """
    kept = {stop.place.id for stop in made.stops}
    lost = [stop for stop in visits(was) if stop.place.id not in kept]
    if not any(_is_missed(stop, plan.brief) for stop in lost):
        return made
    again = _rearranged(made, was, plan)
    return max(made, again, key=lambda it: _worth(it, was, plan.brief))


def _is_missed(stop: Stop, brief: Brief) -> bool:
    return stop.place.is_famous and brief.taste.wants(stop.place)


def _rearranged(made: Day, was: Day, plan: Plan) -> Day:
    """The visits in whatever order keeps most of them, with meals."""
    brief, own = plan.brief, {stop.place.id for stop in was.stops}
    others = [it for it in plan.itinerary.stops if it.place.id not in own]
    elsewhere = {it.place.id for it in others}
    places = [
        it
        for it in brief.places
        if it.id in own or (it.category in FOOD and it.id not in elsewhere)
    ]
    spent = Purse(brief.places, None).total(it.place for it in others)
    places = within_budget(places, brief.request.budget, brief.request.must_see)
    frame = plan.frame(replace(made, stops=()))
    try:
        return new_days(brief, places, [frame], spent, iterations=ITERATIONS)[0]
    except CannotPlan:
        return made


def _worth(day: Day, was: Day, brief: Brief) -> tuple[int, int]:
    """What its visits are worth, then how many of the meals that were it has."""
    kinds = {stop.kind for stop in day.stops} & {stop.kind for stop in was.stops}
    return sum(brief.taste.prize(stop.place) for stop in visits(day)), len(kinds)
