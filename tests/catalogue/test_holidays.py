"""Public holidays of the covered cities."""

from __future__ import annotations

from datetime import date

import pytest

from itinerary_app.catalogue.holidays import holiday, region
from itinerary_app.catalogue.places import Catalogue

CATALOGUE = Catalogue()


@pytest.mark.parametrize(
    ("city", "on", "name"),
    [
        ("Paris", "2027-05-01", "Labor Day"),
        ("London", "2026-12-25", "Christmas Day"),
        ("London", "2026-12-28", "Boxing Day (observed)"),
        ("London", "2026-12-26", "Boxing Day"),
        ("London", "2026-11-30", ""),
        ("Edinburgh", "2026-11-30", "Saint Andrew's Day"),
        ("Madrid", "2027-05-02", "Madrid Day"),
        ("Delhi", "2026-08-15", "Independence Day"),
        ("Hong Kong", "2027-03-26", "Good Friday"),
        ("Tokyo", "2026-09-22", "National Holiday"),
        ("Berlin", "2027-06-17", ""),
        ("Athens", "2027-05-02", "Easter Sunday"),
        ("Athens", "2027-03-28", ""),
    ],
)
def test_a_holiday_is_named_in_english(city: str, on: str, name: str) -> None:
    """Also those of a part of the country, and the day itself beside the day off."""
    where = region(CATALOGUE.city(city))
    assert holiday(date.fromisoformat(on), where) == name


@pytest.mark.parametrize("city", [city.name for city in CATALOGUE.cities])
def test_every_city_has_holidays(city: str) -> None:
    """At least six in each of the coming years."""
    where = region(CATALOGUE.city(city))
    for year in (2026, 2027, 2028):
        days = [date.fromordinal(date(year, 1, 1).toordinal() + n) for n in range(365)]
        assert sum(bool(holiday(day, where)) for day in days) >= 6


@pytest.mark.parametrize(
    ("on", "where"), [(None, "IT"), (date(2027, 1, 1), ""), (date(2027, 1, 1), "XX")]
)
def test_where_none_are_known_there_is_none(on: date | None, where: str) -> None:
    """Without a date, or in a country that is not known, no day is a holiday."""
    assert holiday(on, where) == ""
