"""Promises about what a traveller asks, read and answered in real turns."""

from __future__ import annotations

import pytest

from itinerary_app.text.clock import clock
from tests.trips.scripted import stops
from tests.trips.test_said import MADRID, told


@pytest.mark.parametrize(
    "said",
    [
        "I don't find reina sofia",
        "I can't see the Prado anywhere",
        "we don't see any parks",
        "can't see lunch on day 2",
        "I am not seeing the Thyssen",
    ],
)
def test_what_is_looked_for_is_not_unwanted(said: str) -> None:
    """It is told where that is, and nothing goes."""
    before, _ = told(MADRID)
    traveller, answer = told(MADRID, said)
    assert traveller.state == before.state
    assert "on day" in answer.content or "Day 2" in answer.content


@pytest.mark.parametrize(
    "said", ["tell me about the Prado", "what's the Prado?", "do you know the Prado?"]
)
def test_what_a_place_is(said: str) -> None:
    """Its kind, hours, price and where it is planned are told."""
    traveller, answer = told(MADRID, said)
    assert answer.content.startswith("Prado Museum is a museum for art")
    assert "EUR 15" in answer.content
    [(day, stop)] = [
        it for it in stops(traveller.plan) if it[1].place.id == "prado-museum"
    ]
    planned = f"It is planned on day {day.number} at {clock(stop.arrive)}."
    assert answer.content.endswith(planned)


@pytest.mark.parametrize(
    "said",
    ["how far is the Colosseum from the hotel?", "what's near the hotel?"],
)
def test_a_bed_that_nobody_told_is_not_guessed(said: str) -> None:
    """No other place stands for the hotel."""
    _, answer = told("3 days in Rome from 10 May 2027, art", said)
    assert answer.content.startswith("I don't know where you sleep")


def test_ways_from_where_one_sleeps() -> None:
    """The way is from there, whatever comes before that stop in the plan."""
    _, answer = told(
        "3 days in Paris from 10 May 2027, we stay at Gare du Nord, art",
        "how far is the Louvre from the hotel?",
    )
    assert answer.content.startswith("From Gare du Nord to Louvre Museum it is 2.6 km")


def test_sunset_is_told_by_its_hour() -> None:
    """A plan knows evenings only, so the hour of the sun is said beside it."""
    _, answer = told(
        "2 days in Kyoto from 10 May 2027, art", "put Gion at sunset on day 2"
    )
    assert "sets at 18:49 on Tuesday 11 May 2027" in answer.content
