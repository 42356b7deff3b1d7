"""With keys what travellers say, wish and plan is kept so that only these open it."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from typing import Any, ClassVar

import psycopg
import pytest
import redis

from itinerary_app.app import create_app
from itinerary_app.audit import Trail
from itinerary_app.config import Settings
from itinerary_app.errors import CannotDecrypt, CorruptSession
from itinerary_app.model import Message, Preferences, Role
from itinerary_app.storage.base import Changes, Record, SessionStorage, exactly
from itinerary_app.storage.database import Database
from itinerary_app.storage.postgres import PostgresStorage
from itinerary_app.storage.redis import RedisStorage
from itinerary_app.storage.rotation import Rotated, rotate
from itinerary_app.storage.testing import OWNER, contents, itinerary, said, turn
from itinerary_app.storage.transfer import copy
from tests.bench.workload import PLAN
from tests.storage.dumps import by_pg_dump, of_redis
from tests.storage.test_postgres import PostgresContract
from tests.storage.test_redis import RedisContract

Storage = PostgresStorage | RedisStorage
OLD = {"old": bytes(range(32))}
NEW = {"new": bytes(range(1, 33))}
OTHER = {"old": bytes(range(2, 34))}
NOTHING = {"plain": b""}


class TestPostgres(PostgresContract):
    encryption_keys: ClassVar = OLD


class TestRedis(RedisContract):
    @pytest.fixture
    def storage(self, redis_url: str) -> Iterator[RedisStorage]:
        self.admin = redis.Redis.from_url(redis_url)
        self.admin.flushdb()
        storage = RedisStorage(redis_url, pool_size=8, encryption_keys=OLD)
        yield storage
        storage.close()
        self.admin.close()


class Kept(ABC):
    """One place where sessions are kept, opened with any keys."""

    opened: list[Storage]

    @abstractmethod
    def open(self, keys: Mapping[str, bytes]) -> Storage:
        """A storage of this place."""

    @abstractmethod
    def dump(self) -> str:
        """All that is kept."""

    @abstractmethod
    def move(self, part: str, source: str, target: str) -> None:
        """Put a session's plan, wishes or words in the place of another's."""

    @abstractmethod
    def close(self) -> None:
        """Let go of connections."""


class InPostgres(Kept):
    def __init__(self, database: Database, url: str) -> None:
        self.opened = []
        self.url, self.database = url, database
        self.admin = psycopg.connect(**database.parameters, autocommit=True)

    def open(self, keys: Mapping[str, bytes]) -> PostgresStorage:
        storage = PostgresStorage(self.database, pool_size=2, encryption_keys=keys)
        self.opened.append(storage)
        return storage

    def dump(self) -> str:
        return by_pg_dump(self.url)

    def move(self, part: str, source: str, target: str) -> None:
        table = "messages" if part == "content" else "sessions"
        self.admin.execute(
            f"UPDATE {table} SET {part} = (SELECT {part} FROM {table} "
            "WHERE session_id = %s LIMIT 1) WHERE session_id = %s",
            [source, target],
        )

    def close(self) -> None:
        for storage in self.opened:
            storage.close()
        self.admin.close()


class InRedis(Kept):
    def __init__(self, url: str) -> None:
        self.opened = []
        self.url = url
        self.admin = redis.Redis.from_url(url)
        self.admin.flushdb()

    def open(self, keys: Mapping[str, bytes]) -> RedisStorage:
        storage = RedisStorage(self.url, pool_size=2, encryption_keys=keys)
        self.opened.append(storage)
        return storage

    def dump(self) -> str:
        return of_redis(self.admin)

    def move(self, part: str, source: str, target: str) -> None:
        one, other = (f"itinerary:{{{key}}}" for key in (source, target))
        if part == "content":
            [*words] = self.admin.lrange(f"{one}:said", 0, -1)
            self.admin.delete(f"{other}:said")
            self.admin.rpush(f"{other}:said", *words)
            return
        for name, value in self.admin.hgetall(f"{one}:state").items():
            if name == b"itinerary" or name.startswith(b"p:"):
                self.admin.hset(f"{other}:state", name, value)

    def close(self) -> None:
        for storage in self.opened:
            storage.close()
        self.admin.close()


@pytest.fixture
def in_postgres(database: Database, database_url: str) -> Iterator[InPostgres]:
    with closing(InPostgres(database, database_url)) as place:
        yield place


@pytest.fixture
def in_redis(redis_url: str) -> Iterator[InRedis]:
    with closing(InRedis(redis_url)) as place:
        yield place


@pytest.fixture(params=["in_postgres", "in_redis"])
def kept(request: pytest.FixtureRequest) -> Kept:
    place: Kept = request.getfixturevalue(request.param)
    return place


WISHES = {
    "city": "Jaipur",
    "duration_days": 2,
    "diets": ["vegan"],
    "mobility": ["step_free"],
    "start_date": "2027-05-17",
    "must_see": ["canary-must"],
    "excluded": ["canary-excluded"],
    "locked": ["canary-locked"],
    "legs": [{"city": "canary-leg"}],
    "at_most": [{"canary-most": 1}],
    "no_more": ["canary-more"],
    "times": [{"canary-time": "10:00"}],
    "stays": [{"canary-stay": 60}],
    "notes": [{"amber-fort": "canary-note"}],
    "base": "canary-base",
    "bases": [{"where": "canary-bed", "city": "Jaipur"}],
    "arrive_at": "canary-airport",
    "depart_at": "canary-station",
}
PERSONAL = ("canary", "vegan", "step_free", "2027-05-17", "Amber Fort")


def talk(storage: SessionStorage) -> str:
    """A trip with personal words in each field that has any, in two versions."""
    key = storage.create_session(owner_hash=OWNER).session_id
    before = storage.get_session(key)
    assert before is not None
    answer = Message(
        Role.ASSISTANT, "canary-told", ("canary-reply",), context={"a": "canary-about"}
    )
    storage.update_session(
        key,
        Changes(
            WISHES,
            itinerary("canary-plan"),
            record=Record([{"a": "canary-act"}], before),
        ),
        messages=[said("canary-said"), answer],
        turn_key="key 1",
    )
    # Nobody records this one: the storage itself keeps what it overwrote.
    storage.update_session(
        key, Changes({"base": "canary-hotel"}, itinerary("canary-other"))
    )
    return key


def all_of(storage: Storage, session_id: str) -> list[Any]:
    """All that can be had of a session."""
    whole = storage.snapshot(session_id)
    assert whole is not None
    states = [
        storage.state(session_id, number)
        for number in range(whole.session.plan_version + 1)
    ]
    return [whole, storage.versions(session_id), *states]


def test_no_word_of_a_traveller_is_in_a_dump(kept: Kept) -> None:
    """With a key none is found where without one each is; read they are the same."""
    plain, locked = kept.open({}), kept.open(OLD)
    bare = talk(plain)
    shown = kept.dump()
    assert [word for word in PERSONAL if word not in shown] == []
    assert plain.delete_session(bare)
    key = talk(locked)
    hidden = kept.dump()
    assert [word for word in PERSONAL if word in hidden] == []
    trip = locked.get_session(key)
    assert trip is not None
    assert trip.preferences == Preferences.from_dict({**WISHES, "base": "canary-hotel"})
    assert trip.itinerary == itinerary("canary-other")
    question, answer = trip.conversation_history
    assert (question.content, answer.content) == ("canary-said", "canary-told")
    assert (answer.quick_replies, answer.context) == (
        ("canary-reply",),
        {"a": "canary-about"},
    )
    second, first = locked.versions(key)
    assert (first.acts, second.acts) == (({"a": "canary-act"},), ())
    state = locked.state(key, 1)
    assert state is not None
    assert state.itinerary == itinerary("canary-plan")
    assert state.preferences.base == "canary-base"
    [listed] = locked.list_sessions(OWNER)
    assert listed.preferences == trip.preferences


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ({}, "key 'old', which this server does not have.*adds the key"),
        (NEW, "key 'old', which this server does not have.*adds the key"),
        (OTHER, "key 'old' of ENCRYPTION_KEYS does not open it"),
    ],
)
def test_without_its_key_a_trip_is_told_and_left(
    kept: Kept, keys: Mapping[str, bytes], told: str
) -> None:
    """Each read says what is missing; others are readable, and so is it later on."""
    locked, other = kept.open(OLD), kept.open(keys)
    key, own = talk(locked), other.create_session(owner_hash=OWNER).session_id
    whole = all_of(locked, key)
    reads: list[Callable[[], object]] = [
        lambda: other.get_session(key),
        lambda: other.messages(key),
        lambda: other.versions(key),
        lambda: other.state(key, 1),
        lambda: other.snapshot(key),
        lambda: other.update_session(
            key, Changes(), messages=turn("again"), turn_key="key 1"
        ),
    ]
    for read in reads:
        with pytest.raises(CannotDecrypt, match=told):
            read()
    listed = {it.session_id: it.is_readable for it in other.list_sessions(OWNER)}
    assert listed == {key: False, own: True}
    assert all_of(locked, key) == whole


@pytest.mark.parametrize("part", ["itinerary", "preferences", "content"])
def test_what_was_moved_to_another_trip_does_not_open(kept: Kept, part: str) -> None:
    """A value of one session in the place of another's is a typed error."""
    storage = kept.open(OLD)
    one, other = talk(storage), talk(storage)
    kept.move(part, one, other)
    with pytest.raises(CannotDecrypt, match="altered"):
        storage.get_session(other)
    assert storage.get_session(one) is not None


