"""Sessions in PostgreSQL: one statement to load, one to save.

Enable with DATABASE_URL=postgresql://user:password@host/database, or leave it unset
for the embedded server; migrate with `alembic upgrade head`. `pool_size` should be
the number of threads of a worker. The statements go to psycopg's cursor on SQLAlchemy's
pool, since SQLAlchemy's own execution layer costs as much again as the statement.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from psycopg.errors import UniqueViolation

from itinerary_app.errors import (
    CorruptSession,
    SessionNotFound,
    VersionConflict,
)
from itinerary_app.model import Message, TripSession, TripSummary
from itinerary_app.storage import analytics, statements, turn
from itinerary_app.storage.acting import acting
from itinerary_app.storage.base import (
    MAX_LISTED_TRIPS,
    MAX_VERSIONS,
    NO_PLAN,
    Backlog,
    Changes,
    Expiry,
    KeptVersion,
    ListCursor,
    Mark,
    PlanVersion,
    Portable,
    Reencryptable,
    Saved,
    SessionStorage,
    Snapshot,
    State,
    SweepTotals,
)
from itinerary_app.storage.codec import (
    MAX_SEQ,
    check_limit,
    check_owner,
    clean,
    empty_session,
    new_session_uuid,
    session_uuid,
    storable,
    storable_itinerary,
    storable_preferences,
)
from itinerary_app.storage.counting import RequestCounts
from itinerary_app.storage.database import Database
from itinerary_app.storage.encryption import Encryption
from itinerary_app.storage.listing import check_page
from itinerary_app.storage.places import ImportedPlaces
from itinerary_app.storage.pool import ANSWER_WITHIN, Pool, Row
from itinerary_app.storage.readiness import verify_writable
from itinerary_app.storage.reencrypting import reencrypted
from itinerary_app.storage.restoring import restored
from itinerary_app.storage.rows import (
    READ_BY_SQL,
    accompanied,
    message_of,
    recorded,
    said,
    session_of,
    stated,
    summary_of,
)
from itinerary_app.storage.sweeping import Sweep, alone
from itinerary_app.storage.versions import (
    dump_acts,
    expected,
    listed,
    state_at,
    up_to,
    way_back,
)

ALL = 2**31 - 1  # messages
IDS_AT_ONCE = 10_000
THINNED_EVERY = 16  # versions; those that nobody can see any more may lie until then


class PostgresStorage(SessionStorage, Portable, Reencryptable):
    """Each method is one statement, and so one transaction, but where it says."""

    def __init__(
        self,
        database: Database,
        *,
        expiry: Expiry | None = None,
        pool_size: int = 8,
        answer_within: float = ANSWER_WITHIN,
        encryption_keys: Mapping[str, bytes] | None = None,
    ) -> None:
        self._expiry = expiry or Expiry()
        self._encryption = Encryption(encryption_keys, plain=READ_BY_SQL, compress=True)
        self._database = database
        self._pool = Pool(database, size=pool_size, answer_within=answer_within)
        self.circuit = self._pool.circuit
        self._sweep = Sweep(self._pool)

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
            return empty_session(str(key), owner_hash, rows[0][0], self._expiry)
        # Somebody made it first; a row that is not visible yet is committed by now.
        session = self.get_session(
            str(key), owner_hash=owner_hash, history=0, touch=False
        )
        if session is None or session.owner_hash != owner_hash:  # a companion's is not
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
                session = session_of(session_id, row, self._encryption)
                return replace(session, last_accessed=touched[0][0])
            row = self._load(key, history, owner_hash)  # gone, or touched by another
        if row is None:
            return None
        return session_of(session_id, row, self._encryption)

    def version(self, session_id: str, *, owner_hash: bytes) -> int | None:
        key = session_uuid(session_id)
        wanted = {"session_id": key, "owner_hash": owner_hash}
        rows = key and self._pool.run(statements.VERSION, wanted, repeatable=True)
        return rows[0][0] if rows else None

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
        plan = storable_itinerary(changes.itinerary)
        acts = dump_acts(changes.record)
        expected_version = expected(session_id, changes, expected_version)
        if key is None:
            raise SessionNotFound(session_id)
        record, encryption = changes.record, self._encryption
        messages = [encryption.encrypt_message(session_id, it) for it in appended]
        becomes = stated(session_id, preferences, plan, encryption)
        number = 0
        if record:
            number = record.before.plan_version + 1
            back = way_back(State.of(record.before), preferences, plan)
            becomes |= recorded(session_id, record, acts, back, encryption)
        thinned = number > MAX_VERSIONS and number % THINNED_EVERY == 0
        if turn.holds(changes, messages) and not thinned:
            parameters = turn.row(key, changes.questions, expected_version, messages)
            parameters |= becomes
            statement = turn.statement(tuple(parameters))
        else:
            parameters = {
                "session_id": key,
                "questions": changes.questions,
                **said(messages),
                **becomes,
            }
            if expected_version is not None:
                parameters["expected_version"] = expected_version
            if expiry := changes.expiry:
                parameters |= {"idle": expiry.idle, "lifetime": expiry.lifetime}
            if changes.companions is not None:
                parameters |= accompanied(changes.companions)
            statement = statements.save(
                messages=len(appended),
                preferences="preferences" in parameters,
                itinerary="itinerary" in parameters,
                unplanned=plan is NO_PLAN,
                versioned=expected_version is not None,
                recorded=record is not None,
                thinned=thinned,
                expiring=expiry is not None,
                companions=changes.companions is not None,
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
                return Saved(version, self._messages(key, rows), replayed=True)
        raise VersionConflict(str(key), expected=expected_version or 0, actual=version)

    def delete_session(self, session_id: str) -> bool:
        key = session_uuid(session_id)
        if key is None:
            return False
        return bool(self._write(statements.DELETE, {"session_id": key}))

    def change_owner(self, owner_hash: bytes, new_hash: bytes) -> int:
        check_owner(new_hash)
        owners = {"owner_hash": owner_hash, "new_hash": new_hash}
        return len(self._write(statements.CHANGE_OWNER, owners, repeatable=True))

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
        found = [row for row in rows if row[0] is not None]
        return list(self._messages(key, found))

    def versions(self, session_id: str, *, limit: int = 50) -> list[PlanVersion]:
        check_limit("limit", limit)
        return listed(session_id, self._versions(session_id, limit))

    def state(self, session_id: str, number: int) -> State | None:
        """Two statements; a version made between them does not count."""
        session = self.get_session(session_id, history=0, touch=False)
        if session is None:
            raise SessionNotFound(session_id)
        return state_at(session, self._versions(session_id, MAX_VERSIONS), number)

    def list_sessions(
        self,
        owner_hash: bytes,
        *,
        after: ListCursor | None = None,
        limit: int = MAX_LISTED_TRIPS,
    ) -> list[TripSummary]:
        check_page(after, limit)
        behind = dict.fromkeys(ListCursor._fields) | (after._asdict() if after else {})
        wanted = {"owner_hash": owner_hash, "limit": limit, **behind}
        rows = self._pool.run(statements.LIST, wanted, repeatable=True)
        return [summary_of(row, self._encryption) for row in rows]

    def delete_expired_sessions(self, *, limit: int) -> int:
        check_limit("limit", limit)
        return self._sweep(limit)

    def clock(self) -> datetime:
        now: datetime = self._pool.run("SELECT now()", {}, repeatable=True)[0][0]
        return now

    def backlog(self) -> Backlog:
        return Backlog(*self._pool.run(statements.BACKLOG, {}, repeatable=True)[0])

    def share_expired(self, *, of_at_least: int) -> float:
        wanted = {"of_at_least": of_at_least}
        [(share,)] = self._pool.run(statements.SHARE_EXPIRED, wanted, repeatable=True)
        return float(share)

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

    def request_counts(self) -> RequestCounts:
        return RequestCounts(self._pool)

    def imported_places(self) -> ImportedPlaces:
        """What was imported into this database, read over the same connections."""
        return ImportedPlaces(self._pool)

    def forget_facts(self, *, older_than: timedelta) -> int:
        wanted = {"older_than": older_than}
        return len(self._pool.run(statements.FORGET_FACTS, wanted, repeatable=True))

    def sole_sweeper(self) -> AbstractContextManager[bool]:
        return alone(self._database)

    def check(self) -> None:
        verify_writable(self._pool)

    def close(self) -> None:
        self._pool.close()

    def session_ids(self, *, after: str = "") -> Iterator[str]:
        return self._ids(statements.IDS, after)

    def discard(self, session_id: str, mark: Mark) -> bool:
        wanted = {"session_id": session_uuid(session_id), **mark._asdict()}
        return bool(self._write(statements.DISCARD, wanted))

    def kept_ids(self, *, after: str = "") -> Iterator[str]:
        return self._ids(statements.ALL_IDS, after)

    def reencrypt(self, session_id: str) -> bool | None:
        """One transaction, with a statement for each value that changes."""
        key = session_uuid(session_id)
        return reencrypted(self._pool, self._encryption, key) if key else None

    def snapshot(self, session_id: str) -> Snapshot | None:
        """Two statements; of a turn between them nothing comes along."""
        session = self.get_session(session_id, history=ALL, touch=False)
        if session is None:
            return None
        try:
            versions = self._versions(session_id, MAX_VERSIONS)
        except SessionNotFound:
            return None
        return Snapshot(session, up_to(session, versions))

    def restore(self, snapshot: Snapshot) -> bool:
        """One transaction of a few statements."""
        return restored(self._pool, self._encryption, snapshot)

    def _write(
        self, statement: str, parameters: dict[str, Any], *, repeatable: bool = False
    ) -> list[Row]:
        """Run what the audit trail records, and tell it who acts."""
        return self._pool.run(
            statement, {**parameters, **acting.get()._asdict()}, repeatable=repeatable
        )

    def _ids(self, statement: str, after: str) -> Iterator[str]:
        last = session_uuid(after) or uuid.UUID(int=0)
        while rows := self._pool.run(
            statement, {"after": last, "limit": IDS_AT_ONCE}, repeatable=True
        ):
            yield from (str(row[0]) for row in rows)
            last = rows[-1][0]

    def _messages(self, key: object, rows: Sequence[Row]) -> tuple[Message, ...]:
        return self._encryption.decrypt_messages(str(key), map(message_of, rows))

    def _versions(self, session_id: str, limit: int) -> list[KeptVersion]:
        """The newest first; SessionNotFound."""
        key = session_uuid(session_id)
        wanted = {"session_id": key, "limit": limit}
        rows = key and self._pool.run(statements.VERSIONS, wanted, repeatable=True)
        if not rows:
            raise SessionNotFound(session_id)
        # The living session alone gives one row; its version is null without any.
        kept = [KeptVersion(*row) for row in rows if row[0] is not None]
        return [self._encryption.decrypt_version(session_id, it) for it in kept]

    def _load(
        self, key: uuid.UUID, history: int, owner_hash: bytes | None = None
    ) -> Row | None:
        wanted = {"session_id": key, "history": history, "owner_hash": owner_hash}
        try:
            rows = self._pool.run(statements.LOAD, wanted, repeatable=True)
        except ValueError as exc:  # JSON that PostgreSQL accepts and UTF-8 does not
            raise CorruptSession(str(key)) from exc
        return rows[0] if rows else None
