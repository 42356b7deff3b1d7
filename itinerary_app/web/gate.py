"""A gate: so many at once for each key, in this process; some more wait a while."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from itinerary_app.errors import TooMany

PATIENCE = 10.0  # seconds in which one has to get through


class Gate:
    """Who waits at it takes the place of nobody with another key."""

    def __init__(self, at_once: int, in_line: int, patience: float = PATIENCE) -> None:
        self._at_once, self._most = at_once, at_once + in_line
        self._patience = patience
        self._here: Counter[object] = Counter()  # inside and in line, by key
        self._inside: Counter[object] = Counter()
        self._changed = threading.Condition()

    @contextmanager
    def passing(self, key: object) -> Iterator[None]:
        """Inside, or TooMany for who is too many even to wait, or waits too long."""
        with self._changed:
            if self._here[key] >= self._most:
                raise TooMany
            self._here[key] += 1
            free = self._changed.wait_for(
                lambda: self._inside[key] < self._at_once, self._patience
            )
            if not free:
                self._left(self._here, key)
                raise TooMany
            self._inside[key] += 1
        try:
            yield
        finally:
            with self._changed:
                self._left(self._inside, key)
                self._left(self._here, key)
                self._changed.notify_all()

    def count(self, key: object) -> int:
        """How many of this key are inside or wait."""
        return self._here[key]

    @staticmethod
    def _left(counter: Counter[object], key: object) -> None:
        counter[key] -= 1
        if not counter[key]:
            del counter[key]
