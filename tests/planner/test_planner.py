"""Plans for whole trips."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import replace

import pytest

from itinerary_app.catalogue.places import Catalogue
from itinerary_app.errors import CannotPlan
from itinerary_app.model import (
    Budget,
    Category,
    Diet,
    Interest,
    Itinerary,
    Pace,
    Place,
    PlanRequest,
    Stop,
    StopKind,
)
from itinerary_app.planner.planner import Planner

Check = Callable[[Itinerary, PlanRequest], None]

JAIPUR = PlanRequest("Jaipur", 3, (Interest.FOOD, Interest.CULTURE), Pace.RELAXED)

REQUESTS = [
    JAIPUR,
    PlanRequest("Jaipur", 7, pace=Pace.PACKED, budget=Budget.HIGH),
    PlanRequest("Singapore", 3, (Interest.FAMILY,)),
    PlanRequest("Singapore", 2, (Interest.NIGHTLIFE,), Pace.PACKED, Budget.LOW),
    PlanRequest("Istanbul", 3, avoid=(Category.MOSQUE, Category.MUSEUM)),
    PlanRequest("Kyoto", 2, (Interest.RELIGION, Interest.NATURE)),
    PlanRequest("Tokyo", 14),
]


@pytest.fixture(scope="module")
def jaipur(planner: Planner) -> Itinerary:
    """Three relaxed days of food and culture."""
    return planner.plan(JAIPUR)


@pytest.mark.parametrize("request_", REQUESTS, ids=lambda r: f"{r.city}-{r.days}")
def test_plans_keep_the_rules(
    planner: Planner, check: Check, request_: PlanRequest
) -> None:
    """Hours, travel, meals, counts and days are right, and nothing warns."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        itinerary = planner.plan(request_)
    check(itinerary, request_)
    assert all(day.pace is request_.pace for day in itinerary.days)


def test_the_same_request_gives_the_same_plan(jaipur: Itinerary) -> None:
    """Plans are pure, across planners too."""
    assert Planner(Catalogue()).plan(JAIPUR) == jaipur


def test_the_city_may_be_written_in_any_case(
    planner: Planner, jaipur: Itinerary
) -> None:
    """A lower-case city gives the very same plan."""
    assert planner.plan(replace(JAIPUR, city="jaipur")) == jaipur


def test_a_first_visit_sees_the_famous_sights(jaipur: Itinerary) -> None:
    """Three days in Jaipur hold all its must-sees, and say so."""
    famous = [p for p in Catalogue().places("Jaipur") if p.importance == 5]
    must = {place.id for place in famous if not place.is_outing}
    stops = {stop.place.id: stop for stop in jaipur.stops}
    assert must <= set(stops)
    assert {stops[place_id].reason for place_id in must} == {"Must-see"}


def test_every_day_has_lunch_and_dinner(jaipur: Itinerary) -> None:
    """Where food places suffice no meal is left open."""
    for day in jaipur.days:
        kinds = [stop.kind for stop in day.stops]
        assert kinds.count(StopKind.LUNCH) == kinds.count(StopKind.DINNER) == 1


def test_meals_are_near_the_route(jaipur: Itinerary) -> None:
    """Nobody crosses half the city for lunch."""
    for day in jaipur.days:
        ways = [*(stop.travel_minutes for stop in day.stops), day.back_minutes]
        for i, stop in enumerate(day.stops):
            if stop.kind is not StopKind.VISIT:
                assert min(ways[i : i + 2]) <= 25


def test_missing_meals_are_admitted(planner: Planner) -> None:
    """More days than food places: fewer meals, and a note that says which."""
    request = PlanRequest("Jaipur", 20, pace=Pace.RELAXED, diets=(Diet.HALAL,))
    itinerary = planner.plan(request)
    lacking = [day.number for day in itinerary.days if len(_meals(day.stops)) < 2]
    [note] = [note for note in itinerary.notes if "meal" in note]
    assert lacking
    assert str(lacking[0]) in note
    assert any("would do" in note for note in itinerary.notes)


