"""ConversationManager: what a traveller can do, as one method each."""

from __future__ import annotations

import dataclasses
import logging
import uuid
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Protocol

from itinerary_app.assistant.base import Assistant, Reply
from itinerary_app.errors import (
    CannotPlan,
    InvalidInput,
    NotShared,
    SessionNotFound,
    VersionConflict,
)
from itinerary_app.exports import files
from itinerary_app.model import (
    AddStop,
    ChangeDays,
    City,
    Edit,
    Itinerary,
    Message,
    MoveStop,
    Place,
    PlanRequest,
    Refit,
    RemoveDay,
    RemoveStop,
    Role,
    StopKind,
    SwapStop,
    TripSession,
    TripSummary,
)
from itinerary_app.storage.base import Changes, SessionStorage
from itinerary_app.trips.turns import Turn, as_told, readable, told_before

logger = logging.getLogger(__name__)

CONSTRAINTS = {  # an existing plan is made to keep them; the rest means a new one
    "avoid",
    "excluded",
    "locked",
    "start_date",
    "arrive",
    "depart",
    "day_start",
    "day_end",
    "diets",
    "mobility",
    "spend_limit",
}
OF_A_CITY = ("must_see", "excluded", "locked", "spend_limit")  # in its own currency
ATTEMPTS = 5  # times that a turn is thought through when others write meanwhile


class TripPlanner(Protocol):
    """What the manager asks of a planner; all methods may raise CannotPlan."""

    def city(self, name: str) -> City: ...

    def plan(
        self, request: PlanRequest, before: Itinerary | None = None
    ) -> Itinerary: ...

    def revise(
        self, itinerary: Itinerary, edit: Edit, request: PlanRequest
    ) -> Itinerary: ...

    def alternatives(
        self, itinerary: Itinerary, request: PlanRequest, place_id: str
    ) -> tuple[Place, ...]: ...


