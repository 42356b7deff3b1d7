"""The migrations lead from nothing to the schema of tables.py, and back."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from alembic import command

from itinerary_app.errors import ConfigurationError
from itinerary_app.storage.database import Database
from itinerary_app.storage.embedded import programs
from itinerary_app.storage.schema import verify_schema
from itinerary_app.storage.tables import metadata
from tests.conftest import ROOT, alembic_config


def test_migrations_lead_to_the_tables(database: Database) -> None:
    """`alembic check` finds no difference between migrations and metadata."""
    command.check(alembic_config(database))


def test_migrations_lead_to_all_that_the_tables_say(
    database: Database, database_url: str, postgresql: psycopg.Connection
) -> None:
    """Built from the models alone, tables, checks, defaults, indexes with their
    predicates, computed columns and comments are those of the migrations.
    """
    migrated = definitions(database_url)
    postgresql.execute("DROP SCHEMA public, analytics, analyst CASCADE")
    postgresql.execute("CREATE SCHEMA public")
    postgresql.commit()
    engine = database.engine(pool_size=1)
    metadata.create_all(engine)
    engine.dispose()
    assert definitions(database_url) == migrated
    assert len(migrated) > 100


def definitions(url: str) -> set[str]:
    """What pg_dump writes of the tables, apart from triggers, one statement an item.

    The order of columns is that of their migrations, so each column is an item.
    """
    tables = [f"--table=public.{name}" for name in metadata.tables]
    dump = [programs() / "pg_dump", "--schema-only", "--no-owner", "--no-acl", *tables]
    run = subprocess.run([*dump, url], check=True, capture_output=True, text=True)
    lines = [
        line for line in run.stdout.splitlines() if line and not line.startswith("--")
    ]
    found = set()
    for statement in "\n".join(lines).split(";\n"):
        if statement.startswith("CREATE TABLE"):
            head, *columns = statement.splitlines()
            found |= {f"{head} {column.strip(' ,')}" for column in columns}
        elif not statement.startswith(("CREATE TRIGGER", "SET", "SELECT", "\\")):
            found.add(statement)
    return found


def test_down_and_up_again(database: Database, postgresql: psycopg.Connection) -> None:
    """Downgrading leaves nothing behind, and upgrading again makes it whole."""
    config = alembic_config(database)
    command.downgrade(config, "base")
    left = postgresql.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace "
        "AND relname NOT LIKE 'alembic%'"
    ).fetchall()
    assert left == []
    postgresql.rollback()
    command.upgrade(config, "head")
    verify_schema(database)


def test_linter_finds_nothing_that_blocks_or_breaks() -> None:
    """squawk has no complaint about the SQL of all migrations (.squawk.toml)."""
    upgrade = [sys.executable, "-m", "alembic", "upgrade", "head", "--sql"]
    sql = subprocess.run(upgrade, cwd=ROOT, check=True, capture_output=True).stdout
    squawk = Path(sys.executable).with_name("squawk")
    run = subprocess.run(
        [squawk, "--reporter", "gcc"], cwd=ROOT, input=sql, capture_output=True
    )
    assert run.stdout.decode() == ""
    assert run.returncode == 0


def test_database_behind_is_refused_with_the_remedy(database: Database) -> None:
    """A database behind the migrations stops the start and names the command."""
    command.downgrade(alembic_config(database), "base")
    with pytest.raises(ConfigurationError, match=r"none.*alembic upgrade head"):
        verify_schema(database)


def test_an_encoding_that_loses_words_is_refused(
    database: Database, postgresql: psycopg.Connection
) -> None:
    """A database in which not all words can be kept stops the start."""
    postgresql.rollback()
    postgresql.autocommit = True
    postgresql.execute("DROP DATABASE IF EXISTS latin")
    postgresql.execute(
        "CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0"
    )
    latin = Database({**database.parameters, "dbname": "latin"})
    with pytest.raises(ConfigurationError, match=r"LATIN1.*ENCODING 'UTF8'"):
        verify_schema(latin)
    postgresql.execute("DROP DATABASE latin")


def test_database_ahead_is_served(
    database: Database, postgresql: psycopg.Connection
) -> None:
    """An app of an earlier version starts on a schema that it does not know yet."""
    postgresql.execute("UPDATE alembic_version SET version_num = '9999'")
    postgresql.commit()
    verify_schema(database)


def test_two_migrations_at_once_do_not_collide(
    database: Database, database_url: str
) -> None:
    """Of several processes that migrate at once all end well, and the schema fits."""
    command.downgrade(alembic_config(database), "base")
    given = {**os.environ, "DATABASE_URL": database_url}
    upgrade = [sys.executable, "-m", "alembic", "upgrade", "head"]
    running = [subprocess.Popen(upgrade, cwd=ROOT, env=given) for _ in range(3)]
    assert [process.wait(60) for process in running] == [0, 0, 0]
    verify_schema(database)


def test_migration_waits_for_a_table_in_use(
    database: Database, postgresql: psycopg.Connection
) -> None:
    """A lock held for longer than a request may wait delays it, and no more."""
    command.downgrade(alembic_config(database), "0002")
    postgresql.execute("LOCK TABLE sessions IN ACCESS SHARE MODE")
    with ThreadPoolExecutor(1) as pool:
        upgrade = pool.submit(command.upgrade, alembic_config(database), "head")
        with pytest.raises(TimeoutError):
            upgrade.result(timeout=1.5)
        postgresql.rollback()
        upgrade.result(timeout=30)
    verify_schema(database)


def test_unreachable_database_is_refused(database: Database) -> None:
    """A database that does not answer stops the start without telling secrets."""
    away = Database({**database.parameters, "host": "127.0.0.1", "port": "1"})
    with pytest.raises(ConfigurationError, match="does not answer") as caught:
        verify_schema(away)
    assert "127.0.0.1" not in str(caught.value)


def test_rows_are_kept_close_for_cheap_updates(
    postgresql: psycopg.Connection,
) -> None:
    """The migration leaves room on the sessions' pages, which metadata can't check."""
    row = postgresql.execute(
        "SELECT reloptions FROM pg_class WHERE oid = 'public.sessions'::regclass"
    ).fetchone()
    assert row == (["fillfactor=90"],)
