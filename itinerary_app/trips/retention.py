"""The scheduled delete of stale rows: expired sessions, and facts that grew too old."""

from __future__ import annotations

import logging
import os
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from itinerary_app.errors import StorageUnavailable
from itinerary_app.storage.acting import Acting, acting
from itinerary_app.storage.base import Backlog, SessionStorage

logger = logging.getLogger(__name__)

BATCH = 500  # sessions in one transaction
MAX_SECONDS = 60.0  # of one pass; the next one goes on
STEADY = timedelta(minutes=5)  # by which clocks may differ
BELIEVED_AFTER = timedelta(hours=1)  # then what was a leap is the time
SHARE, FEW = 0.5, 100  # of sessions that are kept as long; fewer are no share
JITTER = 0.5  # of the interval, either way, so that processes do not march in step


@dataclass(frozen=True, slots=True)
class Swept:
    """What one pass did, and what it left."""

    sessions: int
    batches: int
    seconds: float
    facts: int
    left: Backlog

    def __str__(self) -> str:
        text = (
            f"{self.sessions:,} expired sessions deleted in {self.batches:,} batches "
            f"and {self.seconds:.1f} s, {self.facts:,} old facts; "
            f"{self.left.sessions:,} expired sessions left"
        )
        if self.left.oldest is None:
            return text
        minutes = self.left.oldest // timedelta(minutes=1)
        return f"{text}, the first since {minutes:,} min"


def sweep(
    storage: SessionStorage,
    *,
    batch: int = BATCH,
    max_seconds: float = MAX_SECONDS,
    keep_facts: timedelta | None = None,
    on_batch: Callable[[int], bool | None] = lambda deleted: None,
) -> Swept:
    """One pass: batches until nothing is left, the time is up or `on_batch` says so
    (by True; it is told how many sessions went).

    Each batch is a transaction that skips what others have locked, so any number of
    sweepers may run at once, each row goes once and no living session goes.
    """
    start = time.monotonic()
    sessions = batches = 0
    while True:
        deleted = storage.delete_expired_sessions(limit=batch)
        sessions += deleted
        batches += 1
        late = time.monotonic() - start > max_seconds
        if on_batch(deleted) or deleted < batch or late:
            break
    facts = storage.forget_facts(older_than=keep_facts) if keep_facts else 0
    seconds = time.monotonic() - start
    storage.note_sweep(sessions=sessions, batches=batches, facts=facts, seconds=seconds)
    return Swept(sessions, batches, seconds, facts, storage.backlog())


class Clocks:
    """Whether the storage's clock can be believed before anything is deleted by it.

    A clock that was set ahead for some seconds would delete every trip for good. Where
    there is no pass before to tell by, a large share of all sessions is a sign, too.
    """

    def __init__(
        self,
        storage: SessionStorage,
        *,
        ours: Callable[[], datetime] = lambda: datetime.now(UTC),
        passed: Callable[[], float] = time.monotonic,  # seconds
    ) -> None:
        self._storage, self._ours, self._passed = storage, ours, passed
        self._last: tuple[datetime, float] | None = None
        self._doubt, self._until = "", 0.0

    def doubt(self) -> str:
        """Why nothing should be deleted now, or "". A leap is believed in an hour."""
        theirs, passed = self._storage.clock(), self._passed()
        due, what, first = self._ours(), "differs from this machine's", not self._last
        if self._last:
            since, at = self._last
            due, what = since + timedelta(seconds=passed - at), "has leapt"
        self._last = theirs, passed
        off = theirs - due
        if abs(off) > STEADY:
            minutes = round(off.total_seconds() / 60)
            self._doubt = f"The storage's clock {what} by {minutes:+,} minutes"
            self._until = passed + BELIEVED_AFTER.total_seconds()
        elif first and (share := self._share_expired(theirs)) > SHARE:
            self._doubt = f"{share:.0%} of all trips have expired since the last sweep"
            self._until = passed + BELIEVED_AFTER.total_seconds()
        return self._doubt if passed < self._until else ""

    def _share_expired(self, now: datetime) -> float:
        """Of sessions kept as long as each other, as those that are kept for weeks say
        nothing of the others; 0 for few, and where a pass was not long ago.
        """
        totals = self._storage.sweep_totals()
        if totals and now - totals.last_at < BELIEVED_AFTER:
            return 0.0
        return self._storage.share_expired(of_at_least=FEW)


class Retention:
    """Sweeps from a thread of its own, about every `interval`; one process does.

    `then` is what else that process does after a sweep.
    """

    def __init__(
        self,
        storage: SessionStorage,
        *,
        interval: timedelta,
        keep_facts: timedelta | None = None,
        then: Callable[[], None] | None = None,
    ) -> None:
        self._then = then
        self._storage = storage
        self._interval = interval.total_seconds()
        self._keep_facts = keep_facts
        self._clocks = Clocks(storage)
        self._started_in: int | None = None  # process; a forked child starts its own
        self._starting = threading.Lock()

    def start(self) -> None:
        """From now on, once in each process; nothing when the interval is 0."""
        if self._started_in == os.getpid() or not self._interval:
            return
        with self._starting:
            if self._started_in != os.getpid():
                self._started_in = os.getpid()
                self._stop = threading.Event()
                self._thread = threading.Thread(
                    target=self._run, name="retention", daemon=True
                )
                self._thread.start()

    def stop(self, *, within: float = 5.0) -> None:
        """Ends between two batches at the latest `within` seconds."""
        if self._started_in == os.getpid():
            self._stop.set()
            self._thread.join(within)

    def _run(self) -> None:
        acting.set(Acting("sweeper"))
        while not self._stop.wait(
            self._interval * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311  # no secret
        ):
            try:
                self._sweep_alone()
            except StorageUnavailable:
                logger.warning("No sweep: the storage does not answer.")
            except Exception:
                logger.exception("A sweep failed; the next one tries again.")

    def _sweep_alone(self) -> None:
        with self._storage.sole_sweeper() as alone:
            if not alone:
                return
            if doubt := self._clocks.doubt():
                logger.error(
                    "No sweep for an hour: %s. Look whether the clocks are right.",
                    doubt,
                )
                return
            swept = sweep(
                self._storage,
                keep_facts=self._keep_facts,
                on_batch=lambda _: self._stop.is_set(),
            )
            if self._then:
                self._then()
        idle = not (swept.sessions or swept.facts or swept.left.sessions)
        logger.log(logging.DEBUG if idle else logging.INFO, "%s", swept)
