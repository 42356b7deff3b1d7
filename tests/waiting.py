"""Waiting for conditions, and what a machine that is busy adds to every time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

LOOK_EVERY = 0.01  # seconds
PATIENCE = 60.0  # seconds: nothing that comes takes as long on the slowest machine
HOPS = 4  # processes in turn that an answer may need, each of which may wait for a CPU


def until(condition: Callable[[], object], seconds: float = PATIENCE) -> None:
    """Returns once it holds; AssertionError if it does not in so many seconds."""
    ends = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < ends, f"not within {seconds:g} s"
        time.sleep(LOOK_EVERY)


class Lateness:
    """How late this machine is: `seconds` to grant beside a limit of time.

    While inside, a thread sleeps for moments and notes how much longer they took.
    """

    def __init__(self) -> None:
        self._latest = 0.0
        self._enough = threading.Event()
        self._thread = threading.Thread(target=self._note, daemon=True)

    def __enter__(self) -> Lateness:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._enough.set()
        self._thread.join()

    @property
    def seconds(self) -> float:
        return HOPS * self._latest

    def _note(self) -> None:
        while not self._enough.is_set():
            begun = time.monotonic()
            time.sleep(LOOK_EVERY)
            late = time.monotonic() - begun - LOOK_EVERY
            self._latest = max(self._latest, late)
