"""The analyst's role: reads the views of the schema `analyst`, and nothing else."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg.errors import InsufficientPrivilege
from psycopg.sql import SQL, Identifier

from itinerary_app.storage import roles
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

RIGHTS = (
    "USAGE ON SCHEMA analyst",
    "SELECT ON ALL TABLES IN SCHEMA analyst",
    "EXECUTE ON ALL FUNCTIONS IN SCHEMA analyst",
)

# What the role can do, by itself or as PUBLIC, beyond what is granted here.
EXCESS = """
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


def grant_analyst(database: Database, role: str, password: str | None) -> None:
    """Make `role` an analyst, and the password its own when there is one.

    Safe to repeat. Raises ConfigurationError, and changes nothing, when we may not or
    when the role could do more than that.
    """
    try:
        with database.connect() as connection:
            _grant(connection, role, password)
    except InsufficientPrivilege as exc:
        raise roles.not_allowed(role) from exc
    except psycopg.OperationalError as exc:
        raise silent(exc) from exc


def _grant(
    connection: psycopg.Connection[Any], role: str, password: str | None
) -> None:
    roles.ensure(connection, role, password)
    name = Identifier(role)
    connection.execute(
        SQL("ALTER ROLE {} CONNECTION LIMIT {}").format(name, MAX_CONNECTIONS)
    )
    for setting, value in SETTINGS.items():
        connection.execute(
            SQL("ALTER ROLE {} SET {} = {}").format(name, Identifier(setting), value)
        )
    roles.grant(connection, role, RIGHTS)
    if connection.execute(UNREADABLE, {"role": role}).rowcount:
        raise InsufficientPrivilege
    roles.refuse_excess(connection, role, roles.EXCESS, EXCESS)
