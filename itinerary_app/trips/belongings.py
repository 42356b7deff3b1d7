"""All that is kept of a traveller: taken away as JSON, or erased."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields, is_dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Any

from itinerary_app.errors import CorruptSession, SessionNotFound, VersionConflict
from itinerary_app.model import Right, TripSummary
from itinerary_app.storage.base import (
    MAX_LISTED_TRIPS,
    MAX_VERSIONS,
    Changes,
    ListCursor,
    SessionStorage,
)
from itinerary_app.storage.codec import itinerary_json


def belongings(
    storage: SessionStorage, owner_hash: bytes, session_id: str | None = None
) -> list[dict[str, Any]]:
    """Each trip of the owner as JSON objects, last used first, or the one with this id:
    what was wished, said, planned and changed. It does not count as use.

    `opening.read` reads them again.
    """
    own = (it for it in listed_trips(storage, owner_hash) if it.right is Right.OWN)
    return list(
        _trips(storage, [it for it in own if session_id in (None, it.session_id)])
    )


def companionships(storage: SessionStorage, holder: bytes) -> list[dict[str, Any]]:
    """The trips of others that he may look at or edit."""
    return [
        {"session_id": it.session_id, "right": it.right.value}
        for it in listed_trips(storage, holder)
        if it.right is not Right.OWN
    ]


def listed_trips(storage: SessionStorage, owner_hash: bytes) -> list[TripSummary]:
    """All trips of the owner, last used first, ties by id."""
    found = page = storage.list_sessions(owner_hash)
    while len(page) == MAX_LISTED_TRIPS:
        page = storage.list_sessions(owner_hash, after=ListCursor.of(page[-1]))
        found = [*found, *page]
    found.sort(key=lambda trip: trip.session_id)
    return sorted(found, key=lambda trip: trip.last_accessed, reverse=True)


def erase(storage: SessionStorage, owner_hash: bytes) -> int:
    """Delete all trips of the owner, for good; how many there were. He is no companion
    any more.
    """
    count = 0
    while trips := storage.list_sessions(owner_hash):
        for trip in trips:
            if trip.right is Right.OWN:
                count += storage.delete_session(trip.session_id)
            else:
                _leave(storage, trip.session_id, owner_hash)
    return count


def _leave(storage: SessionStorage, session_id: str, holder: bytes) -> None:
    """What the holder cannot leave just now he finds in his list again."""
    with suppress(SessionNotFound, VersionConflict):
        trip = storage.get_session(session_id, history=0, touch=False)
        if trip:
            others = tuple(it for it in trip.companions if it.owner_hash != holder)
            changes = Changes(companions=others)
            storage.update_session(session_id, changes, expected_version=trip.version)


def _trips(
    storage: SessionStorage, listed: Iterable[TripSummary]
) -> Iterator[dict[str, Any]]:
    for it in listed:
        key = it.session_id
        try:
            trip = storage.get_session(key, history=it.message_count, touch=False)
        except CorruptSession as exc:
            yield {"session_id": key, "error": str(exc)}
            continue
        if trip is None:
            continue
        told = _plain(trip)
        del told["owner_hash"]  # stands for the secret, and is of use to nobody else
        for companion in told["companions"]:
            companion["joined"] = companion.pop("owner_hash") is not None
        told["preferences"] = trip.preferences.to_dict()
        told["plan"] = itinerary_json(trip.itinerary)  # again, to be opened by programs
        told["versions"] = _plain(storage.versions(trip.session_id, limit=MAX_VERSIONS))
        yield told


def _plain(value: Any) -> Any:
    """The value in what JSON has."""
    match value:
        case Enum():
            return value.value
        case date() | datetime():
            return value.isoformat()
        case timedelta():
            return value.total_seconds()
        case Mapping():
            return {str(key): _plain(it) for key, it in value.items()}
        case tuple() if hasattr(value, "_asdict"):
            return _plain(value._asdict())
        case Sequence() if not isinstance(value, str | bytes):
            return [_plain(it) for it in value]
        case _ if is_dataclass(value):
            return {it.name: _plain(getattr(value, it.name)) for it in fields(value)}
        case _:
            return value
