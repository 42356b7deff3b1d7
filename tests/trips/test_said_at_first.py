"""Promises about first messages of many travellers: cities, lengths, dates, outings."""

from __future__ import annotations

from datetime import date

import pytest

from tests.trips.scripted import day_of
from tests.trips.test_said import told
from tests.trips.test_said_of_cities import lengths


@pytest.mark.parametrize(
    "said",
    [
        "Venice + Florence + Rome, 9 nights from June 5, art",
        "9 nights in Venice, Florence and Rome from June 5, art",
        "Venice, Florence and Rome for 9 nights from June 5, art",
        "Venice, Florence and Rome for 9 nights, art, the Arsenal on day 2 in Venice",
        "Venice-Florence-Rome, 9 nights 10 days, starting June 5, art",
    ],
)
def test_nights_beside_a_list_of_cities_are_those_of_all(said: str) -> None:
    """The first city does not get them all."""
    traveller, _ = told(said)
    assert len(traveller.plan.days) == 10
    assert {leg.nights for leg in traveller.wishes.legs} == {None}


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("Mumbai 2 days, Delhi 3 days, start in Delhi, art", {"Delhi": 3, "Mumbai": 2}),
        ("Hong Kong and Singapore, 3+4 days, art", {"Hong Kong": 3, "Singapore": 4}),
        ("tokyo 6 kyoto 4, 10 days, art", {"Tokyo": 6, "Kyoto": 4}),
        (
            "2 nights Krakow 1 night Warsaw 3 nights Prague, art",
            {"Krakow": 2, "Prague": 4},
        ),
        (
            "14 days, tokyo 6 kyoto 4 osaka 2 hiroshima 2, starting 20 march, art",
            {"Tokyo": 6, "Kyoto": 4},
        ),
        (
            "Milan 1 day, Rome 3 days from 1 Sept. Last Supper in Milan, gardens",
            {"Milan": 1, "Rome": 3},
        ),
    ],
)
def test_a_list_tells_how_long_one_is_in_each(said: str, days: dict[str, int]) -> None:
    """Whatever stands beside it; cities without places take no days of the others."""
    assert lengths(said) == days


def test_what_a_place_here_is_nearly_called_is_no_city() -> None:
    """Hiroshima is told to have no places, and no restaurant comes for it."""
    traveller, answer = told("tokyo 6 kyoto 4 hiroshima 2, art")
    assert "I have no places for Hiroshima" in answer.content
    assert traveller.wishes.must_see == ()


@pytest.mark.parametrize(
    ("said", "back"),
    [
        ("Tokyo - Kyoto - Tokyo, 10 days, art", "Tokyo"),
        ("Tokyo 3 nights, Kyoto 2 nights, Tokyo 1 night, art", "Tokyo 1 night"),
    ],
)
def test_that_one_comes_back_to_a_city_is_told(said: str, back: str) -> None:
    """A trip has each city once; its first stay is as long as it was said."""
    traveller, answer = told(said)
    assert [it.name for it in traveller.plan.cities] == ["Tokyo", "Kyoto"]
    assert f"{back}”" in answer.content


def test_a_day_more_in_one_city_is_none_in_another() -> None:
    """Where the days of each city were told, too."""
    two = "Rio 5 days, then Buenos Aires 4 days, art"
    assert lengths(two, "one more day in Rio") == {
        "Rio de Janeiro": 6,
        "Buenos Aires": 4,
    }
    three = "Tokyo 6 days, then Kyoto 4 days, art"
    assert lengths(three, "just Tokyo and Kyoto then") == {"Tokyo": 6, "Kyoto": 4}


@pytest.mark.parametrize(
    "said",
    [
        "Rome 4 days from 10 May, day trip to Florence on wednesday, art",
        "Rome 4 days from 10 May, Florence as a day trip, art",
        "4 days in Rome from 10 May with a daytrip to Florence, art",
    ],
)
def test_an_outing_to_another_city_is_no_stay_there(said: str) -> None:
    """It is told as not read, and the dates hold."""
    traveller, answer = told(said)
    assert traveller.wishes.legs == ()
    assert traveller.wishes.start_date == date(2027, 5, 10)
    assert len(traveller.plan.days) == 4
    assert "Florence" in answer.content.partition("I did not get ")[2]


def test_an_outing_to_a_sight_sets_no_length() -> None:
    """ "A day trip to Neuschwanstein" beside dates, or before the days are known."""
    traveller, answer = told("Munich, 25-28 Sept 2027, day trip to Neuschwanstein, art")
    assert len(traveller.plan.days) == 4
    assert day_of(traveller.plan, "neuschwanstein-castle")
    assert "did not get" not in answer.content
    traveller, _ = told("Paris, art", "Giverny day trip")
    assert traveller.wishes.duration_days is None


