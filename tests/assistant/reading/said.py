"""What is made of a message about one of the labelled plans, or of a first one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from itinerary_app.acts import codec
from itinerary_app.acts.focus import Focus
from itinerary_app.acts.resolve import Resolution, resolve
from itinerary_app.assistant.reader import Scene, Understanding
from itinerary_app.assistant.reading.reader import GrammarReader
from tests.assistant.labelled.messages import CATALOGUE, TODAY, planned

READER = GrammarReader(CATALOGUE.places)


def scene(plan: str | None = "rome", focus: Focus | None = None) -> Scene:
    """One of `labelled/plans`, or a new trip."""
    if plan is None:
        return Scene(TODAY, CATALOGUE.cities, focus=focus or Focus())
    preferences, itinerary = planned(plan)
    return Scene(
        TODAY,
        CATALOGUE.cities,
        preferences=preferences,
        itinerary=itinerary,
        places=[it for city in itinerary.cities for it in CATALOGUE.places(city.name)],
        focus=focus or Focus(),
    )


def understood(text: str, plan: str | None = "rome") -> Understanding:
    """The message as it was read."""
    return READER.read(text, scene(plan))


def resolved(
    text: str, plan: str | None = "rome", focus: Focus | None = None
) -> Resolution:
    """The message as it is to be carried out."""
    here = scene(plan, focus)
    return resolve(READER.read(text, here).acts, here)


def acts(text: str, plan: str | None = "rome") -> Sequence[dict[str, Any]]:
    """The JSON of the resolved acts."""
    made: Sequence[dict[str, Any]] = codec.dumps(resolved(text, plan).acts)
    return made