class ConversationManager:
    """The use cases. Every method that takes a session id demands its owner."""

    def __init__(
        self, *, storage: SessionStorage, assistant: Assistant, planner: TripPlanner
    ) -> None:
        self._storage = storage
        self._assistant = assistant
        self._planner = planner

    def start(
        self,
        owner_hash: bytes,
        *,
        turn_key: str | None = None,
        preferences: Mapping[str, Any] | None = None,
    ) -> TripSession:
        """A new trip. The same owner and turn key give the same trip again, as it is.

        Raises InvalidInput for preferences that cannot be.
        """
        patch = self._readable(preferences or {})
        session_id = None
        if turn_key:
            session_id = str(uuid.uuid5(uuid.UUID(bytes=owner_hash[:16]), turn_key))
        session = self._storage.create_session(
            owner_hash=owner_hash, session_id=session_id
        )
        if not patch or session.version > 1:
            return session
        with suppress(VersionConflict):  # the same request, sent twice at once
            self._storage.update_session(
                session.session_id, Changes(patch), expected_version=1
            )
        return self._owned(session.session_id, owner_hash, history=0, touch=False)

    def trips(self, owner_hash: bytes) -> list[TripSummary]:
        """The owner's trips, last used first."""
        return self._storage.list_sessions(owner_hash)

    def trip(
        self, session_id: str, owner_hash: bytes, *, history: int = 50
    ) -> TripSession:
        """The trip with its newest messages; SessionNotFound for others' trips."""
        return self._owned(session_id, owner_hash, history=history, touch=True)

    def alternatives(self, trip: TripSession) -> dict[str, tuple[Place, ...]]:
        """What each stop of the plan could be swapped for, by the id of its place."""
        request = PlanRequest.from_preferences(trip.preferences)
        if trip.itinerary is None or request is None:
            return {}
        find = self._planner.alternatives
        try:
            return {
                stop.place.id: find(trip.itinerary, request, stop.place.id)
                for stop in trip.itinerary.stops
            }
        except CannotPlan:  # planned before the city was taken out of the catalogue
            return {}

    def export(
        self,
        session_id: str,
        owner_hash: bytes,
        kind: str,
        *,
        first_day: str | None = None,
    ) -> files.File | None:
        """The plan as a file, which is counted; None while there is no plan.

        `kind` is one of files.MEDIA_TYPES. `first_day` (YYYY-MM-DD) dates a plan that
        has no dates; a calendar needs some. Raises InvalidInput.
        """
        trip = self.trip(session_id, owner_hash, history=0)
        return self.hand_out(trip, kind, first_day)

    def hand_out(
        self, trip: TripSession, kind: str, first_day: str | None = None
    ) -> files.File | None:
        """As `export`, for who has the trip from `shared`."""
        file = files.export(trip, kind, first_day=first_day, now=datetime.now(UTC))
        if file:
            self._storage.record_export(trip.session_id, kind)
        return file

    def share(self, session_id: str, owner_hash: bytes, shared: bool) -> TripSession:
        """Let whoever has the link to the plan look at it, or no longer."""
        return self.change_preferences(session_id, owner_hash, {"shared": shared})

    def shared(self, session_id: str) -> TripSession:
        """The trip for anybody, without what was said; NotShared unless it has a plan
        that is shared. No use of the trip: it lives no longer for it.
        """
        trip = self._storage.get_session(session_id, history=0, touch=False)
        if trip is None or trip.itinerary is None or not trip.preferences.shared:
            raise NotShared(session_id)
        return trip

    def messages(
        self, session_id: str, owner_hash: bytes, *, before: int | None, limit: int
    ) -> list[Message]:
        """A page of the conversation: messages with seq < `before`, oldest first."""
        self._owned(session_id, owner_hash, history=0, touch=True)
        return self._storage.messages(session_id, before=before, limit=limit)

    def delete(self, session_id: str, owner_hash: bytes) -> None:
        """Delete the trip and all that was said in it."""
        self._owned(session_id, owner_hash, history=0, touch=False)
        self._storage.delete_session(session_id)

    def change_preferences(
        self,
        session_id: str,
        owner_hash: bytes,
        patch: Mapping[str, Any],
        *,
        expected_version: int | None = None,
    ) -> TripSession:
        """Merge `patch` into the preferences; an existing plan follows them.

        Sharing is no wish about the plan and leaves it alone.
        """
        patch = self._readable(patch)
        for attempt in range(1, ATTEMPTS + 1):
            session = self._owned(session_id, owner_hash, history=0, touch=False)
            if expected_version not in (None, session.version):  # before planning
                raise VersionConflict(
                    session_id, expected=expected_version or 0, actual=session.version
                )
            change = _of_this_city(session, patch)
            wishes = {name: change[name] for name in change if name != "shared"}
            told = session.preferences.merged(change)
            itinerary = None
            if wishes and session.itinerary and told.is_enough:
                try:
                    itinerary = self._plan(session, wishes)
                except CannotPlan as exc:
                    raise InvalidInput(str(exc), field="preferences") from exc
            try:
                self._storage.update_session(
                    session_id,
                    Changes(preferences=change, itinerary=itinerary),
                    expected_version=expected_version or session.version,
                )
            except VersionConflict:
                if expected_version is not None or attempt == ATTEMPTS:
                    raise
                continue
            break
        return self._owned(session_id, owner_hash, history=20, touch=False)

    def send(
        self, session_id: str, text: str, turn_key: str, *, owner_hash: bytes
    ) -> Turn:
        """Say `text`; the answer, and the plan if one came of it, are stored.

        The same turn key gives the first answer again. No storage connection is
        held while the assistant and the planner think. Raises InvalidInput,
        TurnKeyReused, SessionNotFound, VersionConflict, StorageUnavailable.
        """
        text = readable(text)
        for attempt in range(1, ATTEMPTS + 1):
            session = self._owned(session_id, owner_hash, history=20, touch=False)
            if turn := told_before(session, text, turn_key):
                return turn
            reply, itinerary = self._think(session, text)
            try:
                saved = self._storage.update_session(
                    session_id,
                    Changes(reply.preferences, itinerary, reply.questions),
                    messages=(
                        Message(Role.USER, text),
                        Message(Role.ASSISTANT, reply.text, reply.quick_replies),
                    ),
                    expected_version=session.version,
                    turn_key=turn_key,
                )
            except VersionConflict:
                if attempt == ATTEMPTS:
                    raise
                logger.info("Turn thought through again: the trip changed meanwhile.")
                continue
            return as_told(saved, text)
        raise AssertionError("unreachable")

    def _readable(self, patch: Mapping[str, Any]) -> dict[str, Any]:
        """The patch with its city's proper name; InvalidInput for one not covered."""
        if patch.get("shared") is False:
            patch = {**patch, "shared": None}  # or the trail has an end of no sharing
        if patch.get("city") is None:
            return dict(patch)
        try:
            return {**patch, "city": self._planner.city(patch["city"]).name}
        except CannotPlan as exc:
            raise InvalidInput(str(exc), field="preferences.city") from exc

    def _think(self, session: TripSession, text: str) -> tuple[Reply, Itinerary | None]:
        """The reply with its final words, and the new itinerary if there is one."""
        reply = self._assistant.reply(session, text)
        reply = replace(reply, preferences=_of_this_city(session, reply.preferences))
        if not reply.plan and not reply.edit:
            return reply, None
        try:
            itinerary = self._plan(session, reply.preferences, reply.edit)
        except CannotPlan as exc:
            words = self._assistant.regret(session, reply, str(exc))
            if session.itinerary:
                return words, None
            told = {**reply.preferences, "duration_days": None}
            return replace(words, preferences=told), None
        words = self._assistant.present(session, reply, itinerary)
        wishes = session.preferences.merged(reply.preferences)
        return (
            Reply(
                text=words.text,
                quick_replies=words.quick_replies,
                preferences={
                    **reply.preferences,
                    **_learned(
                        replace(session, preferences=wishes), reply.edit, itinerary
                    ),
                },
                questions=reply.questions,
            ),
            itinerary,
        )

    def _plan(
        self, session: TripSession, patch: Mapping[str, Any], edit: Edit | None = None
    ) -> Itinerary:
        """The plan after the edit, or after the preferences changed by `patch`."""
        told, before = session.preferences, session.itinerary
        preferences = told.merged(patch)
        request = PlanRequest.from_preferences(preferences)
        if request is None:
            raise CannotPlan("I still need a city and a number of days.")
        if before is None or request.city != before.city.name:
            return self._planner.plan(request)
        changed = {
            item.name
            for item in dataclasses.fields(preferences)
            if getattr(preferences, item.name) != getattr(told, item.name)
        } - {"duration_days"}
        if changed - CONSTRAINTS and edit is None:
            return self._planner.plan(request, before)
        if changed & CONSTRAINTS:
            kept = replace(request, days=len(before.days))
            before = self._planner.revise(before, Refit(), kept)
        if edit is None and (request.days != len(before.days) or not changed):
            edit = ChangeDays(request.days)  # the other days stay as they are
        if edit is None:
            return before
        return self._planner.revise(before, edit, request)

    def _owned(
        self, session_id: str, owner_hash: bytes, *, history: int, touch: bool
    ) -> TripSession:
        session = self._storage.get_session(
            session_id, owner_hash=owner_hash, history=history, touch=touch
        )
        if session is None:
            raise SessionNotFound(session_id)
        return session


