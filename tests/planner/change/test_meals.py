"""Acts on a meal: where, what, when, or none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from itinerary_app.acts.acts import Add, SetMeal, SkipMeal, Swap
from itinerary_app.acts.values import Meal
from itinerary_app.errors import CannotPlan
from itinerary_app.model import Budget, Category, StopKind
from tests.planner.change.trips import (
    CATALOGUE,
    PARIS,
    PLANNER,
    ROME,
    at,
    ids,
    meal,
    planned,
    revised,
    unused,
    visits,
    where,
)

DINNER, LUNCH = Meal.DINNER, Meal.LUNCH


def test_a_meal_is_had_at_the_named_place() -> None:
    """“Dinner at Le Train Bleu on the last evening”: there, and the visits stay."""
    request = replace(PARIS, must_see=("le-train-bleu",))
    act = SetMeal(meal=DINNER, day=4, place="le-train-bleu")
    after = revised(request, act, 4, plan=planned(PARIS))
    assert meal(after.days[3], "dinner").place.id == "le-train-bleu"
    assert len(visits(after.days[3])) == len(visits(planned(PARIS).days[3]))


def test_without_a_day_it_is_the_day_that_suits() -> None:
    """“Bofinger one evening”: one evening, and no other day changes."""
    place = unused(PARIS, Category.RESTAURANT)[0].id
    request = replace(PARIS, must_see=(place,))
    after = PLANNER.revise(planned(PARIS), SetMeal(meal=DINNER, place=place), request)
    number, stop = where(after, place)
    assert stop.kind is StopKind.DINNER
    changed = {
        new.number
        for old, new in zip(planned(PARIS).days, after.days, strict=True)
        if old != new
    }
    assert changed == {number}


def test_a_meal_of_another_day_is_exchanged() -> None:
    """“Lunch on day 1 where we eat on day 2”: both have a lunch, each place once."""
    other = meal(planned(ROME).days[1], "lunch").place.id
    request = replace(ROME, must_see=(other,))
    act = SetMeal(meal=LUNCH, day=1, place=other)
    after = revised(request, act, 1, 2, plan=planned(ROME))
    assert meal(after.days[0], "lunch").place.id == other
    assert meal(after.days[1], "lunch").place.id != other


def test_all_dinners_at_nine() -> None:
    """“Dinner at nine” holds for every day, and evenings get as long as it takes."""
    request = replace(ROME, meal_times=((StopKind.DINNER, at("21:00")),))
    act = SetMeal(meal=DINNER, time="21:00")
    after = revised(request, act, 1, 2, 3, plan=planned(ROME))
    assert {meal(day, "dinner").arrive for day in after.days} == {at("21:00")}


def test_a_new_plan_keeps_the_times_of_meals() -> None:
    """So does a plan that is made with them from the start."""
    request = replace(
        PARIS,
        meal_times=((StopKind.LUNCH, at("13:30")), (StopKind.DINNER, at("20:30"))),
    )
    after = PLANNER.plan(request)
    begins: dict[StopKind, set[int]] = {kind: set() for kind in StopKind}
    for stop in after.stops:
        begins[stop.kind].add(stop.arrive)
    assert begins[StopKind.LUNCH] == {at("13:30")}
    assert begins[StopKind.DINNER] == {at("20:30")}


def test_one_dinner_at_eight() -> None:
    """On that day, at that time; the other days stay."""
    place = meal(planned(ROME).days[0], "dinner").place.id
    request = replace(ROME, times=((place, at("20:00")),))
    act = SetMeal(meal=DINNER, day=1, time="20:00")
    after = revised(request, act, 1, plan=planned(ROME))
    assert meal(after.days[0], "dinner").arrive == at("20:00")
    later = revised(
        request, Swap(stop=visits(after.days[0])[0].place.id), 1, plan=after
    )
    assert meal(later.days[0], "dinner").arrive == at("20:00")


def test_a_kind_of_food_is_looked_for_in_names() -> None:
    """“A bistro for dinner”: a place that bears the word; else a refusal names it."""
    kind = _words(PARIS.city, {it.place.id for it in planned(PARIS).stops})
    number = next(
        day.number
        for day in planned(PARIS).days
        if any(stop.kind is StopKind.LUNCH for stop in day.stops)
    )
    act = SetMeal(meal=LUNCH, day=number, kind=kind)
    after = revised(PARIS, act, number)
    assert kind in meal(after.days[number - 1], "lunch").place.name.casefold()
    with pytest.raises(CannotPlan, match="I know no place for “sushi” in Paris"):
        PLANNER.revise(planned(PARIS), SetMeal(meal=LUNCH, day=2, kind="sushi"), PARIS)


def test_a_cheaper_meal_is_of_a_cheaper_kind() -> None:
    """“Something simpler”: as far as levels tell, or it is said that none is known."""
    before = meal(planned(PARIS).days[0], "dinner").place
    act = SetMeal(meal=DINNER, day=1, step=-1)
    try:
        after = PLANNER.revise(planned(PARIS), act, PARIS)
    except CannotPlan as exc:
        assert "no cheaper place for dinner" in str(exc)  # noqa: PT017  # it may succeed, too
        return
    new = meal(after.days[0], "dinner").place
    assert (new.level or 2) < (before.level or 2)


def test_a_cheap_lunch_is_of_the_lowest_level() -> None:
    """The budget of a meal chooses its level."""
    number = next(
        day.number
        for day in planned(PARIS).days
        if any(stop.kind is StopKind.LUNCH for stop in day.stops)
    )
    act = SetMeal(meal=LUNCH, day=number, budget=Budget.LOW)
    after = revised(PARIS, act, number)
    assert meal(after.days[number - 1], "lunch").place.level == 1


def test_a_skipped_meal_stays_away() -> None:
    """“No lunch on day 1”: none now, none after later edits, and no note misses it."""
    after = revised(ROME, SkipMeal(meal=LUNCH, day=1), 1)
    assert after.days[0].skipped == (StopKind.LUNCH,)
    assert not any("left open" in note for note in after.notes)
    place = unused(ROME, Category.CHURCH)[0].id
    later = revised(ROME, Add(place=place, day=1), 1, plan=after)
    anew = PLANNER.plan(replace(ROME, day_start=at("09:30")), after)
    for plan in (after, later, anew):
        assert "lunch" not in {stop.kind for stop in plan.days[0].stops}


def test_a_meal_is_never_planned_when_it_is_never_wanted() -> None:
    """“We eat dinner at the hotel”: no day has one, a new plan neither."""
    request = replace(ROME, skipped=(StopKind.DINNER,))
    after = revised(request, SkipMeal(meal=DINNER), 1, 2, 3, plan=planned(ROME))
    for plan in (after, PLANNER.plan(request)):
        assert StopKind.DINNER not in {stop.kind for stop in plan.stops}


def test_a_skipped_meal_can_come_back() -> None:
    """“Dinner at … on day 1 after all” plans it again."""
    without = revised(ROME, SkipMeal(meal=DINNER, day=1), 1)
    place = meal(planned(ROME).days[0], "dinner").place.id
    request = replace(ROME, must_see=(place,))
    act = SetMeal(meal=DINNER, day=1, place=place)
    after = revised(request, act, 1, plan=without)
    assert place in ids(after.days[0])
    assert after.days[0].skipped == ()


def _words(city: str, used: set[str]) -> str:
    """A word that names of unused restaurants have."""
    names = [
        it.name.casefold()
        for it in CATALOGUE.places(city)
        if it.category is Category.RESTAURANT and it.id not in used
    ]
    return names[0].split()[0]