@pytest.mark.parametrize(
    "text",
    ['{"enc":"old","box":"AAAA"}', '{"enc":"","box":"AAAA"}', '{"enc":"', "null"],
)
@pytest.mark.parametrize("keys", [{}, OLD])
def test_a_message_that_looks_encrypted_is_a_message(
    kept: Kept, keys: Mapping[str, bytes], text: str
) -> None:
    """Whatever a traveller writes comes back as it was written."""
    storage = kept.open(keys)
    key = storage.create_session(owner_hash=OWNER).session_id
    replies = Message(Role.ASSISTANT, text, ("Yes",), context={"a": 1})
    storage.update_session(key, Changes({"base": text}), messages=[said(text), replies])
    trip = storage.get_session(key)
    assert contents(trip) == [text, text]
    assert trip is not None
    assert trip.preferences.base == text
    assert trip.conversation_history[1].quick_replies == ("Yes",)
    assert trip.conversation_history[1].context == {"a": 1}


def test_what_was_kept_before_is_read_and_goes_on(kept: Kept) -> None:
    """Once there is a key, older trips are as they were, and new words are hidden."""
    plain, locked = kept.open({}), kept.open(OLD)
    key = talk(plain)
    whole = all_of(plain, key)
    assert all_of(locked, key) == whole
    before = locked.get_session(key)
    assert before is not None
    changes = Changes({"base": "finch"}, record=Record([{"a": "finch"}], before))
    locked.update_session(key, changes, messages=turn("finch"))
    assert "finch" not in kept.dump()
    assert contents(locked.get_session(key, history=2)) == ["finch", "You said: finch"]
    state = locked.state(key, 2)
    assert state is not None
    assert state.preferences.base == "canary-hotel"


