"""Companions: others are invited to a trip, join it, leave it, are dismissed."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from itinerary_app.errors import InvalidInput, NotInvited, VersionConflict
from itinerary_app.language import Later
from itinerary_app.model import Companion, Message, Right, TripSession
from itinerary_app.storage.base import (
    MAX_COMPANIONS,
    MAX_LISTED_TRIPS,
    Changes,
    SessionStorage,
)
from itinerary_app.trips.admission import admitted
from itinerary_app.trips.thought import fits

BY = "by"  # in the context of a message: the number of the companion who sent it
ATTEMPTS = 5  # times that it is tried when others write meanwhile
Companions = tuple[Companion, ...]


class Former(Enum):
    """Who has the trip no more."""

    COMPANION = "former"


def signed(message: Message, sender: Companion | None) -> Message:
    """As it is kept: what a companion sends has their number, what the owner none."""
    if sender is None:
        return message
    context = {**(message.context or {}), BY: sender.number}
    return message._replace(context=context if fits(context) else {BY: sender.number})


def sent_by(message: Message, trip: TripSession) -> Companion | Former | None:
    """The companion who sent it; None for the owner. Numbers are given again: who came
    after the message did not send it.
    """
    number = (message.context or {}).get(BY)
    if number is None:
        return None
    for it in trip.companions:
        if (
            it.number == number
            and message.created_at
            and it.since <= message.created_at
        ):
            return it
    return Former.COMPANION


class Company:
    """The use cases. Every method but `join` demands that the trip is one's own."""

    def __init__(self, storage: SessionStorage) -> None:
        self._storage = storage

    def invite(self, session_id: str, owner_hash: bytes, right: Right) -> Companion:
        """An invitation to look or to edit, for all to whom its link is given."""
        made: list[Companion] = []

        def invited(trip: TripSession) -> Companions:
            invitation = Companion(_free(trip), right, self._storage.clock())
            made[:] = [invitation]
            return (*trip.companions, invitation)

        self._change(session_id, owner_hash, Right.OWN, invited)
        return made[0]

    def dismiss(self, session_id: str, owner_hash: bytes, number: int) -> None:
        """Take back an invitation, whose link is good no more, or a companion's right.

        Who has joined by an invitation stays when that is taken back.
        """
        self._change(
            session_id,
            owner_hash,
            Right.OWN,
            lambda trip: tuple(it for it in trip.companions if it.number != number),
        )

    def leave(self, session_id: str, holder: bytes) -> None:
        """A companion has the trip no more. Its owner deletes it instead."""
        self._change(
            session_id,
            holder,
            Right.LOOK,
            lambda trip: tuple(it for it in trip.companions if it.owner_hash != holder),
        )

    def invitation(self, session_id: str, invitation: Companion) -> Right:
        """What one is invited to do. NotInvited where it was taken back, or expired.

        No use of the trip: it lives no longer.
        """
        trip = self._storage.get_session(session_id, history=0, touch=False)
        if trip is None:
            raise NotInvited(session_id)
        return _standing(trip, invitation).right

    def join(self, session_id: str, invitation: Companion, holder: bytes) -> None:
        """Take up an invitation, once however often it is asked for.

        Who may do as much already stays what he is; who may do less may do more.
        Raises NotInvited, and InvalidInput for a trip or a companion too many.
        """

        def joined(trip: TripSession) -> Companions:
            right = _standing(trip, invitation).right
            known = trip.companion(holder)
            if holder == trip.owner_hash or (known and right is not Right.EDIT):
                return trip.companions
            if known:
                more = known._replace(right=right)
                return tuple(more if it is known else it for it in trip.companions)
            if len(self._storage.list_sessions(holder)) >= MAX_LISTED_TRIPS:
                raise InvalidInput(
                    Later(
                        "You have %(most)s trips, as many as are kept at a time. "
                        "Delete one that you do not need any more, then join.",
                        most=MAX_LISTED_TRIPS,
                    )
                )
            new = Companion(_free(trip), right, self._storage.clock(), holder)
            return (*trip.companions, new)

        for attempt in range(1, ATTEMPTS + 1):
            trip = self._storage.get_session(session_id, history=0, touch=False)
            if trip is None:
                raise NotInvited(session_id)
            if self._saved(trip, joined(trip), is_last=attempt == ATTEMPTS):
                return

    def _change(
        self,
        session_id: str,
        holder: bytes,
        right: Right,
        change: Callable[[TripSession], Companions],
    ) -> None:
        for attempt in range(1, ATTEMPTS + 1):
            trip = admitted(
                self._storage, session_id, holder, right, history=0, touch=True
            )
            if self._saved(trip, change(trip), is_last=attempt == ATTEMPTS):
                return

    def _saved(
        self, trip: TripSession, companions: Companions, *, is_last: bool
    ) -> bool:
        """Whether they are kept; not where somebody wrote to the trip meanwhile."""
        if companions == trip.companions:
            return True
        try:
            self._storage.update_session(
                trip.session_id,
                Changes(companions=companions),
                expected_version=trip.version,
            )
        except VersionConflict:
            if is_last:
                raise
            return False
        return True


def _free(trip: TripSession) -> int:
    """A number for one more; InvalidInput when there are as many as may be."""
    if len(trip.companions) >= MAX_COMPANIONS:
        raise InvalidInput(
            Later(
                "A trip has at most %(most)s companions and invitations. Take back "
                "one that is not needed any more.",
                most=MAX_COMPANIONS,
            )
        )
    return max((it.number for it in trip.companions), default=0) + 1


def _standing(trip: TripSession, invitation: Companion) -> Companion:
    """The trip's own one of this number and time. NotInvited."""
    for it in trip.companions:
        same = (it.number, it.since) == (invitation.number, invitation.since)
        if same and it.owner_hash is None:
            return it
    raise NotInvited(trip.session_id)
