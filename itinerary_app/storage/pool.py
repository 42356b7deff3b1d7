"""Connections lent for one statement at a time, with a deadline and typed errors."""

from __future__ import annotations

import logging
import os
import select
import time
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from dataclasses import replace
from functools import partial
from queue import Empty, SimpleQueue
from typing import Any, NamedTuple, TypeVar, cast

import psycopg
from psycopg.errors import UniqueViolation
from psycopg.pq import TransactionStatus
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import PoolProxiedConnection

from itinerary_app.errors import StorageUnavailable
from itinerary_app.storage.circuit import Circuit
from itinerary_app.storage.database import POOL_TIMEOUT, Database, Unprotected
from itinerary_app.storage.prepared import Prepared
from itinerary_app.storage.watchdog import Watchdog

logger = logging.getLogger(__name__)

Row = tuple[Any, ...]
T = TypeVar("T")
IDLE = TransactionStatus.IDLE
ANSWER_WITHIN = 4.0  # seconds; then the connection is given up
PROBE_WITHIN = 2.0  # seconds
RETRY_AFTER = 0.05  # seconds before the one repetition after a lost connection
RETRY_WITHIN = 1.0  # seconds; who waited longer for the loss shall not wait twice
# Classes of SQLSTATE: data, integrity, rights, exceptions raised, damaged data.
REFUSED = ("22", "23", "2F", "42", "P0", "XX")
UNFIT = ("25006", "0A000", "26000")
SERVER_GOING_DOWN = ("57P01", "57P02", "57P03")  # its last words on a connection


class StatementRefused(StorageUnavailable):
    """The server lives and refuses this one statement; the driver's error tells why."""

    @property
    def reason(self) -> str:
        """One line, for logs."""
        return str(self.__cause__).partition("\n")[0]


class Loan(NamedTuple):
    connection: PoolProxiedConnection
    cursor: psycopg.Cursor[Row]
    prepared: Prepared | None  # none where a pooler gives other connections

    def run(self, statement: str, parameters: Mapping[str, Any]) -> list[Row]:
        if self.prepared is None:
            return self.cursor.execute(statement, parameters).fetchall()
        return self.prepared.run(statement, parameters)


