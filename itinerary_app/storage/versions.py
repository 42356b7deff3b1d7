"""Versions of a trip's preferences and plan: how they are made and gone back over.

The state of the newest version is the session's own; each version holds the way back
to the state before it. Sessions that are older than this begin at version 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import msgspec

from itinerary_app.errors import CorruptSession, InvalidInput
from itinerary_app.model import Itinerary, TripSession
from itinerary_app.storage import patches
from itinerary_app.storage.base import (
    MAX_VERSIONS,
    Changes,
    KeptVersion,
    NoPlan,
    PlanVersion,
    Record,
    State,
)
from itinerary_app.storage.codec import (
    MAX_ACTS_BYTES,
    check_limit,
    dump_given_json,
    dump_itinerary,
    itinerary_json,
    load_itinerary,
    load_preferences,
)

_ACTS = msgspec.json.Decoder(tuple[dict[str, Any], ...])


def expected(session_id: str, changes: Changes, version: int | None) -> int | None:
    """The version that a write expects; InvalidInput where it names two of them."""
    if changes.record is None:
        return version
    before = changes.record.before
    if before.session_id != session_id or version not in (None, before.version):
        raise InvalidInput(
            "A new version follows on the session as it was before.", field="record"
        )
    return before.version


def changed(
    before: State, preferences: Mapping[str, Any], itinerary: Itinerary | NoPlan | None
) -> State:
    """The state after `storable` changes."""
    plan = before.itinerary if itinerary is None else itinerary
    return State(
        before.preferences.merged(preferences) if preferences else before.preferences,
        None if isinstance(plan, NoPlan) else plan,
    )


def dump_acts(record: Record | None) -> str:
    """InvalidInput for acts that are no JSON objects, or too large."""
    acts = [] if record is None else list(record.acts)
    if not all(isinstance(act, Mapping) for act in acts):
        raise InvalidInput("Acts are JSON objects.", field="acts")
    for name in ("restores", "undone_from"):
        check_limit(name, getattr(record, name, None) or 0)
    return dump_given_json("acts", [dict(act) for act in acts], MAX_ACTS_BYTES)


def way_back(
    before: State, preferences: Mapping[str, Any], itinerary: Itinerary | NoPlan | None
) -> str:
    """The patch to the state before from the one after these `storable` changes.

    Each preference is put whole; `shared` is none about the plan and stays as it is.
    """
    operations: list[dict[str, Any]] = [
        {"op": "remove", "path": f"/preferences/{name}"}
        if value is None
        else {"op": "add", "path": f"/preferences/{name}", "value": value}
        for name, value in before.preferences.patch_of(preferences).items()
        if value != preferences[name] and name != "shared"
    ]
    if itinerary is not None:
        after = None if isinstance(itinerary, NoPlan) else itinerary
        if after != before.itinerary:
            plans = itinerary_json(after), itinerary_json(before.itinerary)
            operations += patches.difference(*plans, "/plan")
    return msgspec.json.encode(operations).decode()


def is_change(before: State, after: State) -> bool:
    """Whether a version comes of it though nobody recorded one."""
    if before.itinerary != after.itinerary:
        return True
    told, wished = before.preferences, after.preferences
    if told.shared != wished.shared:
        told = replace(told, shared=wished.shared)
    return told != wished


def next_version(
    number: int, acts: str, back: str, now: datetime, record: Record | None
) -> KeptVersion:
    """What is kept of it."""
    if record is None:
        return KeptVersion(number, acts, back, now)
    return KeptVersion(number, acts, back, now, record.restores, record.undone_from)


def listed(session_id: str, kept: Sequence[KeptVersion]) -> list[PlanVersion]:
    """Versions without their states, in the same order."""
    try:
        return [
            PlanVersion(
                it.number,
                _ACTS.decode(it.acts),
                it.created_at,
                it.restores,
                it.undone_from,
            )
            for it in kept
        ]
    except (msgspec.MsgspecError, UnicodeError) as exc:
        raise CorruptSession(session_id) from exc


def up_to(session: TripSession, kept: Iterable[KeptVersion]) -> tuple[KeptVersion, ...]:
    """Those that the session has, the oldest first; not what came since it was read."""
    return tuple(sorted(it for it in kept if it.number <= session.plan_version))


def state_at(
    session: TripSession, kept: Sequence[KeptVersion], number: int
) -> State | None:
    """The state at a version, by the way back from the session's newest."""
    ways = {it.number: it.way_back for it in kept}
    wanted = range(session.plan_version, number, -1)
    if not session.plan_version - MAX_VERSIONS <= number <= session.plan_version:
        return None
    if number < 0 or not ways.keys() >= set(wanted):
        return None
    preferences = session.preferences
    document = {
        "preferences": replace(preferences, shared=False).to_dict(),
        "plan": session.itinerary
        and msgspec.json.decode(dump_itinerary(session.itinerary)),
    }
    try:
        for version in wanted:
            patches.apply(ways[version], document)
        plan = document["plan"]
        text = None if plan is None else msgspec.json.encode(plan)
        stated = load_preferences(document["preferences"], session.session_id)
    except (LookupError, TypeError, ValueError, msgspec.MsgspecError) as exc:
        raise CorruptSession(session.session_id) from exc
    return State(
        replace(stated, shared=preferences.shared),
        load_itinerary(text, session.session_id),
    )
