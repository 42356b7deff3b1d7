"""What storages keep: itineraries as versioned JSON, text that any storage can hold.

This form is ours to migrate and shares no code with the JSON that the web promises.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Literal
from uuid import UUID, uuid4

import msgspec

from itinerary_app.catalogue.renamed import renamed as ids_of_now
from itinerary_app.errors import CorruptSession, InvalidInput
from itinerary_app.model import (
    MAX_MESSAGE_CHARS,
    UNSTORABLE,
    City,
    Companion,
    Day,
    Itinerary,
    Message,
    Preferences,
    Right,
    Role,
    Stage,
    Stop,
    TripSession,
)
from itinerary_app.storage.base import (
    MAX_COMPANIONS,
    MAX_LIFETIME,
    Changes,
    Expiry,
    NoPlan,
)

UUID_CHARS = 36  # with its hyphens
MAX_TURN_KEY_CHARS = 200
MAX_TURN_MESSAGES = 1_000
MAX_ROWS = 2**31 - 1
MAX_SEQ = 2**62
MAX_QUICK_REPLIES = 16  # of a message; together as long as one, as each may be sent
MAX_CONTEXT_BYTES = 8_192
MAX_ACTS_BYTES = 32_768
MAX_PLAN_BYTES = 2**20  # 30 days of 30 stops have half of it
MAX_JSON_DEPTH = 32
OWNER_HASH_BYTES = 32
_UNSTORABLE = re.compile(UNSTORABLE)


def clean(text: str) -> str:
    """The text with U+FFFD for what PostgreSQL or UTF-8 cannot hold."""
    if text.isascii() and "\0" not in text:  # the quick way for most
        return text
    return _UNSTORABLE.sub("\ufffd", text)


def session_uuid(session_id: str) -> UUID | None:
    """The id as UUID, or None unless it is one in canonical form."""
    if not isinstance(session_id, str) or len(session_id) != UUID_CHARS:
        return None
    return _parsed_uuid(session_id)


@lru_cache(maxsize=1024)  # a turn asks for its own a few times
def _parsed_uuid(session_id: str) -> UUID | None:
    try:
        parsed = UUID(session_id)
    except ValueError:
        return None
    return parsed if str(parsed) == session_id else None


def check_limit(name: str, value: int, most: int = MAX_ROWS) -> None:
    """Raise InvalidInput for a number that is negative or beyond all storages."""
    if not 0 <= value <= most:
        raise InvalidInput(
            f"{name} must not be negative or above {most:,}, got {value}.", field=name
        )


def check_owner(owner_hash: bytes) -> None:
    """Raise InvalidInput for what can be no owner."""
    if len(owner_hash) != OWNER_HASH_BYTES:
        raise InvalidInput("An owner is told by a SHA-256 digest.", field="owner_hash")


def new_session_uuid(session_id: str | None, owner_hash: bytes) -> UUID:
    """The id for a new session; InvalidInput for what can be no id or no owner."""
    check_owner(owner_hash)
    parsed = uuid4() if session_id is None else session_uuid(session_id)
    if not parsed or not parsed.int:  # lists begin behind the nil UUID
        raise InvalidInput("A session id is a UUID, but not nil.", field="session_id")
    return parsed


def check_expiry(expiry: Expiry | None) -> None:
    """Raise InvalidInput for one that no session can have."""
    if expiry and not timedelta() < expiry.idle <= expiry.lifetime <= MAX_LIFETIME:
        raise InvalidInput(
            f"A session lives {MAX_LIFETIME.days:,} days at most, and not without "
            "being used for longer than that.",
            field="expiry",
        )


def check_companions(companions: Sequence[Companion]) -> None:
    """Raise InvalidInput for those that no session can have."""
    numbers = {it.number for it in companions}
    hashes = [it.owner_hash for it in companions if it.owner_hash is not None]
    if (
        len(companions) > MAX_COMPANIONS
        or len(numbers) < len(companions)
        or len({*hashes}) < len(hashes)
        or not all(0 < number <= MAX_ROWS for number in numbers)
        or any(it.right is Right.OWN or not it.since.tzinfo for it in companions)
    ):
        raise InvalidInput(
            f"A trip has at most {MAX_COMPANIONS} companions and invitations, each "
            "companion once.",
            field="companions",
        )
    for it in hashes:
        check_owner(it)


def renamed(
    companions: Sequence[Companion], owner_hash: bytes, new_hash: bytes
) -> tuple[Companion, ...]:
    """With the new hash for the one before, if it is among them."""
    return tuple(
        it._replace(owner_hash=new_hash) if it.owner_hash == owner_hash else it
        for it in companions
    )


def empty_session(
    session_id: str, owner_hash: bytes, now: datetime, expiry: Expiry
) -> TripSession:
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
        idle=expiry.idle,
        ends_at=now + expiry.lifetime,
    )


def storable_preferences(changes: Changes) -> dict[str, Any]:
    """The merge patch as it will be kept; InvalidInput names the field at fault."""
    check_limit("questions", changes.questions, MAX_TURN_MESSAGES)
    check_expiry(changes.expiry)
    check_companions(changes.companions or ())
    return Preferences.normalized(_cleaned(dict(changes.preferences)))


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
    replies = message.quick_replies
    if len(replies) > MAX_QUICK_REPLIES or sum(map(len, replies)) > MAX_MESSAGE_CHARS:
        raise InvalidInput(
            f"A message has at most {MAX_QUICK_REPLIES} quick replies, of "
            f"{MAX_MESSAGE_CHARS:,} characters together.",
            field="quick_replies",
        )
    try:
        role = Role(message.role)
    except ValueError as exc:
        roles = " or ".join(Role)
        raise InvalidInput(f"A message's role is {roles}.", field="role") from exc
    return Message(
        role,
        clean(message.content),
        tuple([clean(text) for text in replies]),
        turn_key,
        context=None if message.context is None else _storable_context(message.context),
    )


def _storable_context(context: Mapping[str, Any]) -> dict[str, Any]:
    if not isinstance(context, Mapping):
        raise InvalidInput("A message's context is a JSON object.", field="context")
    text = dump_given_json("context", dict(context), MAX_CONTEXT_BYTES)
    kept: dict[str, Any] = msgspec.json.decode(text)
    return kept


def dump_given_json(name: str, value: Any, most: int) -> str:
    """JSON text of what a caller gave; InvalidInput for what is none, or too much."""
    try:
        text = dump_json(_bounded(value, MAX_JSON_DEPTH))
    except (TypeError, ValueError, OverflowError) as exc:
        raise InvalidInput(f"{name} must be JSON: {exc}.", field=name) from exc
    if len(text.encode()) > most:
        raise InvalidInput(f"{name} must have at most {most:,} bytes.", field=name)
    return text


def _bounded(value: Any, depth: int) -> Any:
    """The value, if it is nested less deeply than a reader might refuse."""
    if isinstance(value, (Mapping, list, tuple)):
        if not depth:
            raise ValueError(f"nested more than {MAX_JSON_DEPTH} deep")
        for item in value.values() if isinstance(value, Mapping) else value:
            _bounded(item, depth - 1)
    return value


def turn_positions(messages: Iterable[Message]) -> Iterator[int]:
    """The place of each message within its turn; 0 where it has no turn key."""
    before, position = None, 0
    for message in messages:
        same = message.turn_key is not None and message.turn_key == before
        position = position + 1 if same else 0
        before = message.turn_key
        yield position


def json_or_none(value: Any) -> str | None:
    """None is no JSON: the column has null."""
    return None if value is None else dump_json(value)


def dump_json(value: Any) -> str:
    """Compact JSON of plain values, every text in it cleaned."""
    try:
        text = msgspec.json.encode(value)
        odd = b"\\u0000" in text
    except UnicodeEncodeError:  # lone surrogates
        odd = True
    return (msgspec.json.encode(_cleaned(value)) if odd else text).decode()


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {_cleaned(key): _cleaned(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_cleaned(item) for item in value]
    return value


class _Plan(msgspec.Struct):
    """An itinerary as it is kept. Its named tuples become lists, without names: half
    the bytes to keep, and half the time to read.
    """

    v: Literal[1]
    city: City
    days: tuple[Day, ...]
    notes: tuple[str, ...]
    stages: tuple[Stage, ...] = ()


_PLAN = msgspec.json.Decoder(_Plan)
_PLACE = Stop._fields.index("place")


def storable_itinerary(
    itinerary: Itinerary | NoPlan | None,
) -> Itinerary | NoPlan | None:
    """The itinerary as it comes back from what keeps JSON.

    InvalidInput for one that could not be read again.
    """
    if not isinstance(itinerary, Itinerary):
        return itinerary
    built = _built(itinerary)
    try:
        text = msgspec.json.encode(built)
        odd = b"\\u0000" in text
    except UnicodeEncodeError:  # lone surrogates
        odd = True
    if odd:
        text = dump_json(built).encode()
    if len(text) > MAX_PLAN_BYTES:
        raise InvalidInput(
            f"An itinerary has at most {MAX_PLAN_BYTES:,} bytes.", field="itinerary"
        )
    try:
        plan = _PLAN.decode(text)
    except msgspec.MsgspecError as exc:
        raise InvalidInput(
            f"The itinerary cannot be kept: {exc}.", field="itinerary"
        ) from exc
    return Itinerary(plan.city, plan.days, plan.notes, plan.stages)


def dump_itinerary(itinerary: Itinerary) -> str:
    """A `storable` itinerary as JSON text."""
    return msgspec.json.encode(_built(itinerary)).decode()


def itinerary_json(itinerary: Itinerary | None) -> Any:
    """The itinerary as `dump_itinerary` would write it, as plain values."""
    return itinerary and _built(itinerary)


def _built(itinerary: Itinerary) -> dict[str, Any]:
    plan = _Plan(1, itinerary.city, itinerary.days, itinerary.notes, itinerary.stages)
    built: dict[str, Any] = msgspec.to_builtins(plan)
    if not built["stages"]:
        del built["stages"]
    else:
        built["stages"] = [_with_short_way(stage) for stage in built["stages"]]
    for day in built["days"]:
        for name in ("free", "rests", "skipped"):  # rare, so no bytes are spent on none
            if not day[name]:
                del day[name]
        if not (day["origin"] or day["target"]):  # a plan of old
            for name in ("origin", "target", "back_minutes", "back_mode"):
                del day[name]
        day["stops"] = [
            _shortened((*stop[:_PLACE], _shortened(stop[_PLACE]), *stop[_PLACE + 1 :]))
            for stop in day["stops"]
        ]
    return built


def _shortened(fields: tuple[Any, ...]) -> tuple[Any, ...]:
    """Without what is unknown at its end: the last of a place or stop have defaults."""
    known = len(fields)
    while not fields[known - 1]:
        known -= 1
    return fields[:known]


def _with_short_way(stage: tuple[Any, ...]) -> tuple[Any, ...]:
    """Without the gateways that nobody knows, at the end of the way to the city."""
    *rest, way = stage
    while way and way[-1] is None:
        way = way[:-1]
    return *rest, way


def load_itinerary(text: str | bytes | None, session_id: str) -> Itinerary | None:
    """The itinerary from JSON; CorruptSession when it is none of ours."""
    if text is None:
        return None
    try:
        return _loaded(text)
    except (msgspec.MsgspecError, UnicodeError) as exc:
        raise CorruptSession(session_id) from exc


# A plan is read far more often than it changes, and is frozen: the same text is the
# same object, which costs nothing to compare either.
@lru_cache(maxsize=128)
def _loaded(text: str | bytes) -> Itinerary:
    plan = _PLAN.decode(text)
    days = plan.days
    if not plan.stages and (ids := ids_of_now(plan.city.id)):
        days = tuple(_with_ids(day, ids) for day in days)
    return Itinerary(plan.city, days, plan.notes, plan.stages)


def _with_ids(day: Day, ids: Mapping[str, str]) -> Day:
    """The day with the ids of now for those of before."""
    if not any(stop.place.id in ids for stop in day.stops):
        return day
    stops = (
        stop._replace(
            place=stop.place._replace(id=ids.get(stop.place.id, stop.place.id))
        )
        for stop in day.stops
    )
    return replace(day, stops=tuple(stops))


def load_preferences(data: Any, session_id: str) -> Preferences:
    """The preferences from parsed JSON; CorruptSession when they are none."""
    try:
        return Preferences.from_dict(_with_places(data))
    except (InvalidInput, TypeError, AttributeError) as exc:
        raise CorruptSession(session_id) from exc


def _with_places(data: Any) -> Any:
    """The preferences with the ids of now for those of before."""
    ids = {} if data.get("legs") else ids_of_now(data.get("city") or "")
    if not ids:
        return data
    kept = dict(data)
    for name in ("must_see", "excluded", "locked"):
        if name in kept:
            kept[name] = [ids.get(it, it) for it in kept[name]]
    for name in ("times", "stays", "notes"):
        if name in kept:
            kept[name] = [
                {ids.get(key, key): it for key, it in pair.items()}
                for pair in kept[name]
            ]
    return kept
