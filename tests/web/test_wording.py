"""How the pages word trips, spans of time, wishes and a day's hours."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from itinerary_app import language
from itinerary_app.model import (
    Category,
    City,
    Day,
    Diet,
    Mobility,
    Pace,
    Preferences,
    StopKind,
)
from itinerary_app.web import wording
from tests.text.palace import PLACE, STOP

JAIPUR = City("jaipur", "Jaipur", "IN", 26.92, 75.79)


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


def test_the_dates_of_a_trip() -> None:
    """Its first and last day, as far as they are known; else that there are none."""
    first = date(2026, 12, 24)
    dates = [
        wording.trip_dates(Preferences(start_date=start, duration_days=days))
        for start, days in ((first, 3), (first, 1), (first, None), (None, 3))
    ]
    assert dates == [
        "24 – 26 December 2026",
        "24 December 2026",
        "from 24 December 2026",
        "no dates yet",
    ]


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
    assert wording.hours_then(place, christmas_eve, JAIPUR).startswith(expected)


def test_hours_of_a_holiday_that_they_do_not_tell_of() -> None:
    """The usual hours are called so, and the holiday is named."""
    day = Day(1, Pace.MODERATE, (), date=date(2027, 8, 15))
    place = PLACE._replace(hours="Mo-Su 09:00-17:00")
    assert wording.holiday_on(day, JAIPUR).startswith("Independence Day")
    assert wording.hours_then(place, day, JAIPUR).startswith(
        "usually open 09:00–17:00; not known for Independence Day"
    )
    place = PLACE._replace(hours="Mo-Su 09:00-17:00; Aug 15 off")
    assert "not known to open on Sun 15 Aug" in wording.hours_then(place, day, JAIPUR)


def test_no_english_is_left_in_hours_and_holidays() -> None:
    """What holds on holidays is a phrase of ours; a feast by the moon is estimated."""
    place = PLACE._replace(hours='Mo-Su 09:00-18:00; PH "open as usual"')
    feast = Day(1, Pace.MODERATE, (), date=date(2027, 3, 10))
    assert wording.holiday_on(feast, JAIPUR) == "Eid al-Fitr (estimated)"
    told = wording.hours(place)
    assert told == "known hours: daily 09:00–18:00; public holidays open as usual"
    with language.using("de"):
        assert wording.holiday_on(feast, JAIPUR) == "Eid al-Fitr (geschätzt)"
        assert wording.hours(place).endswith("an Feiertagen wie sonst")
        asked = PLACE._replace(hours="Mo-Fr 09:00-17:00; Sa unknown")
        assert wording.hours(asked).endswith("Sa zu unbekannten Zeiten")


def test_hours_of_a_day_without_a_date() -> None:
    """All the known hours, in words."""
    place = PLACE._replace(hours="Mo-Su 09:00-17:00")
    day = Day(1, Pace.MODERATE, ())
    assert wording.hours_then(place, day, JAIPUR) == "known hours: daily 09:00–17:00"


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
        "from Thu 24 Dec 2026",
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
