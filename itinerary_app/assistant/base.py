"""The contract of an assistant: understands a message, words the answer."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from itinerary_app.model import Edit, Itinerary, TripSession


@dataclass(frozen=True, slots=True)
class Reply:
    """What one message of the traveller amounts to.

    `preferences` is a merge patch: a key set to None forgets that preference.
    With `plan` the caller makes a new itinerary from the patched preferences; with
    `edit` it changes the present one. In both cases it then asks `present` for the
    words; otherwise `text` is the answer.
    """

    text: str = ""
    preferences: Mapping[str, Any] = field(default_factory=dict)
    plan: bool = False
    edit: Edit | None = None
    questions: int = 0  # clarifying questions asked in `text`
    quick_replies: tuple[str, ...] = ()


class Assistant(ABC):
    """Turns free text into a `Reply`. Keeps no state and does no storage I/O."""

    @abstractmethod
    def reply(self, session: TripSession, text: str) -> Reply:
        """Read `text` in the light of the session. Never raises for odd input."""

    @abstractmethod
    def present(
        self, session: TripSession, reply: Reply, itinerary: Itinerary
    ) -> Reply:
        """The words for the itinerary that `reply` led to.

        `session` is as it was before the message. Returns a reply whose `text` and
        `quick_replies` are to be shown.
        """

    @abstractmethod
    def regret(self, session: TripSession, reply: Reply, why: str) -> Reply:
        """The words when the wish could not be met; `why` says what would help."""
