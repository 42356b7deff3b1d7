"""Stale rows go by themselves, in small steps, and nothing that lives goes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from flask import Flask

from itinerary_app.app import create_app
from itinerary_app.config import Settings
from itinerary_app.storage.base import Changes
from itinerary_app.storage.database import Database
from itinerary_app.storage.memory import MemoryStorage
from itinerary_app.storage.postgres import PostgresStorage
from itinerary_app.storage.testing import OWNER, turn
from itinerary_app.trips.retention import Clocks, sweep
from tests.live import LiveServer
from tests.storage.test_memory import Clock

RACES = 10_000 if os.environ.get("SOAK") else 400
EXPIRE = """
UPDATE sessions SET last_accessed = now() - idle_timeout - interval '2 h',
                    sweep_after = now() - interval '1 h'
"""


@pytest.fixture
def storage(database: Database) -> Iterator[PostgresStorage]:
    storage = PostgresStorage(database, pool_size=8)
    yield storage
    storage.close()


@pytest.fixture
def admin(database_url: str) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(database_url, autocommit=True) as connection:
        yield connection


@pytest.fixture
def app(database_url: str) -> Flask:
    return create_app(
        Settings(
            environment="development", secret_key="x" * 40, storage_url=database_url
        )
    )


def fill(admin: psycopg.Connection[Any], sessions: int) -> None:
    """So many sessions of two messages each, made of one that the app made."""
    admin.execute(
        """
        INSERT INTO sessions SELECT (jsonb_populate_record(s,
          jsonb_build_object('session_id', gen_random_uuid()))).*
        FROM sessions AS s, generate_series(2, %s)
        """,
        [sessions],
    )
    admin.execute(
        """
        INSERT INTO messages (session_id, seq, role, content, created_at)
        SELECT session_id, seq, 'user', 'x', now()
        FROM sessions, generate_series(1, 2) AS seq ON CONFLICT DO NOTHING
        """
    )


def count(admin: psycopg.Connection[Any], table: str) -> int:
    row = admin.execute(f"SELECT count(*) FROM {table}").fetchone()
    assert row is not None
    return int(row[0])


def test_pass_takes_what_expired_and_leaves_what_lives(
    storage: PostgresStorage, admin: psycopg.Connection[Any]
) -> None:
    """Batches until nothing is left; the report tells rows, batches and backlog."""
    storage.create_session(owner_hash=OWNER)
    fill(admin, 25)
    admin.execute(EXPIRE)
    living = storage.create_session(owner_hash=OWNER)
    before = storage.backlog()
    assert before.sessions == 25
    assert before.oldest is not None
    assert timedelta(minutes=118) < before.oldest < timedelta(minutes=121)
    told: list[int] = []
    swept = sweep(storage, batch=10, on_batch=told.append)
    assert (swept.sessions, swept.batches, swept.left.sessions) == (25, 3, 0)
    assert told == [10, 10, 5]
    assert "25 expired sessions deleted in 3 batches" in str(swept)
    assert storage.get_session(living.session_id) is not None
    assert (count(admin, "sessions"), count(admin, "messages")) == (1, 0)


class Machine:
    """The storage, our clock and the time that passed, as a test sets them."""

    def __init__(self) -> None:
        self.storage = MemoryStorage(clock=lambda: self.theirs)
        self.theirs = self.ours = Clock().now
        self.passed = 0.0
        self.clocks = Clocks(
            self.storage, ours=lambda: self.ours, passed=lambda: self.passed
        )

    def goes_on(self, by: timedelta, ahead: timedelta = timedelta()) -> str:
        """Time goes by, and the storage's clock some more; the doubt that there is."""
        self.passed += by.total_seconds()
        self.theirs += by + ahead
        return self.clocks.doubt()


def test_a_clock_that_leaps_deletes_nothing() -> None:
    """Three hours ahead for a while: no sweep then, nor in the hour after."""
    machine, minute = Machine(), timedelta(minutes=1)
    assert machine.goes_on(minute) == ""
    ahead = machine.goes_on(5 * minute, timedelta(hours=3))
    assert "leapt by +180 minutes" in ahead
    assert machine.goes_on(5 * minute) == ahead
    assert "leapt by -180" in machine.goes_on(5 * minute, -timedelta(hours=3))
    assert machine.goes_on(70 * minute) == ""


