"""Statements prepared on one connection, sent by libpq itself.

A cursor of psycopg works out anew, in Python, for each execution what a statement of
ours always is: that costs as much as the rest of the way there and back. Values are
adapted by psycopg's own adapters all the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import psycopg
from psycopg import pq
from psycopg.adapt import PyFormat, Transformer

MOST = 256  # statements kept prepared on a connection
_PLACEHOLDER = re.compile(r"%(?:\((\w+)\)s|%)")

Key = tuple[bytes, tuple[int, ...]]  # a statement, and the types of its values


class Prepared:
    """For one connection, whose server keeps it to itself, outside of transactions."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._pgconn = connection.pgconn
        self._adapters = Transformer(connection)
        self._names: dict[Key, bytes] = {}
        self._made = 0

    def run(self, statement: str, parameters: Mapping[str, Any]) -> list[Any]:
        """All rows. Raises what a cursor would."""
        text, names, formats = _numbered(statement)
        adapters = self._adapters
        values = adapters.dump_sequence([parameters[it] for it in names], formats)
        key = text, tuple(adapters.types or ())
        name = self._names.get(key) or self._prepare(key)
        result = self._pgconn.exec_prepared(
            name,
            values,  # type: ignore[arg-type]  # None is null
            adapters.formats,
            pq.Format.BINARY,
        )
        if result.status != pq.ExecStatus.TUPLES_OK:
            raise self._error(result)
        adapters.set_pgresult(result, format=pq.Format.BINARY)
        return adapters.load_rows(0, result.ntuples, tuple)

    def _prepare(self, key: Key) -> bytes:
        while len(self._names) >= MOST:
            oldest = next(iter(self._names))
            self._done(self._pgconn.exec_(b"DEALLOCATE " + self._names.pop(oldest)))
        name = b"itinerary_%d" % self._made
        self._made += 1
        self._done(self._pgconn.prepare(name, *key))
        self._names[key] = name
        return name

    def _done(self, result: pq.abc.PGresult) -> None:
        if result.status != pq.ExecStatus.COMMAND_OK:
            raise self._error(result)

    def _error(self, result: pq.abc.PGresult) -> psycopg.Error:
        error = psycopg.errors.error_from_result(result)
        if error.sqlstate is None:  # libpq's own: the connection was lost
            return psycopg.OperationalError(str(error))
        return error


@cache
def _numbered(statement: str) -> tuple[bytes, tuple[str, ...], list[PyFormat]]:
    """The statement with $1, $2 … for its placeholders, and their names in order."""
    numbers: dict[str, int] = {}

    def number(found: re.Match[str]) -> str:
        if found[1] is None:
            return "%"
        return f"${numbers.setdefault(found[1], len(numbers) + 1)}"

    text = _PLACEHOLDER.sub(number, statement)
    return text.encode(), tuple(numbers), [PyFormat.AUTO] * len(numbers)
