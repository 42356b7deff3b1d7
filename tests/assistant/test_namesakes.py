"""In a trip, names of its city's places are places, though other cities have them."""

from __future__ import annotations

from functools import cache

import pytest

from itinerary_app.model import TripSession
from tests.assistant.planned import NEW
from tests.assistant.talk import ASSISTANT, Traveller


@cache
def planned(city: str) -> TripSession:
    return Traveller(f"2 days in {city}, culture, moderate").session


@pytest.mark.parametrize(
    ("city", "text"),
    [
        ("New York", "add Washington Square Park"),
        ("New York", "let's visit washington square"),
        ("New York", "start day 2 at 10 and visit Washington Square Park"),
        ("New York", "switch lunch for Little Italy"),
        ("New York", "swap the first stop for Little Italy"),
        ("New York", "actually, we want Italian food"),
        ("New York", "my wife Florence would rather have fewer museums"),
        ("New York", "visit the New York Public Library instead"),
        ("New York", "switch to a new park"),
        ("New York", "change day 2 to the old parts and ports"),
        ("New York", "add the Brussels sprouts restaurant"),
        ("New York", "actually we are from Italy"),
        ("Los Angeles", "add the Venice Beach boardwalk"),
        ("Los Angeles", "let's visit the venice canals on day 2"),
        ("Los Angeles", "go to Little Tokyo"),
        ("Prague", "add Milan Kundera museum"),
        ("Prague", "visit the Milan Kundera museum"),
        ("Mexico City", "visit Roma"),
        ("Mexico City", "swap the first stop for Arena Mexico"),
        ("Budapest", "visit the new york cafe"),
        ("Porto", "let's go to Galerias de Paris"),
        ("Porto", "we'd rather have Porto wine than Vienna sausages"),
    ],
)
def test_a_place_is_no_city(city: str, text: str) -> None:
    """Places, dishes, first names and origins neither switch the city nor ask to."""
    reply = ASSISTANT.reply(planned(city), text)
    assert "city" not in reply.preferences
    assert "Shall" not in reply.text
    assert "no places for" not in reply.text


@pytest.mark.parametrize(
    ("city", "text", "other"),
    [
        ("New York", "go to Washington instead", "Washington"),
        ("New York", "plan DC instead", "Washington"),
        ("New York", "Paris!", "Paris"),
        ("New York", "let's do 2 days in LA", "Los Angeles"),
        ("New York", "make it Pragu", "Prague"),
        ("Los Angeles", "Tokyo instead", "Tokyo"),
        ("Los Angeles", "go to Venice instead", "Venice"),
        ("Mexico City", "go to Rome instead", "Rome"),
        ("Budapest", "plan New York instead", "New York"),
        ("Porto", "a trip to Paris, France instead", "Paris"),
    ],
)
def test_a_city_is_still_one(city: str, text: str, other: str) -> None:
    """Who asks for another city gets it, though places here bear its name."""
    assert ASSISTANT.reply(planned(city), text).preferences["city"] == other


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("3 days in Los Angeles with Venice Beach, food", "Los Angeles"),
        ("Venice Beach in Los Angeles, 2 days, food", "Los Angeles"),
        ("New York, Washington Square and Little Italy, 2 days, food", "New York"),
        ("the Milan Kundera museum in Prague, 2 days, food", "Prague"),
    ],
)
def test_one_city_with_its_places(text: str, city: str) -> None:
    """Before there is a plan, too, a city's place is no second city."""
    reply = ASSISTANT.reply(NEW, text)
    assert reply.preferences["city"] == city
    assert "trip of its own" not in reply.text
