"""Statements sent by libpq do what a cursor of psycopg does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg.errors import AdminShutdown, DivisionByZero, UndefinedTable

from itinerary_app.storage.database import Database
from itinerary_app.storage.prepared import MOST, Prepared


@pytest.fixture
def connection(database: Database) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(**database.parameters, autocommit=True) as connection:
        yield connection


@pytest.mark.parametrize(
    "value",
    [
        *(None, True, 7, 2**40, 1.5, "é%", b"\0", ["a", None], [1, 2], UUID(int=7)),
        *(datetime(2026, 11, 30, tzinfo=UTC), timedelta(days=2, seconds=1)),
    ],
    ids=repr,
)
def test_values_come_back_as_from_a_cursor(
    connection: psycopg.Connection[Any], value: object
) -> None:
    """Of each kind, also where one name stands twice and a percent sign is said."""
    statement = "SELECT %(it)s, 7 %% 4, %(it)s, %(other)s::int"
    given = {"other": 1, "it": value, "of no use": 3}
    prepared = Prepared(connection)
    wanted = connection.cursor(binary=True).execute(statement, given).fetchall()
    assert [prepared.run(statement, given) for _ in range(3)] == [wanted] * 3


def test_a_connection_keeps_so_many_statements_at_the_most(
    connection: psycopg.Connection[Any],
) -> None:
    """The oldest go, and are prepared again when they are asked for."""
    prepared = Prepared(connection)
    for _ in range(2):
        for number in range(MOST + 9):
            assert prepared.run(f"SELECT {number}", {}) == [(number,)]
    [(kept,)] = connection.execute("SELECT count(*) FROM pg_prepared_statements")
    assert kept == MOST


def test_errors_are_those_of_a_cursor(
    database: Database, connection: psycopg.Connection[Any]
) -> None:
    """Refusals have their class and leave the connection fit; a lost one is known."""
    prepared = Prepared(connection)
    with pytest.raises(UndefinedTable):
        prepared.run("SELECT FROM nothing", {})
    with pytest.raises(DivisionByZero):
        prepared.run("SELECT 1 / %(it)s", {"it": 0})
    assert prepared.run("SELECT 1 / %(it)s", {"it": 1}) == [(1,)]
    pid = connection.info.backend_pid
    with psycopg.connect(**database.parameters, autocommit=True) as beside:
        beside.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    for _ in range(2):
        with pytest.raises(psycopg.OperationalError) as lost:
            prepared.run("SELECT 1", {})
        assert lost.value.sqlstate in (None, AdminShutdown.sqlstate)
