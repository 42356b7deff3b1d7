"""Runs the migrations against DATABASE_URL, or the embedded server without it."""

from __future__ import annotations

from logging.config import fileConfig

from alembic import context

from itinerary_app.config import database_from_env
from itinerary_app.storage.database import Database, open_database
from itinerary_app.storage.tables import metadata


def migrate(database: Database) -> None:
    engine = database.engine(pool_size=1).execution_options(
        isolation_level="READ COMMITTED"
    )
    with engine.begin() as connection:
        context.configure(connection=connection, target_metadata=metadata)
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


if context.is_offline_mode():
    context.configure(
        dialect_name="postgresql", target_metadata=metadata, literal_binds=True
    )
    with context.begin_transaction():
        context.run_migrations()
else:
    database = context.config.attributes.get("database")
    if database is None:
        fileConfig(context.config.config_file_name or "alembic.ini")
        database = open_database(*database_from_env())
    migrate(database)
