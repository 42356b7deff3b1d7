"""Whether the database has the schema that this app was written for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import SQLAlchemyError

from itinerary_app.storage.database import Database, silent
from itinerary_app.storage.findings import Finding, refuse_grave

PACKAGE = Path(__file__).resolve().parents[1]
MIGRATIONS = next(  # inside an installed package, beside it in a checkout
    filter(Path.is_dir, (PACKAGE / "migrations", PACKAGE.parent / "migrations"))
)


def verify_schema(database: Database) -> None:
    """Raise ConfigurationError, with the remedy, unless app and database fit."""
    refuse_grave(examine_schema(database))


def examine_schema(database: Database) -> Iterator[Finding]:
    """What keeps app and database from fitting.

    A migration that this app does not know is a later one: migrations only add what
    earlier versions can do without, so that workers are replaced one after the other.
    Raises ConfigurationError when the database does not answer.
    """
    known = [it.revision for it in ScriptDirectory(str(MIGRATIONS)).walk_revisions()]
    head = known[0]
    engine = database.engine(pool_size=1)
    try:
        yield from map(Finding, database.missing_protections())
        with engine.connect() as connection:
            current = MigrationContext.configure(connection).get_current_revision()
            shown = {
                name: connection.exec_driver_sql(f"SHOW {name}").scalar_one()
                for name in ("fsync", "full_page_writes", "server_encoding")
            }
    except (SQLAlchemyError, psycopg.Error) as exc:
        raise silent(exc) from exc
    finally:
        engine.dispose()
    for name in ("fsync", "full_page_writes"):
        if shown[name] != "on":
            yield Finding(
                f"PostgreSQL runs with {name}=off: a power cut would destroy the "
                f"database. Turn it on: ALTER SYSTEM SET {name} = on; SELECT "
                "pg_reload_conf(). For more speed set SYNCHRONOUS_COMMIT=off, which "
                "is safe."
            )
    if shown["server_encoding"] != "UTF8":
        yield Finding(
            f"The database has the encoding {shown['server_encoding']}, in which what "
            "travellers write cannot be kept. Create one: CREATE DATABASE trips "
            "ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE template0."
        )
    if current is None or current in known[1:]:
        yield Finding(
            f"The database is at migration {current or 'none'}, this app needs {head}. "
            "Run: alembic upgrade head"
        )
