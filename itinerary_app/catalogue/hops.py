"""Ways from one city to another: known ones from a table, the others estimated.

The table is editorial, from memory: what a traveller usually takes and about how long
it lasts from the middle of one city to that of the other, with the ways to stations
and airports and the time that one must be there before.
"""

from __future__ import annotations

import csv
import io
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from itinerary_app.catalogue import continents
from itinerary_app.catalogue.geo import distance_km
from itinerary_app.errors import ConfigurationError
from itinerary_app.model import City

COLUMNS = ("from", "to", "mode", "minutes")
LAND_KM = 450  # beyond it a flight is quicker, with all that goes with it
ROADS = 1.25  # times the great circle is the way by rail or road
LAND_KM_H = 85
TO_STATIONS = 40  # minutes, in both cities together
FLIGHT_KM_H = 800
AIRPORTS = 180  # minutes, in both cities together
CLIMB = 30  # minutes that a flight takes besides its distance
GRAIN = 5  # minutes; no estimate is finer
# Countries from which no land leads to others of their continent, or not to all parts.
_ISLANDS = frozenset(
    "AU BH BS BB CU CV CY DO FJ GB HT ID IE IS JM JP KM LC LK MG MT MU MV NZ PH PR SC "
    "SG TL TT TW".split()
)


class Hop(NamedTuple):
    mode: str  # as text/words.py has them
    minutes: int  # from centre to centre
    known: bool  # from the table


def hop(one: City, other: City) -> Hop:
    """The way between two cities, which is as long in both directions."""
    if known := _known().get(frozenset((one.id, other.id))):
        return known
    km = distance_km(one.lat, one.lon, other.lat, other.lon)
    if km <= LAND_KM and _by_land(one, other):
        return Hop("land", _rounded(TO_STATIONS + km * ROADS / LAND_KM_H * 60), False)
    return Hop("flight", _rounded(AIRPORTS + CLIMB + km / FLIGHT_KM_H * 60), False)


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
        frozenset((row["from"], row["to"])): Hop(row["mode"], int(row["minutes"]), True)
        for row in reader
    }
