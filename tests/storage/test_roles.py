"""Migrator and app as roles of their own, each with no more rights than it needs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from alembic import command
from psycopg.errors import InsufficientPrivilege

from itinerary_app.errors import ConfigurationError
from itinerary_app.storage.base import Changes
from itinerary_app.storage.database import Database
from itinerary_app.storage.postgres import PostgresStorage
from itinerary_app.storage.roles import grant_app
from itinerary_app.storage.schema import verify_schema
from itinerary_app.storage.testing import OWNER, itinerary, turn
from tests.conftest import ROOT, alembic_config

PAGE = (ROOT / "itinerary_app/storage/ROLES.md").read_text()


@pytest.fixture
def admin(database: Database) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(**database.parameters, autocommit=True) as connection:
        yield connection


@pytest.fixture
def migrator(database: Database, admin: psycopg.Connection[Any]) -> Iterator[Database]:
    """An empty database as the role sees it that ROLES.md's statements make."""
    command.downgrade(alembic_config(database), "base")
    admin.execute("DROP TABLE alembic_version")
    role = f"migrator_{uuid4().hex}"
    [statements] = [it for it in PAGE.split("```sql\n")[1:] if "CREATEROLE" in it]
    name = admin.info.dbname
    admin.execute(
        statements.partition("```")[0]
        .replace("trips_migrator", role)
        .replace("DATABASE trips", f'DATABASE "{name}"')
        .replace("…", role)
    )
    yield Database({**database.parameters, "user": role, "password": role})
    admin.execute(f"DROP OWNED BY {role} CASCADE; DROP ROLE {role}")


def test_three_roles_from_an_empty_database(
    migrator: Database, admin: psycopg.Connection[Any]
) -> None:
    """The migrator migrates without being superuser and makes the app's role, which
    serves, encrypts anew, and cannot change the schema.
    """
    command.upgrade(alembic_config(migrator), "head")
    verify_schema(migrator)
    role = f"app_{uuid4().hex}"
    grant_app(migrator, role, role)
    grant_app(migrator, role, None)
    app = Database({**migrator.parameters, "user": role, "password": role})
    try:
        verify_schema(app)
        storage = PostgresStorage(app, pool_size=1)
        key = storage.create_session(owner_hash=OWNER).session_id
        storage.update_session(key, Changes({}, itinerary()), messages=turn("a"))
        assert storage.get_session(key)
        storage.close()
        storage = PostgresStorage(app, pool_size=1, encryption_keys={"k": OWNER})
        assert storage.reencrypt(key) is True
        assert storage.get_session(key)
        storage.close()
        with (
            psycopg.connect(**app.parameters, autocommit=True) as connection,
            pytest.raises(InsufficientPrivilege),
        ):
            connection.execute("ALTER TABLE sessions ADD COLUMN mine text")
    finally:
        admin.execute(f"DROP OWNED BY {role}; DROP ROLE {role}")


def test_a_role_that_could_do_more_is_refused(
    database: Database, admin: psycopg.Connection[Any]
) -> None:
    """Superusers and the like do not become the app's role by mistake."""
    role = f"mighty_{uuid4().hex}"
    admin.execute(f"CREATE ROLE {role} SUPERUSER")
    with pytest.raises(ConfigurationError, match="administers the server"):
        grant_app(database, role, None)
    admin.execute(f"DROP ROLE {role}")
