"""Promises about cities that we have no places for: they are named, never replaced."""

from __future__ import annotations

import pytest

from itinerary_app.acts.acts import Ask
from itinerary_app.assistant.answers import answer
from tests.assistant.answers.asking import session
from tests.assistant.reading.said import acts, scene, understood


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("3 days in Seville", "Sevilla, Spain"),
        ("Paris, Texas for 2 days", "Paris, Texas"),
        ("Springfield, 3 days", "several cities called Springfield"),
    ],
)
def test_it_is_said_that_there_are_no_places(text: str, told: str) -> None:
    """The answer names the city, and no other is taken in its stead."""
    found = understood(text, None)
    assert not [it for it in acts(text, None) if it["act"] == "set_city"]
    [asked] = [it for it in found.acts if isinstance(it, Ask)]
    new = scene(None)
    assert told in answer(asked, new, session(new)).text


def test_where_somebody_lives_is_no_goal() -> None:
    """A city without places beside one that has them changes nothing."""
    found = acts("3 days in Rome, my sister lives in Seville", None)
    assert {"act": "set_city", "city": "Rome"} in found