def test_a_large_plan_takes_little_more_room(in_postgres: InPostgres) -> None:
    """A real trip's plan is kept in half as much again as without a key at most."""
    sizes = []
    for keys in ({}, OLD):
        storage = in_postgres.open(keys)
        key = storage.create_session(owner_hash=OWNER).session_id
        storage.update_session(key, Changes(itinerary=PLAN))
        trip = storage.get_session(key)
        assert trip is not None
        assert trip.itinerary == PLAN
        query = "SELECT pg_column_size(itinerary) FROM sessions WHERE session_id = %s"
        sizes += in_postgres.admin.execute(query, [key]).fetchone() or ()
    assert sizes[1] < 1.5 * sizes[0]


def test_wishing_the_same_again_makes_no_version(kept: Kept) -> None:
    """Encrypted anew, the same preferences and plan are the same."""
    storage = kept.open(OLD)
    key = talk(storage)
    trip = storage.get_session(key)
    assert trip is not None
    storage.update_session(key, Changes(exactly(trip.preferences), trip.itinerary))
    assert [it.number for it in storage.versions(key)] == [2, 1]


@pytest.mark.parametrize(
    ("before", "after"), [({}, NEW), (OLD, NEW), (OLD, NOTHING)], ids=str
)
def test_rotation_leaves_nothing_under_the_old_key(
    kept: Kept, before: Mapping[str, bytes], after: Mapping[str, bytes]
) -> None:
    """All is read by the new key alone, as it was; repeated, nothing is written."""
    first, rotating, last = (
        kept.open(before),
        kept.open({**after, **OLD}),
        kept.open(after),
    )
    empty = first.create_session(owner_hash=OWNER).session_id
    keys = sorted([talk(first), talk(first)])
    whole = {key: all_of(first, key) for key in keys}
    assert list(rotating.kept_ids()) == sorted([*keys, empty])
    assert list(rotating.kept_ids(after=max(*keys, empty))) == []
    assert rotate(rotating, [*keys, empty]) == Rotated(written=2, kept=1)
    assert {key: all_of(last, key) for key in keys} == whole
    assert rotate(rotating, keys) == Rotated(kept=2)
    assert ("canary" in kept.dump()) == (after == NOTHING)
    assert '"old"' not in kept.dump().replace("\\", "")


