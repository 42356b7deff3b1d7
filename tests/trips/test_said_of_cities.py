"""Promises about trips to several cities, as people tell them in one breath."""

from __future__ import annotations

import pytest

from tests.trips.scripted import day_of, stops
from tests.trips.test_said import told


def lengths(*said: str) -> dict[str, int]:
    """The days in each city of the plan, in its order."""
    traveller, _ = told(*said)
    return {part.city.name: len(part.days) for part in traveller.plan.parts()}


@pytest.mark.parametrize(
    "said",
    [
        "Rome 3 days, Florence 2 days, then Venice 1 day, art",
        "Rome 3 days, then Florence 2 days, Venice 1 day, art",
        "3 days Rome, 2 days Florence and then 1 day Venice, art",
        "Rome for 3 days, Florence for two, then Venice for a day, art",
    ],
)
def test_each_city_gets_the_days_told_for_it(said: str) -> None:
    """However the list is joined, no length is another city's or the sum of some."""
    assert lengths(said) == {"Rome": 3, "Florence": 2, "Venice": 1}


def test_nights_of_each_city_add_to_a_day_more() -> None:
    """Six nights are seven days."""
    said = "Rome 3 nights, Florence 2 nights, then Venice 1 night, art"
    assert lengths(said) == {"Rome": 3, "Florence": 2, "Venice": 2}


def test_a_city_without_a_length_makes_no_trip_of_the_others_days() -> None:
    """How long it is in all is asked: the days of two cities are not those of three."""
    _, answer = told("Rome (3 days), Florence (2 days), and then Milan")
    assert answer.content.endswith("How many days in all?")


def test_the_cities_of_a_trip_are_told_once() -> None:
    """As they are in the end, with nothing that could not be done."""
    _, answer = told("delhi 2 days, agra 1, jaipur 2")
    assert answer.content.count("The trip goes to") == 1
    assert "no plan yet" not in answer.content


def test_days_of_a_city_stay_its_days_without_the_other() -> None:
    """Three days in Rome are three when Florence goes before any plan."""
    assert lengths("Rome 3 days and Florence 2 days", "drop Florence") == {"Rome": 3}


@pytest.mark.parametrize(
    ("said", "days", "elsewhere"),
    [
        ("Kyoto for 3 days, then Osaka 2 days, from 3 april", 3, "Osaka"),
        ("Kyoto for 3 days, then Nagoya 2 days, from 3 april", 3, "Nagoya"),
        ("I want 3 days in Lyon and 2 in Paris, art", 2, "Lyon"),
        ("Paris 3 days then 2 nights in Bruges, art", 3, "Bruges"),
        ("rome 3 days, naples 2 days, art", 3, "Naples"),
    ],
)
def test_days_elsewhere_are_told_and_no_days_here(
    said: str, days: int, elsewhere: str
) -> None:
    """A city without places is named as such; the days of ours are as told."""
    traveller, answer = told(said)
    assert len(traveller.plan.days) == days
    assert traveller.trip.preferences.must_see == ()
    assert f"I have no places for {elsewhere}" in answer.content or (
        f"I have no city {elsewhere} yet" in answer.content
    )


def test_what_can_be_planned_in_a_city_nearby_is_offered() -> None:
    """Two days in Osaka are none, but its castle is an outing from Kyoto."""
    before, _ = told("Kyoto 3 days, temples")
    traveller, answer = told("Kyoto 3 days, temples", "add 2 days in Osaka")
    assert traveller.state == before.state
    assert "What I can plan there from Kyoto: Osaka Castle" in answer.content


def test_whatever_words_wish_for_a_city_without_places_it_is_named() -> None:
    """Nothing else of the message is called unread."""
    _, answer = told("Rome 3 days, art", "let's add 2 days in Naples")
    assert answer.content.startswith("I have no city Naples yet")


