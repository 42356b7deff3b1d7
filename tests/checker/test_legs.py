"""Trips to several cities: the planner's pass, and each fault put into one is found."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from itinerary_app.catalogue.places import Catalogue
from itinerary_app.checker import Verdict, checks_of
from itinerary_app.model import (
    Anchor,
    AnchorKind,
    Base,
    Interest,
    Itinerary,
    Leg,
    Pace,
    PlanRequest,
    Stage,
    Transfer,
)
from itinerary_app.planner.planner import Planner
from tests.planner.hasty import SOLVE

CATALOGUE = Catalogue()
PLANNER = Planner(CATALOGUE, solve=SOLVE)
TRIPS = [
    PlanRequest(
        "Rome",
        6,
        start_date=date(2027, 5, 12),
        legs=(Leg("Rome", 2), Leg("Florence", 2), Leg("Venice")),
        spend_limit=60,
        arrive=13 * 60,
        depart=17 * 60,
    ),
    PlanRequest("New York", 5, legs=(Leg("New York"), Leg("London"))),
    PlanRequest(
        "Florence",
        7,
        legs=(Leg("Florence", 3), Leg("Venice", 3)),
        base="near Santa Maria Novella",
        bases=(
            Base("Oltrarno", "Florence", 2, 1),
            Base("Rialto Bridge", "Venice"),
            Base("near the airport", "Venice", -1),
            Base("Inn of the Moon", "Florence", 3),
        ),
        depart=18 * 60,
        depart_at="the airport",
    ),
    PlanRequest(
        "Dubai",
        6,
        start_date=date(2026, 12, 24),
        legs=(Leg("Dubai"), Leg("Delhi", 1), Leg("Agra", 1)),
        interests=(Interest.HISTORY,),
        pace=Pace.RELAXED,
    ),
    PlanRequest(
        "Sydney",
        7,
        start_date=date(2027, 3, 10),
        legs=(Leg("Sydney"), Leg("Los Angeles"), Leg("San Francisco")),
        pace=Pace.PACKED,
    ),
]
ROME, OVERNIGHT = TRIPS[:2]
PLANS = {request.city: PLANNER.plan(request) for request in TRIPS}


def broken(plan: Itinerary, request: PlanRequest) -> dict[str, str]:
    """The findings by the key of their promise."""
    places = {it.id: CATALOGUE.places(it.name) for it in plan.cities}
    return {
        check.key: " ".join(finding.words for finding in check.findings)
        for check in checks_of(plan, request, places)
        if check.verdict is Verdict.VIOLATED
    }


def with_way(plan: Itinerary, **fields: object) -> Itinerary:
    """The plan with another way to its second city."""
    first, second, *rest = plan.stages
    assert second.transfer is not None
    way = Transfer(**{**second.transfer._asdict(), **fields})
    return replace(plan, stages=(first, second._replace(transfer=way), *rest))


@pytest.mark.parametrize("request_", TRIPS, ids=lambda it: it.city)
def test_trips_of_the_planner_pass(request_: PlanRequest) -> None:
    """No promise is broken, in any city of the trip."""
    assert broken(PLANS[request_.city], request_) == {}


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"minutes": 30, "arrive": 570}, "30 min, too few for"),
        ({"mode": "flight", "minutes": 40, "arrive": 620}, "too few for"),
        (
            {"mode": "flight", "minutes": 170, "origin": None, "arrive": 750},
            "too few for",
        ),
        ({"origin": None}, "leaves from no station, and we know Roma Termini"),
        ({"target": None}, "comes in at no station, and we know Santa Maria"),
        (
            {"target": Anchor("Lido", 43.8, 11.2, AnchorKind.STATION)},
            "Lido, which is no station of Florence",
        ),
        ({"mode": "flight"}, "Roma Termini, which is no airport of Rome"),
        ({"leave": 655, "arrive": 750}, "and you arrive at 12:30"),
        ({"mode": "broom"}, "no means of travel"),
        ({"arrive": 1500}, "does not arrive on its day"),
        ({"leave": -2000}, "does not arrive on its day"),
        ({"arrive": 650}, "does not agree"),
        ({"leave": 840, "arrive": 960}, "you arrive at 16:00"),
        ({"leave": -120, "arrive": 0}, "you leave at 22:00"),
    ],
)
def test_a_way_that_cannot_be_is_found(fields: dict[str, object], words: str) -> None:
    """Its length, its clocks, and the time that it takes from the days."""
    plan = PLANS["Rome"]
    if fields.get("leave") == -120:  # the evening before is full until late
        days = tuple(
            replace(day, stops=tuple(it._replace(leave=22 * 60) for it in day.stops))
            for day in plan.days
        )
        plan = replace(plan, days=days)
    assert words in broken(with_way(plan, **fields), ROME)["legs"]


def test_another_bed_in_the_next_city_is_found() -> None:
    """Each city has its own: that of the first is not asked for in the second."""
    plan, request = PLANS["Florence"], TRIPS[2]
    assert broken(plan, replace(request, bases=request.bases[1:]))["base"]
    other = (*request.bases, Base("Murano", "Venice", 1, 1))
    assert (
        "not what you told, Murano"
        in broken(plan, replace(request, bases=other))["base"]
    )


def test_a_day_that_begins_elsewhere_than_one_comes_in_is_found() -> None:
    """One comes in at the station, not at the bed."""
    plan = PLANS["Rome"]
    day = replace(plan.days[2], origin=plan.days[3].origin)
    bad = replace(plan, days=(*plan.days[:2], day, *plan.days[3:]))
    assert "not at Santa Maria Novella Station" in broken(bad, ROME)["legs"]


def test_an_evening_that_ends_elsewhere_than_one_leaves_is_found() -> None:
    """Nobody is in bed who flies at night."""
    plan = PLANS["New York"]
    *before, day = next(plan.parts()).days
    there = plan.stages[1].transfer
    assert there
    assert there.origin
    assert there.leave < 0
    assert day.target == there.origin
    early = replace(day, target=day.origin)
    bad = replace(plan, days=(*before, early, *plan.days[len(before) + 1 :]))
    assert f"not at {there.origin.name}" in broken(bad, OVERNIGHT)["legs"]


def test_a_missing_way_is_found() -> None:
    """Nobody is in the next city without one."""
    first, second, third = PLANS["Rome"].stages
    stages = (first, second._replace(transfer=None), third)
    plan = replace(PLANS["Rome"], stages=stages)
    assert "no way from Rome to Florence" in broken(plan, ROME)["legs"]


@pytest.mark.parametrize(
    ("legs", "words"),
    [
        (("Rome", "Florence", "Milan"), "Milan is not in the plan"),
        (("Rome", "Florence"), "Venice is in the plan, and you did not ask"),
        (("Rome", "Venice", "Florence"), "The order is Rome, Florence, Venice"),
    ],
)
def test_other_cities_than_asked_for_are_found(
    legs: tuple[str, ...], words: str
) -> None:
    """One that is missing, one too many, and another order."""
    request = replace(ROME, legs=tuple(map(Leg, legs)))
    assert words in broken(PLANS["Rome"], request)["legs"]


def test_other_nights_than_asked_for_are_found() -> None:
    """Also where the days in all are right."""
    request = replace(ROME, legs=(Leg("Rome", 3), Leg("Florence"), Leg("Venice")))
    assert (
        "2 days in Rome, and you want 3 nights"
        in broken(PLANS["Rome"], request)["legs"]
    )


def test_a_day_in_the_wrong_city_is_found() -> None:
    """The places of the next city are not where that day's city is."""
    plan = PLANS["Rome"]
    first, second, third = plan.stages
    stages = (first, second._replace(first=second.first + 1), third)
    faults = broken(replace(plan, stages=stages), ROME)
    assert "not in our list of Rome" in faults["real"]
    assert "days in Florence, and you want" in faults["legs"]


