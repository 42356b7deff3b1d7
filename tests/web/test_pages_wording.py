"""How the pages word times, prices, hours and sources."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from itinerary_app.model import (
    Category,
    Day,
    Diet,
    Mobility,
    Pace,
    Place,
    Preferences,
    Stop,
    StopKind,
)
from itinerary_app.text import words
from itinerary_app.text.credits import source_url
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


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        (None, "hours unknown"),
        ("Mo-Su 09:00-17:00", "open 09:00–17:00 on Thu 24 Dec"),
        ("24/7", "open all day on Thu 24 Dec"),
        ("Fr-We 09:00-17:00", "known hours: Fri–Wed 09:00–17:00; not known to open"),
    ],
)
def test_hours_of_a_dated_day(hours: str | None, expected: str) -> None:
    """A day with a date has that date's hours; what is unknown stays unknown."""
    christmas_eve = Day(1, Pace.MODERATE, (), date=date(2026, 12, 24))
    place = PLACE._replace(hours=hours)
    assert wording.hours_then(place, christmas_eve, "IN").startswith(expected)


def test_hours_of_a_day_without_a_date() -> None:
    """All the known hours, in words."""
    place = PLACE._replace(hours="Mo-Su 09:00-17:00")
    day = Day(1, Pace.MODERATE, ())
    assert wording.hours_then(place, day, "IN") == "known hours: daily 09:00–17:00"


def test_how_long_one_stays() -> None:
    """The usual length, and "here" where it is the place's own."""
    assert wording.stay(STOP) == "usually 1 h 30 min"
    own = STOP._replace(place=PLACE._replace(minutes=90))
    assert wording.stay(own) == "usually 1 h 30 min here"
    assert wording.stay(own._replace(kind=StopKind.LUNCH)) == "usually 1 h 30 min"


def test_tags_tell_all_wishes() -> None:
    """Each in a word or two; what was not told is no tag."""
    assert wording.tags(Preferences(city="Jaipur", duration_days=3)) == []
    told = Preferences(
        pace=Pace.RELAXED,
        avoid=(Category.STREET_FOOD,),
        start_date=date(2026, 12, 24),
        arrive=930,
        depart=660,
        day_start=600,
        day_end=0,
        diets=(Diet.GLUTEN_FREE,),
        mobility=(Mobility.STEP_FREE, Mobility.LESS_WALKING),
        spend_limit=2_000,
    )
    assert wording.tags(told) == [
        "from Thu 24 Dec",
        "arriving 15:30",
        "leaving 11:00",
        "days from 10:00",
        "days until 00:00",
        "relaxed pace",
        "gluten-free",
        "step-free",
        "less walking",
        "admissions up to 2,000",
        "no street food",
    ]
