"""Sessions move between PostgreSQL and Redis and stay what they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
import redis

from itinerary_app.app import create_app
from itinerary_app.config import Settings
from itinerary_app.errors import VersionConflict
from itinerary_app.model import Companion, Message, Right, Role
from itinerary_app.storage.base import (
    NO_PLAN,
    Changes,
    Expiry,
    Mark,
    Record,
    SessionStorage,
)
from itinerary_app.storage.database import Database
from itinerary_app.storage.postgres import PostgresStorage
from itinerary_app.storage.redis import RedisStorage
from itinerary_app.storage.testing import OWNER, STRANGER, itinerary, said, turn
from itinerary_app.storage.transfer import copy

EXPIRY = Expiry(timedelta(minutes=7), timedelta(hours=3))
OTHER = Expiry(timedelta(days=1), timedelta(days=2))
Storage = PostgresStorage | RedisStorage


@pytest.fixture
def postgres(database: Database) -> Iterator[PostgresStorage]:
    storage = PostgresStorage(database, expiry=EXPIRY, pool_size=1)
    yield storage
    storage.close()


@pytest.fixture
def valkey(redis_url: str) -> Iterator[RedisStorage]:
    with redis.Redis.from_url(redis_url) as admin:
        admin.flushdb()
    storage = RedisStorage(redis_url, expiry=OTHER, pool_size=1)
    yield storage
    storage.close()


@pytest.fixture(params=["postgres", "valkey"])
def storage(request: pytest.FixtureRequest) -> Storage:
    found: Storage = request.getfixturevalue(request.param)
    return found


def test_what_is_said_later_is_not_dated_earlier(storage: Storage) -> None:
    """Where the last use was told by a clock ahead, messages go on from there."""
    key = storage.create_session(owner_hash=OWNER).session_id
    found = storage.snapshot(key)
    assert found
    ahead = found.session.last_accessed + timedelta(minutes=1)
    used = replace(found.session, last_accessed=ahead, version=2)
    assert storage.restore(replace(found, session=used))
    first, second = (
        storage.update_session(key, Changes(), messages=turn("on")).messages
        for _ in range(2)
    )
    assert first[0].created_at
    assert second[0].created_at
    assert ahead <= first[0].created_at <= second[0].created_at


@pytest.fixture(params=["to Redis", "to PostgreSQL"])
def ends(
    request: pytest.FixtureRequest, postgres: PostgresStorage, valkey: RedisStorage
) -> tuple[Storage, Storage]:
    """Where from and where to."""
    there = request.param == "to Redis"
    return (postgres, valkey) if there else (valkey, postgres)


def fill(storage: SessionStorage) -> list[str]:
    """Sessions of all kinds: empty, talked in, planned, somebody else's."""
    empty = storage.create_session(owner_hash=OWNER)
    talked = storage.create_session(owner_hash=OWNER)
    for number in range(3):
        storage.update_session(
            talked.session_id,
            Changes({"pace": "packed", "interests": ["food", "art"]}, questions=1),
            messages=turn(f"नमस्ते 🌍 {number}"),
            turn_key=f"k{number}",
        )
    storage.update_session(talked.session_id, Changes(), messages=[said("no key")])
    planned = storage.create_session(owner_hash=STRANGER)
    storage.update_session(
        planned.session_id, Changes({"city": "Jaipur"}, itinerary("note"))
    )
    before = storage.get_session(planned.session_id)
    assert before is not None
    answer = Message(Role.ASSISTANT, "Done", context={"chips": ["नमस्ते 🌍", {}, 1.0]})
    storage.update_session(
        planned.session_id,
        Changes(
            itinerary=NO_PLAN,
            record=Record([{"a": "é"}, {}], before, 0, 1),
            expiry=Expiry(timedelta(days=30), timedelta(days=360)),
            companions=(
                Companion(1, Right.LOOK, before.created_at),
                Companion(3, Right.EDIT, before.last_accessed, OWNER),
            ),
        ),
        messages=[answer],
    )
    return [empty.session_id, talked.session_id, planned.session_id]


