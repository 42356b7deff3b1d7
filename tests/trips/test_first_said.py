"""Promises about what a traveller says to begin with."""

from __future__ import annotations

from datetime import date

import pytest

from tests.trips.scripted import CATALOGUE, day_of
from tests.trips.test_said import told

MINUTES = 60


@pytest.mark.parametrize(
    ("said", "start", "days"),
    [
        ("Rome 3 days in June 2027 from the 5th", date(2027, 6, 5), 3),
        ("Rome in June 2027, 5th to 8th", date(2027, 6, 5), 4),
        ("Rome in May, 3 days starting on the 12th", date(2027, 5, 12), 3),
        ("Rome in a week starting 24 January", date(2027, 1, 24), 7),
        (
            "Vienna, 3 days from 24 December 2026, Christmas markets",
            date(2026, 12, 24),
            3,
        ),
    ],
)
def test_the_month_and_the_year_of_a_day(said: str, start: date, days: int) -> None:
    """Wherever they stand, they are the day's."""
    traveller, _ = told(said)
    assert traveller.wishes.start_date == start
    assert traveller.wishes.duration_days == days


@pytest.mark.parametrize(
    "said",
    [
        "3 days in Rome, from Naples by train at 10",
        "3 days in Rome, we arrive by train from Milan at 10",
        "3 days in Rome, coming from florence by train, arriving at 10",
        "3 days in Rome, flying in from Boston at 10am",
        "3 days in Rome, flight from London at 10am",
        "3 days, flying from Boston to Rome, arriving at 10am",
    ],
)
def test_where_one_comes_from_is_no_part_of_the_trip(said: str) -> None:
    """It adds no city and no place, and the hour is that of coming, not of leaving."""
    traveller, _ = told(said)
    assert not traveller.wishes.legs
    assert not traveller.wishes.must_see
    assert (traveller.wishes.arrive, traveller.wishes.depart) == (10 * MINUTES, None)


@pytest.mark.parametrize(
    "said",
    [
        "Paris, arriving 4 December at 22:40, leaving 7 December at 15:00",
        "Paris, we arrive on Friday 4 December at 22:40 and fly out on the 7th at 3pm",
        "A long weekend in Paris, landing 4 December at 22:40, leaving Monday at 15:00",
        "Paris 4-7 December, we arrive at 22:40 and leave at 15:00",
    ],
)
def test_coming_and_going_with_their_days(said: str) -> None:
    """Dates, length and both hours are read."""
    traveller, _ = told(said)
    wishes = traveller.wishes
    assert (wishes.start_date, wishes.duration_days) == (date(2026, 12, 4), 4)
    assert (wishes.arrive, wishes.depart) == (22 * MINUTES + 40, 15 * MINUTES)


@pytest.mark.parametrize(
    ("said", "where"),
    [
        ("3 days in Cape Town, stay in Camps Bay", "camps-bay-beach"),
        ("3 days in Lisbon, near Alfama", "alfama"),
        ("3 days in London. We sleep at Hotel St. James. Parks", "Hotel St. James"),
    ],
)
def test_where_one_sleeps_is_no_sight(said: str, where: str) -> None:
    """It is where days begin and end, and on no list."""
    traveller, _ = told(said)
    assert traveller.wishes.base == where
    assert not traveller.wishes.must_see


def test_a_small_letter_is_a_city() -> None:
    """ "porto" is Porto."""
    assert told("two days in porto")[0].wishes.city == "Porto"


def test_a_list_of_must_sees() -> None:
    """All of it comes, and what is denied does not."""
    traveller, answer = told(
        "Paris 3 days. Must-sees: Musée d'Orsay, Sainte-Chapelle. No Louvre!"
    )
    assert {"musee-dorsay", "sainte-chapelle"} <= {*traveller.wishes.must_see}
    assert traveller.wishes.excluded == ("louvre-museum",)
    assert "did not get" not in answer.content


def test_techno_is_no_museum_of_technology() -> None:
    """It is a night out."""
    traveller, _ = told("3 days in Berlin, techno, no museums")
    assert traveller.wishes.interests == ("nightlife",)
    assert not traveller.wishes.must_see


