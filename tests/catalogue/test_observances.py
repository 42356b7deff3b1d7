"""The dates of Ramadan and of Jewish holidays."""

from __future__ import annotations

from datetime import date

import pytest

from itinerary_app.catalogue.observances import feast, is_ramadan, jewish_holiday


@pytest.mark.parametrize(
    ("on", "region", "expected"),
    [
        ("2027-02-07", "EG", ""),
        ("2027-02-08", "EG", "Ramadan"),
        ("2027-03-08", "AE", "Ramadan"),
        ("2027-03-09", "AE", "Eid al-Fitr (estimated)"),
        ("2031-01-10", "MA", "Ramadan"),  # of the month that began in December
        ("2027-02-20", "TR", "Ramadan"),
        ("2027-02-20", "FR", ""),
        (None, "EG", ""),
    ],
)
def test_ramadan_is_told_where_it_shapes_the_days(
    on: str | None, region: str, expected: str
) -> None:
    """From its first day to the feast that ends it, which goes by its own name."""
    day = on and date.fromisoformat(on)
    assert feast(day or None, region) == expected
    assert is_ramadan(day or None, region) == (expected == "Ramadan")


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2027-10-02", "Rosh Hashanah"),
        ("2027-10-03", "Rosh Hashanah"),
        ("2027-10-11", "Yom Kippur"),
        ("2027-10-17", "Sukkot"),  # its second day, kept abroad
        ("2027-10-18", ""),
        ("2027-05-12", ""),  # a holiday in Israel only
    ],
)
def test_jewish_holidays_are_days_without_work(on: str, expected: str) -> None:
    """With their second days, and without Israel's own ones and the days between."""
    assert jewish_holiday(date.fromisoformat(on)) == expected
