"""Promises about times of a day that are to be free, said and pressed."""

from __future__ import annotations

import pytest

from itinerary_app.acts.acts import Clear, SetHours
from itinerary_app.checker import checks_of
from itinerary_app.model import PlanRequest, StopKind
from tests.trips.scripted import CATALOGUE, PLANNER, Traveller, stops
from tests.trips.test_said import told

ROME = "Rome 4 days from 10 May 2027, art and food"


def free(traveller: Traveller, day: int, start: int, end: int) -> bool:
    """Whether nothing of the day is between these hours."""
    return not any(
        stop.arrive < end * 60 and start * 60 < stop.leave
        for number, stop in ((d.number, it) for d, it in stops(traveller.plan))
        if number == day
    )


@pytest.mark.parametrize(
    "wish",
    [
        "keep day 2 free between 2 and 4",
        "free time on day 2 from 14 to 16",
        "we take a siesta on day 2 from 14:00 to 16:00",
        "keep 2 pm to 4 pm free on Tuesday",
    ],
)
def test_a_time_is_free_and_no_more(wish: str) -> None:
    """Nothing is planned then, the rest of the day and its famous sights stay."""
    before, _ = told(ROME)
    traveller, answer = told(ROME, wish)
    assert "14:00–16:00 of day 2 is free now" in answer.content
    assert free(traveller, 2, 14, 16)
    famous = {it.place.id for _, it in stops(before.plan) if it.place.is_famous}
    assert famous <= {it.place.id for _, it in stops(traveller.plan)}
    kinds = [it.kind for d, it in stops(traveller.plan) if d.number == 2]
    assert {StopKind.LUNCH, StopKind.DINNER} <= {*kinds}


def test_a_siesta_of_every_day_is_on_every_day() -> None:
    """It is told once, of all days, with what went for it."""
    traveller, answer = told(ROME, "siesta every day from 14:00 to 16:00")
    assert answer.content.count("free now") == 1
    assert all(free(traveller, day.number, 14, 16) for day in traveller.plan.days)


@pytest.mark.parametrize(
    ("wish", "length"),
    [("a nap after lunch on day 2", 90), ("two hours free after lunch on day 2", 120)],
)
def test_a_nap_follows_the_meal(wish: str, length: int) -> None:
    """It begins when the lunch of that day ends, and lasts as long as was said."""
    before, _ = told(ROME)
    ends = next(
        it.leave
        for d, it in stops(before.plan)
        if d.number == 2 and it.kind is StopKind.LUNCH
    )
    traveller, _ = told(ROME, wish)
    assert traveller.plan.days[1].rests == ((ends, ends + length),)


def test_a_rest_without_its_day_is_asked() -> None:
    """“I want to rest after lunch” changes nothing before a day is named."""
    traveller, answer = told(ROME, "I want to rest after lunch")
    assert "On which day?" in answer.content
    assert not any(day.rests for day in traveller.plan.days)


def test_a_rest_outlives_other_changes_and_is_given_back() -> None:
    """Stops come around it, the checker knows it, and its time is filled again."""
    traveller, _ = told(ROME, "keep day 2 free between 2 and 4", "make day 2 fuller")
    assert free(traveller, 2, 14, 16)
    traveller.says("start every day at 10")
    assert free(traveller, 2, 14, 16)
    request = PlanRequest.from_preferences(traveller.wishes)
    assert request is not None
    checks = checks_of(traveller.plan, request, CATALOGUE.places("Rome"))
    assert not next(it for it in checks if it.key == "free").findings
    given = Clear(day=2, start="14:00", end="16:00", free=False)
    said = traveller.presses(given).assistant.content
    assert "14:00–16:00 of day 2 may have stops again" in said
    assert not any(day.rests for day in traveller.plan.days)


@pytest.mark.parametrize(
    ("city", "act"),
    [
        ("Paris", Clear(day=3, start="14:00", end="16:00")),
        ("Rome", SetHours(day=1, start="11:00")),
        ("Tokyo", Clear(day=1, start="11:00", end="13:00")),
    ],
)
def test_hours_that_a_day_loses_cost_no_famous_sight(
    city: str, act: Clear | SetHours
) -> None:
    """Where another order of the day has room for all of them."""
    request = PlanRequest(city, 3)
    plan = PLANNER.plan(request)
    after = PLANNER.revise(plan, act, request)
    famous = {it.place.id for it in plan.stops if it.place.is_famous}
    assert famous <= {it.place.id for it in after.stops}
