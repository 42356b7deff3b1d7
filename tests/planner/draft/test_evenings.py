"""Shows in the evening: dinner makes way for them."""

from __future__ import annotations

from itinerary_app.catalogue.places import Catalogue
from itinerary_app.checker import Verdict, checks_of
from itinerary_app.model import Day, Itinerary, PlanRequest, StopKind
from itinerary_app.planner.planner import Planner

CATALOGUE = Catalogue()
OPERA = "vienna-state-opera"


def _dinner(day: Day) -> int:
    """When it begins, in minutes after midnight."""
    [stop] = [it for it in day.stops if it.kind is StopKind.DINNER]
    return stop.arrive


def _is_on_time(plan: Itinerary, request: PlanRequest) -> bool:
    places = CATALOGUE.places(request.city)
    checks = {it.key: it for it in checks_of(plan, request, places)}
    return checks["meals"].verdict is Verdict.OK


def test_a_new_plan_dines_before_the_opera(planner: Planner) -> None:
    """As it stands at the usual time of dinner, that is earlier."""
    request = PlanRequest("Vienna", 2, must_see=(OPERA,))
    plan = planner.plan(request)
    [day] = [it for it in plan.days if OPERA in {stop.place.id for stop in it.stops}]
    [opera] = [it for it in day.stops if it.place.id == OPERA]
    assert _dinner(day) != opera.arrive
    assert _is_on_time(plan, request)
