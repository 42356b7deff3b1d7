"""Ways from one city to another: known ones from a table, the others estimated.

The table is editorial, from memory: what a traveller usually takes and about how long
it lasts from the middle of one city to that of the other, with the ways to stations
and airports and the time that one must be there before. Stations are named in it where
they are not those that most use.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from itinerary_app.catalogue import continents
from itinerary_app.catalogue.gateways import gateways
from itinerary_app.catalogue.geo import distance_km
from itinerary_app.errors import ConfigurationError
from itinerary_app.model import Anchor, AnchorKind, City

COLUMNS = ("from", "to", "mode", "minutes", "from_at", "to_at")
LAND_KM = 450  # beyond it a flight is quicker, with all that goes with it
ROADS = 1.25  # times the great circle is the way by rail or road
LAND_KM_H = 85
TO_STATIONS = 40  # minutes, in both cities together
FLIGHT_KM_H = 780
AIRPORTS = 270  # minutes, in both cities together, with the ways to them
CLIMB = 35  # minutes that a flight takes besides its distance
GRAIN = 5  # minutes; no estimate is finer
FASTEST_KM_H = 230  # of a train between its stations, by the great circle
_GATES = {
    "flight": AnchorKind.AIRPORT,
    "train": AnchorKind.STATION,
    "ferry": AnchorKind.PORT,
}
# Countries from which no land leads to others of their continent, or not to all parts.
_ISLANDS = frozenset(
    "AU BH BS BB CU CV CY DO FJ GB HT ID IE IS JM JP KM LC LK MG MT MU MV NZ PH PR SC "
    "SG TL TT TW".split()
)


class Hop(NamedTuple):
    mode: str  # as text/words.py has them
    minutes: int  # from centre to centre
    known: bool  # from the table
    at: tuple[tuple[str, str], ...] = ()  # the stations by the ids of their cities

    def gate(self, city: City) -> Anchor | None:
        """The station, airport or port in one of its cities; None if we know none."""
        named, kind = dict(self.at).get(city.id), _GATES.get(self.mode)
        of_kind = [it.anchor for it in gateways(city) if it.anchor.kind is kind]
        return next((it for it in of_kind if named in (None, it.name)), None)


def hop(one: City, other: City) -> Hop:
    """The way between two cities, which is as long in both directions."""
    if known := _known().get(frozenset((one.id, other.id))):
        return known
    km = distance_km(one.lat, one.lon, other.lat, other.lon)
    if km <= LAND_KM and _by_land(one, other):
        return Hop("land", _rounded(TO_STATIONS + km * ROADS / LAND_KM_H * 60), False)
    return Hop("flight", _rounded(AIRPORTS + CLIMB + km / FLIGHT_KM_H * 60), False)


def least_minutes(way: Hop, one: Anchor, other: Anchor) -> int:
    """What it takes at least from one gateway to another."""
    km = distance_km(one.lat, one.lon, other.lat, other.lon)
    if way.mode == "flight":
        return _rounded(CLIMB + km / FLIGHT_KM_H * 60)
    return _rounded(km / FASTEST_KM_H * 60)


def _by_land(one: City, other: City) -> bool:
    if one.country == other.country:
        return True
    if {one.country, other.country} & _ISLANDS:
        return False
    return continents.name(one) == continents.name(other)


def _rounded(minutes: float) -> int:
    return round(minutes / GRAIN) * GRAIN


@cache
def _known() -> dict[frozenset[str], Hop]:
    text = (files("itinerary_app") / "data" / "hops.csv").read_text("utf-8")
    reader = csv.DictReader(io.StringIO(text, newline=""))
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise ConfigurationError(f"hops.csv: the columns must be {','.join(COLUMNS)}.")
    return {
        frozenset((row["from"], row["to"])): Hop(
            row["mode"], int(row["minutes"]), True, tuple(_stations(row))
        )
        for row in reader
    }


def _stations(row: dict[str, str]) -> Iterator[tuple[str, str]]:
    for end in ("from", "to"):
        if name := row[f"{end}_at"]:
            yield row[end], name
