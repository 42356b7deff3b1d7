"""How long it takes between places, and whether one walks or rides."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from itinerary_app.catalogue.geo import EARTH_RADIUS_KM, STREETS, WALKING_KM_H
from itinerary_app.model import Mobility

WALKING_LIMIT_KM = 1.5  # great-circle; farther than this one rides
SHORT_WALK_KM = 0.6  # the same for those who would rather not walk
RIDING_KM_H = 18.0  # in city traffic
CITY_KM = 10.0  # of a ride; the rest is on fast roads or rails
FAST_KM_H = 45.0
RIDING_OVERHEAD_MINUTES = 8  # waiting, boarding, the last steps

Points = tuple[tuple[float, float], ...]  # latitude and longitude in degrees


class Spot(Protocol):
    """What ways lead to: a place, or where a day begins or ends."""

    @property
    def id(self) -> str: ...

    @property
    def lat(self) -> float: ...

    @property
    def lon(self) -> float: ...


class Hop(NamedTuple):
    """The way from one place to the next; at least a minute, unless it is none."""

    minutes: int
    mode: str  # "walk" or "ride"


class Ways:
    """The ways between these spots; `source` names who measured them, if not us."""

    def __init__(
        self,
        spots: Sequence[Spot],
        minutes: NDArray[np.int64],
        walked: NDArray[np.bool_],
        source: str | None = None,
    ) -> None:
        self._index = {spot.id: i for i, spot in enumerate(spots)}
        self._minutes = minutes
        self._rows: list[list[int]] = minutes.tolist()
        self._walked: list[list[bool]] = walked.tolist()
        self.source = source

    def minutes(self, origin: Spot, target: Spot) -> int:
        return self._rows[self._index[origin.id]][self._index[target.id]]

    def hop(self, origin: Spot, target: Spot) -> Hop:
        one, other = self._index[origin.id], self._index[target.id]
        mode = "walk" if self._walked[one][other] else "ride"
        return Hop(self._rows[one][other], mode)

    def matrix(
        self, origins: Sequence[Spot], targets: Sequence[Spot]
    ) -> NDArray[np.int64]:
        """The minutes from each of `origins` to each of `targets`."""
        rows = [self._index[spot.id] for spot in origins]
        columns = [self._index[spot.id] for spot in targets]
        return self._minutes[np.ix_(rows, columns)]


class TravelTimes(Protocol):
    """Who knows the ways of a city. Never fails: where it must, it estimates."""

    def ways(self, spots: Sequence[Spot], mobility: Sequence[Mobility]) -> Ways: ...


class Estimates:
    """Ways by the great circle and ordinary speeds."""

    def ways(self, spots: Sequence[Spot], mobility: Sequence[Mobility]) -> Ways:
        points = tuple((spot.lat, spot.lon) for spot in spots)
        minutes, walked = _estimated(points, walking_limit_km(mobility))
        return Ways(spots, minutes, walked)


def walking_limit_km(mobility: Sequence[Mobility]) -> float:
    """The great-circle distance from which on one rides."""
    spares = Mobility.LESS_WALKING in mobility
    return SHORT_WALK_KM if spares else WALKING_LIMIT_KM


def distances_km(points: Points) -> NDArray[np.float64]:
    """Great-circle distances between all pairs."""
    lat, lon = np.radians(np.array(points, dtype=np.float64).reshape(-1, 2)).T
    chord = (
        np.sin((lat[:, None] - lat) / 2) ** 2
        + np.cos(lat[:, None]) * np.cos(lat) * np.sin((lon[:, None] - lon) / 2) ** 2
    )
    km: NDArray[np.float64] = (
        2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(1, chord)))
    )
    return km


@lru_cache(maxsize=64)
def _estimated(
    points: Points, limit_km: float
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    km = distances_km(points)
    walked = km < limit_km
    on_foot = km * STREETS / WALKING_KM_H * 60
    slow = np.minimum(km * STREETS, CITY_KM)
    hours = slow / RIDING_KM_H + (km * STREETS - slow) / FAST_KM_H
    riding = hours * 60 + RIDING_OVERHEAD_MINUTES
    return whole_minutes(np.where(walked, on_foot, riding)), walked


def whole_minutes(minutes: NDArray[np.float64]) -> NDArray[np.int64]:
    """Rounded up: 0 from a place to itself, else at least 1."""
    whole = np.maximum(1, np.ceil(minutes)).astype(np.int64)
    np.fill_diagonal(whole, 0)
    return whole
