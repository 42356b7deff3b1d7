"""Rows of PostgreSQL as values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from itinerary_app.errors import CorruptSession
from itinerary_app.model import Message, Role, TripSession
from itinerary_app.storage import statements
from itinerary_app.storage.codec import load_itinerary, load_preferences
from itinerary_app.storage.pool import Row

ROLES = {role.value: role for role in Role}


def session_of(session_id: str, row: Row) -> TripSession:
    """From the columns of LOAD; CorruptSession when they cannot be read."""
    value = dict(zip(statements.LOAD_COLUMNS, row, strict=True))
    said = zip(*(value[name] or () for name in statements.MESSAGE_ARRAYS), strict=True)
    try:
        history = tuple([message_of(message) for message in sorted(said)])
    except (KeyError, TypeError, ValueError) as exc:
        raise CorruptSession(session_id) from exc
    return TripSession(
        session_id=session_id,
        owner_hash=value["owner_hash"],
        version=value["version"],
        preferences=load_preferences(value["preferences"], session_id),
        itinerary=load_itinerary(value["itinerary"], session_id),
        conversation_history=history,
        message_count=value["message_count"],
        clarifying_questions_count=value["clarifying_questions_count"],
        created_at=value["created_at"],
        last_accessed=value["last_accessed"],
        plan_version=value["plan_version"],
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
