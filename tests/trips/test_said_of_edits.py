"""Promises about changes of a plan, as travellers type them on the way."""

from __future__ import annotations

import pytest

from itinerary_app.model import Mobility, StopKind
from tests.trips.scripted import visits
from tests.trips.test_said import eats, told

ROME = "Rome 3 days, art"
FLORENCE = "Florence 2 days, art"


@pytest.mark.parametrize(
    "said",
    [
        "change hotel to montmartre",
        "change our hotel to one near montmartre",
        "switch the hotel to montmartre",
    ],
)
def test_another_hotel_is_where_one_sleeps(said: str) -> None:
    """The sight beside which it is stays in the plan."""
    before, _ = told("Paris 5 days, art")
    traveller, answer = told("Paris 5 days, art", said)
    assert "montmartre" in (traveller.wishes.base or "").lower()
    assert {it.place.id for it in traveller.plan.stops} == {
        it.place.id for it in before.plan.stops
    }
    assert answer.content.startswith("You sleep")


@pytest.mark.parametrize("said", ["pizza on all days", "sushi both days"])
def test_a_dish_on_all_days_is_not_one_stop(said: str) -> None:
    """At which meal is not ours to say."""
    before, _ = told(ROME)
    traveller, answer = told(ROME, said)
    assert traveller.plan == before.plan
    assert "I did not get" in answer.content


def test_gelato_on_both_days_is_on_each() -> None:
    """And where a word for all days can't be kept it is told as not read."""
    before, _ = told(FLORENCE)
    had = {it.place.id for it in before.plan.stops}
    traveller, _ = told(FLORENCE, "gelato stop in the afternoon both days")
    for day in traveller.plan.days:
        assert [it for it in day.stops if it.place.id not in had]


@pytest.mark.parametrize(
    ("city", "said"),
    [
        ("Singapore 3 days with kids 4 and 7", "zoo day 2 whole day"),
        ("Krakow 4 days 1-4 may, history", "wieliczka full day on the 2nd"),
        ("Paris 5 days, art", "versailles full day on day 2"),
    ],
)
def test_a_whole_day_at_a_place_is_told_as_not_read(city: str, said: str) -> None:
    """Nothing else of the kind comes, and it is not done by halves."""
    before, _ = told(city)
    traveller, answer = told(city, said)
    assert traveller.plan == before.plan
    assert "I did not get" in answer.content


@pytest.mark.parametrize("said", ["cheap eats otherwise", "cheaper food otherwise"])
def test_otherwise_alone_is_no_budget_of_the_trip(said: str) -> None:
    """Of what it is not said it is not known either."""
    traveller, answer = told("Barcelona 4 days, art", said)
    assert traveller.wishes.budget is None
    assert "I did not get" in answer.content


@pytest.mark.parametrize(
    "said", ["vegetarian just for my wife", "vegetarian only for me"]
)
def test_of_whom_alone_a_diet_is_told_is_said(said: str) -> None:
    """Meals are for all, so that it was meant for one is told as not read."""
    _, answer = told(ROME, said)
    assert f"I did not get “{said.removeprefix('vegetarian ')}”" in answer.content


@pytest.mark.parametrize("said", ["cut the walking", "cut down on walking"])
def test_walking_that_is_cut_is_less_walking(said: str) -> None:
    """It is no question of how much that is."""
    traveller, _ = told(ROME, said)
    assert traveller.wishes.mobility == (Mobility.LESS_WALKING,)


@pytest.mark.parametrize(
    ("said", "limit"),
    [
        ("keep walks under 10 min", "under 10 min"),
        ("no walk longer than 15 min", "longer than 15 min"),
    ],
)
def test_a_limit_of_walks_keeps_them_short(said: str, limit: str) -> None:
    """The number is not kept to, which is told."""
    traveller, answer = told(ROME, said)
    assert traveller.wishes.mobility == (Mobility.LESS_WALKING,)
    assert f"I did not get “{limit}”" in answer.content


def test_an_evening_that_is_corrected_is_no_greeting() -> None:
    """Nobody is greeted for it."""
    _, answer = told(ROME, "i said evening not morning")
    assert "Hello" not in answer.content


@pytest.mark.parametrize("said", ["dim sum every morning", "pancakes every morning"])
def test_a_dish_in_the_morning_is_no_dinner(said: str) -> None:
    """There are no breakfasts in a plan, so it is told as not read."""
    before, _ = told("Hong Kong 3 days, views")
    traveller, answer = told("Hong Kong 3 days, views", said)
    assert traveller.plan == before.plan
    assert "I did not get" in answer.content


@pytest.mark.parametrize(
    "said",
    [
        "hammam on the last evening, 2h",
        "hammam day 3, 2 hours",
        "a hammam on day 3, 2h",
    ],
)
def test_a_new_stop_with_its_length_needs_no_article(said: str) -> None:
    """Where the day has none it is one to come."""
    traveller, answer = told("Istanbul 3 days, history", said)
    assert "don't find" not in answer.content
    names = [it.place.name for it in traveller.plan.days[2].stops]
    assert any("Hamam" in it for it in names) or "Shall I do it?" in answer.content


@pytest.mark.parametrize(
    ("said", "hours"),
    [
        ("teotihuacan day trip day 4, back by 5", (None, 17 * 60)),
        ("teotihuacan on day 4, leave at 8", (8 * 60, None)),
    ],
)
def test_when_one_leaves_and_is_back_is_of_the_day_out(
    said: str, hours: tuple[int | None, int | None]
) -> None:
    """No other day ends then, and nobody leaves the city."""
    traveller, _ = told("Mexico City 5 days, food", said, "yes")
    assert [(it.start, it.end) for it in traveller.plan.days if it.number != 4] == [
        (None, None)
    ] * 4
    day = traveller.plan.days[3]
    assert (day.start, day.end) == hours


