"""A whole database as a file, and back, by PostgreSQL's own pg_dump and pg_restore."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, NamedTuple

import psycopg
from psycopg.conninfo import make_conninfo

from itinerary_app.errors import ConfigurationError, ItineraryError
from itinerary_app.storage.database import Database, silent
from itinerary_app.storage.embedded import programs

BLOCK = 1 << 20  # bytes
KEPT_ANYWAY = ("alembic_version", "sweep_totals")  # tables that tell of no trip
TABLES = """
SELECT format('%I.%I', schemaname, tablename), tablename FROM pg_tables
WHERE schemaname NOT LIKE 'pg\\_%' AND schemaname <> 'information_schema'
"""
OTHERS = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
  AND application_name = 'itinerary_app'
"""
ROWS = "SELECT coalesce(sum(greatest(reltuples, 0)), 0)::bigint FROM pg_class"
COPIED = """
SELECT relid::bigint, tuples_processed FROM pg_stat_progress_copy
WHERE datname = current_database()
"""
GRANTEE = re.compile(r'^GRANT .* TO (?:"((?:[^"]|"")+)"|(\w+));$', re.MULTILINE)

Connection = psycopg.Connection[Any]


class BackupFailed(ItineraryError):
    """Nothing was written, or nothing was changed; the text says why."""


class Tools(NamedTuple):
    """The programs, and whom they connect to."""

    folder: Path
    conninfo: str
    environment: dict[str, str]

    def command(self, program: str, *options: str | Path) -> list[str | Path]:
        return [self.folder / program, "--no-password", *options]


def rows_of(database: Database) -> int:
    """About how many rows `back_up` writes."""
    with _connected(database) as connection:
        row = connection.execute(ROWS).fetchone()
        return int(row[0]) if row else 0


def back_up(database: Database, target: Path, advance: Callable[[int], object]) -> None:
    """Write all of the database to `target`, as of one moment, while the app goes on.

    The file appears when it is whole, readable for its owner alone. `advance` is told
    how many rows more are written. Raises BackupFailed, StorageSilent.
    """
    with _connected(database) as connection:
        tools = _tools(database, connection)
        try:
            handle, name = tempfile.mkstemp(
                prefix=f".{target.name}.", suffix=".part", dir=target.parent
            )
        except OSError as exc:
            raise BackupFailed(f"{target}: {exc.strerror}.") from exc
        part = Path(name)
        try:
            with os.fdopen(handle, "wb") as file, _errors() as errors:
                command = tools.command(
                    "pg_dump", "--format=custom", f"--dbname={tools.conninfo}"
                )
                with subprocess.Popen(
                    command, stdout=file, stderr=errors, env=tools.environment
                ) as dump:
                    _follow(connection, dump, advance)
                _raise_unless_done(dump, errors)
                os.fsync(file.fileno())
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)


def restore(
    database: Database,
    source: Path,
    advance: Callable[[int], object],
    *,
    replace: bool = False,
) -> None:
    """Make the database what it was when `source` was written: all of it or nothing.

    `advance` is told how many bytes more were read. Raises BackupFailed where the
    database holds trips and not `replace`, where the app is running on it, or where the
    file is none of ours; StorageSilent.
    """
    with _connected(database) as connection:
        tools = _tools(database, connection)
        _refuse_use(connection)
        if not replace and (table := _full_table(connection)):
            raise BackupFailed(
                f"The database is not empty: {table} has rows. To lose what is in it, "
                "add --replace."
            )
        _refuse_unknown_roles(connection, tools, source)
    command = tools.command(
        "pg_restore",
        *("--single-transaction", "--exit-on-error", "--clean", "--if-exists"),
        *("--no-owner", f"--dbname={tools.conninfo}"),
    )
    with source.open("rb") as file, _errors() as errors:
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stderr=errors, env=tools.environment
        ) as process:
            assert process.stdin
            try:
                while block := file.read(BLOCK):
                    process.stdin.write(block)
                    advance(len(block))
                process.stdin.close()
            except BrokenPipeError:  # it has said why
                pass
        _raise_unless_done(process, errors)


