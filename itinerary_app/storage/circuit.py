"""A circuit breaker for a storage that hangs: who asks it then is told so at once.

Libraries for this count failures and let a caller be the probe. A server that hangs
gives no failures for seconds, and the caller who probes it would wait as long; so here
a watch of our own asks the server as soon as one operation waits for long.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from itinerary_app.errors import StorageHangs

LONG = 1.0  # seconds that an operation waits before the server is probed
ANSWERS_WITHIN = 0.5  # seconds in which a probe is answered by a server that lives
LOOK_EVERY = 0.1  # seconds
IDLE_LOOKS = 10  # before the thread ends: to begin one costs as much as an operation

logger = logging.getLogger(__name__)


class Circuit:
    """Open while a probe gets no answer: from then on operations raise StorageHangs,
    until a probe is answered. Refusals, however fast, are answers: each caller shall
    hear the true reason.

    `probe` asks the server something small, on a connection of its own, and returns or
    raises within a few seconds. `on_change` is told True when the circuit opens.
    """

    def __init__(self, probe: Callable[[], None]) -> None:
        self._probe = probe
        self.on_change: Callable[[bool], None] = lambda is_open: None
        self._forget()
        os.register_at_fork(after_in_child=self._forget)

    def _forget(self) -> None:
        """Also in a forked child, which has neither the threads nor the operations."""
        self.is_open = False
        self._begun: dict[object, float] = {}  # of the operations that wait
        self._starting = threading.Lock()
        self._watched = False

    @contextmanager
    def passing(self) -> Iterator[None]:
        """An operation of the storage is inside."""
        key = self.enter()
        try:
            yield
        finally:
            self.leave(key)

    def enter(self) -> object:
        """As `passing`, which takes three times as long: what to `leave` with."""
        if self.is_open:
            raise StorageHangs
        key = object()
        self._begun[key] = time.monotonic()
        try:
            if not self._watched:
                self._watch()
        except BaseException:  # a thread that cannot be begun
            self.leave(key)
            raise
        return key

    def leave(self, key: object) -> None:
        del self._begun[key]

    def _watch(self) -> None:
        with self._starting:
            if not self._watched:
                self._watched = True
                threading.Thread(target=self._run, name="circuit", daemon=True).start()

    def _run(self) -> None:
        """Until nothing waits any more, for a while."""
        idle = 0
        while idle < IDLE_LOOKS:
            time.sleep(LOOK_EVERY)
            idle = 0 if self._begun else idle + 1
            waits_since = min(self._begun.copy().values(), default=None)
            if waits_since and time.monotonic() - waits_since > LONG:
                self._examine()
        self._watched = False
        if self._begun:  # since the last look
            self._watch()

    def _examine(self) -> None:
        """Probe until the server answers."""
        while True:
            answered = threading.Event()
            probe = threading.Thread(target=self._ask, args=[answered], daemon=True)
            probe.start()
            if not answered.wait(ANSWERS_WITHIN):
                self._change(True)
                probe.join()
            if answered.is_set():
                self._change(False)
                return
            time.sleep(LOOK_EVERY)

    def _ask(self, answered: threading.Event) -> None:
        begun = time.monotonic()
        try:
            self._probe()
        except Exception as exc:  # of any driver
            logger.debug("The probe failed: %s", exc)
            if time.monotonic() - begun > ANSWERS_WITHIN:
                return
        answered.set()

    def _change(self, is_open: bool) -> None:
        if is_open == self.is_open:
            return
        self.is_open = is_open
        self.on_change(is_open)
        if is_open:
            logger.warning("The storage hangs: callers are refused until it answers.")
        else:
            logger.warning("The storage answers again.")
