"""A session whole, as it was copied, into PostgreSQL."""

from __future__ import annotations

import uuid

import psycopg

from itinerary_app.model import Role
from itinerary_app.storage import statements
from itinerary_app.storage.acting import acting
from itinerary_app.storage.base import Snapshot
from itinerary_app.storage.codec import (
    dump_itinerary,
    dump_json,
    json_or_none,
    turn_positions,
)
from itinerary_app.storage.encryption import Encryption
from itinerary_app.storage.pool import Pool, Row


def restored(pool: Pool, encryption: Encryption, snapshot: Snapshot) -> bool:
    """Whether it was written: not where the same or a later version is kept already."""
    session = snapshot.session
    session_id = session.session_id
    key = uuid.UUID(session_id)
    said = session.conversation_history
    plan = session.itinerary and encryption.encrypt(
        session_id, "itinerary", dump_itinerary(session.itinerary)
    )
    told = encryption.encrypt_preferences(session_id, session.preferences.to_dict())
    parameters = {
        "session_id": key,
        "owner_hash": session.owner_hash,
        "version": session.version,
        "preferences": dump_json(told),
        "itinerary": plan,
        "questions": session.clarifying_questions_count,
        "plan_version": session.plan_version,
        "count": session.message_count,
        "user_messages": sum(it.role is Role.USER for it in said),
        "created_at": session.created_at,
        "last_accessed": session.last_accessed,
        "idle": session.idle,
        "ends_at": session.ends_at,
    }
    rows = [
        (
            key,
            it.seq,
            it.role.value,
            it.content,
            json_or_none(it.quick_replies or None),
            it.turn_key,
            position,
            it.created_at,
            json_or_none(it.context),
        )
        for it, position in zip(
            [encryption.encrypt_message(session_id, it) for it in said],
            turn_positions(said),
            strict=True,
        )
    ]
    versions = [
        (
            key,
            it.number,
            *encryption.encrypt_version(session_id, it.number, it.acts, it.way_back),
            it.created_at,
            it.restores,
            it.undone_from,
        )
        for it in snapshot.versions
    ]
    companions = [
        (key, it.number, it.right.value, it.since, it.owner_hash)
        for it in session.companions
    ]

    def write(cursor: psycopg.Cursor[Row]) -> bool:
        with cursor.connection.transaction():
            cursor.execute(statements.MOVED, acting.get()._asdict())
            cursor.execute(statements.MAKE_ROOM, parameters)
            written = cursor.execute(statements.RESTORE, parameters).fetchone()
            if written and rows:
                cursor.executemany(statements.RESTORE_MESSAGE, rows)
            if written and versions:
                cursor.executemany(statements.RESTORE_VERSION, versions)
            if written and companions:
                cursor.executemany(statements.RESTORE_COMPANION, companions)
        return written is not None

    return pool.use(write, repeatable=True)
