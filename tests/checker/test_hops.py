"""The checker's own count of ways, against ones that are planted."""

from __future__ import annotations

import pytest

from itinerary_app.checker.hops import why_too_short
from itinerary_app.model import Approach, Place, Way
from tests.checker.toytown import KNOWN

MUSEUM, TOWER = KNOWN["museum"], KNOWN["tower"]
PIER = (MUSEUM.lat, MUSEUM.lon)


def _at(approach: Approach) -> Place:
    return TOWER._replace(approach=approach)


@pytest.mark.parametrize("way", [Way.FERRY, Way.TRAIN, Way.BUS, Way.ROAD])
def test_a_crossing_is_no_shorter_than_it_takes(way: Way) -> None:
    """A ferry of 20 minutes told as a way of 12 is found, in both directions."""
    island = _at(Approach(way, 20, PIER))
    assert "20" in why_too_short(12, way, MUSEUM, island)
    assert "20" in why_too_short(12, way, island, MUSEUM)
    assert not why_too_short(25, way, MUSEUM, island)


def test_a_climb_counts_upwards() -> None:
    """Ten minutes up a climb of 15 are too few, and enough for the way down."""
    top = _at(Approach(Way.CLIMB, 15))
    assert why_too_short(10, "walk", MUSEUM, top)
    assert not why_too_short(10, "walk", top, MUSEUM)


def test_an_island_has_no_ferry_within() -> None:
    """Between two places that one ferry serves, a walk is a walk."""
    one = MUSEUM._replace(approach=Approach(Way.FERRY, 30, (9.0, 20.0)))
    other = _at(Approach(Way.FERRY, 32, (9.0, 20.0)))
    assert not why_too_short(12, "walk", one, other)


def test_a_hill_is_climbed_once() -> None:
    """Between two places at the top a walk is a walk; from a hill farther off it is
    not.
    """
    tower = _at(Approach(Way.CLIMB, 20))
    cafe = tower._replace(lat=tower.lat + 0.001)
    assert not why_too_short(3, "walk", tower, cafe)
    assert why_too_short(10, "walk", tower._replace(lat=tower.lat + 0.005), cafe)


def test_a_walk_ends_where_it_ends() -> None:
    """From the far end of a walk, what is there is near, and what was near is far."""
    walk = MUSEUM._replace(approach=Approach(Way.WALK, end=(TOWER.lat, TOWER.lon)))
    assert not why_too_short(1, "walk", walk, TOWER)
    assert why_too_short(1, "walk", TOWER, walk)
