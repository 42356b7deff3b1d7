"""Seals: the ends of all chains that grew, under an HMAC; and what was forgotten.

A seal also vouches for the seal before, so that none can be left out. When what a seal
kept is old enough to be forgotten, a record under the same key takes its place.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import psycopg
from psycopg.rows import class_row

from itinerary_app.audit.chain import Damage

LAST_SEAL = """
SELECT greatest((SELECT max(number) FROM audit_seals),
                (SELECT max(seal) FROM sealed_chains),
                (SELECT max(seal) FROM audit_forgotten), 0)
"""
LAST_MAC = """
SELECT mac FROM audit_seals WHERE number < %s ORDER BY number DESC LIMIT 1
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

OLDER = """
SELECT number, sealed_at, mac FROM audit_seals
WHERE sealed_at < now() - %s
  AND number > coalesce((SELECT max(seal) FROM audit_forgotten), 0)
ORDER BY number
"""
MEAN_IT = "SELECT set_config('itinerary.forgetting', 'on', true)"
FORGET_EVENTS = """
WITH ended AS (
  SELECT session_id FROM sealed_chains AS c WHERE seal = %s
    AND NOT EXISTS (SELECT FROM session_events AS e
                    WHERE e.session_id = c.session_id AND e.seq > c.seq)
    AND NOT EXISTS (SELECT FROM sessions AS s WHERE s.session_id = c.session_id)
), gone AS (
  DELETE FROM session_events USING ended
  WHERE session_events.session_id = ended.session_id
)
SELECT count(*) FROM ended
"""
FORGET_SEALED = "DELETE FROM sealed_chains WHERE seal = %s"
FORGOTTEN = "SELECT seal, forgotten_at, chains, mac FROM audit_forgotten"
NOTE_FORGOTTEN = """
INSERT INTO audit_forgotten (seal, forgotten_at, chains, mac) VALUES (%s, %s, %s, %s)
"""
Connection = psycopg.Connection[Any]


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


class Forgotten(NamedTuple):
    """That the `chains` which ended in this seal were deleted when they were old."""

    seal: int
    forgotten_at: datetime
    chains: int
    mac: bytes


def newest(connection: Connection, most: int) -> list[Seal]:
    """So many seals at the most, the newest first."""
    cursor = connection.cursor(row_factory=class_row(Seal))
    return cursor.execute(f"{SEALS} DESC LIMIT %s", [most]).fetchall()


def all_seals(connection: Connection) -> list[Seal]:
    """Oldest first."""
    return connection.cursor(row_factory=class_row(Seal)).execute(SEALS).fetchall()


def make(connection: Connection, secret: str) -> tuple[Seal, int]:
    """Seal every chain that grew since the last seal; how many those were."""
    number = _one(connection, LAST_SEAL) + 1
    sealed = connection.execute(SEAL_CHAINS, [number]).rowcount
    sealed_at = _one(connection, "SELECT now()")
    [mac] = _macs(connection, number, sealed_at, [secret])
    seal = Seal(number, sealed_at, mac)
    connection.execute(SEAL, seal)
    return seal, sealed


def older(connection: Connection, than: timedelta) -> list[Seal]:
    """The seals of that age whose chains are not forgotten yet, oldest first."""
    cursor = connection.cursor(row_factory=class_row(Seal))
    return cursor.execute(OLDER, [than]).fetchall()


def forget(connection: Connection, seal: Seal, secret: str) -> Forgotten:
    """Delete the chains that ended in this seal, and put a record in their place."""
    connection.execute(MEAN_IT)
    chains = _one(connection, FORGET_EVENTS, [seal.number])
    connection.execute(FORGET_SEALED, [seal.number])
    at = _one(connection, "SELECT now()")
    mac = _mac_forgotten(seal, at, chains, secret)
    forgotten = Forgotten(seal.number, at, chains, mac)
    connection.execute(NOTE_FORGOTTEN, forgotten)
    return forgotten


