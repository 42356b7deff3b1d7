"""Promises about what is said in passing, in a few words, or by another name."""

from __future__ import annotations

import pytest

from itinerary_app.model import StopKind
from tests.trips.scripted import day_of, stops, visits
from tests.trips.test_said import eats, told

PRAGUE = "Prague 3 days from 15 May, beer"
BARCELONA = "Barcelona 4 days from 10 June, art"
LISBON = "Lisbon 5 days from 4 December, food"
TOKYO = "Tokyo 6 days from 3 April, ramen"
HOUR = 60  # minutes


@pytest.mark.parametrize(
    "said",
    [
        "3 days in Rome, the highlights",
        "Rome for 3 days, first time there, we want to see the main sights",
        "the best of Rome in 3 days",
        "It's our first visit to Rome, 3 days, all the must-sees",
    ],
)
def test_the_highlights_are_a_wish(said: str) -> None:
    """A plan comes of it at once, and nothing of it is unread."""
    traveller, answer = told(said)
    assert len(traveller.plan.days) == 3
    assert "colosseum" in {it.place.id for _, it in stops(traveller.plan)}
    assert "did not get" not in answer.content
    assert "love most" not in answer.content


def test_highlights_that_are_not_wished_are_no_wish() -> None:
    """They are told as not read, and nothing is planned for them."""
    traveller, answer = told("Rome 3 days, not the main sights")
    assert traveller.trip.itinerary is None
    assert "did not get" in answer.content


@pytest.mark.parametrize(
    ("said", "adults"),
    [
        ("Prague for 2 nights, 8 guys from 15 May", 8),
        ("Rome, girls trip, 4 girls, 3 days, food", 4),
        ("Madrid 3 days, art, me and my two sisters", 3),
        ("my two cousins and I go to Rome for 3 days, food", 3),
    ],
)
def test_who_comes_along(said: str, adults: int) -> None:
    """Guys, girls on a girls' trip and sisters are adults; who has two is a third."""
    traveller, answer = told(said)
    assert (traveller.wishes.adults, traveller.wishes.children) == (adults, None)
    assert "did not get" not in answer.content


@pytest.mark.parametrize(
    "said",
    [
        "New York 4 days, broadway, statue of liberty",
        "New York 4 days, shopping, broadway, the statue of liberty",
    ],
)
def test_a_kind_listed_before_a_place_is_no_part_of_its_name(said: str) -> None:
    """Both are wished, and what came of each is told."""
    traveller, answer = told(said)
    assert "statue-of-liberty" in traveller.wishes.must_see
    assert "“broadway”" in answer.content


def test_museums_listed_before_one_are_more_than_that_one() -> None:
    """ "Museums, the Prado" wishes museums, too."""
    _, answer = told("Madrid 3 days, museums, Prado, food")
    assert "“museum”" in answer.content


def test_leaving_on_the_last() -> None:
    """Beside the first day it is the last day."""
    traveller, _ = told(
        BARCELONA, "we arrive at 2pm on the first day and leave at noon on the last"
    )
    traveller.says("yes")
    assert (traveller.wishes.arrive, traveller.wishes.depart) == (14 * HOUR, 12 * HOUR)


def test_a_picnic_instead_of_a_lunch() -> None:
    """That lunch is left out, and no other."""
    traveller, _ = told(BARCELONA, "replace lunch on day 2 with a picnic")
    assert StopKind.LUNCH in traveller.plan.days[1].skipped
    assert not any(traveller.plan.days[at].skipped for at in (0, 2, 3))


def test_nothing_is_told_twice_of_a_day() -> None:
    """Where several stops went, what became of a day is said once."""
    _, answer = told("New York 4 days, shopping", "we don't need the museums")
    sentences = answer.content.split(". ")
    assert len(sentences) == len({*sentences})


def test_which_there_are() -> None:
    """What is planned of the kind is named, then what else there is."""
    _, answer = told("Istanbul 3 days, mosques", "which mosques are there?")
    assert answer.content.startswith("In your plan: ")
    assert "not planned yet: " in answer.content


def test_back_to_a_number_of_days_is_no_undo() -> None:
    """It sets the length; what else was changed since stays."""
    traveller, _ = told(BARCELONA, "make it 3 days", "no La Rambla", "back to 4 days")
    assert len(traveller.plan.days) == 4
    assert "la-rambla" in traveller.wishes.excluded


