"""Read, verify and seal the audit trail of a database."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

import psycopg
from psycopg.rows import class_row

from itinerary_app.audit import seals
from itinerary_app.audit.chain import Damage, Event, Standing, check_chain
from itinerary_app.audit.seals import Forgotten, Seal
from itinerary_app.errors import StorageUnavailable
from itinerary_app.storage.database import Database, silent

CHAINS_AT_ONCE = 500
UNLIMITED = ("statement_timeout", "idle_in_transaction_session_timeout")
ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('itinerary_app.seal'))"

# `payload` is what append_session_event (0005), audit_gone (0006) and save_turn (0015)
# hash.
EVENTS = """
SELECT session_id, seq, at, version, kind, detail::text, db_role, actor, request_id,
       hash, format('%%s %%s %%s %%s %%L %%L %%L %%L %%s', session_id, seq,
         extract(epoch FROM at), version, kind, db_role, actor, request_id, detail)
         AS payload
FROM session_events WHERE session_id = ANY(%s) ORDER BY session_id, seq
"""

STANDING = """
SELECT session_id, version,
       encode(sha256(salt || convert_to(preferences::text, 'UTF8')), 'hex')
         AS preferences,
       encode(sha256(salt || convert_to(itinerary::text, 'UTF8')), 'hex')
         AS plan,
       (SELECT json_object_agg(
          seq, encode(sha256(salt || convert_to(content, 'UTF8')), 'hex'))
        FROM messages AS m WHERE m.session_id = s.session_id) AS messages,
       (SELECT json_object_agg(
          number, encode(sha256(salt || convert_to(
            format('%%s %%s %%s %%s %%s', number, acts, way_back, restores,
                   undone_from), 'UTF8')), 'hex'))
        FROM plan_versions AS v WHERE v.session_id = s.session_id) AS versions
FROM sessions AS s,
     LATERAL (SELECT coalesce(audit_salt, owner_hash) AS salt) AS it
WHERE session_id = ANY(%s)
"""

COUNT = "SELECT count(DISTINCT session_id) FROM session_events"
CHAINS = """
SELECT session_id FROM (
  (SELECT DISTINCT session_id FROM session_events WHERE session_id > %(after)s
   ORDER BY session_id LIMIT %(limit)s)
  UNION
  (SELECT session_id FROM sessions WHERE session_id > %(after)s
   ORDER BY session_id LIMIT %(limit)s)
) AS chains ORDER BY session_id LIMIT %(limit)s
"""


class Trail:
    """The audit trail of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def events(self, session_id: UUID) -> list[Event]:
        """All that is recorded of one session, oldest first."""
        with self._snapshot() as connection:
            return _events(connection, [session_id])

    def chain(self, session_id: UUID) -> tuple[list[Event], list[Damage]]:
        """All that is recorded of one session, and what of it does not fit."""
        with self._snapshot() as connection:
            events = _events(connection, [session_id])
            findings = list(_check_chains(connection, [session_id]))
        return events, findings

    def count(self) -> int:
        """How many sessions have a chain."""
        with self._snapshot() as connection:
            return int(_one(connection, COUNT))

    def seals(self, *, most: int) -> list[Seal]:
        """The newest first."""
        with self._snapshot() as connection:
            return seals.newest(connection, most)

    def last_seal(self) -> Seal | None:
        """The newest seal."""
        return next(iter(self.seals(most=1)), None)

    def seal(self, secret: str) -> tuple[Seal, int]:
        """Seal every chain that grew since the last seal; how many those were."""
        with self._connection() as connection, _unhurried(connection):
            connection.execute(ONE_AT_A_TIME)
            return seals.make(connection, secret)

    def forget(
        self, secrets: Sequence[str], *, older_than: timedelta
    ) -> Iterator[Forgotten | Damage]:
        """Forget the chains of sessions that ended, by seals that are `older_than`.

        What has grown since, or lives, stays whole. A record signed under the first
        of the `secrets` tells `verify` that it was us. The first seal that does not
        fit ends it with what was found: nothing that tells of tampering is deleted.
        Only who owns the trail may; StorageUnavailable for others. A transaction a
        seal.
        """
        with self._connection() as connection:
            for seal in seals.older(connection, older_than):
                with _unhurried(connection):
                    connection.execute(ONE_AT_A_TIME)
                    findings = list(seals.check_seal(connection, seal, secrets))
                    if not findings:
                        forgotten = seals.forget(connection, seal, secrets[0])
                if findings:
                    yield from findings
                    return
                yield forgotten

    def verify(
        self,
        secrets: Sequence[str],
        *,
        kept: Sequence[str] = (),
        advance: Callable[[int], object] = lambda chains: None,
    ) -> Iterator[Damage]:
        """All that does not fit, in one snapshot while the app goes on writing.

        A seal fits when it was made under one of the `secrets`. `kept` are seals, as
        text, that were noted outside of the database. `advance` is told how many
        chains more are done.
        """
        with self._snapshot() as connection:
            for chains in _batches(connection):
                yield from _check_chains(connection, chains)
                advance(len(chains))
            yield from seals.check_all(connection, secrets, kept)

    @contextmanager
    def _snapshot(self) -> Iterator[psycopg.Connection[Any]]:
        with self._connection() as connection:
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            connection.read_only = True
            with _unhurried(connection):
                yield connection

    @contextmanager
    def _connection(self) -> Iterator[psycopg.Connection[Any]]:
        try:
            connection = self._database.connect()
        except psycopg.Error as exc:
            raise silent(exc) from exc
        try:
            with connection:
                connection.autocommit = True
                yield connection
        except psycopg.Error as exc:
            reason = exc.diag.message_primary or type(exc).__name__
            raise StorageUnavailable(f"PostgreSQL refused: {reason}.") from exc


@contextmanager
def _unhurried(connection: psycopg.Connection[Any]) -> Iterator[None]:
    """A transaction that may take its time."""
    with connection.transaction():
        for limit in UNLIMITED:
            connection.execute("SELECT set_config(%s, '0', true)", [limit])
        yield


def _one(connection: psycopg.Connection[Any], query: str) -> Any:
    row = connection.execute(query).fetchone()
    assert row is not None
    return row[0]


def _events(connection: psycopg.Connection[Any], chains: list[UUID]) -> list[Event]:
    cursor = connection.cursor(row_factory=class_row(Event))
    return cursor.execute(EVENTS, [chains]).fetchall()


def _batches(connection: psycopg.Connection[Any]) -> Iterator[list[UUID]]:
    """The ids of all sessions that have a chain, or live and should have one."""
    after = UUID(int=0)
    wanted = {"after": after, "limit": CHAINS_AT_ONCE}
    while rows := connection.execute(CHAINS, wanted).fetchall():
        yield [row[0] for row in rows]
        wanted["after"] = rows[-1][0]


def _check_chains(
    connection: psycopg.Connection[Any], chains: list[UUID]
) -> Iterator[Damage]:
    cursor = connection.cursor(row_factory=class_row(Standing))
    rows = cursor.execute(STANDING, [chains]).fetchall()
    standing = {row.session_id: row for row in rows}
    events = _events(connection, chains)
    recorded = {
        session_id: list(group)
        for session_id, group in groupby(events, lambda event: event.session_id)
    }
    for session_id in chains:
        yield from check_chain(
            session_id, recorded.get(session_id, []), standing.get(session_id)
        )
