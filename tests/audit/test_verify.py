"""What a superuser does with the triggers switched off is found, and where."""

from __future__ import annotations

import hashlib
from typing import Any
from uuid import UUID

import psycopg
import pytest

from itinerary_app.audit import Trail
from itinerary_app.storage.base import Changes
from itinerary_app.storage.postgres import PostgresStorage
from itinerary_app.storage.testing import OWNER, itinerary, turn

KEY = "a secret key of the app"
EVENT = "UPDATE session_events SET"


@pytest.fixture
def key(storage: PostgresStorage) -> str:
    """A session of eight events, beside another one."""
    storage.create_session(owner_hash=OWNER)
    key = storage.create_session(owner_hash=OWNER).session_id
    for text in "abc":
        storage.update_session(key, Changes(), messages=turn(text))
    storage.update_session(key, Changes({"pace": "packed"}))
    storage.update_session(key, Changes(itinerary=itinerary()))
    return key


@pytest.fixture
def untriggered(admin: psycopg.Connection[Any]) -> psycopg.Connection[Any]:
    """A superuser for whom no trigger fires."""
    admin.execute("SET session_replication_role = replica")
    return admin


def found(trail: Trail, *kept: str) -> list[str]:
    return [str(finding) for finding in trail.verify([KEY], kept=kept)]


@pytest.mark.parametrize("sealed", [False, True])
@pytest.mark.parametrize(
    ("tampering", "event"),
    [
        (f"{EVENT} detail = '[]' WHERE seq = 3 AND session_id = %(key)s", 3),
        (f"{EVENT} db_role = 'x' WHERE seq = 3 AND session_id = %(key)s", 3),
        (f"{EVENT} at = at + '1 us' WHERE seq = 3 AND session_id = %(key)s", 3),
        ("DELETE FROM session_events WHERE seq = 3 AND session_id = %(key)s", 3),
        ("DELETE FROM session_events WHERE seq = 1 AND session_id = %(key)s", 1),
        (
            (
                f"{EVENT} seq = seq + 100 WHERE seq >= 3 AND session_id = %(key)s;"
                f"{EVENT} seq = seq - 99 WHERE seq >= 103 AND session_id = %(key)s;"
                "INSERT INTO session_events SELECT session_id, 3, at, version, kind, "
                "detail, db_role, actor, request_id, hash FROM session_events "
                "WHERE seq = 2 AND session_id = %(key)s"
            ),
            3,
        ),
        (
            (
                f"{EVENT} seq = 100 WHERE seq = 3 AND session_id = %(key)s;"
                f"{EVENT} seq = 3 WHERE seq = 4 AND session_id = %(key)s;"
                f"{EVENT} seq = 4 WHERE seq = 100 AND session_id = %(key)s"
            ),
            3,
        ),
        ("DELETE FROM session_events WHERE seq >= 5 AND session_id = %(key)s", 4),
    ],
    ids="edit role time deletion beginning insertion order tail".split(),
)
def test_tampering_is_found_where_it_was_done(
    trail: Trail,
    key: str,
    untriggered: psycopg.Connection[Any],
    tampering: str,
    event: int,
    sealed: bool,
) -> None:
    """An edit, deletion, insertion, other order and cut tail, sealed or not."""
    if sealed:
        trail.seal(KEY)
    assert found(trail) == []
    for statement in tampering.split(";"):
        untriggered.execute(statement, {"key": key})
    findings = found(trail)
    assert key in findings[0]
    assert f"event {event}" in findings[0]
    assert all(key in finding or "seal" in finding for finding in findings)


@pytest.mark.parametrize(
    ("tampering", "told"),
    [
        ("UPDATE messages SET content = 'x' WHERE seq = 2", "another message 2"),
        ("DELETE FROM messages WHERE seq = 6", "another message 6"),
        ("UPDATE plan_versions SET way_back = '[]'", "another version 1"),
        ("DELETE FROM plan_versions WHERE number = 2", "another version 2"),
        ("UPDATE sessions SET preferences = '{}'", "other preferences"),
        ("UPDATE sessions SET itinerary = '[]'", "another itinerary"),
        ("UPDATE sessions SET version = 99", "at version 99"),
        ("DELETE FROM sessions", "no event tells why"),
        ("DELETE FROM session_events", "no event tells how it began"),
    ],
)
def test_what_stands_is_what_was_recorded(
    trail: Trail,
    key: str,
    untriggered: psycopg.Connection[Any],
    tampering: str,
    told: str,
) -> None:
    """A session or message that was changed behind the triggers is found."""
    untriggered.execute(tampering)
    findings = [finding for finding in found(trail) if key in finding]
    assert len(findings) == 1
    assert told in findings[0]


