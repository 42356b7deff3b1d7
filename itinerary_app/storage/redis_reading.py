"""What of sessions is read from Redis in one round trip, as it is kept there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from itinerary_app.model import Right
from itinerary_app.storage.base import ListCursor
from itinerary_app.storage.listing import page
from itinerary_app.storage.redis_values import (
    OUTLINE,
    holders_in,
    instant_or_epoch,
    right_in,
)

PREFIX = "itinerary"
PARTS = ("state", "said", "turns", "versions")


class Kept(NamedTuple):
    """A session whole."""

    state: Mapping[bytes, bytes]
    said: Sequence[bytes]
    versions: Sequence[bytes]


def keys_of(session_id: str) -> list[str]:
    """The keys of a session, in the order of PARTS."""
    return [f"{PREFIX}:{{{session_id}}}:{part}" for part in PARTS]


def index_of(owner: str) -> str:
    """The key of an owner's sessions (hexadecimal hash), by when they end."""
    return f"{PREFIX}:owner:{owner}"


def read_session(
    script: Any, session_id: str, history: int
) -> tuple[dict[bytes, bytes], list[bytes], int]:
    """State, newest messages and milliseconds left, all at one moment, by READ."""
    newest = (-history, -1) if history else (1, 0)
    state, said, lives = script(keys_of(session_id), newest)
    return dict(zip(state[::2], state[1::2], strict=True)), said, lives


def read_versions(client: Any, session_id: str) -> list[Any]:
    """What says whether the versions count, and the versions."""
    state, _, _, versions = keys_of(session_id)
    pipeline = client.pipeline(transaction=True)
    pipeline.hmget(state, "version", "seen", "plan_version")
    pipeline.lrange(versions, 0, -1)
    found: list[Any] = pipeline.execute()
    return found


def read_whole(client: Any, session_id: str) -> Kept:
    """All but the turn keys, at one moment; an empty state where there is none."""
    state, said, _, versions = keys_of(session_id)
    pipeline = client.pipeline(transaction=True)
    pipeline.hgetall(state)
    pipeline.lrange(said, 0, -1)
    pipeline.lrange(versions, 0, -1)
    return Kept(*pipeline.execute())


def read_index(client: Any, owner: str) -> list[tuple[str, int]]:
    """The ids of the owner's sessions, and when each ends at the latest (in µs)."""
    found = client.zrange(index_of(owner), 0, -1, withscores=True)
    return [(key.decode(), int(ends) * 1_000) for key, ends in found]


def read_holders(client: Any, session_id: str) -> tuple[int, list[str]] | None:
    """When the session ends at the latest (µs), and the hashes of all who have it."""
    state = read_fields(client, session_id, b"owner", b"companions", b"ends")
    return (int(state[b"ends"]), holders_in(state)) if state else None


def read_fields(client: Any, session_id: str, *names: bytes) -> dict[bytes, bytes]:
    """Those that there are of the state's."""
    values = client.hmget(keys_of(session_id)[0], *names)
    found = zip(names, values, strict=True)
    return {name: it for name, it in found if it is not None}


def read_list(
    client: Any, owner: str, after: ListCursor | None, limit: int
) -> list[tuple[str, dict[bytes, bytes], Right]]:
    """A page of the owner's sessions, and of those whose companion he is, with the
    fields of OUTLINE of each.
    """
    names = (b"owner", b"created", b"companions")
    holder = bytes.fromhex(owner)
    ids = [key.decode() for key in client.zrange(index_of(owner), 0, -1)]
    pipeline = client.pipeline(transaction=False)
    for key in ids:
        pipeline.hmget(keys_of(key)[0], *names)
    kept = (
        {name: it for name, it in zip(names, values, strict=True) if it is not None}
        for values in pipeline.execute()
    )
    own = [
        ListCursor(instant_or_epoch(state.get(b"created")), key)
        for key, state in zip(ids, kept, strict=True)
        if right_in(state, holder)
    ]
    listed = page(own, lambda it: it, after, limit)
    states = _outlines(client, [it.session_id for it in listed])
    found = [
        (cursor.session_id, state, right)
        for cursor, state in zip(listed, states, strict=True)
        if (right := right_in(state, holder))
    ]
    if len(found) < len(listed):  # some are gone meanwhile: others take their place
        found += read_list(client, owner, listed[-1], limit - len(found))
    return found


def _outlines(client: Any, ids: list[str]) -> list[dict[bytes, bytes]]:
    """The states without their plans."""
    pipeline = client.pipeline(transaction=False)
    for key in ids:
        pipeline.hmget(keys_of(key)[0], OUTLINE)
        pipeline.hexists(keys_of(key)[0], "itinerary")
    answers = pipeline.execute()
    outlines = []
    for values, planned in zip(answers[::2], answers[1::2], strict=True):
        state = dict(zip(OUTLINE, values, strict=True))
        known = {name.encode(): it for name, it in state.items() if it is not None}
        outlines.append(known | ({b"itinerary": b""} if planned else {}))
    return outlines
