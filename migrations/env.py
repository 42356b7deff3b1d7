"""Runs the migrations against DATABASE_URL, or the embedded server without it."""

from __future__ import annotations

import sys
from logging.config import fileConfig

import psycopg
from alembic import context
from sqlalchemy.exc import SQLAlchemyError

from itinerary_app.config import database_from_env
from itinerary_app.errors import ItineraryError
from itinerary_app.storage import has_tables
from itinerary_app.storage.database import Database, open_database, silent
from itinerary_app.storage.tables import metadata


def migrate(database: Database) -> None:
    engine = database.engine(pool_size=1).execution_options(
        isolation_level="READ COMMITTED"
    )
    try:
        engine.connect().close()
    except (SQLAlchemyError, psycopg.Error) as exc:
        raise silent(exc) from exc
    with engine.begin() as connection:
        context.configure(connection=connection, target_metadata=metadata)
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


def migrate_by_environment() -> None:
    fileConfig(context.config.config_file_name or "alembic.ini")
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
