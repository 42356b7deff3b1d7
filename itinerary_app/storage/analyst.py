"""The analyst's role: reads the views of the schema `analyst`, and nothing else."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg.errors import InsufficientPrivilege
from psycopg.sql import SQL, Identifier, Literal

from itinerary_app.errors import ConfigurationError
from itinerary_app.storage.database import Database, silent

MAX_CONNECTIONS = 5
# How the role's connections begin. It may change them: rights alone keep it in.
SETTINGS = {
    "default_transaction_read_only": "on",
    "statement_timeout": "10s",
    "idle_in_transaction_session_timeout": "60s",
    "search_path": "analyst",
    "timezone": "UTC",
}

# What the role can do, by itself or as PUBLIC, beyond what is granted here.
EXCESS = """
SELECT 'administers the server' FROM pg_roles
WHERE rolname = %(role)s
  AND (rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls)
UNION ALL
SELECT 'is a member of ' || roleid::regrole FROM pg_auth_members
WHERE member = quote_ident(%(role)s)::regrole
UNION ALL
SELECT 'can make schemas here'
WHERE has_database_privilege(%(role)s, current_database(), 'CREATE')
UNION ALL
SELECT 'can make objects in the schema ' || nspname FROM pg_namespace
WHERE has_schema_privilege(%(role)s, oid, 'CREATE') AND nspname !~ '^pg_'
UNION ALL
SELECT 'has rights on ' || c.oid::regclass
FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = relnamespace
WHERE relkind IN ('r', 'p', 'v', 'm', 'f')
  AND nspname !~ '^pg_' AND nspname NOT IN ('information_schema', 'analyst')
  AND (has_any_column_privilege(%(role)s, c.oid, 'SELECT, INSERT, UPDATE, REFERENCES')
       OR has_table_privilege(%(role)s, c.oid, 'DELETE, TRUNCATE, TRIGGER'))
"""


# Who owns the views not, but may read them, grants nothing and gets a mere warning.
UNREADABLE = """
SELECT FROM pg_proc WHERE pronamespace = 'analyst'::regnamespace
  AND NOT has_function_privilege(%(role)s, oid, 'EXECUTE')
"""


def is_role(database: Database, role: str) -> bool:
    """Whether the server has this role. Raises ConfigurationError without an answer."""
    try:
        with database.connect() as connection:
            return _is_role(connection, role)
    except psycopg.OperationalError as exc:
        raise silent(exc) from exc


def grant_analyst(database: Database, role: str, password: str | None) -> None:
    """Make `role` an analyst, and the password its own when there is one.

    Safe to repeat. Raises ConfigurationError, and changes nothing, when we may not or
    when the role could do more than that.
    """
    try:
        with database.connect() as connection:
            _grant(connection, role, password)
    except InsufficientPrivilege as exc:
        raise ConfigurationError(
            "Nothing was granted: the user of DATABASE_URL may not. Run this as the "
            "one that migrates, with CREATEROLE; where that is not allowed have an "
            f"administrator make the role first: CREATE ROLE {role} LOGIN."
        ) from exc
    except psycopg.OperationalError as exc:
        raise silent(exc) from exc


def _is_role(connection: psycopg.Connection[Any], role: str) -> bool:
    found = connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [role])
    return found.rowcount > 0


def _grant(
    connection: psycopg.Connection[Any], role: str, password: str | None
) -> None:
    name = Identifier(role)
    if not _is_role(connection, role):
        connection.execute(SQL("CREATE ROLE {}").format(name))
    connection.execute(
        SQL("ALTER ROLE {} LOGIN CONNECTION LIMIT {}").format(name, MAX_CONNECTIONS)
    )
    if password is not None:
        # Hashed here, so that no log of the server gets to see it.
        hashed = connection.pgconn.encrypt_password(password.encode(), role.encode())
        connection.execute(
            SQL("ALTER ROLE {} PASSWORD {}").format(name, Literal(hashed.decode()))
        )
    for setting, value in SETTINGS.items():
        connection.execute(
            SQL("ALTER ROLE {} SET {} = {}").format(name, Identifier(setting), value)
        )
    for rights in (
        "USAGE ON SCHEMA analyst",
        "SELECT ON ALL TABLES IN SCHEMA analyst",
        "EXECUTE ON ALL FUNCTIONS IN SCHEMA analyst",
    ):
        connection.execute(SQL("GRANT {} TO {}").format(SQL(rights), name))
    if connection.execute(UNREADABLE, {"role": role}).rowcount:
        raise InsufficientPrivilege
    excess = connection.execute(EXCESS, {"role": role}).fetchall()
    if excess:
        told = ", ".join(row[0] for row in excess[:3])
        raise ConfigurationError(
            f"Nothing was granted: {role} {told}. Choose a name that is not in use, "
            "or take that from the role, or from PUBLIC, first."
        )
