"""A storage that hangs is left alone: callers hear of it at once, until it answers."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
import redis

from itinerary_app.errors import StorageHangs, StorageUnavailable
from itinerary_app.storage.base import SessionStorage
from itinerary_app.storage.database import CONNECTION, Database
from itinerary_app.storage.embedded import EmbeddedServer
from itinerary_app.storage.postgres import PostgresStorage
from itinerary_app.storage.redis import RedisStorage
from itinerary_app.storage.testing import OWNER
from itinerary_app.trips.readiness import Readiness
from tests import valkey
from tests.conftest import migrate
from tests.faults import frozen, processes_of
from tests.waiting import Lateness, until

CALLERS = 8
WATCHES = ("circuit", "watchdog")
Kept = tuple[SessionStorage, list[int]]


@pytest.fixture(params=["postgresql", "redis"])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Kept]:
    """A storage with connections for all callers, and the processes of its server."""
    if request.param == "redis":
        with valkey.server() as server, redis.Redis(port=server.port) as admin:
            processes = [admin.info("server")["process_id"]]
            url = f"redis://127.0.0.1:{server.port}/0"
            with closing(RedisStorage(url)) as storage:
                yield storage, processes
        return
    embedded = EmbeddedServer(tmp_path / "postgresql")
    embedded.acquire()
    migrate(**embedded.parameters)
    database = Database({**CONNECTION, **embedded.parameters}, embedded.revive)
    with closing(PostgresStorage(database, pool_size=CALLERS)) as storage:
        storage.check()
        yield storage, processes_of(tmp_path)
    embedded.release()


def create(storage: SessionStorage) -> float:
    """Seconds after which a session is there, or is refused."""
    begun = time.monotonic()
    try:
        storage.create_session(owner_hash=OWNER)
    except StorageUnavailable:
        return time.monotonic() - begun
    raise AssertionError("it does not hang")


def until_open(storage: SessionStorage) -> None:
    assert storage.circuit
    circuit = storage.circuit
    until(lambda: circuit.is_open)


def test_callers_of_a_storage_that_hangs(
    kept: Kept, caplog: pytest.LogCaptureFixture
) -> None:
    """The first wait five seconds at most, the others not at all, and one second after
    it answers all is as before. The log tells when it began and ended.
    """
    caplog.set_level(logging.WARNING)
    storage, processes = kept
    with ThreadPoolExecutor(CALLERS) as threads, Lateness() as late:
        with frozen(processes):
            first = [threads.submit(create, storage) for _ in range(CALLERS)]
            until_open(storage)
            assert create(storage) < 0.3 + late.seconds
            with pytest.raises(StorageHangs):
                storage.check()
            assert max(it.result() for it in first) < 5 + late.seconds
        begun = time.monotonic()
        while time.monotonic() < begun + 1 + late.seconds:
            try:
                storage.create_session(owner_hash=OWNER)
                break
            except StorageHangs:
                time.sleep(0.01)
        else:
            raise AssertionError("it is not asked again")
    assert caplog.text.count("The storage hangs") == 1
    assert caplog.text.count("The storage answers again") == 1


def test_readiness_is_told_in_time(kept: Kept) -> None:
    """Within a second, from the first moment on, to all who ask."""
    storage, processes = kept
    readiness = Readiness(storage)
    readiness.verify()

    def ask() -> float:
        begun = time.monotonic()
        with pytest.raises(StorageUnavailable):
            readiness.verify()
        return time.monotonic() - begun

    with (
        ThreadPoolExecutor(CALLERS) as threads,
        Lateness() as late,
        frozen(processes),
    ):
        asked: list[Future[float]] = [threads.submit(ask) for _ in range(CALLERS)]
        assert max(it.result() for it in asked) < 1 + late.seconds
        until_open(storage)  # by the check, which waits still
        assert ask() < 1 + late.seconds


def test_one_that_is_slow_is_no_storage_that_hangs(
    database: Database, postgresql: psycopg.Connection
) -> None:
    """Who waits for a lock leaves the circuit closed to the others."""
    with closing(PostgresStorage(database)) as storage, ThreadPoolExecutor(1) as pool:
        made = storage.create_session(owner_hash=OWNER)
        postgresql.execute("LOCK TABLE session_events IN ACCESS EXCLUSIVE MODE")
        waits = pool.submit(create, storage)
        while not waits.done():
            assert storage.get_session(made.session_id)
        assert storage.circuit
        assert not storage.circuit.is_open
        assert waits.result() > 2


def test_an_idle_storage_has_no_thread(kept: Kept) -> None:
    """What watches over operations ends with the last one."""
    storage, _ = kept
    storage.create_session(owner_hash=OWNER)
    watching = [it for it in threading.enumerate() if it.name in WATCHES]
    for thread in watching:
        thread.join(30)
    assert not any(it.is_alive() for it in watching)
    storage.create_session(owner_hash=OWNER)
