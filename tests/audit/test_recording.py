"""The database records what happens to a session, whoever does it."""

from __future__ import annotations

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import psycopg
import pytest
from alembic import command

from itinerary_app.audit import Trail
from itinerary_app.model import Message, Role
from itinerary_app.storage.acting import Acting, acting
from itinerary_app.storage.base import Changes, Record
from itinerary_app.storage.database import Database
from itinerary_app.storage.postgres import PostgresStorage
from itinerary_app.storage.testing import OWNER, STRANGER, itinerary, turn
from itinerary_app.storage.transfer import copy
from tests.conftest import alembic_config

IDLE = "last_accessed = last_accessed - idle_timeout - interval '61 s'"
OLD = "ends_at = now()"
DUE = "sweep_after = now() - interval '1 s'"


def recorded(trail: Trail, key: str) -> list[tuple[str, Any]]:
    return [(it.kind, json.loads(it.detail)) for it in trail.events(UUID(key))]


def kinds(trail: Trail, key: str) -> list[str]:
    return [kind for kind, _ in recorded(trail, key)]


def test_a_turn_is_recorded_with_all_it_changed(
    storage: PostgresStorage, trail: Trail
) -> None:
    """Messages by seq, role, length and digest; preferences and plan by digest."""
    key = storage.create_session(owner_hash=OWNER).session_id
    storage.update_session(key, Changes({"pace": "packed"}), messages=turn("a"))
    storage.update_session(
        key, Changes({"pace": "relaxed"}, itinerary()), messages=turn("b")
    )
    created, *turns = recorded(trail, key)
    found = dict(turns[3:])
    told = [created[1], dict(turns[:3])["preferences"], found["preferences"]]
    assert [list(it) for it in told] == [["sha256"]] * 3
    assert len({it["sha256"] for it in told}) == 3
    plan = found["itinerary"]
    assert (plan["days"], plan["stops"], len(plan["sha256"])) == (1, 1, 64)
    assert [(it["seq"], it["role"], it["length"]) for it in found["messages"]] == [
        (3, "user", 1),
        (4, "assistant", 11),
    ]
    versions = [event.version for event in trail.events(UUID(key))]
    assert versions == [1, 1, 2, 2, 2, 3, 3, 3]


def test_a_turn_whose_change_has_a_record_is_one_event(
    storage: PostgresStorage, trail: Trail
) -> None:
    """It holds what the events of its parts hold, and by whom."""
    session = storage.create_session(owner_hash=OWNER)
    key = session.session_id
    changes = Changes({"pace": "packed"}, itinerary(), record=Record([{}], session))
    token = acting.set(Acting("web:api", "r-1"))
    try:
        storage.update_session(key, changes, messages=turn("a"), turn_key="k")
        storage.update_session(key, Changes({"shared": True}), messages=turn("b"))
        shared = storage.get_session(key, owner_hash=OWNER)
        assert shared
        record = Record([{}], shared)
        storage.update_session(
            key, Changes({"shared": False}, record=record), messages=turn("c")
        )
    finally:
        acting.reset(token)
    _, first, *others = trail.events(UUID(key))
    assert (first.kind, first.version, first.actor, first.request_id) == (
        *("turn", 2, "web:api"),
        "r-1",
    )
    detail = json.loads(first.detail)
    said = [(it["seq"], it["role"], it["length"]) for it in detail.pop("messages")]
    assert said == [(1, "user", 1), (2, "assistant", 11)]
    assert len(detail.pop("preferences")) == 64
    digests = [detail[it].pop("sha256") for it in ("itinerary", "version")]
    assert [len(it) for it in digests] == [64, 64]
    assert detail == {"itinerary": {"days": 1, "stops": 1}, "version": {"number": 1}}
    told = [it.kind for it in others]
    assert told == ["preferences", "shared", "messages", "turn", "unshared"]
    assert list(trail.verify(["key"])) == []


