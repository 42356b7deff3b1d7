"""What outlives a session: its facts, without texts, ids and owners."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from itinerary_app.storage.base import Changes
from itinerary_app.storage.database import Database
from itinerary_app.storage.postgres import PostgresStorage
from itinerary_app.storage.testing import OWNER, itinerary, turn

TELLING = "city, days, pace, interests, user_messages, assistant_messages, questions"
COUNTS = "plans, turns_to_plan, questions_to_plan"
IDLE = "last_accessed = last_accessed - idle_timeout - interval '61 s'"
EXPIRE = f"UPDATE sessions SET {IDLE}, sweep_after = now() - interval '1 s'"

OUTLIVE = "UPDATE sessions SET ends_at = now(), sweep_after = now() - interval '1 s'"


@pytest.fixture
def storage(database: Database) -> Iterator[PostgresStorage]:
    storage = PostgresStorage(database, pool_size=2)
    yield storage
    storage.close()


@pytest.fixture
def admin(database: Database) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(**database.parameters, autocommit=True) as connection:
        yield connection


def trip(storage: PostgresStorage) -> str:
    """Two turns: a question, then a plan; one edit of it."""
    key = storage.create_session(owner_hash=OWNER).session_id
    wish = {"city": "Jaipur", "duration_days": 3, "interests": ["food", "art"]}
    storage.update_session(key, Changes(wish, questions=1), messages=turn("a"))
    storage.update_session(key, Changes(itinerary=itinerary()), messages=turn("b"))
    storage.update_session(
        key, Changes({"pace": "packed"}, itinerary("edited")), messages=turn("c")
    )
    return key


def told(admin: psycopg.Connection[Any], source: str = "session_facts") -> Any:
    return admin.execute(f"SELECT {TELLING}, {COUNTS}, reason FROM {source}").fetchall()


FACTS = ("Jaipur", 3, "packed", ["food", "art"], 3, 3, 1, 2, 2, 1)


def test_facts_outlive_the_session(
    storage: PostgresStorage, admin: psycopg.Connection[Any]
) -> None:
    """A trip that the traveller deletes leaves its facts, and nothing else."""
    storage.delete_session(trip(storage))
    assert told(admin) == [(*FACTS, "deleted")]
    names = admin.execute("SELECT * FROM session_facts LIMIT 0").description or ()
    assert not {"session_id", "owner_hash"} & {column.name for column in names}


@pytest.mark.parametrize(
    ("meanwhile", "reason"),
    [
        (EXPIRE, "expired"),
        (OUTLIVE, "lifetime"),
        (f"{EXPIRE}, ends_at = now() - interval '1 ms'", "expired"),
    ],
)
def test_reason_is_why_it_ended(
    storage: PostgresStorage,
    admin: psycopg.Connection[Any],
    meanwhile: str,
    reason: str,
) -> None:
    """Disuse and old age are told apart, and counted alike before and after a sweep."""
    trip(storage)
    admin.execute(meanwhile)
    before = told(admin, "analytics.sessions")
    assert before == [(*FACTS, reason)]
    assert storage.delete_expired_sessions(limit=10) == 1
    assert told(admin, "analytics.sessions") == told(admin) == before


@pytest.mark.parametrize(
    "preferences",
    ['{"interests": "food", "duration_days": "three"}', "[1]", '"x"', '{"pace": {}}'],
)
def test_odd_preferences_keep_nobody_from_deleting(
    storage: PostgresStorage, admin: psycopg.Connection[Any], preferences: str
) -> None:
    """Whatever psql wrote there, the session can be swept, and leaves its facts."""
    trip(storage)
    admin.execute("UPDATE sessions SET preferences = %s", [preferences])
    admin.execute(EXPIRE)
    assert storage.delete_expired_sessions(limit=10) == 1
    assert len(told(admin)) == 1


def test_a_session_that_lives_has_no_reason_yet(
    storage: PostgresStorage, admin: psycopg.Connection[Any]
) -> None:
    """The view has living sessions too."""
    trip(storage)
    assert told(admin, "analytics.sessions") == [(*FACTS, None)]
    assert told(admin) == []


def test_erasure_says_so(
    storage: PostgresStorage, admin: psycopg.Connection[Any]
) -> None:
    """Who erases says it in the transaction; psql leaves facts as the app does."""
    trip(storage)
    with admin.transaction():
        admin.execute("SET LOCAL itinerary.ended_as = 'erased'")
        admin.execute("DELETE FROM sessions")
    assert told(admin) == [(*FACTS, "erased")]


def test_a_copy_that_makes_room_leaves_no_facts(
    storage: PostgresStorage, admin: psycopg.Connection[Any]
) -> None:
    """A session replaced by its later version has not ended."""
    key = trip(storage)
    early = storage.snapshot(key)
    storage.update_session(key, Changes(), messages=turn("d"))
    late = storage.snapshot(key)
    assert early is not None
    assert late is not None
    storage.delete_session(key)
    assert storage.restore(early)
    assert storage.restore(late)
    assert len(told(admin)) == 1
    [living] = [row for row in told(admin, "analytics.sessions") if row[-1] is None]
    assert living[4:6] == (4, 4)
