"""The Redis storage keeps the contract, alone and in a cluster, and what is its own."""

from __future__ import annotations

import logging
import math
import os
import re
import signal
from collections import deque
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from typing import ClassVar

import pytest
import redis
from redis.cluster import RedisCluster

from itinerary_app.errors import (
    ConfigurationError,
    CorruptSession,
    StorageUnavailable,
)
from itinerary_app.storage.base import Changes, SessionStorage
from itinerary_app.storage.codec import dump_itinerary
from itinerary_app.storage.redis import RedisStorage
from itinerary_app.storage.redis_server import verify_redis
from itinerary_app.storage.testing import (
    OWNER,
    SessionStorageContract,
    itinerary,
    plan,
    said,
    turn,
)
from tests import valkey
from tests.live import free_port

VANISHED = "Redis deletes an expired session by itself, so nothing is left to be swept."


class RedisContract(SessionStorageContract):
    divergences: ClassVar = {
        "test_an_expired_id_begins_nothing_new": VANISHED,
        "test_sweep_deletes_the_expired_in_batches": VANISHED,
    }
    admin: redis.Redis | RedisCluster

    def pass_time(self, storage: SessionStorage, by: timedelta) -> None:
        """The server's clock cannot be set, so all keys grow older instead."""
        micros = by // timedelta(microseconds=1)
        for key in list(self.admin.scan_iter("itinerary:{*")):
            if key.endswith(b":state"):
                for name in ("created", "accessed", "ends"):
                    self.admin.hincrby(key, name, -micros)
            ends = self.admin.pexpiretime(key) - math.ceil(micros / 1000)
            self.admin.pexpireat(key, ends)

    def damage(self, storage: SessionStorage, session_id: str) -> None:
        self.admin.hset(f"itinerary:{{{session_id}}}:state", "p:pace", "7")

    def expiries(self, session_id: str) -> list[int]:
        keys = self.admin.scan_iter(f"itinerary:{{{session_id}}}:*")
        return [self.admin.pexpiretime(key) for key in keys]