def test_a_day_of_a_trip_without_dates_is_asked_for() -> None:
    """ "On Sunday" sets no dates, and nothing is done."""
    traveller, answer = told("San Francisco 3 days", "put Alcatraz on Sunday morning")
    assert traveller.wishes.start_date is None
    assert "no dates yet" in answer.content


def test_a_question_sets_no_dates() -> None:
    """ "What about Friday prayers?" wishes nothing."""
    traveller, _ = told("5 days in Cairo", "what about Friday prayers?")
    assert traveller.wishes.start_date is None
    assert traveller.trip.itinerary is None


def test_no_city_goes_when_days_are_shifted() -> None:
    """More days here and fewer there leave all cities in the trip."""
    for said in ("one more day in Jaipur and one less in Delhi", "2 days in Jaipur"):
        traveller, _ = told("Delhi, Agra and Jaipur", said)
        assert {leg.city for leg in traveller.wishes.legs} == {
            "Delhi",
            "Agra",
            "Jaipur",
        }


def test_days_are_shifted_between_cities() -> None:
    """One more here and one less there, in one breath."""
    trip = "Delhi, Agra and Jaipur for a week from 24 January 2027, history"
    traveller, _ = told(trip, "one more day in Jaipur and one less in Delhi", "yes")
    numbers = [len(part.days) for part in traveller.plan.parts()]
    assert numbers == [2, 2, 3]
    assert CATALOGUE.city("Jaipur") in traveller.plan.cities


def test_a_city_named_twice_is_one_stay() -> None:
    """Where one flies from is where one is."""
    traveller, _ = told("2 days in Delhi, then fly from Delhi to Dubai for 3 days")
    assert [leg.city for leg in traveller.wishes.legs] == ["Delhi", "Dubai"]


@pytest.mark.parametrize(
    "said", ["coming from Florence by train", "train from Milan", "flying from Boston"]
)
def test_nothing_is_quoted_that_was_not_said(said: str) -> None:
    """How one comes, without an hour, needs no answer and adds no city."""
    traveller, answer = told(f"3 days in Rome, {said}, art")
    assert not traveller.wishes.legs
    assert "did not get" not in answer.content


@pytest.mark.parametrize(
    ("said", "first", "days", "hours"),
    [
        (
            "weekend in Prague, arriving friday 6pm, leaving sunday 4pm",
            date(2026, 12, 4),
            3,
            (18, 16),
        ),
        (
            "Lisbon, we arrive thursday evening and leave sunday afternoon",
            date(2026, 12, 3),
            4,
            (18, 15),
        ),
        (
            "a weekend in Paris, friday night to sunday night",
            date(2026, 12, 4),
            3,
            (18, 18),
        ),
        (
            "Vienna 3 days, arriving monday at 10, leaving wednesday at 6pm",
            date(2026, 11, 30),
            3,
            (10, 18),
        ),
    ],
)
def test_weekdays_of_coming_and_going_are_the_dates(
    said: str, first: date, days: int, hours: tuple[int, int]
) -> None:
    """All days from one to the other, with the hours; nothing is called unknown."""
    traveller, answer = told(said)
    wishes = traveller.wishes
    assert (wishes.start_date, wishes.duration_days) == (first, days)
    assert (wishes.arrive, wishes.depart) == tuple(60 * hour for hour in hours)
    assert "did not get" not in answer.content
    assert "don't know" not in answer.content


@pytest.mark.parametrize(
    ("said", "shares"),
    [
        (
            "Kyoto and Tokyo, 6 days from 2 May, 2 days in Kyoto, art",
            {"Kyoto": 2, "Tokyo": 4},
        ),
        (
            "7 days in Lisbon and Porto from 14 May, 4 nights in Lisbon then Porto",
            {"Lisbon": 4, "Porto": 3},
        ),
        (
            "10 days: Rome 4, Florence 3, Venice 3",
            {"Rome": 4, "Florence": 3, "Venice": 3},
        ),
        (
            "Rome and Florence, 5 days from 7 dec, 2 nights in Florence, art",
            {"Rome": 2, "Florence": 3},
        ),
        (
            "2 days in Paris, 2 days in London, starting London 11 Dec, art",
            {"London": 2, "Paris": 2},
        ),
    ],
)
def test_days_of_a_city_are_a_share_of_the_trips(
    said: str, shares: dict[str, int]
) -> None:
    """They do not make it longer, and its cities come in the order that was said."""
    traveller, _ = told(said, "art")
    plan = traveller.plan
    assert {it.name: len(plan.days_in(it)) for it in plan.cities} == shares
    assert [it.name for it in plan.cities] == [*shares]


