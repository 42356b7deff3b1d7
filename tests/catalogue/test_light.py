"""Sunrise and sunset in the covered cities."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from itinerary_app.catalogue.light import daylight
from itinerary_app.catalogue.places import Catalogue
from itinerary_app.model import City

CATALOGUE = Catalogue()
MIDSUMMER, CHRISTMAS = date(2027, 6, 21), date(2026, 12, 25)


@pytest.mark.parametrize(
    ("city", "on", "rises", "sets"),
    [
        ("Stockholm", CHRISTMAS, (8, 45), (14, 50)),
        ("Stockholm", MIDSUMMER, (3, 31), (22, 7)),
        ("Singapore", CHRISTMAS, (7, 3), (19, 6)),
        ("San Francisco", CHRISTMAS, (7, 23), (16, 56)),
        ("Sydney", CHRISTMAS, (5, 44), (20, 6)),
    ],
)
def test_the_sun_keeps_the_citys_time(
    city: str, on: date, rises: tuple[int, int], sets: tuple[int, int]
) -> None:
    """Within three minutes of what almanacs say, summer time included."""
    found = daylight(CATALOGUE.city(city), on)
    assert found is not None
    for told, (hour, minute) in zip(found, (rises, sets), strict=True):
        assert abs(told - hour * 60 - minute) <= 3


@pytest.mark.parametrize("city", [city.name for city in CATALOGUE.cities])
def test_no_day_of_the_year_is_missing(city: str) -> None:
    """Each day has its light, changing by a few minutes, or an hour with the clocks."""
    days = [date(2027, 1, 1) + timedelta(days) for days in range(365)]
    found = [daylight(CATALOGUE.city(city), day) for day in days]
    lights = [it for it in found if it is not None]
    assert len(lights) == 365
    for one, other in pairwise(lights):
        assert max(abs(one[0] - other[0]), abs(one[1] - other[1])) <= 66


def test_where_the_sun_does_not_set_nothing_is_told() -> None:
    """North of the polar circle there is no sunset in June, and no day without date."""
    tromso = City("tromso", "Tromsø", "NO", 69.65, 18.96)
    assert daylight(tromso, MIDSUMMER) is None
    assert daylight(tromso, date(2027, 3, 21)) is not None
    assert daylight(tromso, None) is None


def test_without_a_time_zone_nothing_is_told() -> None:
    """Far from all towns the clock on the wall is not known."""
    nemo = City("nemo", "Nemo", "XX", -48.9, -123.4)
    assert daylight(nemo, CHRISTMAS) is None
