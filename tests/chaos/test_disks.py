"""Storages on a disk that becomes full: what was answered is there afterwards."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from secrets import token_bytes

import psycopg
import pytest
import redis

from itinerary_app.errors import StorageUnavailable
from itinerary_app.storage.base import SessionStorage
from itinerary_app.storage.postgres import PostgresStorage
from itinerary_app.storage.redis import RedisStorage
from tests.chaos.test_storages import Server, Valkey, verify
from tests.chaos.turmoil import WRITERS, report, turmoil
from tests.chaos.writers import StorageWriter
from tests.waiting import until

SIZE = "320m"
LOG = "max_wal_size = 64MB\nmin_wal_size = 32MB\n"  # else it fills the disk by itself
BLOCK = bytes(1 << 16)


class Disk:
    """A small one, which can be filled."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._ballast = folder / "ballast"

    def fill(self) -> None:
        """To the last byte."""
        with suppress(OSError), self._ballast.open("ab", buffering=0) as file:
            while True:
                file.write(BLOCK)

    def free(self) -> None:
        self._ballast.unlink()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    if os.geteuid() != 0:
        pytest.skip("a disk of its own needs root")
    folder = tmp_path / "disk"
    folder.mkdir()
    size = ("-o", f"size={SIZE}")
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", *size, "tmpfs", folder],
        capture_output=True,
        text=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip(f"a disk of its own needs the right to mount: {mounted.stderr}")
    yield Disk(folder)
    subprocess.run(["umount", "--lazy", folder], check=True)


def takes(storage: SessionStorage) -> bool:
    """Whether it takes a trip."""
    try:
        storage.create_session(owner_hash=token_bytes(32))
    except StorageUnavailable:
        return False
    return True


def test_postgres(made: Path, disk: Disk) -> None:
    """It refuses what it cannot write, in the end all, and goes on by itself."""
    subprocess.run(["cp", "-a", made, disk.folder], check=True)
    data = disk.folder / made.name
    with (data / "postgresql.auto.conf").open("a") as settings:
        settings.write(LOG)
    server = Server(data)

    def fault() -> None:
        disk.fill()

        def refuses() -> bool:
            with (
                suppress(psycopg.OperationalError),
                psycopg.connect(**server.database.parameters) as admin,
            ):
                admin.execute("SELECT pg_switch_wal()")  # to a file that has no space
            disk.fill()
            return not takes(storage)

        until(refuses)
        disk.free()
        until(lambda: takes(storage))

    try:
        pool = PostgresStorage(server.database, pool_size=WRITERS)
        with closing(pool) as storage:
            tally = turmoil(StorageWriter(storage), fault)
    finally:
        server.end()
    verify("PostgreSQL, disk full", tally)


def test_valkey(disk: Disk) -> None:
    """With appendfsync always it ends rather than answer what it cannot keep."""
    valkey = Valkey(disk.folder, appendonly="yes", appendfsync="always")

    def fault() -> None:
        disk.fill()
        until(lambda: not takes(storage))
        disk.free()
        valkey.again()
        until(lambda: takes(storage))

    try:
        with closing(RedisStorage(valkey.url)) as storage:
            tally = turmoil(StorageWriter(storage), fault)
    finally:
        valkey.end()
    verify("Valkey, disk full", tally)


def test_what_is_not_on_the_disk_is_lost(disk: Disk) -> None:
    """Control: a Valkey that answers on although it cannot write its file."""
    valkey = Valkey(
        disk.folder,
        **{"appendonly": "no", "save": "1 1", "stop-writes-on-bgsave-error": "no"},
    )

    def fault() -> None:
        disk.fill()
        with redis.Redis.from_url(valkey.url) as admin:
            until(lambda: admin.info("persistence")["rdb_last_bgsave_status"] == "err")
        valkey.killed()
        disk.free()

    try:
        with closing(RedisStorage(valkey.url)) as storage:
            tally = turmoil(StorageWriter(storage), fault)
    finally:
        valkey.end()
    report("Valkey that goes on, disk full, killed", tally, control=True)
    assert tally.lost > 0
