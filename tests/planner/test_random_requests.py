"""Random requests: every plan keeps every rule, or says why not."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from itinerary_app.catalogue.places import Catalogue
from itinerary_app.errors import CannotPlan
from itinerary_app.model import (
    Budget,
    Category,
    Diet,
    Interest,
    Itinerary,
    Mobility,
    Pace,
    PlanRequest,
    StopKind,
)
from itinerary_app.planner.planner import Planner
from tests.planner.hasty import SOAK, SOLVE
from tests.planner.rich import RichCatalogue
from tests.planner.rules import assert_kept, unexcused

CATALOGUE = RichCatalogue()
SHIPPED = Catalogue()
PLANNER = Planner(CATALOGUE, solve=SOLVE)
PLANNER_OF_SHIPPED = Planner(SHIPPED, solve=SOLVE)
PLANS = settings(
    max_examples=3_000 if SOAK else 50,
    deadline=None,
    derandomize=not SOAK,
    suppress_health_check=list(HealthCheck),
)
CITIES = settings(PLANS, max_examples=5_000 if SOAK else 120)


AT_MOST = [(), (), (("museum", 1),), (("church", 0), ("history", 2))]
SKIPPED = [(), (), (StopKind.LUNCH,), (StopKind.LUNCH, StopKind.DINNER)]
MEAL_TIMES = [
    (),
    (),
    ((StopKind.LUNCH, 13 * 60 + 30),),
    ((StopKind.DINNER, 20 * 60 + 15),),
]


def clocks(first: int, last: int) -> st.SearchStrategy[int | None]:
    return st.none() | st.integers(first * 4, last * 4).map(lambda n: 15 * n)


def few(kind: type, most: int) -> st.SearchStrategy[tuple]:  # type: ignore[type-arg]
    options = st.lists(st.sampled_from(list(kind)), max_size=most, unique=True)
    return options.map(tuple)


@st.composite
def requests(
    draw: st.DrawFn, most: int = 14, catalogue: Catalogue = CATALOGUE
) -> PlanRequest:
    city = draw(st.sampled_from([city.name for city in catalogue.cities]))
    ids = [place.id for place in catalogue.places(city)]
    some_ids = st.lists(st.sampled_from(ids), max_size=3, unique=True).map(tuple)
    return PlanRequest(
        city=city,
        days=draw(st.sampled_from([n for n in (1, 2, 3, 4, 5, 7, 14) if n <= most])),
        interests=draw(few(Interest, 3)),
        pace=draw(st.sampled_from(Pace)),
        budget=draw(st.sampled_from(Budget)),
        avoid=draw(few(Category, 2)),
        must_see=draw(some_ids),
        excluded=draw(some_ids),
        start_date=draw(st.none() | st.dates(date(2026, 1, 1), date(2027, 12, 31))),
        arrive=draw(clocks(8, 23)),
        depart=draw(clocks(8, 23)),
        day_start=draw(clocks(7, 12)),
        day_end=draw(clocks(15, 23)),
        diets=draw(few(Diet, 2)),
        mobility=draw(few(Mobility, 2)),
        spend_limit=draw(st.none() | st.integers(0, 150)),
        at_most=draw(st.sampled_from(AT_MOST)),
        skipped=draw(st.sampled_from(SKIPPED)),
        meal_times=draw(st.sampled_from(MEAL_TIMES)),
        stays=draw(st.sampled_from([(), ((ids[0], 100), (ids[-1], 40))])),
    )


@PLANS
@example(PlanRequest(city="Prague", days=2, budget=Budget.LOW, day_end=18 * 60 + 30))
@given(requests())
def test_plans_keep_every_rule(request_: PlanRequest) -> None:
    """A plan keeps all, whatever was asked for, or a sentence says what is wrong."""
    if plan := attempt(lambda: PLANNER.plan(request_)):
        assert_kept(plan, request_, CATALOGUE.places(request_.city))


@CITIES
@given(requests(most=7, catalogue=SHIPPED), st.integers(0, 6))
def test_plans_for_shipped_cities_pass_the_checker(
    request_: PlanRequest, weekday: int
) -> None:
    """Of every city, undated or from any weekday on; notes tell what was left out."""
    start = request_.start_date
    if start is not None:
        start = start + timedelta((weekday - start.weekday()) % 7)
    request_ = replace(request_, start_date=start)
    if plan := attempt(lambda: PLANNER_OF_SHIPPED.plan(request_)):
        assert unexcused(plan, request_, SHIPPED.places(request_.city)) == []


def attempt(make: Callable[[], Itinerary]) -> Itinerary | None:
    """What is made, or None where a whole sentence says why it can't be."""
    refusal = ""
    try:
        return make()
    except CannotPlan as exc:
        refusal = str(exc)
    assert re.match(r"[^a-z\s].*\.$", refusal)  # 't Kelderke begins so
    return None