class TestRedis(RedisContract):
    @pytest.fixture
    def storage(self, redis_url: str) -> Iterator[RedisStorage]:
        self.admin = redis.Redis.from_url(redis_url)
        self.admin.flushdb()
        storage = RedisStorage(redis_url, pool_size=8)
        yield storage
        storage.close()
        self.admin.close()

    def test_all_keys_expire_together(self, storage: RedisStorage) -> None:
        """After every step each key of a session has the same time to end at."""
        trip = storage.create_session(owner_hash=OWNER).session_id
        steps = [
            lambda: storage.update_session(trip, Changes(plan_of_jaipur(), PLAN)),
            lambda: storage.update_session(
                trip, Changes(), messages=turn("a"), turn_key="k"
            ),
            lambda: storage.get_session(trip),
        ]
        for step in steps:
            self.pass_time(storage, timedelta(minutes=5))
            step()
            ends = self.expiries(trip)
            assert len(set(ends)) == 1
            assert ends[0] > 0
        assert len(self.expiries(trip)) == 4

    def test_the_index_of_an_owner_ends_too(self, storage: RedisStorage) -> None:
        """The list of an owner's sessions ends with the last of them."""
        storage.create_session(owner_hash=OWNER)
        (index,) = self.admin.scan_iter("itinerary:owner:*")
        lifetime = timedelta(hours=24) // timedelta(milliseconds=1)
        assert 0 < self.admin.pttl(index) <= lifetime + 1

    @pytest.mark.parametrize(
        ("key", "field", "value"),
        [
            ("state", "version", "x"),
            ("state", "itinerary", '{"v": 99}'),
            ("state", "itinerary", "{"),
            ("state", "p:pace", '"sluggish"'),
            ("state", "created", ""),
            ("state", "idle", "soon"),
        ],
    )
    def test_a_corrupt_session_is_told_and_left(
        self, storage: RedisStorage, key: str, field: str, value: str
    ) -> None:
        """What cannot be read raises CorruptSession and stays as it is."""
        trip = storage.create_session(owner_hash=OWNER).session_id
        name = f"itinerary:{{{trip}}}:{key}"
        self.admin.hset(name, field, value)
        with pytest.raises(CorruptSession):
            storage.get_session(trip)
        assert self.admin.hget(name, field) == value.encode()

    def test_a_replica_is_not_ready(self, storage: RedisStorage) -> None:
        """A server that takes no writes any more is told, though it answers."""
        storage.check()
        self.admin.replicaof("127.0.0.1", "1")
        try:
            with pytest.raises(StorageUnavailable):
                storage.check()
        finally:
            self.admin.replicaof("no", "one")
        storage.check()

    @pytest.mark.parametrize("damage", ["", "1", "1 [[],7]", "x [[],[],null,null]"])
    def test_a_corrupt_version_hides_no_trip(
        self, storage: RedisStorage, damage: str
    ) -> None:
        """A version that cannot be read raises CorruptSession for versions alone."""
        trip = storage.create_session(owner_hash=OWNER).session_id
        storage.update_session(trip, Changes(itinerary=itinerary()))
        self.admin.lset(f"itinerary:{{{trip}}}:versions", 0, damage)
        with pytest.raises(CorruptSession):
            storage.versions(trip)
        with pytest.raises(CorruptSession):
            storage.state(trip, 0)
        assert storage.get_session(trip) is not None

    def test_nothing_leads_back_over_what_the_build_before_wrote(
        self, storage: RedisStorage
    ) -> None:
        """A write that knows nothing of versions ends them; later ones go on."""
        trip = storage.create_session(owner_hash=OWNER).session_id
        storage.update_session(trip, Changes(itinerary=plan("abc")))
        state = f"itinerary:{{{trip}}}:state"
        self.admin.hset(state, "itinerary", dump_itinerary(plan("z")))
        self.admin.hincrby(state, "version", 1)
        assert storage.versions(trip) == []
        assert storage.state(trip, 0) is None
        storage.update_session(trip, Changes(itinerary=plan("ab")))
        assert [it.number for it in storage.versions(trip)] == [2]
        before = storage.state(trip, 1)
        assert before is not None
        assert before.itinerary == plan("z")
        assert storage.state(trip, 0) is None

    def test_cut_connections_are_replaced(self, storage: RedisStorage) -> None:
        """Connections cut between two turns cost no call."""
        trip = storage.create_session(owner_hash=OWNER).session_id
        for number in range(3):
            self.admin.execute_command("CLIENT", "KILL", "TYPE", "normal")
            storage.update_session(
                trip, Changes(), messages=[said(str(number))], turn_key=f"k{number}"
            )
        session = storage.get_session(trip)
        assert session is not None
        assert session.message_count == 3


@pytest.fixture(scope="module")
def cluster_url() -> Iterator[str]:
    with valkey.cluster() as url:
        yield url


class TestRedisCluster(RedisContract):
    @pytest.fixture
    def storage(self, cluster_url: str) -> Iterator[RedisStorage]:
        self.admin = RedisCluster.from_url(cluster_url.replace("+cluster", ""))
        self.admin.flushdb(target_nodes=RedisCluster.PRIMARIES)
        storage = RedisStorage(cluster_url)
        yield storage
        storage.close()
        self.admin.close()


PLAN = itinerary()


def plan_of_jaipur() -> dict[str, object]:
    return {"city": "Jaipur", "duration_days": 1, "interests": []}


EVERY_METHOD = [
    lambda s: s.create_session(owner_hash=OWNER),
    lambda s: s.get_session("00000000-0000-4000-8000-000000000000"),
    lambda s: s.update_session("00000000-0000-4000-8000-000000000000", Changes()),
    lambda s: s.delete_session("00000000-0000-4000-8000-000000000000"),
    lambda s: s.messages("00000000-0000-4000-8000-000000000000"),
    lambda s: s.list_sessions(OWNER),
    lambda s: s.check(),
]


@pytest.mark.parametrize("call", EVERY_METHOD)
def test_every_method_says_when_the_server_is_away(call: object) -> None:
    """Without a server every method raises StorageUnavailable, no driver error."""
    storage = RedisStorage(f"redis://127.0.0.1:{free_port()}/0")
    with pytest.raises(StorageUnavailable):
        call(storage)  # type: ignore[operator]


