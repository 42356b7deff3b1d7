"""Ways and meals that a change costs are told; “nothing had to change” never lies."""

from __future__ import annotations

import pytest

from itinerary_app.acts import acts as do
from itinerary_app.acts.acts import Act
from itinerary_app.acts.values import Meal, Reference
from itinerary_app.assistant.telling.deeds import NOTHING
from itinerary_app.model import Interest, Itinerary, Mobility, StopKind
from itinerary_app.text.clock import clock
from tests.trips.scripted import Traveller

HISTORY = do.SetInterests(more=(Interest.HISTORY,))
CHANGES = [
    do.SetBase(where=Reference(name="Camden")),
    do.SetMobility(add=(Mobility.LESS_WALKING,)),
    do.SetMobility(add=(Mobility.STEP_FREE,)),
    do.SetBudget(step=-1),
    do.SetSpendLimit(amount=1_000),
    do.SetPace(step=-1),
]


def followed(plan: Itinerary) -> list[object]:
    """All that one does by the plan: stops, hours and ways."""
    return [
        (day.origin, day.target, day.back_mode, *(stop[:5] for stop in day.stops))
        for day in plan.days
    ]


@pytest.mark.parametrize("city", ["London", "Istanbul"])
@pytest.mark.parametrize("act", CHANGES, ids=lambda act: type(act).__name__)
def test_nothing_had_to_change_is_true(city: str, act: Act) -> None:
    """It is said only where stops, hours and ways are as before."""
    ann = Traveller(do.SetCity(city=city), do.SetDays(days=3), HISTORY)
    before = followed(ann.plan)
    answer = ann.wants(act).content
    assert NOTHING not in answer or before == followed(ann.plan)


def test_nothing_had_to_change_is_said() -> None:
    """A limit that the plan keeps already."""
    ann = Traveller(do.SetCity(city="London"), do.SetDays(days=2), HISTORY)
    assert NOTHING in ann.wants(do.SetSpendLimit(amount=1_000)).content


def test_another_bed_tells_when_days_leave_and_are_back() -> None:
    """The same stops from another hotel: the new hours of leaving are told."""
    ann = Traveller(do.SetCity(city="London"), do.SetDays(days=2), HISTORY)
    answer = ann.wants(do.SetBase(where=Reference(name="Camden"))).content
    day = ann.plan.days[0]
    assert day.leaves is not None
    assert f"day 1 leaves at {clock(day.leaves)}" in answer
    assert NOTHING not in answer


def test_two_acts_of_which_one_changes_nothing() -> None:
    """What one act changed is not denied for the sake of the other."""
    ann = Traveller(do.SetCity(city="London"), do.SetDays(days=3), HISTORY)
    gone = ann.plan.days[0].stops[0].place
    answer = ann.wants(do.SetSpendLimit(amount=1_000), do.Remove(stop=gone.id)).content
    assert gone.name in answer
    assert NOTHING not in answer


@pytest.mark.parametrize("skipped", [False, True])
def test_a_meal_that_is_lost_is_told(*, skipped: bool) -> None:
    """Whatever took it away; a meal that nobody wants is not missed."""
    ann = Traveller(do.SetCity(city="London"), do.SetDays(days=2), HISTORY)
    lunch = next(it for it in ann.plan.days[0].stops if it.kind is StopKind.LUNCH)
    act = do.SkipMeal(meal=Meal.LUNCH) if skipped else do.Remove(stop=lunch.place.id)
    answer = ann.wants(act).content
    assert all(it.kind is not StopKind.LUNCH for it in ann.plan.days[0].stops)
    assert ("Day 1 has no lunch now." in answer) is not skipped
