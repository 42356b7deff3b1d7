"""The formats: guessed, read entry by entry, refused with the place of the fault."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import pytest

from itinerary_app.errors import InvalidInput
from itinerary_app.imports import shapes
from itinerary_app.imports.listing import Listing, Skipped
from itinerary_app.imports.plain_hours import as_opening_hours
from itinerary_app.imports.reading import Origin, entries
from itinerary_app.model import Category, Interest

HEAD = "article,type,title,alt,wikidata,wikipedia,latitude,longitude,hours,price\n"
LOUVRE = "Paris/1st arrondissement,see,Louvre,,Q19675,,48.861,2.336,W-M 9AM-6PM,€17\n"


def read(text: str | bytes, **origin: Any) -> list[Listing | Skipped]:
    file = BytesIO(text.encode() if isinstance(text, str) else text)
    return list(entries(file, Origin(**origin)))


def only(text: str | bytes, **origin: Any) -> Listing:
    [listing] = read(text, **origin)
    assert isinstance(listing, Listing), listing
    return listing


def features(*found: dict[str, Any]) -> str:
    return json.dumps({"type": "FeatureCollection", "features": found})


def feature(properties: dict[str, Any], **more: Any) -> dict[str, Any]:
    point = {"type": "Point", "coordinates": [2.0, 1.0]}
    return {"type": "Feature", "geometry": point, "properties": properties, **more}


def test_a_wikivoyage_listing() -> None:
    """Name, kind, place, hours, price and page of a listing."""
    listing = only(HEAD + LOUVRE)
    place = listing.place
    assert (place.name, place.lat, place.lon) == ("Louvre", 48.861, 2.336)
    assert (place.hours, listing.price, listing.city) == (
        "We-Mo 09:00-18:00",
        "€17",
        "Paris",
    )
    assert place.importance == 3
    assert place.source == "Wikivoyage (en)"
    assert place.licence == "CC BY-SA 4.0"
    assert place.source_id == ("en.wikivoyage.org/wiki/Paris/1st_arrondissement#Louvre")


@pytest.mark.parametrize(
    ("kind", "title", "category"),
    [
        ("see", "Louvre", Category.LANDMARK),
        ("see", "Musée d'Orsay", Category.MUSEUM),
        ("see", "Jama Masjid", Category.MOSQUE),
        ("see", "Amber Fort", Category.FORT),
        ("see", "Parkinson House", Category.LANDMARK),
        ("do", "River cruise", Category.ACTIVITY),
        ("buy", "Johari Bazaar", Category.MARKET),
        ("eat", "Chez Palace", Category.RESTAURANT),
        ("eat", "Café Flore", Category.CAFE),
        ("drink", "The Fort", Category.BAR),
    ],
)
def test_the_kind_of_a_listing(kind: str, title: str, category: Category) -> None:
    """Its type, and whole words of its name."""
    row = f"Paris,{kind},{title},,,,48.8,2.3,,\n"
    assert only(HEAD + row).place.category is category


def test_listings_that_are_no_visits_are_left_out() -> None:
    """Hotels, stations, and what has no coordinates."""
    rows = "P,sleep,Inn,,,,1,2,,\nP,see,Gate,,,,,,,\nP,see,,,,,1,2,,\n"
    reasons = [it.reason for it in read(HEAD + rows) if isinstance(it, Skipped)]
    assert reasons == ["nothing to visit (type sleep)", "no coordinates", "no name"]


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        ("9AM–5PM daily", "Mo-Su 09:00-17:00"),
        ("M-F 9AM-5PM, Sa 10AM-2PM", "Mo-Fr 09:00-17:00; Sa 10:00-14:00"),
        ("M, W, F 9AM-noon", "Mo,We,Fr 09:00-12:00"),
        ("Th-Su 11:30AM-2:30PM, 5:30PM-10PM", "Th-Su 11:30-14:30,17:30-22:00"),
        ("24 hours daily", "24/7"),
        ("Tu-Su 10:00-18:00", "Tu-Su 10:00-18:00"),
        ("9-5", "9-5"),
        ("9:00-5:00", ""),
        ("Mo-Fr 10:00-6:00; Dec 25 off", ""),
        ("11:00-3:00", "Mo-Su 11:00-03:00"),  # a bar
        ("6:00-23:30", "Mo-Su 06:00-23:30"),
        ("dawn to dusk", "dawn to dusk"),
        ("9AM-5PM, closed holidays", "9AM-5PM, closed holidays"),
    ],
)
def test_hours_in_words(told: str, meant: str) -> None:
    """What is certain is put into the syntax; what is in doubt stays as it is."""
    assert as_opening_hours(told) == meant


@pytest.mark.parametrize(
    "odd",
    [
        "1",
        '{"type": "house", "id": 1}',
        '{"type": "node", "id": "x"}',
        '{"type": "node", "id": 5.0}',
        '{"type": "node", "id": 9223372036854775808}',
        '{"type": "node", "id": 7, "lat": 1e999, "lon": 2, "tags": {"name": "N"}}',
    ],
)
def test_an_odd_element_costs_itself(odd: str) -> None:
    """The others of the file are read; why it is left out is told."""
    tags = '"tags": {"name": "Gate", "tourism": "museum"}'
    good = '{"type": "node", "id": 1, "lat": 1.5, "lon": 2.5, ' + tags + "}"
    skipped, listing = read('{"elements": [' + odd + ", " + good + "]}")
    assert isinstance(skipped, Skipped)
    assert isinstance(listing, Listing)
    assert listing.place[:4] == ("osm-n1", "Gate", 1.5, 2.5)


def test_an_odd_feature_costs_itself() -> None:
    """As do numbers that no file of others can mean."""
    good = json.dumps(feature({"name": "Gate", "tourism": "museum"}, id="node/1"))
    large = good.replace('"node/1"', "123456789012345678901234567890")
    odd = f'{{"type": "FeatureCollection", "features": [7, {large}, {good}]}}'
    *skipped, listing = read(odd)
    assert [type(it) for it in skipped] == [Skipped, Skipped]
    assert isinstance(listing, Listing)


def test_osm_ids_in_geojson() -> None:
    """Exports of overpass-turbo, osmtogeojson and osmium are OpenStreetMap's."""
    tags = {"name": "N", "tourism": "museum"}
    for found in (
        feature({**tags, "@id": "way/5"}),
        feature(tags, id="way/5"),
        feature(tags, id="w5"),
        feature({"id": "way/5", "tags": tags}),
    ):
        assert only(features(found)).place.id == "osm-w5"


