"""Offering: acts that were meant for an older state of the trip, on this one."""

from __future__ import annotations

from collections.abc import Sequence

from itinerary_app.acts.acts import Act
from itinerary_app.acts.focus import Focus
from itinerary_app.assistant.telling import chips, proposing
from itinerary_app.model import TripSession
from itinerary_app.storage.base import State
from itinerary_app.trips.history import History, acts_of
from itinerary_app.trips.parts import Parts
from itinerary_app.trips.thought import Thought


def offer(parts: Parts, trip: TripSession, acts: Sequence[Act]) -> Thought:
    """Acts that were meant for an older state of the trip, offered on this one."""
    scene = parts.scene(trip)
    versions = History(parts.storage, trip).versions
    made = acts_of(versions[0]) if versions else ()
    text = proposing.anew(acts, made, scene)
    focus = Focus(proposed=tuple(acts))
    state = State(trip.preferences, trip.itinerary)
    return Thought(text=text, chips=chips.AGREE, focus=focus, state=state)
