"""What was answered survives kill -9 of the server, and what survives a power cut.

kill -9 leaves the kernel's page cache as it is, so it cannot tell what is on the disk.
A power cut is ext4's own shutdown: a file system in a file forgets what was not synced.
"""

from __future__ import annotations

import fcntl
import os
import select
import signal
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Semaphore
from typing import NamedTuple, Protocol

import psycopg
import pytest
import redis

from itinerary_app.errors import StorageUnavailable
from itinerary_app.storage.base import Changes, SessionStorage
from itinerary_app.storage.database import open_database
from itinerary_app.storage.embedded import EmbeddedServer
from itinerary_app.storage.memory import MemoryStorage
from itinerary_app.storage.postgres import PostgresStorage
from itinerary_app.storage.redis import RedisStorage
from itinerary_app.storage.testing import OWNER, said
from tests import valkey
from tests.conftest import migrate

SOAK = bool(os.environ.get("SOAK"))
CRASHES = 20 if SOAK else 2
SAVES = 3_000 if SOAK else 150  # before each crash
WRITERS = 4
DISK_BYTES = 512 * 2**20
FS_IOC_SHUTDOWN = 0x8004587D  # _IOR('X', 125, __u32)
WITHOUT_FLUSH = (2).to_bytes(4, "little")


class Server(Protocol):
    data: Path

    def start(self) -> None: ...

    def stop(self) -> None: ...

    def storage(self) -> SessionStorage: ...

    def pids(self) -> list[int]: ...


class Postgres:
    def __init__(self, data: Path) -> None:
        self.data = data
        self.server = EmbeddedServer(data)
        self.start = self.server.acquire
        self.stop = self.server.release
        self.synchronous_commit = True

    def storage(self) -> SessionStorage:
        """One that does not start the server by itself."""
        url = "postgresql://?" + "&".join(
            f"{name}={value}" for name, value in self.server.parameters.items()
        )
        return PostgresStorage(
            open_database(url, self.data, synchronous_commit=self.synchronous_commit),
            pool_size=WRITERS,
        )

    def pids(self) -> list[int]:
        postmaster = (self.data / "postmaster.pid").read_text().splitlines()[0]
        with psycopg.connect(**self.server.parameters) as admin:
            rows = admin.execute(
                "SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
            )
            return [int(postmaster), *(pid for (pid,) in rows)]


class Valkey:
    def __init__(self, server: valkey.ValkeyServer) -> None:
        self.data = server.data_dir
        self.server = server
        self.stop = server.stop

    def start(self) -> None:
        self.server.terminate()  # lets it go if it was killed
        self.server.start()

    def storage(self) -> SessionStorage:
        return RedisStorage(f"redis://127.0.0.1:{self.server.port}/0")

    def pids(self) -> list[int]:
        with redis.Redis(port=self.server.port) as admin:
            return [admin.info("server")["process_id"]]


class Disk:
    """A folder's content on a disk of its own, mounted over it."""

    def __init__(self, folder: Path, image: Path) -> None:
        self.folder, self.image = folder, image
        image.touch()
        os.truncate(image, DISK_BYTES)
        run("mkfs.ext4", "-q", "-d", folder, image)
        was = folder.stat()
        self.mount()
        os.chown(folder, was.st_uid, was.st_gid)
        folder.chmod(was.st_mode)
        os.sync()

    def mount(self) -> None:
        run("mount", "-o", "loop", self.image, self.folder)

    def unmount(self) -> None:
        run("umount", self.folder)

    def cut_power(self) -> None:
        handle = os.open(self.folder, os.O_RDONLY)
        fcntl.ioctl(handle, FS_IOC_SHUTDOWN, WITHOUT_FLUSH)
        os.close(handle)


def run(*command: str | Path) -> None:
    subprocess.run(command, check=True, capture_output=True, text=True)


class Losses(NamedTuple):
    answered: int
    lost: int
    seconds: float
    """How long before its crash the oldest lost save was answered."""


