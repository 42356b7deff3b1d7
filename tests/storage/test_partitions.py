"""Trips may be spread over partitions, as nothing asks for two trips at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from uuid import UUID

import psycopg
import pytest

from itinerary_app.audit import Trail
from itinerary_app.storage import statements
from itinerary_app.storage.base import Changes
from itinerary_app.storage.database import Database
from itinerary_app.storage.postgres import PostgresStorage
from itinerary_app.storage.testing import OWNER, said
from tests.conftest import ROOT
from tests.storage.backends import Backend, MemoryBackend, PostgresBackend
from tests.storage.machine import EXPIRY
from tests.storage.test_agreement import PROGRAMS, run

SCRIPT = (ROOT / "deploy" / "partitions.sql").read_text()
KEYS = """
SELECT c.relname, ARRAY(SELECT attname FROM pg_attribute
  WHERE attrelid = i.indrelid AND attnum = ANY (i.indkey))
FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid
WHERE i.indisunique AND i.indrelid::regclass::text = ANY (%s)
"""


SPREAD = ["sessions", "messages", "plan_versions", "session_members", "session_events"]
READS = re.compile(rf"\b(FROM|JOIN|UPDATE) ({'|'.join(SPREAD)})\b")
ONE = "session_id = %(session_id)s"
OF_ALL = {
    "LIST",  # somebody's trips
    "CHANGE_OWNER",  # of all of somebody's
    *("EXPIRED", "SWEEP", "BACKLOG", "SHARE_EXPIRED"),  # the sweep, batch by batch
    *("IDS", "ALL_IDS"),  # to copy and to encrypt anew, page by page
    "CHECK",  # that the tables are there; reads no row
    *("COMPANIONS", "_THINNED", "_COMPANIONS"),  # parts of others, beside their session
}


@pytest.fixture
def partitioned(postgresql: psycopg.Connection) -> psycopg.Connection:
    postgresql.execute(SCRIPT)
    postgresql.commit()
    return postgresql


@pytest.fixture
def backends(
    database: Database, partitioned: psycopg.Connection
) -> Iterator[list[Backend]]:
    backends: list[Backend] = [
        MemoryBackend(EXPIRY),
        PostgresBackend(EXPIRY, database, partitioned),
    ]
    yield backends
    for it in backends:
        it.close()


def test_partitions_keep_the_contract(backends: list[Backend]) -> None:
    """Random programs find no difference to a storage in memory."""
    run(backends, PROGRAMS)


def test_trips_and_their_trail_go_on(
    database: Database, postgresql: psycopg.Connection
) -> None:
    """What was said before is there, and one chain of events leads to what is now."""
    with closing(PostgresStorage(database)) as storage:
        trip = storage.create_session(owner_hash=OWNER).session_id
        storage.update_session(trip, Changes(), messages=[said("before")])
    postgresql.execute(SCRIPT)
    postgresql.commit()
    with closing(PostgresStorage(database)) as storage:
        storage.update_session(trip, Changes(), messages=[said("after")])
        assert [it.content for it in storage.messages(trip)] == ["before", "after"]
        events, damage = Trail(database).chain(UUID(trip))
        assert [it.kind for it in events] == ["created", "turn", "turn"]
        assert damage == []
        assert storage.delete_session(trip)
    assert Trail(database).chain(UUID(trip))[0][-1].kind == "deleted"


def test_it_is_done_once(partitioned: psycopg.Connection) -> None:
    """A second run changes nothing and says so."""
    with pytest.raises(psycopg.errors.RaiseException, match="in partitions already"):
        partitioned.execute(SCRIPT)


def test_each_unique_key_holds_the_session(postgresql: psycopg.Connection) -> None:
    """PostgreSQL and Citus demand it of what is spread by session_id."""
    keys = postgresql.execute(KEYS, [SPREAD]).fetchall()
    assert len(keys) > len(SPREAD)
    assert [name for name, columns in keys if "session_id" not in columns] == []


def test_statements_ask_for_one_session() -> None:
    """So each goes to one partition or machine, but for those known to go to all."""
    to_all = {
        name
        for name, text in vars(statements).items()
        if isinstance(text, str) and READS.search(text) and ONE not in text
    }
    assert to_all == OF_ALL
