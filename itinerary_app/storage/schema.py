"""Whether the database has the schema that this app was written for."""

from __future__ import annotations

from pathlib import Path

import psycopg
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import SQLAlchemyError

from itinerary_app.errors import ConfigurationError
from itinerary_app.storage.database import Database, silent

PACKAGE = Path(__file__).resolve().parents[1]
MIGRATIONS = next(  # inside an installed package, beside it in a checkout
    filter(Path.is_dir, (PACKAGE / "migrations", PACKAGE.parent / "migrations"))
)


def verify_schema(database: Database) -> None:
    """Raise ConfigurationError, with the remedy, unless app and database fit.

    A migration that this app does not know is a later one: migrations only add what
    earlier versions can do without, so that workers are replaced one after the other.
    """
    known = [it.revision for it in ScriptDirectory(str(MIGRATIONS)).walk_revisions()]
    head = known[0]
    engine = database.engine(pool_size=1)
    try:
        database.verify_protections()
        with engine.connect() as connection:
            current = MigrationContext.configure(connection).get_current_revision()
            fsync = connection.exec_driver_sql("SHOW fsync").scalar_one()
            encoding = connection.exec_driver_sql("SHOW server_encoding").scalar_one()
    except (SQLAlchemyError, psycopg.Error) as exc:
        raise silent(exc) from exc
    finally:
        engine.dispose()
    if fsync != "on":
        raise ConfigurationError(
            "PostgreSQL runs with fsync=off: a power cut would destroy the database. "
            "Turn it on: ALTER SYSTEM SET fsync = on; SELECT pg_reload_conf(). For "
            "more speed set SYNCHRONOUS_COMMIT=off, which is safe."
        )
    if encoding != "UTF8":
        raise ConfigurationError(
            f"The database has the encoding {encoding}, in which what travellers "
            "write cannot be kept. Create one: CREATE DATABASE trips ENCODING 'UTF8' "
            "LOCALE 'C.UTF-8' TEMPLATE template0."
        )
    if current is None or current in known[1:]:
        raise ConfigurationError(
            f"The database is at migration {current or 'none'}, this app needs {head}. "
            "Run: alembic upgrade head"
        )
