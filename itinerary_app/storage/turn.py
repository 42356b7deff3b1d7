"""A turn as PostgreSQL takes it quickest: a row for the view `turns` (migration 0015).

Its trigger saves it whole and records it by one event. What else a write may hold goes
by statements.save, whose tables each have triggers of the audit trail.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any
from uuid import UUID

from itinerary_app.model import Message
from itinerary_app.storage.base import NO_PLAN, Changes
from itinerary_app.storage.codec import json_or_none

# The columns of a turn's messages, each as role, content, quick_replies, context.
MESSAGES = (
    ("role", "content", "quick_replies", "context"),
    ("answer_role", "answer", "answer_quick_replies", "answer_context"),
)


def holds(changes: Changes, messages: Sequence[Message]) -> bool:
    """Whether a row can say all of it: what changes, but for counters, is recorded."""
    return (
        0 < len(messages) <= len(MESSAGES)
        and changes.expiry is None
        and changes.companions is None
        and changes.itinerary is not NO_PLAN
        and (
            changes.record is not None
            or not (changes.preferences or changes.itinerary is not None)
        )
    )


def row(
    session_id: UUID,
    questions: int,
    expected_version: int | None,
    messages: Sequence[Message],
) -> dict[str, Any]:
    """The columns of a turn, without what it changes."""
    columns: dict[str, Any] = {"session_id": session_id, "questions": questions}
    if expected_version is not None:
        columns["expected_version"] = expected_version
    if messages[0].turn_key is not None:
        columns["turn_key"] = messages[0].turn_key
    for (role, content, quick_replies, context), it in zip(
        MESSAGES, messages, strict=False
    ):
        columns[role] = it.role.value
        columns[content] = it.content
        if it.quick_replies:
            columns[quick_replies] = json_or_none(it.quick_replies)
        if it.context is not None:
            columns[context] = json_or_none(it.context)
    return columns


@cache
def statement(columns: tuple[str, ...]) -> str:
    """The statement for these columns, who acts besides; each is sent once it is known.

    No row comes back when the session is gone, or its version another than expected.
    """
    names = (*columns, "actor", "request_id")
    return (
        f"INSERT INTO turns ({', '.join(names)}) "
        f"VALUES ({', '.join(f'%({name})s' for name in names)}) "
        "RETURNING version, message_count, saved_at"
    )
