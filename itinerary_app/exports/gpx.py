"""GPX 1.1 for maps and navigators: a waypoint a stop, a route a day."""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import escape

from gpxpy.gpx import GPX, GPXRoute, GPXRoutePoint, GPXWaypoint

from itinerary_app.exports.text import (
    ESTIMATES,
    NONE,
    credit_lines,
    day_name,
    facts,
    line,
    source,
    time_span,
)
from itinerary_app.language import _
from itinerary_app.model import Day, Itinerary, Stop
from itinerary_app.text.credits import source_url
from itinerary_app.text.notes import note
from itinerary_app.text.words import journey, title

CREATOR = "itinerary_app"
QUOTES = {'"': "&quot;"}


def render(itinerary: Itinerary, notes: Mapping[str, str] = NONE) -> bytes:
    """The file as UTF-8. Routes join the stops; the ways between are the device's.

    `notes` are by places' ids.
    """
    gpx = GPX()
    gpx.creator = CREATOR
    gpx.name = line(title(itinerary))
    told = [line(note(it, itinerary)) for it in itinerary.notes]
    gpx.description = "\n".join([*told, _(ESTIMATES), *credit_lines(itinerary)])
    for day in itinerary.days:
        gpx.waypoints += [_waypoint(day, stop, itinerary, notes) for stop in day.stops]
        if day.stops:
            gpx.routes.append(_route(day, itinerary))
    return gpx.to_xml(version="1.1").encode()


def _waypoint(
    day: Day, stop: Stop, plan: Itinerary, notes: Mapping[str, str]
) -> GPXWaypoint:
    place = stop.place
    waypoint = GPXWaypoint(
        place.lat,
        place.lon,
        name=line(place.name),
        description=". ".join(
            [
                f"{day_name(day, plan)}, {time_span(stop)}",
                *facts(stop, day, plan, notes),
            ]
        ),
        type=place.label,
    )
    waypoint.source = source(stop)
    if url := source_url(place):
        # gpxpy writes attributes as they are.
        link = escape(line(url), QUOTES)
        waypoint.link = link  # type: ignore[assignment]  # its types know None only
    return waypoint


def _route(day: Day, plan: Itinerary) -> GPXRoute:
    way = line(journey(plan, day.number))
    told = f"{way}. {_(ESTIMATES)}" if way else _(ESTIMATES)
    route = GPXRoute(name=day_name(day, plan), description=told, number=day.number)
    spots = [(it.lat, it.lon, it.name) for it in (stop.place for stop in day.stops)]
    if day.origin:
        spots.insert(0, (day.origin.lat, day.origin.lon, day.origin.called))
    if day.target:
        spots.append((day.target.lat, day.target.lon, day.target.called))
    route.points = [
        GPXRoutePoint(lat, lon, name=line(name)) for lat, lon, name in spots
    ]
    return route
