"""A manager in memory, and a trip of Alice."""

from __future__ import annotations

import pytest

from itinerary_app.storage.memory import MemoryStorage
from itinerary_app.trips.conversation import ConversationManager
from tests.trips.phrases import manager
from tests.trips.scripted import ALICE


@pytest.fixture
def storage() -> MemoryStorage:
    return MemoryStorage()


@pytest.fixture
def talk(storage: MemoryStorage) -> ConversationManager:
    return manager(storage)


@pytest.fixture
def trip(talk: ConversationManager) -> str:
    return talk.start(ALICE).session_id