def test_all_that_a_session_is_moves(ends: tuple[Storage, Storage]) -> None:
    """Ids, versions, seqs, times, turn keys, plan and expiry are the same there."""
    source, target = ends
    ids = fill(source)
    assert list(source.session_ids()) == sorted(ids)
    copied = copy(source, target, source.session_ids())
    assert (copied.written, copied.kept, copied.gone, copied.messages) == (3, 0, 0, 8)
    for session_id in ids:
        snapshot = target.snapshot(session_id)
        assert snapshot is not None
        assert snapshot == source.snapshot(session_id)
        assert target.versions(session_id) == source.versions(session_id)
        for number in range(snapshot.session.plan_version + 1):
            state = target.state(session_id, number)
            assert state is not None
            assert state == source.state(session_id, number)
    assert [it.number for it in target.versions(ids[2])] == [2, 1]
    held = {trip.session_id: trip.right for trip in target.list_sessions(OWNER)}
    assert held == {ids[0]: "own", ids[1]: "own", ids[2]: "edit"}


def test_a_copied_session_goes_on(ends: tuple[Storage, Storage]) -> None:
    """In its new place a session knows its turns and takes new ones."""
    source, target = ends
    talked = fill(source)[1]
    copy(source, target, [talked])
    again = target.update_session(
        talked, Changes(), messages=turn("नमस्ते 🌍 1"), turn_key="k1"
    )
    assert again.replayed
    assert [message.seq for message in again.messages] == [3, 4]
    saved = target.update_session(
        talked, Changes(), messages=turn("more"), expected_version=again.version
    )
    assert [message.seq for message in saved.messages] == [8, 9]
    with pytest.raises(VersionConflict):
        target.update_session(talked, Changes(), expected_version=again.version)
    target.update_session(talked, Changes({"pace": "relaxed"}))
    assert [it.number for it in target.versions(talked)] == [2, 1]


def test_copying_again_completes_and_harms_nothing(
    ends: tuple[Storage, Storage],
) -> None:
    """A second copy keeps what is the same or later there, and brings what is new."""
    source, target = ends
    empty, talked, planned = fill(source)
    copy(source, target, [empty, talked])
    target.update_session(empty, Changes(), messages=turn("said there"))
    source.update_session(talked, Changes(), messages=turn("said here"))
    copied = copy(source, target, source.session_ids())
    assert (copied.written, copied.kept) == (2, 1)
    assert target.snapshot(talked) == source.snapshot(talked)
    assert target.snapshot(planned) == source.snapshot(planned)
    there = target.get_session(empty)
    assert there is not None
    assert there.message_count == 2


def test_what_the_source_deletes_goes_from_the_target(
    ends: tuple[Storage, Storage],
) -> None:
    """A repeated copy deletes it there, unless somebody went on with it there; and
    what only the target has stays.
    """
    source, target = ends
    empty, talked, planned = fill(source)
    own = target.create_session(owner_hash=OWNER).session_id
    marks: dict[str, Mark] = {}
    copy(source, target, source.session_ids(), marks)
    for key in (empty, talked):
        source.delete_session(key)
    target.update_session(talked, Changes(), messages=turn("said there"))
    copied = copy(source, target, source.session_ids(), marks)
    assert (copied.deleted, copied.kept) == (1, 1)
    assert target.snapshot(empty) is None
    assert [target.snapshot(key) is None for key in (talked, planned, own)] == [
        False
    ] * 3
    assert marks.keys() == {planned}


def test_what_was_begun_anew_wins(ends: tuple[Storage, Storage]) -> None:
    """Under the same id the younger session is kept, whatever its version."""
    source, target = ends
    _, talked, planned = fill(source)
    copy(source, target, [talked, planned])
    source.delete_session(talked)
    source.create_session(owner_hash=OWNER, session_id=talked)
    target.delete_session(planned)
    target.create_session(owner_hash=OWNER, session_id=planned)
    copied = copy(source, target, [talked, planned])
    assert (copied.written, copied.kept, copied.failed) == (1, 1, {})
    assert target.snapshot(talked) == source.snapshot(talked)
    begun = target.get_session(planned)
    assert begun is not None
    assert begun.version == 1


def test_ids_go_on_where_told(ends: tuple[Storage, Storage]) -> None:
    """A copy can be taken up behind any id."""
    source, _ = ends
    ids = sorted(fill(source))
    assert list(source.session_ids(after=ids[0])) == ids[1:]
    assert list(source.session_ids(after=ids[-1])) == []


