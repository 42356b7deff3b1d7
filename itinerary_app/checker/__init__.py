"""The checker: whether a plan keeps what it promises, found out without the planner.

It shares no rule and no code with the planner, so that a mistake there shows here: only
the model, the clock and the library that reads opening hours.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from itinerary_app.checker import ends, legs, leisure, meals, outings, promises, wishes
from itinerary_app.checker.booking import booking, has_to_book
from itinerary_app.checker.light import light
from itinerary_app.checker.sites import sites
from itinerary_app.checker.subject import Subject
from itinerary_app.checker.verdicts import Check, Finding, Verdict
from itinerary_app.model import Budget, Itinerary, Place, PlanRequest

__all__ = ["Check", "Finding", "Verdict", "checks_of"]

Rule = Callable[[Subject], Check]
# What depends on a city: where it is, its holidays, its sun, one's arrival there.
OF_A_CITY = (
    promises.real,
    promises.open_,
    promises.day_hours,
    light,
    ends.ends,
    wishes.budget,
)


def checks_of(
    itinerary: Itinerary,
    request: PlanRequest,
    places: Sequence[Place] | Mapping[str, Sequence[Place]],
    *,
    before: Itinerary | None = None,
) -> tuple[Check, ...]:
    """A verdict on each promise: those to everybody, then those that were asked for.

    `places` are all those of the city, as the catalogue has them now; of several
    cities they are told by the id of each. Whether more of a kind came in shows only
    beside the plan `before`.
    """
    by_city = places if isinstance(places, Mapping) else {itinerary.city.id: places}
    everywhere = [place for some in by_city.values() for place in some]
    plan = Subject(itinerary, request, everywhere, before)
    always = (
        promises.real,
        promises.once,
        promises.open_,
        promises.ways,
        promises.day_hours,
        promises.days,
        meals.meals,
        meals.meals_near,
        meals.pauses,
        promises.reasons,
        wishes.company,
        sites,
    )
    named = (request.must_see, request.locked, request.excluded, request.avoid)
    asked = (
        (ends.ends, ends.are_told(plan)),
        (wishes.wishes, any(named)),
        (outings.outings, outings.is_out(plan)),
        (leisure.leisure, leisure.is_given(plan)),
        (light, request.start_date is not None),
        (booking, has_to_book(plan)),
        (wishes.times, any((request.times, request.stays, request.meal_times))),
        (wishes.limits, any((request.at_most, request.no_more))),
        (
            wishes.kept_free,
            request.skipped
            or any(it.free + it.rests + it.skipped for it in itinerary.days),
        ),
        (wishes.spending, request.spend_limit is not None),
        (wishes.budget, request.budget is not Budget.HIGH),
        (wishes.diets, bool(request.diets)),
        (wishes.mobility, bool(request.mobility)),
    )
    rules = (*always, *(rule for rule, applies in asked if applies))
    if not itinerary.stages and not request.legs:
        return tuple(rule(plan) for rule in rules)
    cities = legs.subjects(itinerary, request, by_city, before)
    checks = (_of_cities(rule, plan, cities) for rule in rules)
    return (*checks, legs.legs(plan))


def _of_cities(rule: Rule, plan: Subject, cities: Sequence[Subject]) -> Check:
    """The verdict on the whole, or of those on each city where its facts count."""
    if rule is wishes.spending:  # the limit is in the first city's money
        return rule(replace(plan, places=cities[0].places))
    if rule in OF_A_CITY:
        return legs.merged([rule(city) for city in cities])
    return rule(plan)