def test_a_city_without_a_day_is_found() -> None:
    """Two cities cannot begin on one day."""
    plan = PLANS["Rome"]
    first, second, third = plan.stages
    faults = broken(replace(plan, stages=(first, Stage(*third[:1], second.first, None),
                                          third)), ROME)  # fmt: skip
    assert "legs" in faults


def test_each_city_has_its_own_holidays() -> None:
    """On 25 December it is one in Agra; Dubai has none then."""
    request = TRIPS[3]
    plan = PLANS["Dubai"]
    told = " ".join(plan.notes)
    assert "Agra" in told
    assert plan.city_of(6).country == "IN"
    assert broken(plan, request) == {}


def test_a_limit_counts_the_money_of_the_first_city() -> None:
    """In euros for Rome, Florence and Venice together."""
    plan = PLANS["Rome"]
    spent = sum(it.place.price or 0 for it in plan.stops if it.place.currency == "EUR")
    assert 0 < spent <= 60
    assert "spending" in broken(plan, replace(ROME, spend_limit=int(spent) - 1))


def test_a_city_that_is_only_noted_is_told() -> None:
    """A plan of before, of the first city alone, is readable and says what lacks."""
    request = replace(ROME, legs=(), days=2, spend_limit=None)
    plan = PLANNER.plan(request)
    legs = (Leg("Rome"), Leg("Florence"))
    faults = broken(plan, replace(request, legs=legs))
    assert faults == {"legs": "Florence is not in the plan."}
