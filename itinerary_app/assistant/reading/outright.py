"""Outright: what is said of how stops stand to each other, to the clock, to a day."""

from __future__ import annotations

from collections.abc import Sequence

from itinerary_app.acts.acts import Act
from itinerary_app.assistant.reading.apart import set_apart
from itinerary_app.assistant.reading.bounds import bounded
from itinerary_app.assistant.reading.counting import counted
from itinerary_app.assistant.reading.known import Known
from itinerary_app.assistant.reading.tokens import Token


def said_of_stops(tokens: Sequence[Token], known: Known) -> list[Act]:
    """The acts of such a statement about a plan, which is none of the grammar's; nothing
    if it is another one.
    """
    if not known.planned:
        return []
    read = (set_apart, bounded, counted)
    return next((acts for it in read if (acts := it(tokens, known))), [])
