"""Where PostgreSQL does not start or lets nobody in, the true reason and the remedy are
told at once.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from itinerary_app.errors import ConfigurationError, StorageUnavailable
from itinerary_app.storage.base import SessionStorage
from itinerary_app.storage.database import open_database
from itinerary_app.storage.embedded import EmbeddedServer
from itinerary_app.storage.postgres import PostgresStorage
from itinerary_app.storage.reasons import why_not_started
from itinerary_app.storage.schema import verify_schema
from itinerary_app.storage.testing import OWNER
from tests.live import free_port
from tests.waiting import Lateness

AT_ONCE = 3  # seconds


@contextmanager
def told(*words: str) -> Iterator[None]:
    """Within three seconds: all of these words."""
    begun = time.monotonic()
    with Lateness() as late, pytest.raises(ConfigurationError) as caught:
        yield
    assert time.monotonic() - begun < AT_ONCE + late.seconds
    for each in words:
        assert each in str(caught.value)


def damage(file: Path, *, begin: int = 0) -> None:
    content = file.read_bytes()
    file.write_bytes(content[:begin] + b"x" * len(content[begin:]))


def damage_all(folder: Path) -> None:
    for file in folder.iterdir():
        if file.is_file():
            damage(file)


def append(file: Path, text: str) -> None:
    with file.open("a") as lines:
        lines.write(text)


def label(data: Path) -> None:
    """As of a base backup whose other files are not those of this folder."""
    lines = (
        "START WAL LOCATION: 0/5000028 (file 000000010000000000000005)",
        "CHECKPOINT LOCATION: 0/5000060",
        "BACKUP METHOD: streamed",
    )
    append(data / "backup_label", "\n".join((*lines, "")))


RESTORE = "restore the newest backup: flask --app wsgi restore"
FAULTS: dict[str, tuple[Callable[[Path], object], tuple[str, ...]]] = {
    "pg_control damaged": (
        lambda data: damage(data / "global/pg_control", begin=100),
        ("incorrect checksum in control file", RESTORE),
    ),
    "pg_control gone": (
        lambda data: (data / "global/pg_control").unlink(),
        ("could not", RESTORE),
    ),
    "pg_wal damaged": (
        lambda data: damage_all(data / "pg_wal"),
        ("could not locate a valid checkpoint record", RESTORE),
    ),
    "pg_wal gone": (
        lambda data: shutil.rmtree(data / "pg_wal"),
        ('WAL directory "pg_wal" does not exist', RESTORE),
    ),
    "open to others": (
        lambda data: data.chmod(0o755),
        ("invalid permissions", "chmod 700 "),
    ),
    "a setting": (
        lambda data: append(data / "postgresql.auto.conf", "frob = 1\n"),
        ("contains errors", "Put right what it names"),
    ),
    "recovery.signal": (
        lambda data: (data / "recovery.signal").touch(),
        ("restore_command", "Remove ", "recovery.signal"),
    ),
    "backup_label": (label, ("could not locate required checkpoint", "Remove ")),
    "no PG_VERSION": (
        lambda data: (data / "PG_VERSION").unlink(),
        ("no PG_VERSION", "move it away", RESTORE),
    ),
    "another version": (
        lambda data: (data / "PG_VERSION").write_text("17\n"),
        ("was made by PostgreSQL 17", "upgrade-database"),
    ),
    "an empty PID file": (
        lambda data: (data / "postmaster.pid").touch(),
        ("is empty", "remove ", "postmaster.pid"),
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_folder_that_no_server_starts_in(data: Path, fault: str) -> None:
    """What is wrong in it is told, and what to do; nothing of it is changed."""
    plant, words = FAULTS[fault]
    plant(data)
    with told(*words):
        EmbeddedServer(data).acquire()


def test_a_stray_file_in_its_place(tmp_path: Path) -> None:
    """What is no data folder is named, and left alone."""
    (tmp_path / "postgresql").write_text("mine")
    with told("is no data folder", "move it away"):
        EmbeddedServer(tmp_path / "postgresql").acquire()
    assert (tmp_path / "postgresql").read_text() == "mine"


def test_a_process_with_the_id_of_the_one_before(data: Path) -> None:
    """After a reboot another program may have it: which file to remove is told."""
    as_server = EmbeddedServer(data)._account
    user = as_server.pw_uid if as_server else None
    with subprocess.Popen(["sleep", "600"], user=user) as other:
        (data / "postmaster.pid").write_text(f"{other.pid}\n{data}\n1\n5432\n{data}\n")
        with told(f"remove {data}/postmaster.pid"):
            EmbeddedServer(data).acquire()
        other.kill()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_a_folder_of_somebody_else(data: Path) -> None:
    """As whom its files must belong is told."""
    os.chown(data, 1, 1)
    with told("chown -R "):
        EmbeddedServer(data).acquire()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """120 MB, which hold a server and not much more."""
    folder = tmp_path / "disk"
    folder.mkdir()
    size = ["-t", "tmpfs", "-o", "size=120m,mode=755", "tmpfs"]
    if os.geteuid() or subprocess.run(["mount", *size, folder]).returncode:
        pytest.skip("no disk can be mounted here")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=False)


def fill(disk: Path) -> Path:
    file = disk / "fill"
    with file.open("wb", buffering=0) as ballast, suppress(OSError):
        while ballast.write(b"x" * 4_096):
            pass
    return file


def test_a_full_disk(data: Path, small_disk: Path) -> None:
    """Neither starts a server nor sets one up, and both are told; with space it
    starts, and has what was answered.
    """
    subprocess.run(["cp", "-a", data, small_disk], check=True)
    ballast = fill(small_disk)
    with told("No space left", "INSTANCE_PATH"):
        EmbeddedServer(small_disk / data.name).acquire()
    with told("No space left", "INSTANCE_PATH"):
        EmbeddedServer(small_disk / "new" / "postgresql").acquire()
    ballast.unlink()
    server = EmbeddedServer(small_disk / data.name)
    server.acquire()
    server.release()


def test_what_has_a_remedy_is_the_reason() -> None:
    """Not the hint that all is lost, which PostgreSQL gives first after a crash amid a
    recovery, whatever then stops it.
    """
    log = (
        "LOG:  database system was interrupted while in recovery\n"
        "HINT:  This probably means that some data is corrupted.\n"
        "FATAL:  could not write to file: No space left on device\n"
    )
    first, *_ = why_not_started(log, "")
    assert first == "could not write to file: No space left on device"


def test_travellers_are_not_told(data: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A server that ends while the app serves and cannot start again: travellers hear
    that it is away, those who run it why.
    """
    database = open_database("embedded:", data.parent)
    storage: SessionStorage = PostgresStorage(database, pool_size=1)
    assert database.revive
    EmbeddedServer(data).run("pg_ctl", "-D", str(data), "-m", "fast", "-w", "stop")
    (data / "recovery.signal").touch()
    for _ in range(2):
        with pytest.raises(StorageUnavailable) as caught:
            storage.create_session(owner_hash=OWNER)
        assert "signal" not in str(caught.value)
    assert f"Remove {data}/recovery.signal" in caplog.text
    (data / "recovery.signal").unlink()
    assert storage.create_session(owner_hash=OWNER)
    storage.close()


