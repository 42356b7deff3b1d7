"""The door before the app: shut to an address that asks too often.

What the app would need to refuse a request, it needs for the others.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from itinerary_app.errors import TooMany

SHUT = 1.0  # seconds
SLOW = 0.05  # seconds that a refusal takes: who is refused comes again at once
REFUSING = 24  # threads of a worker besides those of the app, where refusals are slow
MOST_SHUT = 10_000  # addresses
HEALTH = ("/livez", "/readyz")
Wsgi = Callable[..., Iterable[bytes]]


@dataclass(frozen=True, slots=True, eq=False)  # another time is another, though equal
class Shut:
    until: float


class Door:
    """Lets `at_once` requests in; refusals take none of these places.

    Shut for a second, it then lets one in, and the others of its address only once
    that one was not refused: else they would all be refused by the app, each second.
    """

    def __init__(
        self,
        app: Wsgi,
        network: Callable[[Any], str],
        at_once: int,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._app = app
        self._clock = clock
        self._network = network
        self._inside = threading.Semaphore(at_once)
        self._refusing = threading.Semaphore(REFUSING)
        self._shut: dict[str | None, Shut] = {}
        self._lock = threading.Lock()

    def shut(self, address: str | None) -> None:
        now = self._clock()
        with self._lock:
            if len(self._shut) > MOST_SHUT:
                self._shut = {it: at for it, at in self._shut.items() if at.until > now}
            self._shut[address] = Shut(now + SHUT)

    def __call__(self, environ: Any, start_response: Any) -> Iterable[bytes]:
        if environ.get("PATH_INFO") in HEALTH:
            return self._app(environ, start_response)
        address = self._network(environ.get("REMOTE_ADDR"))
        if address not in self._shut:
            with self._inside:
                return self._app(environ, start_response)
        with self._lock:
            now, shut = self._clock(), self._shut.get(address)
            is_shut = shut is not None and now < shut.until
            if not is_shut:
                shut = self._shut[address] = Shut(now + SHUT)
        if is_shut:
            return self._refuse(start_response)
        with self._inside:
            answer = self._app(environ, start_response)
        with self._lock:
            if self._shut.get(address) is shut:  # the app did not shut it again
                del self._shut[address]
        return answer

    def _refuse(self, start_response: Any) -> Iterable[bytes]:
        if self._refusing.acquire(blocking=False):
            time.sleep(SLOW)
            self._refusing.release()
        headers = [("Content-Type", "text/plain; charset=utf-8"), ("Retry-After", "2")]
        start_response("429 Too Many Requests", headers)
        return [str(TooMany()).encode()]