class Pool:
    """psycopg's cursors on SQLAlchemy's pool of AUTOCOMMIT connections.

    What SQLAlchemy lent is lent on from here, last in first out: its checkout and
    checkin cost a tenth of a turn's time, and more while eight threads want them.
    """

    def __init__(
        self, database: Database, *, size: int, answer_within: float = ANSWER_WITHIN
    ) -> None:
        self._engine = database.engine(pool_size=size)
        self._watchdog = Watchdog(answer_within)
        self.circuit = Circuit(
            partial(_ask, replace(database, revive=None), Watchdog(PROBE_WITHIN))
        )
        self._size = size
        self._pooled = database.pooled
        self._inherited: list[Loan] = []
        self._begin()
        os.register_at_fork(after_in_child=self._forget)

    def _begin(self) -> None:
        # A semaphore of threading's does in Python what a queue's C does.
        self._free: SimpleQueue[None] = SimpleQueue()
        for _ in range(self._size):
            self._free.put(None)
        self._idle: deque[Loan] = deque()

    def _forget(self) -> None:
        """A child must neither use nor close its parent's connections."""
        self._inherited += self._idle
        self._begin()
        self._engine.dispose(close=False)

    def run(
        self, statement: str, parameters: Mapping[str, Any], *, repeatable: bool = False
    ) -> list[Row]:
        """All rows of one statement, which is a transaction of its own."""
        return self._pass(
            lambda loan: loan.run(statement, parameters), repeatable=repeatable
        )

    def use(self, work: Callable[[psycopg.Cursor[Row]], T], *, repeatable: bool) -> T:
        """What `work` makes of a cursor. Errors become ours at this one place,
        but for UniqueViolation, which tells something.

        A connection that breaks on the way leaves open whether the work was done, so
        only what is `repeatable` is done a second time; one that is unfit did nothing.
        """
        return self._pass(lambda loan: work(loan.cursor), repeatable=repeatable)

    def _pass(self, work: Callable[[Loan], T], *, repeatable: bool) -> T:
        key = self.circuit.enter()
        try:
            return self._use(work, repeatable=repeatable)
        finally:
            self.circuit.leave(key)

    def _use(self, work: Callable[[Loan], T], *, repeatable: bool) -> T:
        begun = time.monotonic()
        try:
            return self._lend(work, checked=not repeatable)
        except UniqueViolation:
            raise
        except (psycopg.Error, SQLAlchemyError) as exc:
            at_once = time.monotonic() - begun < RETRY_WITHIN
            again = _is_unfit(exc) or (repeatable and at_once and _is_broken(exc))
            if not again:
                raise _unavailable(exc) from exc
        time.sleep(RETRY_AFTER)
        try:
            return self._lend(work, checked=True)
        except UniqueViolation:
            raise
        except (psycopg.Error, SQLAlchemyError) as exc:
            raise _unavailable(exc) from exc

    def close(self) -> None:
        while self._idle:
            self._idle.pop().connection.close()
        self._engine.dispose()

    def _lend(self, work: Callable[[Loan], T], *, checked: bool) -> T:
        try:
            self._free.get(timeout=POOL_TIMEOUT)
        except Empty:
            raise PoolTimeout(
                f"no connection was free for {POOL_TIMEOUT:g} s"
            ) from None
        try:
            loan, is_new = self._borrow(checked=checked)
            fileno = loan.cursor.connection.fileno()
            self._watchdog.watch(fileno)
            fit = True
            try:
                if is_new:
                    Database.verify_protected(loan.cursor)
                return work(loan)
            except psycopg.Error as exc:
                fit = not _is_unfit(exc)
                raise
            finally:
                self._watchdog.unwatch(fileno)
                status = loan.cursor.connection.pgconn.transaction_status
                if fit and status == IDLE:
                    self._idle.append(loan)
                else:  # broken, or interrupted in the middle, or of no use any more
                    _give_up(loan)
        finally:
            self._free.put(None)

    def _borrow(self, *, checked: bool) -> tuple[Loan, bool]:
        """And whether it is new. Only what cannot be done again needs a connection
        `checked` before.
        """
        with suppress(IndexError):  # when none lies idle
            while True:
                loan = self._idle.pop()
                if not (checked and _is_closed(loan)):
                    return loan, False
                _give_up(loan)
        connection = self._engine.raw_connection()
        driver = cast(psycopg.Connection[Row], connection.driver_connection)
        prepared = None if self._pooled else Prepared(driver)
        return Loan(connection, driver.cursor(binary=True), prepared), True


def _ask(database: Database, watchdog: Watchdog) -> None:
    """Whether the server answers anything at all, on a new connection."""
    with closing(database.connect()) as connection:
        fileno = connection.fileno()  # which a lost connection does not tell
        watchdog.watch(fileno)
        try:
            connection.execute("SELECT 1")
        finally:
            watchdog.unwatch(fileno)


def _give_up(loan: Loan) -> None:
    loan.connection.invalidate()
    loan.connection.close()


def _is_closed(loan: Loan) -> bool:
    """Whether the server closed it while it lay idle.

    An idle connection has nothing to read unless it was closed, so one poll(2) tells
    what SQLAlchemy's pool_pre_ping asks the server in a round trip.
    """
    poll = select.poll()
    poll.register(loan.cursor.connection.fileno(), select.POLLIN)
    return bool(poll.poll(0))


def _is_broken(exc: Exception) -> bool:
    """Whether the connection was lost on the way: nothing the server said."""
    return isinstance(exc, psycopg.OperationalError) and (
        exc.sqlstate is None or exc.sqlstate in SERVER_GOING_DOWN
    )


def _is_unfit(exc: Exception) -> bool:
    """Whether the connection lives and cannot serve, and so did nothing: its server
    became read-only, what it prepared does not fit the tables or is gone, or it came
    without its limits.
    """
    return isinstance(exc, Unprotected) or (
        isinstance(exc, psycopg.Error) and exc.sqlstate in UNFIT
    )


def _unavailable(exc: Exception) -> StorageUnavailable:
    state = exc.sqlstate if isinstance(exc, psycopg.Error) else None
    # What follows the first line of a refusal may be what a traveller wrote.
    reason = str(exc).partition("\n")[0] if state else exc
    logger.warning("PostgreSQL failed: %s: %s", type(exc).__name__, reason)
    return (
        StatementRefused() if state and state[:2] in REFUSED else StorageUnavailable()
    )
