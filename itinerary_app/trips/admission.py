"""Who may do what with a trip: its owner all, companions what they are invited to."""

from __future__ import annotations

from itinerary_app.errors import CorruptSession, NotAllowed, SessionNotFound
from itinerary_app.model import Right, TripSession
from itinerary_app.storage.acting import acting
from itinerary_app.storage.base import SessionStorage
from itinerary_app.trips.belongings import listed_trips

_ENOUGH = {right: tuple(Right)[place:] for place, right in enumerate(Right)}


def admitted(
    storage: SessionStorage,
    session_id: str,
    holder: bytes,
    right: Right,
    *,
    history: int,
    touch: bool,
) -> TripSession:
    """The trip, for whom it is to do that with it; the audit trail learns who acts.

    Raises SessionNotFound for strangers, NotAllowed for companions who may do less.
    """
    trip = storage.get_session(
        session_id, owner_hash=holder, history=history, touch=touch
    )
    if trip is None:
        raise SessionNotFound(session_id)
    refuse_unless(trip.right_of(holder), right)
    companion = trip.companion(holder)
    who = acting.get()
    if companion:
        part = who.actor.partition(" ")[0]
        acting.set(who._replace(actor=f"{part} companion {companion.number}"))
    return trip


def refuse_unless(has: Right | None, needed: Right) -> None:
    if has not in _ENOUGH[needed]:
        raise NotAllowed(owner_only=needed is Right.OWN)


def owned(storage: SessionStorage, session_id: str, holder: bytes) -> None:
    """Nothing where he owns it, even if it cannot be read; raises as `admitted`."""
    try:
        admitted(storage, session_id, holder, Right.OWN, history=0, touch=False)
    except CorruptSession:  # for companions, too
        held = {it.session_id: it.right for it in listed_trips(storage, holder)}
        refuse_unless(held.get(session_id), Right.OWN)
