"""The trail tells that a plan was taken away, shared, and no longer shared."""

from __future__ import annotations

import json
from uuid import UUID

import pytest

from itinerary_app.audit import Trail
from itinerary_app.storage.base import Changes
from itinerary_app.storage.postgres import PostgresStorage
from itinerary_app.storage.testing import OWNER, itinerary
from itinerary_app.trips.conversation import ConversationManager
from tests.trips.test_conversation import manager


@pytest.fixture
def talk(storage: PostgresStorage) -> ConversationManager:
    return manager(storage)


@pytest.fixture
def trip(storage: PostgresStorage, talk: ConversationManager) -> str:
    trip = talk.start(OWNER).session_id
    storage.update_session(trip, Changes(itinerary=itinerary()))
    return trip


def kinds(trail: Trail, trip: str) -> list[str]:
    return [event.kind for event in trail.events(UUID(trip))]


def test_sharing_is_recorded(
    talk: ConversationManager, trail: Trail, trip: str
) -> None:
    """One event when sharing begins and one when it ends; none for saying so again."""
    for shared in (False, True, True, False, False):
        talk.share(trip, OWNER, shared)
    told = [kind for kind in kinds(trail, trip) if kind.endswith("shared")]
    assert told == ["shared", "unshared"]
    assert "itinerary" not in kinds(trail, trip)[3:]


def test_what_was_taken_away_is_recorded(
    talk: ConversationManager, trail: Trail, trip: str
) -> None:
    """Owner's and visitors' files are in the trail by their kind."""
    talk.share(trip, OWNER, True)
    talk.export(trip, OWNER, "gpx")
    talk.hand_out(talk.shared(trip), "ics", "2026-12-24")
    told = [
        json.loads(event.detail)
        for event in trail.events(UUID(trip))
        if event.kind == "exported"
    ]
    assert [(it["as"], it["exports"]) for it in told] == [("gpx", 1), ("ics", 2)]
