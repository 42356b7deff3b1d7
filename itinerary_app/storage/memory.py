"""Sessions in this process's memory, for tests and for trying things out.

Enable with DATABASE_URL=memory: (or memory:?max_sessions=1000) and one worker process;
all is gone when it ends. Every operation costs the same whatever the number of sessions
and the length of a history. No living session is given up for a new one.
"""

from __future__ import annotations

import threading
from collections import OrderedDict, defaultdict, deque
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from itinerary_app.errors import SessionNotFound, StorageUnavailable, VersionConflict
from itinerary_app.model import (
    Companion,
    Itinerary,
    Message,
    Preferences,
    Right,
    TripSession,
    TripSummary,
    right_of,
)
from itinerary_app.storage.base import (
    MAX_LISTED_TRIPS,
    MAX_VERSIONS,
    TOUCH_INTERVAL,
    Changes,
    Expiry,
    KeptVersion,
    ListCursor,
    PlanVersion,
    Saved,
    SessionStorage,
    State,
)
from itinerary_app.storage.codec import (
    check_limit,
    check_owner,
    clean,
    new_session_uuid,
    renamed,
    storable,
    storable_itinerary,
    storable_preferences,
)
from itinerary_app.storage.listing import check_page, page
from itinerary_app.storage.versions import (
    changed,
    dump_acts,
    expected,
    is_change,
    listed,
    next_version,
)

# A planned trip of 20 messages takes 23 kB, 0.6 kB of them a message (tracemalloc).
MAX_SESSIONS = 100_000
NOTHING_TOLD = Preferences()


@dataclass(slots=True)
class _Record:
    session_id: str
    owner_hash: bytes
    created_at: datetime
    last_accessed: datetime
    expiry: Expiry
    ends_at: datetime
    companions: tuple[Companion, ...] = ()
    version: int = 1
    preferences: Preferences = NOTHING_TOLD
    itinerary: Itinerary | None = None
    questions: int = 0
    messages: list[Message] = field(default_factory=list)
    turns: dict[str, slice] = field(default_factory=dict)
    plan_version: int = 0
    # Each with the state before it, whose days it shares with those it did not change.
    versions: deque[tuple[KeptVersion, State]] = field(
        default_factory=lambda: deque(maxlen=MAX_VERSIONS)
    )

    @property
    def state(self) -> State:
        return State(self.preferences, self.itinerary)

    def session(self, history: int) -> TripSession:
        return TripSession(
            self.session_id,
            self.owner_hash,
            self.version,
            self.preferences,
            self.itinerary,
            tuple(_given(self.messages[-history:])) if history else (),
            len(self.messages),
            self.questions,
            self.created_at,
            self.last_accessed,
            self.expiry.idle,
            self.ends_at,
            self.plan_version,
            self.companions,
        )

    def summary(self, owner_hash: bytes) -> TripSummary:
        return TripSummary(
            self.session_id,
            self.preferences,
            len(self.messages),
            self.itinerary is not None,
            self.created_at,
            self.last_accessed,
            self.expiry.idle,
            self.ends_at,
            right=self.right_of(owner_hash) or Right.OWN,
        )

    def right_of(self, owner_hash: bytes) -> Right | None:
        return right_of(owner_hash, self.owner_hash, self.companions)

    @property
    def holders(self) -> set[bytes]:
        """Of the owner and the companions, who may be one and the same."""
        joined = {it.owner_hash for it in self.companions if it.owner_hash}
        return {self.owner_hash, *joined}


@dataclass(slots=True)
class _Queues:
    """Sessions of one expiry in the orders in which they end: by last use, by age."""

    used: OrderedDict[str, _Record] = field(default_factory=OrderedDict)
    begun: OrderedDict[str, _Record] = field(default_factory=OrderedDict)


def _given(messages: Sequence[Message]) -> list[Message]:
    """As they are handed out: a context alone can be changed, so it is copied."""
    return [
        it if it.context is None else it._replace(context=deepcopy(it.context))
        for it in messages
    ]


