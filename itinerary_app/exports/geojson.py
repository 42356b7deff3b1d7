"""GeoJSON (RFC 7946) for maps and programs: a point a stop, a line a day."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from itinerary_app.catalogue.holidays import region
from itinerary_app.catalogue.observances import feast
from itinerary_app.catalogue.tickets import included
from itinerary_app.exports.text import ESTIMATES, NONE, inline, local_name
from itinerary_app.language import _
from itinerary_app.model import City, Day, Itinerary, Stop, Transfer
from itinerary_app.text.clock import clock
from itinerary_app.text.credits import Credit, credits, source_url
from itinerary_app.text.reasons import reason
from itinerary_app.text.words import title


def render(itinerary: Itinerary, notes: Mapping[str, str] = NONE) -> bytes:
    """A feature collection as UTF-8; null is unknown, notes are by places' ids."""
    collection = {
        "type": "FeatureCollection",
        "title": title(itinerary),
        "times": _(ESTIMATES),
        "notes": itinerary.notes,
        "attribution": [_attribution(credit) for credit in credits(itinerary)],
        "features": [
            feature
            for day in itinerary.days
            for feature in _features(day, itinerary, notes)
        ],
    }
    return json.dumps(collection, ensure_ascii=False, indent=1).encode()


def _attribution(credit: Credit) -> dict[str, str | None]:
    return {
        "source": credit.source,
        "licence": credit.licence,
        "licence_url": credit.licence_url,
    }


def _features(
    day: Day, plan: Itinerary, notes: Mapping[str, str]
) -> Iterator[dict[str, Any]]:
    on, city = day.date and day.date.isoformat(), plan.city_of(day.number)
    bought = included(it.place for it in plan.stops)
    off = feast(day.date, region(city))
    when = {"day": day.number, "date": on, **({"holiday": off} if off else {})}
    if plan.stages:
        when["city"] = city.name
    if arrival := plan.arrival(day.number):
        yield _transfer(*arrival, city, when)
    for number, stop in enumerate(day.stops, start=1):
        told = {**when, "stop": number, **_properties(stop)}
        if paid_at := bought.get(stop.place.id):
            told["ticket_of"] = paid_at.name
        if note := notes.get(stop.place.id):
            told["your_note"] = inline(note)
        yield _feature("Point", _position(stop), told)
    for end, part in ((day.origin, "begins"), (day.target, "ends")):
        if end and day.stops:
            told = {**when, "day_" + part: clock(_at(day, part)), "name": end.called}
            yield _feature("Point", (end.lon, end.lat), {**told, "kind": end.kind})
    if len(day.stops) > 1:
        route = [_position(stop) for stop in day.stops]
        told = {**when, "path": _("straight from stop to stop")}
        yield _feature("LineString", route, told)


def _at(day: Day, part: str) -> int:
    minutes = day.leaves if part == "begins" else day.back
    assert minutes is not None
    return minutes


def _transfer(
    one: City, way: Transfer, other: City, when: dict[str, Any]
) -> dict[str, Any]:
    """The way between two cities, from gateway to gateway where we know them, by the
    clocks of both.
    """
    ends = way.origin or one, way.target or other
    told = {
        **when,
        "path": _("straight from %(one)s to %(other)s", one=one.name, other=other.name),
        "from": one.name,
        **({"leaves_from": way.origin.name} if way.origin else {}),
        **({"arrives_at": way.target.name} if way.target else {}),
        "leave": clock(way.leave),
        "leaves_the_day_before": way.leave < 0,
        "arrive": clock(way.arrive),
        "travel_minutes": way.minutes,
        "travel_mode": way.mode,
        "times": "usual" if way.known else "estimated",
    }
    return _feature("LineString", [(it.lon, it.lat) for it in ends], told)


def _feature(shape: str, positions: object, told: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": {"type": shape, "coordinates": positions},
        "properties": told,
    }


def _position(stop: Stop) -> tuple[float, float]:
    return stop.place.lon, stop.place.lat


def _properties(stop: Stop) -> dict[str, Any]:
    place = stop.place
    return {
        "kind": stop.kind,
        **({"holds": stop.holds} if stop.holds else {}),
        "name": place.name,
        "local_name": local_name(stop),
        "category": "own" if place.is_own else place.category,
        "arrive": clock(stop.arrive),
        "leave": clock(stop.leave),
        "travel_minutes": stop.travel_minutes,
        "travel_mode": stop.travel_mode,
        "reason": reason(stop),
        "hours": place.hours,
        "price": place.price,
        "currency": place.currency,
        "fares": [fare._asdict() for fare in place.fares],
        "price_year": place.price_year,
        "booking": place.booking,
        "source": place.source,
        "source_url": source_url(place),
        "licence": place.licence,
    }
