"""Read, verify and seal the audit trail that the database's triggers write.

Each session has a chain of events: an event's hash is over its own content and the hash
before it. A seal holds the ends of all chains that grew, under an HMAC whose key the
database does not know: whoever rewrites a chain, or the seal, cannot make it fit again.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, LiteralString, NamedTuple
from uuid import UUID

import psycopg
from psycopg.rows import class_row

from itinerary_app.errors import StorageUnavailable
from itinerary_app.storage.database import Database

CHAINS_AT_ONCE = 500
ENDED = ("deleted", "expired", "lifetime", "erased", "moved")

# What migration 0005 hashes.
PAYLOAD: LiteralString = """format('%%s %%s %%s %%s %%L %%L %%L %%L %%s', session_id,
  seq, extract(epoch FROM at), version, kind, db_role, actor, request_id, detail)"""

EVENTS = f"""
SELECT session_id, seq, at, version, kind, detail::text, db_role, actor, request_id,
       hash, {PAYLOAD} AS payload
FROM session_events WHERE session_id = ANY(%s) ORDER BY session_id, seq
"""

CHAINS = """
SELECT session_id FROM (
  (SELECT DISTINCT session_id FROM session_events WHERE session_id > %(after)s
   ORDER BY session_id LIMIT %(limit)s)
  UNION
  (SELECT session_id FROM sessions WHERE session_id > %(after)s
   ORDER BY session_id LIMIT %(limit)s)
) AS chains ORDER BY session_id LIMIT %(limit)s
"""

STANDING = """
SELECT session_id, version, preferences::text,
       encode(sha256(owner_hash || convert_to(itinerary::text, 'UTF8')), 'hex')
         AS plan,
       ARRAY(SELECT seq FROM messages AS m WHERE m.session_id = s.session_id
             ORDER BY seq) AS seqs,
       ARRAY(SELECT encode(sha256(owner_hash || convert_to(content, 'UTF8')), 'hex')
             FROM messages AS m WHERE m.session_id = s.session_id
             ORDER BY seq) AS digests
FROM sessions AS s WHERE session_id = ANY(%s)
"""

SEAL_CHAINS = """
INSERT INTO sealed_chains (seal, session_id, seq, hash)
SELECT DISTINCT ON (session_id) %(number)s, session_id, seq, hash
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


class Event(NamedTuple):
    """One event of a session, as it is kept."""

    session_id: UUID
    seq: int
    at: datetime
    version: int
    kind: str
    detail: str
    db_role: str
    actor: str | None
    request_id: str | None
    hash: bytes
    payload: str


class Seal(NamedTuple):
    """`mac` vouches for the ends of the chains, and for the seal before."""

    number: int
    sealed_at: datetime
    mac: bytes

    def __str__(self) -> str:
        return f"{self.number}:{self.mac.hex()}"


class Finding(NamedTuple):
    """What does not fit, and where."""

    where: str
    what: str


class Standing(NamedTuple):
    """What the tables hold of a living session now."""

    session_id: UUID
    version: int
    preferences: str
    plan: str | None
    seqs: list[int]
    digests: list[str]
