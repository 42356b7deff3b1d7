"""How Redis keeps a session: what is in its hash and in its list of messages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

import msgspec

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
    right_of,
)
from itinerary_app.storage import scripts
from itinerary_app.storage.base import KeptVersion, NoPlan, Record
from itinerary_app.storage.codec import (
    dump_itinerary,
    load_itinerary,
    load_preferences,
)
from itinerary_app.storage.encryption import Encryption

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
PREFERENCE = "p:"  # before the names of preferences in the hash
OUTLINE = (
    "owner",
    "count",
    "created",
    "accessed",
    "idle",
    "ends",
    "companions",
    *(PREFERENCE + item.name for item in fields(Preferences)),
)


def micros(span: timedelta) -> int:
    return span // timedelta(microseconds=1)


@lru_cache(maxsize=4_096)  # the messages of a turn share theirs
def instant(micros: bytes) -> datetime:
    """The time so many microseconds after 1970 began."""
    return EPOCH + timedelta(microseconds=int(micros))


def instant_or_epoch(micros: bytes | None) -> datetime:
    """The same where it can be read, or when 1970 began."""
    try:
        return instant(micros or b"0")
    except (ValueError, OverflowError):
        return EPOCH


def stamp(message: Message) -> int:
    """When it was said, in microseconds after 1970 began."""
    assert message.created_at is not None
    return micros(message.created_at - EPOCH)


def plan_argument(
    encryption: Encryption, session_id: str, plan: Itinerary | NoPlan | None
) -> str:
    """As the script SAVE wants it."""
    if plan is None:
        return ""
    if isinstance(plan, NoPlan):
        return "-"
    return encryption.encrypt(session_id, "itinerary", dump_itinerary(plan))


def dump_message(message: Message) -> bytes:
    """A `storable` message, whose texts are clean already, but for the time."""
    said = message[:4]
    context = message.context
    return msgspec.json.encode(said if context is None else (*said, context))


class _Said(msgspec.Struct, array_like=True):
    role: Role
    content: str
    quick_replies: tuple[str, ...]
    turn_key: str | None
    context: dict[str, Any] | None = None


_SAID = msgspec.json.Decoder(list[_Said])


def load_messages(
    session_id: str, first: int, stored: Sequence[bytes], encryption: Encryption
) -> tuple[Message, ...]:
    kept = kept_messages(session_id, first, stored)
    return encryption.decrypt_messages(session_id, kept)


def kept_messages(
    session_id: str, first: int, stored: Sequence[bytes]
) -> list[Message]:
    """Each is kept as its time, a space and a JSON list; those are read as one."""
    try:
        halves = [message.split(b" ", 1) for message in stored]
        said = _SAID.decode(b"[%b]" % b",".join([text for _, text in halves]))
        return [
            Message(
                it.role,
                it.content,
                it.quick_replies,
                it.turn_key,
                seq,
                instant(micros),
                it.context,
            )
            for seq, (it, (micros, _)) in enumerate(
                zip(said, halves, strict=True), start=first
            )
        ]
    except (msgspec.MsgspecError, ValueError) as exc:
        raise CorruptSession(session_id) from exc


def dump_version(acts: str, way_back: str, record: Record | KeptVersion) -> str:
    """What the list of versions holds, but for the time."""
    numbers = msgspec.json.encode((record.restores, record.undone_from)).decode()
    return f"[{acts},{way_back},{numbers[1:]}"


_VERSION = msgspec.json.Decoder(tuple[msgspec.Raw, msgspec.Raw, int | None, int | None])


def load_versions(
    session_id: str, newest: int, stored: Sequence[bytes], encryption: Encryption
) -> list[KeptVersion]:
    """The newest first."""
    kept = kept_versions(session_id, newest, stored)
    return [encryption.decrypt_version(session_id, it) for it in kept]


def kept_versions(
    session_id: str, newest: int, stored: Sequence[bytes]
) -> list[KeptVersion]:
    """The newest first. Each is kept as its time, a space and a JSON list."""
    kept = []
    try:
        for number, version in zip(
            range(newest, 0, -1), reversed(stored), strict=False
        ):
            micros, values = version.split(b" ", 1)
            acts, way_back, *rest = _VERSION.decode(values)
            texts = bytes(acts).decode(), bytes(way_back).decode()
            kept.append(KeptVersion(number, *texts, instant(micros), *rest))
    except (msgspec.MsgspecError, ValueError) as exc:
        raise CorruptSession(session_id) from exc
    return kept


def kept_preferences(state: Mapping[bytes, bytes]) -> dict[str, Any]:
    """By name, as JSON values. Raises ValueError or MsgspecError."""
    return {
        name.decode().removeprefix(PREFERENCE): msgspec.json.decode(value)
        for name, value in state.items()
        if name.startswith(PREFERENCE.encode())
    }


def _preferences(
    session_id: str, state: Mapping[bytes, bytes], encryption: Encryption
) -> Preferences:
    told = encryption.decrypt_preferences(session_id, kept_preferences(state))
    return load_preferences(told, session_id)


_COMPANIONS = msgspec.json.Decoder(list[tuple[int, Right, int, str | None]])


def dump_companions(companions: Iterable[Companion]) -> str:
    """Each as number, right, when it was made (microseconds), hash (hexadecimal)."""
    return msgspec.json.encode(
        [
            (it.number, it.right, micros(it.since - EPOCH), _hex(it.owner_hash))
            for it in companions
        ]
    ).decode()


def _hex(owner_hash: bytes | None) -> str | None:
    return owner_hash.hex() if owner_hash else None


def _companions(state: Mapping[bytes, bytes]) -> tuple[Companion, ...]:
    """By number. Raises MsgspecError or ValueError."""
    kept = _COMPANIONS.decode(state.get(b"companions", b"[]"))
    found = (
        Companion(
            number,
            right,
            EPOCH + timedelta(microseconds=since),
            bytes.fromhex(owner) if owner else None,
        )
        for number, right, since, owner in kept
    )
    return tuple(sorted(found, key=lambda it: it.number))


def holders_of(companions: Iterable[Companion]) -> list[str]:
    """The hashes (hexadecimal) of those who have joined."""
    return [it.owner_hash.hex() for it in companions if it.owner_hash]


def holders_in(state: Mapping[bytes, bytes]) -> list[str]:
    """The same, with the owner's."""
    return [state[b"owner"].decode(), *holders_of(_companions(state))]