@pytest.mark.parametrize(
    "said",
    [
        "swap lunch and dinner place on day 1",
        "swap the lunch and dinner places on day 1",
        "swap the lunch and dinner restaurants on day 1",
    ],
)
def test_the_places_of_two_meals_change(said: str) -> None:
    """And no meal is called missing that is there."""
    before, _ = told(ROME)
    traveller, answer = told(ROME, said)
    lunch, dinner = StopKind.LUNCH, StopKind.DINNER
    assert eats(traveller, 1)[lunch] == eats(before, 1)[dinner]
    assert eats(traveller, 1)[dinner] == eats(before, 1)[lunch]
    assert "has no dinner" not in answer.content


@pytest.mark.parametrize(
    "said",
    [
        "somewhere else for dinner on day 1",
        "dinner somewhere else on day 1",
        "a different dinner place on day 1",
    ],
)
def test_somewhere_else_for_a_meal_is_another_place(said: str) -> None:
    """That meal, and no other."""
    before, _ = told(ROME)
    traveller, _ = told(ROME, said)
    assert eats(traveller, 1)[StopKind.DINNER] != eats(before, 1)[StopKind.DINNER]
    assert eats(traveller, 2) == eats(before, 2)


@pytest.mark.parametrize(
    "said", ["dinner at 8 on day 2, somewhere quiet", "lunch at 1, somewhere relaxed"]
)
def test_a_quiet_meal_is_no_pace_of_the_trip(said: str) -> None:
    """No sight goes for it; that it was not read is told."""
    before, _ = told(ROME)
    traveller, answer = told(ROME, said)
    assert traveller.wishes.pace == before.wishes.pace
    assert {it.place.id for it in traveller.plan.stops} == {
        it.place.id for it in before.plan.stops
    }
    assert "I did not get “somewhere" in answer.content


@pytest.mark.parametrize(
    ("said", "changes"),
    [
        ("dinner on day 2 at 8, nothing fancy", True),
        ("dinner at 8 on day 2, somewhere cheap", True),
        ("dinner at 8 on day 2, somewhere with a view", False),
    ],
)
def test_what_a_meal_is_to_cost_is_no_budget_of_the_trip(
    said: str, changes: bool
) -> None:
    """The visits stay, and so do the interests."""
    before, _ = told(ROME)
    traveller, answer = told(ROME, said)
    assert (traveller.wishes.budget, traveller.wishes.interests) == (
        before.wishes.budget,
        before.wishes.interests,
    )
    for day in (1, 2, 3):
        assert visits(traveller.plan, day) == visits(before.plan, day)
    dinner = StopKind.DINNER
    assert (eats(traveller, 2)[dinner] != eats(before, 2)[dinner]) is changes
    assert changes or "I did not get" in answer.content


def test_we_eat_somewhere_else_asks_for_no_other_place() -> None:
    """Whoever has plans of their own is not given another restaurant."""
    before, _ = told(ROME)
    traveller, _ = told(ROME, "we are having dinner somewhere else on day 1")
    assert traveller.plan == before.plan


def test_an_hour_and_not_another_is_that_hour() -> None:
    """Of the meal on every day."""
    traveller, _ = told(ROME, "lunch at 2 not 1 every day")
    assert traveller.wishes.meal_times == ((StopKind.LUNCH, 14 * 60),)


def test_hours_with_a_dash_are_a_rest() -> None:
    """From two to four, on each day."""
    traveller, _ = told(ROME, "rest 2-4 every day", "yes")
    assert {day.rests for day in traveller.plan.days} == {((14 * 60, 16 * 60),)}


@pytest.mark.parametrize("said", ["ok one mall", "a mall on day 2"])
def test_a_mall_is_told_as_any_place_to_shop(said: str) -> None:
    """What comes is one, and that it need be no mall is told."""
    _, answer = told("Istanbul 3 days, history", said)
    assert "I did not get “mall”" in answer.content
    _, answer = told("Istanbul 3 days, history", "no malls")
    assert "I did not get" not in answer.content


@pytest.mark.parametrize(
    "said", ["less walking on day 2 and 3", "less walking on days 2 and 3"]
)
def test_less_walking_on_two_days_is_no_question(said: str) -> None:
    """Each gets its shortest order, where it has not."""
    _, answer = told(ROME, said)
    assert "you walk about" not in answer.content


@pytest.mark.parametrize(
    "said", ["leave day 2 as it is", "leave day 2 as is, day 3 lighter"]
)
def test_a_day_that_is_left_as_it_is_ends_no_trip(said: str) -> None:
    """It stays, and so do the days behind it."""
    before, _ = told("London 4 days, history")
    traveller, _ = told("London 4 days, history", said)
    assert len(traveller.plan.days) == 4
    assert visits(traveller.plan, 2) == visits(before.plan, 2)


def test_a_day_that_one_leaves_is_asked_about() -> None:
    """ "Leave day 2" may mean that it stays."""
    traveller, _ = told("London 4 days, history", "leave day 2")
    assert len(traveller.plan.days) == 4


@pytest.mark.parametrize(
    "said",
    ["dinner before 7 on day 1", "lunch before 2 on day 1", "dinner by 7 on day 1"],
)
def test_a_meal_that_is_early_enough_gets_no_later(said: str) -> None:
    """When it is, is told."""
    before, _ = told("London 4 days, history")
    traveller, answer = told("London 4 days, history", said)
    assert traveller.plan == before.plan
    assert answer.content.startswith("Day 1: ")
