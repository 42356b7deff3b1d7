"""Promises about what is said of some days only, and what must not reach further."""

from __future__ import annotations

import pytest

from itinerary_app.model import Category
from tests.trips.scripted import Traveller, day_of, stops
from tests.trips.test_said import told

ROME = "Rome 3 days, art"
HOUR = 60  # minutes


def on(traveller: Traveller, number: int) -> list[str]:
    """The ids of the places of a day."""
    return [it.place.id for day, it in stops(traveller.plan) if day.number == number]


def test_no_museums_of_a_day_means_galleries_too_and_no_other_day() -> None:
    """An art gallery is a museum to travellers; on other days they may come again."""
    traveller, answer = told("Rome 2 days, art", "no museums on day 2")
    kinds = {it.place.category for day, it in stops(traveller.plan) if day.number == 2}
    assert not kinds & {Category.MUSEUM, Category.GALLERY}
    assert not traveller.trip.preferences.excluded
    assert "stays out" not in answer.content


def test_no_museums_at_all_means_galleries_too() -> None:
    """What made room for a museum is no gallery."""
    traveller, _ = told(ROME, "no museums")
    kinds = {it.place.category for _, it in stops(traveller.plan)}
    assert not kinds & {Category.MUSEUM, Category.GALLERY}


def test_the_museums_of_a_day_are_no_name() -> None:
    """Museums that are called so elsewhere are not meant."""
    traveller, _ = told(ROME, "remove the museums on day 2")
    assert "palazzo-barberini" not in on(traveller, 2)
    assert day_of(traveller.plan, "capitoline-museums")


@pytest.mark.parametrize("said", ["and the day after, no museums", "ok, too much"])
def test_the_length_of_the_trip_and_its_pace_stay(said: str) -> None:
    """A day spoken of, or the one after it, is not the whole trip."""
    traveller, _ = told(ROME, "what's on day 2?", said)
    wishes = traveller.trip.preferences
    assert (len(traveller.plan.days), wishes.pace, wishes.avoid) == (3, None, ())


def test_too_much_is_the_day_that_was_shown() -> None:
    """Behind an answer about a day, that day is made calmer."""
    before, _ = told(ROME)
    traveller, answer = told(ROME, "what's on day 2?", "that's too much")
    assert "Day 2 is calmer" in answer.content
    assert [on(traveller, n) for n in (1, 3)] == [on(before, n) for n in (1, 3)]


def test_less_walking_that_day_is_no_pace() -> None:
    """Beside it, "too much" only says why."""
    asked = "how long are we walking on day 2?"
    traveller, answer = told(ROME, asked, "too much, less walking that day")
    assert traveller.trip.preferences.pace is None
    assert "day 2" in answer.content.lower()


@pytest.mark.parametrize(
    "said", ["make tomorrow easy", "we're tired, make 20 May easy"]
)
def test_a_day_that_is_none_of_the_plan_dates_no_trip(said: str) -> None:
    """Where the trip has no dates nobody knows which day that is."""
    traveller, answer = told(ROME, said)
    wishes = traveller.trip.preferences
    assert (wishes.start_date, wishes.pace) == (None, None)
    assert "I don't know which day" in answer.content


@pytest.mark.parametrize(
    "said",
    [
        "can we sleep in on day 2, say till 11",
        "sleep in every day until 11",
        "can we start later in the morning, like 11",
    ],
)
def test_sleeping_in_says_when_the_day_begins(said: str) -> None:
    """The hour is the first of the day, not the last."""
    traveller, _ = told(ROME, said)
    assert traveller.plan.days[1].stops[0].arrive >= 11 * HOUR


@pytest.mark.parametrize(
    "said",
    [
        "Budapest 3 days from Friday 6 November, history",
        "Budapest 3 days from monday 4 december, history",
    ],
)
def test_a_date_on_another_weekday_is_said(said: str) -> None:
    """One of the two is wrong, so neither is taken."""
    traveller, answer = told(said)
    assert traveller.trip.preferences.start_date is None
    assert " is no " in answer.content


@pytest.mark.parametrize(
    "said", ["fri-sun 4-6 december", "friday to sunday 4 to 6 Dec"]
)
def test_weekdays_before_dates_are_the_same_days(said: str) -> None:
    """Three days, said twice."""
    traveller, _ = told(f"Budapest {said}, history")
    assert traveller.trip.preferences.duration_days == 3


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("how far do we walk on day 2?", "Between stops you walk"),
        ("what do tickets cost on day 2?", "for one adult on day 3"),
    ],
)
def test_another_day_is_asked_the_same(asked: str, said: str) -> None:
    """ "And day 3?" asks of it what was asked of day 2."""
    for then in ("and day 3?", "and the day after?"):
        _, answer = told(ROME, asked, then)
        assert said in answer.content
        assert "day 3" in answer.content