def check_all(
    connection: Connection, secrets: Sequence[str], kept: Sequence[str]
) -> Iterator[Damage]:
    """All that does not fit in the seals; `kept` are some as text from elsewhere."""
    seals = all_seals(connection)
    numbers = {seal.number for seal in seals}
    for number in range(1, _one(connection, LAST_SEAL) + 1):
        if number not in numbers:
            yield Damage(f"seal {number}", "is missing")
    cursor = connection.cursor(row_factory=class_row(Forgotten))
    forgotten = {it.seal: it for it in cursor.execute(FORGOTTEN).fetchall()}
    for seal in seals:
        if seal.number in forgotten:
            yield from _check_forgotten(forgotten[seal.number], seal, secrets)
        else:
            yield from check_seal(connection, seal, secrets)
    for text in kept:
        if text not in {str(seal) for seal in seals}:
            yield Damage(f"seal {text.partition(':')[0]}", "is not the one you kept")


def check_seal(
    connection: Connection, seal: Seal, secrets: Sequence[str]
) -> Iterator[Damage]:
    """Whether the seal fits what it seals and the one before."""
    when = f"seal {seal.number} of {seal.sealed_at:%Y-%m-%d %H:%M}"
    for chain in _sealed_chains(connection, seal.number):
        where = f"session {chain.session_id}, event {chain.seq}"
        if chain.found is None:
            yield Damage(where, f"is missing, though it is in {when}")
        elif chain.found != chain.hash:
            yield Damage(where, f"is not the one that is in {when}")
    macs = _macs(connection, seal.number, seal.sealed_at, secrets)
    if not any(hmac.compare_digest(mac, seal.mac) for mac in macs):
        yield Damage(
            when,
            "does not fit: it or what it seals was changed, or it was made under "
            "another SECRET_KEY (see --old-key-file)",
        )


def _check_forgotten(
    forgotten: Forgotten, seal: Seal, secrets: Sequence[str]
) -> Iterator[Damage]:
    _, at, chains, mac = forgotten
    macs = (_mac_forgotten(seal, at, chains, secret) for secret in secrets)
    if not any(hmac.compare_digest(it, mac) for it in macs):
        yield Damage(
            f"seal {seal.number}",
            "is said to be forgotten, and was not by us: it or its record was changed",
        )


def _one(connection: Connection, query: str, given: Sequence[Any] = ()) -> Any:
    row = connection.execute(query, given).fetchone()
    assert row is not None
    return row[0]


def _sealed_chains(connection: Connection, number: int) -> Iterator[SealedChain]:
    with connection.cursor("sealed", row_factory=class_row(SealedChain)) as cursor:
        cursor.itersize = 10_000
        yield from cursor.execute(SEALED_CHAINS, [number])


def _macs(
    connection: Connection, number: int, sealed_at: datetime, secrets: Sequence[str]
) -> list[bytes]:
    """What the `mac` of a seal should be under each of the secrets."""
    [before] = connection.execute(LAST_MAC, [number]).fetchone() or [b""]
    macs = [hmac.new(_key(secret), digestmod=hashlib.sha256) for secret in secrets]
    at = sealed_at.astimezone(UTC).isoformat()
    for mac in macs:
        mac.update(f"{number} {at} {before.hex()}\n".encode())
    for chain in _sealed_chains(connection, number):
        line = f"{chain.session_id.hex} {chain.seq} {chain.hash.hex()}\n".encode()
        for mac in macs:
            mac.update(line)
    return [mac.digest() for mac in macs]


def _mac_forgotten(seal: Seal, at: datetime, chains: int, secret: str) -> bytes:
    told = f"forgotten {seal} {at.astimezone(UTC).isoformat()} {chains}"
    return hmac.digest(_key(secret), told.encode(), "sha256")


def _key(secret: str) -> bytes:
    return hmac.digest(secret.encode(), b"itinerary_app audit seal", "sha256")
