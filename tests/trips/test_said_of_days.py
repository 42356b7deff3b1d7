"""Promises about hours, rests, bookings and questions, as people say them."""

from __future__ import annotations

import pytest

from itinerary_app.model import StopKind
from tests.trips.scripted import day_of, stops
from tests.trips.test_said import MADRID, told

HOUR = 60  # minutes
PARIS = "Paris, 5 days, art"
TOKYO = "Tokyo 7 days from 27 March, art"


@pytest.mark.parametrize(
    "said",
    [
        "Lisbon 3 days, arriving in the evening around 8",
        "Lisbon 3 days, arriving on the first evening at about 8",
        "Lisbon 3 days from 5 March, we get in friday evening, 8ish",
        "Lisbon 3 days from 5 March, arriving friday at 20:00, leaving sunday at 17:00",
    ],
)
def test_eight_in_the_evening_is_twenty(said: str) -> None:
    """The part of the day before an hour tells which half of the day it is in."""
    traveller, _ = told(said)
    assert traveller.trip.preferences.arrive == 20 * HOUR


def test_coming_and_going_by_weekday_are_both_kept() -> None:
    """From Friday evening around 8 to Monday at noon are four days."""
    said = "Lisbon long weekend, arriving friday evening around 8, leaving monday noon"
    traveller, answer = told(said)
    wishes = traveller.trip.preferences
    assert (wishes.arrive, wishes.depart) == (20 * HOUR, 12 * HOUR)
    assert len(traveller.plan.days) == 4
    assert "did not get" not in answer.content


@pytest.mark.parametrize(
    "said",
    [
        "the kids will want a rest after lunch each day",
        "my two kids need a nap at 2 pm every day",
    ],
)
def test_who_rests_is_no_word_on_who_travels(said: str) -> None:
    """A rest of the children is free time, and no other party."""
    traveller, _ = told("Rome 4 days, art", said)
    assert traveller.trip.preferences.children is None
    assert all(day.rests for day in traveller.plan.days)


def test_a_day_without_the_rest_that_all_got_is_told() -> None:
    """Where lunch is within a visit no rest follows it, which is said."""
    traveller, answer = told(PARIS, "we want a rest after lunch each day")
    [without] = [day.number for day in traveller.plan.days if not day.rests]
    assert f"Day {without} stays as planned, without such a rest." in answer.content


def test_one_more_rest_says_nothing_of_other_days() -> None:
    """Who asks for a rest of one day is not told which other days have none."""
    each = "we want a rest after lunch each day"
    _, answer = told(PARIS, each, "keep 16:00 to 17:00 free on day 3")
    assert "is free now" in answer.content
    assert "without such a rest" not in answer.content


@pytest.mark.parametrize(
    ("said", "place", "number", "at"),
    [
        ("teamLab please, booked for the 29th at 10am", "teamlab-planets", 3, 10),
        ("Senso-ji tickets for the 30th, 16:00", "senso-ji", 4, 16),
    ],
)
def test_what_is_booked_is_at_its_hour(
    said: str, place: str, number: int, at: int
) -> None:
    """A comma or a courtesy between a place and its booking parts nothing."""
    traveller, _ = told(TOKYO, said)
    assert day_of(traveller.plan, place) == number
    found = {it.place.id: it.arrive for _, it in stops(traveller.plan)}
    assert found[place] == at * HOUR


def test_a_name_shared_with_a_canteen_is_the_sight() -> None:
    """ "The studio tour" that is booked is no place to eat."""
    said = "the studio tour is on the 3rd day, booked from 13:00"
    traveller, _ = told("London 4 days, art", said)
    assert day_of(traveller.plan, "warner-bros-studio-tour-london") == 3


def test_a_meal_moves_near_a_place() -> None:
    """ "Change dinner to something closer to X" is a dinner near X."""
    said = "change dinner on day 3 to something closer to Galata Tower"
    traveller, answer = told("Istanbul, 5 days, food", said)
    assert answer.content.startswith("Dinner near there: ")
    dinners = [
        it.place.name
        for day, it in stops(traveller.plan)
        if it.kind is StopKind.DINNER and day.number == 3
    ]
    assert dinners[0] in answer.content


