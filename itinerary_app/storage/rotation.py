"""Encrypting anew what is kept: session by session, repeatable, beside traffic."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from itinerary_app.errors import CorruptSession
from itinerary_app.storage.base import Reencryptable


@dataclass(slots=True)
class Rotated:
    """How many sessions were written, had nothing to be written, and were gone.

    `failed` are those that could not be read, by id, with the reason.
    """

    written: int = 0
    kept: int = 0
    gone: int = 0
    failed: dict[str, str] = field(default_factory=dict)


def rotate(storage: Reencryptable, session_ids: Iterable[str]) -> Rotated:
    """Encrypt these sessions under the first key; one that cannot be stops no other."""
    rotated = Rotated()
    for session_id in session_ids:
        try:
            outcome = storage.reencrypt(session_id)
        except CorruptSession as exc:
            rotated.failed[session_id] = str(exc)
            continue
        if outcome is None:
            rotated.gone += 1
        elif outcome:
            rotated.written += 1
        else:
            rotated.kept += 1
    return rotated
