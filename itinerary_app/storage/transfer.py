"""Copying sessions from one storage to another: whole, verified, repeatable."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field

from itinerary_app.errors import CannotDecrypt, CorruptSession
from itinerary_app.storage.base import Mark, Portable, Snapshot


@dataclass(slots=True)
class Copied:
    """How many sessions were written, were there already, and ended meanwhile.

    `deleted` went from the target, as the source has them no more. `failed` are those
    that could not be copied, by id, with the reason.
    """

    written: int = 0
    kept: int = 0
    gone: int = 0
    deleted: int = 0
    messages: int = 0
    failed: dict[str, str] = field(default_factory=dict)


def copy(
    source: Portable,
    target: Portable,
    session_ids: Iterable[str],
    marks: dict[str, Mark] | None = None,
) -> Copied:
    """Copy these sessions; ids, versions, seqs, times and expiry stay as they are.

    What the target has in the same or a later version stays, so that a copy that was
    interrupted, or made while travellers talk, is completed by making it again. Every
    session is read back and compared by digest. One that cannot be read, or differs
    then, stops no other.

    `marks` are those of earlier copies, and become those of this one: what the source
    had then and has no more is deleted in the target, unless somebody went on there.
    """
    copied = Copied()
    marks = {} if marks is None else marks
    for session_id in session_ids:
        try:
            given = source.snapshot(session_id)
        except CannotDecrypt as exc:
            copied.failed[session_id] = (
                f"is encrypted, and no key {exc.key_id!r} of ENCRYPTION_KEYS opens it"
            )
            continue
        except CorruptSession:
            copied.failed[session_id] = "cannot be read"
            continue
        if given is None:
            copied.gone += 1
            continue
        if target.restore(given):
            copied.written += 1
            copied.messages += len(given.session.conversation_history)
        else:
            copied.kept += 1
        if _arrived(given, source, target):
            marks[session_id] = Mark(given.session.version, given.session.created_at)
        else:
            copied.failed[session_id] = "differs after it was copied"
    for session_id, mark in list(marks.items()):
        if _is_gone(source, session_id):
            copied.deleted += target.discard(session_id, mark)
            del marks[session_id]
    return copied


def _is_gone(source: Portable, session_id: str) -> bool:
    try:
        return source.snapshot(session_id) is None
    except CorruptSession:
        return False


def digest(snapshot: Snapshot) -> str:
    """SHA-256 of all that a session is, in hexadecimal."""
    content = json.dumps(asdict(snapshot), sort_keys=True, default=str)
    return hashlib.sha256(content.encode()).hexdigest()


def _arrived(given: Snapshot, source: Portable, target: Portable) -> bool:
    """Whether the target has the same or a later version, unless it expired by now."""
    found = target.snapshot(given.session.session_id)
    if found is None:
        return source.snapshot(given.session.session_id) is None
    one, other = found.session, given.session
    later = (one.created_at, one.version) > (other.created_at, other.version)
    return later or digest(found) == digest(given)
