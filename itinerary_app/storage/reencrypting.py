"""One session of PostgreSQL, encrypted anew under the first key."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

import psycopg

from itinerary_app.storage import statements
from itinerary_app.storage.acting import acting
from itinerary_app.storage.base import KeptVersion
from itinerary_app.storage.codec import dump_json, json_or_none
from itinerary_app.storage.encryption import Encryption
from itinerary_app.storage.pool import Pool, Row
from itinerary_app.storage.rows import message_of


def reencrypted(pool: Pool, encryption: Encryption, key: UUID) -> bool | None:
    """Whether anything of it had to be written; None when it is gone.

    One transaction: until it ends nobody else writes to the session.
    """
    wanted = {"session_id": key}

    def work(cursor: psycopg.Cursor[Row]) -> bool | None:
        with cursor.connection.transaction():
            cursor.execute(statements.REENCRYPTING, acting.get()._asdict())
            row = cursor.execute(statements.HOLD, wanted).fetchone()
            if row is None:
                return None
            messages = cursor.execute(statements.SAID, wanted).fetchall()
            versions = cursor.execute(statements.KEPT_VERSIONS, wanted).fetchall()
            changes = [
                *_state(encryption, str(key), row),
                *_messages(encryption, str(key), messages),
                *_versions(encryption, str(key), versions),
            ]
            for statement, values in changes:
                cursor.execute(statement, {**wanted, **values})
        return bool(changes)

    return pool.use(work, repeatable=True)


Changes = Iterator[tuple[str, Mapping[str, Any]]]  # statements and their values


def _state(encryption: Encryption, session_id: str, row: Row) -> Changes:
    preferences, plan = row
    told = encryption.renew_preferences(session_id, preferences)
    if told != preferences:
        yield statements.PUT_PREFERENCES, {"preferences": dump_json(told)}
    if plan is not None:
        text = encryption.renew(session_id, "itinerary", plan)
        if text != plan:
            yield statements.PUT_ITINERARY, {"itinerary": text}


def _messages(encryption: Encryption, session_id: str, rows: list[Row]) -> Changes:
    for old in map(message_of, rows):
        new = encryption.renew_message(session_id, old)
        if new != old:
            yield (
                statements.PUT_MESSAGE,
                {
                    "seq": new.seq,
                    "content": new.content,
                    "quick_replies": json_or_none(new.quick_replies or None),
                    "context": json_or_none(new.context),
                },
            )


def _versions(encryption: Encryption, session_id: str, rows: list[Row]) -> Changes:
    for old in itertools.starmap(KeptVersion, rows):
        new = encryption.renew_version(session_id, old)
        if new != old:
            yield statements.DROP_VERSION, {"number": new.number}
            yield statements.PUT_VERSION, new._asdict()
