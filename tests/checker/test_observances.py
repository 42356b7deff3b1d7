"""Religious days, by the checker's own reading of what hours say of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from itinerary_app.checker import Verdict
from itinerary_app.checker.hours import Openness, is_open
from itinerary_app.model import City
from tests.checker.toytown import CITY, ITINERARY, Case

RAMADAN, AFTER = date(2027, 2, 15), date(2027, 4, 15)
CAIRO = City("cairo", "Cairo", "EG", 30.0, 31.2)
KITCHEN = 'Mo-Su 12:00-23:00 open "by day not known in Ramadan"; PH off'
MUSEUM = 'Mo-Su 09:00-17:00 open "may close early in Ramadan"'


@pytest.mark.parametrize(
    ("hours", "on", "stay", "expected"),
    [
        (KITCHEN, RAMADAN, (780, 840), Openness.UNKNOWN),
        (KITCHEN, RAMADAN, (1140, 1200), Openness.YES),
        (KITCHEN, RAMADAN, (660, 700), Openness.NO),
        (KITCHEN, AFTER, (780, 840), Openness.YES),
        (MUSEUM, RAMADAN, (600, 720), Openness.YES),
        (MUSEUM, RAMADAN, (900, 960), Openness.UNKNOWN),
        (MUSEUM, AFTER, (900, 960), Openness.YES),
    ],
)
def test_usual_hours_do_not_hold_in_ramadan(
    hours: str, on: date, stay: tuple[int, int], expected: Openness
) -> None:
    """Kitchens are known after sunset, sights until three; closed stays closed."""
    assert is_open(hours, on, *stay, "EG", CAIRO) is expected


@pytest.mark.parametrize(
    ("told", "on", "expected"),
    [
        ("closed on Jewish holidays", date(2027, 4, 22), Openness.NO),
        ("closed on Jewish holidays", date(2027, 4, 26), Openness.YES),
        (
            "closed on Rosh Hashanah and Yom Kippur",
            date(2027, 10, 11),
            Openness.NO,
        ),
        (
            "closed on Rosh Hashanah and Yom Kippur",
            date(2027, 4, 22),
            Openness.YES,
        ),
    ],
)
def test_jewish_holidays_close(told: str, on: date, expected: Openness) -> None:
    """Those that the hours name, and no others."""
    hours = f'Mo-Su 09:00-17:00 open "{told}"'
    assert is_open(hours, on, 600, 660, "CZ") is expected


def on(first: date, country: str) -> Case:
    """The good plan, from that date on, in a city of that country."""
    days = tuple(
        replace(day, date=first + timedelta(i)) for i, day in enumerate(ITINERARY.days)
    )
    there = replace(ITINERARY, city=CITY._replace(country=country), days=days)
    return Case(there).asked(start_date=first)


def test_a_museum_on_yom_kippur_is_found_out() -> None:
    """Planned for a day on which it says that it is closed."""
    fault = on(date(2027, 10, 11), "CZ").known(
        "museum", hours='Mo-Su 09:00-18:00 open "closed on Jewish holidays"'
    )
    [finding] = fault.checks()["open"].findings
    assert "Museum: closed on Mon 11 Oct" in finding.words


def test_a_lunch_in_ramadan_is_not_called_open() -> None:
    """It is remarked with the reason; with dinner after sunset nothing is wrong."""
    plan = on(RAMADAN, "EG")
    for place in ("bistro", "grill"):
        plan = plan.known(place, hours=KITCHEN)
    check = plan.checks()["open"]
    remarks = [it.words for it in check.remarks]
    assert remarks == [
        "Day 1, Bistro: its hours do not tell of Mon 15 Feb, in Ramadan."
    ]
    assert check.verdict is not Verdict.OK


def test_a_mosque_at_friday_prayers_is_found_out() -> None:
    """Of a mosque of otherwise unknown hours it is known when none may enter."""
    hours = 'Mo-Su unknown "not at prayer times"; Fr 11:30-14:30 off "Friday prayers"'
    friday, thursday = date(2027, 6, 4), date(2027, 6, 3)
    assert is_open(hours, friday, 720, 765, "TR") is Openness.NO
    assert is_open(hours, friday, 600, 645, "TR") is Openness.UNKNOWN
    assert is_open(hours, thursday, 720, 765, "TR") is Openness.UNKNOWN
    fault = on(friday, "TR").known("museum", hours=hours).at("museum", "11:00", "12:00")
    assert "open" in fault.broken()
