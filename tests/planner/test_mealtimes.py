"""Lunch and dinner as people have them there, and lunch at a long visit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from itinerary_app.acts.acts import Act, Remove, SkipMeal, Swap
from itinerary_app.acts.values import Meal
from itinerary_app.catalogue.places import Catalogue
from itinerary_app.checker import checks_of
from itinerary_app.model import (
    Budget,
    Category,
    Interest,
    Itinerary,
    Place,
    PlanRequest,
    Refit,
    Stop,
    StopKind,
)
from itinerary_app.planner.planner import Planner

MEALS = (StopKind.LUNCH, StopKind.DINNER)
MAY = date(2027, 5, 11)
VERSAILLES = PlanRequest("Paris", 3, must_see=("palace-of-versailles",), start_date=MAY)


@pytest.mark.parametrize(
    ("city", "place"),
    [
        ("Paris", "palace-of-versailles"),
        ("Stockholm", "skansen"),
        ("Sydney", "taronga-zoo"),
        ("Cape Town", "robben-island"),
        ("Hong Kong", "hong-kong-disneyland"),
    ],
)
def test_a_long_visit_comes_and_holds_lunch(
    planner: Planner, city: str, place: str
) -> None:
    """No lunch could stand beside it: the plan says that one eats there."""
    request = PlanRequest(city, 3, must_see=(place,), start_date=MAY)
    plan = planner.plan(request)
    stop = _stop(plan, place)
    [day] = [day for day in plan.days if stop in day.stops]
    lunches = [it for it in day.stops if it.kind is StopKind.LUNCH]
    assert bool(lunches) != (stop.holds is StopKind.LUNCH)
    assert not any(f"left open on day {day.number}" in note for note in plan.notes)
    verdicts = {it.key: it for it in checks_of(plan, request, _places(city))}
    assert not verdicts["meals"].findings


def test_no_day_with_a_morning_begins_with_lunch(planner: Planner) -> None:
    """A day has a visit before it, though lunch alone would be nearer."""
    plan = planner.plan(PlanRequest("Seoul", 5))
    assert all(day.stops[0].kind is StopKind.VISIT for day in plan.days)


def test_lunch_that_is_left_out_is_held_by_nothing(planner: Planner) -> None:
    """“No lunch”: the visit says no more that one eats there."""
    plan = planner.plan(VERSAILLES)
    [day] = [it for it in plan.days if any(stop.holds for stop in it.stops)]
    after = planner.revise(plan, SkipMeal(meal=Meal.LUNCH, day=day.number), VERSAILLES)
    assert not any(stop.holds for stop in after.days[day.number - 1].stops)


@pytest.mark.parametrize("act", [Remove, Swap])
def test_lunch_does_not_go_with_the_visit_that_held_it(
    planner: Planner, act: Callable[..., Act]
) -> None:
    """Once the long visit is gone from its day one eats nearby, as on other days."""
    plan = planner.plan(VERSAILLES)
    [held] = [it for it in plan.stops if it.holds]
    [day] = [it for it in plan.days if held in it.stops]
    made = planner.revise(plan, act(stop=held.place.id), VERSAILLES)
    after = made.days[day.number - 1]
    assert held.place.id not in {it.place.id for it in after.stops}
    assert StopKind.LUNCH in {
        kind for it in after.stops for kind in (it.kind, it.holds)
    }


@pytest.mark.parametrize(
    ("city", "earliest", "latest"),
    [("Madrid", 20 * 60 + 30, 22 * 60), ("Stockholm", 18 * 60, 19 * 60 + 30)],
)
def test_dinner_is_when_people_dine(
    planner: Planner, city: str, earliest: int, latest: int
) -> None:
    """Half past eight in Madrid, six in Stockholm; the day ends with it."""
    plan = planner.plan(PlanRequest(city, 3))
    dinners = [it for it in plan.stops if it.kind is StopKind.DINNER]
    assert len(dinners) == 3
    assert all(earliest <= it.arrive <= latest for it in dinners)


@pytest.mark.parametrize(("budget", "most"), [(Budget.LOW, 0), (Budget.MODERATE, 1)])
@pytest.mark.parametrize("city", ["Paris", "Copenhagen", "Delhi"])
def test_the_budget_binds(
    planner: Planner, city: str, budget: Budget, most: int
) -> None:
    """The dearest places are not for those with little money, and once for others."""
    plan = planner.plan(PlanRequest(city, 4, budget=budget))
    dear = [it for it in plan.stops if it.place.level == 4 and it.kind in MEALS]
    assert len(dear) <= most


def test_less_money_takes_the_dear_places_out(planner: Planner) -> None:
    """A budget told later holds for the plan that there is."""
    request = PlanRequest("New York", 4, budget=Budget.HIGH)
    plan = planner.plan(request)
    dear = {it.place.id for it in plan.stops if it.place.level == 4}
    assert dear
    after = planner.revise(plan, Refit(), replace(request, budget=Budget.LOW))
    assert dear.isdisjoint(it.place.id for it in after.stops)


def test_dinner_is_had_where_one_dines(planner: Planner) -> None:
    """No market, quarter or street; a café only where there is nothing else."""
    for city in ("Rome", "Bangkok", "Istanbul"):
        plan = planner.plan(PlanRequest(city, 3, (Interest.FOOD,)))
        dinners = [it.place for it in plan.stops if it.kind is StopKind.DINNER]
        assert {it.category for it in dinners} <= {
            Category.RESTAURANT,
            Category.STREET_FOOD,
        }


def _stop(plan: Itinerary, place: str) -> Stop:
    return next(stop for stop in plan.stops if stop.place.id == place)


def _places(city: str) -> tuple[Place, ...]:
    return Catalogue().places(city)


def test_lunch_at_a_time_of_its_own_is_the_days_only_one(planner: Planner) -> None:
    """A restaurant at an unusual hour is that day's lunch all the same."""
    place = "baradari-city-palace"
    request = PlanRequest(
        "Jaipur", 1, must_see=(place,), times=((place, 11 * 60 + 30),)
    )
    plan = planner.plan(request)
    lunches = [it for it in plan.stops if it.kind is StopKind.LUNCH]
    assert [(it.place.id, it.arrive) for it in lunches] == [(place, 690)]
