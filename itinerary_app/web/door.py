"""The door before the app: how many of an address are in it at a time, and none of one
that asks too often.

What the app would need to refuse a request or to let it wait it needs for the others.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from itinerary_app.errors import TooMany
from itinerary_app.web.gate import Gate
from itinerary_app.web.line import HEALTH, Wsgi

SHUT = 1.0  # seconds
SLOW = 0.25  # seconds that a refusal takes: who is refused comes again at once
WAITING = 56  # threads of a worker besides the app's: for refusals, and for who waits
LOOKS, LOOKS_IN_LINE = 2, 16  # of an address in a worker; a browser has six connections
CHANGES, CHANGES_IN_LINE = 2, 4
MOST_SHUT = 10_000  # addresses
SAFE = ("GET", "HEAD", "OPTIONS")
REFUSED = "itinerary_app.refused"  # in `environ`: the app tells it in its own words


@dataclass(frozen=True, slots=True, eq=False)  # another time is another, though equal
class Shut:
    until: float


class Door:
    """Lets a few requests of an address in at once: the others wait, or are refused,
    before they stand in the app's line. None has no address, and is one of many.

    Shut for a second, it then lets one in, and the others of its address only once
    that one was not refused: else they would all be refused by the app, each second.
    """

    def __init__(
        self,
        app: Wsgi,
        address_of: Callable[[Any], str | None],
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._app = app
        self._clock = clock
        self._address_of = address_of
        self._looks = Gate(LOOKS, LOOKS_IN_LINE)
        self._changes = Gate(CHANGES, CHANGES_IN_LINE)
        self._refusing = threading.Semaphore(WAITING)
        self._shut: dict[str, Shut] = {}
        self._lock = threading.Lock()

    def shut(self, address: str) -> None:
        now = self._clock()
        with self._lock:
            if len(self._shut) > MOST_SHUT:
                self._shut = {it: at for it, at in self._shut.items() if at.until > now}
            self._shut[address] = Shut(now + SHUT)

    def count(self, address: str) -> int:
        """How many of this address are inside or in line."""
        return self._looks.count(address) + self._changes.count(address)

    def __call__(self, environ: Any, start_response: Any) -> Iterable[bytes]:
        if environ.get("PATH_INFO") in HEALTH:
            return self._app(environ, start_response)
        address = self._address_of(environ)
        if address is None:
            return self._app(environ, start_response)
        answer = None
        if not self._is_shut(address):
            with ExitStack() as places:
                if self._enters(places, environ, address):
                    answer = self._ask(environ, start_response, address)
        return self._refuse(start_response) if answer is None else answer

    def _is_shut(self, address: str) -> bool:
        shut = self._shut.get(address)
        return shut is not None and self._clock() < shut.until

    def _enters(self, places: ExitStack, environ: Any, address: str) -> bool:
        """Whether there came to be a place for it, which is then one of `places`."""
        try:
            if environ.get("REQUEST_METHOD") in SAFE:
                places.enter_context(self._looks.passing(address))
            else:
                try:
                    places.enter_context(self._changes.passing(address))
                except TooMany:  # in the app's words, which cost no more than a look
                    environ[REFUSED] = True
                    places.enter_context(self._looks.passing(address))
        except TooMany:
            return False
        return True

    def _ask(
        self, environ: Any, start_response: Any, address: str
    ) -> Iterable[bytes] | None:
        """The app's answer; None where the door was shut while one waited."""
        with self._lock:
            now, shut = self._clock(), self._shut.get(address)
            if shut is not None:
                if now < shut.until:
                    return None
                shut = self._shut[address] = Shut(now + SHUT)
        answer = self._app(environ, start_response)
        with self._lock:
            if shut and self._shut.get(address) is shut:  # the app did not shut it
                del self._shut[address]
        return answer

    def _refuse(self, start_response: Any) -> Iterable[bytes]:
        if self._refusing.acquire(blocking=False):
            time.sleep(SLOW)
            self._refusing.release()
        headers = [("Content-Type", "text/plain; charset=utf-8"), ("Retry-After", "2")]
        start_response("429 Too Many Requests", headers)
        return [str(TooMany()).encode()]
