"""The app's reader and resolver, as a turn uses them."""

from __future__ import annotations

from itinerary_app.acts.resolve import resolve
from itinerary_app.assistant.reader import Reader, Scene
from itinerary_app.assistant.reading.reader import GrammarReader
from tests.assistant.labelled.grading import Reading
from tests.assistant.labelled.messages import CATALOGUE


def new_reader() -> Reader:
    return GrammarReader(CATALOGUE.places)


def understood(reader: Reader, text: str, scene: Scene) -> Reading:
    """What a message comes to: resolved acts, and what is asked or not understood."""
    read = reader.read(text, scene)
    resolved = resolve(read.acts, scene)
    return Reading(
        resolved.acts,
        resolved.question is not None or read.unsure,
        (*read.unread, *resolved.unknown),
    )