def test_shares_that_do_not_add_up_are_told() -> None:
    """The cities' days hold; the other number is told as unread."""
    traveller, answer = told(
        "5 days in Rome and Florence, 2 in Rome and 4 in Florence, art"
    )
    assert len(traveller.plan.days) == 6
    assert "I did not get “5 days”" in answer.content


@pytest.mark.parametrize(
    ("said", "first", "days"),
    [
        ("London 3 days from monday", date(2026, 11, 30), 3),
        ("Lisbon this weekend, just saturday", date(2026, 11, 28), 1),
        ("Rome 3 days, we leave on sunday", date(2026, 12, 4), 3),
        ("New York for Thanksgiving, 4 days", date(2027, 11, 25), 4),
        ("3 days in Paris for my birthday on 4 March", date(2027, 3, 4), 3),
    ],
)
def test_the_first_day_is_the_one_that_was_said(
    said: str, first: date, days: int
) -> None:
    """And so is the length."""
    traveller, answer = told(said)
    assert (traveller.wishes.start_date, traveller.wishes.duration_days) == (
        first,
        days,
    )
    assert "did not get" not in answer.content


@pytest.mark.parametrize(
    "feast", ["my birthday is on the 4th", "it's her 30th birthday on 4 march"]
)
def test_a_birthday_within_the_trip_is_no_date_of_it(feast: str) -> None:
    """It is told as unread, and the trip keeps its first day."""
    traveller, answer = told(f"A week in Paris from 1 march, {feast}")
    assert traveller.wishes.start_date == date(2027, 3, 1)
    assert f"I did not get “{feast}”" in answer.content


@pytest.mark.parametrize(
    ("said", "party"),
    [
        ("3 days in Lisbon, food and views, with my wife", (2, None)),
        ("3 days in Lisbon with my husband and two kids", (2, 2)),
    ],
)
def test_who_comes_along_counts(said: str, party: tuple[int, int | None]) -> None:
    """“With my wife” are two."""
    traveller, answer = told(said)
    assert (traveller.wishes.adults, traveller.wishes.children) == party
    assert "did not get" not in answer.content


def test_a_weekday_is_that_of_the_trips_dates() -> None:
    """“8-10 Jan. Louvre on Friday”: that is day 1."""
    traveller, _ = told("Paris 3 days 8-10 jan. Louvre on friday")
    assert day_of(traveller.plan, "louvre-museum") == 1


def test_those_who_fast_are_not_in_a_hurry() -> None:
    """“We fast” is told as unread, and sets no pace."""
    traveller, answer = told("Istanbul 4 days, 4-7 december, we fast")
    assert traveller.wishes.pace is None
    assert "“we fast”" in answer.content


def test_what_needs_a_plan_keeps_no_first_message_back() -> None:
    """City, dates and diet hold; “parks in the afternoon” of no day is told."""
    traveller, answer = told(
        "Vegan couple, Berlin 2 days, 12-13 Dec, museums mornings, parks afternoons, "
        "nothing after 9 pm"
    )
    assert traveller.wishes.city == "Berlin"
    assert traveller.wishes.start_date == date(2026, 12, 12)
    assert traveller.wishes.diets
    assert "I did not get" in answer.content


def test_an_age_is_no_part_of_a_date() -> None:
    """“My parents are 70” takes no date away."""
    traveller, _ = told("Istanbul 3 days from 12 march, my parents are 70, halal food")
    assert traveller.wishes.start_date == date(2027, 3, 12)


def test_a_date_beside_the_trips_dates_is_a_day_of_it() -> None:
    """“December 10-13, a show on the 11th”: that is day 2, and the dates hold."""
    traveller, answer = told(
        "New York for 4 days, december 10-13, broadway show on the 11th"
    )
    assert traveller.wishes.start_date == date(2026, 12, 10)
    shows = [it.place.category for it in traveller.plan.days[1].stops]
    assert "show" in shows
    assert "did not get" not in answer.content
