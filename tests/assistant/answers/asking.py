"""A traveller who asks about a plan, and what is answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from itinerary_app.acts.acts import Ask, Topic
from itinerary_app.assistant.answers import Answer, Given, answer
from itinerary_app.assistant.reader import Scene
from itinerary_app.model import (
    Message,
    Preferences,
    Role,
    TripSession,
)
from tests.assistant.plans import CATALOGUE, plan

TODAY = date(2026, 11, 28)  # a Saturday
BEGAN = datetime(2026, 11, 28, 20, tzinfo=UTC)
HERE = Given(places=CATALOGUE.places)


def scene(name: str | None = "rome", **wishes: Any) -> Scene:
    """The scene of a labelled plan, None: of a new trip."""
    if name is None:
        return Scene(TODAY, CATALOGUE.cities, Preferences(**wishes))
    trip = plan(name)
    return Scene(
        TODAY,
        CATALOGUE.cities,
        replace(trip.preferences, **wishes),
        trip.itinerary,
        trip.places,
    )


def session(seen: Scene, *said: str) -> TripSession:
    """The trip, in which the assistant said this, oldest first."""
    return TripSession(
        session_id="s",
        owner_hash=bytes(32),
        version=1,
        preferences=seen.preferences,
        itinerary=seen.itinerary,
        conversation_history=tuple(Message(Role.ASSISTANT, text) for text in said),
        message_count=len(said),
        clarifying_questions_count=0,
        created_at=BEGAN,
        last_accessed=BEGAN,
        idle=timedelta(hours=1),
        ends_at=BEGAN + timedelta(days=1),
    )


def asked(
    topic: Topic,
    *,
    of: Scene | None = None,
    said: tuple[str, ...] = (),
    given: Given = HERE,
    **parts: Any,
) -> Answer:
    seen = of or scene()
    return answer(Ask(topic=topic, **parts), seen, session(seen, *said), given)