def test_rotation_goes_on_past_what_it_cannot_read(kept: Kept) -> None:
    """A trip under a missing key is named and left, one that is gone is counted."""
    old, new = kept.open(OLD), kept.open(NEW)
    bad, gone, good = talk(old), talk(new), talk(kept.open({}))
    new.delete_session(gone)
    whole = all_of(old, bad)
    rotated = rotate(new, [bad, gone, good])
    assert (rotated.written, rotated.kept, rotated.gone) == (1, 0, 1)
    assert list(rotated.failed) == [bad]
    assert "adds the key" in rotated.failed[bad]
    assert all_of(old, bad) == whole


def test_rotation_loses_nothing_that_is_said_meanwhile(kept: Kept) -> None:
    """Beside two travellers who write all the time each turn stands, in both keys."""
    rotating = kept.open({**NEW, **OLD})
    key = talk(kept.open(OLD))
    enough = threading.Event()
    counts: list[int] = []

    def write() -> None:
        storage, count = kept.open({**OLD, **NEW}), 0
        while not enough.is_set():
            storage.update_session(
                key, Changes({"spend_limit": count}), messages=turn(f"{count}")
            )
            count += 1
        counts.append(count)

    writers = [threading.Thread(target=write, daemon=True) for _ in range(2)]
    for writer in writers:
        writer.start()
    for _ in range(10):
        rotate(rotating, [key])
    enough.set()
    for writer in writers:
        writer.join()
    rotate(rotating, [key])
    trip = kept.open(NEW).get_session(key, history=100_000)
    assert trip is not None
    assert trip.message_count == len(trip.conversation_history) == 2 + 2 * sum(counts)
    assert min(counts) > 0


