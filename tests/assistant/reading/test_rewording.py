"""Promises about statements in other words: each is the act that it asks for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from itinerary_app.acts.acts import Ask, Replan, SetSpendLimit, Topic
from tests.assistant.reading.said import READER, acts, scene, understood


@pytest.mark.parametrize(
    ("text", "act", "values"),
    [
        ("add something for kids", "add", {"place": {"kind": "family"}}),
        ("vegetarian restaurants only", "set_diet", {"add": ["vegetarian"]}),
        ("only vegan restaurants", "set_diet", {"add": ["vegan"]}),
        ("change the city to Vienna", "set_city", {"city": "Vienna"}),
        ("let's start later on day 2", "set_hours", {"day": 2, "start": "10:00"}),
        ("we'll have a picnic on day 2", "skip_meal", {"meal": "lunch", "day": 2}),
        ("we want a rest day", "clear", {}),
        (
            "find a cheaper restaurant for lunch on day 2",
            "set_meal",
            {"meal": "lunch", "day": 2, "step": -1},
        ),
        (
            "the tickets for the Colosseum are booked for 9:30",
            "set_time",
            {"stop": "colosseum", "time": "09:30"},
        ),
        ("lunch somewhere with soba", "set_meal", {"meal": "lunch", "kind": "soba"}),
        ("day 3 looks empty, add something", "fuller", {"day": 3}),
        ("scrap day 2 and do something chill instead", "calmer", {"day": 2}),
        (
            "I don't like the Pantheon, take something else",
            "swap",
            {"stop": "pantheon"},
        ),
        ("drop the Pantheon and give me something else", "swap", {"stop": "pantheon"}),
        ("I'm not keen on the Pantheon, replace it", "swap", {"stop": "pantheon"}),
    ],
)
def test_it_is_read_whole(text: str, act: str, values: dict[str, Any]) -> None:
    """One act and no words left over; nothing is to be asked for."""
    [found] = acts(text)
    assert found["act"] == act
    assert {name: found.get(name) for name in values} == values
    said = understood(text)
    assert not said.unread
    assert not said.unsure


@pytest.mark.parametrize("text", ["dinner in Trastevere", "lunch near the Pantheon"])
def test_a_meal_near_a_sight_is_offered_from_what_is_there(text: str) -> None:
    """Of no day that was told: the places to eat nearest to it are, each to be chosen
    for that meal.
    """
    [found] = understood(text).acts
    assert isinstance(found, Ask)
    assert found.topic is Topic.NEARBY
    assert found.meal
    assert found.kind == "restaurant"


def test_no_limit_lifts_the_one_that_there_is() -> None:
    """Of spending, where one was set; else the words are told as unread."""
    here = scene("rome")
    assert READER.read("no limit", here).unread
    limited = replace(here, preferences=replace(here.preferences, spend_limit=100))
    assert READER.read("no limit", limited).acts == (SetSpendLimit(),)


def test_something_else_without_what_it_replaces_is_the_plan_anew() -> None:
    """Only beside what goes it is one stop."""
    assert understood("give me something else").acts == (Replan(),)