def test_days_at_a_sight_are_none_of_the_city() -> None:
    """ "Hakone 2 days" takes nothing from "Tokyo 4 days", and is told as not read."""
    traveller, answer = told("Tokyo 4 days, Hakone 2 days")
    assert len(traveller.plan.days) == 4
    assert "I did not get “2 days”" in answer.content


def test_a_city_that_went_comes_back_for_as_long_as_is_said() -> None:
    """ "Only one night" is that city's, and leaves the others as they are."""
    two = "Rome 3 days and Florence 2 days, art"
    dropped = lengths(two, "drop Florence")
    back = lengths(two, "drop Florence", "add it back, but only one night")
    assert back == {**dropped, "Florence": 2}
    assert lengths(two, "drop Florence", "add it back please") == lengths(two)


@pytest.mark.parametrize(
    "asked",
    ["how long is the train to Prague?", "when does the train leave for Prague"],
)
def test_a_train_to_a_city_of_the_trip_is_the_planned_one(asked: str) -> None:
    """Asked for by where it goes, it is told with its hours."""
    _, answer = told("Vienna 3 days, then Prague 3 days, art", asked)
    assert answer.content.startswith("From Vienna to Prague it is by train")


def test_a_day_is_counted_in_the_city_it_is_said_of() -> None:
    """The first day in Rome, behind three in Florence, is day 4; none is a show."""
    two = "Florence 3 days and Rome 4 days, art"
    _, answer = told(two, "what's on our last day in Florence?")
    assert answer.content.startswith("Day 3: ")
    before, _ = told(two)
    traveller, answer = told(two, "show me day 2 in Rome")
    assert answer.content.startswith("Day 5: ")
    assert traveller.state == before.state
    traveller, _ = told(two, "the Uffizi on the second day in Florence")
    assert day_of(traveller.plan, "uffizi-gallery") == 2


@pytest.mark.parametrize(
    "said",
    [
        "Solo 3 days in Tokyo, art",
        "Bali is for later, 3 days in Tokyo, art",
        "Tokyo 3 days, rest of us come later, art",
    ],
)
def test_a_word_that_is_a_city_far_away_as_well_is_that_word(said: str) -> None:
    """ "Solo" is who travels, not a city of Indonesia."""
    traveller, answer = told(said)
    assert len(traveller.plan.days) == 3
    assert "I have no" not in answer.content


@pytest.mark.parametrize(
    "said",
    [
        "Tokyo, stay 4 nights, then train to Kyoto for 3, art",
        "Tokyo 4 nights, then Kyoto, art",
    ],
)
def test_how_long_before_one_goes_on_is_not_how_long_in_all(said: str) -> None:
    """Four nights in the first city are kept, and the whole is asked for."""
    traveller, answer = told(said)
    assert dict(traveller.wishes.legs) == {"Tokyo": 4, "Kyoto": None}
    assert answer.content.endswith("How many days in all?")


def test_a_planned_trip_is_offered_to_go_on_nearby() -> None:
    """What is offered for days elsewhere adds to the plan and replaces none."""
    _, answer = told("Paris 3 days, art", "add 2 days in Bruges")
    assert answer.quick_replies[0] == "Add Brussels"
    assert not any(it.endswith("Paris") for it in answer.quick_replies)


@pytest.mark.parametrize(
    "said", ["stay in Ribeira in Porto", "our hotel in Porto is in Ribeira"]
)
@pytest.mark.parametrize(
    "first", ["Lisbon 3 days, Porto 2 days, art", "Porto 3 days, art"]
)
def test_where_one_stays_in_a_city_of_the_trip(first: str, said: str) -> None:
    """It is a bed there: no city goes for it, and no stop comes."""
    before, _ = told(first)
    traveller, answer = told(first, said)
    assert "sleep in Ribeira" in answer.content
    assert [it.place for _, it in stops(traveller.plan)] == [
        it.place for _, it in stops(before.plan)
    ]
