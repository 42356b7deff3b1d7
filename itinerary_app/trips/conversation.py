"""ConversationManager: what a traveller can do, as one method each."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from itinerary_app import language
from itinerary_app.acts.acts import Act
from itinerary_app.assistant.reader import Reader, Understanding
from itinerary_app.assistant.telling.changed import spoken
from itinerary_app.catalogue import own
from itinerary_app.errors import (
    CannotPlan,
    InvalidInput,
    NotShared,
    SessionNotFound,
    StorageUnavailable,
    VersionConflict,
)
from itinerary_app.exports import files
from itinerary_app.language import Later
from itinerary_app.model import (
    Budget,
    Leg,
    Message,
    Place,
    PlanRequest,
    Preferences,
    Right,
    TripSession,
    TripSummary,
)
from itinerary_app.storage.base import (
    MAX_LISTED_TRIPS,
    MAX_MESSAGES,
    Changes,
    Expiry,
    ListCursor,
    SessionStorage,
    State,
    exactly,
)
from itinerary_app.storage.codec import MAX_TURN_MESSAGES
from itinerary_app.text.ends import without_base
from itinerary_app.trips import patching
from itinerary_app.trips.admission import admitted, owned, refuse_unless
from itinerary_app.trips.belongings import listed_trips
from itinerary_app.trips.changes import TripPlanner
from itinerary_app.trips.companions import signed
from itinerary_app.trips.history import History
from itinerary_app.trips.offering import offer
from itinerary_app.trips.opening import SavedTrip
from itinerary_app.trips.parts import Cities, Parts
from itinerary_app.trips.thinking import think
from itinerary_app.trips.thought import Thought, label_of
from itinerary_app.trips.turns import Turn, acted, as_told, readable, said, told_before
from itinerary_app.trips.versions import Versions, listed

logger = logging.getLogger(__name__)

ATTEMPTS = 5  # times that a turn is thought through when others write meanwhile


class ConversationManager:
    """The use cases. Every method that takes a session id demands its owner, or a
    companion who may do that (admission.py).
    """

    def __init__(
        self,
        *,
        storage: SessionStorage,
        reader: Reader,
        planner: TripPlanner,
        catalogue: Cities,
        today: Callable[[], date] = lambda: datetime.now(UTC).date(),
        usual: Expiry | None = None,
        kept: Expiry | None = None,
    ) -> None:
        """`usual` is how long trips live, but those that are `kept` on request."""
        self._storage = storage
        self._reader = reader
        self._planner = planner
        self._parts = Parts(
            storage=storage,
            planner=planner,
            catalogue=catalogue,
            today=today,
            kept=kept,
        )
        self._usual, self._kept = usual or Expiry(), kept

    def start(
        self,
        owner_hash: bytes,
        *,
        turn_key: str | None = None,
        preferences: Mapping[str, Any] | None = None,
    ) -> TripSession:
        """A new trip. The same owner and turn key give the same trip again, as it is.

        Raises InvalidInput for preferences that cannot be, and for a trip too many.
        """
        patch = self._readable(preferences or {})
        nothing = Preferences()
        patching.refuse_unknown(nothing, nothing.merged(patch), None, self._planner)
        session_id = None
        if turn_key:
            session_id = str(uuid.uuid5(uuid.UUID(bytes=owner_hash[:16]), turn_key))
        trips = {it.session_id for it in self._storage.list_sessions(owner_hash)}
        if len(trips) >= MAX_LISTED_TRIPS and session_id not in trips:
            raise InvalidInput(
                Later(
                    "You have %(most)s trips, as many as are kept at a time. "
                    "Delete one that you do not need any more, then begin another.",
                    most=MAX_LISTED_TRIPS,
                )
            )
        session = self._storage.create_session(
            owner_hash=owner_hash, session_id=session_id
        )
        if not patch or session.version > 1:
            return session
        with suppress(VersionConflict):  # the same request, sent twice at once
            self._storage.update_session(
                session.session_id, Changes(patch), expected_version=1
            )
        return self._admitted(session.session_id, owner_hash)

    def open_saved(self, owner_hash: bytes, saved: SavedTrip) -> str:
        """Keep a trip that was taken away as a new one of the owner; its id.

        The same trip again is the one that was opened already.
        """
        nothing = Preferences()
        patching.refuse_unknown(nothing, saved.preferences, saved.plan, self._planner)
        trip = self.start(owner_hash, turn_key=f"saved:{saved.key}")
        if trip.version > 1 and not saved.messages:
            return trip.session_id
        changes = Changes(exactly(saved.preferences), itinerary=saved.plan)
        for first in range(0, len(saved.messages) or 1, MAX_TURN_MESSAGES):
            part = saved.messages[first : first + MAX_TURN_MESSAGES]
            key = f"saved:{first}" if part else None
            self._storage.update_session(
                trip.session_id, changes, messages=part, turn_key=key
            )
            changes = Changes()
        return trip.session_id

    def trips(self, owner_hash: bytes) -> list[TripSummary]:
        """The owner's trips, last used first."""
        return listed_trips(self._storage, owner_hash)

    def trips_page(
        self, owner_hash: bytes, *, after: ListCursor | None, limit: int
    ) -> list[TripSummary]:
        """So many of the owner's trips behind the cursor, the newest first."""
        return self._storage.list_sessions(owner_hash, after=after, limit=limit)

    def trip(
        self, session_id: str, owner_hash: bytes, *, history: int = 50
    ) -> TripSession:
        """The trip with its newest messages; SessionNotFound for others' trips."""
        return self._admitted(session_id, owner_hash, history=history, touch=True)

    def version_now(self, session_id: str, owner_hash: bytes) -> int:
        """The trip's version, to be asked for again and again: it counts as no use."""
        version = self._storage.version(session_id, owner_hash=owner_hash)
        if version is None:
            raise SessionNotFound(session_id)
        return version

    def alternatives(self, trip: TripSession, place_id: str) -> tuple[Place, ...]:
        """What this stop of the plan could be swapped for, the best first."""
        request = PlanRequest.from_preferences(trip.preferences)
        if trip.itinerary is None or request is None:
            return ()
        try:
            return self._planner.alternatives(trip.itinerary, request, place_id)
        except CannotPlan:  # planned before the city was taken out of the catalogue
            return ()

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
            try:
                self._storage.record_export(trip.session_id, kind)
            except StorageUnavailable:
                logger.warning("A file was given out and is not counted.")
        return file

    def share(self, session_id: str, owner_hash: bytes, shared: bool) -> TripSession:
        """Let whoever has the link to the plan look at it, or no longer."""
        return self.change_preferences(session_id, owner_hash, {"shared": shared})

    def keep(self, session_id: str, owner_hash: bytes, kept: bool) -> TripSession:
        """Keep the trip for longer from now on, or only as usual again.

        Raises InvalidInput where no trip is kept for longer.
        """
        if kept and self._kept is None:
            raise InvalidInput(
                Later("Trips are not kept for longer here."), field="kept"
            )
        trip = self._admitted(session_id, owner_hash, Right.OWN, touch=True)
        wanted = self._kept if kept else self._usual
        if wanted and (kept or trip.idle > wanted.idle):
            self._storage.update_session(session_id, Changes(expiry=wanted))
        return self._admitted(session_id, owner_hash, history=20)

    def shared(self, session_id: str) -> TripSession:
        """The trip for anybody: its plan, told anew without what was said and wished,
        and without where one sleeps. NotShared unless it has a plan that is shared. No
        use of the trip: it lives no longer.
        """
        trip = self._storage.get_session(session_id, history=0, touch=False)
        if trip is None or trip.itinerary is None or not trip.preferences.shared:
            raise NotShared(session_id)
        plan = self._planner.for_others(without_base(trip.itinerary))
        there = {stop.place.id for stop in plan.stops}
        told = Preferences(
            city=plan.city.name,
            duration_days=len(plan.days),
            budget=Budget.HIGH,
            start_date=plan.days[0].date,
            legs=tuple(Leg(stage.city.name) for stage in plan.stages),
            shared=True,
            own=tuple(it for it in trip.preferences.own if own.id_of(it) in there),
        )
        return replace(trip, itinerary=plan, preferences=told)

    def messages(
        self, session_id: str, owner_hash: bytes, *, before: int | None, limit: int
    ) -> list[Message]:
        """A page of the conversation: messages with seq < `before`, oldest first."""
        self._admitted(session_id, owner_hash, touch=True)
        return self._storage.messages(session_id, before=before, limit=limit)

    def delete(self, session_id: str, owner_hash: bytes) -> None:
        """Delete the trip and all that was said in it, even where it cannot be read."""
        owned(self._storage, session_id, owner_hash)
        self._storage.delete_session(session_id)

    @language.using(language.ENGLISH)
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
        right = Right.OWN if "shared" in patch else Right.EDIT
        for attempt in range(1, ATTEMPTS + 1):
            session = self._admitted(session_id, owner_hash, right)
            if expected_version not in (None, session.version):  # before planning
                raise VersionConflict(
                    session_id, expected=expected_version or 0, actual=session.version
                )
            changes = patching.changes(session, patch, self._planner)
            try:
                self._storage.update_session(
                    session_id, changes, expected_version=session.version
                )
            except VersionConflict:
                if expected_version is not None or attempt == ATTEMPTS:
                    raise
                continue
            break
        return self._admitted(session_id, owner_hash, history=20)

    @language.using(language.ENGLISH)  # as what is said is kept
    def send(
        self, session_id: str, text: str, turn_key: str, *, owner_hash: bytes
    ) -> Turn:
        """Say `text`; the answer, and the plan if one came of it, are stored.

        The same turn key gives the first answer again. No storage connection is
        held while a reader and the planner think. Raises InvalidInput,
        TurnKeyReused, SessionNotFound, VersionConflict, StorageUnavailable.
        """
        text = readable(text)

        def thought(trip: TripSession) -> tuple[Message, Thought]:
            scene = self._parts.scene(trip)
            read = self._reader.read(text, scene)
            return said(text), think(self._parts, trip, scene, read)

        return self._turn(session_id, owner_hash, turn_key, said(text), thought)

    @language.using(language.ENGLISH)
    def act(
        self,
        session_id: str,
        acts: Sequence[Act],
        turn_key: str,
        *,
        owner_hash: bytes,
        expected_version: int | None = None,
        strict: bool = False,
    ) -> Turn:
        """Carry out `acts`, all or none, as a turn like one that is said.

        Acts for an older version than the trip's are not carried out but offered
        again. With `strict`, what cannot be done is InvalidInput and leaves no turn.
        """
        if not acts:
            raise InvalidInput("Send one act at least.", field="acts")

        def thought(trip: TripSession) -> tuple[Message, Thought]:
            scene = self._parts.scene(trip)
            words = label_of(acts, trip) or spoken(acts, scene)
            if expected_version is not None and expected_version < trip.version:
                return acted(acts, words), offer(self._parts, trip, acts)
            read = Understanding(acts=tuple(acts))
            made = think(self._parts, trip, scene, read, strict=strict)
            return acted(acts, words), made

        meant = acted(acts, "")
        return self._turn(session_id, owner_hash, turn_key, meant, thought)

    @language.using(language.ENGLISH)
    def versions(
        self, session_id: str, owner_hash: bytes, *, limit: int = 20
    ) -> Versions:
        """What preferences and plan were, the newest first, and what each changed."""
        trip = self._admitted(session_id, owner_hash, touch=True)
        return listed(History(self._storage, trip), self._parts.scene(trip), limit)

    def version(
        self, session_id: str, owner_hash: bytes, number: int
    ) -> tuple[TripSession, State | None]:
        """The trip, and its preferences and plan as they were; None where not kept."""
        trip = self._admitted(session_id, owner_hash, touch=True)
        return trip, self._storage.state(session_id, number)

    def _turn(
        self,
        session_id: str,
        owner_hash: bytes,
        turn_key: str,
        meant: Message,
        think_of: Callable[[TripSession], tuple[Message, Thought]],
    ) -> Turn:
        for attempt in range(1, ATTEMPTS + 1):
            session = self._admitted(session_id, owner_hash, Right.EDIT, history=20)
            if turn := told_before(session, meant, turn_key):
                return turn
            if session.message_count >= MAX_MESSAGES:
                raise InvalidInput(
                    Later(
                        "This trip has %(most)s messages, as many as fit. Begin "
                        "another "
                        "trip; this one can still be seen and taken along.",
                        most=MAX_MESSAGES,
                    )
                )
            user, thought = think_of(session)
            if thought.state.preferences.shared != session.preferences.shared:
                refuse_unless(session.right_of(owner_hash), Right.OWN)
            try:
                saved = self._storage.update_session(
                    session_id,
                    thought.changes(session),
                    messages=(
                        signed(user, session.companion(owner_hash)),
                        thought.message,
                    ),
                    expected_version=session.version,
                    turn_key=turn_key,
                )
            except VersionConflict:
                if attempt == ATTEMPTS:
                    raise
                logger.info("Turn thought through again: the trip changed meanwhile.")
                continue
            return as_told(saved, meant)
        raise AssertionError("unreachable")

    def _readable(self, patch: Mapping[str, Any]) -> dict[str, Any]:
        """The patch with its cities' proper names; InvalidInput for one not covered."""
        if patch.get("shared") is False:
            patch = {**patch, "shared": None}  # or the trail has an end of no sharing
        named = dict(patch)
        try:
            if patch.get("city") is not None:
                named["city"] = self._planner.city(patch["city"]).name
            if patch.get("legs"):
                named = patching.with_legs(named, self._planner)
        except CannotPlan as exc:
            raise InvalidInput(str(exc), field="preferences.city") from exc
        return named

    def _admitted(
        self,
        session_id: str,
        holder: bytes,
        right: Right = Right.LOOK,
        *,
        history: int = 0,
        touch: bool = False,
    ) -> TripSession:
        return admitted(
            self._storage, session_id, holder, right, history=history, touch=touch
        )
