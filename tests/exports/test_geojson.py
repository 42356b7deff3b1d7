"""GeoJSON, read again as programs read it."""

from __future__ import annotations

import json
from typing import Any

from itinerary_app.exports import geojson
from itinerary_app.model import Itinerary
from tests.exports.plan import LUNCH, WHOLE, place, plan, stop


def read(itinerary: Itinerary) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(geojson.render(itinerary))
    return told


def shapes(told: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [it for it in told["features"] if it["geometry"]["type"] == kind]


def test_stops_are_points_and_days_lines() -> None:
    """Positions are longitude first; the line of a day goes through its points."""
    told = read(WHOLE)
    assert told["type"] == "FeatureCollection"
    points = [it["geometry"]["coordinates"] for it in shapes(told, "Point")]
    assert points[0] == [75.85134, 26.98549]
    (line,) = shapes(told, "LineString")
    assert line["geometry"]["coordinates"] == points
    assert line["properties"]["path"] == "straight from stop to stop"


def test_a_single_stop_is_no_line() -> None:
    """RFC 7946 wants two positions in a line: a day of one stop has none."""
    assert shapes(read(plan(stop(place()))), "LineString") == []


def test_what_is_unknown_is_null() -> None:
    """Hours and prices that nobody told are null, and dates that are not set."""
    (point,) = shapes(read(plan(stop(place()))), "Point")
    told = point["properties"]
    assert [told[name] for name in ("hours", "price", "currency", "date")] == [None] * 4


def test_names_are_data() -> None:
    """A name is exactly what it is, whatever is in it."""
    (point,) = shapes(read(plan(LUNCH)), "Point")
    assert point["properties"]["name"] == LUNCH.place.name


def test_sources_and_estimates_are_told() -> None:
    """Each source is credited with its licence, and times are called estimates."""
    told = read(WHOLE)
    assert told["times"].startswith("Times are estimates")
    assert {"Wikidata", "editorial", "wikivoyage-en (2026 copy)"} == {
        credit["source"] for credit in told["attribution"]
    }
    assert all(
        credit["licence_url"].startswith("https://creativecommons.org/")
        for credit in told["attribution"]
    )