def test_a_leap_that_lasts_is_believed() -> None:
    """After an hour the clock was set right: sweeps go on."""
    machine, minute = Machine(), timedelta(minutes=1)
    assert machine.goes_on(minute) == ""
    assert machine.goes_on(minute, timedelta(days=1))
    assert [bool(machine.goes_on(29 * minute)) for _ in range(3)] == [1, 1, 0]


def test_clocks_that_differ_delete_nothing() -> None:
    """Nor does the first sweep of a process, where the storage is hours ahead."""
    machine = Machine()
    machine.theirs += timedelta(hours=3)
    assert "differs from this machine's by +180" in machine.clocks.doubt()


def test_a_large_share_is_not_deleted_at_once(
    storage: PostgresStorage, admin: psycopg.Connection[Any], app: Flask
) -> None:
    """Where no sweep was within the hour, more than half of all trips are deleted when
    an operator says so, or an hour later; soon after a sweep a share is no sign.
    """
    storage.create_session(owner_hash=OWNER)
    fill(admin, 150)
    admin.execute(EXPIRE)
    runner = app.test_cli_runner()
    refused = runner.invoke(args=["sessions", "sweep"])
    assert refused.exit_code == 1
    assert "100% of all trips have expired" in refused.output
    assert count(admin, "sessions") == 150
    done = runner.invoke(args=["sessions", "sweep", "--trust-clock"])
    assert (done.exit_code, count(admin, "sessions")) == (0, 0)
    storage.create_session(owner_hash=OWNER)
    fill(admin, 150)
    admin.execute(EXPIRE)
    assert Clocks(storage).doubt() == ""


def test_a_share_that_is_not_large_is_swept(
    storage: PostgresStorage, admin: psycopg.Connection[Any]
) -> None:
    """Of 251 trips 120."""
    storage.create_session(owner_hash=OWNER)
    fill(admin, 120)
    admin.execute(EXPIRE)
    other = storage.create_session(owner_hash=OWNER)
    admin.execute(
        """
        INSERT INTO sessions SELECT (jsonb_populate_record(s,
          jsonb_build_object('session_id', gen_random_uuid()))).*
        FROM sessions AS s, generate_series(1, 130) WHERE session_id = %s
        """,
        [other.session_id],
    )
    assert storage.share_expired(of_at_least=120) == 120 / 251
    assert storage.share_expired(of_at_least=121) == 0
    assert Clocks(storage).doubt() == ""


def test_trips_that_are_kept_hide_no_leap(
    storage: PostgresStorage, admin: psycopg.Connection[Any]
) -> None:
    """All usual trips have expired, beside as many that are kept for a month."""
    storage.create_session(owner_hash=OWNER)
    fill(admin, 300)
    admin.execute(
        "UPDATE sessions SET idle_timeout = '30 days' WHERE session_id IN "
        "(SELECT session_id FROM sessions LIMIT 180)"
    )
    admin.execute(f"{EXPIRE} WHERE idle_timeout < '1 day'")
    assert "100% of all trips" in Clocks(storage).doubt()


def test_time_is_bounded(
    storage: PostgresStorage, admin: psycopg.Connection[Any]
) -> None:
    """A pass that has no time left ends after its batch and says what is left."""
    storage.create_session(owner_hash=OWNER)
    fill(admin, 25)
    admin.execute(EXPIRE)
    swept = sweep(storage, batch=10, max_seconds=0)
    assert (swept.sessions, swept.left.sessions) == (10, 15)
    assert "15 expired sessions left, the first since" in str(swept)


def test_sweepers_at_once_take_each_row_once(
    storage: PostgresStorage, admin: psycopg.Connection[Any]
) -> None:
    """Four sweepers and a talking traveller: no deadlock, each session one fact."""
    storage.create_session(owner_hash=OWNER)
    fill(admin, 2_000)
    admin.execute(EXPIRE)
    trip = storage.create_session(owner_hash=OWNER)
    with ThreadPoolExecutor(5) as pool:
        sweepers = [pool.submit(sweep, storage, batch=50) for _ in range(4)]
        while not all(sweeper.done() for sweeper in sweepers):
            storage.update_session(trip.session_id, Changes(), messages=turn("a"))
        swept = sum(sweeper.result().sessions for sweeper in sweepers)
    assert swept + sweep(storage).sessions == 2_000
    assert count(admin, "session_facts") == 2_000