def test_a_version_is_recorded_by_its_digest(
    storage: PostgresStorage, trail: Trail, admin: psycopg.Connection[Any]
) -> None:
    """Number and digest of a recorded version, of its acts and way back no more; a
    change of it by hand is recorded as well.
    """
    before = storage.create_session(owner_hash=OWNER)
    key = before.session_id
    context = {"chips": ["canary"]}
    record = Record([{"note": "canary"}], before)
    storage.update_session(
        key,
        Changes({"pace": "packed"}, record=record),
        messages=[Message(Role.ASSISTANT, "a", context=context)],
    )
    admin.execute("UPDATE plan_versions SET restores = 7")
    (_, of_turn), (kind, by_hand) = recorded(trail, key)[1:]
    told = [of_turn["version"], by_hand]
    assert kind == "version"
    assert [it["number"] for it in told] == [1, 1]
    assert len({it["sha256"] for it in told}) == 2
    (rows,) = admin.execute("SELECT json_agg(e)::text FROM session_events e").fetchone()
    assert "canary" not in rows
    assert list(trail.verify(["key"])) == []


def test_nothing_of_a_person_is_recorded(
    storage: PostgresStorage, admin: psycopg.Connection[Any]
) -> None:
    """What was said, wished and planned is in the trail as digests, which nobody can
    try words against when the session is gone, even where the owner has other trips.
    """
    storage.create_session(owner_hash=OWNER)
    key = storage.create_session(owner_hash=OWNER).session_id
    wishes = {"must_see": ["canary"], "city": "Jaipur"}
    storage.update_session(key, Changes(wishes, itinerary()), messages=turn("canary"))
    storage.delete_session(key)
    (rows,) = admin.execute("SELECT json_agg(e)::text FROM session_events e").fetchone()
    assert "canary" not in rows
    assert "Jaipur" not in rows
    assert OWNER.hex() not in rows
    assert hashlib.sha256(OWNER + b"canary").hexdigest() not in rows


def test_psql_is_recorded_too(
    storage: PostgresStorage, trail: Trail, admin: psycopg.Connection[Any]
) -> None:
    """Each change by hand leaves an event, with the role, the actor and the request."""
    key = storage.create_session(owner_hash=OWNER).session_id
    storage.update_session(key, Changes(), messages=turn("a"))
    with admin.transaction():
        admin.execute("SELECT set_config('itinerary.actor', 'Ann', true)")
        admin.execute("SELECT set_config('itinerary.request_id', 'r-1', true)")
        admin.execute('UPDATE sessions SET preferences = \'{"pace": "packed"}\'')
        admin.execute("UPDATE sessions SET itinerary = '[1, \"\\ud800\"]'")
        admin.execute("UPDATE sessions SET ends_at = ends_at + interval '1 h'")
        admin.execute("UPDATE sessions SET last_accessed = now()")
        admin.execute("UPDATE messages SET content = 'b' WHERE seq = 1")
        admin.execute("DELETE FROM messages WHERE seq = 2")
    by_hand = trail.events(UUID(key))[2:]
    assert [event.kind for event in by_hand] == [
        "version",
        "preferences",
        "version",
        "itinerary",
        "changed",
        "edited",
        "removed",
    ]
    role = admin.info.user
    assert {(it.db_role, it.actor, it.request_id) for it in by_hand} == {
        (role, "Ann", "r-1")
    }
    assert list(trail.verify(["key"])) == []


def test_nothing_stays_of_what_was_taken_back(
    storage: PostgresStorage, trail: Trail, admin: psycopg.Connection[Any]
) -> None:
    """A transaction that is rolled back takes its events with it."""
    key = storage.create_session(owner_hash=OWNER).session_id
    with admin.transaction(force_rollback=True):
        admin.execute("DELETE FROM sessions")
    assert kinds(trail, key) == ["created"]


@pytest.mark.parametrize(
    ("how", "ends", "kind"),
    [
        (IDLE, "DELETE FROM sessions", "expired"),
        (OLD, "DELETE FROM sessions", "lifetime"),
        (DUE, "DELETE FROM sessions", "deleted"),
        (DUE, "SET itinerary.ended_as = 'erased'; DELETE FROM sessions", "erased"),
        (DUE, "SET itinerary.ended_as = 'moved'; DELETE FROM sessions", "moved"),
    ],
)
def test_how_a_session_ended_is_recorded(
    storage: PostgresStorage,
    trail: Trail,
    admin: psycopg.Connection[Any],
    how: str,
    ends: str,
    kind: str,
) -> None:
    """One event tells of the end, and none of the messages that go along."""
    key = storage.create_session(owner_hash=OWNER).session_id
    storage.update_session(key, Changes(), messages=turn("a"))
    admin.execute(f"UPDATE sessions SET {how}")
    admin.execute(ends)
    found = recorded(trail, key)
    assert found[-1] == (kind, {"messages": 2})
    assert "removed" not in dict(found)