def crash(server: Server, disk: Disk | None = None) -> Losses:
    """Kill the server, or cut its power, several times while writers go on.

    What is left is always whole: the first saves of each session, none twice, none
    out of order; a save without an answer is sent again and stands there once.
    """
    answered = lost = 0
    oldest = 0.0
    for _ in range(CRASHES):
        storage = server.storage()
        trips = [
            storage.create_session(owner_hash=OWNER).session_id for _ in range(WRITERS)
        ]
        answers = Semaphore(0)
        with ThreadPoolExecutor(WRITERS) as pool:
            writers = [pool.submit(write, storage, trip, answers) for trip in trips]
            pids = server.pids()
            for _ in range(SAVES):
                assert answers.acquire(timeout=30)
            if disk:
                disk.cut_power()
            crashed = time.monotonic()
            kill(pids)
        storage.close()
        if disk:
            disk.unmount()
            disk.mount()
        server.start()
        storage = server.storage()
        for trip, writer in zip(trips, writers, strict=True):
            times = writer.result()
            kept = repeat_last(storage, trip, len(times))
            answered += len(times)
            lost += len(times) - kept
            if kept < len(times):
                oldest = max(oldest, crashed - times[kept])
        storage.close()
    losses = Losses(answered, lost, oldest)
    print(losses)
    return losses


def write(storage: SessionStorage, trip: str, answers: Semaphore) -> list[float]:
    """Save numbers until the storage is gone; when each was answered."""
    times: list[float] = []
    with suppress(StorageUnavailable):
        while True:
            save(storage, trip, len(times))
            times.append(time.monotonic())
            answers.release()
    return times


def save(storage: SessionStorage, trip: str, number: int) -> None:
    text = str(number)
    storage.update_session(trip, Changes(), messages=[said(text)], turn_key=text)


def repeat_last(storage: SessionStorage, trip: str, number: int) -> int:
    """Send again the number that had no answer; how many stand before it."""
    if storage.get_session(trip) is None:
        return 0
    save(storage, trip, number)
    session = storage.get_session(trip, history=1_000_000)
    assert session is not None
    messages = session.conversation_history
    kept = len(messages) - 1
    assert session.message_count == kept + 1
    assert [m.seq for m in messages] == list(range(1, kept + 2))
    assert [m.content for m in messages] == [str(n) for n in (*range(kept), number)]
    return kept


def kill(pids: list[int]) -> None:
    """kill -9 of all at once, and wait until they are gone."""
    handles = [os.pidfd_open(pid) for pid in pids]
    for handle in handles:
        signal.pidfd_send_signal(handle, signal.SIGKILL)
    for handle in handles:
        select.select([handle], [], [])
        os.close(handle)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Postgres:
    """A migrated PostgreSQL that does not run."""
    server = Postgres(tmp_path_factory.mktemp("durable") / "postgresql")
    server.start()
    migrate(autocommit=True, **server.server.parameters)
    server.stop()
    return server


@pytest.fixture
def postgres(made: Postgres) -> Iterator[Postgres]:
    made.synchronous_commit = True
    made.start()
    yield made
    made.stop()


def test_memory_ends_with_its_process() -> None:
    """A new memory storage begins empty."""
    trip = MemoryStorage().create_session(owner_hash=OWNER)
    assert MemoryStorage().get_session(trip.session_id) is None


def test_postgres_keeps_what_was_answered(postgres: Postgres) -> None:
    """kill -9 of the whole server while it is written to loses and doubles nothing."""
    assert crash(postgres).lost == 0


def test_synchronous_commit_off_loses_the_newest(postgres: Postgres) -> None:
    """Without it kill -9 of the whole server costs the last second at most."""
    postgres.synchronous_commit = False
    losses = crash(postgres)
    assert losses.lost > 0
    assert losses.seconds < 1


@pytest.mark.parametrize("appendfsync", ["always", "everysec"])
def test_valkey_keeps_what_was_answered(appendfsync: str) -> None:
    """With an append-only file kill -9 loses and doubles nothing."""
    with valkey.server(appendfsync=appendfsync) as server:
        assert crash(Valkey(server)).lost == 0


def test_valkey_without_append_only_file_loses() -> None:
    """Without one kill -9 takes all since the last snapshot."""
    with valkey.server(appendonly="no") as server:
        losses = crash(Valkey(server))
    assert losses.lost == losses.answered