def test_a_session_used_in_its_last_moment_stays(
    storage: PostgresStorage, admin: psycopg.Connection[Any]
) -> None:
    """Sweeps race with reads at the moment of expiry: who was answered is kept."""
    storage.create_session(owner_hash=OWNER)
    fill(admin, RACES)
    admin.execute(
        "UPDATE sessions SET sweep_after = now() - interval '1 h', last_accessed = "
        "now() - idle_timeout - interval '60 s' + random() * interval '1 s'"
    )
    ids = list(storage.session_ids())
    with ThreadPoolExecutor(8) as pool:
        reads = [pool.submit(storage.get_session, key) for key in ids]
        while not all(read.done() for read in reads):
            storage.delete_expired_sessions(limit=20)
        answered = [found for read in reads if (found := read.result())]
    sweep(storage)
    kept = set(storage.session_ids())
    assert {session.session_id for session in answered} == kept
    assert len(kept) > 0


def test_one_sweeper_among_all_processes(database: Database) -> None:
    """Who comes second is told so; when the first is gone, it is free again."""
    one, other = PostgresStorage(database), PostgresStorage(database)
    with one.sole_sweeper() as first, other.sole_sweeper() as second:
        assert (first, second) == (True, False)
    with other.sole_sweeper() as again:
        assert again
    one.close()
    other.close()


def test_old_facts_go_in_their_turn(
    storage: PostgresStorage, admin: psycopg.Connection[Any]
) -> None:
    """Facts have a retention of their own."""
    storage.create_session(owner_hash=OWNER)
    fill(admin, 2)
    admin.execute(EXPIRE)
    sweep(storage)
    admin.execute("UPDATE session_facts SET ended_on = ended_on - 31 WHERE id = 1")
    assert sweep(storage, keep_facts=timedelta(days=32)).facts == 0
    assert sweep(storage, keep_facts=timedelta(days=30)).facts == 1
    assert count(admin, "session_facts") == 1


def test_memory_is_swept_too() -> None:
    """A storage that cannot tell its backlog is swept all the same."""
    clock = Clock()
    storage = MemoryStorage(clock=clock)
    storage.create_session(owner_hash=OWNER)
    clock.now += timedelta(days=2)
    assert sweep(storage).sessions == 1


@pytest.mark.parametrize("arguments", ["", "--preload"])
def test_server_sweeps_without_being_asked(
    storage: PostgresStorage,
    admin: psycopg.Connection[Any],
    database_url: str,
    tmp_path: Path,
    arguments: str,
) -> None:
    """No request is needed, and lost connections do not end it; it says what it did."""
    admin.execute(
        "CREATE FUNCTION tell() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN NOTIFY swept; RETURN NULL; END $$"
    )
    admin.execute(
        "CREATE TRIGGER tell AFTER INSERT ON session_facts "
        "FOR EACH ROW EXECUTE FUNCTION tell()"
    )
    admin.execute("LISTEN swept")
    live = LiveServer(
        tmp_path,
        DATABASE_URL=database_url,
        SWEEP_SECONDS="1",
        GUNICORN_CMD_ARGS=arguments,
    )
    live.start()
    for _ in range(2):
        admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        storage.create_session(owner_hash=OWNER)
        admin.execute(EXPIRE)
        assert len(list(admin.notifies(timeout=30, stop_after=1))) == 1
    assert "1 expired sessions deleted in 1 batches" in live.stop()


def test_commands_for_operators(
    app: Flask, storage: PostgresStorage, admin: psycopg.Connection[Any]
) -> None:
    """list, show, stats and sweep tell what is there; a dry run changes nothing."""

    def run(*arguments: str) -> str:
        result = app.test_cli_runner().invoke(args=["sessions", *arguments])
        assert result.exit_code == 0, result.output
        return result.output

    stale = storage.create_session(owner_hash=OWNER)
    admin.execute(EXPIRE)
    trip = storage.create_session(owner_hash=OWNER).session_id
    storage.update_session(
        trip, Changes({"city": "Jaipur", "duration_days": 3}), messages=turn("a")
    )
    assert run("list").split() == [trip, *run("list").split()[1:3], "2", "3", "Jaipur",
                                   "(no", "plan)"]  # fmt: skip
    assert "Jaipur" in run("show", trip)
    assert "a1" not in run("show", trip)
    assert "1 living sessions\n1 expired sessions to sweep" in run("stats")
    assert "1 expired sessions would be deleted" in run("sweep", "--dry-run")
    assert storage.backlog().sessions == 1
    assert "1 expired sessions deleted" in run("sweep")
    gone = app.test_cli_runner().invoke(args=["sessions", "show", stale.session_id])
    assert gone.exit_code == 1
    assert "no living session" in gone.output
