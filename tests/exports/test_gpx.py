"""GPX files, read again as navigators read them."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import gpxpy
import pytest
from gpxpy.gpx import GPX

from itinerary_app.exports import gpx
from itinerary_app.model import Itinerary
from tests.exports.plan import WHOLE, place, plan, stop

SPACE = "{http://www.topografix.com/GPX/1/1}"
# GPX 1.1 is a sequence in each of its elements.
ORDER = {
    "gpx": ["metadata", "wpt", "rte"],
    "metadata": ["name", "desc"],
    "wpt": ["name", "desc", "src", "link", "type"],
    "rte": ["name", "desc", "number", "rtept"],
    "rtept": ["name"],
}


def read(itinerary: Itinerary) -> GPX:
    return gpxpy.parse(gpx.render(itinerary).decode(), version="1.1")


def test_stops_are_waypoints_and_days_routes() -> None:
    """Every stop is a waypoint; a day with stops is a route through them in order."""
    told = read(WHOLE)
    places = [stop.place for stop in WHOLE.stops]
    assert [(p.latitude, p.longitude) for p in told.waypoints] == [
        (place.lat, place.lon) for place in places
    ]
    (route,) = told.routes
    assert (route.number, route.name) == (1, "Day 1, Thursday 24 December 2026")
    assert [p.name for p in route.points] == [p.name for p in told.waypoints]


def test_the_elements_are_those_of_the_schema() -> None:
    """Elements stand where GPX 1.1 wants them, with valid positions."""
    root = ET.fromstring(gpx.render(WHOLE))
    assert root.tag == f"{SPACE}gpx"
    assert (root.get("version"), root.get("creator")) == ("1.1", "itinerary_app")
    for element in root.iter():
        name = element.tag.removeprefix(SPACE)
        children = [child.tag.removeprefix(SPACE) for child in element]
        assert children == sorted(children, key=ORDER.get(name, []).index)
        if name in ("wpt", "rtept"):
            assert -90 <= float(element.attrib["lat"]) <= 90
            assert -180 <= float(element.attrib["lon"]) < 180


@pytest.mark.parametrize(
    "name", ["Fish & <Chips>", "Café, 🍛; \\n", "سوق الذهب", ']]> "x" &amp;']
)
def test_names_come_back_as_they_are(name: str) -> None:
    """Markup, commas, emoji and other scripts survive the file."""
    assert read(plan(stop(place(name)))).waypoints[0].name == name


@pytest.mark.parametrize("url", ["example.org/?a=1&b=2", 'example.org/"<b>&amp;'])
def test_links_come_back_as_they_are(url: str) -> None:
    """What an imported place's page has in its address does not spoil the file."""
    [waypoint] = read(plan(stop(place("Fort", source_id=url)))).waypoints
    assert waypoint.link == f"https://{url}"


def test_what_xml_forbids_is_left_out() -> None:
    """Control characters and line ends do not spoil the file."""
    told = read(plan(stop(place("Old\x0b\x1b Fort\nDelhi\ufffe"))))
    assert told.waypoints[0].name == "Old Fort Delhi"


def test_sources_and_estimates_are_told() -> None:
    """The file credits all sources with their licences, each waypoint its own."""
    told = read(WHOLE)
    assert "Times are estimates" in told.description
    assert "Wikidata, CC0 1.0, https://creativecommons.org/" in told.description
    assert [p.source for p in told.waypoints] == [
        "Wikidata (CC0 1.0)",
        "wikivoyage-en (2026 copy) (CC BY-SA 4.0)",
        "editorial (CC0-1.0)",
    ]
    assert told.waypoints[0].link == "https://www.wikidata.org/wiki/Q464535"
    assert "Hours unknown. Price unknown." in told.waypoints[1].description
