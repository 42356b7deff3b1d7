"""The checker's own reading of opening hours."""

from __future__ import annotations

from datetime import date

import pytest

from itinerary_app.checker.hours import Openness, is_always_open, is_open, opens, times
from itinerary_app.model import City

THURSDAY = date(2026, 7, 9)


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        ("24/7", "all day"),
        ("Mo-Su 00:00-24:00", "all day"),
        ("09:00-18:00", "09:00–18:00"),
        ("09:00-13:00,15:00-18:00", "09:00–13:00, 15:00–18:00"),
        ('09:00-12:00 open "hall", 12:00-18:00 open "garden"', "09:00–18:00"),
        ('09:00-12:00 "ask", 12:00-18:00', "12:00–18:00"),
        ("10:00-12:00,18:00+", "10:00–12:00"),
        ("18:00-02:00", "18:00–02:00"),
        ("10:00-24:00", "10:00–24:00"),
        ("Fr-We 09:00-18:00", ""),
        ("We 20:00-04:00", ""),
        ("09:00-18:00 unknown", ""),
    ],
)
def test_the_times_of_a_date_in_words(hours: str, expected: str) -> None:
    """What a traveller reads for that Thursday."""
    assert times(hours, THURSDAY) == expected


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        ("09:00-18:00", True),
        ("18:00-05:00", True),
        ("We 18:00-06:00", False),  # ends when Thursday begins
        ("We 18:00-06:01", True),
        ("Fr 05:00-10:00", False),  # Friday's early morning
        ("24/7; Th off", False),
        ("Fr 06:00-10:00", False),
        ("off", False),
    ],
)
def test_a_night_belongs_to_the_day_before(hours: str, expected: bool) -> None:
    """A day runs from six to six, without what opens after its midnight."""
    assert opens(hours, THURSDAY) is expected


@pytest.mark.parametrize(
    ("hours", "arrive", "leave", "expected"),
    [
        ("09:00-18:00", 540, 1080, Openness.YES),
        ("09:00-18:00", 539, 600, Openness.NO),
        ("09:00-18:00", 1000, 1081, Openness.NO),
        ("18:00-02:00", 1200, 1560, Openness.YES),
        ("18:00-02:00", 1200, 1561, Openness.NO),
        ("09:00-18:00 unknown", 600, 660, Openness.UNKNOWN),
        ("09:00-12:00; 12:00-18:00 unknown", 1000, 1100, Openness.NO),
        ("no syntax", 600, 660, Openness.UNKNOWN),
    ],
)
def test_open_all_the_time_of_a_stay(
    hours: str, arrive: int, leave: int, expected: Openness
) -> None:
    """To the minute; what the hours leave open stays open."""
    assert is_open(hours, THURSDAY, arrive, leave) is expected


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        ("09:00-18:00", Openness.YES),
        ("Mo-Fr 09:00-18:00", Openness.YES),
        ("Mo-Fr 09:00-18:00; Sa 14:00-18:00", Openness.NO),
        ("Su 09:00-18:00; Mo-Sa 11:30-18:00", Openness.NO),
        ("Apr-Sep 09:00-18:00; Oct-Mar 13:00-18:00", Openness.NO),
        ("Apr-Sep 09:00-18:00", Openness.YES),
        ("Nov 20-Dec 23 09:00-18:00", Openness.NO),
        ("09:00-18:00; Dec 24 09:00-11:00", Openness.YES),
        ("Su[1] 09:00-18:00", Openness.NO),
        ("2027 09:00-18:00", Openness.UNKNOWN),
        ("Tu-Su 05:00-18:00", Openness.YES),
        ("off", Openness.NO),
        ("10:00-12:00 unknown", Openness.UNKNOWN),
        ("Mo-Fr 09:00-18:00; Sa 08:00-09:00, Sa 09:00-18:00 unknown", Openness.UNKNOWN),
    ],
)
def test_without_dates_every_open_weekday_counts(
    hours: str, expected: Openness
) -> None:
    """From 11 to 12, whichever day of winter or summer it will be."""
    answer, when = is_always_open(hours, 660, 720)
    assert answer is expected
    if answer is Openness.YES:
        assert when is None


def test_without_dates_the_bad_weekday_is_named() -> None:
    """The first on which one would stand before a closed door, and in which season."""
    hours = "Mo-Fr 09:00-18:00; Sa 14:00-18:00; Jul Th 13:00-18:00"
    assert is_always_open(hours, 660, 720)[1] == date(2026, 1, 3)  # a Saturday
    assert is_always_open(hours, 840, 900) == (Openness.YES, None)
    summer = "Mo-Fr 09:00-18:00; Jul Th 13:00-18:00"
    assert is_always_open(summer, 660, 720)[1] == date(2026, 7, 2)  # a Thursday


@pytest.mark.parametrize(("country", "expected"), [("FR", False), ("XX", True)])
def test_public_holidays_are_the_country_s(country: str, expected: bool) -> None:
    """14 July is a holiday in France; where holidays are unknown there are none."""
    hours = "09:00-18:00; PH off"
    assert opens(hours, date(2026, 7, 14), country) is expected
    assert opens(hours, date(2026, 7, 15), country)


def test_the_sun_is_that_of_the_city() -> None:
    """Around sunrise and sunset nobody is sure, and without a city at no time."""
    stockholm = City("stockholm", "Stockholm", "SE", 59.33, 18.07)
    hours, december = "sunrise-sunset", date(2026, 12, 5)
    assert is_open(hours, december, 600, 840, "SE", stockholm) is Openness.YES
    assert is_open(hours, december, 900, 960, "SE", stockholm) is Openness.NO
    assert is_open(hours, december, 840, 889, "SE", stockholm) is Openness.UNKNOWN
    assert is_open(hours, december, 600, 840, "SE") is Openness.UNKNOWN


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        ("18:00+", Openness.UNKNOWN),
        ("Mo-Fr 10:00-16:00, Th 19:00+", Openness.UNKNOWN),
        ("Mo-We 17:00+; Th 17:00-23:00", Openness.YES),
        ("12:00-18:00,20:00+", Openness.NO),
    ],
)
def test_nobody_knows_how_long_an_open_end_is(hours: str, expected: Openness) -> None:
    """From its beginning on: so says the standard."""
    assert is_open(hours, THURSDAY, 1170, 1230) is expected