def test_a_difference_is_told(
    postgres: PostgresStorage, valkey: RedisStorage, redis_url: str
) -> None:
    """What reads back differently is named rather than passed over."""
    talked = fill(postgres)[1]
    copy(postgres, valkey, [talked])
    with redis.Redis.from_url(redis_url) as admin:
        admin.hset(f"itinerary:{{{talked}}}:state", "questions", 9)
    assert copy(postgres, valkey, [talked]).failed.keys() == {talked}


def test_a_version_that_differs_is_told(
    postgres: PostgresStorage, valkey: RedisStorage, redis_url: str
) -> None:
    """A version that was lost on the way is named, too."""
    planned = fill(postgres)[2]
    copy(postgres, valkey, [planned])
    with redis.Redis.from_url(redis_url) as admin:
        admin.lpop(f"itinerary:{{{planned}}}:versions")
    assert copy(postgres, valkey, [planned]).failed.keys() == {planned}


def test_one_that_cannot_be_read_stops_no_copy(
    postgres: PostgresStorage,
    valkey: RedisStorage,
    database_url: str,
    redis_url: str,
    postgresql: psycopg.Connection,
) -> None:
    """The others are copied; the command names it and ends with 1."""
    bad, *_ = sorted(fill(postgres))
    postgresql.execute(
        "UPDATE sessions SET preferences = '{\"pace\": 7}' WHERE session_id = %s", [bad]
    )
    postgresql.commit()
    copied = copy(postgres, valkey, postgres.session_ids())
    assert (copied.written, copied.failed) == (2, {bad: "cannot be read"})
    app = create_app(
        Settings(environment="development", secret_key="x" * 40, storage_url="memory:")
    )
    command = ["sessions", "copy", "--from", database_url, "--to", redis_url]
    run = app.test_cli_runner().invoke(args=command)
    assert run.exit_code == 1
    assert f"Session {bad} cannot be read." in run.output


def test_the_command_copies_and_tells(
    postgres: PostgresStorage, valkey: RedisStorage, database_url: str, redis_url: str
) -> None:
    """`flask sessions copy` moves all sessions and says what it did."""
    fill(postgres)
    app = create_app(
        Settings(environment="development", secret_key="x" * 40, storage_url="memory:")
    )
    command = ["sessions", "copy", "--from", database_url, "--to", redis_url]
    run = app.test_cli_runner().invoke(args=command)
    assert run.exit_code == 0, run.output
    assert "3 written with 8 messages, 0 there already" in run.output
    again = app.test_cli_runner().invoke(args=command)
    assert "0 written with 0 messages, 3 there already" in again.output
    assert len(valkey.list_sessions(OWNER)) == 3


def test_the_command_keeps_a_journal(
    postgres: PostgresStorage,
    valkey: RedisStorage,
    database_url: str,
    redis_url: str,
    tmp_path: Path,
) -> None:
    """With --journal a repetition deletes what was deleted, and refuses other files."""
    keys = fill(postgres)
    app = create_app(
        Settings(environment="development", secret_key="x" * 40, storage_url="memory:")
    )
    urls = ["--from", database_url, "--to", redis_url]
    command = ["sessions", "copy", *urls, "--journal", str(tmp_path / "journal")]
    assert app.test_cli_runner().invoke(args=command).exit_code == 0
    postgres.delete_session(keys[0])
    run = app.test_cli_runner().invoke(args=command)
    assert "2 there already, 0 ended meanwhile, 1 deleted, 0 failed" in run.output
    assert valkey.get_session(keys[0]) is None
    (tmp_path / "journal").write_text("[]")
    run = app.test_cli_runner().invoke(args=command)
    assert run.exit_code == 1
    assert "is no journal of a copy" in run.output


@pytest.mark.parametrize(
    ("url", "complaint"),
    [("memory:", "cannot be copied"), ("mysql://db/trips", "scheme 'mysql'")],
)
def test_the_command_refuses_what_cannot_be(
    redis_url: str, url: str, complaint: str
) -> None:
    """A storage that cannot be copied from is named, without a traceback."""
    app = create_app(
        Settings(environment="development", secret_key="x" * 40, storage_url="memory:")
    )
    run = app.test_cli_runner().invoke(
        args=["sessions", "copy", "--from", url, "--to", redis_url]
    )
    assert run.exit_code == 1
    assert complaint in run.output