def test_a_copy_moves_between_keys(in_postgres: InPostgres, in_redis: InRedis) -> None:
    """What is copied is opened with the source's key, and kept under the target's."""
    source, target = in_postgres.open(OLD), in_redis.open(NEW)
    key = talk(source)
    assert copy(source, target, source.session_ids()).failed == {}
    assert all_of(target, key) == all_of(source, key)
    assert "canary" not in in_redis.dump()
    failed = copy(in_postgres.open(NEW), target, [key]).failed
    assert failed == {key: "is encrypted, and no key 'old' of ENCRYPTION_KEYS opens it"}


# What PostgreSQL itself does with it


def test_facts_of_an_encrypted_trip_are_the_same(in_postgres: InPostgres) -> None:
    """Analytics know as much of it as of any other."""
    facts = []
    for keys in ({}, OLD):
        storage = in_postgres.open(keys)
        storage.delete_session(talk(storage))
        query = (
            "DELETE FROM session_facts RETURNING city, days, pace, budget, interests, "
            "user_messages, assistant_messages, plans, turns_to_plan, reason"
        )
        facts.append(in_postgres.admin.execute(query).fetchall())
    assert facts[0] == facts[1] != []
    assert facts[0][0][:2] == ("Jaipur", 2)


def test_the_trail_verifies_encrypted_trips(in_postgres: InPostgres) -> None:
    """Before and after a rotation; of an encrypted plan it knows the digest alone."""
    trail = Trail(in_postgres.database)
    key = talk(in_postgres.open(OLD))
    assert list(trail.verify(["x" * 40])) == []
    query = "SELECT detail FROM session_events WHERE kind = 'itinerary'"
    assert {*in_postgres.admin.execute(query).fetchone()[0]} == {"sha256"}
    assert rotate(in_postgres.open({**NEW, **OLD}), [key]).written == 1
    assert list(trail.verify(["x" * 40])) == []
    in_postgres.move("itinerary", talk(in_postgres.open(NEW)), key)
    with pytest.raises(CannotDecrypt):
        in_postgres.open(NEW).get_session(key)


def test_expired_trips_are_encrypted_anew_too(in_postgres: InPostgres) -> None:
    """What waits to be swept is not left under the old key."""
    key = talk(in_postgres.open(OLD))
    in_postgres.admin.execute("UPDATE sessions SET ends_at = now()")
    storage = in_postgres.open({**NEW, **OLD})
    assert list(storage.kept_ids()) == [key]
    assert rotate(storage, [key]).written == 1
    assert '"old"' not in in_postgres.dump().replace("\\", "")


def test_a_broken_way_back_is_a_typed_error(in_postgres: InPostgres) -> None:
    """A patch that holds what is no box hides the versions alone."""
    storage = in_postgres.open(OLD)
    key = talk(storage)
    for broken in ('[{"path": "/plan", "value": {"enc": 7, "box": 7}}]', '["enc"]'):
        in_postgres.admin.execute(
            "UPDATE plan_versions SET way_back = %s WHERE number = 2", [broken]
        )
        with pytest.raises(CorruptSession):
            storage.versions(key)
    assert storage.get_session(key) is not None


def test_the_command_rotates_and_tells(in_postgres: InPostgres) -> None:
    """`flask sessions rotate-keys` says what it did, and needs a key."""

    def run(**settings: Any) -> tuple[int, str]:
        given = {"storage_url": in_postgres.url, **settings}
        app = create_app(
            Settings(environment="development", secret_key="x" * 40, **given)
        )
        result = app.test_cli_runner().invoke(args=["sessions", "rotate-keys"])
        return result.exit_code, result.output

    for _ in range(2):
        talk(in_postgres.open(OLD))
    rotated = run(encryption_keys={**NEW, **OLD})
    assert rotated[0] == 0
    assert "2 written under new, 0 were already, 0 ended" in rotated[1]
    code, told = run(encryption_keys=OLD)
    assert code == 1
    assert "2 failed" in told
    assert "encrypted under the key 'new'" in told
    assert run() == (1, "Error: Set ENCRYPTION_KEYS first; README says how.\n")
    assert run(storage_url="memory:")[0] == 1