def test_a_new_stop_with_its_length_is_added() -> None:
    """ "A hammam on day 4, two hours" is none of the stops that are planned."""
    said = "a hammam on day 4 in the afternoon, two hours"
    traveller, _ = told("Istanbul, 5 days, food", said)
    assert day_of(traveller.plan, "cemberlitas-hamam") == 4


def test_rather_not_leaves_out() -> None:
    """A thing of that name neither is planned nor comes later."""
    traveller, _ = told("Amsterdam 3 days, art", "rather not the Heineken thing")
    assert "heineken-experience" in traveller.trip.preferences.excluded


def test_a_second_question_is_of_what_the_first_named() -> None:
    """ "Where is dinner on the 31st, and is it veggie friendly": that dinner."""
    asked = "where are we having dinner on the 31st, and is it veggie friendly?"
    _, answer = told(TOKYO, "when is Senso-ji?", asked)
    assert "Senso-ji" not in answer.content
    assert "vegetarian" in answer.content or "diets" in answer.content


def test_the_cost_so_far_is_of_the_whole_plan() -> None:
    """Whatever place was spoken of last."""
    asked = "what would it cost us so far?"
    _, answer = told(PARIS, "where is Canal Saint-Martin", asked)
    assert "Canal Saint-Martin" not in answer.content
    assert "for one adult" in answer.content


def test_what_children_pay_is_told_to_who_brings_some() -> None:
    """And to nobody else."""
    asked = "what does it cost in total?"
    _, answer = told("Paris 3 days, 2 adults, art", asked)
    assert "for two adults" in answer.content
    assert "children" not in answer.content


def test_too_much_walking_is_of_the_ways() -> None:
    """Not of wheelchairs."""
    asked = "Is day 3 too much walking for a six year old?"
    _, answer = told(PARIS, asked)
    assert answer.content.startswith("Between stops you walk about")


def test_what_else_there_is_for_a_day_is_suggested() -> None:
    """A dull day is of no single stop."""
    asked = "Day 5 looks boring, what else is there?"
    _, answer = told(PARIS, "when is the Louvre?", asked)
    assert answer.content.startswith("From my list for Paris, not planned yet: ")


def test_who_travels_and_how_is_taken_beside_words_not_read() -> None:
    """A first message loses nothing of what was understood."""
    said = "Amsterdam, 2 full days plus an evening, just me, on the cheap"
    traveller, answer = told(said)
    wishes = traveller.trip.preferences
    assert (wishes.adults, wishes.budget) == (1, "low")
    assert "I did not get “2 full days plus an evening”" in answer.content


def test_what_moves_to_other_days_is_of_the_day_spoken_of() -> None:
    """A museum of another day is not moved onto the holiday that was asked about."""
    traveller, _ = told(
        "Hong Kong for 4 days from 1 October",
        "Is that a holiday there?",
        "then move the museums to other days",
    )
    museums = {"hong-kong-museum-of-art", "m-plus"}
    first = {it.place.id for day, it in stops(traveller.plan) if day.number == 1}
    assert not museums & first
    assert museums <= {it.place.id for _, it in stops(traveller.plan)}


def test_a_name_alone_is_told_what_it_is_in_the_plan() -> None:
    """Nothing is done, and it is not called unread."""
    _, answer = told("Singapore 2 days, art", "gardens by the bay")
    assert answer.content.startswith("In your plan: Gardens by the Bay on day ")


def test_what_has_to_be_booked_is_of_the_plan() -> None:
    """Who asks which tickets to book gets the stops of which that is known."""
    _, answer = told("Rome 4 days, art", "which tickets do I need to book?")
    assert answer.content.startswith("Book ahead: ")


def test_what_is_not_accessible_names_nothing_that_is() -> None:
    """Only what is known not to be, in part only, or not known."""
    _, answer = told("Berlin 3 days, art", "what's not accessible in my plan?")
    assert "access not known" in answer.content
    assert "wheelchairs get in" not in answer.content


def test_the_end_of_a_month_is_no_order_of_stops() -> None:
    """Words behind it are kept, and a day is asked for."""
    traveller, answer = told("Rome 4 days, end of september, art")
    assert "art" in traveller.trip.preferences.interests
    assert "name the first day when you know it" in answer.content


