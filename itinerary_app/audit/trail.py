"""Read, verify and seal the audit trail of a database."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID

import psycopg
from psycopg.rows import class_row

from itinerary_app.audit.chain import Event, Finding, Standing, check_chain
from itinerary_app.errors import StorageUnavailable
from itinerary_app.storage.database import Database, silent

CHAINS_AT_ONCE = 500
UNLIMITED = ("statement_timeout", "idle_in_transaction_session_timeout")
ONE_SEAL_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('itinerary_app.seal'))"

# `payload` is what the trigger of migration 0005 hashed.
EVENTS = """
SELECT session_id, seq, at, version, kind, detail::text, db_role, actor, request_id,
       hash, format('%%s %%s %%s %%s %%L %%L %%L %%L %%s', session_id, seq,
         extract(epoch FROM at), version, kind, db_role, actor, request_id, detail)
         AS payload
FROM session_events WHERE session_id = ANY(%s) ORDER BY session_id, seq
"""

STANDING = """
SELECT session_id, version, preferences::text,
       encode(sha256(owner_hash || convert_to(itinerary::text, 'UTF8')), 'hex')
         AS plan,
       (SELECT json_object_agg(
          seq, encode(sha256(owner_hash || convert_to(content, 'UTF8')), 'hex'))
        FROM messages AS m WHERE m.session_id = s.session_id) AS messages
FROM sessions AS s WHERE session_id = ANY(%s)
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

LAST_SEAL = """
SELECT greatest((SELECT max(number) FROM audit_seals),
                (SELECT max(seal) FROM sealed_chains), 0)
"""
SEALS = "SELECT number, sealed_at, mac FROM audit_seals ORDER BY number"
SEAL = "INSERT INTO audit_seals (number, sealed_at, mac) VALUES (%s, %s, %s)"
SEAL_CHAINS = """
INSERT INTO sealed_chains (seal, session_id, seq, hash)
SELECT DISTINCT ON (session_id) %s, session_id, seq, hash
FROM session_events AS e
WHERE NOT EXISTS (SELECT FROM sealed_chains AS c
                  WHERE c.session_id = e.session_id AND c.seq >= e.seq)
ORDER BY session_id, seq DESC
"""
SEALED_CHAINS = """
SELECT c.session_id, c.seq, c.hash, e.hash AS found
FROM sealed_chains AS c LEFT JOIN session_events AS e USING (session_id, seq)
WHERE seal = %s ORDER BY session_id
"""


class Seal(NamedTuple):
    """`mac` vouches for the ends of the chains, and for the seal before."""

    number: int
    sealed_at: datetime
    mac: bytes

    def __str__(self) -> str:
        return f"{self.number}:{self.mac.hex()}"


class SealedChain(NamedTuple):
    """How a chain ended when it was sealed; `found` is what stands there now."""

    session_id: UUID
    seq: int
    hash: bytes
    found: bytes | None


