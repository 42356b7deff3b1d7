"""The checker: whether a plan keeps what it promises, found out without the planner.

It shares no rule and no code with the planner, so that a mistake there shows here: only
the model, the clock and the library that reads opening hours.
"""

from __future__ import annotations

from collections.abc import Sequence

from itinerary_app.checker import promises, wishes
from itinerary_app.checker.light import light
from itinerary_app.checker.subject import Subject
from itinerary_app.checker.verdicts import Check, Finding, Verdict
from itinerary_app.model import Itinerary, Place, PlanRequest

__all__ = ["Check", "Finding", "Verdict", "checks_of"]


def checks_of(
    itinerary: Itinerary,
    request: PlanRequest,
    places: Sequence[Place],
    *,
    before: Itinerary | None = None,
) -> tuple[Check, ...]:
    """A verdict on each promise: those to everybody, then those that were asked for.

    `places` are all those of the city, as the catalogue has them now. Whether more of
    a kind came in shows only beside the plan `before`.
    """
    plan = Subject(itinerary, request, places, before)
    always = (
        promises.real,
        promises.once,
        promises.open_,
        promises.ways,
        promises.day_hours,
        promises.days,
        promises.meals,
        promises.meals_near,
        promises.reasons,
    )
    named = (request.must_see, request.locked, request.excluded, request.avoid)
    asked = (
        (wishes.wishes, any(named)),
        (light, request.start_date is not None),
        (wishes.times, any((request.times, request.stays, request.meal_times))),
        (wishes.limits, any((request.at_most, request.no_more))),
        (
            wishes.kept_free,
            request.skipped or any(it.free or it.skipped for it in itinerary.days),
        ),
        (wishes.spending, request.spend_limit is not None),
        (wishes.diets, bool(request.diets)),
        (wishes.mobility, bool(request.mobility)),
    )
    rules = (*always, *(rule for rule, applies in asked if applies))
    return tuple(rule(plan) for rule in rules)