def _of_this_city(session: TripSession, patch: Mapping[str, Any]) -> dict[str, Any]:
    """The patch, which forgets with the city what only makes sense there."""
    told = session.preferences
    if told.city is None or patch.get("city", told.city) == told.city:
        return dict(patch)
    return {**dict.fromkeys(OF_A_CITY), **patch}


def _learned(
    session: TripSession, edit: Edit | None, itinerary: Itinerary
) -> dict[str, Any]:
    """What an edit tells of the wishes, so that a later plan keeps to it."""
    if session.itinerary is None or edit is None:
        return {}
    told = session.preferences
    now = {stop.place.id for stop in itinerary.stops}
    gone = {stop.place.id for stop in session.itinerary.stops} - now
    excluded, must_see = set(told.excluded) - now, set(told.must_see)
    match edit:
        case RemoveStop(place_id=place_id) | SwapStop(place_id=place_id):
            excluded.add(place_id)
            must_see.discard(place_id)
        case MoveStop(place_id=place_id):
            must_see.add(place_id)
        case Refit(cheaper=True):
            excluded |= gone - must_see
    match edit:
        case AddStop() | SwapStop():
            must_see |= _wished(edit, session.itinerary, itinerary)
        case ChangeDays() | RemoveDay():
            return {"duration_days": len(itinerary.days)}
    return {"excluded": sorted(excluded), "must_see": sorted(must_see)}


def _wished(edit: AddStop | SwapStop, before: Itinerary, after: Itinerary) -> set[str]:
    """The places that came for the edit's sake, not to feed a day that it changed."""
    known = {stop.place.id: stop.kind for stop in before.stops}
    come = [stop for stop in after.stops if stop.place.id not in known]
    match edit:
        case AddStop(place_id=str() as place_id) | SwapStop(other_id=str() as place_id):
            return {place_id}
        case SwapStop(place_id=gone):
            return {stop.place.id for stop in come if stop.kind is known.get(gone)}
    return {
        stop.place.id
        for stop in come
        if edit.wanted in (stop.place.category, *stop.place.interests)
        or (edit.wanted is None and stop.kind is StopKind.VISIT)
    }
