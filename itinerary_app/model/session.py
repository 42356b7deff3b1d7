"""A trip in the making: its messages, and what has come of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from itinerary_app.model.plan import Itinerary
from itinerary_app.model.preferences import Preferences

MAX_MESSAGE_CHARS = 8_000


class Role(StrEnum):
    USER = "user"
    ASSISTANT = "assistant"


class Message(NamedTuple):
    """One utterance. `seq` counts from 1 within its session and gives the order.

    `context` is a small JSON object: what the message was about, and offered.
    """

    role: Role
    content: str
    quick_replies: tuple[str, ...] = ()
    turn_key: str | None = None
    seq: int = 0  # given by the storage
    created_at: datetime | None = None  # given by the storage
    context: Mapping[str, Any] | None = None


class Right(StrEnum):
    """What one may do with a trip: look, change its plan, or all."""

    LOOK = "look"
    EDIT = "edit"
    OWN = "own"


class Companion(NamedTuple):
    """Who else has a trip; without `owner_hash` whoever has the link of an invitation.

    `number` counts from 1 within its session and may be given again, later.
    """

    number: int
    right: Right
    since: datetime
    owner_hash: bytes | None = None  # SHA-256 of the companion's secret


def right_of(
    holder: bytes, owner_hash: bytes, companions: Iterable[Companion]
) -> Right | None:
    """What the holder of this hash may do with a trip of theirs; None for strangers."""
    if holder == owner_hash:
        return Right.OWN
    return next((it.right for it in companions if it.owner_hash == holder), None)


@dataclass(frozen=True, slots=True)
class TripSummary:
    """One line of "my trips"; one that cannot be read has no preferences to show."""

    session_id: str
    preferences: Preferences
    message_count: int
    has_itinerary: bool
    created_at: datetime
    last_accessed: datetime
    idle: timedelta
    ends_at: datetime
    is_readable: bool = True
    right: Right = Right.OWN

    @property
    def expires_at(self) -> datetime:
        """Unless it is used before."""
        return min(self.last_accessed + self.idle, self.ends_at)


@dataclass(frozen=True, slots=True)
class TripSession:
    """A trip in the making: what was said, what is wished, what is planned.

    `version` counts the writes; `plan_version` those that changed preferences or plan,
    which can be taken back. It expires `idle` after its last use, and at `ends_at`
    whatever happens.
    """

    session_id: str
    owner_hash: bytes = field(repr=False)  # SHA-256 of the traveller's secret
    version: int
    preferences: Preferences
    itinerary: Itinerary | None
    conversation_history: tuple[Message, ...]  # the newest, oldest first
    message_count: int
    clarifying_questions_count: int
    created_at: datetime
    last_accessed: datetime
    idle: timedelta
    ends_at: datetime
    plan_version: int = 0
    companions: tuple[Companion, ...] = ()

    @property
    def expires_at(self) -> datetime:
        """Unless it is used before."""
        return min(self.last_accessed + self.idle, self.ends_at)

    def companion(self, owner_hash: bytes) -> Companion | None:
        return next((it for it in self.companions if it.owner_hash == owner_hash), None)

    def right_of(self, owner_hash: bytes) -> Right | None:
        """None for strangers."""
        return right_of(owner_hash, self.owner_hash, self.companions)

    @property
    def summary(self) -> TripSummary:
        return TripSummary(
            self.session_id,
            self.preferences,
            self.message_count,
            self.itinerary is not None,
            self.created_at,
            self.last_accessed,
            self.idle,
            self.ends_at,
        )