def test_an_outing_from_a_city_of_the_trip_makes_no_other_trip() -> None:
    """ "Day trip to Siena from Florence" is of the days in Florence."""
    cities = "Florence 3 days and Rome 4 days, art"
    traveller, answer = told(cities, "day trip to siena from florence")
    assert [it.name for it in traveller.plan.cities] == ["Florence", "Rome"]
    assert "Plan Florence" not in answer.content
    assert "Piazza del Campo, Siena" in answer.content


@pytest.mark.parametrize("said", ["there are 4 of us, two kids", "family of 4, 2 kids"])
def test_children_are_among_those_counted(said: str) -> None:
    """Four with two children are two adults, and both are told."""
    traveller, answer = told("Barcelona 3 days, art", said)
    wishes = traveller.trip.preferences
    assert (wishes.adults, wishes.children) == (2, 2)
    assert "2 adults and 2 children" in answer.content


def test_more_children_than_told_before_are_told() -> None:
    """Though the number of adults stays."""
    _, answer = told("Barcelona 3 days, 2 adults, art", "2 adults and 2 kids")
    assert "2 adults and 2 children" in answer.content


def test_a_view_over_the_city_is_a_viewpoint() -> None:
    """And nothing that is asked for instead of the city."""
    traveller, _ = told(
        "Barcelona 3 days, art", "they'd still like a view over the city"
    )
    assert any(
        it.place.category.value == "viewpoint" for _, it in stops(traveller.plan)
    )


def test_how_much_is_planned_in_hours_is_no_price() -> None:
    """Hours are answered with hours."""
    asked = "how much have we got planned for day 3, hours wise?"
    _, answer = told(PARIS, asked)
    assert " at stops on day 3: " in answer.content


def test_an_afternoon_is_freed_up() -> None:
    """Its stops go, and nothing is planned there any more."""
    city = "Budapest 3 days from 5 march, art"
    traveller, answer = told(city, "free up sunday afternoon")
    assert answer.content.startswith("The afternoon of day 3 is free now: ")
    one, evening = 13 * HOUR, 18 * HOUR
    assert not [
        it
        for day, it in stops(traveller.plan)
        if day.number == 3 and one <= it.arrive < evening
    ]


def test_how_long_it_takes_from_here_to_there_is_the_way() -> None:
    """Not how long one stays."""
    asked = "how long does it take from Buda Castle to the parliament?"
    _, answer = told("Budapest 3 days, art", asked)
    assert answer.content.startswith(
        "From Buda Castle to Hungarian Parliament Building"
    )


@pytest.mark.parametrize("said", ["no shopping on day 2", "drop the zoo on day 3"])
def test_what_a_day_lacks_is_told(said: str) -> None:
    """A day without shops is told to have none, and nothing changes."""
    before, _ = told(MADRID)
    traveller, answer = told(MADRID, said)
    assert traveller.state == before.state
    assert answer.content.startswith(f"Day {said[-1]} has no ")


def test_an_hour_and_a_sight_of_one_day_are_two_things() -> None:
    """“Start at ten on day 2, the Prado in the morning” fixes no hour of the Prado."""
    traveller, answer = told(MADRID, "start at 10 on day 2, the Prado in the morning")
    assert "Day 2 begins at 10:" in answer.content
    assert traveller.trip.preferences.times == ()


@pytest.mark.parametrize(
    "said", ["push everything on day 2 by an hour", "delay day 2 by 60 minutes"]
)
def test_a_day_that_is_pushed_begins_later(said: str) -> None:
    """An hour later than it did, or at the next time that hours and ways allow."""
    before, _ = told(MADRID)
    traveller, _ = told(MADRID, said)
    was, now = (it.plan.days[1].stops[0].arrive for it in (before, traveller))
    assert now - was >= HOUR


def test_one_night_with_a_show_is_an_evening() -> None:
    """“A flamenco show one night” makes the trip no longer."""
    before, _ = told(MADRID)
    traveller, answer = told(MADRID, "we want to do a flamenco show one night")
    assert len(traveller.plan.days) == len(before.plan.days)
    shows = [it for _, it in stops(traveller.plan) if it.place.category == "show"]
    assert shows, answer.content
    assert all(it.arrive >= 17 * HOUR for it in shows)
