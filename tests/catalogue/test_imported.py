"""The catalogue with imported places: merged, renewed, and unharmed by outages."""

from __future__ import annotations

from pathlib import Path

import pytest

from itinerary_app.catalogue.places import (
    LOOK_EVERY,
    Catalogue,
)
from itinerary_app.catalogue.rows import CITY_COLUMNS, PLACE_COLUMNS
from itinerary_app.errors import CannotPlan, StorageUnavailable
from itinerary_app.model import Category, City, Interest, Place

TOYTOWN = City("toy", "Toytown", "XX", 10.0, 20.0, 40.0)
LIMA = City("lima", "Lima", "PE", -12.04, -77.03, 20)
GATE = "gate,Old Gate,10.0,20.0,monument,history,4,,,,src,1,CC0,Altes Tor,,,,,,,,,"


def place(name: str, lat: float = 10.0, lon: float = 20.0, local: str = "") -> Place:
    return Place(
        name,
        name,
        lat,
        lon,
        Category.MONUMENT,
        (Interest.HISTORY,),
        2,
        None,
        None,
        None,
        "OpenStreetMap contributors",
        name,
        "ODbL 1.0",
        local or None,
    )


class Imports:
    """Imported places of the test's making, which can be out of reach."""

    def __init__(self) -> None:
        self.number = 0
        self.looks = 0
        self.away = False
        self.found: dict[City, tuple[Place, ...]] = {}

    def put(self, city: City, *places: Place) -> None:
        self.found[city] = places
        self.number += 1

    def version(self) -> int:
        self.looks += 1
        self._reach()
        return self.number

    def cities(self) -> tuple[City, ...]:
        self._reach()
        return tuple(self.found)

    def places(self, city_id: str) -> tuple[Place, ...]:
        self._reach()
        return next((it for city, it in self.found.items() if city.id == city_id), ())

    def _reach(self) -> None:
        if self.away:
            raise StorageUnavailable


class Clock:
    now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def imports() -> Imports:
    return Imports()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def catalogue(tmp_path: Path, imports: Imports, clock: Clock) -> Catalogue:
    """Toytown with its Old Gate, and a city in cities.csv that has no places."""
    cities = [
        ",".join(CITY_COLUMNS),
        "toy,Toytown,XX,10,20,40",
        "ghent,Ghent,BE,51.05,3.72,15",
    ]
    (tmp_path / "cities.csv").write_text("\n".join(cities) + "\n", "utf-8")
    (tmp_path / "places").mkdir()
    rows = "\n".join([",".join(PLACE_COLUMNS), GATE])
    (tmp_path / "places" / "toy.csv").write_text(rows + "\n", "utf-8")
    return Catalogue(tmp_path, imported=imports, clock=clock)


def names(catalogue: Catalogue, city: str = "Toytown") -> list[str]:
    return [place.name for place in catalogue.places(city)]


def test_imported_cities_follow_the_shipped(
    catalogue: Catalogue, imports: Imports
) -> None:
    """A city that only an import brought is covered like the others."""
    imports.put(LIMA, place("Plaza"))
    assert [city.name for city in catalogue.cities] == ["Toytown", "Lima"]
    assert names(catalogue, "lima") == ["Plaza"]


def test_what_cities_csv_tells_holds(catalogue: Catalogue, imports: Imports) -> None:
    """A city of cities.csv keeps its centre and radius; a second name is no city."""
    imports.put(City("ghent", "Gent", "BE", 51.0, 3.0, 5), place("Belfry"))
    imports.put(City("toytown-2", "toytown", "YY", 1, 1, 5), place("Else"))
    assert [(it.name, it.radius_km) for it in catalogue.cities] == [
        ("Toytown", 40),
        ("Ghent", 15),
    ]


def test_a_shipped_place_wins(catalogue: Catalogue, imports: Imports) -> None:
    """The same name anywhere, or a similar one within 60 m, is the shipped place."""
    imports.put(
        TOYTOWN,
        place("OLD GATE", 10.1),
        place("Torturm", 10.2, local="Altes Tor"),
        place("The Old Gate of Toytown", 10.0003),
        place("The Old Gate Inn", 10.01),
        place("Fountain", 10.0001),
    )
    assert names(catalogue) == ["Old Gate", "The Old Gate Inn", "Fountain"]


def test_no_imported_place_comes_twice(catalogue: Catalogue, imports: Imports) -> None:
    """OpenStreetMap and Wikivoyage have the same sight: the first one stays."""
    imports.put(
        LIMA, place("Plaza Mayor"), place("Plaza  mayor", 11), place("Mayor Plaza")
    )
    assert names(catalogue, "Lima") == ["Plaza Mayor"]


def test_new_imports_are_seen_within_a_minute(
    catalogue: Catalogue, imports: Imports, clock: Clock
) -> None:
    """One look in half a minute, however many requests there are."""
    for _ in range(50):
        assert names(catalogue) == ["Old Gate"]
    assert imports.looks == 1
    imports.put(catalogue.city("Toytown"), place("Fountain", 10.1))
    assert names(catalogue) == ["Old Gate"]
    clock.now += LOOK_EVERY
    assert names(catalogue) == ["Old Gate", "Fountain"]
    assert imports.looks == 2


def test_an_outage_changes_nothing(
    catalogue: Catalogue, imports: Imports, clock: Clock
) -> None:
    """While the database is away what was there is served; afterwards what is new."""
    imports.put(LIMA, place("Plaza"))
    assert names(catalogue, "Lima") == ["Plaza"]
    imports.away = True
    imports.put(LIMA, place("Plaza"), place("Huaca", 11))
    clock.now += LOOK_EVERY
    assert names(catalogue, "Lima") == ["Plaza"]
    assert names(catalogue) == ["Old Gate"]
    imports.away = False
    clock.now += LOOK_EVERY
    assert names(catalogue, "Lima") == ["Plaza", "Huaca"]


def test_an_outage_from_the_start(catalogue: Catalogue, imports: Imports) -> None:
    """The shipped places do without the database."""
    imports.away = True
    assert names(catalogue) == ["Old Gate"]
    with pytest.raises(CannotPlan, match="Choose one of Toytown"):
        catalogue.places("Lima")


def test_a_city_removed_is_no_longer_covered(
    catalogue: Catalogue, imports: Imports, clock: Clock
) -> None:
    """What an operator removes goes the way it came."""
    imports.put(LIMA, place("Plaza"))
    assert catalogue.city("Lima") == LIMA
    imports.found.clear()
    imports.number += 1
    clock.now += LOOK_EVERY
    with pytest.raises(CannotPlan):
        catalogue.city("Lima")
