"""Caps: how often a session, and all of them in a day, may ask the language model."""

from __future__ import annotations

from collections import OrderedDict
from datetime import date
from threading import Lock

MOST_SESSIONS = 10_000  # that are counted; the one that asked longest ago is forgotten


class Caps:
    """Counted in this process: with n workers there may be n times as many calls."""

    def __init__(self, *, per_session: int, per_day: int) -> None:
        self._per_session, self._per_day = per_session, per_day
        self._lock = Lock()
        self._sessions: OrderedDict[str, int] = OrderedDict()
        self._day: date | None = None
        self._today = 0

    def take(self, session_id: str | None, day: date) -> bool:
        """Whether one more call is allowed, which is counted then."""
        with self._lock:
            if day != self._day:
                self._day, self._today = day, 0
            if self._today >= self._per_day:
                return False
            if session_id is not None and not self._take_of(session_id):
                return False
            self._today += 1
            return True

    def _take_of(self, session_id: str) -> bool:
        asked = self._sessions.get(session_id, 0)
        if asked >= self._per_session:
            return False
        self._sessions[session_id] = asked + 1
        self._sessions.move_to_end(session_id)
        if len(self._sessions) > MOST_SESSIONS:
            self._sessions.popitem(last=False)
        return True
