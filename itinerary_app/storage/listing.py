"""A page of an owner's list of sessions: the newest first, ties by id."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from itinerary_app.errors import InvalidInput
from itinerary_app.storage.base import ListCursor
from itinerary_app.storage.codec import check_limit, session_uuid

Found = TypeVar("Found")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def check_page(after: ListCursor | None, limit: int) -> None:
    """Raise InvalidInput for a limit that cannot be, or what is no cursor."""
    check_limit("limit", limit)
    if after and not (after.created_at.tzinfo and session_uuid(after.session_id)):
        raise InvalidInput("This is no place in a list of sessions.", field="after")


def page(
    found: Iterable[Found],
    cursor_of: Callable[[Found], ListCursor],
    after: ListCursor | None,
    limit: int,
) -> list[Found]:
    """The first `limit` of all that are behind `after`."""
    placed = [(_place(cursor_of(it)), it) for it in found]
    first = after and _place(after)
    behind = [it for it in placed if not first or it[0] > first]
    return [it for _, it in sorted(behind, key=lambda it: it[0])[:limit]]


def _place(cursor: ListCursor) -> tuple[timedelta, str]:
    return _EPOCH - cursor.created_at, cursor.session_id
