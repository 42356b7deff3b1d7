"""A storage is ready when a turn can be written, not when something answers."""

from __future__ import annotations

import logging
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import psycopg
import pytest
import redis
from redis.cluster import RedisCluster

from itinerary_app.errors import StorageUnavailable
from itinerary_app.storage.base import Changes
from itinerary_app.storage.database import CONNECTION, Database
from itinerary_app.storage.embedded import EmbeddedServer, programs
from itinerary_app.storage.postgres import PostgresStorage
from itinerary_app.storage.redis import RedisStorage
from itinerary_app.storage.testing import OWNER
from tests import valkey
from tests.conftest import migrate
from tests.waiting import until


@pytest.fixture
def primary(tmp_path: Path) -> Iterator[psycopg.Connection]:
    """A migrated server of this test's own, by its owner."""
    server = EmbeddedServer(tmp_path / "postgresql")
    server.acquire()
    migrate(**server.parameters)
    with psycopg.connect(**server.parameters, autocommit=True) as connection:
        yield connection
    server.release()


def test_while_a_synchronous_standby_is_away(
    primary: psycopg.Connection, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A commit would wait for it, so the primary is not ready; with it, it is."""
    info = primary.info
    server = {"host": info.host, "user": info.user, "dbname": info.dbname}
    with closing(PostgresStorage(Database({**CONNECTION, **server}))) as storage:
        storage.check()
        wait_for(primary, names="1 (away, other)")
        with pytest.raises(StorageUnavailable):
            storage.check()
        assert "standby is away" in caplog.text
        with standby(info, tmp_path):
            found(primary, "SELECT 1 FROM pg_stat_replication WHERE sync_state='sync'")
            storage.check()
            wait_for(primary, names="ANY 2 (away, other)")
            with pytest.raises(StorageUnavailable):
                storage.check()
        wait_for(primary, names="")
        storage.check()


def wait_for(primary: psycopg.Connection, *, names: str) -> None:
    """Have commits wait for these standbys."""
    primary.execute(f"ALTER SYSTEM SET synchronous_standby_names = '{names}'")
    primary.execute("SELECT pg_reload_conf()")
    value = f"current_setting('synchronous_standby_names') = '{names}'"
    found(primary, f"SELECT 1 WHERE {value}")


def found(primary: psycopg.Connection, query: str) -> None:
    """Returns once the query has a row."""
    until(lambda: primary.execute(query).fetchall())


@contextmanager
def standby(info: psycopg.ConnectionInfo, folder: Path) -> Iterator[None]:
    """What writes the log as it comes, and says so, as a standby does."""
    target = folder / "log"
    target.mkdir()
    address = f"host={info.host} user={info.user} application_name=away"
    command = [
        programs() / "pg_receivewal",
        "--synchronous",
        "-D",
        target,
        "-d",
        address,
    ]
    process = subprocess.Popen(command)
    try:
        yield
    finally:
        process.kill()
        process.wait()


def test_a_full_redis_is_not_ready() -> None:
    """A full server answers and keeps nothing new; with room again it is ready."""
    with (
        valkey.server() as server,
        closing(RedisStorage(url_of(server))) as storage,
        closing(redis.Redis(port=server.port)) as admin,
    ):
        for memory, ready in ((0, True), (1, False), (0, True)):
            admin.config_set("maxmemory", memory)
            assert is_ready(storage) is ready


def test_a_redis_that_came_to_evict_is_warned_of(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Its trips are served, and the operator reads the remedy in one line, once."""
    with valkey.server() as server, closing(RedisStorage(url_of(server))) as storage:
        with closing(redis.Redis(port=server.port)) as admin:
            admin.config_set("maxmemory-policy", "volatile-ttl")
        caplog.set_level(logging.WARNING)
        storage.check()
        storage.check()
    [line] = [it.getMessage() for it in caplog.records if "volatile-ttl" in it.msg]
    assert "CONFIG SET maxmemory-policy noeviction" in line
    assert "\n" not in line


def test_a_cluster_is_ready_when_all_of_it_is() -> None:
    """One full server of three takes no trips, so the cluster is not ready."""
    with ExitStack() as stack:
        url = stack.enter_context(valkey.cluster())
        storage = stack.enter_context(closing(RedisStorage(url)))
        nodes = RedisCluster.from_url(url.replace("+cluster", ""))
        admin = stack.enter_context(closing(nodes))
        for node in admin.get_primaries():
            for memory, ready in ((1, False), (0, True)):
                server = admin.get_redis_connection(node)
                server.config_set("maxmemory", memory)
                assert is_ready(storage) is ready


def test_a_cluster_that_lost_its_slots_is_away() -> None:
    """Every method raises StorageUnavailable, though redis-py's error for it is no
    RedisError.
    """
    with ExitStack() as stack:
        url = stack.enter_context(valkey.cluster())
        storage = stack.enter_context(closing(RedisStorage(url)))
        nodes = RedisCluster.from_url(url.replace("+cluster", ""))
        admin = stack.enter_context(closing(nodes))
        trip = storage.create_session(owner_hash=OWNER).session_id
        for node in admin.get_primaries():
            server = admin.get_redis_connection(node)
            server.execute_command("CLUSTER", "DELSLOTSRANGE", 0, valkey.SLOTS - 1)
        for call in (
            storage.check,
            lambda: storage.get_session(trip),
            lambda: storage.list_sessions(OWNER),
            lambda: storage.update_session(trip, Changes(questions=1)),
            lambda: storage.delete_session(trip),
        ):
            with pytest.raises(StorageUnavailable):
                call()


def is_ready(storage: RedisStorage) -> bool:
    try:
        storage.check()
    except StorageUnavailable:
        return False
    return True


def url_of(server: valkey.ValkeyServer) -> str:
    return f"redis://127.0.0.1:{server.port}/0"
