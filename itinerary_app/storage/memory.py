"""Sessions in this process's memory, for tests and for trying things out.

Enable with DATABASE_URL=memory: and one worker process; all is gone when it ends.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from itinerary_app.errors import SessionNotFound, VersionConflict
from itinerary_app.model import Message, TripSession, TripSummary
from itinerary_app.storage.base import (
    TOUCH_INTERVAL,
    Changes,
    Expiry,
    Saved,
    SessionStorage,
)
from itinerary_app.storage.codec import (
    check_limit,
    clean,
    empty_session,
    new_session_uuid,
    storable,
    storable_preferences,
)

MAX_LISTED = 100


@dataclass(slots=True)
class _Record:
    session: TripSession  # its conversation_history stays empty
    messages: list[Message] = field(default_factory=list)
    turns: dict[str, slice] = field(default_factory=dict)


class MemoryStorage(SessionStorage):
    """Values are frozen, so that handing them out needs no copy."""

    def __init__(
        self,
        *,
        expiry: Expiry | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._expiry = expiry or Expiry()
        self._clock = clock
        self._records: dict[str, _Record] = {}
        self._lock = threading.Lock()

    def create_session(
        self, *, owner_hash: bytes, session_id: str | None = None
    ) -> TripSession:
        session_id = str(new_session_uuid(session_id, owner_hash))
        with self._lock:
            if session_id in self._records:
                record = self._alive(session_id)
                if record is None or record.session.owner_hash != owner_hash:
                    raise SessionNotFound(session_id)
                return record.session
            session = empty_session(session_id, owner_hash, self._clock())
            self._records[session_id] = _Record(session)
            return session

    def get_session(
        self,
        session_id: str,
        *,
        owner_hash: bytes | None = None,
        history: int = 20,
        touch: bool = True,
    ) -> TripSession | None:
        check_limit("history", history)
        with self._lock:
            record = self._alive(session_id)
            if record is None:
                return None
            if owner_hash not in (None, record.session.owner_hash):
                return None
            now = self._clock()
            if touch and record.session.last_accessed < now - TOUCH_INTERVAL:
                record.session = replace(record.session, last_accessed=now)
            newest = record.messages[-history:] if history else ()
            return replace(record.session, conversation_history=tuple(newest))

    def update_session(
        self,
        session_id: str,
        changes: Changes,
        *,
        messages: Sequence[Message] = (),
        expected_version: int | None = None,
        turn_key: str | None = None,
    ) -> Saved:
        appended = storable(messages, turn_key)
        preferences = storable_preferences(changes.preferences)
        with self._lock:
            record = self._alive(session_id)
            if record is None:
                raise SessionNotFound(session_id)
            session = record.session
            key = clean(turn_key) if turn_key else None
            if key and key in record.turns:
                first = tuple(record.messages[record.turns[key]])
                return Saved(session.version, first, replayed=True)
            if expected_version not in (None, session.version):
                raise VersionConflict(
                    session_id, expected=expected_version or 0, actual=session.version
                )
            now = self._clock()
            count = session.message_count
            stored = tuple(
                replace(message, seq=count + place, created_at=now)
                for place, message in enumerate(appended, start=1)
            )
            record.session = replace(
                session,
                version=session.version + 1,
                preferences=session.preferences.merged(preferences),
                itinerary=changes.itinerary or session.itinerary,
                message_count=count + len(stored),
                clarifying_questions_count=(
                    session.clarifying_questions_count + changes.questions
                ),
                last_accessed=max(now, session.last_accessed),
            )
            record.messages.extend(stored)
            if key and stored:
                record.turns[key] = slice(count, count + len(stored))
            return Saved(record.session.version, stored)

    def delete_session(self, session_id: str) -> bool:
        with self._lock:
            if self._alive(session_id) is None:
                return False
            del self._records[session_id]
            return True

    def messages(
        self, session_id: str, *, before: int | None = None, limit: int = 50
    ) -> list[Message]:
        check_limit("limit", limit)
        with self._lock:
            record = self._alive(session_id)
            if record is None:
                raise SessionNotFound(session_id)
            end = len(record.messages)
            if before is not None:
                end = min(end, max(before - 1, 0))
            return record.messages[max(end - limit, 0) : end]

    def list_sessions(self, owner_hash: bytes) -> list[TripSummary]:
        with self._lock:
            owned = [
                record.session
                for session_id, record in self._records.items()
                if record.session.owner_hash == owner_hash and self._alive(session_id)
            ]
        owned.sort(key=lambda session: session.session_id)
        owned.sort(key=lambda session: session.last_accessed, reverse=True)
        return [
            TripSummary(
                session_id=session.session_id,
                preferences=session.preferences,
                message_count=session.message_count,
                has_itinerary=session.itinerary is not None,
                created_at=session.created_at,
                last_accessed=session.last_accessed,
            )
            for session in owned[:MAX_LISTED]
        ]

    def delete_expired_sessions(self, *, limit: int) -> int:
        check_limit("limit", limit)
        with self._lock:
            expired = [key for key in self._records if self._alive(key) is None]
            for session_id in expired[:limit]:
                del self._records[session_id]
            return len(expired[:limit])

    def check(self) -> None:
        return

    def _alive(self, session_id: str) -> _Record | None:
        """The record unless it is absent or expired. The lock is held."""
        record = self._records.get(session_id)
        if record is None:
            return None
        now = self._clock()
        session = record.session
        idle = self._expiry.idle + TOUCH_INTERVAL
        if session.last_accessed > now - idle and (
            session.created_at > now - self._expiry.lifetime
        ):
            return record
        return None
