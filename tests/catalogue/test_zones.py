"""The time zone of a city is found by where it lies."""

from __future__ import annotations

import pytest

from itinerary_app.catalogue.places import Catalogue
from itinerary_app.catalogue.zones import zone_of
from itinerary_app.model import City

ZONES = {
    "jaipur": "Asia/Kolkata",
    "hong-kong": "Asia/Hong_Kong",
    "dubai": "Asia/Dubai",
    "edinburgh": "Europe/London",
    "porto": "Europe/Lisbon",
    "new-york": "America/New_York",
    "chicago": "America/Chicago",
    "washington": "America/New_York",
    "los-angeles": "America/Los_Angeles",
    "mexico-city": "America/Mexico_City",
    "rio-de-janeiro": "America/Sao_Paulo",
    "buenos-aires": "America/Argentina/Buenos_Aires",
    "cape-town": "Africa/Johannesburg",
    "sydney": "Australia/Sydney",
}
CITIES = {city.id: city for city in Catalogue().cities}


@pytest.mark.parametrize(("city", "zone"), ZONES.items())
def test_the_zone_is_the_citys(city: str, zone: str) -> None:
    """Cities have their own zone, whatever GeoNames calls them."""
    assert str(zone_of(CITIES[city])) == zone


def test_every_covered_city_has_a_zone() -> None:
    """No shipped city has floating times."""
    assert [city.id for city in CITIES.values() if zone_of(city) is None] == []


@pytest.mark.parametrize("country", ["XX", "FR"])
def test_far_from_all_towns_there_is_none(country: str) -> None:
    """No zone is guessed for a country or a spot without towns."""
    assert zone_of(City("nemo", "Nemo", country, -48.9, -123.4)) is None
