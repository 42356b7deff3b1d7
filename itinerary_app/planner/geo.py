"""Distances and estimated travel times between places."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from itinerary_app.model import Place

EARTH_RADIUS_KM = 6371.0
DETOUR = 1.3  # streets are longer than the great circle
WALKING_LIMIT_KM = 1.5  # great-circle; farther than this one rides
WALKING_KM_H = 4.5
RIDING_KM_H = 18.0  # in city traffic
RIDING_OVERHEAD_MINUTES = 8  # waiting, boarding, the last steps


def distance_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Great-circle distance by the haversine formula; the points are in degrees."""
    a, b = math.radians(lat), math.radians(other_lat)
    chord = (
        math.sin((a - b) / 2) ** 2
        + math.cos(a) * math.cos(b) * math.sin(math.radians(lon - other_lon) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, chord)))


def travel_minutes(places: Sequence[Place]) -> NDArray[np.int64]:
    """Estimated whole minutes between all pairs: 0 to itself, else at least 1."""
    rows = [[travel(one, other)[0] for other in places] for one in places]
    minutes = np.array(rows, dtype=np.int64)
    np.fill_diagonal(minutes, 0)
    return minutes


def travel(origin: Place, target: Place) -> tuple[int, str]:
    """Estimated minutes and the mode, "walk" or "ride", from one to the other."""
    return _travel(origin.lat, origin.lon, target.lat, target.lon)


@lru_cache(maxsize=65536)
def _travel(lat: float, lon: float, to_lat: float, to_lon: float) -> tuple[int, str]:
    km = distance_km(lat, lon, to_lat, to_lon)
    if km < WALKING_LIMIT_KM:
        return max(1, math.ceil(km * DETOUR / WALKING_KM_H * 60)), "walk"
    return math.ceil(km * DETOUR / RIDING_KM_H * 60 + RIDING_OVERHEAD_MINUTES), "ride"
