"""One session of Redis, encrypted anew under the first key."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import msgspec

from itinerary_app.errors import CorruptSession
from itinerary_app.storage.codec import dump_json
from itinerary_app.storage.encryption import Encryption
from itinerary_app.storage.redis_reading import Kept
from itinerary_app.storage.redis_values import (
    EPOCH,
    PREFERENCE,
    dump_message,
    dump_version,
    kept_messages,
    kept_preferences,
    kept_versions,
    micros,
    stamp,
)


def reencrypt_arguments(
    session_id: str, kept: Kept, encryption: Encryption
) -> list[str | int | bytes]:
    """As REENCRYPT names them (scripts.py), for the values that change."""
    arguments: list[str | int | bytes] = []
    for changes in (_state, _messages, _versions):
        arguments += ["", *chain.from_iterable(changes(session_id, kept, encryption))]
    return arguments[1:]


Changes = Iterator[tuple[str | int, bytes, str | bytes]]


def _state(session_id: str, kept: Kept, encryption: Encryption) -> Changes:
    state = kept.state
    try:
        told = kept_preferences(state)
        plan = state.get(b"itinerary", b"").decode()
    except (ValueError, msgspec.MsgspecError) as exc:
        raise CorruptSession(session_id) from exc
    for name, value in encryption.renew_preferences(session_id, told).items():
        if value != told[name]:
            field = PREFERENCE + name
            yield field, state[field.encode()], dump_json(value)
    new = plan and encryption.renew(session_id, "itinerary", plan)
    if new != plan:
        yield "itinerary", plan.encode(), new


def _messages(session_id: str, kept: Kept, encryption: Encryption) -> Changes:
    said = kept_messages(session_id, 1, kept.said)
    for index, (message, stored) in enumerate(zip(said, kept.said, strict=True)):
        new = encryption.renew_message(session_id, message)
        if new != message:
            yield index, stored, b"%d %b" % (stamp(new), dump_message(new))


def _versions(session_id: str, kept: Kept, encryption: Encryption) -> Changes:
    if kept.state.get(b"seen") != kept.state.get(b"version"):
        return
    newest = int(kept.state.get(b"plan_version", 0))
    found = kept_versions(session_id, newest, kept.versions)
    for version, stored in zip(found, reversed(kept.versions), strict=False):
        new = encryption.renew_version(session_id, version)
        if new != version:
            written = dump_version(new.acts, new.way_back, new)
            yield new.number, stored, f"{micros(new.created_at - EPOCH)} {written}"
