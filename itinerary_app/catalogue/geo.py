"""Distances on the globe."""

from __future__ import annotations

import math
from collections.abc import Sequence

EARTH_RADIUS_KM = 6371.0
KM_PER_DEGREE = 111.2  # of latitude
STREETS = 1.3  # times the great circle is the way on foot
WALKING_KM_H = 4.5


def distance_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Great-circle distance by the haversine formula; the points are in degrees."""
    a, b = math.radians(lat), math.radians(other_lat)
    chord = (
        math.sin((a - b) / 2) ** 2
        + math.cos(a) * math.cos(b) * math.sin(math.radians(lon - other_lon) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, chord)))


class Flat:
    """A small part of the globe as a map: km to the right of its middle, and down.

    `wide` and `high` (km) it holds all `points` (latitude and longitude in degrees).
    """

    def __init__(self, points: Sequence[tuple[float, float]]) -> None:
        lats, lons = zip(*(points or [(0.0, 0.0)]), strict=True)
        self._lat, self._lon = (max(lats) + min(lats)) / 2, (max(lons) + min(lons)) / 2
        self._east = KM_PER_DEGREE * math.cos(math.radians(self._lat))
        self.high = (max(lats) - min(lats)) * KM_PER_DEGREE
        self.wide = (max(lons) - min(lons)) * self._east

    def __call__(self, at: tuple[float, float]) -> tuple[float, float]:
        lat, lon = at
        return (lon - self._lon) * self._east, (self._lat - lat) * KM_PER_DEGREE
