"""How long it takes between places, and whether one walks or rides."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import permutations
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from itinerary_app.catalogue.geo import EARTH_RADIUS_KM, STREETS, WALKING_KM_H
from itinerary_app.model import Approach, Mobility, Way

WALKING_LIMIT_KM = 1.5  # great-circle; farther than this one rides
SHORT_WALK_KM = 0.6  # the same for those who would rather not walk
RIDING_KM_H = 18.0  # in city traffic
CITY_KM = 10.0  # of a ride; the rest is on fast roads or rails
FAST_KM_H = 45.0
RIDING_OVERHEAD_MINUTES = 8  # waiting, boarding, the last steps

Point = tuple[float, float]  # latitude and longitude in degrees
Points = tuple[Point, ...]
Km = NDArray[np.float64]


class Spot(Protocol):
    """What ways lead to: a place, or where a day begins or ends."""

    @property
    def id(self) -> str: ...

    @property
    def lat(self) -> float: ...

    @property
    def lon(self) -> float: ...

    @property
    def approach(self) -> Approach | None: ...


MODES = ("ride", "walk", Way.FERRY, Way.TRAIN, Way.BUS, Way.ROAD)
# Of two places with the same pier: no ferry goes between them.
SAME_SHORE_KM, SAME_SHORE_MINUTES = 6.0, 8
SAME_HILL_KM = 0.35  # between two places up a climb: one is at the top already


class Hop(NamedTuple):
    """The way from one place to the next; at least a minute, unless it is none."""

    minutes: int
    mode: str  # of MODES


class Ways:
    """The ways between these spots; `source` names who measured them, if not us."""

    def __init__(
        self,
        spots: Sequence[Spot],
        minutes: NDArray[np.int64],
        modes: NDArray[np.int8],
        source: str | None = None,
    ) -> None:
        """`modes` are positions in MODES."""
        self._index = {spot.id: i for i, spot in enumerate(spots)}
        self._minutes = minutes
        self._rows: list[list[int]] = minutes.tolist()
        self._modes: list[list[int]] = modes.tolist()
        self.source = source

    def minutes(self, origin: Spot, target: Spot) -> int:
        return self._rows[self._index[origin.id]][self._index[target.id]]

    def hop(self, origin: Spot, target: Spot) -> Hop:
        one, other = self._index[origin.id], self._index[target.id]
        return Hop(self._rows[one][other], MODES[self._modes[one][other]])

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
        limit = walking_limit_km(mobility)
        minutes, walked = _estimated(*street_ends(spots), limit)
        return Ways(spots, *approached(spots, minutes, walked, limit))


def walking_limit_km(mobility: Sequence[Mobility]) -> float:
    """The great-circle distance from which on one rides."""
    spares = Mobility.LESS_WALKING in mobility
    return SHORT_WALK_KM if spares else WALKING_LIMIT_KM


def street_ends(spots: Sequence[Spot]) -> tuple[Points, Points]:
    """Where the streets from each spot begin, and where those to it end."""
    own = [(spot.lat, spot.lon) for spot in spots]
    ways = [spot.approach for spot in spots]
    there = [(way and way.start) or it for way, it in zip(ways, own, strict=True)]
    back = [(way and way.end) or it for way, it in zip(ways, there, strict=True)]
    return tuple(back), tuple(there)


def approached(
    spots: Sequence[Spot],
    streets: NDArray[np.float64],
    walked: NDArray[np.bool_],
    limit_km: float,
) -> tuple[NDArray[np.int64], NDArray[np.int8]]:
    """The minutes in whole, and the modes, with what is no street at either end."""
    minutes, modes = streets.copy(), walked.astype(np.int8)
    reached = [
        (i, spot, way)
        for i, spot in enumerate(spots)
        if (way := spot.approach) and way.way is not Way.WALK
    ]
    for i, _, way in reached:
        minutes[:, i] += way.minutes
        if way.way is not Way.CLIMB:
            minutes[i, :] += way.minutes
            modes[i, :] = modes[:, i] = MODES.index(way.way)
    for (i, one, way), (j, other, its) in permutations(reached, 2):
        here, there = (one.lat, one.lon), (other.lat, other.lon)
        if _is_over_there(way, its, here, there):
            direct, on_foot = _estimated((here,), (there,), limit_km)
            minutes[i, j], modes[i, j] = direct[0, 0], on_foot[0, 0]
    return whole_minutes(minutes), modes


def _is_over_there(one: Approach, other: Approach, here: Point, there: Point) -> bool:
    """Whether who is at the one has the ferry or the climb to the other behind them."""
    if one.way is Way.CLIMB and other.way is Way.CLIMB:
        most = SAME_HILL_KM
    elif one.start is not None and one.start == other.start:
        most = SAME_SHORE_KM
    else:
        return False
    if abs(one.minutes - other.minutes) > SAME_SHORE_MINUTES:
        return False
    return bool(distances_km((here,), (there,))[0, 0] <= most)


def distances_km(origins: Points, targets: Points) -> NDArray[np.float64]:
    """Great-circle distances from each of `origins` to each of `targets`."""
    lat, lon = _radians(origins)
    to_lat, to_lon = _radians(targets)
    chord = (
        np.sin((lat[:, None] - to_lat) / 2) ** 2
        + np.cos(lat[:, None])
        * np.cos(to_lat)
        * np.sin((lon[:, None] - to_lon) / 2) ** 2
    )
    km: NDArray[np.float64] = (
        2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(1, chord)))
    )
    return km


def _radians(points: Points) -> NDArray[np.float64]:
    found: NDArray[np.float64] = np.radians(
        np.array(points, dtype=np.float64).reshape(-1, 2)
    ).T
    return found


@lru_cache(maxsize=64)
def _estimated(
    origins: Points, targets: Points, limit_km: float
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    km = distances_km(origins, targets)
    walked = km < limit_km
    return np.where(walked, _on_foot(km), _riding(km)), walked


def _on_foot(km: Km) -> Km:
    return km * STREETS / WALKING_KM_H * 60


def _riding(km: Km) -> Km:
    slow = np.minimum(km * STREETS, CITY_KM)
    hours = slow / RIDING_KM_H + (km * STREETS - slow) / FAST_KM_H
    return hours * 60 + RIDING_OVERHEAD_MINUTES


def whole_minutes(minutes: NDArray[np.float64]) -> NDArray[np.int64]:
    """Rounded up: 0 from a place to itself, else at least 1."""
    whole = np.maximum(1, np.ceil(minutes)).astype(np.int64)
    np.fill_diagonal(whole, 0)
    return whole
