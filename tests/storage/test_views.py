"""What the views of the schema `analytics` answer, to the number."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest

from itinerary_app.storage.base import Changes
from itinerary_app.storage.database import Database
from itinerary_app.storage.postgres import PostgresStorage
from itinerary_app.storage.testing import OWNER, itinerary, turn

MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)
ALL = {
    "city": "Jaipur",
    "duration_days": 3,
    "pace": "relaxed",
    "budget": "low",
    "interests": ["food", "art"],
}
PARIS = {"city": "Paris", "duration_days": 2, "interests": ["art"]}
UNUSED = """
UPDATE sessions SET last_accessed = created_at + interval '5 min',
  sweep_after = created_at + interval '2 h' WHERE preferences ->> 'city' = 'Jaipur'
"""
GUIDE = Path(__file__).parents[2] / "itinerary_app" / "storage" / "ANALYTICS.md"

# Six went to Jaipur on Monday, two of them with an edit; one to Paris, with a
# calendar; one asked about
# Paris only. On Tuesday came one who said nothing, and one whose trip was moved here.
GOLDEN = {
    "sessions_per_day": [(MONDAY, 8, 8, 7, 0, 2), (TUESDAY, 2, 1, 1, 0, 2)],
    "funnel": [(MONDAY, 8, 8, 6, 7, 2, 1), (TUESDAY, 2, 1, 0, 1, 0, 0)],
    "cities_per_day": [
        (MONDAY, "Jaipur", 6, 6),
        (MONDAY, "Paris", 2, 1),
        (TUESDAY, "Paris", 1, 1),
    ],
    "interests_per_day": [
        (MONDAY, "art", 7),
        (MONDAY, "food", 6),
        (TUESDAY, "art", 1),
    ],
    "questions_to_plan": [(MONDAY, 0, 1), (MONDAY, 1, 6)],
    "turns_per_plan": [(MONDAY, 7, 13, 15, 9)],
    "length_of_stay": [
        (MONDAY, "Jaipur", 3, 6),
        (MONDAY, "Paris", 2, 1),
        (TUESDAY, "Paris", 2, 1),
    ],
    "time_to_plan": [(MONDAY, 7, 40, 76)],
    "starts_by_hour": [(MONDAY, 1, 9, 7), (MONDAY, 1, 23, 1), (TUESDAY, 2, 0, 2)],
}


def begin(storage: PostgresStorage, admin: psycopg.Connection[Any], at: str) -> str:
    key = storage.create_session(owner_hash=OWNER).session_id
    admin.execute(
        "UPDATE sessions SET created_at = %s WHERE session_id = %s", [at, key]
    )
    return key


def planned(
    storage: PostgresStorage, admin: psycopg.Connection[Any], key: str, seconds: int
) -> None:
    storage.update_session(key, Changes(itinerary=itinerary()), messages=turn("plan"))
    admin.execute(
        "UPDATE sessions SET planned_at = created_at + %s * interval '1 s' "
        "WHERE session_id = %s",
        [seconds, key],
    )


def populate(storage: PostgresStorage, admin: psycopg.Connection[Any]) -> list[str]:
    """The population of GOLDEN; the ids of those who live."""
    for number in range(6):
        key = begin(storage, admin, "2026-03-02 09:59:59Z")
        storage.update_session(key, Changes(ALL, questions=1), messages=turn("wish"))
        planned(storage, admin, key, 10 * (number + 1))
        if number < 2:
            edit = Changes(itinerary=itinerary("edited"))
            storage.update_session(key, edit, messages=turn("edit"))
    paris = begin(storage, admin, "2026-03-02 09:00Z")
    storage.update_session(paris, Changes(PARIS))
    planned(storage, admin, paris, 100)
    storage.record_export(paris, "ics")
    asked = begin(storage, admin, "2026-03-02 23:59:59.9Z")
    storage.update_session(asked, Changes({"city": "Paris"}), messages=turn("Paris?"))
    silent = begin(storage, admin, "2026-03-03 00:00Z")
    elsewhere = storage.snapshot(paris)
    assert elsewhere is not None
    moved = replace(
        elsewhere.session,
        session_id=str(uuid.uuid4()),
        created_at=elsewhere.session.created_at.replace(day=3, hour=0),
    )
    assert storage.restore(replace(elsewhere, session=moved))
    admin.execute(UNUSED)
    return [paris, asked, silent, moved.session_id]


def rows(admin: psycopg.Connection[Any], view: str) -> list[tuple[Any, ...]]:
    return sorted(admin.execute(f"SELECT * FROM {view}").fetchall())


def answers(admin: psycopg.Connection[Any]) -> dict[str, list[tuple[Any, ...]]]:
    return {view: rows(admin, f"analytics.{view}") for view in GOLDEN}


@pytest.fixture
def storage(database: Database) -> Iterator[PostgresStorage]:
    storage = PostgresStorage(database, pool_size=2)
    yield storage
    storage.close()


@pytest.fixture
def admin(database_url: str) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(database_url, autocommit=True) as connection:
        yield connection


def test_every_session_counts_the_same_before_and_after_it_is_gone(
    storage: PostgresStorage, admin: psycopg.Connection[Any]
) -> None:
    """Each view is exact, whether sessions live, expired, were swept or deleted."""
    living = populate(storage, admin)
    assert answers(admin) == GOLDEN
    assert storage.delete_expired_sessions(limit=10) == 6
    assert answers(admin) == GOLDEN
    for key in living:
        assert storage.delete_session(key)
    ended = {"sessions_per_day": [(MONDAY, 8, 8, 7, 1, 0), (TUESDAY, 2, 1, 1, 1, 0)]}
    assert answers(admin) == {**GOLDEN, **ended}


def test_a_day_is_utc_wherever_one_asks(
    storage: PostgresStorage, admin: psycopg.Connection[Any]
) -> None:
    """The time zone of the connection moves no session to another day."""
    populate(storage, admin)
    admin.execute("SET timezone = 'Pacific/Auckland'")
    assert answers(admin) == GOLDEN


def test_backlog_is_what_the_next_sweep_deletes(
    storage: PostgresStorage, admin: psycopg.Connection[Any]
) -> None:
    """Expired rows by the day of their end, and the age of the first; then none."""
    populate(storage, admin)
    [(day, sessions, oldest)] = rows(admin, "analytics.retention_backlog")
    backlog = storage.backlog()
    assert (day, sessions) == (MONDAY, backlog.sessions) == (MONDAY, 6)
    assert backlog.oldest is not None
    assert abs(oldest - backlog.oldest.total_seconds()) < 60
    storage.delete_expired_sessions(limit=10)
    assert rows(admin, "analytics.retention_backlog") == []


def test_nobody_yet(admin: psycopg.Connection[Any]) -> None:
    """Without sessions the views are empty."""
    assert not any(answers(admin).values())


def test_views_explain_themselves(admin: psycopg.Connection[Any]) -> None:
    """Each view and column says what it means; a day comes first."""
    silent = admin.execute(
        """
        SELECT attrelid::regclass, attname
        FROM pg_attribute JOIN pg_class AS c ON c.oid = attrelid
        WHERE relnamespace IN ('analytics'::regnamespace, 'analyst'::regnamespace)
          AND attrelid <> 'analytics.sessions'::regclass AND attnum > 0
          AND (col_description(c.oid, attnum) IS NULL
               OR obj_description(c.oid) IS NULL
               OR (attnum = 1) <> (attname = 'day'))
        """
    ).fetchall()
    assert silent == []


def test_guide_tells_of_each_view_and_its_queries_run(
    storage: PostgresStorage, admin: psycopg.Connection[Any]
) -> None:
    """ANALYTICS.md has an example for each view, and each example is valid."""
    populate(storage, admin)
    admin.execute("SET search_path = analyst")
    examples = re.findall(r"```sql\n(.*?)```", GUIDE.read_text(), re.DOTALL)
    for example in examples:
        assert admin.execute(example).description
    told = set(re.findall(r"FROM (\w+)", "".join(examples)))
    assert told == {*GOLDEN, "retention_backlog"}
