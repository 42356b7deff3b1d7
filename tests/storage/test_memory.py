"""The in-memory storage keeps the contract."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from itinerary_app.storage.base import SessionStorage
from itinerary_app.storage.memory import MemoryStorage
from tests.storage.contract import SessionStorageContract


class Clock:
    """A clock that the test owns."""

    def __init__(self) -> None:
        self.now = datetime(2026, 1, 15, 10, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


class TestMemory(SessionStorageContract):
    clock: Clock

    @pytest.fixture
    def storage(self) -> MemoryStorage:
        self.clock = Clock()
        return MemoryStorage(clock=self.clock)

    def pass_time(self, storage: SessionStorage, by: timedelta) -> None:
        self.clock.now += by

    def test_idle_end_is_exact(self, storage: MemoryStorage) -> None:
        """18: alive until idle timeout plus touch interval, to the microsecond."""
        trip = storage.create_session(owner_hash=bytes(32))
        self.clock.now += timedelta(minutes=61) - timedelta(microseconds=1)
        assert storage.get_session(trip.session_id, touch=False) is not None
        self.clock.now += timedelta(microseconds=1)
        assert storage.get_session(trip.session_id, touch=False) is None

    def test_clock_set_back_loses_nothing(self, storage: MemoryStorage) -> None:
        """21: a clock that jumps back a day neither ends nor ages a session."""
        trip = storage.create_session(owner_hash=bytes(32))
        self.clock.now -= timedelta(days=1)
        session = storage.get_session(trip.session_id)
        assert session is not None
        assert session.last_accessed == trip.last_accessed
