"""What storages keep: itineraries as versioned JSON, text that any storage can hold.

This form is ours to migrate and shares no code with the JSON that the web promises.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from itinerary_app.errors import CorruptSession, InvalidInput
from itinerary_app.model import (
    MAX_MESSAGE_CHARS,
    UNSTORABLE,
    Category,
    City,
    Day,
    Interest,
    Itinerary,
    Message,
    Pace,
    Place,
    Preferences,
    Stop,
    StopKind,
    TripSession,
)
from itinerary_app.storage.base import Changes

FORMAT = 1
MAX_TURN_KEY_CHARS = 200
MAX_TURN_MESSAGES = 1_000
MAX_ROWS = 2**31 - 1
MAX_SEQ = 2**62
OWNER_HASH_BYTES = 32
# Every load reads some twenty stops: a look-up costs a third of an enum's call.
_CATEGORIES = {item.value: item for item in Category}
_INTERESTS = {item.value: item for item in Interest}
_KINDS = {item.value: item for item in StopKind}
_UNSTORABLE = re.compile(UNSTORABLE)


def clean(text: str) -> str:
    """The text with U+FFFD for what PostgreSQL or UTF-8 cannot hold."""
    if text.isascii() and "\0" not in text:  # the quick way for most
        return text
    return _UNSTORABLE.sub("\ufffd", text)


def session_uuid(session_id: str) -> UUID | None:
    """The id as UUID, or None unless it is one in canonical form."""
    try:
        parsed = UUID(session_id)
    except (ValueError, AttributeError, TypeError):
        return None
    return parsed if str(parsed) == session_id else None


def check_limit(name: str, value: int, most: int = MAX_ROWS) -> None:
    """Raise InvalidInput for a number that is negative or beyond all storages."""
    if not 0 <= value <= most:
        raise InvalidInput(
            f"{name} must not be negative or above {most:,}, got {value}.", field=name
        )


def new_session_uuid(session_id: str | None, owner_hash: bytes) -> UUID:
    """The id for a new session; InvalidInput for what can be no id or no owner."""
    if len(owner_hash) != OWNER_HASH_BYTES:
        raise InvalidInput("An owner is told by a SHA-256 digest.", field="owner_hash")
    parsed = uuid4() if session_id is None else session_uuid(session_id)
    if parsed is None:
        raise InvalidInput("A session id is a UUID.", field="session_id")
    return parsed


def empty_session(session_id: str, owner_hash: bytes, now: datetime) -> TripSession:
    """What a new session is."""
    return TripSession(
        session_id=session_id,
        owner_hash=owner_hash,
        version=1,
        preferences=Preferences(),
        itinerary=None,
        conversation_history=(),
        message_count=0,
        clarifying_questions_count=0,
        created_at=now,
        last_accessed=now,
    )


def storable_preferences(changes: Changes) -> dict[str, Any]:
    """The merge patch as it will be kept; InvalidInput names the field at fault."""
    check_limit("questions", changes.questions, MAX_TURN_MESSAGES)
    Preferences().merged(changes.preferences)
    return {name: _cleaned(value) for name, value in changes.preferences.items()}


def storable(messages: Sequence[Message], turn_key: str | None) -> tuple[Message, ...]:
    """The messages as they will be kept; InvalidInput for a length out of bounds."""
    if turn_key is not None and not 0 < len(turn_key) <= MAX_TURN_KEY_CHARS:
        raise InvalidInput(
            f"A turn key has 1 to {MAX_TURN_KEY_CHARS} characters.", field="turn_key"
        )
    if turn_key is not None and not messages:
        raise InvalidInput("A turn key needs messages.", field="turn_key")
    check_limit("messages", len(messages), MAX_TURN_MESSAGES)
    key = None if turn_key is None else clean(turn_key)
    return tuple(_storable(message, key) for message in messages)


def _storable(message: Message, turn_key: str | None) -> Message:
    if not 0 < len(message.content) <= MAX_MESSAGE_CHARS:
        raise InvalidInput(
            f"A message has 1 to {MAX_MESSAGE_CHARS:,} characters, "
            f"not {len(message.content):,}.",
            field="content",
        )
    return Message(
        message.role,
        clean(message.content),
        tuple([clean(text) for text in message.quick_replies]),
        turn_key,
    )


def turn_positions(messages: Iterable[Message]) -> Iterator[int]:
    """The place of each message within its turn; 0 where it has no turn key."""
    before, position = None, 0
    for message in messages:
        same = message.turn_key is not None and message.turn_key == before
        position = position + 1 if same else 0
        before = message.turn_key
        yield position


def dump_json(value: Any) -> str:
    """Compact JSON of plain values, every text in it cleaned."""
    return json.dumps(_cleaned(value), ensure_ascii=False, separators=(",", ":"))


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {key: _cleaned(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_cleaned(item) for item in value]
    return value


def dump_itinerary(itinerary: Itinerary) -> str:
    """The itinerary as JSON text, its format version in `v`.

    Places and stops are lists in the order of their fields, without names: half the
    bytes to keep, and half the time to read.
    """
    city = itinerary.city
    return dump_json(
        {
            "v": FORMAT,
            "city": [city.id, city.name, city.country, city.lat, city.lon],
            "days": [
                {
                    "number": day.number,
                    "pace": day.pace,
                    "stops": [_dump_stop(stop) for stop in day.stops],
                }
                for day in itinerary.days
            ],
            "notes": itinerary.notes,
        }
    )


def storable_itinerary(itinerary: Itinerary) -> Itinerary:
    """The itinerary as it comes back from what keeps JSON."""
    kept = load_itinerary(json.loads(dump_itinerary(itinerary)), "")
    assert kept is not None
    return kept


def _dump_stop(stop: Stop) -> list[Any]:
    place = [getattr(stop.place, name) for name in Place.__slots__]
    return [*(getattr(stop, name) for name in Stop.__slots__[1:]), place]


def load_itinerary(data: Any, session_id: str) -> Itinerary | None:
    """The itinerary from parsed JSON; CorruptSession when it is none of ours."""
    if data is None:
        return None
    try:
        if data["v"] != FORMAT:
            raise ValueError(f"itinerary format {data['v']!r}")
        return Itinerary(
            city=City(*data["city"]),
            days=tuple(
                Day(
                    day["number"],
                    Pace(day["pace"]),
                    tuple(_load_stop(stop) for stop in day["stops"]),
                )
                for day in data["days"]
            ),
            notes=tuple(data["notes"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as exc:
        raise CorruptSession(session_id) from exc


def _load_stop(values: list[Any]) -> Stop:
    kind, arrive, leave, travel_minutes, travel_mode, reason, place = values
    id_, name, lat, lon, category, interests, *rest = place
    return Stop(
        Place(
            id_,
            name,
            lat,
            lon,
            _CATEGORIES[category],
            tuple([_INTERESTS[value] for value in interests]),
            *rest,
        ),
        _KINDS[kind],
        arrive,
        leave,
        travel_minutes,
        travel_mode,
        reason,
    )


def load_preferences(data: Any, session_id: str) -> Preferences:
    """The preferences from parsed JSON; CorruptSession when they are none."""
    try:
        return Preferences.from_dict(data)
    except (InvalidInput, TypeError, AttributeError) as exc:
        raise CorruptSession(session_id) from exc
