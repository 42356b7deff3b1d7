"""Focus: what the last turn was about, so that "it" and "yes" have a meaning."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import Struct

from itinerary_app.acts.acts import Act
from itinerary_app.acts.values import PlaceId


class Focus(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Kept as JSON in the context of the assistant's message.

    `stops` are the places named or shown last, the most recent first; with `listed`
    they were shown as a list, of which none is "it". `gone` are those that the last
    change took out; `done` is what was done, or asked, last. `proposed` waits for a
    yes. `pending` waits for an answer to our question: its one unresolved reference may
    be any of `options`.
    """

    stops: tuple[PlaceId, ...] = ()
    day: int | None = None
    gone: tuple[PlaceId, ...] = ()
    proposed: tuple[Act, ...] = ()
    pending: tuple[Act, ...] = ()
    options: tuple[PlaceId, ...] = ()
    listed: bool = False
    done: tuple[Act, ...] = ()
    asked: str | None = None  # what our question was for: "city", "days", "which" …
    month: str = ""  # "in March": when the trip is, while nobody said which day

    @classmethod
    def from_context(cls, context: Mapping[str, Any] | None) -> Focus:
        """From a message's context; an empty one where it cannot be read."""
        try:
            return msgspec.convert((context or {}).get("focus", {}), cls)
        except msgspec.ValidationError:  # written by a later build
            return cls()

    def to_context(self) -> dict[str, Any]:
        built: dict[str, Any] = msgspec.to_builtins(self)
        return {"focus": built}
