"""The labelled messages as values, and the scene that each was said in."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from itinerary_app.acts import codec
from itinerary_app.acts.focus import Focus
from itinerary_app.acts.values import Reference, minutes_of
from itinerary_app.assistant.reader import Scene
from itinerary_app.catalogue.places import Catalogue
from itinerary_app.model import (
    Day,
    Itinerary,
    Pace,
    Preferences,
    Stage,
    Stop,
    StopKind,
)

FOLDER = Path(__file__).parent
PARTS = ("seen", "unseen")
TODAY = date(2026, 11, 28)  # a Saturday
CATALOGUE = Catalogue()


@dataclass(frozen=True, slots=True)
class Labelled:
    """A message, when it was said, and the outcomes that are right."""

    id: str
    kind: str
    part: str
    say: str
    want: Sequence[Mapping[str, Any]]
    plan: str | None = None
    before: Sequence[Sequence[str]] = ()
    about: Mapping[str, Any] = field(default_factory=dict)


def messages(part: str) -> list[Labelled]:
    """Those of one part, by kind."""
    return [
        Labelled(kind=path.stem, part=part, **json.loads(line))
        for path in sorted((FOLDER / part).glob("*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
        if line.strip()
    ]


def scene(message: Labelled) -> Scene:
    """What the message is to be read in the light of."""
    if message.plan is None:
        return Scene(TODAY, CATALOGUE.cities, focus=focus(message.about))
    told, itinerary = planned(message.plan)
    return Scene(
        TODAY,
        CATALOGUE.cities,
        preferences=told,
        itinerary=itinerary,
        places=[it for city in itinerary.cities for it in CATALOGUE.places(city.name)],
        focus=focus(message.about),
    )


def focus(about: Mapping[str, Any]) -> Focus:
    """An act that was proposed with an open reference waits for its answer."""
    stops = tuple(about.get("stops", ()))
    proposed = codec.loads(about.get("proposed", []))
    open_ones = [
        value
        for act in proposed
        for value in msgspec.structs.asdict(act).values()
        if isinstance(value, Reference)
    ]
    pending = proposed if open_ones else ()
    return Focus(
        stops=stops,
        day=about.get("day"),
        gone=tuple(about.get("gone", ())),
        listed=about.get("listed", False),
        done=tuple(codec.loads(about.get("done", []))),
        proposed=() if pending else proposed,
        pending=pending,
        options=(open_ones[0].ids or stops) if pending else (),
        asked=about.get("asked", "which" if pending else None),
    )


@cache
def planned(name: str) -> tuple[Preferences, Itinerary]:
    """The wishes and the plan of `plans/NAME.json`."""
    told = json.loads((FOLDER / "plans" / f"{name}.json").read_text("utf-8"))
    stages = tuple(
        Stage(CATALOGUE.city(it["city"]), it["first"]) for it in told.get("stages", ())
    )
    city = CATALOGUE.city(told["city"])
    cities = [it.city for it in stages] or [city]
    places = {it.id: it for city in cities for it in CATALOGUE.places(city.name)}
    start = told["start_date"] and date.fromisoformat(told["start_date"])
    days = []
    for number, stops in enumerate(told["days"], 1):
        made: list[Stop] = []
        for stop in stops:
            arrive = minutes_of(stop["arrive"])
            made.append(
                Stop(
                    StopKind(stop["kind"]),
                    arrive,
                    minutes_of(stop["leave"]),
                    arrive - made[-1].leave if made else 0,
                    "walk",
                    "",
                    places[stop["id"]],
                )
            )
        on = start + timedelta(days=number - 1) if start else None
        days.append(Day(number, Pace(told["pace"]), tuple(made), on))
    preferences = Preferences.from_dict(
        {
            "duration_days": len(days),
            **{name: told[name] for name in ("city", "interests", "pace", "budget")},
            "start_date": told["start_date"],
            "legs": [{"city": it.city.name} for it in stages],
        }
    )
    return preferences, Itinerary(city, tuple(days), (), stages)
