"""A session whole, as it was copied, as the arguments of the script RESTORE."""

from __future__ import annotations

from itertools import chain

from itinerary_app.storage.base import Snapshot
from itinerary_app.storage.codec import dump_itinerary, dump_json, turn_positions
from itinerary_app.storage.encryption import Encryption
from itinerary_app.storage.redis_values import (
    EPOCH,
    PREFERENCE,
    dump_companions,
    dump_message,
    dump_version,
    micros,
    stamp,
)


def restore_arguments(
    snapshot: Snapshot, encryption: Encryption
) -> list[str | int | bytes]:
    """As RESTORE names them (scripts.py)."""
    session, said = snapshot.session, snapshot.session.conversation_history
    state = _state(snapshot, encryption)
    turns: dict[str, str] = {}
    for message, position in zip(said, turn_positions(said), strict=True):
        if message.turn_key is not None:
            first = message.seq - position
            turns[message.turn_key] = f"{first} {message.seq}"
    created = state["created"]
    arguments: list[str | int | bytes] = [session.version, created, len(state)]
    arguments += [*chain(*state.items()), len(said)]
    for message in said:
        dumped = dump_message(encryption.encrypt_message(session.session_id, message))
        arguments.append(b"%d %b" % (stamp(message), dumped))
    arguments.append(len(snapshot.versions))
    for it in snapshot.versions:
        texts = encryption.encrypt_version(
            session.session_id, it.number, it.acts, it.way_back
        )
        at = micros(it.created_at - EPOCH)
        arguments.append(f"{at} {dump_version(*texts, it)}")
    return [*arguments, *chain(*turns.items())]


def _state(snapshot: Snapshot, encryption: Encryption) -> dict[str, str | int]:
    session = snapshot.session
    state: dict[str, str | int] = {
        "owner": session.owner_hash.hex(),
        "version": session.version,
        "seen": session.version,
        "plan_version": session.plan_version,
        "count": session.message_count,
        "questions": session.clarifying_questions_count,
        "idle": micros(session.idle),
        "created": micros(session.created_at - EPOCH),
        "accessed": micros(session.last_accessed - EPOCH),
        "ends": micros(session.ends_at - EPOCH),
    }
    if session.companions:
        state["companions"] = dump_companions(session.companions)
    told = encryption.encrypt_preferences(
        session.session_id, session.preferences.to_dict()
    )
    for name, value in told.items():
        state[PREFERENCE + name] = dump_json(value)
    if session.itinerary is not None:
        plan = dump_itinerary(session.itinerary)
        state["itinerary"] = encryption.encrypt(session.session_id, "itinerary", plan)
    return state
