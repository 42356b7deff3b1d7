"""Preferences: what JSON may say, and that it comes back as it was said."""

from __future__ import annotations

from typing import Any

import pytest

from itinerary_app.errors import InvalidInput
from itinerary_app.model import Leg, PlanRequest, Preferences, StopKind

ALL_NEW: dict[str, Any] = {
    "city": "Rome",
    "duration_days": 3,
    "adults": 2,
    "children": 0,
    "legs": [{"city": "Rome", "nights": 3}, {"city": "Florence"}],
    "at_most": [{"museum": 1}, {"gelato": 0}],
    "no_more": ["church"],
    "times": [{"colosseum": "10:00"}],
    "stays": [{"colosseum": 90}],
    "skipped": ["lunch"],
    "meal_times": [{"dinner": "21:00"}],
    "notes": [{"colosseum": "meet Ann at gate 3"}],
    "base": "Hotel Sole",
    "bases": [
        {"where": "Oltrarno", "city": "Florence"},
        {"where": "Monti", "city": "Rome", "night": -1},
        {"where": "Prati", "city": "Rome", "night": 2, "nights": 1},
    ],
    "depart_there": True,
}


def test_what_is_wished_comes_back_as_json() -> None:
    """Each wish is written as it was read; what is open is left out."""
    assert Preferences.from_dict(ALL_NEW).to_dict() == ALL_NEW
    assert Preferences().to_dict() == {}


def test_null_forgets_a_wish() -> None:
    """A patch with null takes a wish back, whatever its kind."""
    wishes = Preferences.from_dict(ALL_NEW)
    assert wishes.merged(dict.fromkeys(ALL_NEW)) == Preferences()


def test_a_key_that_comes_twice_has_its_last_value() -> None:
    """The newest time of a stop is the one that counts."""
    found = Preferences.from_dict({"times": [{"a": "10:00"}, {"a": "11:30"}]})
    assert found.times == (("a", 690),)


@pytest.mark.parametrize(
    "wrong",
    [
        {"adults": -1},
        {"children": True},
        {"legs": [{"city": "Rome", "days": 3}]},
        {"legs": [{"nights": 3}]},
        {"at_most": {"museum": 1}},
        {"at_most": [{"museum": 1, "church": 2}]},
        {"no_more": "church"},
        {"times": [{"colosseum": "10"}]},
        {"stays": [{"colosseum": 0}]},
        {"skipped": ["visit"]},
        {"meal_times": [{"breakfast": "09:00"}]},
        {"notes": [{"colosseum": "x" * 501}]},
        {"base": ""},
        {"bases": [{"where": "Monti"}]},
        {"bases": [{"where": "Monti", "city": "Rome", "night": 0}]},
        {"bases": [{"where": "Monti", "city": "Rome", "until": 2}]},
    ],
)
def test_a_wrong_value_names_its_field(wrong: dict[str, Any]) -> None:
    """What cannot be is refused, with the name of the field."""
    [field] = wrong
    with pytest.raises(InvalidInput) as refusal:
        Preferences.from_dict(wrong)
    assert refusal.value.field == field


def test_a_request_has_the_wishes_that_a_plan_can_keep() -> None:
    """Whatever a plan is to keep is in its request; notes and people are not."""
    request = PlanRequest.from_preferences(Preferences.from_dict(ALL_NEW))
    assert request is not None
    assert request.times == (("colosseum", 600),)
    assert request.meal_times == ((StopKind.DINNER, 1260),)
    assert not hasattr(request, "notes")
    assert Preferences.from_dict(ALL_NEW).legs[1] == Leg("Florence")
