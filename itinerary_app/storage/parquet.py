"""What analysts may read, as Parquet files by view and day: view/day=2026-03-01/….

Of the two libraries that write Parquet DuckDB is the smaller (a wheel of 25 MB, and
pyarrow's is of 55), and it asks the questions, too. The rows come as CSV, which
PostgreSQL streams and DuckDB reads in blocks.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import psycopg
from psycopg.errors import InsufficientPrivilege
from psycopg.sql import SQL, Identifier

from itinerary_app.errors import ConfigurationError, ItineraryError
from itinerary_app.storage.database import Database, silent

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FILE = "data.parquet"
UNFINISHED, LOCK = ".unfinished", ".lock"
SETTLED = "settled"  # key of a file's metadata: its day cannot change any more
READ_WITHIN = "10min"  # of a view
DUCKDB = {
    "memory_limit": "256MB",  # what is more lies beside the files meanwhile
    "threads": 1,
    "autoinstall_known_extensions": False,
}

# retention_backlog tells of now, and so has no day that is over.
COLUMNS = """
SELECT relname::text, array_agg(attname::text ORDER BY attnum),
       array_agg(typname::text ORDER BY attnum)
FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
JOIN pg_type ON pg_type.oid = atttypid
WHERE relnamespace = 'analyst'::regnamespace AND relkind = 'v' AND attnum > 0
  AND relname <> 'retention_backlog'
GROUP BY relname ORDER BY relname
"""
# A replica knows of nothing later than what it replayed; a minute is more than any
# statement of the app takes, so no session begins on an earlier day any more.
BEGUN_BEFORE = """
SELECT ((CASE WHEN pg_is_in_recovery() THEN pg_last_xact_replay_timestamp()
              ELSE now() END - interval '1 minute') AT TIME ZONE 'UTC')::date
"""
LOAD = """
CREATE TABLE "{view}" AS SELECT * FROM read_csv(?, columns=?, header=true,
  auto_detect=false, delim=',', quote='"', escape='"', allow_quoted_nulls=false)
"""
DAYS = "SELECT day, living = 0 AND day < ? FROM sessions_per_day ORDER BY day"
WRITE = """
COPY (SELECT * EXCLUDE day FROM "{view}" WHERE day = '{day}' ORDER BY ALL)
TO '{file}' (FORMAT parquet, COMPRESSION zstd, KV_METADATA {{settled: '{settled}'}})
"""


class ExportFailed(ItineraryError):
    """What was written is whole; the text says why there is no more."""


class Exported(NamedTuple):
    written: int  # files
    kept: int  # that were final already
    days: int


class View(NamedTuple):
    name: str
    columns: dict[str, str]  # with PostgreSQL's names of types, which DuckDB knows


def export(
    database: Database, folder: Path, advance: Callable[[int], object]
) -> Exported:
    """Write the views of the schema `analyst` into `folder`, as of one moment.

    A day's files are final once it is over and all its trips have ended; then they are
    not written again. Each appears when it is whole. `advance` is called after each
    step with how many there are in all, as far as is known.

    Raises ConfigurationError without DuckDB or rights, StorageSilent, ExportFailed.
    """
    duckdb = _duckdb()
    try:
        with (
            _alone(folder) as fresh,
            duckdb.connect(config={**DUCKDB, "temp_directory": str(fresh)}) as memory,
        ):
            before, views = _read(database, fresh, advance)
            for view in views:
                rows = [str(fresh / f"{view.name}.csv"), view.columns]
                memory.execute(LOAD.format(view=view.name), rows)
            days = memory.execute(DAYS, [before]).fetchall()
            final = _final(memory, folder)
            jobs = [(view.name, *day) for day in days for view in views]
            todo = [job for job in jobs if (job[0], job[1]) not in final]
            for name, day, settled in todo:
                _write(memory, fresh / FILE, name, day, settled=settled)
                target = folder / name / f"day={day}" / FILE
                target.parent.mkdir(parents=True, exist_ok=True)
                (fresh / FILE).replace(target)
                advance(len(views) + len(todo))
    except OSError as exc:
        raise ExportFailed(f"{exc.filename or folder}: {exc.strerror}.") from exc
    except duckdb.Error as exc:
        reason = str(exc).partition("\n")[0]
        raise ExportFailed(f"{folder} could not be written: {reason}") from exc
    return Exported(len(todo), len(jobs) - len(todo), len(days))


def _duckdb() -> Any:
    try:
        import duckdb
    except ModuleNotFoundError as exc:
        raise ConfigurationError(
            "Parquet files need the package duckdb. "
            "Run: pip install 'itinerary_app[parquet]'"
        ) from exc
    return duckdb


@contextmanager
def _alone(folder: Path) -> Iterator[Path]:
    """A folder for what is not whole yet; what a killed export left in it is gone."""
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / UNFINISHED
    with (folder / LOCK).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as exc:
            raise ExportFailed(f"Another export writes into {folder} now.") from exc
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir()
        try:
            yield fresh
        finally:
            shutil.rmtree(fresh)


def _read(
    database: Database, fresh: Path, advance: Callable[[int], object]
) -> tuple[date, list[View]]:
    """The first day that may still get sessions, and the views, each as a CSV file."""
    try:
        with database.connect() as connection:
            connection.execute(
                "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"
            )
            connection.execute(f"SET LOCAL statement_timeout = '{READ_WITHIN}'")
            [(before,)] = connection.execute(BEGUN_BEFORE).fetchall()
            views = [
                View(name, dict(zip(columns, types, strict=True)))
                for name, columns, types in connection.execute(COLUMNS).fetchall()
            ]
            for view in views:
                _copy(connection, view.name, fresh / f"{view.name}.csv")
                advance(len(views))
    except InsufficientPrivilege as exc:
        raise ConfigurationError(
            "This role may not read the schema analyst. Run this as the role that "
            "migrates, or as an analyst's (`flask --app wsgi analytics grant ROLE`), "
            "by ANALYTICS_DATABASE_URL."
        ) from exc
    except psycopg.OperationalError as exc:
        if exc.sqlstate is None:
            raise silent(exc) from exc
        reason = str(exc).partition("\n")[0]
        raise ExportFailed(f"PostgreSQL stopped it: {reason}. Run it again.") from exc
    # A replica that has replayed nothing yet knows of no day that is over.
    return before or date.min, views


def _copy(connection: psycopg.Connection[Any], view: str, file: Path) -> None:
    rows = SQL("COPY (SELECT * FROM analyst.{}) TO STDOUT (FORMAT csv, HEADER)")
    with (
        file.open("wb") as target,
        connection.cursor().copy(rows.format(Identifier(view))) as source,
    ):
        for block in source:
            target.write(block)


def _final(memory: DuckDBPyConnection, folder: Path) -> set[tuple[str, date]]:
    """View and day of the files that are final."""
    files = [str(it) for it in folder.glob(f"*/day=*/{FILE}")]
    if not files:
        return set()
    found = memory.execute(
        "SELECT file_name FROM parquet_kv_metadata(?) WHERE key = ? AND value = 'true'",
        [files, SETTLED],
    ).fetchall()
    parts = [Path(name).parts for (name,) in found]
    return {(it[-3], date.fromisoformat(it[-2].removeprefix("day="))) for it in parts}


def _write(
    memory: DuckDBPyConnection, file: Path, view: str, day: date, *, settled: bool
) -> None:
    quoted = str(file).replace("'", "''")
    memory.execute(
        WRITE.format(view=view, day=day, file=quoted, settled=str(settled).lower())
    )
    with file.open("rb") as written:
        os.fsync(written.fileno())
