"""Travel times by a routing server: OSRM or Valhalla, walks and rides.

`osrm+http://host:5000` asks `/table/v1/{foot,driving}/…`, `valhalla+https://host` asks
`/sources_to_targets` with the costings pedestrian and auto. Where each profile has a
server of its own, "{profile}" in the URL stands for its name.
"""

from __future__ import annotations

import json
import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any, Protocol
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import numpy as np
from numpy.typing import NDArray

from itinerary_app.errors import ConfigurationError
from itinerary_app.model import Mobility
from itinerary_app.planner.ways.travel import (
    RIDING_OVERHEAD_MINUTES,
    Estimates,
    Points,
    Spot,
    TravelTimes,
    Ways,
    approached,
    distances_km,
    street_ends,
    walking_limit_km,
)

logger = logging.getLogger(__name__)

BLOCK = 50  # points each way: what both servers allow by default
PAUSE = 60.0  # seconds of estimates after a failure, which is logged once
MOST_KEPT = 1_000  # blocks
MOST_BYTES = 50_000_000  # of an answer
BAD_ANSWERS = (OSError, ValueError, KeyError, TypeError)

Minutes = NDArray[np.float64]  # NaN where there is no way


class Client(Protocol):
    """How one kind of server is asked; raises one of BAD_ANSWERS."""

    name: str

    def minutes(self, walking: bool, origins: Points, targets: Points) -> Minutes: ...


def open_travel_times(
    url: str, *, timeout: float = 5.0, clock: Callable[[], float] = time.monotonic
) -> TravelTimes:
    """The server of this URL, or estimates for none; `timeout` in seconds."""
    if not url:
        return Estimates()
    kind, _, address = url.partition("+")
    client = KINDS.get(kind)
    if client is None or urlsplit(address).scheme not in ("http", "https"):
        raise ConfigurationError(
            "ROUTING_URL must begin with osrm+http://, osrm+https://, valhalla+http:// "
            f"or valhalla+https://, not {url!r}."
        )
    return Routing(client(address.rstrip("/"), timeout), clock)


class Osrm:
    name = "OSRM"

    def __init__(self, address: str, timeout: float) -> None:
        self._address, self._timeout = address, timeout

    def minutes(self, walking: bool, origins: Points, targets: Points) -> Minutes:
        profile = "foot" if walking else "driving"
        points = ";".join(f"{lon:.6f},{lat:.6f}" for lat, lon in (*origins, *targets))
        first = ";".join(map(str, range(len(origins))))
        last = ";".join(str(len(origins) + i) for i in range(len(targets)))
        answer = _asked(
            f"{_at(self._address, profile)}/table/v1/{profile}/{points}"
            f"?annotations=duration&sources={first}&destinations={last}",
            self._timeout,
        )
        if answer["code"] != "Ok":
            raise ValueError(f"OSRM says {answer['code']!r}.")
        return _minutes(answer["durations"], len(origins), len(targets))


class Valhalla:
    name = "Valhalla"

    def __init__(self, address: str, timeout: float) -> None:
        self._address, self._timeout = address, timeout

    def minutes(self, walking: bool, origins: Points, targets: Points) -> Minutes:
        profile = "pedestrian" if walking else "auto"
        question = {
            "costing": profile,
            "sources": [{"lat": lat, "lon": lon} for lat, lon in origins],
            "targets": [{"lat": lat, "lon": lon} for lat, lon in targets],
        }
        answer = _asked(
            f"{_at(self._address, profile)}/sources_to_targets", self._timeout, question
        )
        rows = [[way["time"] for way in row] for row in answer["sources_to_targets"]]
        return _minutes(rows, len(origins), len(targets))


KINDS: dict[str, Callable[[str, float], Client]] = {
    "osrm": Osrm,
    "valhalla": Valhalla,
}


class Routing:
    """Ways by a server, kept in memory; estimates while it does not answer."""

    def __init__(self, client: Client, clock: Callable[[], float]) -> None:
        self._client, self._clock = client, clock
        self._estimates = Estimates()
        self._kept: OrderedDict[tuple[bool, Points, Points], Minutes] = OrderedDict()
        self._lock = threading.Lock()
        self._silent_until = float("-inf")

    def ways(self, spots: Sequence[Spot], mobility: Sequence[Mobility]) -> Ways:
        estimated = self._estimates.ways(spots, mobility)
        ends = street_ends(spots)
        if self._clock() < self._silent_until:
            return estimated
        try:
            on_foot, riding = self._matrix(True, *ends), self._matrix(False, *ends)
        except BAD_ANSWERS as exc:
            self._silent_until = self._clock() + PAUSE
            logger.warning("Travel times are estimated: %s: %s", self._client.name, exc)
            return estimated
        limit = walking_limit_km(mobility)
        walked = distances_km(*ends) < limit
        streets = np.where(walked, on_foot, riding + RIDING_OVERHEAD_MINUTES)
        unknown = np.isnan(streets)
        minutes, modes = approached(spots, np.where(unknown, 0, streets), walked, limit)
        minutes[unknown] = estimated.matrix(spots, spots)[unknown]
        return Ways(spots, minutes, modes, self._client.name)

    def _matrix(self, walking: bool, origins: Points, targets: Points) -> Minutes:
        return np.vstack(
            [
                np.hstack([self._block(walking, a, b) for b in _blocks(targets)])
                for a in _blocks(origins)
            ]
        )

    def _block(self, walking: bool, origins: Points, targets: Points) -> Minutes:
        """A part of a matrix: of another base only the last ones are others."""
        key = walking, origins, targets
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        block = self._client.minutes(walking, origins, targets)
        with self._lock:
            self._kept[key] = block
            if len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return block


def _blocks(points: Points) -> list[Points]:
    return [points[i : i + BLOCK] for i in range(0, len(points), BLOCK)]


def _at(address: str, profile: str) -> str:
    return address.replace("{profile}", profile)


def _asked(url: str, timeout: float, question: object = None) -> Any:
    data = None if question is None else json.dumps(question).encode()
    headers = {"User-Agent": "itinerary_app", "Content-Type": "application/json"}
    request = Request(url, data, headers)  # noqa: S310  # its scheme was looked at
    with urlopen(request, timeout=timeout) as answer:  # noqa: S310
        return json.loads(answer.read(MOST_BYTES))


def _minutes(rows: Any, height: int, width: int) -> Minutes:
    """Minutes from rows of seconds in which None is no way."""
    seconds = np.array(rows, dtype=np.float64)
    if seconds.shape != (height, width) or np.any(seconds < 0):
        raise ValueError(f"a matrix of {seconds.shape}, not of {(height, width)}.")
    return seconds / 60
