"""What the doctor finds in a storage: what stops a start, and what it may come to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg

from itinerary_app.storage import REDIS, verify_storage
from itinerary_app.storage.database import open_database, silent
from itinerary_app.storage.embedded import VERSION
from itinerary_app.storage.findings import Finding
from itinerary_app.storage.roles import Connection, excess_of, missing_rights
from itinerary_app.storage.schema import examine_schema

HANDED_OVER = """
SELECT last_failed_wal FROM pg_stat_archiver
WHERE last_failed_time > coalesce(last_archived_time, '-infinity')
"""


def examine_storage(
    url: str,
    *,
    instance_path: Path,
    workers: int,
    threads: int,
    synchronous_commit: bool,
) -> Iterator[Finding]:
    """Raises ConfigurationError when the storage does not answer."""
    scheme = url.partition(":")[0]
    if scheme == "memory":
        verify_storage(url, instance_path=instance_path, workers=workers)
        yield Finding("Trips are lost when the app stops. Set DATABASE_URL.", False)
    elif scheme in REDIS:
        from itinerary_app.storage.redis_server import examine_redis

        yield from examine_redis(url)
    else:
        database = open_database(
            url, instance_path, synchronous_commit=synchronous_commit
        )
        yield from examine_schema(database)
        try:
            with database.connect() as connection:
                yield from _commits(connection, wanted=synchronous_commit)
                yield from _server(connection, workers * threads)
                yield from _log_of_writes(connection)
                if scheme != "embedded":  # of which the app is the only user
                    yield from _role(connection)
        except psycopg.Error as exc:
            raise silent(exc) from exc


def _commits(connection: Connection, *, wanted: bool) -> Iterator[Finding]:
    found = _shown(connection, "synchronous_commit")
    if wanted and found == "off":
        yield Finding(
            "synchronous_commit is off by the role, the database or the server, though "
            "SYNCHRONOUS_COMMIT does not say so: a crash loses the last turns that "
            "were answered. ALTER ROLE … RESET synchronous_commit, or set "
            "SYNCHRONOUS_COMMIT=off if that is meant.",
            grave=False,
        )


def _server(connection: Connection, pool: int) -> Iterator[Finding]:
    version = connection.info.server_version // 10_000
    if version < int(VERSION):
        yield Finding(
            f"This is PostgreSQL {version}; the app is tested on {VERSION}.",
            grave=False,
        )
    reserved = ("superuser_reserved_connections", "reserved_connections")
    free = int(_shown(connection, "max_connections")) - sum(
        int(_shown(connection, name)) for name in reserved
    )
    if pool > free:
        yield Finding(
            f"WEB_CONCURRENCY x WEB_THREADS is {pool}, and PostgreSQL gives {free} "
            "connections: the others get 503. Raise max_connections, take fewer "
            "threads, or put PgBouncer between.",
            grave=False,
        )


def _log_of_writes(connection: Connection) -> Iterator[Finding]:
    """Whether it goes where PostgreSQL is told to put it, if it is."""
    row = connection.execute(HANDED_OVER).fetchone()
    if row and row[0]:
        yield Finding(
            f"PostgreSQL cannot hand its log over ({row[0]}): no restore reaches what "
            "was written since then, and the log fills its disk. Its own log says why; "
            "is the folder of the backups full, or gone?"
        )


def _role(connection: Connection) -> Iterator[Finding]:
    role = connection.info.user
    if missing := missing_rights(connection):
        yield Finding(
            f"The role {role} may not {'; '.join(missing)}. Run, as the role that "
            f"migrates: flask --app wsgi roles app {role}"
        )
    if excess := excess_of(connection, role):
        yield Finding(
            f"The app serves as {role}, which {', '.join(excess[:3])}: it could change "
            "the audit trail. Make a role of least rights: flask --app wsgi roles app "
            "ROLE",
            grave=False,
        )


def _shown(connection: Connection, name: str) -> str:
    found = connection.execute("SELECT current_setting(%s, true)", [name]).fetchone()
    return str(found[0] or 0) if found else "0"
