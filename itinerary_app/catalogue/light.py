"""When the sun is up in a city, in its own time, by the package `astral`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import lru_cache

from astral import Observer
from astral.sun import sunrise, sunset

from itinerary_app.catalogue.zones import zone_of
from itinerary_app.model import City

DAY = 24 * 60
# Days that are tried: where the package finds no sunrise, its neighbours will do.
_NEIGHBOURS = (0, -1, 1)


@lru_cache(maxsize=4096)
def daylight(city: City, on: date | None) -> tuple[int, int] | None:
    """Sunrise and sunset in minutes after midnight, the latter perhaps past 1440.

    None without a date, where the time zone is unknown, and where the sun stays up or
    down.
    """
    if on is None:
        return None
    rises, sets = _minute(sunrise, city, on), _minute(sunset, city, on)
    if rises is None or sets is None:
        return None
    return rises, sets if sets > rises else sets + DAY


def _minute(event: Callable[..., datetime], city: City, on: date) -> int | None:
    zone = zone_of(city)
    if zone is None:
        return None
    for days in _NEIGHBOURS:
        try:
            at = event(Observer(city.lat, city.lon), on + timedelta(days), tzinfo=zone)
        except ValueError:
            continue
        return at.hour * 60 + at.minute
    return None
