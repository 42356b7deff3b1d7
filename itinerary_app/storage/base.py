"""The contract of a session storage: what every backend promises its callers.

testing/ states it as tests. All methods are safe to call from
several threads and processes at once, take and return values (never live objects),
and raise `StorageUnavailable` when the backend cannot be reached.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from typing import Any, Final, NamedTuple, Self

from itinerary_app.model import (
    Companion,
    Itinerary,
    Message,
    Preferences,
    TripSession,
    TripSummary,
)
from itinerary_app.storage.analytics import Figures
from itinerary_app.storage.circuit import Circuit

MAX_VERSIONS = 64
"""So many of a session's newest versions are kept, and can be gone back over."""
TOUCH_INTERVAL = timedelta(seconds=60)
"""Reads renew `last_accessed` at most this often, so that reading stays cheap."""
MAX_LISTED_TRIPS = 100  # sessions of an owner; no more can be begun
MAX_MESSAGES = 2_000  # of a session; no more can be said
MAX_COMPANIONS = 20  # of a session, with invitations
MAX_LIFETIME = timedelta(days=3_660)
KEPT_MOST = 12  # times as long as unused a trip that is kept on request lives at most


@dataclass(frozen=True, slots=True)
class Expiry:
    """How long a session lives: `idle` after its last use, `lifetime` at the most.

    A session is never shorter-lived than `idle` and at most TOUCH_INTERVAL longer.
    """

    idle: timedelta = timedelta(minutes=60)
    lifetime: timedelta = timedelta(hours=24)


class NoPlan(Enum):
    """In the place of an itinerary: there is to be none any more."""

    NO_PLAN = "no plan"


NO_PLAN: Final = NoPlan.NO_PLAN


@dataclass(frozen=True, slots=True)
class Record:
    """What the new version is to be known by; `acts` are JSON objects.

    The write is refused with VersionConflict unless the session is still `before`,
    from which the way back is made. `restores` is the number of the version whose
    state comes again, `undone_from` that of the version which an undo left.
    """

    acts: Sequence[Mapping[str, Any]]
    before: TripSession
    restores: int | None = None
    undone_from: int | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """The fields to change; what is not named stays as somebody else left it.

    `preferences` is a merge patch by field of `Preferences`: None forgets one.
    `itinerary` replaces the plan when given, NO_PLAN takes it away. `questions` is
    added to the counter. Whatever changes preferences or plan makes a version, with
    `record` one that says by which acts; `Preferences.shared` alone makes none. With
    `expiry` the session has one of its own, whose lifetime begins now. `companions`
    take the place of those that there are.
    """

    preferences: Mapping[str, Any] = field(default_factory=dict)
    itinerary: Itinerary | NoPlan | None = None
    questions: int = 0
    record: Record | None = None
    expiry: Expiry | None = None
    companions: tuple[Companion, ...] | None = None


def exactly(preferences: Preferences) -> dict[str, Any]:
    """The merge patch that leaves these preferences and no others."""
    stated = preferences.to_dict()
    return {name: stated.get(name) for name in preferences.__slots__}


class State(NamedTuple):
    """What a version was of a trip. `shared` is as it is today."""

    preferences: Preferences
    itinerary: Itinerary | None

    @classmethod
    def of(cls, session: TripSession) -> Self:
        return cls(session.preferences, session.itinerary)


class PlanVersion(NamedTuple):
    """One line of the list of versions; see Record. Without `acts` nobody said why."""

    number: int
    acts: tuple[Mapping[str, Any], ...]
    created_at: datetime
    restores: int | None = None
    undone_from: int | None = None


