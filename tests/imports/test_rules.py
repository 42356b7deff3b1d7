"""The catalogue's rules: each is found broken, and the shipped places keep them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from itinerary_app.catalogue.places import Catalogue
from itinerary_app.errors import InvalidInput
from itinerary_app.imports.reference import Reference
from itinerary_app.imports.rules import broken_rules
from itinerary_app.model import Category, City, Interest, Place

TOY = City("toy", "Toytown", "DE", 10.0, 20.0, 5.0)
GATE = Place(
    "gate",
    "Old Gate",
    10.0,
    20.0,
    Category.MONUMENT,
    (Interest.HISTORY,),
    3,
    "Mo-Su 09:00-17:00",
    5.0,
    "EUR",
    "src",
    "1",
    "CC0 1.0",
    "Altes Tor",
)
BESIDE = GATE._replace(id="b", name="Fountain", lat=10.0002, local_name=None)
ROOT = Path(__file__).parents[2]
REFERENCE = Path(
    os.environ.get("REFERENCE_PLACES")
    or ROOT.parent / "shared" / "data" / "places" / "reference.csv"
)
OUTDATED = {  # by the place's name: what the reference, of 2014 to 2026, doesn't know
    "Whitney Museum of American Art": "moved downtown in 2015",
    "Museum of Fine Arts": "its point lies at the Palace of Arts, by the Danube",
    "Ortaköy": "its point lies uphill; the square is by the Bosphorus",
    "Museum of Ethnography": "moved to the City Park in 2022",
    "Sushi Dai": "moved to Toyosu with the market in 2018",
    "Pio Pio": "its point is another branch, on Amsterdam Avenue",
}
CATALOGUE = Catalogue()
NAMES = [city.name for city in CATALOGUE.shipped]


def complaints(*places: Place, imported: bool = False) -> list[str]:
    return [it.complaint for it in broken_rules(TOY, places, imported=imported)]


def test_a_place_in_order() -> None:
    """Nothing is found where nothing is wrong."""
    assert complaints(GATE) == []


@pytest.mark.parametrize(
    ("fault", "complaint"),
    [
        ({"lat": 10.1}, "is 11.1 km from the centre, beyond 5 km."),
        ({"hours": "9 to 5"}, "hours: '9 to 5' is not in the opening_hours syntax."),
        ({"hours": "Mo-Su off"}, "is never open by its hours 'Mo-Su off'."),
        ({"interests": ()}, "serves no interest."),
        ({"currency": None}, "has a price without a currency."),
        ({"currency": "EURO"}, "'EURO' is the currency of no country."),
        ({"source": " "}, "tells no source."),
        ({"source_id": ""}, "tells no source_id."),
        ({"licence": ""}, "tells no licence."),
    ],
)
def test_each_fault_is_found(fault: dict[str, object], complaint: str) -> None:
    """One rule, one line."""
    assert complaints(GATE._replace(**fault)) == [complaint]


def test_duplicates_are_found() -> None:
    """The same name anywhere, and another of the kind within 25 m."""
    twice = GATE._replace(id="c", name="old gate", lat=10.02)
    assert complaints(GATE, twice) == ["has the name of another place."]
    assert complaints(GATE, BESIDE) == ["is within 25 m of Fountain, another monument."]
    assert complaints(GATE, BESIDE._replace(category=Category.PARK)) == []
    assert complaints(GATE, BESIDE._replace(lat=10.0003)) == []


def test_two_cooks_in_one_street() -> None:
    """Places to eat stand side by side: they are duplicates by their names only."""
    inn = GATE._replace(category=Category.STREET_FOOD)
    assert complaints(inn, BESIDE._replace(category=Category.STREET_FOOD)) == []
    again = BESIDE._replace(category=Category.STREET_FOOD, name="Gate, Old")
    assert len(complaints(inn, again)) == 1


def test_imported_neighbours_are_no_duplicates() -> None:
    """Two restaurants in one house are two, unless they have one name."""
    assert complaints(GATE, BESIDE, imported=True) == []
    gates = GATE, BESIDE._replace(name="The Old Gate")
    assert len(complaints(*gates, imported=True)) == 1


def test_the_reference_finds_what_is_misplaced(tmp_path: Path) -> None:
    """By either name, if it is far from all that the reference calls so."""
    path = tmp_path / "reference.csv"
    path.write_text(
        "city,country,name,lat,lon\n"
        "Toytown,DE,Altes Tor,10.01,20.0\n"
        "Toytown,DE,Fountain,10.0202,20.0\nToytown,DE,fountain,10.0003,20.0\n"
        "Toytown,FR,Fountain,10.3,20.0\n"
    )
    found = [
        (it.place, it.complaint)
        for it in broken_rules(
            TOY,
            [
                GATE,
                BESIDE._replace(lat=10.0003),
                GATE._replace(
                    id="x",
                    name="Old Gatehouse",
                    lat=10.0,
                    local_name=None,
                    category=Category.PARK,
                ),
            ],
            reference=Reference.from_csv(path),
        )
    ]
    assert found == [
        ("Old Gate", "is 1,112 m from where the reference has 'altes tor'.")
    ]


def test_a_broken_reference_is_refused(tmp_path: Path) -> None:
    """The line at fault is named."""
    path = tmp_path / "reference.csv"
    path.write_text("city,country,name,lat\n")
    with pytest.raises(InvalidInput, match="line 1: there is no column lon"):
        Reference.from_csv(path)
    path.write_text("city,country,name,lat,lon\nToytown,DE,Gate,north,1\n")
    with pytest.raises(InvalidInput, match="line 2: no coordinates"):
        Reference.from_csv(path)


@pytest.mark.parametrize("name", NAMES)
def test_shipped_places_keep_the_rules(name: str) -> None:
    """`flask places check` finds nothing in what the app ships."""
    city = CATALOGUE.city(name)
    assert [*map(str, broken_rules(city, CATALOGUE.shipped_places(city)))] == []


@pytest.fixture(scope="module")
def reference() -> Reference:
    if not REFERENCE.exists():
        pytest.skip("there is no reference: REFERENCE_PLACES=… names the path of one")
    return Reference.from_csv(REFERENCE)


@pytest.mark.parametrize("name", NAMES)
def test_shipped_places_are_where_the_reference_has_them(
    name: str, reference: Reference
) -> None:
    """No shipped place is 400 m or more away from the reference's place of its name."""
    city = CATALOGUE.city(name)
    places = [
        place for place in CATALOGUE.shipped_places(city) if place.name not in OUTDATED
    ]
    assert [*map(str, broken_rules(city, places, reference=reference))] == []
