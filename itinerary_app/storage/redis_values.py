"""How Redis keeps a session: what is in its hash and in its list of messages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from functools import lru_cache

import msgspec

from itinerary_app.errors import CorruptSession
from itinerary_app.model import Message, Preferences, Role, TripSession, TripSummary
from itinerary_app.storage import scripts
from itinerary_app.storage.codec import load_itinerary, load_preferences

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
PREFERENCE = "p:"  # before the names of preferences in the hash
OUTLINE = (
    "owner",
    "count",
    "created",
    "accessed",
    *(PREFERENCE + item.name for item in fields(Preferences)),
)


def micros(span: timedelta) -> int:
    return span // timedelta(microseconds=1)


@lru_cache(maxsize=4_096)  # the messages of a turn share theirs
def instant(micros: bytes) -> datetime:
    """The time so many microseconds after 1970 began."""
    return EPOCH + timedelta(microseconds=int(micros))


def stamp(message: Message) -> int:
    """When it was said, in microseconds after 1970 began."""
    assert message.created_at is not None
    return micros(message.created_at - EPOCH)


def dump_message(message: Message) -> bytes:
    """A `storable` message, whose texts are clean already."""
    return msgspec.json.encode(message[:4])


_SAID = msgspec.json.Decoder(list[tuple[Role, str, tuple[str, ...], str | None]])


def load_messages(
    session_id: str, first: int, stored: Sequence[bytes]
) -> list[Message]:
    """Each is kept as its time, a space and a JSON list; those are read as one."""
    try:
        halves = [message.split(b" ", 1) for message in stored]
        said = _SAID.decode(b"[%b]" % b",".join([text for _, text in halves]))
        return [
            Message(*values, seq, instant(micros))
            for seq, (values, (micros, _)) in enumerate(
                zip(said, halves, strict=True), start=first
            )
        ]
    except (msgspec.MsgspecError, ValueError) as exc:
        raise CorruptSession(session_id) from exc


def _preferences(session_id: str, state: Mapping[bytes, bytes]) -> Preferences:
    told = {
        name.decode().removeprefix(PREFERENCE): msgspec.json.decode(value)
        for name, value in state.items()
        if name.startswith(PREFERENCE.encode())
    }
    return load_preferences(told, session_id)


def is_touch_due(session_id: str, state: Mapping[bytes, bytes], lives: int) -> bool:
    """Whether a minute has passed since the last access, by the server's clock: it
    tells how long the session `lives` (milliseconds), which tells what time it is.
    """
    times = (b"accessed", b"idle", b"ends")
    try:
        accessed, idle, ends = (int(state[name]) for name in times)
    except (KeyError, ValueError) as exc:
        raise CorruptSession(session_id) from exc
    expires = min(accessed + idle + scripts.TOUCH, ends)
    return expires - lives * 1_000 - accessed > scripts.TOUCH


def load_session(
    session_id: str, state: Mapping[bytes, bytes], said: Sequence[bytes]
) -> TripSession:
    """The session with these messages; CorruptSession when it cannot be read."""
    try:
        count = int(state[b"count"])
        return TripSession(
            session_id=session_id,
            owner_hash=bytes.fromhex(state[b"owner"].decode()),
            version=int(state[b"version"]),
            preferences=_preferences(session_id, state),
            itinerary=load_itinerary(state.get(b"itinerary"), session_id),
            conversation_history=tuple(
                load_messages(session_id, count - len(said) + 1, said)
            ),
            message_count=count,
            clarifying_questions_count=int(state[b"questions"]),
            created_at=instant(state[b"created"]),
            last_accessed=instant(state[b"accessed"]),
        )
    except (KeyError, ValueError, msgspec.MsgspecError) as exc:
        raise CorruptSession(session_id) from exc


def load_summary(session_id: str, state: Mapping[bytes, bytes]) -> TripSummary:
    """From the fields of OUTLINE; CorruptSession when they cannot be read."""
    try:
        return TripSummary(
            session_id=session_id,
            preferences=_preferences(session_id, state),
            message_count=int(state[b"count"]),
            has_itinerary=b"itinerary" in state,
            created_at=instant(state[b"created"]),
            last_accessed=instant(state[b"accessed"]),
        )
    except (KeyError, ValueError, msgspec.MsgspecError) as exc:
        raise CorruptSession(session_id) from exc
