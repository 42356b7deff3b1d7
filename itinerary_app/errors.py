"""Every error that the app raises on purpose; the tree first.

ItineraryError
├── ConfigurationError        a setting or the machine is not fit to start (exit 1)
├── InvalidInput              what the caller sent cannot be used (400/422)
│   └── TurnKeyReused         this key already stands for another message (422)
├── SessionNotFound           absent, expired, deleted or somebody else's (404)
│   ├── NotShared             or its plan is not for others to see (404)
│   └── NotInvited            or nobody is invited to it by this link (404)
├── NotAllowed                a companion may not do this with the trip (403)
├── VersionConflict           the session changed since it was read (409)
├── CannotPlan                no honest plan for this wish; says what would help
├── TooMany                   asked for too often, or too much at once (429)
├── PlannerBusy               too many plans at once, or this one takes too long (503)
├── SourceUnavailable         a server that was asked for places gave no whole answer
├── ModelFailed               a language model gave no answer
│   └── AnswerRefused         or one that the message does not bear out
└── StorageError
    ├── StorageUnavailable    the storage cannot be reached just now (503)
    │   ├── StorageHangs      it answers nobody, and was not asked
    │   └── StorageSilent     nor can a connection be made (exit 1 at the start)
    └── CorruptSession        a stored session cannot be read (500)
        └── CannotDecrypt     it is encrypted, and ENCRYPTION_KEYS does not open it

`str(error)` is a sentence for the person who reads it: no internals, no secrets.
"""

from __future__ import annotations

from itinerary_app.language import Later

_NO_TRIP = Later("There is no such trip, or it has expired.")
_BUSY = Later(
    "Many trips are being planned just now, so yours has to wait a little. Nothing is "
    "lost: try again in a few seconds."
)
_AWAY = Later("The trips cannot be reached just now.")
_UNREADABLE = Later("This trip cannot be read; it was left as it is.")


class ItineraryError(Exception):
    """The root of all errors that the app raises on purpose."""


class ConfigurationError(ItineraryError):
    """A setting or the machine is not fit to start; the text names the remedy."""


class InvalidInput(ItineraryError):
    """What the caller sent cannot be used; `field` says where it stands."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class TurnKeyReused(InvalidInput):
    """The turn key (Idempotency-Key) already stands for a different message."""


class SessionNotFound(ItineraryError):
    """There is no living session of this id that the caller may see."""

    def __init__(
        self,
        session_id: str,
        message: str = _NO_TRIP,
    ) -> None:
        super().__init__(message)
        self.session_id = session_id


class NotShared(SessionNotFound):
    """Whatever the reason, it is told alike: a link tells nothing of a trip."""

    def __init__(self, session_id: str = "") -> None:
        super().__init__(
            session_id,
            Later(
                "This link opens no plan: it is not shared any more, or has expired."
            ),
        )


class NotInvited(SessionNotFound):
    """Whatever the reason, it is told alike: a link tells nothing of a trip."""

    def __init__(self, session_id: str = "") -> None:
        super().__init__(
            session_id,
            Later(
                "This invitation is not good any more: it was taken back, or the trip "
                "has expired. Ask for another one."
            ),
        )


class NotAllowed(ItineraryError):
    """A companion may look at the trip, or change it, and not do this."""

    def __init__(self, *, owner_only: bool) -> None:
        super().__init__(
            Later(
                "Only the owner of this trip can do that: share, invite, keep or "
                "delete it."
            )
            if owner_only
            else Later(
                "You are invited to look at this trip, not to change it. Its owner "
                "can invite you to change it."
            )
        )


class VersionConflict(ItineraryError):
    """The session changed since the caller read it; nothing was written."""

    def __init__(self, session_id: str, *, expected: int, actual: int) -> None:
        super().__init__(
            Later(
                "The trip has changed meanwhile (version %(actual)s, you had "
                "%(expected)s). Load it again and repeat your change.",
                actual=str(actual),
                expected=str(expected),
            )
        )
        self.session_id = session_id
        self.expected = expected
        self.actual = actual


class CannotPlan(ItineraryError):
    """No honest plan exists for this wish; the text says what would help."""


class PlannerBusy(ItineraryError):
    """Too many plans are made just now, or this one takes too long; nothing changed."""

    def __init__(
        self,
        message: str = _BUSY,
    ) -> None:
        super().__init__(message)


class SourceUnavailable(ItineraryError):
    """A server that was asked for places gave no whole answer; nothing was kept."""


class ModelFailed(ItineraryError):
    """A language model gave no answer; `again_in`: after so many seconds it might."""

    def __init__(self, kind: str, *, again_in: float | None = None) -> None:
        super().__init__(f"The language model gave {kind}.")
        self.kind = kind
        self.again_in = again_in


class AnswerRefused(ModelFailed):
    """Its answer is no JSON of the schema, or says what the message does not."""


class TooMany(ItineraryError):
    """Asked for too often, or too much at once."""

    def __init__(self) -> None:
        super().__init__(
            Later(
                "That was too much at once from you or your network. Wait a moment, "
                "then send it again: nothing is lost."
            )
        )


class StorageError(ItineraryError):
    """The storage failed; the driver's error is the `__cause__`."""


class StorageUnavailable(StorageError):
    """The storage cannot be reached just now; trying again later may help."""

    def __init__(self, message: str = _AWAY) -> None:
        super().__init__(message)


class StorageHangs(StorageUnavailable):
    """It does not answer anybody just now, and was not asked."""


class StorageSilent(StorageUnavailable, ConfigurationError):
    """No connection can be made; the text tells those who run it why."""


class CorruptSession(StorageError):
    """A stored session cannot be read; it was left untouched."""

    def __init__(
        self,
        session_id: str,
        message: str = _UNREADABLE,
    ) -> None:
        super().__init__(message)
        self.session_id = session_id


class CannotDecrypt(CorruptSession):
    """It is encrypted under a key that is missing, is another, or in another place.

    `key_id` names the key.
    """

    def __init__(self, session_id: str, key_id: str, *, missing: bool) -> None:
        super().__init__(
            session_id,
            f"This trip is encrypted under the key {key_id!r}, which this server does "
            "not have. Nothing is lost: whoever runs it adds the key to "
            "ENCRYPTION_KEYS."
            if missing
            else f"This trip is encrypted, and the key {key_id!r} of ENCRYPTION_KEYS "
            "does not open it: that is another key of this name, or the trip was "
            "altered in the storage. It was left as it is.",
        )
        self.key_id = key_id
