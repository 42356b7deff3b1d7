"""The plan as the map of its page wants it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise
from statistics import median
from typing import Any

from itinerary_app.catalogue.geo import distance_km
from itinerary_app.catalogue.holidays import region
from itinerary_app.catalogue.hours import is_known
from itinerary_app.catalogue.light import daylight
from itinerary_app.catalogue.tickets import included
from itinerary_app.checker import Check, Verdict
from itinerary_app.config import Settings
from itinerary_app.model import Day, Itinerary, Place
from itinerary_app.text.clock import clock
from itinerary_app.text.words import kind
from itinerary_app.web import tiles

OUT_OF_TOWN = 12  # km from its middle, where the city's own stops are not as far, too
TIMES_AS_FAR = 3  # as half of them at the most


def badges(checks: Iterable[Check]) -> list[Check]:
    """The checks as they are shown: what needs a look comes first."""
    order = list(reversed(Verdict))
    return sorted(checks, key=lambda check: order.index(check.verdict))


def unknown_hours(plan: Itinerary) -> list[dict[str, Any]]:
    """The stops of which nobody told whether they are open then, with their days."""
    found = []
    for day in plan.days:
        city = plan.city_of(day.number)
        where, light = region(city), daylight(city, day.date)
        found += [
            {"day": day.number, "place": stop.place.id}
            for stop in day.stops
            if not is_known(
                stop.place.hours, day.date, stop.arrive, stop.leave, where, light
            )
        ]
    return found


def shared_tickets(plan: Itinerary) -> list[dict[str, str]]:
    """The places whose admission is paid with the ticket of another stop."""
    return [
        {"place": place_id, "ticket_of": paid_at.id}
        for place_id, paid_at in included(it.place for it in plan.stops).items()
    ]


def map_data(itinerary: Itinerary | None, settings: Settings) -> dict[str, Any]:
    """What static/map.js draws: days of numbered pins, the ways between cities, and the
    tiles below them.
    """
    days = itinerary.days if itinerary else ()
    away = set(_away(itinerary)) if itinerary else set()
    return {
        "tiles": tiles.for_map(settings),
        "days": [
            {"number": day.number, "stops": list(_pins(day, away)), "ends": _ends(day)}
            for day in days
        ],
        "ways": list(_ways(itinerary)) if itinerary else [],
        "cities": list(_cities(itinerary)) if itinerary else [],
    }


def in_town(itinerary: Itinerary) -> tuple[tuple[tuple[float, float], ...], ...]:
    """Where the stops of each day are, without those that are far out, in degrees."""
    away = set(_away(itinerary))
    return tuple(
        tuple((it.lat, it.lon) for it in _places(day) if it.id not in away)
        for day in itinerary.days
    )


def _places(day: Day) -> Iterator[Place]:
    return (stop.place for stop in day.stops)


def _ways(itinerary: Itinerary) -> Iterator[list[tuple[float, float]]]:
    """From each city to the next, between their gateways or else their middles."""
    for one, stage in pairwise(itinerary.stages):
        way = stage.transfer
        ends = (way and way.origin) or one.city, (way and way.target) or stage.city
        yield [(it.lat, it.lon) for it in ends]


def _cities(itinerary: Itinerary) -> Iterator[dict[str, Any]]:
    """The cities of a trip to several, with their days."""
    for part in itinerary.parts() if itinerary.stages else ():
        yield {
            "name": part.city.name,
            "lat": part.city.lat,
            "lon": part.city.lon,
            "first": part.days[0].number,
            "last": part.days[-1].number,
        }


def _away(itinerary: Itinerary) -> Iterator[str]:
    """The ids of places so far out that a map of them all would show no city."""
    for part in itinerary.parts():
        middle = part.city.lat, part.city.lon
        places = [stop.place for stop in part.stops]
        km = [distance_km(*middle, it.lat, it.lon) for it in places]
        far = max([OUT_OF_TOWN, *([TIMES_AS_FAR * median(km)] if km else [])])
        for place, its_km in zip(places, km, strict=True):
            if place.is_outing or its_km > far:
                yield place.id


def _ends(day: Day) -> list[dict[str, Any]]:
    """Where the day begins and ends, each once."""
    ends = dict.fromkeys(it for it in (day.origin, day.target) if it and day.stops)
    return [
        {"name": it.called, "kind": it.kind, "lat": it.lat, "lon": it.lon}
        for it in ends
    ]


def _pins(day: Day, away: Collection[str]) -> Iterator[dict[str, Any]]:
    for number, stop in enumerate(day.stops, start=1):
        yield {
            "id": f"{day.number}-{number}",
            "number": number,
            "name": stop.place.name,
            "lat": stop.place.lat,
            "lon": stop.place.lon,
            "away": stop.place.id in away,
            "own": stop.place.is_own,
            "when": f"{clock(stop.arrive)}–{clock(stop.leave)}",
            "what": kind(stop),
        }