@pytest.fixture
def strict(data: Path) -> Iterator[dict[str, Any]]:
    """A server that asks for a password, over TCP; its superuser has one."""
    server = EmbeddedServer(data)
    server.acquire()
    role, port = f"app_{uuid4().hex}", free_port()
    with psycopg.connect(**server.parameters, autocommit=True) as admin:
        admin.execute(f"CREATE ROLE {role} LOGIN PASSWORD 'right' CONNECTION LIMIT 1")
        admin.execute("ALTER SYSTEM SET listen_addresses = '127.0.0.1'")
        admin.execute(f"ALTER SYSTEM SET port = {port}")
    server.release()
    (data / "pg_hba.conf").write_text(
        f"local all all trust\nhost postgres {role} 127.0.0.1/32 scram-sha-256\n"
        "host nothing all 127.0.0.1/32 trust\n"
    )
    options = f"-c port={port} -c listen_addresses=127.0.0.1"
    start = ("pg_ctl", "-D", str(data), "-w", "-l", str(data.with_suffix(".log")))
    started = server.run(*start, "-o", f"{options} -k '{data}'", "start")
    assert started.returncode == 0, started.stderr
    yield {"role": role, "address": f"127.0.0.1:{port}"}
    server.run("pg_ctl", "-D", str(data), "-w", "-m", "immediate", "stop")


REFUSED = {
    "a wrong password": (
        "{role}:wrong@{address}/postgres",
        ("refuses us", "password authentication failed", "ALTER ROLE"),
    ),
    "no password": ("{role}@{address}/postgres", ("no password", "DATABASE_URL")),
    "no such role": (
        "nobody_here@{address}/nothing",
        ('role "nobody_here" does not exist', "CREATE ROLE"),
    ),
    "no such database": (
        "{role}@{address}/nothing",
        ('database "nothing" does not exist', "CREATE DATABASE"),
    ),
    "no line for it": (
        "{role}:right@{address}/template1",
        ("no pg_hba.conf entry", "a line of the server's pg_hba.conf"),
    ),
    "no such host": (
        "{role}:right@no-such-host.invalid/postgres",
        ("does not answer", "host in DATABASE_URL"),
    ),
    "nobody there": (
        "{role}:right@127.0.0.1:1/postgres",
        ("does not answer", "Connection refused", "that PostgreSQL runs"),
    ),
}


@pytest.mark.parametrize("refused", REFUSED)
def test_who_is_not_let_in(
    strict: dict[str, Any], tmp_path: Path, refused: str
) -> None:
    """The server's own reason and the remedy, without the password."""
    url, words = REFUSED[refused]
    database = open_database(f"postgresql://{url.format(**strict)}", tmp_path)
    with told(*words):
        verify_schema(database)


def test_no_connection_left(strict: dict[str, Any], tmp_path: Path) -> None:
    """More than the role, or the server, may have."""
    url = "postgresql://{role}:right@{address}/postgres".format(**strict)
    with psycopg.connect(url), told("too many connections", "fewer workers"):
        verify_schema(open_database(url, tmp_path))