def test_geojson_of_others_needs_source_and_licence() -> None:
    """Without them nobody could be given credit, so it is not taken."""
    found = features(feature({"name": "Gate", "category": "monument"}, id=9))
    [skipped] = read(found)
    assert isinstance(skipped, Skipped)
    assert "licence" in skipped.reason
    place = only(found, source="City of X", licence="CC0 1.0").place
    assert (place.source, place.source_id, place.licence) == (
        "City of X",
        "9",
        "CC0 1.0",
    )
    assert place.category is Category.MONUMENT
    assert Interest.CULTURE in place.interests


def test_the_point_of_a_polygon_lies_in_it() -> None:
    """In a ring-shaped building and in a crescent, where the centroid is outside."""
    outer = [[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]]
    court = [[1, 1], [3, 1], [3, 3], [1, 3], [1, 1]]
    x, y = shapes.representative(
        {"type": "Polygon", "coordinates": [outer, court]}
    ) or (9, 9)
    assert 0 < x < 4
    assert 0 < y < 4
    assert not (1 < x < 3 and 1 < y < 3)
    horseshoe = [[0, 0], [4, 0], [4, 4], [3, 4], [3, 1], [1, 1], [1, 4], [0, 4], [0, 0]]
    x, y = shapes.representative({"type": "Polygon", "coordinates": [horseshoe]}) or (
        9,
        9,
    )
    assert 0 < x < 1 or 3 < x < 4
    tiny = [[[9, 9], [9.1, 9], [9.1, 9.1], [9, 9]]]
    parts = {"type": "MultiPolygon", "coordinates": [tiny, [outer]]}
    assert (shapes.representative(parts) or (9, 9))[0] < 5
    assert shapes.representative({"type": "Polygon", "coordinates": [[]]}) is None
    assert shapes.representative(None) is None


def test_a_byte_order_mark_does_no_harm() -> None:
    """Windows programs put one in front."""
    assert only(b"\xef\xbb\xbf" + (HEAD + LOUVRE).encode()).place.name == "Louvre"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "no file of places"),
        ("<html>502</html>", "no file of places"),
        ('{"a": 1}', "no file of places"),
        ("name,city\nx,y\n", "no file of places"),
        (HEAD.replace("title", "label"), "line 1: there is no column title"),
        (HEAD + LOUVRE + 'Paris,see,"x', "line 3: broken CSV"),
        (HEAD + LOUVRE + LOUVRE.strip() + ",,,\n", "line 3: too many fields"),
        ((HEAD + LOUVRE).encode() + b"Paris,see,\xff\n", "line 3: not in UTF-8"),
        ('{"elements": [{"type": "node", "id": 1},', "after element 1: broken JSON"),
        ('{"type": "FeatureCollection", "features": [', "after feature 0: broken"),
    ],
)
def test_a_broken_file_is_refused(text: str | bytes, complaint: str) -> None:
    """The complaint says where it is broken, and what would be understood."""
    with pytest.raises(InvalidInput, match=complaint):
        read(text)
