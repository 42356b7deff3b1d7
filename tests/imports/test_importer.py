"""An import: complete or nothing, repeatable, and it tells what it left out."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from itinerary_app.errors import ConfigurationError, InvalidInput
from itinerary_app.imports.importer import TOO_LONG, UNREAD_HOURS, UNREAD_PRICE
from itinerary_app.model import Category, City
from itinerary_app.storage.database import Database
from itinerary_app.storage.places import NEAR, ImportedPlaces, importing
from tests.imports.conftest import JAIPUR, LIMA, Load, node, overpass


def test_a_city_that_only_an_import_brings(
    load: Load, imported: ImportedPlaces
) -> None:
    """Places far from all known cities bring theirs, named as GeoNames names it."""
    report = load(overpass(*(node(key) for key in range(1, 7))))
    [city] = imported.cities()
    assert (city.id, city.name, city.country) == ("lima", "Lima", "PE")
    assert (report.new, report.cities) == (6, {"Lima": 6})
    assert {place.name for place in imported.places("lima")} == {
        f"Museum {key}" for key in range(1, 7)
    }


def test_places_go_to_the_known_city(load: Load, imported: ImportedPlaces) -> None:
    """What lies within the radius of a city of cities.csv belongs to it."""
    report = load(overpass(node(1, at=JAIPUR)))
    assert report.cities == {"Jaipur": 1}
    assert [place.id for place in imported.places("jaipur")] == ["osm-n1"]


def test_again_changes_nothing(load: Load, imported: ImportedPlaces) -> None:
    """The same file twice makes no doubles, and leaves the rows alone."""
    text = overpass(node(1), node(2))
    first, again = load(text), load(text)
    assert (first.new, first.changed, first.same) == (2, 0, 0)
    assert (again.new, again.changed, again.same) == (0, 0, 2)
    assert len(imported.all_places("lima")) == 2


def test_what_changed_is_brought_up_to_date(
    load: Load, imported: ImportedPlaces, postgresql: psycopg.Connection
) -> None:
    """A changed row is updated with its time; the one beside it keeps its own."""
    load(overpass(node(1), node(2)))
    postgresql.execute("UPDATE places SET updated_at = '2020-01-01'")
    postgresql.commit()
    report = load(overpass(node(1), node(2, name="Renamed")))
    assert (report.new, report.changed, report.same) == (0, 1, 1)
    rows = postgresql.execute(
        "SELECT name, updated_at > '2021-01-01' FROM places ORDER BY id"
    ).fetchall()
    assert rows == [("Museum 1", False), ("Renamed", True)]


def test_a_broken_file_leaves_nothing(load: Load, imported: ImportedPlaces) -> None:
    """Even what stood before the fault is not kept, and the element is named."""
    whole = overpass(node(1), node(2))
    with pytest.raises(InvalidInput, match=r"after element 2: broken JSON"):
        load(whole[:-2])
    assert imported.counts() == []
    assert imported.version() == 0
    assert load(whole).new == 2


def test_readers_learn_of_each_import(load: Load, imported: ImportedPlaces) -> None:
    """The version grows with every import."""
    assert imported.version() == 0
    load(overpass(node(1)))
    first = imported.version()
    load(overpass(node(2)))
    assert imported.version() > first > 0


def test_the_report_counts_what_was_left_out(load: Load) -> None:
    """Each reason has its number and examples; unread hours are told apart."""
    report = load(
        overpass(
            node(1, opening_hours="ask Mary"),
            node(1),
            node(2, name=""),
            node(3, tourism="hotel"),
            node(4, at=(0.0, -30.0)),
            {"type": "way", "id": 5, "tags": {"tourism": "museum", "name": "Way"}},
            {"type": "node", "id": 6, "lat": 1, "lon": 2},
        )
    )
    assert report.new == 1
    assert report.skipped == {
        "told before in the same file": 1,
        "no name": 1,
        "no kind of place that travellers visit": 1,
        "outside of the city, or of any": 1,
        "no coordinates (ask Overpass for `out center`)": 1,
        "no tags": 1,
    }
    assert report.examples["no kind of place that travellers visit"] == [
        "node/3 Museum 3"
    ]
    assert report.unread == {UNREAD_HOURS: 1}
    assert report.examples[UNREAD_HOURS] == ["ask Mary"]


def test_texts_have_bounds(load: Load) -> None:
    """A name that is a description is none; another text too long costs its place."""
    told = {"name:en": "Gate", "name": "x" * 5_000}
    report = load(overpass(node(1, **told), node(2, name="x" * 5_000)))
    assert report.new == 1
    long = json.dumps(
        {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "geometry": {"type": "Point", "coordinates": LIMA[::-1]},
                    "properties": {
                        "id": "1",
                        "name": "Gate",
                        "tourism": "museum",
                        "source": "x" * 5_000,
                        "licence": "CC0",
                    },
                }
            ],
        }
    )
    assert load(long).skipped == {TOO_LONG: 1}


def test_what_is_no_number_is_told(load: Load) -> None:
    """NaN is no coordinate, nor a price: the place is left out, or its price unknown,
    and the report says which.
    """
    rows = [
        f"Lima,see,A,,,,nan,{LIMA[1]},,",
        f"Lima,see,B,,,,{LIMA[0]},{LIMA[1]},,€nan",
    ]
    head = "article,type,title,alt,wikidata,wikipedia,latitude,longitude,hours,price"
    report = load("\n".join([head, *rows, ""]))
    assert report.new == 1
    assert report.skipped == {"coordinates that are no numbers on the globe": 1}
    assert report.examples[UNREAD_PRICE] == ["€nan"]


def test_only_one_city(load: Load) -> None:
    """With a city given, what lies outside of it is left out."""
    lima = City("lima", "Lima", "PE", *LIMA, 10)
    report = load(overpass(node(1), node(2, at=JAIPUR)), only=lima)
    assert report.cities == {"Lima": 1}
    assert report.skipped.total() == 1


def test_one_import_at_a_time(load: Load, database: Database) -> None:
    """A second import is refused while one runs, and told why."""
    with importing(database), ThreadPoolExecutor(1) as pool:
        second = pool.submit(load, overpass(node(1)))
        with pytest.raises(ConfigurationError, match="Another import is running"):
            second.result(timeout=30)


def test_another_city_of_a_known_name_gets_its_region(
    load: Load, imported: ImportedPlaces
) -> None:
    """London in Ontario is not mixed up with the one that travellers mean."""
    load(overpass(*(node(key, at=(42.9834, -81.2330)) for key in range(1, 7))))
    [city] = imported.cities()
    assert (city.id, city.name) == ("london-canada", "London, Canada")


def test_prices_in_the_countrys_currency(load: Load, imported: ImportedPlaces) -> None:
    """A clean charge is a price, no fee is free, and the rest is unknown."""
    load(
        overpass(
            node(1, charge="12.50 PEN"),
            node(2, fee="no"),
            node(3, charge="5-10 PEN"),
            node(4, fee="yes"),
        )
    )
    prices = {it.name: (it.price, it.currency) for it in imported.places("lima")}
    assert prices == {
        "Museum 1": (12.5, "PEN"),
        "Museum 2": (0.0, "PEN"),
        "Museum 3": (None, None),
        "Museum 4": (None, None),
    }


def test_the_best_of_a_large_city(load: Load, imported: ImportedPlaces) -> None:
    """Of many places the most important are served, all kinds among them, and food."""
    many = [node(key, tourism="viewpoint") for key in range(1, 600)]
    many += [node(600, tourism="museum"), node(601, wikidata="Q1")]
    many += [node(700 + key, tourism="", amenity="cafe") for key in range(300)]
    for element in many:
        element["lat"] = LIMA[0]
    load(overpass(*many))
    best = imported.places("lima")
    assert best[0].name == "Museum 601"
    assert "Museum 600" in {place.name for place in best}
    cafes = sum(place.category is Category.CAFE for place in best)
    assert (len(best) - cafes, cafes) == (400, 150)


def test_near_a_point(load: Load, imported: ImportedPlaces) -> None:
    """Within so many kilometres, nearest first, of the kinds asked for."""
    load(overpass(*(node(key) for key in range(1, 40)), node(40, tourism="gallery")))
    found = imported.near(*LIMA, km=0.1, categories=[Category.MUSEUM])
    assert [place.name for _, place in found] == [
        "Museum 1",
        "Museum 2",
        "Museum 3",
        "Museum 4",
    ]
    assert [round(1000 * km) for km, _ in found] == [22, 44, 67, 89]
    assert imported.near(*LIMA, km=0.1, categories=[Category.GALLERY]) == []


def test_near_the_date_line(load: Load, imported: ImportedPlaces) -> None:
    """Fiji's places are near each other on both sides of 180 degrees."""
    fiji = City("fiji", "Fiji", "FJ", -16.8, 180.0, 40)
    load(overpass(node(1, at=(-16.8, 179.99)), node(2, at=(-16.8, -179.99))), only=fiji)
    found = imported.near(-16.8, 179.999, km=5, categories=[Category.MUSEUM])
    assert [place.id for _, place in found] == ["osm-n1", "osm-n2"]


def test_near_is_found_by_the_index(load: Load, postgresql: psycopg.Connection) -> None:
    """The look-up by kind and place reads one band of its index."""
    load(overpass(*(node(key) for key in range(1, 40))))
    postgresql.execute("SET enable_seqscan = off")
    plan = postgresql.execute(
        f"EXPLAIN {NEAR}",
        {"categories": ["museum"], "south": 1, "north": 2, "west": 1, "east": 2},
    ).fetchall()
    conditions = [row[0] for row in plan if "Index Cond" in row[0]]
    assert conditions
    assert all("category" in it and "lat >=" in it for it in conditions)