def test_interests_change_the_plan(planner: Planner) -> None:
    """Those who love nature see more of it."""

    def nature(request: PlanRequest) -> int:
        stops = planner.plan(request).stops
        return sum(Interest.NATURE in stop.place.interests for stop in stops)

    plain = PlanRequest("Singapore", 2)
    assert nature(replace(plain, interests=(Interest.NATURE,))) > nature(plain)


def test_avoided_categories_stay_away(planner: Planner) -> None:
    """What the traveller avoids is in no stop."""
    request = PlanRequest("Jaipur", 3, avoid=(Category.FORT, Category.TEMPLE))
    found = {stop.place.category for stop in planner.plan(request).stops}
    assert found.isdisjoint(request.avoid)


def test_bars_are_for_nightlife_and_for_the_evening(planner: Planner) -> None:
    """Without the interest there is no bar; with it, one goes out after dinner."""
    request = PlanRequest("Bangkok", 2, (Interest.NIGHTLIFE,))
    bars = [stop for stop in planner.plan(request).stops if _is_bar(stop.place)]
    assert bars
    assert all(stop.arrive >= 19 * 60 for stop in bars)
    sober = planner.plan(PlanRequest("Bangkok", 2))
    assert not any(_is_bar(stop.place) for stop in sober.stops)


def test_a_fuller_pace_holds_more(planner: Planner) -> None:
    """Relaxed, moderate, packed: more visits each."""
    counts = [
        len(planner.plan(PlanRequest("Tokyo", 1, pace=pace)).stops) for pace in Pace
    ]
    assert counts == sorted(set(counts))


def test_closed_days_are_told(toytown: Callable[..., Catalogue]) -> None:
    """A plan without dates must say when a place is closed."""
    itinerary = Planner(toytown(_gates(1, "Sa-Th 09:00-18:00"))).plan(
        PlanRequest("Toytown", 1)
    )
    assert any("Gate 0 is closed on Fridays" in note for note in itinerary.notes)


def test_few_places_are_spread_over_the_days(
    toytown: Callable[..., Catalogue], check: Check
) -> None:
    """Five sights fill five days, one each, although one day could hold them."""
    request = PlanRequest("Toytown", 5)
    itinerary = Planner(toytown(_gates(5))).plan(request)
    check(itinerary, request)
    assert [len(day.stops) for day in itinerary.days] == [1] * 5


def test_too_many_days_are_refused_with_advice(
    toytown: Callable[..., Catalogue],
) -> None:
    """The refusal says how many days the places can fill."""
    planner = Planner(toytown(_gates(5)))
    with pytest.raises(CannotPlan, match=r"5 of the 6 days\. Ask for 5 days or fewer"):
        planner.plan(PlanRequest("Toytown", 6))


@pytest.mark.parametrize("days", [0, 31])
def test_impossible_lengths_are_refused(planner: Planner, days: int) -> None:
    """A trip has 1 to 30 days."""
    with pytest.raises(CannotPlan, match="1 to 30 days"):
        planner.plan(PlanRequest("Jaipur", days))


def test_avoiding_everything_is_refused(planner: Planner) -> None:
    """The refusal says to avoid less."""
    with pytest.raises(CannotPlan, match="avoid fewer"):
        planner.plan(PlanRequest("Jaipur", 1, avoid=tuple(Category)))


def test_an_unmatched_interest_is_admitted(toytown: Callable[..., Catalogue]) -> None:
    """Nothing for an interest: the note says so."""
    request = PlanRequest("Toytown", 1, (Interest.ART,))
    notes = Planner(toytown(_gates(2))).plan(request).notes
    assert "Nothing in our list for Toytown matches art." in notes


def _gates(count: int, hours: str = "") -> list[str]:
    return [
        f"gate-{i},Gate {i},10.0{i},20.0,monument,history,3,{hours},,,src,{i},CC0,,,,"
        for i in range(count)
    ]


def _meals(stops: tuple[Stop, ...]) -> list[Stop]:
    return [stop for stop in stops if stop.kind is not StopKind.VISIT]


def _is_bar(place: Place) -> bool:
    return place.category is Category.BAR
