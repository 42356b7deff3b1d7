"""The in-memory storage keeps the contract."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import ClassVar

import pytest

from itinerary_app.errors import StorageUnavailable
from itinerary_app.storage.base import SessionStorage
from itinerary_app.storage.memory import MemoryStorage
from itinerary_app.storage.testing import SessionStorageContract

INTACT = "what lies in memory cannot be damaged from outside"


class Clock:
    """A clock that the test owns."""

    def __init__(self) -> None:
        self.now = datetime(2026, 1, 15, 10, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


class TestMemory(SessionStorageContract):
    clock: Clock
    divergences: ClassVar = {
        "test_a_damaged_session_hides_no_other": INTACT,
        "test_a_damaged_session_stops_no_sweep": INTACT,
    }

    @pytest.fixture
    def storage(self) -> MemoryStorage:
        self.clock = Clock()
        return MemoryStorage(clock=self.clock)

    def pass_time(self, storage: SessionStorage, by: timedelta) -> None:
        self.clock.now += by

    def test_idle_end_is_exact(self, storage: MemoryStorage) -> None:
        """Alive until idle timeout plus touch interval, to the microsecond."""
        trip = storage.create_session(owner_hash=bytes(32))
        self.clock.now += timedelta(minutes=61) - timedelta(microseconds=1)
        assert storage.get_session(trip.session_id, touch=False) is not None
        self.clock.now += timedelta(microseconds=1)
        assert storage.get_session(trip.session_id, touch=False) is None

    def test_full_memory_refuses_the_new_and_keeps_the_living(self) -> None:
        """At its bound the storage says so; what has expired makes room."""
        clock = Clock()
        storage = MemoryStorage(clock=clock, max_sessions=2)
        first = storage.create_session(owner_hash=bytes(32))
        clock.now += timedelta(minutes=40)
        second = storage.create_session(owner_hash=bytes(32))
        with pytest.raises(StorageUnavailable, match="2 trips, as many as fit"):
            storage.create_session(owner_hash=bytes(32))
        clock.now += timedelta(minutes=40)
        third = storage.create_session(owner_hash=bytes(32))
        listed = storage.list_sessions(bytes(32))
        assert {trip.session_id for trip in listed} == {
            second.session_id,
            third.session_id,
        }
        assert storage.get_session(first.session_id) is None

    def test_clock_set_back_loses_nothing(self, storage: MemoryStorage) -> None:
        """A clock that jumps back a day neither ends nor ages a session."""
        trip = storage.create_session(owner_hash=bytes(32))
        self.clock.now -= timedelta(days=1)
        session = storage.get_session(trip.session_id)
        assert session is not None
        assert session.last_accessed == trip.last_accessed