class Trail:
    """The audit trail of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def events(self, session_id: UUID) -> list[Event]:
        """All that is recorded of one session, oldest first."""
        with self._snapshot() as connection:
            return _events(connection, [session_id])

    def count(self) -> int:
        """How many sessions have a chain."""
        with self._snapshot() as connection:
            return int(_one(connection, COUNT))

    def last_seal(self) -> Seal | None:
        """The newest seal."""
        with self._snapshot() as connection:
            return next(reversed(_seals(connection)), None)

    def seal(self, secret: str) -> tuple[Seal, int]:
        """Seal every chain that grew since the last seal; how many those were."""
        with self._connection() as connection, connection.transaction():
            connection.execute(ONE_SEAL_AT_A_TIME)
            number = _one(connection, LAST_SEAL) + 1
            seals = _seals(connection)
            sealed = connection.execute(SEAL_CHAINS, [number]).rowcount
            sealed_at = _one(connection, "SELECT now()")
            mac = hmac.new(_key(secret), digestmod=hashlib.sha256)
            mac.update(_preamble(number, sealed_at, seals[-1].mac if seals else b""))
            for chain in _sealed_chains(connection, number):
                mac.update(_ending(chain))
            seal = Seal(number, sealed_at, mac.digest())
            connection.execute(SEAL, seal)
        return seal, sealed

    def verify(
        self,
        secrets: Sequence[str],
        *,
        kept: Sequence[str] = (),
        advance: Callable[[int], object] = lambda chains: None,
    ) -> Iterator[Finding]:
        """All that does not fit, in one snapshot while the app goes on writing.

        A seal fits when it was made under one of the `secrets`. `kept` are seals, as
        text, that were noted outside of the database. `advance` is told how many
        chains more are done.
        """
        with self._snapshot() as connection:
            for chains in _batches(connection):
                yield from _check_chains(connection, chains)
                advance(len(chains))
            yield from _check_seals(connection, [_key(it) for it in secrets], kept)

    @contextmanager
    def _snapshot(self) -> Iterator[psycopg.Connection[Any]]:
        with self._connection() as connection:
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            connection.read_only = True
            with connection.transaction():
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
                for limit in UNLIMITED:
                    connection.execute("SELECT set_config(%s, '0', false)", [limit])
                yield connection
        except psycopg.Error as exc:
            reason = exc.diag.message_primary or type(exc).__name__
            raise StorageUnavailable(f"PostgreSQL refused: {reason}.") from exc


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
) -> Iterator[Finding]:
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


def _seals(connection: psycopg.Connection[Any]) -> list[Seal]:
    return connection.cursor(row_factory=class_row(Seal)).execute(SEALS).fetchall()


def _sealed_chains(
    connection: psycopg.Connection[Any], number: int
) -> Iterator[SealedChain]:
    with connection.cursor("sealed", row_factory=class_row(SealedChain)) as cursor:
        cursor.itersize = 10_000
        yield from cursor.execute(SEALED_CHAINS, [number])


def _check_seals(
    connection: psycopg.Connection[Any], keys: Iterable[bytes], kept: Sequence[str]
) -> Iterator[Finding]:
    seals = _seals(connection)
    numbers = {seal.number for seal in seals}
    for number in range(1, _one(connection, LAST_SEAL) + 1):
        if number not in numbers:
            yield Finding(f"seal {number}", "is missing")
    before = b""
    for seal in seals:
        when = f"seal {seal.number} of {seal.sealed_at:%Y-%m-%d %H:%M}"
        macs = [hmac.new(key, digestmod=hashlib.sha256) for key in keys]
        for mac in macs:
            mac.update(_preamble(seal.number, seal.sealed_at, before))
        for chain in _sealed_chains(connection, seal.number):
            for mac in macs:
                mac.update(_ending(chain))
            where = f"session {chain.session_id}, event {chain.seq}"
            if chain.found is None:
                yield Finding(where, f"is missing, though it is in {when}")
            elif chain.found != chain.hash:
                yield Finding(where, f"is not the one that is in {when}")
        if not any(hmac.compare_digest(mac.digest(), seal.mac) for mac in macs):
            yield Finding(
                when,
                "does not fit: it or what it seals was changed, or it was made under "
                "another SECRET_KEY (see --old-key-file)",
            )
        before = seal.mac
    for text in kept:
        if text not in {str(seal) for seal in seals}:
            yield Finding(f"seal {text.partition(':')[0]}", "is not the one you kept")


def _key(secret: str) -> bytes:
    return hmac.digest(secret.encode(), b"itinerary_app audit seal", "sha256")


def _preamble(number: int, sealed_at: datetime, before: bytes) -> bytes:
    at = sealed_at.astimezone(UTC).isoformat()
    return f"{number} {at} {before.hex()}\n".encode()


def _ending(chain: SealedChain) -> bytes:
    return b"%b %d %b\n" % (
        chain.session_id.hex.encode(),
        chain.seq,
        chain.hash.hex().encode(),
    )
