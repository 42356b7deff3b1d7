"""Sessions in PostgreSQL: one statement to load, one to save.

Enable with DATABASE_URL=postgresql://user:password@host/database, or leave it unset
for the embedded server; migrate with `alembic upgrade head`. `pool_size` should be
the number of threads of a worker. The statements go to psycopg's cursor on SQLAlchemy's
pool, since SQLAlchemy's own execution layer costs as much again as the statement.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import psycopg
from psycopg.errors import UniqueViolation

from itinerary_app.errors import (
    CorruptSession,
    SessionNotFound,
    StorageUnavailable,
    VersionConflict,
)
from itinerary_app.model import Message, Role, TripSession, TripSummary
from itinerary_app.storage import analytics, statements
from itinerary_app.storage.acting import acting
from itinerary_app.storage.base import (
    Backlog,
    Changes,
    Expiry,
    Portable,
    Saved,
    SessionStorage,
    Snapshot,
    SweepTotals,
)
from itinerary_app.storage.codec import (
    MAX_SEQ,
    check_limit,
    clean,
    dump_itinerary,
    dump_json,
    empty_session,
    load_preferences,
    new_session_uuid,
    session_uuid,
    storable,
    storable_preferences,
    turn_positions,
)
from itinerary_app.storage.database import Database
from itinerary_app.storage.places import ImportedPlaces
from itinerary_app.storage.pool import ANSWER_WITHIN, Pool, Row
from itinerary_app.storage.rows import message_of, session_of

ALL = 2**31 - 1  # messages
IDS_AT_ONCE = 10_000


class PostgresStorage(SessionStorage, Portable):
    """Each method is one statement, and so one transaction, but where it says."""

    def __init__(
        self,
        database: Database,
        *,
        expiry: Expiry | None = None,
        pool_size: int = 8,
        answer_within: float = ANSWER_WITHIN,
    ) -> None:
        self._expiry = expiry or Expiry()
        self._database = database
        self._pool = Pool(database, size=pool_size, answer_within=answer_within)

    def create_session(
        self, *, owner_hash: bytes, session_id: str | None = None
    ) -> TripSession:
        key = new_session_uuid(session_id, owner_hash)
        limits = {"idle": self._expiry.idle, "lifetime": self._expiry.lifetime}
        rows = self._write(
            statements.CREATE,
            {"session_id": key, "owner_hash": owner_hash, **limits},
            repeatable=True,
        )
        if rows:
            return empty_session(str(key), owner_hash, rows[0][0])
        # Somebody made it first; a row that is not visible yet is committed by now.
        session = self.get_session(
            str(key), owner_hash=owner_hash, history=0, touch=False
        )
        if session is None:
            raise SessionNotFound(str(key))
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
        key = session_uuid(session_id)
        if key is None:
            return None
        row = self._load(key, history, owner_hash)
        if row is None:
            return None
        if touch and row[statements.LOAD_COLUMNS.index("touch_due")]:
            # At most once a minute and session; the common read stays one statement.
            touched = self._pool.run(
                statements.TOUCH_SESSION, {"session_id": key}, repeatable=True
            )
            if touched:
                return replace(session_of(session_id, row), last_accessed=touched[0][0])
            row = self._load(key, history, owner_hash)  # gone, or touched by another
        return None if row is None else session_of(session_id, row)

    def update_session(
        self,
        session_id: str,
        changes: Changes,
        *,
        messages: Sequence[Message] = (),
        expected_version: int | None = None,
        turn_key: str | None = None,
    ) -> Saved:
        key = session_uuid(session_id)
        appended = storable(messages, turn_key)
        preferences = storable_preferences(changes)
        plan = None if changes.itinerary is None else dump_itinerary(changes.itinerary)
        if key is None:
            raise SessionNotFound(session_id)
        statement, parameters = _save(
            key, changes.questions, preferences, plan, appended, expected_version
        )
        try:
            # Only what stands once however often it is sent may be sent again.
            rows = self._write(
                statement,
                parameters,
                repeatable=turn_key is not None and bool(appended),
            )
        except UniqueViolation:
            rows = []
        if rows:
            version, count, now = rows[0]
            first = count - len(appended) + 1
            return Saved(
                version,
                tuple(
                    message._replace(seq=seq, created_at=now)
                    for seq, message in enumerate(appended, start=first)
                ),
            )
        return self._why_not_saved(key, turn_key, expected_version)

    def _why_not_saved(
        self, key: uuid.UUID, turn_key: str | None, expected_version: int | None
    ) -> Saved:
        """The first result of a turn that stands already, or the typed refusal."""
        row = self._load(key, 0)
        if row is None:
            raise SessionNotFound(str(key))
        version = row[statements.LOAD_COLUMNS.index("version")]
        if turn_key is not None:
            rows = self._pool.run(
                statements.TURN,
                {"session_id": key, "turn_key": clean(turn_key)},
                repeatable=True,
            )
            if rows:
                said = tuple(message_of(row) for row in rows)
                return Saved(version, said, replayed=True)
        raise VersionConflict(str(key), expected=expected_version or 0, actual=version)

    def delete_session(self, session_id: str) -> bool:
        key = session_uuid(session_id)
        if key is None:
            return False
        return bool(self._write(statements.DELETE, {"session_id": key}))

    def messages(
        self, session_id: str, *, before: int | None = None, limit: int = 50
    ) -> list[Message]:
        check_limit("limit", limit)
        before = None if before is None else min(before, MAX_SEQ)
        key = session_uuid(session_id)
        rows = key and self._pool.run(
            statements.MESSAGES,
            {"session_id": key, "before": before, "limit": limit},
            repeatable=True,
        )
        if not rows:
            raise SessionNotFound(session_id)
        # The living session alone gives one row; its message is null without any.
        return [message_of(row) for row in rows if row[0] is not None]

    def list_sessions(self, owner_hash: bytes) -> list[TripSummary]:
        rows = self._pool.run(
            statements.LIST, {"owner_hash": owner_hash}, repeatable=True
        )
        return [
            TripSummary(
                session_id=str(row[0]),
                preferences=load_preferences(row[1], str(row[0])),
                message_count=row[2],
                has_itinerary=row[3],
                created_at=row[4],
                last_accessed=row[5],
            )
            for row in rows
        ]

    def delete_expired_sessions(self, *, limit: int) -> int:
        check_limit("limit", limit)
        return len(self._write(statements.SWEEP, {"limit": limit}))

    def backlog(self) -> Backlog:
        return Backlog(*self._pool.run(statements.BACKLOG, {}, repeatable=True)[0])

    def figures(self, first: date, last: date) -> analytics.Figures:
        return analytics.read(self._pool, first, last)

    def record_export(self, session_id: str, kind: str) -> None:
        wanted = {"session_id": session_uuid(session_id), "kind": kind}
        self._write(statements.RECORD_EXPORT, wanted)

    def note_sweep(
        self, *, sessions: int, batches: int, facts: int, seconds: float
    ) -> None:
        done = {"sessions": sessions, "batches": batches, "facts": facts}
        self._pool.run(statements.NOTE_SWEEP, {**done, "seconds": seconds})

    def sweep_totals(self) -> SweepTotals | None:
        rows = self._pool.run(statements.SWEEP_TOTALS, {}, repeatable=True)
        return SweepTotals(*rows[0]) if rows else None

    def imported_places(self) -> ImportedPlaces:
        """What was imported into this database, read over the same connections."""
        return ImportedPlaces(self._pool)

    def forget_facts(self, *, older_than: timedelta) -> int:
        wanted = {"older_than": older_than}
        return len(self._pool.run(statements.FORGET_FACTS, wanted, repeatable=True))

    @contextmanager
    def sole_sweeper(self) -> Iterator[bool]:
        """By an advisory lock on a connection of its own, which even a kill frees."""
        try:
            with closing(self._database.connect()) as connection:
                connection.autocommit = True
                row = connection.execute(statements.SOLE_SWEEPER).fetchone()
                yield bool(row and row[0])
        except psycopg.Error as exc:
            raise StorageUnavailable from exc

    def check(self) -> None:
        self._pool.run("SELECT FROM sessions, messages LIMIT 0", {}, repeatable=True)

    def close(self) -> None:
        self._pool.close()

    def session_ids(self, *, after: str = "") -> Iterator[str]:
        last = session_uuid(after) or uuid.UUID(int=0)
        while rows := self._pool.run(
            statements.IDS, {"after": last, "limit": IDS_AT_ONCE}, repeatable=True
        ):
            yield from (str(row[0]) for row in rows)
            last = rows[-1][0]

    def snapshot(self, session_id: str) -> Snapshot | None:
        """Two statements; a turn between them only makes the limits younger."""
        key = session_uuid(session_id)
        session = self.get_session(session_id, history=ALL, touch=False)
        limits = self._pool.run(statements.LIMITS, {"session_id": key}, repeatable=True)
        return Snapshot(session, *limits[0]) if session and limits else None

    def restore(self, snapshot: Snapshot) -> bool:
        """One transaction of a few statements."""
        session = snapshot.session
        key = uuid.UUID(session.session_id)
        plan, said = session.itinerary, session.conversation_history
        parameters = {
            "session_id": key,
            "owner_hash": session.owner_hash,
            "version": session.version,
            "preferences": dump_json(session.preferences.to_dict()),
            "itinerary": None if plan is None else dump_itinerary(plan),
            "questions": session.clarifying_questions_count,
            "count": session.message_count,
            "user_messages": sum(it.role is Role.USER for it in said),
            "created_at": session.created_at,
            "last_accessed": session.last_accessed,
            "idle": snapshot.idle,
            "ends_at": snapshot.ends_at,
        }
        rows = [
            (
                key,
                it.seq,
                it.role.value,
                it.content,
                dump_json(it.quick_replies) if it.quick_replies else None,
                it.turn_key,
                position,
                it.created_at,
            )
            for it, position in zip(said, turn_positions(said), strict=True)
        ]

        def write(cursor: psycopg.Cursor[Row]) -> bool:
            with cursor.connection.transaction():
                cursor.execute(statements.MOVED, acting.get()._asdict())
                cursor.execute(statements.MAKE_ROOM, parameters)
                written = cursor.execute(statements.RESTORE, parameters).fetchone()
                if written and rows:
                    cursor.executemany(statements.RESTORE_MESSAGE, rows)
            return written is not None

        return self._pool.use(write, repeatable=True)

    def _write(
        self, statement: str, parameters: dict[str, Any], *, repeatable: bool = False
    ) -> list[Row]:
        """Run what the audit trail records, and tell it who acts."""
        who = acting.get()._asdict()
        return self._pool.run(statement, {**parameters, **who}, repeatable=repeatable)

    def _load(
        self, key: uuid.UUID, history: int, owner_hash: bytes | None = None
    ) -> Row | None:
        wanted = {"session_id": key, "history": history, "owner_hash": owner_hash}
        try:
            rows = self._pool.run(statements.LOAD, wanted, repeatable=True)
        except ValueError as exc:  # JSON that PostgreSQL accepts and UTF-8 does not
            raise CorruptSession(str(key)) from exc
        return rows[0] if rows else None


def _save(
    key: uuid.UUID,
    questions: int,
    preferences: dict[str, Any],
    plan: str | None,
    messages: tuple[Message, ...],
    expected_version: int | None,
) -> tuple[str, dict[str, Any]]:
    """The statement for just these changes, and its parameters."""
    parameters: dict[str, Any] = {
        "session_id": key,
        "questions": questions,
        "user_messages": sum(message.role is Role.USER for message in messages),
    }
    if preferences:
        parameters["preferences"] = dump_json(preferences)
    if plan is not None:
        parameters["itinerary"] = plan
    if expected_version is not None:
        parameters["expected_version"] = expected_version
    for place, message in enumerate(messages):
        parameters[f"role_{place}"] = message.role.value
        parameters[f"content_{place}"] = message.content
        parameters[f"quick_replies_{place}"] = (
            dump_json(message.quick_replies) if message.quick_replies else None
        )
    if messages:
        parameters["turn_key"] = messages[0].turn_key
    statement = statements.save(
        messages=len(messages),
        preferences="preferences" in parameters,
        itinerary="itinerary" in parameters,
        versioned="expected_version" in parameters,
    )
    return statement, parameters
