"""Connections lent for one statement at a time, with a deadline and typed errors."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast

import psycopg
from psycopg.errors import UniqueViolation
from sqlalchemy.exc import SQLAlchemyError

from itinerary_app.errors import StorageUnavailable
from itinerary_app.storage.database import Database
from itinerary_app.storage.watchdog import Watchdog

logger = logging.getLogger(__name__)

Row = tuple[Any, ...]
T = TypeVar("T")
ANSWER_WITHIN = 5.0  # seconds; then the connection is given up
RETRY_AFTER = 0.05  # seconds before the one repetition after a lost connection
RETRY_WITHIN = 1.0  # seconds; who waited longer for the loss shall not wait twice
SERVER_GOING_DOWN = ("57P01", "57P02", "57P03")  # its last words on a connection


class Pool:
    """psycopg's cursors on SQLAlchemy's pool of AUTOCOMMIT connections."""

    def __init__(
        self, database: Database, *, size: int, answer_within: float = ANSWER_WITHIN
    ) -> None:
        self._engine = database.engine(pool_size=size)
        self._watchdog = Watchdog(answer_within)

    def run(
        self, statement: str, parameters: Mapping[str, Any], *, repeatable: bool = False
    ) -> list[Row]:
        """All rows of one statement, which is a transaction of its own."""

        def execute(driver: psycopg.Connection[Row]) -> list[Row]:
            return driver.execute(statement, parameters, binary=True).fetchall()

        return self.use(execute, repeatable=repeatable)

    def use(
        self, work: Callable[[psycopg.Connection[Row]], T], *, repeatable: bool
    ) -> T:
        """What `work` makes of a connection. Errors become ours at this one place,
        but for UniqueViolation, which tells something.

        A connection that breaks on the way leaves open whether the work was done, so
        only what is `repeatable` is done a second time.
        """
        begun = time.monotonic()
        try:
            return self._lend(work)
        except UniqueViolation:
            raise
        except (psycopg.Error, SQLAlchemyError) as exc:
            at_once = time.monotonic() - begun < RETRY_WITHIN
            if not (repeatable and at_once and _is_broken(exc)):
                raise _unavailable(exc) from exc
        time.sleep(RETRY_AFTER)
        try:
            return self._lend(work)
        except UniqueViolation:
            raise
        except (psycopg.Error, SQLAlchemyError) as exc:
            raise _unavailable(exc) from exc

    def close(self) -> None:
        self._engine.dispose()

    def _lend(self, work: Callable[[psycopg.Connection[Row]], T]) -> T:
        connection = self._engine.raw_connection()
        try:
            driver = cast(psycopg.Connection[Row], connection.driver_connection)
            fileno = driver.fileno()
            self._watchdog.watch(fileno)
            try:
                return work(driver)
            finally:
                self._watchdog.unwatch(fileno)
                if driver.broken:
                    connection.invalidate()
        finally:
            connection.close()


def _is_broken(exc: Exception) -> bool:
    """Whether the connection was lost on the way: nothing the server said."""
    return isinstance(exc, psycopg.OperationalError) and (
        exc.sqlstate is None or exc.sqlstate in SERVER_GOING_DOWN
    )


def _unavailable(exc: Exception) -> StorageUnavailable:
    logger.warning("PostgreSQL failed: %s: %s", type(exc).__name__, exc)
    return StorageUnavailable()
