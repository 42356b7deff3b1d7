"""Ways between cities: from gateway to gateway, with the time that those take."""

from __future__ import annotations

import csv
from importlib.resources import files

import pytest

from itinerary_app.catalogue.gateways import gateways
from itinerary_app.catalogue.places import Catalogue
from itinerary_app.model import CHECKING_IN, COMING_OUT, City, PlanRequest, Transfer
from itinerary_app.planner.tour.transfers import EARLIEST, Town, ready_after, transfer

CATALOGUE = Catalogue()
HOPS = list(
    csv.DictReader(
        (files("itinerary_app") / "data" / "hops.csv").read_text("utf-8").splitlines()
    )
)


def town(name: str) -> Town:
    return Town(CATALOGUE.city(name), CATALOGUE.places(name))


def way(one: str, other: str) -> Transfer:
    return transfer(town(one), town(other), PlanRequest(one, 6), 3, EARLIEST)


@pytest.mark.parametrize(
    ("one", "other", "origin", "target"),
    [
        ("Rome", "Florence", "Roma Termini", "Santa Maria Novella Station"),
        ("Paris", "London", "Gare du Nord", "St Pancras"),
        ("Barcelona", "Paris", "Barcelona Sants", "Gare de Lyon"),
        ("London", "Edinburgh", "King's Cross", "Waverley"),
        ("Rome", "Paris", "Fiumicino Airport", "Charles de Gaulle Airport"),
    ],
)
def test_a_way_has_the_gateways_of_its_kind(
    one: str, other: str, origin: str, target: str
) -> None:
    """A train its stations, which are not always the same; a flight its airports."""
    found = way(one, other)
    assert found.origin
    assert found.target
    assert (found.origin.name, found.target.name) == (origin, target)


@pytest.mark.parametrize(
    ("one", "other", "minutes"),
    [
        ("Rome", "Florence", 95),
        ("Paris", "London", 137),
        ("Tokyo", "Kyoto", 135),
        ("Berlin", "Munich", 240),
        ("Rome", "Paris", 125),
        ("New York", "Los Angeles", 365),
        ("Hong Kong", "Singapore", 235),
        ("Delhi", "Mumbai", 130),
    ],
)
def test_a_known_way_is_as_long_as_by_the_timetable(
    one: str, other: str, minutes: int
) -> None:
    """Between the gateways, whose own time is not counted twice: within a tenth."""
    found = way(one, other)
    assert found.known
    assert found.minutes == pytest.approx(minutes, rel=0.1)


def test_time_at_the_gateways_is_kept() -> None:
    """One is at the station twenty minutes before, and out of it ten after."""
    found = way("Rome", "Florence")
    assert found.origin
    assert found.there_by == found.leave - CHECKING_IN[found.origin.kind]
    assert found.target
    assert found.out == found.arrive + COMING_OUT[found.target.kind]
    assert ready_after(found) == found.out


def test_a_city_without_gateways_is_reached_from_door_to_door() -> None:
    """Nothing is made up for a city of which we know none."""
    lyon = Town(City("lyon", "Lyon", "FR", 45.76, 4.84, 30), ())
    found = transfer(town("Milan"), lyon, PlanRequest("Milan", 6), 3, EARLIEST)
    assert (found.origin, found.target) == (None, None)
    assert ready_after(found) == found.arrive + 30


def test_the_stations_of_known_ways_are_gateways_of_their_cities() -> None:
    """What the table of ways names is in the table of gateways."""
    ids = {city.id: city for city in CATALOGUE.shipped}
    for row in HOPS:
        for end in ("from", "to"):
            known = [it.anchor.name for it in gateways(ids[row[end]])]
            assert row[f"{end}_at"] in (*known, "")