def _sharing_days(plan: Itinerary | None, before: Itinerary | None) -> Itinerary | None:
    """The plan with those days of the one before that are the same."""
    if plan is None or before is None or plan is before:
        return plan
    known = {day.number: day for day in before.days}
    days = (known[it.number] if known.get(it.number) == it else it for it in plan.days)
    return replace(plan, days=tuple(days))


class MemoryStorage(SessionStorage):
    """Values are frozen, so that handing them out needs no copy."""

    def __init__(
        self,
        *,
        expiry: Expiry | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        max_sessions: int | None = None,
    ) -> None:
        self._expiry = expiry or Expiry()
        self._clock = clock
        self._max_sessions = max_sessions or MAX_SESSIONS
        self._made: dict[str, _Record] = {}
        self._queues: defaultdict[Expiry, _Queues] = defaultdict(_Queues)
        self._owned: dict[bytes, dict[str, _Record]] = {}
        self._lock = threading.Lock()

    def create_session(
        self, *, owner_hash: bytes, session_id: str | None = None
    ) -> TripSession:
        """Raises StorageUnavailable when there are as many living ones as may be."""
        session_id = str(new_session_uuid(session_id, owner_hash))
        with self._lock:
            if session_id in self._made:
                record = self._alive(session_id)
                if record is None or record.owner_hash != owner_hash:
                    raise SessionNotFound(session_id)
                return record.session(0)
            if len(self._made) >= self._max_sessions and not self._sweep(limit=1):
                raise StorageUnavailable(
                    f"There are {self._max_sessions:,} trips, as many as fit into "
                    "memory. Try again when some have expired."
                )
            now = self._clock()
            ends_at = now + self._expiry.lifetime
            record = _Record(session_id, owner_hash, now, now, self._expiry, ends_at)
            self._made[session_id] = record
            self._queue(record)
            self._own(record)
            return record.session(0)

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
            if record is None or (
                owner_hash is not None and not record.right_of(owner_hash)
            ):
                return None
            now = self._clock()
            if touch and record.last_accessed < now - TOUCH_INTERVAL:
                self._use(record, now)
            return record.session(history)

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
        preferences = storable_preferences(changes)
        plan = storable_itinerary(changes.itinerary)
        acts = dump_acts(changes.record)
        expected_version = expected(session_id, changes, expected_version)
        with self._lock:
            record = self._living(session_id)
            key = clean(turn_key) if turn_key else None
            if key and key in record.turns:
                first = tuple(_given(record.messages[record.turns[key]]))
                return Saved(record.version, first, replayed=True)
            if expected_version not in (None, record.version):
                raise VersionConflict(
                    session_id, expected=expected_version or 0, actual=record.version
                )
            now = max(self._clock(), record.last_accessed)
            count = len(record.messages)
            stored = tuple(
                it._replace(seq=seq, created_at=now)
                for seq, it in enumerate(appended, start=count + 1)
            )
            after = changed(record.state, preferences, plan)
            after = after._replace(
                itinerary=_sharing_days(after.itinerary, record.itinerary)
            )
            if changes.record or is_change(record.state, after):
                record.plan_version += 1
                made = next_version(record.plan_version, acts, "", now, changes.record)
                record.versions.append((made, record.state))
            record.preferences, record.itinerary = after
            record.version += 1
            record.questions += changes.questions
            record.messages += stored
            if key and stored:
                record.turns[key] = slice(count, count + len(stored))
            if changes.companions is not None:
                self._disown(record)
                record.companions = changes.companions
                self._own(record)
            if changes.expiry:
                self._dequeue(record)
                record.expiry = changes.expiry
                record.ends_at = now + changes.expiry.lifetime
                self._queue(record)
            self._use(record, now)
            return Saved(record.version, tuple(_given(stored)))

    def delete_session(self, session_id: str) -> bool:
        with self._lock:
            record = self._alive(session_id)
            if record is not None:
                self._forget(record)
            return record is not None

    def change_owner(self, owner_hash: bytes, new_hash: bytes) -> int:
        check_owner(new_hash)
        with self._lock:
            owned = 0
            for record in list(self._owned.get(owner_hash, {}).values()):
                if not self._alive(record.session_id):
                    continue
                self._disown(record)
                if record.owner_hash == owner_hash:
                    record.owner_hash = new_hash
                    owned += 1
                record.companions = renamed(record.companions, owner_hash, new_hash)
                self._own(record)
            return owned

    def messages(
        self, session_id: str, *, before: int | None = None, limit: int = 50
    ) -> list[Message]:
        check_limit("limit", limit)
        with self._lock:
            record = self._living(session_id)
            end = len(record.messages)
            if before is not None:
                end = min(end, max(before - 1, 0))
            return _given(record.messages[max(end - limit, 0) : end])

    def versions(self, session_id: str, *, limit: int = 50) -> list[PlanVersion]:
        check_limit("limit", limit)
        with self._lock:
            kept = [version for version, _ in self._living(session_id).versions]
        return listed(session_id, kept[::-1][:limit])

    def state(self, session_id: str, number: int) -> State | None:
        with self._lock:
            record = self._living(session_id)
            states = {it.number - 1: before for it, before in record.versions}
            states[record.plan_version] = record.state
        found, shared = states.get(number), record.preferences.shared
        if found is None:
            return None
        return found._replace(preferences=replace(found.preferences, shared=shared))

    def list_sessions(
        self,
        owner_hash: bytes,
        *,
        after: ListCursor | None = None,
        limit: int = MAX_LISTED_TRIPS,
    ) -> list[TripSummary]:
        check_page(after, limit)
        with self._lock:
            owned = [
                record.summary(owner_hash)
                for session_id, record in self._owned.get(owner_hash, {}).items()
                if self._alive(session_id)
            ]
        return page(owned, ListCursor.of, after, limit)

    def clock(self) -> datetime:
        return self._clock()

    def delete_expired_sessions(self, *, limit: int) -> int:
        check_limit("limit", limit)
        with self._lock:
            return self._sweep(limit)

    def check(self) -> None:
        return

    # The lock is held in all of these.

    def _alive(self, session_id: str) -> _Record | None:
        """The record unless it is absent or expired."""
        record = self._made.get(session_id)
        if record is None or self._is_over(record, self._clock()):
            return None
        return record

    def _living(self, session_id: str) -> _Record:
        record = self._alive(session_id)
        if record is None:
            raise SessionNotFound(session_id)
        return record

    def _is_over(self, record: _Record, now: datetime) -> bool:
        unused = record.last_accessed + record.expiry.idle + TOUCH_INTERVAL
        return now >= min(unused, record.ends_at)

    def _use(self, record: _Record, now: datetime) -> None:
        record.last_accessed = max(now, record.last_accessed)
        self._queues[record.expiry].used.move_to_end(record.session_id)

    def _queue(self, record: _Record) -> None:
        queues = self._queues[record.expiry]
        queues.used[record.session_id] = queues.begun[record.session_id] = record

    def _dequeue(self, record: _Record) -> None:
        queues = self._queues[record.expiry]
        del queues.used[record.session_id], queues.begun[record.session_id]

    def _sweep(self, limit: int) -> int:
        """Forget the expired, those that stand first in one of the orders."""
        now = self._clock()
        swept = 0
        orders = [
            it for both in self._queues.values() for it in (both.used, both.begun)
        ]
        for queue in orders:
            while swept < limit and queue:
                record = next(iter(queue.values()))
                if not self._is_over(record, now):
                    break
                self._forget(record)
                swept += 1
        return swept

    def _forget(self, record: _Record) -> None:
        del self._made[record.session_id]
        self._dequeue(record)
        self._disown(record)

    def _own(self, record: _Record) -> None:
        for holder in record.holders:
            self._owned.setdefault(holder, {})[record.session_id] = record

    def _disown(self, record: _Record) -> None:
        for holder in record.holders:
            owned = self._owned[holder]
            del owned[record.session_id]
            if not owned:
                del self._owned[holder]