def rechain(admin: psycopg.Connection[Any], trail: Trail, key: str) -> None:
    """As a forger would: new hashes for all events, each over the one before."""
    before = b""
    for event in trail.events(UUID(key)):
        before = hashlib.sha256(before + event.payload.encode()).digest()
        admin.execute(
            "UPDATE session_events SET hash = %s WHERE session_id = %s AND seq = %s",
            [before, key, event.seq],
        )


def test_a_chain_forged_anew_does_not_fit_its_seal(
    trail: Trail, key: str, untriggered: psycopg.Connection[Any]
) -> None:
    """Right hashes do not help who changes what is sealed."""
    trail.seal(KEY)
    untriggered.execute("UPDATE session_events SET actor = 'x' WHERE seq = 2")
    rechain(untriggered, trail, key)
    assert any(f"{key}, event 8 is not the one" in finding for finding in found(trail))


def test_an_ended_session_cannot_vanish_once_sealed(
    storage: PostgresStorage,
    trail: Trail,
    key: str,
    untriggered: psycopg.Connection[Any],
) -> None:
    """A sealed chain is missed when all of it is gone, and when its end is."""
    storage.delete_session(key)
    trail.seal(KEY)
    untriggered.execute("DELETE FROM session_events WHERE session_id = %s", [key])
    assert any(f"{key}, event 9 is missing" in finding for finding in found(trail))


@pytest.mark.parametrize(
    ("tampering", "told"),
    [
        ("DELETE FROM sealed_chains WHERE seal = 2", "seal 2 of "),
        ("UPDATE sealed_chains SET seq = 1 WHERE seal = 2", "seal 2 of "),
        ("UPDATE audit_seals SET mac = sha256('') WHERE number = 2", "seal 2 of "),
        ("UPDATE audit_seals SET sealed_at = now() WHERE number = 2", "seal 2 of "),
        ("DELETE FROM audit_seals WHERE number = 2", "seal 2 is missing"),
        ("DELETE FROM audit_seals WHERE number = 3", "seal 3 is missing"),
        (
            (
                "WITH a AS (DELETE FROM audit_seals WHERE number = 3) "
                "DELETE FROM sealed_chains WHERE seal = 3"
            ),
            "seal 3 is not the one you kept",
        ),
    ],
)
def test_seals_guard_themselves(
    storage: PostgresStorage,
    trail: Trail,
    key: str,
    untriggered: psycopg.Connection[Any],
    tampering: str,
    told: str,
) -> None:
    """Whatever is done to a seal is found, the last one's removal by its kept line."""
    lines = []
    for text in "xyz":
        storage.update_session(key, Changes(), messages=turn(text))
        lines.append(str(trail.seal(KEY)[0]))
    assert found(trail, *lines) == []
    untriggered.execute(tampering)
    assert any(told in finding for finding in found(trail, lines[-1]))


def test_a_seal_needs_the_key(trail: Trail, key: str) -> None:
    """Under another SECRET_KEY no seal fits; with the former one at hand it does."""
    trail.seal("former")
    assert any("does not fit" in finding for finding in found(trail))
    trail.seal(KEY)
    assert list(trail.verify([KEY, "former"])) == []


def test_only_what_grew_is_sealed_again(
    storage: PostgresStorage, trail: Trail, key: str
) -> None:
    """A day's seal holds the chains of that day."""
    assert trail.seal(KEY)[1] == 2
    storage.update_session(key, Changes(), messages=turn("d"))
    assert trail.seal(KEY)[1] == 1
    assert trail.seal(KEY)[1] == 0
    assert found(trail) == []
