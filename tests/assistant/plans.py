"""The plans that the labelled messages speak of, as the app has them."""

from __future__ import annotations

import json
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from itinerary_app.acts.values import minutes_of
from itinerary_app.catalogue.places import Catalogue
from itinerary_app.model import (
    Day,
    Itinerary,
    Pace,
    Place,
    Preferences,
    Stage,
    Stop,
    StopKind,
)
from itinerary_app.planner.ways.travel import Estimates

CATALOGUE = Catalogue()
FOLDER = Path(__file__).parent / "labelled" / "plans"
NAMES = tuple(sorted(file.stem for file in FOLDER.glob("*.json")))
_REASONS = {5: "Must-see", 4: "Well known"}


class Trip(NamedTuple):
    """A plan, the wishes that it was made of, and all places of its city."""

    itinerary: Itinerary
    preferences: Preferences
    places: tuple[Place, ...]


@cache
def plan(name: str) -> Trip:
    """The trip of plans/NAME.json; facts and ways are the catalogue's."""
    told = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    city = CATALOGUE.city(told["city"])
    stages = tuple(
        Stage(CATALOGUE.city(it["city"]), it["first"]) for it in told.get("stages", ())
    )
    cities = [it.city.name for it in stages] or [city.name]
    places = tuple(it for name in cities for it in CATALOGUE.places(name))
    wishes = {key: told[key] for key in ("city", "interests", "pace", "budget")}
    wishes |= {"duration_days": len(told["days"]), "start_date": told["start_date"]}
    start = date.fromisoformat(told["start_date"]) if told["start_date"] else None
    days = tuple(
        Day(
            number=number,
            pace=Pace(told["pace"]),
            stops=_stops(stops, {place.id: place for place in places}),
            date=start + timedelta(days=number - 1) if start else None,
        )
        for number, stops in enumerate(told["days"], start=1)
    )
    wishes |= {"legs": [{"city": name} for name in cities] if stages else None}
    whole = Itinerary(city, days, (), stages)
    return Trip(whole, Preferences.from_dict(wishes), places)


def _stops(told: list[dict[str, Any]], places: dict[str, Place]) -> tuple[Stop, ...]:
    day = [places[stop["id"]] for stop in told]
    ways = Estimates().ways(day, ())
    stops = []
    for at, (stop, place) in enumerate(zip(told, day, strict=True)):
        hop = ways.hop(day[at - 1], place) if at else None
        stops.append(
            Stop(
                kind=StopKind(stop["kind"]),
                arrive=minutes_of(stop["arrive"]),
                leave=minutes_of(stop["leave"]),
                travel_minutes=hop.minutes if hop else 0,
                travel_mode=hop.mode if hop else "walk",
                reason=_REASONS.get(place.importance, "Fits the day"),
                place=place,
            )
        )
    return tuple(stops)
