"""The time zone of a city; of an imported one, that of the nearest town in GeoNames."""

from __future__ import annotations

import math
from contextlib import suppress
from functools import cache, lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from itinerary_app.catalogue import geonames
from itinerary_app.model import City

FARTHEST = 1.0  # degrees; beyond it a border of zones may lie between


# Of the shipped cities, so that a plan with dates need not load the world's towns.
_SHIPPED = {
    "agra": "Asia/Kolkata",
    "amsterdam": "Europe/Amsterdam",
    "athens": "Europe/Athens",
    "bangkok": "Asia/Bangkok",
    "barcelona": "Europe/Madrid",
    "berlin": "Europe/Berlin",
    "brussels": "Europe/Brussels",
    "budapest": "Europe/Budapest",
    "buenos-aires": "America/Argentina/Buenos_Aires",
    "cairo": "Africa/Cairo",
    "cape-town": "Africa/Johannesburg",
    "chicago": "America/Chicago",
    "copenhagen": "Europe/Copenhagen",
    "delhi": "Asia/Kolkata",
    "dubai": "Asia/Dubai",
    "dublin": "Europe/Dublin",
    "edinburgh": "Europe/London",
    "florence": "Europe/Rome",
    "hong-kong": "Asia/Hong_Kong",
    "istanbul": "Europe/Istanbul",
    "jaipur": "Asia/Kolkata",
    "krakow": "Europe/Warsaw",
    "kyoto": "Asia/Tokyo",
    "lisbon": "Europe/Lisbon",
    "london": "Europe/London",
    "los-angeles": "America/Los_Angeles",
    "madrid": "Europe/Madrid",
    "mexico-city": "America/Mexico_City",
    "milan": "Europe/Rome",
    "mumbai": "Asia/Kolkata",
    "munich": "Europe/Berlin",
    "new-york": "America/New_York",
    "paris": "Europe/Paris",
    "porto": "Europe/Lisbon",
    "prague": "Europe/Prague",
    "rio-de-janeiro": "America/Sao_Paulo",
    "rome": "Europe/Rome",
    "san-francisco": "America/Los_Angeles",
    "seoul": "Asia/Seoul",
    "singapore": "Asia/Singapore",
    "stockholm": "Europe/Stockholm",
    "sydney": "Australia/Sydney",
    "tokyo": "Asia/Tokyo",
    "venice": "Europe/Rome",
    "vienna": "Europe/Vienna",
    "washington": "America/New_York",
}


class _Town(NamedTuple):
    lat: float
    lon: float
    zone: str


@lru_cache(maxsize=1024)
def zone_of(city: City) -> ZoneInfo | None:
    """None where there is no town near by in the same country."""
    if city.id in _SHIPPED:
        return ZoneInfo(_SHIPPED[city.id])
    nearest = min(
        _towns().get(city.country, ()),
        key=lambda town: _degrees(city, town),
        default=None,
    )
    if nearest is None or _degrees(city, nearest) > FARTHEST:
        return None
    with suppress(ZoneInfoNotFoundError):
        return ZoneInfo(nearest.zone)
    return None


def _degrees(city: City, town: _Town) -> float:
    east = (city.lon - town.lon) * math.cos(math.radians(city.lat))
    return math.hypot(city.lat - town.lat, east)


@cache
def _towns() -> dict[str, list[_Town]]:
    """By country."""
    towns: dict[str, list[_Town]] = {}
    for town in geonames.towns():
        towns.setdefault(town["countrycode"], []).append(
            _Town(town["latitude"], town["longitude"], town["timezone"])
        )
    return towns