def test_undoing_a_first_message_is_told_as_that() -> None:
    """Where city and days were all there was, it is not said that nothing changed."""
    traveller, answer = told("3 days in Rome", "undo")
    assert traveller.wishes.city is None
    assert "nothing is different" not in answer.content


@pytest.mark.parametrize(
    ("said", "day", "begins"),
    [
        ("start late on day 2", 2, 10 * HOUR),
        ("begin day 2 late, we'll be hungover", 2, 10 * HOUR),
        ("we don't want to get up early on day 2", 2, 10 * HOUR),
        ("make day 2 start later, like 11", 2, 11 * HOUR),
    ],
)
def test_late_days(said: str, day: int, begins: int) -> None:
    """A day that is to start late does; why is not asked."""
    traveller, answer = told(PRAGUE, said)
    assert traveller.plan.days[day - 1].start == begins
    assert "did not get" not in answer.content


@pytest.mark.parametrize(
    "said", ["add a boat trip, my wife loves them", "a boat trip, the kids enjoy those"]
)
def test_a_reason_behind_a_wish_is_no_second_wish(said: str) -> None:
    """What somebody loves is why; the wish is done without a question."""
    traveller, answer = told(PRAGUE, said)
    assert day_of(traveller.plan, "vltava-river-cruise")
    assert "Do I read" not in answer.content


def test_a_site_is_all_its_sights() -> None:
    """Sintra is told as planned, goes whole, and moves whole."""
    traveller, answer = told(LISBON, "can we do Sintra on one of the days?")
    assert "Pena Palace is planned" in answer.content
    traveller.says("no Sintra please")
    assert {"pena-palace", "quinta-da-regaleira"} <= {*traveller.wishes.excluded}


@pytest.mark.parametrize(
    "said",
    [
        "can we take a day trip to Nikko instead of day 4",
        "instead of day 4 we go to Nikko",
    ],
)
def test_a_day_out_instead_of_a_day(said: str) -> None:
    """It is offered for that day, with what would go."""
    traveller, answer = told(TOKYO, said)
    assert "would come in. Shall I do it?" in answer.content
    traveller.says("yes")
    assert day_of(traveller.plan, "nikko-toshogu") == 4


def test_the_emptiest_day() -> None:
    """It is the one with the least to do, as it is told to who asks."""
    traveller, answer = told(TOKYO, "which day is the emptiest?")
    number = int(answer.content.removeprefix("Day ")[0])
    traveller.says("add Ginza to the least busy day")
    assert day_of(traveller.plan, "ginza") == number


def test_seafood_at_night_is_a_dinner() -> None:
    """It is that day's dinner, not a place beside the dinner."""
    traveller, _ = told(LISBON, "I'd rather have seafood on Saturday night")
    dinner = eats(traveller, 2)[StopKind.DINNER]
    assert "seafood" in next(
        it.place.cuisine for _, it in stops(traveller.plan) if it.place.id == dinner
    )


def test_somewhere_cheaper_is_of_the_meal_spoken_of() -> None:
    """The rest of the plan stays; spoken of none, it is asked."""
    traveller, _ = told(LISBON, "what's for dinner on day 3?")
    before = [visits(traveller.plan, day) for day in range(1, 6)]
    had = eats(traveller, 3)[StopKind.DINNER]
    traveller.says("somewhere cheaper")
    assert eats(traveller, 3)[StopKind.DINNER] != had
    assert [visits(traveller.plan, day) for day in range(1, 6)] == before
    traveller, answer = told(LISBON, "what about day 4?", "somewhere cheaper")
    assert "Do I read that right" in answer.content
    assert traveller.wishes.budget is None


@pytest.mark.parametrize(
    "said", ["what should we book in advance?", "do I need to book?"]
)
def test_what_has_to_be_booked(said: str) -> None:
    """Whoever asks is told what is known of the plan's stops, each with its day."""
    _, answer = told(BARCELONA, said)
    assert answer.content.startswith("Book ahead: ")
    assert "Sagrada Família on day" in answer.content


def test_whether_a_place_has_to_be_booked() -> None:
    """Its own fact is told; where there is none, that it is not known."""
    traveller, answer = told(BARCELONA, "do we have to book the Sagrada Familia?")
    assert answer.content.startswith("Sagrada Família: book ahead")
    unknown = traveller.says("do I need to book La Rambla?")
    assert "is not known to me" in unknown.content


