"""One session, used by several clients at once, behaves as if they took turns."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from itinerary_app.model import TripSession
from itinerary_app.storage.base import SessionStorage
from itinerary_app.storage.database import Database
from itinerary_app.storage.memory import MemoryStorage
from itinerary_app.storage.postgres import PostgresStorage
from itinerary_app.storage.redis import RedisStorage
from tests.storage.linearizability import (
    OPERATIONS,
    Operation,
    encounters,
    is_linearizable,
    record,
    turns_stand_once,
)

HISTORIES = 60 if os.environ.get("SOAK") else 6


def yielding_clock() -> datetime:
    """Lets other threads run amid an operation, as waiting for a server does."""
    time.sleep(0)
    return datetime.now(UTC)


@pytest.fixture(params=["memory", "postgresql", "redis"])
def storage(request: pytest.FixtureRequest) -> Iterator[SessionStorage]:
    if request.param == "memory":
        storage: SessionStorage = MemoryStorage(clock=yielding_clock)
    elif request.param == "redis":
        storage = RedisStorage(request.getfixturevalue("redis_url"))
    else:
        database: Database = request.getfixturevalue("database")
        storage = PostgresStorage(database)
    yield storage
    storage.close()


def test_concurrent_clients_see_one_order(storage: SessionStorage) -> None:
    """Whatever five clients are told at once, they could be told in some order."""
    for seed in range(HISTORIES):
        history = record(storage, seed)
        assert encounters(history) > OPERATIONS
        assert is_linearizable(history)
        assert turns_stand_once(history)


class CachedReads(MemoryStorage):
    """Every tenth read is fresh."""

    reads = 0
    cached: TripSession | None = None

    def get_session(self, session_id: str, **rest: Any) -> TripSession | None:
        if self.reads % 10 == 0:
            self.cached = super().get_session(session_id, **rest)
        self.reads += 1
        return self.cached


def test_a_stale_cache_is_caught() -> None:
    """No history of a storage that answers reads with old values passes."""
    assert not any(
        is_linearizable(record(CachedReads(clock=yielding_clock), seed))
        for seed in range(HISTORIES)
    )


WRITE = Operation(10, 20, version=2, count=1, added=1)


@pytest.mark.parametrize(
    ("other", "explained"),
    [
        (Operation(30, 40, version=2, count=1), True),
        (Operation(30, 40, version=1, count=0), False),
        (Operation(15, 25, version=1, count=0), True),
        (Operation(15, 25, version=2, count=1), True),
        (Operation(15, 25, version=2, count=0), False),
        (Operation(0, 5, version=2, count=1), False),
        (Operation(15, 25, version=2, count=1, added=1), False),
        (Operation(15, 25, version=3, count=2, added=1), True),
        (Operation(0, 5, version=3, count=2, added=1), False),
    ],
)
def test_the_checker_knows_what_time_allows(other: Operation, explained: bool) -> None:
    """A read or write beside, before or after a write, as it may be and may not."""
    assert is_linearizable([[WRITE], [other]]) is explained


@pytest.mark.parametrize(
    "others",
    [
        [Operation(30, 40, version=3, count=2, added=1, turn=("k", 2))],
        [Operation(30, 40, version=2, count=None, turn=("k", 2))],
        [Operation(30, 40, version=2, count=None, turn=("another", 1))],
    ],
)
def test_the_checker_knows_a_turn_that_stands_twice(others: list[Operation]) -> None:
    """A key written twice, told differently, or told and never written is caught."""
    first = Operation(10, 20, version=2, count=1, added=1, turn=("k", 1))
    assert turns_stand_once([[first]])
    assert not turns_stand_once([[first], others])
