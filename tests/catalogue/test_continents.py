"""Cities by continent, and a choice from all over."""

from __future__ import annotations

from itinerary_app.catalogue import continents
from itinerary_app.model import City
from tests.assistant.labelled.messages import CATALOGUE

NOWHERE = City("nowhere", "Nowhere", "XX", 0.0, 0.0)


def test_every_city_is_in_one_group() -> None:
    """No city is lost or doubled, and the largest group comes first."""
    groups = continents.grouped(CATALOGUE.cities)
    cities = [city for group in groups.values() for city in group]
    assert sorted(cities) == sorted(CATALOGUE.cities)
    assert next(iter(groups)) == "Europe"


def test_a_choice_is_varied() -> None:
    """The first cities are of different continents, and none is left out."""
    cities = list(continents.varied(CATALOGUE.cities))
    assert len({continents.name(city) for city in cities[:6]}) == 6
    assert sorted(cities) == sorted(CATALOGUE.cities)


def test_an_unknown_country() -> None:
    """A city of a country that nobody knows is shown all the same."""
    assert continents.grouped([NOWHERE]) == {"Elsewhere": [NOWHERE]}