class KeptVersion(NamedTuple):
    """A version as all storages keep it. `acts` is a JSON list, `way_back` a JSON patch
    (RFC 6902) from the state after it to the state before.
    """

    number: int
    acts: str
    way_back: str
    created_at: datetime
    restores: int | None = None
    undone_from: int | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """The outcome of a write. `messages` are as stored, with seq and created_at.

    `replayed` tells that the turn key stood already: nothing was written, and
    `messages` are those of the first time.
    """

    version: int
    messages: tuple[Message, ...]
    replayed: bool = False


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A session whole, with all of its messages, as it moves to another storage."""

    session: TripSession
    versions: tuple[KeptVersion, ...] = ()  # the oldest first


class ListCursor(NamedTuple):
    """A session's place in its owner's list, which it has as long as it lives."""

    created_at: datetime
    session_id: str

    @classmethod
    def of(cls, trip: TripSummary) -> Self:
        return cls(trip.created_at, trip.session_id)


class Mark(NamedTuple):
    """By which a session is known to be still as it was copied."""

    version: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Backlog:
    """Sessions that expired and are still kept, and how long ago the first did."""

    sessions: int = 0
    oldest: timedelta | None = None


@dataclass(frozen=True, slots=True)
class SweepTotals:
    """What all sweeps of a storage did together, since it began to count."""

    passes: int
    sessions: int
    batches: int
    facts: int
    seconds: float
    last_at: datetime


class SessionStorage(ABC):
    """Keeps sessions. An expired session counts as absent in every method."""

    circuit: Circuit | None = None
    """Where the backend may hang: what refuses its callers meanwhile."""

    @abstractmethod
    def create_session(
        self, *, owner_hash: bytes, session_id: str | None = None
    ) -> TripSession:
        """A new, empty session of the owner (SHA-256 of the secret, 32 bytes).

        With `session_id` (a UUID) creation is idempotent: however many callers
        race, one session comes to be and all get it. Raises SessionNotFound when
        the id stands for an expired session or somebody else's. Atomic.
        """

    @abstractmethod
    def get_session(
        self,
        session_id: str,
        *,
        owner_hash: bytes | None = None,
        history: int = 20,
        touch: bool = True,
    ) -> TripSession | None:
        """The session with its newest `history` messages, or None.

        With `owner_hash` a session counts as absent that is neither the owner's nor has
        him among its companions. `touch` counts
        the read as a use. Any string may be asked for. Raises
        InvalidInput for a negative history, CorruptSession for unreadable rows.
        """

    def version(self, session_id: str, *, owner_hash: bytes) -> int | None:
        """That of the session, as `get_session` would find it, for those who ask every
        other second whether it is another. It counts as no use.
        """
        session = self.get_session(
            session_id, owner_hash=owner_hash, history=0, touch=False
        )
        return session.version if session else None

    @abstractmethod
    def update_session(
        self,
        session_id: str,
        changes: Changes,
        *,
        messages: Sequence[Message] = (),
        expected_version: int | None = None,
        turn_key: str | None = None,
    ) -> Saved:
        """Change fields and append messages: all of it or nothing.

        With `turn_key` the messages are appended once, however often it is sent, and
        with them all else. Versions are numbered from 1 without gaps, as they commit.
        Text that no storage can hold (U+0000, lone surrogates) becomes U+FFFD.
        Raises SessionNotFound, VersionConflict (the stored version is another than
        expected; nothing was written), InvalidInput.
        """

    @abstractmethod
    def delete_session(self, session_id: str) -> bool:
        """Delete the session with its messages and versions; whether there was one.

        Atomic.
        """

    @abstractmethod
    def change_owner(self, owner_hash: bytes, new_hash: bytes) -> int:
        """Give all of an owner's sessions to another; how many. They stay as they are.
        Whose companion the one was, the other is.

        Atomic, but on Redis each by itself. Raises InvalidInput for what is no owner.
        """

    @abstractmethod
    def messages(
        self, session_id: str, *, before: int | None = None, limit: int = 50
    ) -> list[Message]:
        """The newest `limit` messages with seq < `before`, oldest first.

        Raises SessionNotFound; InvalidInput for a negative limit.
        """

    @abstractmethod
    def versions(self, session_id: str, *, limit: int = 50) -> list[PlanVersion]:
        """The newest `limit` versions of preferences and plan, newest first.

        The newest MAX_VERSIONS (64) are kept. Raises SessionNotFound; InvalidInput for
        a negative limit; CorruptSession for versions that cannot be read.
        """

    @abstractmethod
    def state(self, session_id: str, number: int) -> State | None:
        """Preferences and plan as they were at the version; 0 is before the first.

        None where it is not kept any more, or never was; the one before the oldest
        that is listed can still be had. Raises SessionNotFound; CorruptSession when
        the way back to it cannot be read.
        """

    @abstractmethod
    def list_sessions(
        self,
        owner_hash: bytes,
        *,
        after: ListCursor | None = None,
        limit: int = MAX_LISTED_TRIPS,
    ) -> list[TripSummary]:
        """An owner’s trips, and those whose companion he is, the newest first, ties by
        id; at most `limit` of them.

        Fewer are the last. The list goes on behind `after`, the cursor of the last one
        seen: each that lives all the while is seen once, whatever is begun, used or
        deleted meanwhile. One that cannot be read is among them and says so. Raises
        InvalidInput for a negative limit and what is no cursor.
        """

    @abstractmethod
    def delete_expired_sessions(self, *, limit: int) -> int:
        """Delete up to `limit` expired sessions for good; how many. Atomic.

        One that cannot be deleted is passed over, and logged.
        """

    @abstractmethod
    def check(self) -> None:
        """Return when a session can be written, raise StorageUnavailable otherwise."""

    def clock(self) -> datetime:
        """What time it is for what expires here."""
        return datetime.now(UTC)

    def backlog(self) -> Backlog:
        """What `delete_expired_sessions` has to do, if the storage can tell."""
        return Backlog()

    def share_expired(self, *, of_at_least: int) -> float:
        """Of the kept sessions with the same idle time, the largest such share; fewer
        than so many expired ones are none. 0 where `backlog` cannot tell either.
        """
        return 0.0

    def figures(self, first: date, last: date) -> Figures | None:
        """What the sessions that started on these days (UTC) have in common.

        None where the storage cannot count what has ended.
        """
        return None

    def forget_facts(self, *, older_than: timedelta) -> int:
        """Delete what is known of sessions that ended so long ago; how many rows.

        0 where nothing outlives a session.
        """
        return 0

    def record_export(self, session_id: str, kind: str) -> None:
        """Count for analytics and audit that the plan was taken away as `kind`.

        Nothing where the storage cannot.
        """
        return

    def note_sweep(
        self, *, sessions: int, batches: int, facts: int, seconds: float
    ) -> None:
        """Add a pass of the sweep to the totals, if the storage keeps any."""
        return

    def sweep_totals(self) -> SweepTotals | None:
        """What all sweeps did together; None before the first, or if not kept."""
        return None

    def sole_sweeper(self) -> AbstractContextManager[bool]:
        """Whether the caller is, while inside, the only process that sweeps."""
        return nullcontext(True)

    def close(self) -> None:
        """Let go of connections. The storage is not used afterwards."""
        return


class Portable(ABC):
    """What a storage offers besides when sessions can be copied from and to it."""

    @abstractmethod
    def session_ids(self, *, after: str = "") -> Iterator[str]:
        """The ids of the living sessions behind `after`, in rising order."""

    @abstractmethod
    def snapshot(self, session_id: str) -> Snapshot | None:
        """The living session whole; None if there is none. It does not count as use."""

    @abstractmethod
    def restore(self, snapshot: Snapshot) -> bool:
        """Keep exactly this, unless the same or a later version is kept already.

        What was begun later wins over any version of what had its id before. Whether
        it was written. Atomic: whole or not at all.
        """

    @abstractmethod
    def discard(self, session_id: str, mark: Mark) -> bool:
        """Delete the session if it is still what the mark says; whether it was."""


class Reencryptable(ABC):
    """What a storage offers besides when it keeps what travellers say encrypted."""

    @abstractmethod
    def kept_ids(self, *, after: str = "") -> Iterator[str]:
        """The ids of all kept sessions behind `after`, expired ones too, in order."""

    @abstractmethod
    def reencrypt(self, session_id: str) -> bool | None:
        """Encrypt all of a session as a save would now; whether that changed anything.

        None when it is gone. It is no use and makes no version. Atomic. Raises
        CannotDecrypt, CorruptSession.
        """