def test_a_copy_goes_on_where_the_chain_was(
    storage: PostgresStorage, trail: Trail, database: Database
) -> None:
    """A session that is copied in again has one chain, and it is whole."""
    key = storage.create_session(owner_hash=OWNER).session_id
    storage.update_session(key, Changes({}, itinerary()), messages=turn("a"))
    snapshot = storage.snapshot(key)
    assert snapshot
    storage.delete_session(key)
    assert storage.restore(snapshot)
    assert copy(storage, storage, [key]).kept == 1
    assert kinds(trail, key) == [
        *("created", "version", "itinerary", "messages", "deleted"),
        *("created", "itinerary", "messages", "messages", "version"),
    ]
    assert list(trail.verify(["key"])) == []


@pytest.mark.parametrize("salted", [True, False], ids=["salted", "of before"])
def test_another_owner_is_recorded_and_breaks_no_chain(
    storage: PostgresStorage,
    trail: Trail,
    admin: psycopg.Connection[Any],
    salted: bool,
) -> None:
    """Whose it is nobody reads there; what it had before still is what was recorded,
    also where digests began with the owner's hash.
    """
    if not salted:
        admin.execute("ALTER TABLE sessions ALTER audit_salt SET DEFAULT NULL")
    key = storage.create_session(owner_hash=OWNER).session_id
    storage.update_session(key, Changes({"pace": "packed"}, itinerary()))
    assert storage.change_owner(OWNER, STRANGER) == 1
    storage.update_session(key, Changes({"pace": "relaxed"}))
    [changed] = [detail for kind, detail in recorded(trail, key) if kind == "changed"]
    assert changed["owner"] == "another"
    assert STRANGER.hex() not in str(recorded(trail, key))
    assert list(trail.verify(["key"])) == []


def test_sessions_do_not_wait_for_one_another(
    storage: PostgresStorage, database: Database, admin: psycopg.Connection[Any]
) -> None:
    """While one session's turn is not committed, all of another's is written."""
    one, other = (storage.create_session(owner_hash=OWNER) for _ in range(2))
    with admin.transaction():
        admin.execute(
            "INSERT INTO messages VALUES (%s, 1, 'user', 'a', null, null, 0, now())",
            [one.session_id],
        )
        admin.execute(
            'UPDATE sessions SET preferences = \'{"pace": "packed"}\' '
            "WHERE session_id = %s",
            [one.session_id],
        )
        with psycopg.connect(**database.parameters, autocommit=True) as beside:
            beside.execute("SET lock_timeout = '100 ms'")
            (waits,) = beside.execute(
                "WITH said AS (INSERT INTO messages VALUES "
                "(%s, 1, 'user', 'a', null, null, 0, now())) "
                "UPDATE sessions SET version = 2, message_count = 1 "
                "WHERE session_id = %s RETURNING false",
                [other.session_id, other.session_id],
            ).fetchone()
            beside.execute(
                "DELETE FROM sessions WHERE session_id = %s", [other.session_id]
            )
    assert not waits


def test_writers_of_one_session_take_turns(
    storage: PostgresStorage, trail: Trail, database: Database
) -> None:
    """Of two that write to one session at once, each event has its place."""
    key = storage.create_session(owner_hash=OWNER).session_id

    def say(first: int) -> None:
        with psycopg.connect(**database.parameters, autocommit=True) as connection:
            for seq in range(first, first + 25):
                connection.execute(
                    "INSERT INTO messages VALUES "
                    "(%s, %s, 'user', 'a', null, null, 0, now())",
                    [key, seq],
                )

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(say, (100, 200)))
    assert kinds(trail, key) == ["created"] + ["messages"] * 50
    assert list(trail.verify(["key"])) == []


def test_older_sessions_are_adopted(
    storage: PostgresStorage, trail: Trail, database: Database
) -> None:
    """Migrations begin a chain for each session there is, and it verifies."""
    config = alembic_config(database)
    key = storage.create_session(owner_hash=OWNER).session_id
    storage.update_session(key, Changes({"pace": "packed"}), messages=turn("a"))
    command.downgrade(config, "0004")
    command.upgrade(config, "head")
    storage.update_session(key, Changes(), messages=turn("b"))
    assert kinds(trail, key) == ["adopted", "redacted", "turn"]
    assert list(trail.verify(["key"])) == []