@contextmanager
def _connected(database: Database) -> Iterator[Connection]:
    if database.pooled:
        raise ConfigurationError(
            "A backup is not made through a pooler: give a DATABASE_URL past it."
        )
    try:
        connection = database.connect()
    except psycopg.OperationalError as exc:
        raise silent(exc) from exc
    with connection:
        connection.autocommit = True
        yield connection


def _tools(database: Database, connection: Connection) -> Tools:
    """The first programs that are not older than the server; raises BackupFailed.

    Those of PATH come first, as ours know no TLS.
    """
    server = connection.info.server_version // 10_000
    found = shutil.which("pg_dump")
    candidates = [Path(found).parent] if found else []
    with suppress(ConfigurationError):  # without that package
        candidates.append(programs())
    limits_of_time = ("options", "application_name")
    given = {k: v for k, v in database.parameters.items() if k not in limits_of_time}
    environment = {**os.environ, "PGPASSWORD": given.pop("password", "")}
    for folder in candidates:
        if _major(folder) >= server:
            return Tools(folder, make_conninfo(**given), environment)
    raise BackupFailed(
        f"The server is PostgreSQL {server}, for which there is no pg_dump here. "
        f"Install postgresql-client-{server}."
    )


def _major(folder: Path) -> int:
    """The version of these programs; 0 if they do not run."""
    told = subprocess.run(
        [folder / "pg_restore", "--version"],
        capture_output=True,
        text=True,
        check=False,
    )
    found = re.search(r"(\d+)", told.stdout)
    return int(found[1]) if found else 0


def _follow(
    connection: Connection,
    dump: subprocess.Popen[bytes],
    advance: Callable[[int], object],
) -> None:
    """Tell of its progress, as the server sees it, until it ends."""
    copied: dict[int, int] = {}
    while dump.poll() is None:
        before = sum(copied.values())
        copied |= dict(connection.execute(COPIED).fetchall())
        advance(sum(copied.values()) - before)
        try:
            dump.wait(0.2)
        except subprocess.TimeoutExpired:
            continue


@contextmanager
def _errors() -> Iterator[IO[bytes]]:
    with tempfile.TemporaryFile() as file:
        yield file


def _raise_unless_done(process: subprocess.Popen[bytes], errors: IO[bytes]) -> None:
    if process.returncode == 0:
        return
    errors.seek(0)
    lines = errors.read().decode(errors="replace").strip().splitlines()
    said = next((it for it in lines if "error:" in it), "it gave no reason")
    reason = said.partition("error: ")[2] or said
    raise BackupFailed(f"Nothing was changed: {reason}")


def _refuse_use(connection: Connection) -> None:
    others = connection.execute(OTHERS).fetchone()
    if others and others[0]:
        raise BackupFailed(
            f"The app uses this database ({others[0]} connections). Stop it first."
        )


def _full_table(connection: Connection) -> str | None:
    """One that has rows, if any."""
    for name, table in connection.execute(TABLES).fetchall():
        if table in KEPT_ANYWAY:
            continue
        row = connection.execute(f"SELECT EXISTS (SELECT FROM {name})").fetchone()  # noqa: S608  # quoted by format()
        if row and row[0]:
            return str(name)
    return None


def _refuse_unknown_roles(connection: Connection, tools: Tools, source: Path) -> None:
    """Rights are a part of a backup; roles are the server's, and are not."""
    listed = subprocess.run(
        [tools.folder / "pg_restore", "--schema-only", "--file=-", source],
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        raise BackupFailed(f"{source} is no backup, or is damaged.")
    wanted = {
        quoted.replace('""', '"') or plain
        for quoted, plain in GRANTEE.findall(listed.stdout)
    }
    known = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles")}
    if missing := sorted(wanted - known - {"PUBLIC"}):
        raise BackupFailed(
            f"The backup gives rights to roles that this server lacks: "
            f"{', '.join(missing)}. Make them first: CREATE ROLE … LOGIN PASSWORD '…'."
        )