def test_a_frozen_server_does_not_keep_its_callers() -> None:
    """Without an answer in time a caller gets StorageUnavailable, and goes on
    once the server does."""
    with valkey.server() as server:
        storage = RedisStorage(url_of(server), answer_within=0.3)
        trip = storage.create_session(owner_hash=OWNER).session_id
        pid = redis.Redis(port=server.port).info("server")["process_id"]
        os.kill(pid, signal.SIGSTOP)
        with pytest.raises(StorageUnavailable):
            storage.get_session(trip)
        os.kill(pid, signal.SIGCONT)
        assert storage.get_session(trip) is not None
        storage.close()


def test_an_evicting_server_is_refused() -> None:
    """A server that may drop trips silently is not used, and the remedy is told."""
    with (
        valkey.server(maxmemory_policy="allkeys-lru") as server,
        pytest.raises(ConfigurationError, match="CONFIG SET maxmemory-policy"),
    ):
        verify_redis(url_of(server))


def test_a_url_that_does_not_fit_the_server_is_told() -> None:
    """For a number that there is not, or the scheme of a cluster: with the remedy."""
    with valkey.server() as server:
        single = url_of(server)
        for url, remedy in (
            (single.removesuffix("/0") + "/99", "0 to 15"),
            (single.replace("redis://", "redis+cluster://"), "write redis://"),
            ("redis+cluster://localhost:1/3", "leave the number out"),
            ("redis://localhost:1", "that the server runs"),
        ):
            with pytest.raises(ConfigurationError, match=re.escape(remedy)):
                verify_redis(url)


def test_a_node_of_a_cluster_is_told() -> None:
    """A single server's scheme for a cluster would lose most trips: it is refused."""
    with valkey.cluster() as url:
        verify_redis(url)
        with pytest.raises(ConfigurationError, match="write redis\\+cluster://"):
            verify_redis(url.replace("redis+cluster", "redis"))


def test_a_forgetful_server_is_warned_of(caplog: pytest.LogCaptureFixture) -> None:
    """Without an append-only file the operator is told what a restart loses."""
    with valkey.server(appendonly="no") as server:
        verify_redis(url_of(server))
    assert caplog.records[-1].levelno == logging.WARNING
    assert "appendonly yes" in caplog.text


def test_a_full_server_says_so() -> None:
    """With no memory left a write is refused whole, and what is there is readable."""
    with valkey.server(maxmemory="4mb") as server:
        storage = RedisStorage(url_of(server))
        trip = storage.create_session(owner_hash=OWNER).session_id
        long = [said("x" * 8_000)] * 100
        with pytest.raises(StorageUnavailable):
            deque(
                storage.update_session(trip, Changes(), messages=long)
                for _ in range(100)
            )
        session = storage.get_session(trip, touch=False)
        assert session is not None
        page = storage.messages(trip, limit=10_000)
        assert len(page) == session.message_count > 0
        storage.close()


def test_a_full_server_serves_whoever_only_reads_or_deletes() -> None:
    """A read that would have renewed the session goes on without that, until there is
    room again; a delete makes some.
    """
    with (
        valkey.server() as server,
        closing(RedisStorage(url_of(server))) as storage,
        closing(redis.Redis(port=server.port)) as admin,
    ):
        unused, other = (
            storage.create_session(owner_hash=OWNER).session_id for _ in range(2)
        )
        state = f"itinerary:{{{unused}}}:state"
        admin.hincrby(state, "accessed", -120_000_000)
        admin.pexpire(state, admin.pttl(state) - 120_000)
        before = storage.get_session(unused, touch=False)
        admin.config_set("maxmemory", 1)
        with pytest.raises(StorageUnavailable):
            storage.create_session(owner_hash=OWNER)
        with pytest.raises(StorageUnavailable):
            storage.update_session(unused, Changes(questions=1))
        assert storage.get_session(unused) == before
        assert len(storage.list_sessions(OWNER)) == 2
        assert storage.messages(unused) == storage.versions(unused) == []
        assert storage.delete_session(other)
        admin.config_set("maxmemory", 0)
        renewed = storage.get_session(unused)
        assert before is not None
        assert renewed is not None
        assert renewed.last_accessed > before.last_accessed


def url_of(server: valkey.ValkeyServer) -> str:
    return f"redis://127.0.0.1:{server.port}/0"