def test_what_the_trail_told_of_persons_is_taken_out_of_it(
    storage: PostgresStorage,
    trail: Trail,
    database: Database,
    admin: psycopg.Connection[Any],
) -> None:
    """The migration leaves no preference and no city in the trail of before, of trips
    that live or ended; seals of before and all chains verify, and tampering is found.
    """
    config = alembic_config(database)
    command.downgrade(config, "0008")
    keys = [storage.create_session(owner_hash=OWNER).session_id for _ in range(2)]
    for key in keys:
        storage.update_session(key, Changes({"pace": "packed"}, itinerary()))
        storage.update_session(key, Changes({"city": "canary"}), messages=turn("a"))
    storage.delete_session(keys[1])
    trail.seal("key")
    command.upgrade(config, "head")
    (rows,) = admin.execute("SELECT json_agg(e)::text FROM session_events e").fetchone()
    assert not [word for word in ("packed", "Jaipur", "canary") if word in rows]
    storage.update_session(keys[0], Changes({"pace": "relaxed"}))
    assert list(trail.verify(["key"])) == []
    trail.seal("key")
    assert list(trail.verify(["key"])) == []
    admin.execute("SET session_replication_role = replica")
    admin.execute("UPDATE session_events SET actor = 'x' WHERE seq = 1")
    assert len(list(trail.verify(["key"]))) == 2


def test_trail_that_began_empty_is_read_by_its_index(
    storage: PostgresStorage, admin: psycopg.Connection[Any]
) -> None:
    """Statistics of an empty trail lead to no plan that reads all of it each time."""
    admin.execute("VACUUM ANALYZE session_events")
    key = storage.create_session(owner_hash=OWNER).session_id
    for _ in range(50):
        storage.update_session(key, Changes(), messages=turn("a"))
    storage.close()
    admin.execute("SELECT pg_stat_force_next_flush()")
    query = "SELECT seq_tup_read FROM pg_stat_user_tables WHERE relname = %s"
    row = admin.execute(query, ["session_events"]).fetchone()
    assert row == (0,)


def test_who_acts_is_told_with_each_write(
    storage: PostgresStorage, trail: Trail
) -> None:
    """Actor and request id stand with each event of a write, and with no other."""
    acting.set(Acting("web:pages", "request 1"))
    key = storage.create_session(owner_hash=OWNER).session_id
    storage.update_session(key, Changes({"pace": "packed"}, itinerary()))
    storage.update_session(key, Changes(), messages=turn("a"))
    storage.record_export(key, "ics")
    storage.delete_session(key)
    acting.set(Acting())
    events = trail.events(UUID(key))
    assert len(events) == 7
    assert {it[-4:-2] for it in events} == {("web:pages", "request 1")}
    other = storage.create_session(owner_hash=OWNER).session_id
    assert trail.events(UUID(other))[0][-4:-2] == (None, None)


def test_an_export_is_recorded_and_is_no_new_version(
    storage: PostgresStorage, trail: Trail
) -> None:
    """What was taken away, and as what; it neither conflicts nor breaks the chain."""
    session = storage.create_session(owner_hash=OWNER)
    storage.record_export(session.session_id, "ics")
    storage.update_session(session.session_id, Changes(), expected_version=1)
    events = trail.events(UUID(session.session_id))
    told = {event.kind: json.loads(event.detail) for event in events}
    assert told["exported"] == {"as": "ics", "exports": 1}
    assert list(trail.verify(["key"])) == []


def test_sharing_is_recorded(
    storage: PostgresStorage, trail: Trail, admin: psycopg.Connection[Any]
) -> None:
    """A plan that was shared, and is not any more, has an event for each."""
    key = storage.create_session(owner_hash=OWNER).session_id
    for patch in ({"shared": True}, {"pace": "packed"}, {"shared": None}):
        admin.execute(
            "UPDATE sessions SET version = version + 1, preferences = "
            "jsonb_strip_nulls(preferences || %s::jsonb) WHERE session_id = %s",
            [json.dumps(patch), key],
        )
    assert [it for it in kinds(trail, key) if "shared" in it] == ["shared", "unshared"]
    assert list(trail.verify(["key"])) == []
