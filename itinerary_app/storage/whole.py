"""A base for storages that keep a session as one JSON text: SQLite, files, objects.

Simple to write and quick for short conversations; each turn reads and writes the whole
of it, so its cost grows with the conversation, which PostgreSQL's and Redis' do not.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import Generic, TypeVar

import msgspec

from itinerary_app.errors import CorruptSession, SessionNotFound, VersionConflict
from itinerary_app.model import (
    Companion,
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
    empty_session,
    new_session_uuid,
    renamed,
    session_uuid,
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
    state_at,
    way_back,
)

Rows = TypeVar("Rows")  # whatever `read` and `write` need within a transaction


class _Versions(msgspec.Struct):
    """What stands beside the session's own fields; texts of before have none."""

    versions: list[KeptVersion] = []


class _Outline(msgspec.Struct):
    """What can be read of a session even if its plan or preferences cannot."""

    owner_hash: bytes
    created_at: datetime
    last_accessed: datetime
    message_count: int
    idle: timedelta | None = None  # of before, as usual
    ends_at: datetime | None = None
    companions: tuple[Companion, ...] = ()

    def right_of(self, owner_hash: bytes) -> Right | None:
        return right_of(owner_hash, self.owner_hash, self.companions)


class WholeSessions(SessionStorage, Generic[Rows]):
    """Implement five methods; all else is here."""

    def __init__(
        self,
        *,
        expiry: Expiry | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._expiry = expiry or Expiry()
        self._clock = clock

    @abstractmethod
    def transaction(self) -> AbstractContextManager[Rows]:
        """Nobody else reads or writes within; on an error nothing was written.

        Raises StorageUnavailable when the storage cannot be reached.
        """

    @abstractmethod
    def read(self, rows: Rows, session_id: str) -> bytes | None:
        """What `write` was given last, or None."""

    @abstractmethod
    def write(self, rows: Rows, session_id: str, data: bytes) -> None:
        """Keep it, in the place of what was there."""

    @abstractmethod
    def remove(self, rows: Rows, session_id: str) -> None:
        """Forget it; no error when there is none."""

    @abstractmethod
    def ids(self, rows: Rows) -> Iterable[str]:
        """Of all that is kept."""

    def create_session(
        self, *, owner_hash: bytes, session_id: str | None = None
    ) -> TripSession:
        key = str(new_session_uuid(session_id, owner_hash))
        with self.transaction() as rows:
            if self.read(rows, key) is None:
                session = empty_session(key, owner_hash, self._clock(), self._expiry)
                return self._keep(rows, session)
            session = self._living(rows, key)
        if session.owner_hash != owner_hash:
            raise SessionNotFound(key)
        return replace(session, conversation_history=())

    def get_session(
        self,
        session_id: str,
        *,
        owner_hash: bytes | None = None,
        history: int = 20,
        touch: bool = True,
    ) -> TripSession | None:
        check_limit("history", history)
        with self.transaction() as rows:
            session = self._find(rows, session_id)
            if session is None or (
                owner_hash is not None and not session.right_of(owner_hash)
            ):
                return None
            now = self._clock()
            if touch and session.last_accessed < now - TOUCH_INTERVAL:
                kept = self._kept(rows, session_id)
                session = self._keep(rows, replace(session, last_accessed=now), kept)
        said = session.conversation_history[-history:] if history else ()
        return replace(session, conversation_history=said)

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
        key = None if turn_key is None else clean(turn_key)
        with self.transaction() as rows:
            session = self._living(rows, session_id)
            said = session.conversation_history
            now = max(self._clock(), session.last_accessed)
            if key and (first := tuple(it for it in said if it.turn_key == key)):
                return Saved(session.version, first, replayed=True)
            if expected_version not in (None, session.version):
                raise VersionConflict(
                    session_id, expected=expected_version or 0, actual=session.version
                )
            new = tuple(
                message._replace(seq=seq, created_at=now)
                for seq, message in enumerate(appended, start=len(said) + 1)
            )
            before = State(session.preferences, session.itinerary)
            after = changed(before, preferences, plan)
            number, kept = session.plan_version, self._kept(rows, session_id)
            if changes.record or is_change(before, after):
                number += 1
                back = way_back(before, preferences, plan)
                kept.append(next_version(number, acts, back, now, changes.record))
            session = replace(
                session,
                version=session.version + 1,
                preferences=after.preferences,
                itinerary=after.itinerary,
                conversation_history=said + new,
                message_count=len(said) + len(new),
                clarifying_questions_count=session.clarifying_questions_count
                + changes.questions,
                last_accessed=max(now, session.last_accessed),
                plan_version=number,
            )
            if expiry := changes.expiry:
                ends_at = now + expiry.lifetime
                session = replace(session, idle=expiry.idle, ends_at=ends_at)
            if changes.companions is not None:
                session = replace(session, companions=changes.companions)
            self._keep(rows, session, kept[-MAX_VERSIONS:])
        return Saved(session.version, new)

    def delete_session(self, session_id: str) -> bool:
        with self.transaction() as rows:
            found = session_uuid(session_id) and self._outline(rows, session_id)
            if not found or self._is_over(found):
                return False
            self.remove(rows, session_id)
        return True

    def change_owner(self, owner_hash: bytes, new_hash: bytes) -> int:
        """Looks through all sessions; one that cannot be read stays where it is."""
        check_owner(new_hash)
        changed = 0
        with self.transaction() as rows:
            for key in list(self.ids(rows)):
                with suppress(CorruptSession):
                    session = self._find(rows, key)
                    right = session and session.right_of(owner_hash)
                    if session is None or right is None:
                        continue
                    others = renamed(session.companions, owner_hash, new_hash)
                    session = replace(session, companions=others)
                    if right is Right.OWN:
                        session = replace(session, owner_hash=new_hash)
                        changed += 1
                    self._keep(rows, session, self._kept(rows, key))
        return changed

    def messages(
        self, session_id: str, *, before: int | None = None, limit: int = 50
    ) -> list[Message]:
        check_limit("limit", limit)
        with self.transaction() as rows:
            said = self._living(rows, session_id).conversation_history
        older = [it for it in said if before is None or it.seq < before]
        return older[-limit:] if limit else []

    def versions(self, session_id: str, *, limit: int = 50) -> list[PlanVersion]:
        check_limit("limit", limit)
        with self.transaction() as rows:
            self._living(rows, session_id)
            kept = self._kept(rows, session_id)
        return listed(session_id, kept[::-1][:limit])

    def state(self, session_id: str, number: int) -> State | None:
        with self.transaction() as rows:
            session = self._living(rows, session_id)
            kept = self._kept(rows, session_id)
        return state_at(session, kept, number)

    def list_sessions(
        self,
        owner_hash: bytes,
        *,
        after: ListCursor | None = None,
        limit: int = MAX_LISTED_TRIPS,
    ) -> list[TripSummary]:
        """Looks through all sessions."""
        check_page(after, limit)
        with self.transaction() as rows:
            found = {key: self._outline(rows, key) for key in self.ids(rows)}
            own = [
                (key, it)
                for key, it in found.items()
                if it and it.right_of(owner_hash) and not self._is_over(it)
            ]
            listed = page(own, _cursor, after, limit)
            return [
                replace(
                    self._summary(rows, *it),
                    right=it[1].right_of(owner_hash) or Right.OWN,
                )
                for it in listed
            ]

    def clock(self) -> datetime:
        return self._clock()

    def delete_expired_sessions(self, *, limit: int) -> int:
        """Looks through all sessions."""
        check_limit("limit", limit)
        with self.transaction() as rows:
            found = {key: self._outline(rows, key) for key in self.ids(rows)}
            over = [key for key, it in found.items() if it and self._is_over(it)]
            for key in over[:limit]:
                self.remove(rows, key)
        return len(over[:limit])

    def check(self) -> None:
        with self.transaction():
            return

    def _keep(
        self, rows: Rows, session: TripSession, versions: Sequence[KeptVersion] = ()
    ) -> TripSession:
        whole = {it.name: getattr(session, it.name) for it in fields(session)}
        data = msgspec.json.encode({**whole, "versions": versions})
        self.write(rows, session.session_id, data)
        return session

    def _kept(self, rows: Rows, session_id: str) -> list[KeptVersion]:
        """The versions of a session that is there, the oldest first."""
        data = self.read(rows, session_id) or b"{}"
        try:
            return msgspec.json.decode(data, type=_Versions).versions
        except msgspec.MsgspecError as exc:
            raise CorruptSession(session_id) from exc

    def _find(self, rows: Rows, session_id: str) -> TripSession | None:
        """The living session with all that was said."""
        if session_uuid(session_id) is None:
            return None
        data = self.read(rows, session_id)
        if data is None:
            return None
        try:
            session = self._decoded(data)
        except (msgspec.MsgspecError, TypeError) as exc:
            raise CorruptSession(session_id) from exc
        return None if self._is_over(session) else session

    def _decoded(self, data: bytes) -> TripSession:
        outline = msgspec.json.decode(data, type=_Outline)
        if outline.ends_at:
            return msgspec.json.decode(data, type=TripSession)
        idle, ends_at = self._limits(outline)
        whole = {**msgspec.json.decode(data), "idle": idle, "ends_at": ends_at}
        return msgspec.convert(whole, TripSession)

    def _outline(self, rows: Rows, session_id: str) -> _Outline | None:
        """None for what is gone, or is no session at all."""
        try:
            return msgspec.json.decode(
                self.read(rows, session_id) or b"", type=_Outline
            )
        except msgspec.MsgspecError:
            return None

    def _is_over(self, session: TripSession | _Outline) -> bool:
        idle, ends_at = self._limits(session)
        unused = session.last_accessed + idle + TOUCH_INTERVAL
        return self._clock() >= min(unused, ends_at)

    def _limits(self, session: TripSession | _Outline) -> tuple[timedelta, datetime]:
        usual_end = session.created_at + self._expiry.lifetime
        return session.idle or self._expiry.idle, session.ends_at or usual_end

    def _summary(self, rows: Rows, session_id: str, found: _Outline) -> TripSummary:
        try:
            return self._living(rows, session_id).summary
        except CorruptSession:
            idle, ends_at = self._limits(found)
            return TripSummary(
                session_id=session_id,
                preferences=Preferences(),
                message_count=found.message_count,
                has_itinerary=False,
                created_at=found.created_at,
                last_accessed=found.last_accessed,
                idle=idle,
                ends_at=ends_at,
                is_readable=False,
            )

    def _living(self, rows: Rows, session_id: str) -> TripSession:
        session = self._find(rows, session_id)
        if session is None:
            raise SessionNotFound(session_id)
        return session


def _cursor(found: tuple[str, _Outline]) -> ListCursor:
    session_id, outline = found
    return ListCursor(outline.created_at, session_id)
