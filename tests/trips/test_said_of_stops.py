"""Promises about the order, hours and days of stops, as travellers type them."""

from __future__ import annotations

import pytest

from itinerary_app.model import StopKind
from tests.trips.scripted import Traveller, day_of, visits
from tests.trips.test_said import lasts, told

ROME = "Rome 3 days, art"
FLORENCE = "Florence 2 days, art"


def begins(traveller: Traveller, place_id: str) -> int:
    """Minutes after midnight."""
    return next(it.arrive for it in traveller.plan.stops if it.place.id == place_id)


@pytest.mark.parametrize(
    "said", ["colosseum before 11", "the colosseum before 11am pls"]
)
def test_before_an_hour_a_stop_comes_first(said: str) -> None:
    """As early as its day lets it."""
    traveller, _ = told("Rome 3 days, art", "colosseum at 4pm", said)
    assert begins(traveller, "colosseum") < 11 * 60


@pytest.mark.parametrize("bound", ["not before 11", "after 11am"])
def test_not_before_an_hour_a_stop_begins_then(bound: str) -> None:
    """Where it would be earlier; else it is told when it is."""
    before, _ = told(ROME)
    early = next(it.place for it in before.plan.days[0].stops)
    assert begins(before, early.id) < 11 * 60
    traveller, _ = told(ROME, f"{early.name} {bound}")
    assert begins(traveller, early.id) >= 11 * 60
    traveller, answer = told(ROME, f"spanish steps {bound}")
    assert traveller.plan == before.plan
    assert "Spanish Steps is on day" in answer.content


@pytest.mark.parametrize(
    "said", ["colosseum as early as possible", "the colosseum as early as possible pls"]
)
def test_as_early_as_possible_is_first(said: str) -> None:
    """On its day."""
    traveller, _ = told(ROME, said)
    number = day_of(traveller.plan, "colosseum")
    assert number is not None
    assert visits(traveller.plan, number)[0] == "colosseum"


def test_first_one_and_then_another_is_their_order() -> None:
    """Whichever of them "first" stands behind."""
    said = "david first then uffizi"
    traveller, answer = told(FLORENCE, said)
    david = "accademia-gallery-michelangelos-david"
    assert begins(traveller, david) < begins(traveller, "uffizi-gallery")
    assert "did not get" not in answer.content


@pytest.mark.parametrize(
    "said",
    [
        "put the colosseum and the roman forum on different days",
        "colosseum and roman forum not on the same day",
    ],
)
def test_on_different_days_one_of_two_moves(said: str) -> None:
    """Both stay in the plan."""
    before, _ = told(ROME)
    assert day_of(before.plan, "colosseum") == day_of(before.plan, "roman-forum")
    traveller, _ = told(ROME, said, "yes")
    days = {day_of(traveller.plan, it) for it in ("colosseum", "roman-forum")}
    assert len(days) == 2
    assert None not in days


def test_what_is_on_different_days_stays_there() -> None:
    """Then it is told when both are."""
    said = "put the colosseum and the vatican museums on different days"
    before, _ = told(ROME)
    traveller, answer = told(ROME, said)
    assert traveller.plan == before.plan
    assert "Colosseum is on day" in answer.content
    assert "Vatican Museums and Sistine Chapel is on day" in answer.content


@pytest.mark.parametrize(
    "said", ["at most two sights on day 2", "max 2 stops on day 2"]
)
def test_so_many_of_a_day_at_most_is_proposed(said: str) -> None:
    """Which ones would go is named, and nothing goes before it is agreed to."""
    before, _ = told(ROME)
    traveller, answer = told(ROME, said)
    assert traveller.plan == before.plan
    assert "Leave out" in answer.content
    traveller, _ = told(ROME, said, "yes")
    assert len(visits(traveller.plan, 2)) == 2
    assert visits(traveller.plan, 1) == visits(before.plan, 1)


def test_so_many_as_there_are_is_told() -> None:
    """Then nothing is to go."""
    _, answer = told(ROME, "at most nine sights on day 2")
    assert "sights" in answer.content
    assert "Leave out" not in answer.content


def test_what_is_done_another_time_goes_now() -> None:
    """No other stop comes in its place."""
    before, _ = told(ROME)
    traveller, _ = told(ROME, "skip the pantheon, we'll do it another time")
    assert {it.place.id for it in traveller.plan.stops} == {
        it.place.id for it in before.plan.stops
    } - {"pantheon"}


def test_from_one_hour_to_another_is_no_minute_before() -> None:
    """Ten to twelve behind a place are two hours, not ten minutes."""
    traveller, _ = told(ROME, "colosseum 10 to 12 on day 1")
    assert begins(traveller, "colosseum") == 10 * 60
    assert lasts(traveller, "colosseum") == 120


@pytest.mark.parametrize(
    "said", ["colosseum, 2h max", "at most 2 hours at the colosseum"]
)
def test_at_most_so_long_makes_nothing_longer(said: str) -> None:
    """Where it is shorter, that is told."""
    before, _ = told(ROME)
    traveller, answer = told(ROME, said)
    assert traveller.plan == before.plan
    assert "1 h 30 min at Colosseum" in answer.content


def test_a_day_that_is_denied_answers_no_question_of_ours() -> None:
    """What waited for the name of a stop does not happen to this one."""
    lost = "the spa for 3 hours"
    traveller, _ = told(ROME, lost, "vatican museums not on day 1")
    assert traveller.wishes.stays == ()


