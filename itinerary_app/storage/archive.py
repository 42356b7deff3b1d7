"""The embedded server's past: copies of its folder, and its log of writes since then.

FOLDER/base_2026-11-30T100000.000000Z/     a copy of the data, by pg_basebackup
FOLDER/wal/0000000100000000000000A1.gz     what was written, 16 MB each, as PostgreSQL
                                           hands them over, at the latest in a minute

From a copy and the log after it comes the database as it was at any moment since.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import shlex
import shutil
import subprocess
import tarfile
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from itinerary_app.storage.backup import BackupFailed
from itinerary_app.storage.embedded import USER, EmbeddedServer, programs

NAME = "base_%Y-%m-%dT%H%M%S.%fZ"
SEGMENT = 16 << 20  # bytes of one file of the log
HAND_OVER = "60"  # seconds after which a file of the log is handed over as it is
HANDED_OVER_WITHIN = 30.0  # seconds
LOOK_EVERY = 0.2  # seconds
# A file that is there already was handed over before a crash, if it is the same.
HAND = (
    "if test -e {wal}/%f.gz; then gunzip -c {wal}/%f.gz | cmp -s - %p; else "
    "gzip -1 -c %p > {wal}/%f.part && sync {wal}/%f.part && "
    "mv {wal}/%f.part {wal}/%f.gz && sync {wal}; fi"
)
IS_HANDED_OVER = """
SELECT 1 FROM pg_stat_archiver
WHERE last_archived_wal ~ '^[0-9A-F]{24}' AND left(last_archived_wal, 24) >= %s
"""
COPYING = "SELECT backup_streamed FROM pg_stat_progress_basebackup"
# Shows how much of how many is done: the function is told of how many more.
Progress = Callable[[int, str], AbstractContextManager[Callable[[int], object]]]


class Base(NamedTuple):
    """A copy, whole at the time `at`, of a timeline's data from `start` to `end`."""

    path: Path
    at: datetime
    timeline: int
    start: int  # positions in the log, in bytes
    end: int

    @property
    def first_file(self) -> str:
        """Of the log that is needed after it."""
        number = self.start // SEGMENT
        per_id = (1 << 32) // SEGMENT
        return f"{self.timeline:08X}{number // per_id:08X}{number % per_id:08X}"


def back_up_base(server: EmbeddedServer, folder: Path, progress: Progress) -> Path:
    """A new copy in `folder`, to which the log is handed over from now on.

    Raises BackupFailed where it is not, or the copy is not whole.
    """
    wal = folder / "wal"
    wal.mkdir(parents=True, exist_ok=True)
    server.give_away(wal)
    part = folder / ".base.part"
    command: list[str | Path] = [
        programs() / "pg_basebackup",
        *("-h", str(server.socket_dir), "-U", USER, "--no-password", "-D", part),
        *("--format=tar", "--gzip", "--manifest-checksums=SHA256"),
        "--checkpoint=fast",
    ]
    with _alone(folder):
        shutil.rmtree(part, ignore_errors=True)  # of one that was killed
        server.ensure()
        try:
            _hand_over(server, wal)
            with connected(server) as connection:
                _run(command, connection, progress)
        finally:
            server.release()
        unpack(part, None, progress)
        return part.rename(folder / f"{datetime.now(UTC):{NAME}}")


