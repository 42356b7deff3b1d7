"""Overpass: a server that is asked, politely, for the places of a city."""

from __future__ import annotations

import fcntl
import gzip
import http.client
import logging
import math
import os
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from shutil import copyfileobj
from typing import BinaryIO, cast

import ijson

from itinerary_app.catalogue.geo import KM_PER_DEGREE
from itinerary_app.errors import SourceUnavailable
from itinerary_app.imports.osm_kinds import KINDS, Kind
from itinerary_app.model import City
from itinerary_app.text.words import counted

logger = logging.getLogger(__name__)

USER_AGENT = "itinerary_app/0.1 (flask places fetch)"
ANSWER_WITHIN = 180  # seconds that the server may think
SILENCE = 200.0  # seconds without a byte; then the connection is given up
ATTEMPTS = 4
PAUSES = (15.0, 30.0, 60.0)  # seconds, where the server says nothing itself
LONGEST_PAUSE = 300.0  # seconds; who is asked to wait longer gives up
BUSY = (429, 502, 503, 504)
FRESH = 7 * 86_400  # seconds that a kept answer is used
FARTHEST_KM = 25.0  # from the centre: beyond, servers run out of memory or time


@dataclass(frozen=True, slots=True)
class Fetched:
    path: Path
    age: float | None  # seconds if it was kept from before; None: asked for just now


class Overpass:
    """The server at `url`; its answers are kept in `folder`, one file a city."""

    def __init__(
        self,
        url: str,
        folder: Path,
        *,
        sleep: Callable[[float], object] = time.sleep,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._url = url
        self._folder = folder
        self._sleep = sleep
        self._clock = clock

    def fetch(self, city: City, *, fresh: bool = False) -> Fetched:
        """The answer for the city, from before unless that is old or not wanted.

        SourceUnavailable if the server doesn't give a whole one.
        """
        path = self._folder / f"{city.id}.json"
        if not fresh and path.exists():
            age = max(0.0, self._clock() - path.stat().st_mtime)
            if age < FRESH:
                return Fetched(path, age)
        with self._alone():
            self._ask(query(city), path)
        return Fetched(path, None)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One request at a time, of all processes that share the folder."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with (self._folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _ask(self, text: str, path: Path) -> None:
        """Ask until there is a whole answer, and put it where it is kept."""
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return self._download(text, path)
            except urllib.error.HTTPError as exc:
                pause = _pause(exc, attempt, self._clock())
                if exc.code not in BUSY:
                    raise SourceUnavailable(
                        f"The Overpass server refused the query (HTTP {exc.code})."
                    ) from exc
                if attempt == ATTEMPTS or pause > LONGEST_PAUSE:
                    asked = counted(attempt, "time")
                    raise SourceUnavailable(
                        f"The Overpass server is busy (HTTP {exc.code}, asked {asked})."
                        " Try again later, or set OVERPASS_URL."
                    ) from exc
                logger.info("Overpass is busy (%d): waiting %.0f s.", exc.code, pause)
                self._sleep(pause)
            except (OSError, http.client.HTTPException) as exc:
                raise SourceUnavailable(
                    f"The Overpass server is away ({exc}); check OVERPASS_URL."
                ) from exc
        raise AssertionError("unreachable")

    def _download(self, text: str, path: Path) -> None:
        request = urllib.request.Request(  # noqa: S310  # http(s) only, by config.py
            self._url,
            data=urllib.parse.urlencode({"data": text}).encode(),
            headers={"User-Agent": USER_AGENT, "Accept-Encoding": "gzip"},
        )
        handle, name = tempfile.mkstemp(dir=self._folder, suffix=".part")
        try:
            with (
                os.fdopen(handle, "wb") as file,
                urllib.request.urlopen(request, timeout=SILENCE) as response,  # noqa: S310
            ):
                packed = response.headers.get("Content-Encoding") == "gzip"
                body = gzip.GzipFile(fileobj=response) if packed else response
                copyfileobj(cast(BinaryIO, body), file)
            _verify(Path(name))
            os.replace(name, path)
        finally:
            Path(name).unlink(missing_ok=True)


def query(city: City) -> str:
    """Overpass QL for all that we have a kind for, in a square around the centre."""
    north = min(city.radius_km, FARTHEST_KM) / KM_PER_DEGREE
    east = north / math.cos(math.radians(city.lat))
    box = (city.lat - north, city.lon - east, city.lat + north, city.lon + east)
    asked = [
        'nwr["tourism"="attraction"]["name"];',
        'nwr["amenity"="place_of_worship"]["name"];',
    ]
    for key, kinds in KINDS.items():
        asked += _asked(key, kinds)
    bounds = ",".join(f"{degrees:.4f}" for degrees in box)
    head = f"[out:json][timeout:{ANSWER_WITHIN}][bbox:{bounds}];"
    return "\n".join((head, "(", *asked, ");", "out center tags qt;"))


def _asked(key: str, kinds: dict[str, Kind]) -> Iterator[str]:
    for notable in (False, True):
        values = "|".join(
            v for v, kind in kinds.items() if kind.only_notable is notable
        )
        known = '["wikidata"]' if notable else ""
        if values:
            yield f'nwr["{key}"~"^({values})$"]["name"]{known};'


def _pause(exc: urllib.error.HTTPError, attempt: int, now: float) -> float:
    """Seconds to wait: what the server asks for, else longer each time."""
    told = exc.headers.get("Retry-After", "")
    if told.isdecimal():
        return float(told)
    try:
        return max(0.0, parsedate_to_datetime(told).timestamp() - now)
    except ValueError:
        return PAUSES[min(attempt, len(PAUSES)) - 1]


def _verify(path: Path) -> None:
    """SourceUnavailable unless this is a whole answer: those that ran out of time
    or memory are sent with status 200, cut short, and say so in a remark.
    """
    keys, remark = set(), ""
    with path.open("rb") as file:
        try:
            for prefix, event, value in ijson.parse(file):
                if prefix == "" and event == "map_key":
                    keys.add(value)
                elif prefix == "remark":
                    remark = str(value)
        except (ijson.JSONError, UnicodeDecodeError) as exc:
            raise SourceUnavailable(
                "The Overpass server's answer is no JSON. Check OVERPASS_URL."
            ) from exc
    if "elements" not in keys:
        raise SourceUnavailable("The Overpass server's answer has no elements.")
    if "error" in remark:
        raise SourceUnavailable(f"The Overpass server gave up: {remark}")
