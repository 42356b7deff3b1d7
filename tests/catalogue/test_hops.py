"""Ways between cities: those of the table as it has them, the others estimated."""

from __future__ import annotations

import csv
from importlib.resources import files
from itertools import combinations

from itinerary_app.catalogue.geo import distance_km
from itinerary_app.catalogue.hops import hop
from itinerary_app.catalogue.places import Catalogue
from itinerary_app.model import City
from itinerary_app.text.words import MODES

CITIES = Catalogue().shipped
BY_ID = {city.id: city for city in CITIES}
FASTEST_KM_H = {"train": 300, "land": 120, "road": 100, "ferry": 60, "flight": 900}


def test_each_row_is_of_two_shipped_cities_once() -> None:
    """A way is known by cities that there are, and is told one way only."""
    text = (files("itinerary_app") / "data" / "hops.csv").read_text("utf-8")
    pairs = [
        frozenset((it["from"], it["to"])) for it in csv.DictReader(text.splitlines())
    ]
    assert len(pairs) == len(set(pairs)) >= 60
    assert all(len(pair) == 2 and pair <= BY_ID.keys() for pair in pairs)
    for pair in pairs:
        assert hop(*(BY_ID[it] for it in sorted(pair))).known


def test_no_way_is_quicker_than_can_be() -> None:
    """Between all shipped cities a way has a mode and takes as long as it must."""
    for one, other in combinations(CITIES, 2):
        way = hop(one, other)
        km = distance_km(one.lat, one.lon, other.lat, other.lon)
        assert way.mode in MODES
        assert way.minutes >= km / FASTEST_KM_H[way.mode] * 60
        assert way == hop(other, one)
        if way.mode == "flight":
            assert way.minutes >= 240


def test_a_near_city_on_the_same_land_is_reached_by_land() -> None:
    """Unknown ways: over land when near, by plane over the sea and when far."""
    lyon = City("lyon", "Lyon", "FR", 45.76, 4.84, 30)
    reykjavik = City("reykjavik", "Reykjavik", "IS", 64.15, -21.94, 30)
    assert hop(BY_ID["milan"], lyon).mode == "land"
    assert not hop(BY_ID["milan"], lyon).known
    assert hop(BY_ID["dublin"], reykjavik).mode == "flight"
    assert hop(BY_ID["athens"], lyon).mode == "flight"
