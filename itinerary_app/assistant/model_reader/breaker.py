"""A circuit breaker: a server that fails again and again is left alone for a while."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

FAILURES = 3  # in a row
FIRST_PAUSE = 30.0  # seconds; doubled by each probe that fails
LONGEST_PAUSE = 300.0  # seconds


class Breaker:
    """Admits calls until some fail in a row; then one now and then, as a probe.

    `worked` or `failed` follows each call that was admitted.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lock = Lock()
        self._failures = 0
        self._pause = 0.0  # 0: closed, all calls are admitted
        self._until = 0.0
        self._probing = False

    def admits(self) -> bool:
        with self._lock:
            if not self._pause:
                return True
            if self._clock() < self._until:
                return False
            self._until = self._clock() + self._pause  # the others wait for the probe
            self._probing = True
            return True

    def worked(self) -> None:
        with self._lock:
            self._failures, self._pause, self._probing = 0, 0.0, False

    def failed(self) -> None:
        with self._lock:
            self._failures += 1
            if self._probing:
                self._pause = min(2 * self._pause, LONGEST_PAUSE)
            elif not self._pause and self._failures >= FAILURES:
                self._pause = FIRST_PAUSE
            else:  # too few, or under way already when the calls were stopped
                return
            self._probing = False
            self._until = self._clock() + self._pause
