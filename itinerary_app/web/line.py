"""The line before the app: who would wait in it for nothing is sent away at once.

A server has more threads than the app works with at once. Those in excess hold the
line, and answer health checks and refusals however long the others take.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

from itinerary_app.web.security import API_PREFIX

IN_LINE = 20  # where it does not move; else all threads in excess may wait in it
IN_EXCESS = IN_LINE + 4  # threads of a worker besides those of the app
PATIENCE = 3.0  # seconds
STUCK = 0.3  # seconds in which nobody was let in
LOOK_EVERY = 0.1  # seconds
HEALTH = ("/livez", "/readyz")
RETRY_AFTER = "2"  # seconds
FULL = (
    "Too much is asked for just now, or the trips cannot be reached. Nothing is lost: "
    "try again in a few seconds."
)
Wsgi = Callable[..., Iterable[bytes]]


class Line:
    """Lets `at_once` requests in, and others behind them: for a few seconds, but not
    while `hangs` says that it would be for nothing.
    """

    def __init__(self, app: Wsgi, at_once: int, hangs: Callable[[], bool]) -> None:
        self._app = app
        self._hangs = hangs
        self._inside = threading.Semaphore(at_once)
        self._waiting: set[object] = set()
        self._moved = time.monotonic()

    def __call__(self, environ: Any, start_response: Any) -> Iterable[bytes]:
        if environ.get("PATH_INFO") in HEALTH:
            return self._app(environ, start_response)
        if not self._inside.acquire(blocking=False) and not self._wait():
            return _refuse(environ, start_response)
        self._moved = time.monotonic()
        try:
            return self._app(environ, start_response)
        finally:
            self._inside.release()

    def _wait(self) -> bool:
        """Whether a place came free in time."""
        place = object()
        self._waiting.add(place)
        ends = time.monotonic() + PATIENCE
        try:
            while not self._is_vain(ends):
                if self._inside.acquire(timeout=LOOK_EVERY):
                    return True
            return False
        finally:
            self._waiting.remove(place)

    def _is_vain(self, ends: float) -> bool:
        now = time.monotonic()
        stuck = len(self._waiting) > IN_LINE and now - self._moved > STUCK
        return stuck or now > ends or self._hangs()


def _refuse(environ: Any, start_response: Any) -> Iterable[bytes]:
    kind, text = "text/plain; charset=utf-8", FULL
    if environ.get("PATH_INFO", "").startswith(API_PREFIX):
        problem = {"type": "about:blank", "title": "Service Unavailable"}
        text = json.dumps({**problem, "status": 503, "detail": FULL})
        kind = "application/problem+json"
    headers = [("Content-Type", kind), ("Retry-After", RETRY_AFTER)]
    start_response("503 Service Unavailable", headers)
    return [text.encode()]
