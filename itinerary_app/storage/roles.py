"""Roles of least rights: how they are made, and what the app's own may do."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg.errors import InsufficientPrivilege
from psycopg.sql import SQL, Identifier, Literal

from itinerary_app.errors import ConfigurationError
from itinerary_app.storage.database import PROTECTIONS, Database, silent

# All that the app does with its tables: no DDL, no TRUNCATE, and the audit trail is
# read and sealed, never written.
APP_RIGHTS = (
    "SELECT, INSERT, UPDATE, DELETE ON sessions, messages, session_members",
    "SELECT, INSERT ON turns",
    "SELECT, INSERT, DELETE ON plan_versions, session_facts",
    "SELECT, INSERT, UPDATE ON sweep_totals",
    "SELECT, INSERT, UPDATE, DELETE ON request_counts",
    "SELECT, INSERT, UPDATE, DELETE ON places, place_cities, place_imports",
    "SELECT, INSERT ON audit_seals, sealed_chains",
    "SELECT ON alembic_version, session_events, audit_forgotten",
    "USAGE ON SCHEMA analytics",
    "SELECT ON ALL TABLES IN SCHEMA analytics",
)

# What lets a role do more than it was granted.
EXCESS = """
SELECT 'administers the server' FROM pg_roles
WHERE rolname = %(role)s
  AND (rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls)
UNION ALL
SELECT 'is a member of ' || roleid::regrole FROM pg_auth_members
WHERE member = quote_ident(%(role)s)::regrole
"""
OWNED = """
SELECT 'owns ' || oid::regclass FROM pg_class
WHERE relowner = quote_ident(%(role)s)::regrole AND relkind IN ('r', 'v')
"""

Connection = psycopg.Connection[Any]


def is_role(database: Database, role: str) -> bool:
    """Whether the server has this role. Raises ConfigurationError without an answer."""
    try:
        with database.connect() as connection:
            return exists(connection, role)
    except psycopg.OperationalError as exc:
        raise silent(exc) from exc


def grant_app(database: Database, role: str, password: str | None) -> None:
    """Let `role` serve the app, and the password be its own when there is one.

    Safe to repeat. Raises ConfigurationError, and changes nothing, when we may not or
    when the role could do more than that.
    """
    try:
        with database.connect() as connection:
            ensure(connection, role, password)
            for name, value in PROTECTIONS.items():  # behind a pooler nobody else does
                setting = SQL("ALTER ROLE {} SET {} TO {}")
                connection.execute(
                    setting.format(Identifier(role), Identifier(name), Literal(value))
                )
            grant(connection, role, APP_RIGHTS)
            refuse_excess(connection, role, EXCESS, OWNED)
    except InsufficientPrivilege as exc:
        raise not_allowed(role) from exc
    except psycopg.OperationalError as exc:
        raise silent(exc) from exc


def exists(connection: Connection, role: str) -> bool:
    found = connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [role])
    return found.rowcount > 0


def ensure(connection: Connection, role: str, password: str | None) -> None:
    """The role can log in, with the password when there is one."""
    name = Identifier(role)
    if not exists(connection, role):
        connection.execute(SQL("CREATE ROLE {}").format(name))
    connection.execute(SQL("ALTER ROLE {} LOGIN").format(name))
    if password is not None:
        # Hashed here, so that no log of the server gets to see it.
        hashed = connection.pgconn.encrypt_password(password.encode(), role.encode())
        connection.execute(
            SQL("ALTER ROLE {} PASSWORD {}").format(name, Literal(hashed.decode()))
        )


def grant(connection: Connection, role: str, rights: tuple[str, ...]) -> None:
    for right in rights:
        connection.execute(SQL("GRANT {} TO {}").format(SQL(right), Identifier(role)))


def missing_rights(connection: Connection) -> list[str]:
    """Those of APP_RIGHTS that the connection's own role lacks."""
    return [right for right in APP_RIGHTS if not _has(connection, right)]


def _has(connection: Connection, right: str) -> bool:
    privileges, _, target = right.partition(" ON ")
    kind, _, name = target.rpartition(" SCHEMA ")
    if target.startswith("SCHEMA "):
        query = "SELECT has_schema_privilege(%(name)s, %(privilege)s)"
        name = target.removeprefix("SCHEMA ")
    elif kind:
        query = (
            "SELECT has_table_privilege(oid, %(privilege)s) FROM pg_class "
            "WHERE relnamespace = %(name)s::regnamespace AND relkind IN ('r', 'v')"
        )
    else:
        query = (
            "SELECT has_table_privilege(name, %(privilege)s) "
            "FROM regexp_split_to_table(%(name)s, ', ') AS name"
        )
        name = target
    return all(
        granted
        for privilege in privileges.split(", ")
        for (granted,) in connection.execute(
            query, {"name": name, "privilege": privilege}
        )
    )


def excess_of(connection: Connection, role: str, *queries: str) -> list[str]:
    """What lets the role do more than it was granted, as far as the queries ask."""
    asked = " UNION ALL ".join(queries or (EXCESS, OWNED))
    return [row[0] for row in connection.execute(asked, {"role": role})]


def refuse_excess(connection: Connection, role: str, *queries: str) -> None:
    """Raise ConfigurationError when one of the queries tells of more rights."""
    excess = excess_of(connection, role, *queries)
    if excess:
        told = ", ".join(excess[:3])
        raise ConfigurationError(
            f"Nothing was granted: {role} {told}. Choose a name that is not in use, "
            "or take that from the role, or from PUBLIC, first."
        )


def not_allowed(role: str) -> ConfigurationError:
    return ConfigurationError(
        "Nothing was granted: the user of DATABASE_URL may not. Run this as the "
        "one that migrates, with CREATEROLE; where that is not allowed have an "
        f"administrator make the role first: CREATE ROLE {role} LOGIN."
    )