@pytest.mark.parametrize(
    ("said", "start", "days"),
    [
        ("Paris May 10th through May 16th", date(2027, 5, 10), 7),
        ("Rome Dec. 5 - Dec. 8, 2027", date(2027, 12, 5), 4),
        ("Week in Rome, from mon 10 may", date(2027, 5, 10), 7),
        ("10 days in Italy: Rome and Venice from 3 May", date(2027, 5, 3), 10),
        ("A week in Thailand: Bangkok 3 nights from Jan 20", date(2027, 1, 20), 4),
        (
            "Singapore stopover 36 hours, landing 6am on 3 March, leaving 4 March 6pm",
            date(2027, 3, 3),
            2,
        ),
    ],
)
def test_dates_and_lengths_in_other_words(said: str, start: date, days: int) -> None:
    """Nothing of them is called unread."""
    traveller, answer = told(said, "art")
    assert traveller.plan.days[0].date == start
    assert len(traveller.plan.days) == days
    assert "did not get" not in answer.content


def test_dates_within_the_trip_are_days_of_it() -> None:
    """Booked on 10 June, which is day 2 of 9 to 13 June."""
    traveller, _ = told(
        "Florence!! June 9–13, 2027. Uffizi June 10 at 9am booked, "
        "Accademia June 11 at 2pm booked, art"
    )
    assert traveller.wishes.start_date == date(2027, 6, 9)
    assert len(traveller.plan.days) == 5
    assert day_of(traveller.plan, "uffizi-gallery") == 2
    assert day_of(traveller.plan, "accademia-gallery-michelangelos-david") == 3


def test_a_feast_that_is_no_date_keeps_no_city_back() -> None:
    """ "Over New Year" is told to set no dates; city and length hold."""
    traveller, answer = told("Dubai for 4 days over New Year, art")
    assert (traveller.wishes.city, traveller.wishes.duration_days) == ("Dubai", 4)
    assert "“over new year” alone sets no dates" in answer.content


@pytest.mark.parametrize(
    ("said", "city", "kinds"),
    [
        ("Rome and Florence, 7 days, one museum in Florence", "Florence", "museum"),
        ("Madrid and Barcelona, 6 days, flamenco in Barcelona", "Barcelona", "show"),
        (
            "Rome and Paris, 8 days, 4 nights in Rome, a market in Paris on day 6",
            "Paris",
            "market",
        ),
    ],
)
def test_a_kind_wished_for_in_one_city_comes_there(
    said: str, city: str, kinds: str
) -> None:
    """And is looked for in no other."""
    traveller, answer = told(said)
    there = next(it for it in traveller.plan.parts() if it.city.name == city)
    assert kinds in {it.place.category for day in there.days for it in day.stops}
    assert {*traveller.wishes.must_see} <= {it.place.id for it in there.stops}
    assert "did not get" not in answer.content


def test_a_first_day_in_a_later_city_is_not_that_of_the_trip() -> None:
    """Nor is the last one in an earlier city; where it is not known it is told."""
    traveller, answer = told(
        "Florence 3 days then Rome 4 days, art, on our first day in Rome the "
        "Colosseum, on our last day in Florence the Bargello"
    )
    assert day_of(traveller.plan, "colosseum") == 4
    assert day_of(traveller.plan, "bargello-national-museum") == 3
    assert "did not get" not in answer.content
    _, answer = told("Rome and Florence, 6 days, on our first day in Florence Uffizi")
    assert "I did not get “first day in Florence”" in answer.content


def test_days_of_all_and_nights_of_one_are_two_lengths() -> None:
    """ "8 days, 4 nights in Rome" are not "5d4n"."""
    said = "Rome and Paris, 8 days, 4 nights in Rome, art"
    assert lengths(said) == {"Rome": 4, "Paris": 4}


def test_each_day_that_is_listed_has_its_places() -> None:
    """ "1st day: A and B, 2nd day: C": none of another day."""
    traveller, answer = told(
        "Paris, 3 days, art, 1st day: Louvre and Tuileries, 2nd day: Versailles, "
        "3rd day: Montmartre"
    )
    assert day_of(traveller.plan, "louvre-museum") == 1
    assert "tuileries-garden" in traveller.wishes.must_see
    assert day_of(traveller.plan, "palace-of-versailles") == 2
    assert day_of(traveller.plan, "montmartre-place-du-tertre") == 3
    assert "did not get" not in answer.content


def test_what_is_called_so_itself_is_meant() -> None:
    """The Acropolis "of Athens", and not its museum."""
    for said in ("Athens 3 days, acropolis", "Athens 3 days, acropolis on day 1"):
        traveller, _ = told(said)
        assert traveller.wishes.must_see == ("acropolis-of-athens",)


@pytest.mark.parametrize(
    ("said", "until", "start", "days"),
    [
        ("Vienna from the 26th of December", "till the 2nd", date(2026, 12, 26), 8),
        ("Barcelona from Friday", "until Wednesday", date(2026, 12, 4), 6),
        ("Rome 3 days until 14 May", "art", date(2027, 5, 12), 3),
    ],
)
def test_until_a_date_is_no_first_day(
    said: str, until: str, start: date, days: int
) -> None:
    """It is the last one, in a message of its own, too."""
    traveller, _ = told(f"{said}, art", until)
    assert traveller.plan.days[0].date == start
    assert len(traveller.plan.days) == days


def test_until_a_date_without_a_beginning_is_told() -> None:
    """It sets no dates."""
    traveller, answer = told("Rome until wednesday, art")
    assert traveller.wishes.start_date is None
    assert "I did not get “until wednesday”" in answer.content
