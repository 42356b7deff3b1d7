"""Dates as people read them."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from itinerary_app.text import dates

EVE = date(2026, 12, 24)


def test_a_day_is_said_in_full_or_briefly() -> None:
    """The weekday, the day, the month; the year where it may be another one."""
    assert dates.in_words(EVE) == "Thursday 24 December 2026"
    assert dates.briefly(EVE) == "Thu 24 Dec"
    assert dates.briefly(date(2027, 1, 3)) == "Sun 3 Jan"


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (EVE, "24 December 2026"),
        (date(2026, 12, 26), "24 – 26 December 2026"),
        (date(2027, 1, 2), "24 December 2026 – 2 January 2027"),
        (date(2027, 12, 24), "24 December 2026 – 24 December 2027"),
    ],
)
def test_a_span_says_once_what_both_dates_have(last: date, expected: str) -> None:
    """Month and year stand twice only where they differ."""
    assert dates.span(EVE, last) == expected


def test_a_span_over_two_months_of_a_year() -> None:
    """Both months stand, the year once, though the days have one number."""
    assert dates.span(date(2026, 9, 3), date(2026, 10, 3)) == (
        "3 September – 3 October 2026"
    )


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (EVE, "Thursday 24 December 2026"),
        (date(2026, 12, 26), "Thursday 24 December to Saturday 26 December 2026"),
        (date(2027, 1, 2), "Thursday 24 December 2026 to Saturday 2 January 2027"),
    ],
)
def test_a_span_in_a_sentence_has_weekdays(last: date, expected: str) -> None:
    """From the first to the last, the year once if it is the same."""
    assert dates.from_to(EVE, last) == expected


def test_an_instant_is_in_utc() -> None:
    """Whatever the zone of the instant, the date and time are UTC's, and say so."""
    east = timezone(timedelta(hours=9))
    at = datetime(2026, 12, 25, 3, 5, tzinfo=east)
    assert dates.instant(at) == "24 December 2026, 18:05 UTC"
