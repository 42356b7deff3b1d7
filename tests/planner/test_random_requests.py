"""Random requests and random edits: every plan keeps every rule, or says why not."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from itinerary_app.catalogue.places import Catalogue
from itinerary_app.errors import CannotPlan
from itinerary_app.model import (
    AddStop,
    Budget,
    Category,
    ChangeDays,
    ChangePace,
    Diet,
    Edit,
    Interest,
    Itinerary,
    Mobility,
    MoveStop,
    Pace,
    PlanRequest,
    Refit,
    RemoveDay,
    RemoveStop,
    SetHours,
    SwapStop,
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
    max_examples=3_000 if SOAK else 80,
    deadline=None,
    derandomize=not SOAK,
    suppress_health_check=list(HealthCheck),
)
CITIES = settings(PLANS, max_examples=5_000 if SOAK else 200)
TRIPS = settings(PLANS, max_examples=2_000 if SOAK else 60)


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
    )


@st.composite
def edits(draw: st.DrawFn, plan: Itinerary, request: PlanRequest) -> Edit:
    number = draw(st.integers(1, len(plan.days)))
    stops = plan.days[number - 1].stops or plan.stops
    planned = draw(st.sampled_from([stop.place.id for stop in stops]))
    known = [place.id for place in CATALOGUE.places(request.city)]
    return draw(
        st.sampled_from(
            [
                ChangePace(number, calmer=draw(st.booleans())),
                SwapStop(number, planned),
                RemoveStop(number, planned),
                AddStop(
                    draw(st.none() | st.just(number)), draw(st.sampled_from(known))
                ),
                MoveStop(planned, draw(st.integers(1, len(plan.days)))),
                SetHours(number, draw(clocks(8, 11)), draw(clocks(16, 23))),
                ChangeDays(max(1, len(plan.days) + draw(st.sampled_from((-1, 1))))),
                RemoveDay(number),
                Refit(cheaper=True, day=draw(st.none() | st.just(number))),
            ]
        )
    )


@PLANS
@given(requests())
def test_plans_keep_every_rule(request_: PlanRequest) -> None:
    """A plan keeps all, whatever was asked for, or a sentence says what is wrong."""
    if plan := _attempt(lambda: PLANNER.plan(request_)):
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
    if plan := _attempt(lambda: PLANNER_OF_SHIPPED.plan(request_)):
        assert unexcused(plan, request_, SHIPPED.places(request_.city)) == []


@TRIPS
@given(st.data(), requests(most=5), requests(most=1))
def test_edited_plans_keep_every_rule(
    data: st.DataObject, request_: PlanRequest, other: PlanRequest
) -> None:
    """So does a plan after three edits and after a refit, and the locked stops stay."""
    places = CATALOGUE.places(request_.city)
    plan = _attempt(lambda: PLANNER.plan(request_))
    if plan is None:
        return
    if plan.stops:
        locked = data.draw(st.sampled_from(plan.stops)).place.id
        request_ = replace(request_, locked=(locked,))
    changes = [Refit(), *[None] * 3]
    for change in changes:
        if not plan.stops:
            return
        asked = request_
        if change is not None:
            asked = replace(
                request_, avoid=other.avoid, diets=other.diets, arrive=other.arrive
            )
        edit = change or data.draw(edits(plan, request_))
        before = plan
        after = _attempt(lambda: PLANNER.revise(before, edit, asked))  # noqa: B023
        if after is None:
            continue
        request_ = _learned(asked, edit, plan, after)
        assert_kept(after, request_, places)
        _assert_locked(plan, after, request_, edit)
        plan = after


def _attempt(make: Callable[[], Itinerary]) -> Itinerary | None:
    """What is made, or None where a whole sentence says why it can't be."""
    refusal = ""
    try:
        return make()
    except CannotPlan as exc:
        refusal = str(exc)
    assert re.match(r"[^a-z\s].*\.$", refusal)  # 't Kelderke begins so
    return None


def _learned(
    request: PlanRequest, edit: Edit, before: Itinerary, after: Itinerary
) -> PlanRequest:
    """The request as a conversation would keep it after the edit."""
    old = {stop.place.id for stop in before.stops}
    new = {stop.place.id for stop in after.stops}
    must_see, excluded = set(request.must_see), set(request.excluded) - new
    match edit:
        case RemoveStop(place_id=gone) | SwapStop(place_id=gone):
            must_see.discard(gone)
            excluded.add(gone)
    match edit:
        case AddStop() | SwapStop():
            must_see |= new - old
    return replace(
        request,
        days=len(after.days),
        must_see=tuple(sorted(must_see)),
        excluded=tuple(sorted(excluded)),
    )


def _assert_locked(
    before: Itinerary, after: Itinerary, request: PlanRequest, edit: Edit
) -> None:
    for place_id in request.locked:
        [(day, time)] = _where(before, place_id)
        [(day_now, time_now)] = _where(after, place_id)
        assert time_now == time
        assert day_now == day or isinstance(edit, RemoveDay)


def _where(plan: Itinerary, place_id: str) -> list[tuple[int, int]]:
    return [
        (day.number, stop.arrive)
        for day in plan.days
        for stop in day.stops
        if stop.place.id == place_id
    ]
