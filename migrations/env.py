"""Runs the migrations against DATABASE_URL, or the embedded server without it."""

from __future__ import annotations

import logging
import sys
import time
from contextlib import suppress
from logging.config import fileConfig

import psycopg
import sqlalchemy as sa
from alembic import context
from psycopg.errors import LockNotAvailable, UndefinedFunction
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from itinerary_app.config import database_from_env
from itinerary_app.errors import ItineraryError
from itinerary_app.storage import has_tables
from itinerary_app.storage.database import Database, open_database, silent
from itinerary_app.storage.tables import metadata

logger = logging.getLogger("alembic.env")
ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('itinerary_app.migrate'))"
ATTEMPTS = 20
PAUSE = 1.0  # seconds between two attempts, in which waiting requests get through


def migrate(database: Database) -> None:
    """All that is missing in one transaction; who comes second waits for the first.

    A table that is in use is waited for by seconds only, since whoever comes later
    queues behind this wait; then requests get through and it is tried again.
    """
    engine = database.engine(pool_size=1).execution_options(
        isolation_level="READ COMMITTED"
    )
    try:
        _reach(engine)
        for attempt in range(1, ATTEMPTS + 1):
            try:
                _migrate_once(engine)
                break
            except OperationalError as exc:
                if not isinstance(exc.orig, LockNotAvailable) or attempt == ATTEMPTS:
                    raise
                logger.warning("A table is in use; trying again (%d).", attempt)
                time.sleep(PAUSE)
        _redact(database)
    finally:
        engine.dispose()


def _reach(engine: sa.Engine) -> None:
    try:
        engine.connect().close()
    except (SQLAlchemyError, psycopg.Error) as exc:
        raise silent(exc) from exc


def _migrate_once(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("SET LOCAL lock_timeout = '10min'")
        connection.exec_driver_sql(ONE_AT_A_TIME)
        connection.exec_driver_sql("SET LOCAL lock_timeout = '1s'")
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        connection.exec_driver_sql(  # as a machine may be busy between two statements
            "SET LOCAL idle_in_transaction_session_timeout = '1min'"
        )
        context.configure(connection=connection, target_metadata=metadata)
        with context.begin_transaction():
            context.run_migrations()


def _redact(database: Database) -> None:
    """What 0009 left to do beside the running app, in many short transactions."""
    with database.connect() as connection:
        connection.autocommit = True
        connection.execute("SET statement_timeout = 0")
        with suppress(UndefinedFunction):
            connection.execute("CALL redact_trail()")
            connection.execute("DROP PROCEDURE redact_trail()")


def migrate_by_environment() -> None:
    if context.config.config_file_name:
        fileConfig(context.config.config_file_name)
    url, instance_path = database_from_env()
    try:
        if has_tables(url):
            migrate(open_database(url, instance_path))
    except ItineraryError as exc:
        sys.exit(f"Nothing was migrated: {exc}")


if context.is_offline_mode():
    context.configure(
        dialect_name="postgresql", target_metadata=metadata, literal_binds=True
    )
    with context.begin_transaction():
        context.run_migrations()
else:
    given = context.config.attributes.get("database")
    if given:
        migrate(given)
    else:
        migrate_by_environment()
