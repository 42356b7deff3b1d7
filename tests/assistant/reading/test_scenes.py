"""Promises about the cities that a message may speak of."""

from __future__ import annotations

import pytest

from itinerary_app.assistant.reading import scenes
from tests.assistant.reading.said import scene


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("3 days london", {"London"}),
        ("a week in NYC and Paris", {"New York", "Paris"}),
        ("somewhere sunny", set()),
        ("4 days in Barcelna, then Viena", {"Barcelona", "Vienna"}),
    ],
)
def test_a_city_is_named_in_any_case(said: str, named: set[str]) -> None:
    """And by what people call it; a part of a word names none."""
    assert {it.name for it in scenes.cities(said, scene(None))} == named
