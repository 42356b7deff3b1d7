"""What storages keep: itineraries as versioned JSON, text that any storage can hold.

This form is ours to migrate and shares no code with the JSON that the web promises.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from itinerary_app.errors import CorruptSession, InvalidInput
from itinerary_app.model import (
    MAX_MESSAGE_CHARS,
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
)

FORMAT = 1
MAX_TURN_KEY_CHARS = 200
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


def clean(text: str) -> str:
    """The text with U+FFFD for what PostgreSQL or UTF-8 cannot hold."""
    return _UNSTORABLE.sub("\ufffd", text)


def session_uuid(session_id: str) -> UUID | None:
    """The id as UUID, or None unless it is one in canonical form."""
    try:
        parsed = UUID(session_id)
    except (ValueError, AttributeError, TypeError):
        return None
    return parsed if str(parsed) == session_id else None


def check_limit(name: str, value: int) -> None:
    """Raise InvalidInput for a negative number of rows."""
    if value < 0:
        raise InvalidInput(f"{name} must not be negative, got {value}.", field=name)


def storable(messages: Sequence[Message], turn_key: str | None) -> tuple[Message, ...]:
    """The messages as they will be kept; InvalidInput for a length out of bounds."""
    if turn_key is not None and not 0 < len(turn_key) <= MAX_TURN_KEY_CHARS:
        raise InvalidInput(
            f"A turn key has 1 to {MAX_TURN_KEY_CHARS} characters.", field="turn_key"
        )
    key = None if turn_key is None else clean(turn_key)
    return tuple(_storable(message, key) for message in messages)


def _storable(message: Message, turn_key: str | None) -> Message:
    if not 0 < len(message.content) <= MAX_MESSAGE_CHARS:
        raise InvalidInput(
            f"A message has 1 to {MAX_MESSAGE_CHARS:,} characters, "
            f"not {len(message.content):,}.",
            field="content",
        )
    return replace(
        message,
        content=clean(message.content),
        quick_replies=tuple(clean(text) for text in message.quick_replies),
        turn_key=turn_key,
    )


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
    """The itinerary as JSON text, its format version in `v`."""
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


def _dump_stop(stop: Stop) -> dict[str, Any]:
    place = stop.place
    return {
        "kind": stop.kind,
        "arrive": stop.arrive,
        "leave": stop.leave,
        "travel": [stop.travel_minutes, stop.travel_mode],
        "reason": stop.reason,
        "place": {name: getattr(place, name) for name in Place.__slots__},
    }


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


def _load_stop(data: dict[str, Any]) -> Stop:
    place = dict(data["place"])
    place["category"] = Category(place["category"])
    place["interests"] = tuple(Interest(value) for value in place["interests"])
    travel_minutes, travel_mode = data["travel"]
    return Stop(
        place=Place(**place),
        kind=StopKind(data["kind"]),
        arrive=data["arrive"],
        leave=data["leave"],
        travel_minutes=travel_minutes,
        travel_mode=travel_mode,
        reason=data["reason"],
    )


def load_preferences(data: Any, session_id: str) -> Preferences:
    """The preferences from parsed JSON; CorruptSession when they are none."""
    try:
        return Preferences.from_dict(data)
    except (InvalidInput, TypeError, AttributeError) as exc:
        raise CorruptSession(session_id) from exc
