"""The figures of the charts: counted of what lives and of what has ended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import psycopg
import pytest

from itinerary_app.storage.analytics import Bucket, Day, Funnel, Group
from itinerary_app.storage.base import Changes
from itinerary_app.storage.database import Database
from itinerary_app.storage.memory import MemoryStorage
from itinerary_app.storage.postgres import PostgresStorage
from itinerary_app.storage.testing import OWNER, itinerary, turn


@pytest.fixture
def storage(database: Database) -> Iterator[PostgresStorage]:
    storage = PostgresStorage(database, pool_size=2)
    yield storage
    storage.close()


@pytest.fixture
def admin(database: Database) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(**database.parameters, autocommit=True) as connection:
        yield connection


def today() -> date:
    return datetime.now(UTC).date()


def test_living_and_ended_sessions_are_counted_alike(storage: PostgresStorage) -> None:
    """One planned and edited, one deleted without a plan: the same day, both."""
    told = {
        "city": "Jaipur",
        "duration_days": 3,
        "pace": "relaxed",
        "budget": "low",
        "interests": ["food", "art"],
    }
    key = storage.create_session(owner_hash=OWNER).session_id
    storage.update_session(key, Changes(told, questions=1), messages=turn("a"))
    storage.update_session(key, Changes(itinerary=itinerary()), messages=turn("b"))
    storage.update_session(key, Changes(itinerary=itinerary("2")), messages=turn("c"))
    gone = storage.create_session(owner_hash=OWNER).session_id
    storage.update_session(gone, Changes({"city": "Rome"}), messages=turn("d"))
    storage.delete_session(gone)

    day = today()
    found = storage.figures(day - timedelta(days=1), day)
    assert found.days == [Day(day - timedelta(days=1), 0, 0, 0), Day(day, 2, 1, 1)]
    assert found.funnel == Funnel(2, 2, 1, 1, 1, 0)
    assert found.cities == [Group("Jaipur", 1, 1), Group("Rome", 1, 0)]
    assert found.interests == [Group("art", 1, 1), Group("food", 1, 1)]
    assert [start.sessions for start in found.starts] == [2]
    assert found.starts[0].weekday == day.isoweekday()
    assert found.questions == [Bucket(1, 1)]
    assert found.turns == [Bucket(2, 1)]
    assert found.waits == [Bucket(0, 1)]
    assert found.stays == [Bucket(3, 1)]
    assert sorted(found.endings, key=str) == [("deleted", 1), (None, 1)]
    assert found.typical.questions == 1
    assert found.typical.turns == 2
    assert found.typical.stay == 3
    assert {"sessions", "messages", "session_facts"} <= {
        table.name for table in found.tables
    }


def test_other_days_do_not_count(
    storage: PostgresStorage, admin: psycopg.Connection[Any]
) -> None:
    """A period has the sessions that started in it, first and last day included."""
    for days in range(4):
        storage.create_session(owner_hash=OWNER)
        admin.execute(
            "UPDATE sessions SET created_at = now() - %s * interval '1 day' "
            "WHERE created_at > now() - interval '1 hour' ",
            (days + 1,),
        )
    day = today()
    found = storage.figures(day - timedelta(days=3), day - timedelta(days=2))
    assert [it.started for it in found.days] == [1, 1]


def test_nothing_yet(storage: PostgresStorage) -> None:
    """An empty database has zeros, and no typical values."""
    found = storage.figures(today(), today())
    assert found.days == [Day(today(), 0, 0, 0)]
    assert found.funnel == Funnel(0, 0, 0, 0, 0, 0)
    assert set(found.typical) == {None}
    assert found.cities == []


def test_other_storages_have_no_figures() -> None:
    """What keeps nothing of an ended session says so by None."""
    assert MemoryStorage().figures(today(), today()) is None
