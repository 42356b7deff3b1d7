"""A day in another order, where the one it has would cost a sight of worth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from itinerary_app.catalogue.kinds import FOOD
from itinerary_app.errors import CannotPlan
from itinerary_app.model import Day
from itinerary_app.planner.change.fit import visits
from itinerary_app.planner.change.plan import Plan
from itinerary_app.planner.day.options import MEALS
from itinerary_app.planner.day.spending import Purse
from itinerary_app.planner.draft.brief import Brief
from itinerary_app.planner.draft.drafts import new_days
from itinerary_app.planner.draft.eating import within_budget

ITERATIONS = 150  # of the search for one day: plenty
MEAL = 150_000  # prize: one may eat somewhere else, which no plan has to name


def with_sights(made: Day, was: Day, plan: Plan, others: Sequence[Day] = ()) -> Day:
    """The day as it was `made` of what it `was`, or, if a famous sight went by that or
    one worth more than most of what is there, of what was there in whatever order
    keeps more of it: one of the `others`, or a new one. No famous sight goes for that.
    """
    kept, taste = {stop.place.id for stop in made.stops}, plan.brief.taste
    lost = [stop for stop in visits(was) if stop.place.id not in kept]
    there = [taste.prize(stop.place) for stop in visits(made)]
    usual = sum(there) / max(1, len(there))
    if not any(
        taste.wants(it.place) and (it.place.is_famous or taste.prize(it.place) > usual)
        for it in lost
    ):
        return made
    found = [*others, _rearranged(made, was, plan)]
    return max(
        [made, *(it for it in found if _famous(made) <= _famous(it))],
        key=lambda it: _worth(it, was, plan.brief),
    )


def _famous(day: Day) -> set[str]:
    return {stop.place.id for stop in visits(day) if stop.place.is_famous}


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


def _worth(day: Day, was: Day, brief: Brief) -> int:
    """What the visits and meals are worth of what was there that the day has."""
    had, has = (
        {k for it in of.stops for k in (it.kind, it.holds)} for of in (was, day)
    )
    meals, there = len(had & has & {*MEALS}), {it.place for it in visits(was)}
    seen = (it.place for it in visits(day) if it.place in there)
    return meals * MEAL + sum(map(brief.taste.prize, seen))
