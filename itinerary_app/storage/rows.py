"""Rows of PostgreSQL as values, and values as parameters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from itinerary_app.errors import CorruptSession
from itinerary_app.model import (
    Companion,
    Itinerary,
    Message,
    Preferences,
    Right,
    Role,
    TripSession,
    TripSummary,
)
from itinerary_app.storage import statements
from itinerary_app.storage.base import NoPlan, Record
from itinerary_app.storage.codec import (
    dump_itinerary,
    dump_json,
    json_or_none,
    load_itinerary,
    load_preferences,
)
from itinerary_app.storage.encryption import Encryption
from itinerary_app.storage.pool import Row

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ROLES = {role.value: role for role in Role}


# What triggers and views read (migrations 0003, 0006), so that it is never encrypted.
READ_BY_SQL = ("city", "duration_days", "pace", "budget", "interests", "shared")


def session_of(session_id: str, row: Row, encryption: Encryption) -> TripSession:
    """From the columns of LOAD; CorruptSession when they cannot be read."""
    value = dict(zip(statements.LOAD_COLUMNS, row, strict=True))
    said = zip(*(value[name] or () for name in statements.MESSAGE_ARRAYS), strict=True)
    try:
        history = [message_of(message) for message in sorted(said)]
    except (KeyError, TypeError, ValueError) as exc:
        raise CorruptSession(session_id) from exc
    told = encryption.decrypt_preferences(session_id, value["preferences"])
    plan = value["itinerary"]
    if plan is not None:
        plan = encryption.decrypt(session_id, "itinerary", plan)
    return TripSession(
        session_id=session_id,
        owner_hash=value["owner_hash"],
        version=value["version"],
        preferences=load_preferences(told, session_id),
        itinerary=load_itinerary(plan, session_id),
        conversation_history=encryption.decrypt_messages(session_id, history),
        message_count=value["message_count"],
        clarifying_questions_count=value["clarifying_questions_count"],
        created_at=value["created_at"],
        last_accessed=value["last_accessed"],
        idle=value["idle_timeout"],
        ends_at=value["ends_at"],
        plan_version=value["plan_version"],
        companions=_companions(value["companions"] or ()),
    )


def _companions(rows: Iterable[Sequence[Any]]) -> tuple[Companion, ...]:
    """From COMPANIONS, by number."""
    found = (
        Companion(
            number,
            Right(right),
            EPOCH + timedelta(microseconds=since),
            owner and bytes.fromhex(owner),
        )
        for number, right, since, owner in rows
    )
    return tuple(sorted(found, key=lambda it: it.number))


def accompanied(companions: Sequence[Companion]) -> dict[str, Any]:
    """The parameters of a save for these companions."""
    return {
        "numbers": [it.number for it in companions],
        "rights": [it.right.value for it in companions],
        "since": [it.since for it in companions],
        "hashes": [it.owner_hash for it in companions],
    }


def summary_of(row: Row, encryption: Encryption) -> TripSummary:
    """From the columns of LIST; one that cannot be read says so."""
    key, told, count, planned, created, used, idle, ends_at, right = row
    session_id = str(key)
    try:
        told = encryption.decrypt_preferences(session_id, told)
        preferences, readable = load_preferences(told, session_id), True
    except CorruptSession:
        preferences, readable = Preferences(), False
    times = created, used, idle, ends_at
    return TripSummary(
        session_id, preferences, count, planned, *times, readable, Right(right)
    )


def message_of(row: Sequence[Any]) -> Message:
    """From the columns of MESSAGE."""
    seq, role, content, quick_replies, turn_key, created_at, context = row
    return Message(
        ROLES[role],
        content,
        tuple(quick_replies or ()),
        turn_key,
        seq,
        created_at,
        context,
    )


def said(messages: Iterable[Message]) -> dict[str, Any]:
    """The parameters of a save for these messages."""
    parameters: dict[str, Any] = {}
    user_messages = 0
    for place, it in enumerate(messages):
        user_messages += it.role is Role.USER
        parameters |= {
            f"role_{place}": it.role.value,
            f"content_{place}": it.content,
            f"quick_replies_{place}": json_or_none(it.quick_replies or None),
            f"context_{place}": json_or_none(it.context),
            "turn_key": it.turn_key,
        }
    return parameters | {"user_messages": user_messages}


def stated(
    session_id: str,
    preferences: Mapping[str, Any],
    plan: Itinerary | NoPlan | None,
    encryption: Encryption,
) -> dict[str, str]:
    """The parameters of a save for what of these changes."""
    parameters = {}
    if preferences:
        told = encryption.encrypt_preferences(session_id, preferences)
        parameters["preferences"] = dump_json(told)
    if isinstance(plan, Itinerary):
        text = dump_itinerary(plan)
        parameters["itinerary"] = encryption.encrypt(session_id, "itinerary", text)
    return parameters


def recorded(
    session_id: str, record: Record, acts: str, back: str, encryption: Encryption
) -> dict[str, Any]:
    """The parameters of a save for the version that it makes."""
    number = record.before.plan_version + 1
    acts, back = encryption.encrypt_version(session_id, number, acts, back)
    return {
        "acts": acts,
        "way_back": back,
        "restores": record.restores,
        "undone_from": record.undone_from,
    }
