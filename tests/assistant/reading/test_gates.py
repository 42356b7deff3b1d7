"""Airports and stations that are named beside a flight or a train."""

from __future__ import annotations

import pytest

from itinerary_app.assistant.reading.gates import Gate, taken
from itinerary_app.catalogue.places import Catalogue

CATALOGUE = Catalogue()


@pytest.mark.parametrize(
    ("city", "said", "left", "gate"),
    [
        ("Paris", "we land at CDG at 11:40", "we land at 11:40", Gate("CDG", True)),
        ("Paris", "landing at cdg 11:40", "landing 11:40", Gate("cdg", True)),
        (
            "Rome",
            "our train leaves Termini at 13:00",
            "our train leaves at 13:00",
            Gate("Termini", False),
        ),
        (
            "Rome",
            "flight home from Ciampino at 16:30",
            "flight home at 16:30",
            Gate("Ciampino", False),
        ),
        (
            "London",
            "we arrive into St Pancras at 10",
            "we arrive at 10",
            Gate("St Pancras", True),
        ),
        (
            "Rome",
            "we land at Foobar airport at 9",
            "we land at 9",
            Gate("Foobar airport", True),
        ),
    ],
)
def test_a_named_one_is_taken(city: str, said: str, left: str, gate: Gate) -> None:
    """Known or not, so that the plan can say that it does not know it."""
    assert taken(said, [CATALOGUE.city(city)]) == (left, [gate])


@pytest.mark.parametrize(
    ("city", "said"),
    [
        ("London", "we love Victoria and Waterloo"),
        ("Rome", "a room near Termini"),
        ("Paris", "we land at 11:40 and mad about art"),
    ],
)
def test_others_stay_where_they_are(city: str, said: str) -> None:
    """Without a flight or a train a name is a name."""
    assert taken(said, [CATALOGUE.city(city)]) == (said, [])
