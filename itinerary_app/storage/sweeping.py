"""Expired sessions deleted from PostgreSQL, whatever is the matter with one of them."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import psycopg

from itinerary_app.errors import StorageUnavailable
from itinerary_app.storage import statements
from itinerary_app.storage.acting import acting
from itinerary_app.storage.database import Database
from itinerary_app.storage.pool import Pool, StatementRefused

logger = logging.getLogger(__name__)


class Sweep:
    """Many at once; one that cannot be deleted is told of and passed over."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._undeletable: set[uuid.UUID] = set()  # as this process found out

    def __call__(self, limit: int) -> int:
        """How many went."""
        try:
            return self._together(limit)
        except StatementRefused:  # one row is enough for that
            return self._singly(limit)

    def _together(self, limit: int) -> int:
        return self._deleted(statements.SWEEP, self._candidates(limit))

    def _singly(self, limit: int) -> int:
        deleted = 0
        for (key,) in self._pool.run(statements.EXPIRED, self._candidates(limit)):
            try:
                deleted += self._deleted(statements.DELETE_EXPIRED, {"session_id": key})
            except StatementRefused as exc:
                logger.error("Session %s cannot be deleted: %s", key, exc.reason)
                self._undeletable.add(key)
        return deleted + self._together(limit - deleted)

    def _candidates(self, limit: int) -> dict[str, Any]:
        return {"limit": limit, "passed_over": list(self._undeletable)}

    def _deleted(self, statement: str, given: dict[str, Any]) -> int:
        return len(self._pool.run(statement, {**given, **acting.get()._asdict()}))


@contextmanager
def alone(database: Database) -> Iterator[bool]:
    """Whether no other process sweeps, while inside.

    By an advisory lock of a transaction of its own, which even a kill ends, and a
    pooler does not keep.
    """
    try:
        with closing(database.connect()) as connection, connection.transaction():
            connection.execute(statements.NO_HURRY)
            row = connection.execute(statements.SOLE_SWEEPER).fetchone()
            yield bool(row and row[0])
    except psycopg.Error as exc:
        raise StorageUnavailable from exc
