"""A trip to two cities as a file: each day in its own city's time, the way between."""

from __future__ import annotations

import json
from datetime import date, datetime
from zoneinfo import ZoneInfo

import gpxpy
import pytest
from icalendar import Calendar

from itinerary_app.exports import files
from itinerary_app.model import (
    Anchor,
    AnchorKind,
    City,
    Day,
    Itinerary,
    Pace,
    Stage,
    Transfer,
)
from tests.exports.plan import NOW, place, stop, trip

LONDON = City("london", "London", "GB", 51.5085, -0.1257)
NEW_YORK = City("new-york", "New York", "US", 40.7143, -74.006)
THANKSGIVING = date(2026, 11, 26)
NIGHT = Transfer("flight", 640, -180, 1440 - 1280, known=False)
DAY = Transfer("flight", 640, 540, 880, known=True)
AIRPORTS = Transfer(
    "flight",
    480,
    660,
    840,
    known=True,
    origin=Anchor("Heathrow", 51.47, -0.4543, AnchorKind.AIRPORT),
    target=Anchor("JFK", 40.6413, -73.7781, AnchorKind.AIRPORT),
)
ZONES = ZoneInfo("Europe/London"), ZoneInfo("America/New_York")


def two(way: Transfer) -> Itinerary:
    days = (
        Day(1, Pace.RELAXED, (stop(place("Tower"), 600),), date(2026, 11, 25)),
        Day(2, Pace.RELAXED, (stop(place("High Line"), 960),), THANKSGIVING),
    )
    return Itinerary(LONDON, days, (), (Stage(LONDON, 1), Stage(NEW_YORK, 2, way)))


def rendered(kind: str, way: Transfer = DAY) -> str:
    file = files.export(trip(two(way)), kind, first_day=None, now=NOW)
    assert file is not None
    assert file.name == f"2-days-in-london-and-new-york.{kind}"
    return file.content.decode()


@pytest.mark.parametrize("way", [DAY, NIGHT])
def test_a_calendar_has_the_zones_of_both_cities(way: Transfer) -> None:
    """Stops are by the clock of their city; a way begins by one and ends by another."""
    calendar = Calendar.from_ical(rendered("ics", way))
    calendar.validate()
    tower, flight, line = sorted(calendar.events, key=lambda it: it.start)
    assert tower.start == datetime(2026, 11, 25, 10, tzinfo=ZONES[0])
    assert line.start == datetime(2026, 11, 26, 16, tzinfo=ZONES[1])
    assert line["location"] == "High Line, New York"
    assert flight["summary"] == "London to New York"
    assert flight.start.tzinfo == ZONES[0]
    assert flight.end.tzinfo == ZONES[1]
    assert "estimated" in flight["description"] or way.known
    zones = {str(it["tzid"]) for it in calendar.walk("VTIMEZONE")}
    assert zones == {"Europe/London", "America/New_York"}
    assert len({str(it["uid"]) for it in calendar.events}) == 3
    if way is DAY:
        assert (flight.end - flight.start).total_seconds() == way.minutes * 60


def test_a_text_names_the_city_and_the_way() -> None:
    """Each day's heading has its city, and the holidays of that city only."""
    text = rendered("md")
    assert "## Day 1, Wednesday 25 November 2026, London" in text
    assert "## Day 2, Thursday 26 November 2026, Thanksgiving Day, New York" in text
    assert (
        "From London by plane, about 10 h 40 min (usual): leave at 09:00, arrive at "
        "14:40, by the clocks there." in text
    )
    assert "leave at 21:00 the day before" in rendered("md", NIGHT)


def test_a_map_file_has_the_way_as_a_line() -> None:
    """From the middle of one city to that of the next, called estimated or usual."""
    features = json.loads(rendered("geojson"))["features"]
    [way] = [it for it in features if "from" in it["properties"]]
    assert way["geometry"]["coordinates"] == [[-0.1257, 51.5085], [-74.006, 40.7143]]
    assert way["properties"]["times"] == "usual"
    assert way["properties"]["day"] == 2
    assert {it["properties"]["city"] for it in features} == {"London", "New York"}


def test_files_name_the_airports_of_the_way() -> None:
    """When to be there, and where one comes in; so does the line on a map."""
    text = rendered("md", AIRPORTS)
    assert "be at Heathrow by 09:00, leave at 11:00, arrive at JFK at 14:00" in text
    [event] = [
        it
        for it in Calendar.from_ical(rendered("ics", AIRPORTS)).events
        if it["summary"] == "London to New York"
    ]
    assert event["location"] == "Heathrow"
    assert "be at Heathrow by 09:00" in event["description"]
    assert event.start == datetime(2026, 11, 26, 11, tzinfo=ZONES[0])
    features = json.loads(rendered("geojson", AIRPORTS))["features"]
    [way] = [it for it in features if "from" in it["properties"]]
    assert way["geometry"]["coordinates"] == [[-0.4543, 51.47], [-73.7781, 40.6413]]
    assert way["properties"]["leaves_from"] == "Heathrow"
    assert way["properties"]["arrives_at"] == "JFK"


def test_a_route_tells_the_way_before_it() -> None:
    """A navigator that knows days as routes shows how one comes there."""
    gpx = gpxpy.parse(rendered("gpx"))
    assert [route.name.rpartition(", ")[2] for route in gpx.routes] == [
        "London",
        "New York",
    ]
    assert "From London by plane" in (gpx.routes[1].description or "")
