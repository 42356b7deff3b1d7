"""Countries, their parts and continents, with the covered cities in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from itinerary_app.catalogue import continents, countries
from itinerary_app.catalogue.spelling import plain
from itinerary_app.model import City

_CONTINENTS = {plain(name): name for name in continents.NAMES.values()}
# Larger than a country, by its countries.
_WIDER = {
    "scandinavia": ("Scandinavia", "DK SE NO"),
    "benelux": ("the Benelux countries", "BE NL LU"),
    "middle east": ("the Middle East", "AE TR EG IL JO LB OM QA SA KW BH IQ IR SY YE"),
    "southeast asia": ("Southeast Asia", "SG TH VN ID MY PH KH LA MM BN TL"),
    "south east asia": ("Southeast Asia", "SG TH VN ID MY PH KH LA MM BN TL"),
    "latin america": (
        "Latin America",
        "MX BR AR CL PE CO EC BO PY UY VE CR PA GT HN SV NI CU DO",
    ),
}
# Parts of countries, by cities; GeoNames tells such parts of the United States only.
_PARTS = {
    "england": ("London",),
    "scotland": ("Edinburgh",),
    "california": ("San Francisco", "Los Angeles"),
    "illinois": ("Chicago",),
    "tuscany": ("Florence",),
    "lombardy": ("Milan",),
    "veneto": ("Venice",),
    "bavaria": ("Munich",),
    "catalonia": ("Barcelona",),
    "rajasthan": ("Jaipur",),
    "maharashtra": ("Mumbai",),
    "new south wales": ("Sydney",),
}
_USUAL = {
    "usa": "US",
    "america": "US",
    "the states": "US",
    "uk": "GB",
    "britain": "GB",
    "great britain": "GB",
    "holland": "NL",
    "netherlands": "NL",
    "czech republic": "CZ",
    "korea": "KR",
    "uae": "AE",
    "emirates": "AE",
    "turkiye": "TR",
}
_WITH_THE = ("United ", "Czech R", "Netherlands", "Philippines", "Maldives", "Bahamas")


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the world by the name that stands behind "in", and what we have there.

    A country that is a city too, as Singapore is, is none.
    """

    name: str
    cities: tuple[City, ...]


def named(flat: str, covered: Sequence[City]) -> Region | None:
    """The region of this plain name."""
    if continent := _CONTINENTS.get(flat):
        own = [city for city in covered if continents.name(city) == continent]
        return Region(continent, tuple(own))
    if flat in _WIDER:
        name, codes = _WIDER[flat]
        return Region(name, _in(codes.split(), covered))
    if flat in _PARTS:
        own = [city for city in covered if city.name in _PARTS[flat]]
        return Region(flat.title(), tuple(own))
    code = _USUAL.get(flat) or countries.codes().get(flat)
    if code is None or any(plain(city.name) == flat for city in covered):
        return None
    name = countries.names()[code].removeprefix("The ")
    the = "the " if name.startswith(_WITH_THE) else ""
    return Region(f"{the}{name}", _in([code], covered))


def _in(codes: Sequence[str], covered: Sequence[City]) -> tuple[City, ...]:
    return tuple(city for city in covered if city.country in codes)