def test_what_is_closed_and_unknown_is_not_what_was_spoken_of() -> None:
    """ "It" is none of the stops that went before."""
    asked = "pergamon is closed so take it off"
    berlin = "Berlin 5 days from 2 september, history"
    traveller, answer = told(berlin, "keep sunday free", asked)
    assert traveller.wishes.excluded == ()
    assert "I did not get" in answer.content


def test_at_opening_time_is_first_of_its_day() -> None:
    """And no question for the hours."""
    traveller, _ = told("Prague 3 days, castle", "prague castle at opening time")
    number = day_of(traveller.plan, "prague-castle")
    assert number is not None
    assert visits(traveller.plan, number)[0] == "prague-castle"


@pytest.mark.parametrize("day", [1, 2, 3])
def test_a_day_that_is_denied_is_left(day: int) -> None:
    """Where a stop is on another day already it stays."""
    before, _ = told(ROME)
    was = day_of(before.plan, "colosseum")
    traveller, _ = told(ROME, f"colosseum not on day {day}", "yes")
    now = day_of(traveller.plan, "colosseum")
    assert now not in (None, day)
    assert day == was or now == was


def test_one_is_replaced_with_a_kind_and_none_of_that_kind_goes() -> None:
    """Which one is asked for."""
    first = "Kyoto 3 days, temples"
    before, _ = told(first)
    traveller, answer = told(first, "replace one with a market")
    assert traveller.plan == before.plan
    assert "Which" in answer.content


@pytest.mark.parametrize(
    "said", ["we want two free afternoons", "two free mornings pls"]
)
def test_so_many_free_parts_of_days_are_not_one(said: str) -> None:
    """It is told as not read."""
    _, answer = told(ROME, said)
    assert "I did not get" in answer.content


def test_days_that_change_places_lose_no_meals() -> None:
    """What a day had not before it has not lost."""
    _, answer = told(ROME, "no lunch on day 1", "swap day 1 and day 3")
    assert "has no lunch now" not in answer.content


def test_before_and_after_a_meal_are_each_of_its_own_stop() -> None:
    """What is said behind a comma is said of what stands there."""
    said = "pantheon after lunch on day 1, colosseum before lunch"
    traveller, answer = told("Rome 4 days, food", said)
    [lunch] = [it for it in traveller.plan.days[0].stops if it.kind is StopKind.LUNCH]
    assert day_of(traveller.plan, "pantheon") == 1
    assert begins(traveller, "pantheon") > lunch.arrive
    assert "could not" not in answer.content


@pytest.mark.parametrize(
    "said", ["first day easy, last day full", "day 1 relaxed and day 4 packed"]
)
def test_two_days_are_each_as_it_is_said_of_them(said: str) -> None:
    """The one gets calmer, and the other fuller."""
    first = "Rome 4 days, food"
    before, _ = told(first)
    traveller, _ = told(first, said)
    assert len(visits(traveller.plan, 1)) < len(visits(before.plan, 1))
    assert len(visits(traveller.plan, 4)) > len(visits(before.plan, 4))


@pytest.mark.parametrize(
    ("said", "place", "day"),
    [
        ("in rome, colosseum on the first day", "colosseum", 4),
        ("in rome i want the colosseum on the second day", "colosseum", 5),
    ],
)
def test_the_days_of_a_city_that_leads_are_counted_there(
    said: str, place: str, day: int
) -> None:
    """The first day is not that of the trip."""
    traveller, _ = told("Florence 3 days then Rome 3 days, art", said, "yes")
    assert day_of(traveller.plan, place) == day


@pytest.mark.parametrize(
    "said", ["cheap in florence, splurge in rome", "slow pace in rome"]
)
def test_what_is_said_of_one_city_changes_no_other(said: str) -> None:
    """Neither the budget nor the pace of the trip is another."""
    two = "Florence 3 days then Rome 3 days, art"
    before, _ = told(two)
    traveller, answer = told(two, said)
    assert traveller.plan == before.plan
    assert "I did not get" in answer.content


def test_the_first_thing_in_a_city_orders_no_cities() -> None:
    """And "it" is no stop of another city."""
    two = "Florence 3 days then Rome 3 days, art"
    before, _ = told(two)
    said = "the first thing in rome, move it to the evening"
    traveller, answer = told(two, said)
    assert traveller.plan == before.plan
    assert "order" not in answer.content


def test_one_of_a_kind_lasts_as_long_as_was_asked() -> None:
    """Whichever place it is; where there is no time for that, it is told."""
    istanbul = "Istanbul 3 days, history"
    hammam = "cemberlitas-hamam"
    said = "a hammam on day 3 in the afternoon, two hours"
    traveller, _ = told(istanbul, said)
    assert lasts(traveller, hammam) == 120
    traveller, answer = told(istanbul, "hammam on the last evening, 2h")
    assert begins(traveller, hammam) > 18 * 60
    assert lasts(traveller, hammam) == 120 or "no time" in answer.content


def test_what_is_proposed_for_days_is_proposed_without_one() -> None:
    """Who excepts a day does not say no to all."""
    rest = "rest 2-4 every day"
    traveller, _ = told("Athens 4 days, history", rest, "not on the last day", "yes")
    assert [len(day.rests) for day in traveller.plan.days] == [1, 1, 1, 0]


def test_an_hour_that_is_put_to_the_traveller_has_its_day() -> None:
    """A yes is to all of it."""
    said = "louvre on day 2 at 10, and something for the kid after"
    _, answer = told("Paris 4 days from 3 may, art", said)
    assert "on day 2 at 10:00" in answer.content