@pytest.mark.parametrize(
    "said",
    ["is everything open?", "are all places open?", "is everything open on day 4"],
)
def test_is_everything_open(said: str) -> None:
    """All stops are told of, and those whose hours nobody knows by their names."""
    _, answer = told(BARCELONA, said)
    assert "known" in answer.content
    assert "Casa Vicens" in answer.content


def test_near_is_answered_of_the_kind_that_was_asked_for() -> None:
    """A park near a church is no restaurant; of what there is none, that is said."""
    traveller, answer = told(BARCELONA, "is there a park near the Sagrada Familia?")
    assert answer.content.startswith("The nearest parks to Sagrada Família")
    none = traveller.says("is there a playground near the Sagrada Familia?")
    assert "has no places with “playground”" in none.content


def test_where_one_can_hear_jazz() -> None:
    """What is planned is named, or else what there is."""
    _, answer = told(BARCELONA, "where can I hear jazz?")
    assert "Jamboree Jazz Club" in answer.content


def test_a_beach_day_is_no_empty_day() -> None:
    """The beach that is planned is offered for it; nothing is thrown out unasked."""
    traveller, answer = told("Barcelona 5 days 10 june", "day 3 should be a beach day")
    assert answer.content.endswith("Shall I do it?")
    traveller.says("yes")
    assert day_of(traveller.plan, "barceloneta-beach") == 3


@pytest.mark.parametrize(
    "said",
    [
        "give me something to do between lunch and dinner on day 4",
        "add something in the afternoon of day 4",
        "add a sight in the afternoon of day 4",
        "add one more thing to day 4",
    ],
)
def test_something_more(said: str) -> None:
    """The best that fits comes in, on that day; nobody is asked which stop is meant."""
    traveller, _ = told(BARCELONA)
    before = visits(traveller.plan, 4)
    traveller.says(said)
    assert {*before} < {*visits(traveller.plan, 4)}


def test_deleting_all_of_an_afternoon_deletes_no_trip() -> None:
    """That part of the day is emptied, and what else was planned stays."""
    traveller, _ = told(BARCELONA)
    others = [visits(traveller.plan, day) for day in (1, 3, 4)]
    traveller.says("delete everything on day 2 in the afternoon")
    noon, evening = 12 * HOUR, 18 * HOUR
    here = [it for day, it in stops(traveller.plan) if day.number == 2]
    assert not [it for it in here if noon < it.arrive < evening]
    assert [visits(traveller.plan, day) for day in (1, 3, 4)] == others


def test_a_nap_is_after_lunch_and_every_day() -> None:
    """Where nobody says when: each day with a lunch rests after it."""
    traveller, _ = told(BARCELONA, "the little one needs a nap")
    resting = [day.number for day in traveller.plan.days if day.rests]
    lunches = [
        day.number for day, it in stops(traveller.plan) if it.kind is StopKind.LUNCH
    ]
    assert resting == lunches != []


def test_hours_that_leave_dinners_open_are_proposed() -> None:
    """Who wants to be back early is told first which dinners would go."""
    traveller, _ = told(BARCELONA)
    before = traveller.plan
    answer = traveller.says("we'd like to be back at the hotel by 8 every day")
    assert answer.content.endswith("Shall I do it?")
    assert traveller.plan == before


def test_a_weekday_without_dates_is_asked() -> None:
    """A stop of a day that nobody knows is not one that is not there."""
    _, answer = told("London weekend, pubs, no museums", "remove the pub on saturday")
    assert answer.content.startswith("Which day do you mean?")


def test_the_price_of_a_plan_whose_meals_changed() -> None:
    """ "How much will it cost?" is of the trip where several stops were spoken of."""
    _, answer = told(PRAGUE, "one guy is vegetarian", "how much will it cost?")
    assert "for one adult" in answer.content


def test_it_is_nothing_of_before_behind_words_that_were_not_read() -> None:
    """ "It" may be what they named: it is asked, and nothing of before is moved."""
    traveller, _ = told(BARCELONA, "is La Rambla free?", "what's Razzmatazz like?")
    before = traveller.plan
    answer = traveller.says("put it on the evening of day 3")
    assert answer.content.endswith("Which stop do you mean?")
    assert traveller.plan == before


def test_a_meeting_is_a_time_kept_free() -> None:
    """No stop is planned in its hours."""
    traveller, _ = told(BARCELONA, "we also have a meeting on day 3 from 10 to 12")
    assert traveller.plan.days[2].rests == ((10 * HOUR, 12 * HOUR),)