def prune(server: EmbeddedServer, folder: Path, keep: int) -> None:
    """Keep the newest copies, and the log since the first of them."""
    bases = bases_of(folder)
    for old in bases[:-keep]:
        shutil.rmtree(old.path)
    first = bases[-keep:][0].first_file
    done = server.run("pg_archivecleanup", "-x", ".gz", str(folder / "wal"), first)
    if done.returncode:
        raise BackupFailed(f"Of the log nothing was removed: {done.stderr.strip()}")


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    with (folder / ".lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupFailed(f"Another backup to {folder} is being made.") from None
        yield


@contextmanager
def connected(server: EmbeddedServer) -> Iterator[psycopg.Connection[Any]]:
    """Without the limits of time that are for travellers."""
    way = make_conninfo(**server.parameters)
    with psycopg.connect(way, autocommit=True) as connection:
        yield connection


def _hand_over(server: EmbeddedServer, wal: Path) -> None:
    """Let PostgreSQL do so; raises BackupFailed where it does not."""
    command = HAND.format(wal=shlex.quote(str(wal.resolve())).replace("%", "%%"))
    wanted = {
        "archive_mode": "on",
        "archive_command": command,
        "archive_timeout": HAND_OVER,
    }
    with connected(server) as connection:
        for name, value in wanted.items():
            connection.execute(
                sql.SQL("ALTER SYSTEM SET {} = {}").format(
                    sql.Identifier(name), sql.Literal(value)
                )
            )
        connection.execute("SELECT pg_reload_conf()")
        is_on = _shows(connection, "archive_mode") == "on"
    if not is_on:  # which counts from a start
        server.release()
        server.ensure()
    with connected(server) as connection:
        if _shows(connection, "archive_mode") != "on":
            raise BackupFailed(
                "PostgreSQL keeps its log of writes from its next start on. Stop the "
                "app, and run this again."
            )
        connection.execute("SELECT pg_create_restore_point('itinerary_app')")
        row = connection.execute("SELECT pg_walfile_name(pg_switch_wal())").fetchone()
        assert row
        ends = time.monotonic() + HANDED_OVER_WITHIN
        while not connection.execute(IS_HANDED_OVER, row).fetchone():
            if time.monotonic() > ends:
                raise BackupFailed(
                    f"PostgreSQL cannot write its log to {wal}. See {server.log}."
                )
            time.sleep(LOOK_EVERY)


def _shows(connection: psycopg.Connection[Any], name: str) -> str:
    row = connection.execute("SELECT current_setting(%s)", [name]).fetchone()
    return str(row[0]) if row else ""


def _run(
    command: list[str | Path],
    connection: psycopg.Connection[Any],
    progress: Progress,
) -> None:
    """Raises BackupFailed with what it says."""
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        _follow(process, connection, progress)
        said = process.communicate()[1]
    if process.returncode:
        errors = [it for it in said.splitlines() if "error:" in it] or [said]
        raise BackupFailed(f"No backup was made: {errors[0].rpartition('error: ')[2]}")


def _follow(
    process: subprocess.Popen[str],
    connection: psycopg.Connection[Any],
    progress: Progress,
) -> None:
    row = connection.execute("SELECT sum(pg_database_size(oid)) FROM pg_database")
    total = int((row.fetchone() or [0])[0])
    with progress(total, f"about {total:,} bytes") as advance:
        done = 0
        while process.poll() is None:
            found = connection.execute(COPYING).fetchone()
            if found:
                advance(found[0] - done)
                done = found[0]
            with suppress(subprocess.TimeoutExpired):
                process.wait(LOOK_EVERY)
        advance(total - done)


def bases_of(folder: Path) -> list[Base]:
    """The oldest first; raises BackupFailed if there is none."""
    found = []
    for path in sorted(folder.glob("base_*Z")):
        at = datetime.strptime(path.name, NAME).replace(tzinfo=UTC)
        manifest = json.loads((path / "backup_manifest").read_text())
        [written] = manifest["WAL-Ranges"][-1:]
        start, end = position(written["Start-LSN"]), position(written["End-LSN"])
        found.append(Base(path, at, written["Timeline"], start, end))
    if not found:
        raise BackupFailed(
            f"{folder} holds no copy of the data, as `flask --app wsgi backup --base` "
            "makes them."
        )
    return found


def position(text: str) -> int:
    """In bytes, of one in the log that is written as PostgreSQL does: 0/2000028."""
    high, low = text.split("/")
    return (int(high, 16) << 32) + int(low, 16)


def unpack(base: Path, to: Path | None, progress: Progress) -> None:
    """Into the folder `to`, if any; raises BackupFailed where it is not all there as it
    was. (PostgreSQL's own pg_verifybackup crashes in the version that we bring along.)
    """
    manifest = json.loads((base / "backup_manifest").read_text())
    wanted = {it["Path"]: it["Checksum"] for it in manifest["Files"]}
    size = sum(it.stat().st_size for it in base.glob("*.tar.gz"))
    does = "unpacking" if to else "verifying"
    with progress(size, f"{does} {size:,} bytes") as advance:
        try:
            for name, below in (("base.tar.gz", "."), ("pg_wal.tar.gz", "pg_wal")):
                with (base / name).open("rb") as file:
                    for path, digest in _files_of(file, to and to / below, advance):
                        if wanted.pop(path, digest) != digest:
                            raise BackupFailed(f"{base} is damaged: {path}.")
        except (OSError, EOFError, zlib.error, tarfile.TarError) as exc:
            raise BackupFailed(f"{base} is damaged, or does not fit: {exc}") from exc
    if wanted:
        raise BackupFailed(f"{base} is damaged: {min(wanted)} is missing.")


def _files_of(
    file: BinaryIO, to: Path | None, advance: Callable[[int], object]
) -> Iterator[tuple[str, str]]:
    """Name and SHA-256 of each file in the archive."""
    done = 0
    with tarfile.open(fileobj=file, mode="r:gz") as tar:
        for member in tar:
            if to is not None:
                tar.extract(member, to, filter="tar")
            if member.isfile():
                # Never read twice from the archive, which would begin it anew.
                content = tar.extractfile(member) if to is None else None
                with content or Path(to or "", member.name).open("rb") as read:
                    digest = hashlib.file_digest(read, "sha256")  # type: ignore[arg-type]  # it reads
                yield member.name, digest.hexdigest()
            advance(file.tell() - done)
            done = file.tell()
