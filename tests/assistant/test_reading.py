"""Days, interests, pace, budget and what to avoid, out of free English."""

from __future__ import annotations

from typing import Any

import pytest

from itinerary_app.assistant.wishreading import read
from itinerary_app.model import Preferences


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("3 days in jaipur", 3),
        ("three days", 3),
        ("a 5-day trip", 5),
        ("four-day holiday", 4),
        ("jaipur 3d", 3),
        ("a long weekend in singapore", 3),
        ("weekend in rome", 2),
        ("two weeks", 14),
        ("a week in tokyo", 7),
        ("for one week", 7),
        ("a fortnight", 14),
        ("10 nights", 10),
        ("three and a half days", 4),
        ("paris for a couple of days", 2),
        ("a few days", 3),
        ("twenty-one days", 21),
        ("thirty days", 30),
        ("just a day in london", 1),
        ("a day trip", 1),
        ("from mon to thu", 4),
        ("friday until sunday", 3),
        ("no, 4 days", 4),
        ("not 3 days, 4 days", 4),
        ("make it 4 days", 4),
        ("3", 3),
        ("five", 5),
        ("maybe 6", 6),
        ("0 days", 0),
        ("-3 days", -3),
        ("400 days", 400),
        ("a year", 365),
        ("for two full days", 2),
        ("48 hours in bangkok", 2),
        ("3 days and 2 nights", 3),
        ("a week and a half", 11),
        ("4 days in tokyo in two weeks", 4),
        ("from the 3rd to the 7th", 5),
        ("3-7 may", 5),
        ("with my 2 year old", None),
        # what counts something else
        ("two stops a day please", None),
        ("make day 2 more relaxed", None),
        ("we are 4 people", None),
        ("2 kids and a dog", None),
        ("the second day", None),
        ("day 3", None),
        ("every day", None),
        ("i have a dream", None),
    ],
)
def test_days(text: str, days: int | None) -> None:
    """The length of the trip is read from any phrasing, and from nothing else."""
    assert read(text, Preferences()).days == days


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("add a day", 4),
        ("one more day", 4),
        ("two more days", 5),
        ("an extra day please", 4),
        ("one day less", 2),
        ("a day shorter", 2),
        ("drop a day", 2),
        ("7", None),
    ],
)
def test_days_more_or_less(text: str, days: int | None) -> None:
    """With a length known, more and less are counted from it; bare numbers are not."""
    assert read(text, Preferences(duration_days=3)).days == days


@pytest.mark.parametrize(
    ("text", "likes"),
    [
        ("we love food and culture", {"food", "culture"}),
        ("history buffs", {"history"}),
        ("street food!", {"food"}),
        ("travelling with kids", {"family"}),
        ("two toddlers", {"family"}),
        ("temples and shrines", {"religion"}),
        ("beaches and hiking", {"nature"}),
        ("bars and clubs", {"nightlife"}),
        ("galleries, modern art", {"art"}),
        ("palaces", {"history", "architecture"}),
        ("great views at sunset", {"views"}),
        ("shopping for souvenirs", {"shopping"}),
        ("bazaars", {"shopping"}),
        ("cycling, adventure", {"adventure"}),
        ("don't miss the museums", {"culture"}),
        ("not only food but also art", {"food", "art"}),
        ("no museums but nature", {"nature"}),
        ("food, no nightlife", {"food"}),
        ("barcelona", set()),
        ("start on monday", set()),
        ("i don't care about food", set()),
    ],
)
def test_interests(text: str, likes: set[str]) -> None:
    """Interests are read by their many names, and not where they are denied."""
    assert set(read(text, Preferences()).likes) == likes


@pytest.mark.parametrize(
    ("text", "avoid"),
    [
        ("no museums", {"museum", "gallery"}),
        ("no temples, shrines or museums", {"temple", "shrine", "museum", "gallery"}),
        ("anything but temples", {"temple", "shrine"}),
        ("museums are boring", {"museum", "gallery"}),
        ("I don't mind museums".lower(), set()),
        ("please no churches or temples", {"church", "temple", "shrine"}),
        ("we hate shopping", {"shopping"}),
        ("skip the markets", {"market"}),
        ("without bars", {"bar"}),
        ("museums, no galleries", {"gallery"}),
        ("we love museums", set()),
        ("no rush", set()),
        ("no idea", set()),
    ],
)
def test_avoid(text: str, avoid: set[str]) -> None:
    """Kinds of places that are denied are avoided."""
    assert set(read(text, Preferences()).avoid) == avoid


@pytest.mark.parametrize(
    ("text", "pace"),
    [
        ("relaxed", "relaxed"),
        ("slow mornings", "relaxed"),
        ("take it easy", "relaxed"),
        ("not too packed", "relaxed"),
        ("nothing hectic", "relaxed"),
        ("no rush", "relaxed"),
        ("chill trip", "relaxed"),
        ("we want to see everything", "packed"),
        ("action-packed", "packed"),
        ("as much as possible", "packed"),
        ("moderate pace", "moderate"),
        ("not too slow", "moderate"),
        ("moderate budget", None),
        ("food", None),
        ("moderate", "moderate"),
    ],
)
def test_pace(text: str, pace: str | None) -> None:
    """The pace is read with its negations, and not taken from the budget."""
    assert read(text, Preferences()).pace == pace


@pytest.mark.parametrize(
    ("text", "budget"),
    [
        ("cheap", "low"),
        ("on a budget", "low"),
        ("shoestring trip", "low"),
        ("backpacking", "low"),
        ("nothing expensive", "low"),
        ("not too expensive", "low"),
        ("luxury", "high"),
        ("money is no object", "high"),
        ("let's splurge", "high"),
        ("mid-range", "moderate"),
        ("moderate budget", "moderate"),
        ("average prices", "moderate"),
        ("moderate pace", None),
        ("food", None),
    ],
)
def test_budget(text: str, budget: str | None) -> None:
    """The budget is read with its negations, and not taken from the pace."""
    assert read(text, Preferences()).budget == budget


@pytest.mark.parametrize(
    ("told", "text", "expected"),
    [
        ({"pace": "packed"}, "more relaxed", {"pace": "moderate"}),
        ({"pace": "moderate"}, "slower please", {"pace": "relaxed"}),
        ({"pace": "relaxed"}, "busier", {"pace": "moderate"}),
        ({"city": "Rome", "budget": "moderate"}, "cheaper", {"budget": "low"}),
        ({"city": "Rome"}, "something fancier", {"budget": "high"}),
        ({"pace": "packed"}, "moderate", {"budget": "moderate"}),
    ],
)
def test_steps(told: dict[str, Any], text: str, expected: dict[str, str]) -> None:
    """Comparatives go one step from what was told."""
    reading = read(text, Preferences.from_dict(told))
    for name, value in expected.items():
        assert getattr(reading, name) == value
