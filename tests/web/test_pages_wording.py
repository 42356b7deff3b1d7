"""How the pages word times, prices, hours and sources."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from itinerary_app import words
from itinerary_app.model import Category, Place, Preferences, Stop, StopKind
from itinerary_app.sources import source_url
from itinerary_app.web import wording

PLACE = Place(
    id="hawa-mahal",
    name="Hawa Mahal",
    lat=26.9239,
    lon=75.8267,
    category=Category.PALACE,
    interests=(),
    importance=5,
    hours=None,
    price=None,
    currency=None,
    source="Wikidata",
    source_id="Q1345",
    licence="CC0 1.0",
)
STOP = Stop(StopKind.VISIT, 570, 660, 12, "walk", "", PLACE)


def test_clock() -> None:
    """Minutes after midnight are a time of day, past midnight too."""
    assert [words.clock(m) for m in (0, 570, 1439, 1500)] == [
        "00:00",
        "09:30",
        "23:59",
        "01:00",
    ]


def test_lasting() -> None:
    """A length is in hours and minutes, and says only what it has."""
    assert [words.lasting(m) for m in (0, 45, 60, 90)] == [
        "0 min",
        "45 min",
        "1 h",
        "1 h 30 min",
    ]


def test_travel_is_called_estimated() -> None:
    """A travel time never looks like a measured one."""
    assert wording.travel(STOP) == "about 12 min walk (estimated)"


def test_kind() -> None:
    """A meal says which one it is."""
    assert wording.kind(STOP) == "palace"
    assert wording.kind(STOP._replace(kind=StopKind.LUNCH)) == "lunch · palace"


@pytest.mark.parametrize(
    ("hours", "told"),
    [
        (None, "hours unknown"),
        ("24/7", "known hours: always open"),
        ("Mo-Su 09:00-17:00", "known hours: daily 09:00–17:00"),
        (
            "Mo-Th,Sa-Su 10:00-19:00; Fr off",
            "known hours: Mon–Thu, Sat–Sun 10:00–19:00; Fri off",
        ),
    ],
)
def test_hours(hours: str | None, told: str) -> None:
    """Opening hours are words, and unknown ones are called so."""
    assert words.hours(PLACE._replace(hours=hours)) == told


@pytest.mark.parametrize(
    ("price", "currency", "told"),
    [
        (None, None, "price unknown"),
        (0.0, "INR", "free"),
        (1200.0, "INR", "INR 1,200"),
        (12.5, "EUR", "EUR 12.5"),
        (5.0, None, "5"),
    ],
)
def test_price(price: float | None, currency: str | None, told: str) -> None:
    """Free is free, unknown is unknown."""
    assert words.price(PLACE._replace(price=price, currency=currency)) == told


def test_trip_title() -> None:
    """A trip is named by what is known of it."""
    titles = [
        wording.trip_title(Preferences(city=city, duration_days=days))
        for city, days in (("Jaipur", 3), ("Jaipur", 1), ("Jaipur", None), (None, 2))
    ]
    assert titles == [
        "3 days in Jaipur",
        "1 day in Jaipur",
        "A trip to Jaipur",
        "A trip of 2 days",
    ]
    assert wording.trip_title(Preferences()) == "A new trip"


def test_period() -> None:
    """A span is told in the largest unit that is exact and more than one."""
    spans = [timedelta(minutes=m) for m in (1, 60, 90, 120, 1440, 2880)]
    assert [wording.period(span) for span in spans] == [
        "1 minute",
        "60 minutes",
        "90 minutes",
        "2 hours",
        "24 hours",
        "2 days",
    ]


def test_ago() -> None:
    """The last use is told at a glance; a clock that runs behind does no harm."""
    now = datetime(2026, 1, 2, 12, 0, tzinfo=UTC)
    spans = [timedelta(seconds=s) for s in (-5, 30, 60, 7200, 86_400 * 3)]
    assert [wording.ago(now - span, now) for span in spans] == [
        "just now",
        "just now",
        "1 minute ago",
        "2 hours ago",
        "3 days ago",
    ]


@pytest.mark.parametrize(
    ("source_id", "url"),
    [
        ("Q1345", "https://www.wikidata.org/wiki/Q1345"),
        (
            "de.wikivoyage.org/wiki/Bangkok | Q1",
            "https://de.wikivoyage.org/wiki/Bangkok",
        ),
        (
            "https://en.wikivoyage.org/wiki/X#See",
            "https://en.wikivoyage.org/wiki/X#See",
        ),
        ("javascript:alert(1)", None),
        ("12", None),
    ],
)
def test_source_url(source_id: str, url: str | None) -> None:
    """A source's page is linked where the id tells it, and nothing else is."""
    assert source_url(PLACE._replace(source_id=source_id)) == url
