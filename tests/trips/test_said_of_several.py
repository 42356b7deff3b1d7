"""Promises about first messages that speak of several cities and of parts of days."""

from __future__ import annotations

import pytest

from itinerary_app.model import Category, StopKind
from tests.trips.scripted import day_of, stops
from tests.trips.test_said import told

EVENING = 17 * 60  # minutes after midnight


@pytest.mark.parametrize(
    ("said", "listed"),
    [
        (
            "Rome, Florence and Venice, 9 days, must see Uffizi, Doge's Palace",
            {"uffizi-gallery", "doges-palace"},
        ),
        (
            "Paris and London, 8 days, louvre, tower of london, british museum",
            {"louvre-museum", "tower-of-london", "british-museum"},
        ),
        (
            "Rome 3 days then Milan 2 days, the duomo and the last supper",
            {"milan-cathedral-duomo-and-rooftop", "the-last-supper"},
        ),
    ],
)
def test_places_of_each_city_are_named_in_a_first_message(
    said: str, listed: set[str]
) -> None:
    """A palace of the third city is that palace, and not one in each of them."""
    traveller, answer = told(said)
    assert set(traveller.wishes.must_see) == listed
    assert all(day_of(traveller.plan, it) for it in listed)
    assert "did not get" not in answer.content


@pytest.mark.parametrize(
    "said",
    [
        "Vienna 3 days, Prague 3 days, Budapest 3 days",
        "1-3 May Vienna, 4-6 May Prague, 7-9 May Budapest",
    ],
)
def test_cities_that_are_listed_with_their_days_stay_in_that_order(said: str) -> None:
    """Each has the days that were told, and nothing is put elsewhere to save travel."""
    traveller, _ = told(said, "art")
    parts = [(it.city.name, len(it.days)) for it in traveller.plan.parts()]
    assert parts == [("Vienna", 3), ("Prague", 3), ("Budapest", 3)]


def test_days_that_were_told_are_called_days() -> None:
    """Three days are not told as three nights."""
    _, answer = told("Vienna 3 days, Prague 3 days, Budapest 3 days")
    assert "Vienna (3 days), Prague (3 days) and Budapest (3 days)" in answer.content


@pytest.mark.parametrize(
    ("said", "evening", "others"),
    [
        (
            "Vienna 3 days, want Schönbrunn, Belvedere and Hofburg, opera one evening",
            "vienna-state-opera",
            {"schonbrunn-palace", "belvedere-palace"},
        ),
        (
            "Paris 4 days, louvre, orsay, eiffel tower in the evening, no shopping",
            "eiffel-tower",
            {"louvre-museum", "musee-dorsay"},
        ),
        (
            "Vienna 3 days, Prague 2 days, Schönbrunn, opera one evening in Vienna",
            "vienna-state-opera",
            {"schonbrunn-palace"},
        ),
    ],
)
def test_the_last_of_a_list_alone_is_in_the_evening(
    said: str, evening: str, others: set[str]
) -> None:
    """What is said behind the last comma is said of what stands there."""
    traveller, answer = told(said)
    begins = {
        it.place.id: it.arrive
        for _, it in stops(traveller.plan)
        if it.kind is StopKind.VISIT
    }
    assert begins[evening] >= EVENING
    assert all(begins[it] < EVENING for it in others)
    assert "in the evening" not in answer.content


def test_weekdays_of_next_week_are_dates_and_days() -> None:
    """From Thursday to Sunday next week: Friday is the second of four days."""
    said = "Paris Thursday to Sunday next week, louvre on friday morning"
    traveller, _ = told(said)
    plan = traveller.plan
    assert [f"{it.date:%a %d}" for it in plan.days if it.date] == [
        *("Thu 03", "Fri 04", "Sat 05", "Sun 06")
    ]
    assert day_of(plan, "louvre-museum") == 2


def test_the_day_of_leaving_may_be_told_again() -> None:
    """Friday to Monday, leaving on Monday at six."""
    said = "Barcelona fri-mon, flight lands 22:30, leaving monday 18:00"
    traveller, answer = told(said)
    wishes = traveller.wishes
    assert (wishes.duration_days, wishes.depart) == (4, 18 * 60)
    assert "don't know which day" not in answer.content


@pytest.mark.parametrize(
    ("said", "day", "part"),
    [
        ("Barcelona next friday to monday, beach on saturday", 2, (0, 24 * 60)),
        ("Barcelona 4 days, art, a beach one afternoon", None, (12 * 60, EVENING)),
    ],
)
def test_a_kind_that_is_planned_comes_when_it_was_wished(
    said: str, day: int | None, part: tuple[int, int]
) -> None:
    """A beach that the plan has on another day or at another hour is moved."""
    traveller, answer = told(said)
    [(on, it)] = [
        (day.number, stop)
        for day, stop in stops(traveller.plan)
        if stop.place.id == "barceloneta-beach"
    ]
    assert day in (None, on)
    assert part[0] <= it.arrive < part[1]
    assert "No other beach" not in answer.content


def test_what_is_said_of_one_city_of_several_is_said_of_no_other() -> None:
    """Museums are kept out of no other city; that it was not read is told."""
    said = "Rome 3 nights, Florence 2 nights, Venice 3 nights, no museums in Venice"
    traveller, answer = told(said, "art")
    assert not traveller.wishes.avoid
    assert "uffizi-gallery" in {it.place.id for _, it in stops(traveller.plan)}
    _, answer = told(said)
    assert "no museums in Venice" in answer.content


def test_the_last_of_a_list_alone_is_on_the_day() -> None:
    """Gardens are loved on every day, the outing is on the third."""
    traveller, answer = told(
        "4 days in lisbon, my mum loves gardens, day trip to Sintra on day 3"
    )
    assert day_of(traveller.plan, "pena-palace") == 3
    assert "no other garden" not in answer.content.lower()


def test_a_kind_with_a_day_takes_nothing_from_another() -> None:
    """A museum on the fourth day is one more, and none that another day had."""
    said = "Paris 4 days, louvre on day 1"
    before, _ = told(said)
    traveller, _ = told(f"{said}, a museum on day 4")
    of_others = [
        it.place.id
        for day, it in stops(before.plan)
        if it.place.category is Category.MUSEUM and day.number != 4
    ]
    assert of_others
    for place in of_others:
        assert day_of(traveller.plan, place) == day_of(before.plan, place)