def right_in(state: Mapping[bytes, bytes], owner_hash: bytes) -> Right | None:
    """What this one may do; None for strangers, and where nobody can be told."""
    try:
        owner = bytes.fromhex(state[b"owner"].decode())
        return right_of(owner_hash, owner, _companions(state))
    except (KeyError, ValueError, msgspec.MsgspecError):
        return None


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
    session_id: str,
    state: Mapping[bytes, bytes],
    said: Sequence[bytes],
    encryption: Encryption,
) -> TripSession:
    """The session with these messages; CorruptSession when it cannot be read."""
    try:
        count = int(state[b"count"])
        plan = state.get(b"itinerary")
        if plan is not None:
            plan = encryption.decrypt(session_id, "itinerary", plan.decode()).encode()
        return TripSession(
            session_id=session_id,
            owner_hash=bytes.fromhex(state[b"owner"].decode()),
            version=int(state[b"version"]),
            preferences=_preferences(session_id, state, encryption),
            itinerary=load_itinerary(plan, session_id),
            conversation_history=load_messages(
                session_id, count - len(said) + 1, said, encryption
            ),
            message_count=count,
            clarifying_questions_count=int(state[b"questions"]),
            created_at=instant(state[b"created"]),
            last_accessed=instant(state[b"accessed"]),
            idle=timedelta(microseconds=int(state[b"idle"])),
            ends_at=instant(state[b"ends"]),
            plan_version=int(state.get(b"plan_version", 0)),
            companions=_companions(state),
        )
    except (KeyError, ValueError, msgspec.MsgspecError) as exc:
        raise CorruptSession(session_id) from exc


def load_summary(
    session_id: str, state: Mapping[bytes, bytes], encryption: Encryption
) -> TripSummary:
    """From the fields of OUTLINE; one that cannot be read says so."""
    planned = b"itinerary" in state
    try:
        return TripSummary(
            session_id=session_id,
            preferences=_preferences(session_id, state, encryption),
            message_count=int(state[b"count"]),
            has_itinerary=planned,
            created_at=instant(state[b"created"]),
            last_accessed=instant(state[b"accessed"]),
            idle=timedelta(microseconds=int(state[b"idle"])),
            ends_at=instant(state[b"ends"]),
        )
    except (KeyError, ValueError, msgspec.MsgspecError, CorruptSession):
        created, used, idle, ends = (
            instant_or_epoch(state.get(name))
            for name in (b"created", b"accessed", b"idle", b"ends")
        )
        times = created, used, idle - EPOCH, ends
        return TripSummary(session_id, Preferences(), 0, planned, *times, False)
