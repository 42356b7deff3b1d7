"""A random program that several storages run at once, and must answer alike."""

from __future__ import annotations

import math
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from itinerary_app.errors import ItineraryError, SessionNotFound
from itinerary_app.model import (
    Companion,
    Message,
    Right,
    Role,
    TripSession,
    TripSummary,
)
from itinerary_app.storage.base import (
    NO_PLAN,
    Changes,
    Expiry,
    ListCursor,
    PlanVersion,
    Record,
    Saved,
    SessionStorage,
    State,
)
from itinerary_app.storage.testing import OWNER, STRANGER, itinerary, plan, turn
from tests.storage.backends import Backend, Divergence

EXPIRY = Expiry(idle=timedelta(hours=1), lifetime=timedelta(hours=3))
KEPT = Expiry(idle=timedelta(hours=2), lifetime=timedelta(seconds=14_395))
UNFIT = Expiry(idle=timedelta(hours=2), lifetime=timedelta(hours=1))
# All time passes in multiples of 35 s: however they add up, the sum is never less than
# 20 s short of a bound (60 s, idle + 60 s, lifetime; of KEPT's 10 s) nor less than 10 s
# beyond it. The servers' clocks, which run on meanwhile, need that room.
STEP = timedelta(seconds=35)

SINCE = datetime(2026, 1, 15, 10, 0, 0, 1, tzinfo=UTC)
COMPANIES = (
    (),
    (Companion(1, Right.LOOK, SINCE),),
    (Companion(1, Right.LOOK, SINCE, STRANGER), Companion(2, Right.EDIT, SINCE)),
    (Companion(2, Right.EDIT, SINCE, STRANGER),),
    (Companion(1, Right.LOOK, SINCE, OWNER), Companion(2, Right.EDIT, SINCE, OWNER)),
)
# A latitude that is no number becomes null in JSON, which no reader would take.
UNREADABLE = replace(itinerary(), city=itinerary().city._replace(lat=math.nan))
GIVEN_IDS = (str(uuid.UUID(int=1)), str(uuid.UUID(int=2)), "not-an-id")
MAX_TRIPS = 6

owners = st.sampled_from([OWNER, OWNER, OWNER, STRANGER])
trips = st.sampled_from([0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 3, 4])
limits = st.sampled_from([1, 2, 3, 5, 20, 1000, 0, -1])
steps = st.sampled_from([1, 1, 1, 2, 2, 2, 50, 50, 50, 103, 104, 105, 309])
patches: list[dict[str, Any]] = [
    {},
    {},
    {},
    {"city": "Jaipur", "duration_days": 3},
    {"city": "a\0b", "must_see": ["a\0", "a\ufffd"]},
    {"city": None, "pace": "packed"},
    {"pace": None, "interests": ["food", "art", "food"]},
    {"interests": [], "budget": "low"},
    {"interests": None, "avoid": ["museum"]},
    {"pace": "packed", "colour": "red"},
    {"shared": True},
    {"shared": False, "spend_limit": 0, "arrive": "00:00"},
]
changes = st.builds(
    Changes,
    preferences=st.sampled_from(patches),
    itinerary=st.sampled_from(
        [
            *(None, None, NO_PLAN, UNREADABLE),
            *(itinerary(), itinerary("नमस्ते \0\ud800")),
            *(plan("abc", "de"), plan("ac", "fde"), plan("de")),
        ]
    ),
    questions=st.sampled_from([0, 0, 1, 2, 1_000, -1, 1_001]),
    expiry=st.sampled_from([None, None, None, None, KEPT, EXPIRY, UNFIT]),
    companions=st.sampled_from([None, None, None, None, None, *COMPANIES]),
)
contents = ["a", "b", "c", "d", "e", "f", "g", "h", "नमस्ते 🌍", "a\0b", "\ud800", ""]
said = st.builds(
    Message,
    role=st.sampled_from(Role),
    content=st.sampled_from(contents),
    quick_replies=st.sampled_from([(), ("Yes", "No\ud800")]),
    context=st.sampled_from([None, None, {}, {"a\0": ["b\ud800", 1.0, None]}, {1: 2}]),
)
turns = st.lists(said, max_size=3)
turn_keys = st.sampled_from(
    [None, None, None, None, "k", "k", "k", "k\0", "k\ufffd", "l", ""]
)
acts = st.sampled_from([None, None, [], [{"act": "a\0\ud800"}, {}], [1]])
numbers = st.sampled_from([None, 0, 1, 7, -1])
version_offsets = st.sampled_from([None, None, None, 0, 0, -1, 1])


class Disagreement(AssertionError):
    """Two storages answered the same call differently."""


class View:
    """One backend's answers in terms that all have in common.

    Sessions go by their number, instants by the order in which they were first seen
    and their rank among the earlier seen.
    """

    def __init__(self, backend: Backend) -> None:
        backend.reset()
        self.backend = backend
        self.ids = list(GIVEN_IDS)
        self._instants: dict[datetime, tuple[int, int]] = {}

    def id(self, trip: int) -> str:
        return self.ids[trip % len(self.ids)]

    @property
    def storage(self) -> SessionStorage:
        return self.backend.storage

    def answer(self, call: Call) -> tuple[type[ItineraryError] | None, Any]:
        """What kind of error it was, if any, and what came or what it tells."""
        try:
            return None, self._common(call(self))
        except ItineraryError as exc:
            return type(exc), self._common(vars(exc))

    def _common(self, value: Any) -> Any:
        match value:
            case datetime():
                return self._place(value + self.backend.aged)
            case str() if value in self.ids:
                return f"trip {self.ids.index(value)}"
            case Companion():
                return value
            case Message() | State() | PlanVersion():
                return self._common(value._asdict())
            case TripSession() | TripSummary() | Saved():
                names = value.__slots__
                return {name: self._common(getattr(value, name)) for name in names}
            case dict():
                return {name: self._common(item) for name, item in value.items()}
            case list() | tuple():
                return type(value)(self._common(item) for item in value)
        return value

    def _place(self, instant: datetime) -> tuple[int, int]:
        known = self._instants
        if instant not in known:
            known[instant] = len(known), sum(other < instant for other in known)
        return known[instant]


Call = Callable[[View], Any]


class Agreement(RuleBasedStateMachine):
    """The first backend is the reference for the others."""

    def __init__(self, backends: Sequence[Backend]) -> None:
        super().__init__()
        self.reference, *self.others = (View(backend) for backend in backends)
        self.latest: Call

    def agree(
        self, call: Call, otherwise: Mapping[Divergence, Call] | None = None
    ) -> None:
        """All give the same answer; one with a divergence passes its test instead."""
        expected = self.reference.answer(call)
        otherwise = otherwise or {}
        for view in self.others:
            name = type(view.storage).__name__
            if divergences := view.backend.divergences & otherwise.keys():
                (divergence,) = divergences
                if not otherwise[divergence](view):
                    raise Disagreement(f"{name} is healed of {divergence.name}")
            elif (answer := view.answer(call)) != expected:
                raise Disagreement(f"{name}: {answer}, not {expected}")

    def alive(self, trip: int) -> TripSession | None:
        return self.reference.storage.get_session(
            self.reference.id(trip), history=0, touch=False
        )

    @initialize()
    def begin(self) -> None:
        """With something to read, to change and to lose."""
        for trip in (0, 1):
            self.create(OWNER, trip)
            self.update(trip, Changes(), [*turn("a"), *turn("b")], "k", None)

    @rule(owner=owners, trip=st.sampled_from(range(len(GIVEN_IDS))))
    def create(self, owner: bytes, trip: int) -> None:
        def call(view: View) -> TripSession:
            return view.storage.create_session(
                owner_hash=owner, session_id=view.id(trip)
            )

        def is_free(view: View) -> bool:
            try:
                made = call(view)
            except SessionNotFound:
                return False
            return made.version == 1 and view.storage.delete_session(made.session_id)

        refused = self.reference.answer(call)[0] is SessionNotFound
        expired = refused and self.alive(trip) is None
        self.agree(call, {Divergence.EXPIRED_ID_IS_FREE: is_free} if expired else {})

    @precondition(lambda self: len(self.reference.ids) < MAX_TRIPS)
    @rule(owner=owners)
    def create_without_id(self, owner: bytes) -> None:
        def call(view: View) -> TripSession:
            made = view.storage.create_session(owner_hash=owner)
            view.ids.append(made.session_id)
            return made

        self.agree(call)

    @rule(
        trip=trips,
        owner=st.none() | owners,
        history=limits,
        touch=st.booleans(),
    )
    def get(self, trip: int, owner: bytes | None, history: int, touch: bool) -> None:
        self.agree(
            lambda view: view.storage.get_session(
                view.id(trip), owner_hash=owner, history=history, touch=touch
            )
        )

    @rule(
        trip=trips,
        changes=changes,
        messages=turns,
        turn_key=turn_keys,
        version_offset=version_offsets,
        acts=acts,
        restores=numbers,
    )
    def update(
        self,
        trip: int,
        changes: Changes,
        messages: list[Message],
        turn_key: str | None,
        version_offset: int | None,
        acts: list[Any] | None = None,
        restores: int | None = None,
    ) -> None:
        session = self.alive(trip)
        version = session.version if session else 1
        expected = None if version_offset is None else version + version_offset

        def recorded(view: View) -> Changes:
            session = view.storage.get_session(view.id(trip), history=0, touch=False)
            if acts is None or session is None:
                return changes
            return replace(changes, record=Record(acts, session, restores, restores))

        # Once only: what is tried again was made of the state before.
        given = {view: recorded(view) for view in (self.reference, *self.others)}
        self.latest = lambda view: view.storage.update_session(
            view.id(trip),
            given[view],
            messages=messages,
            expected_version=expected,
            turn_key=turn_key,
        )
        self.agree(self.latest)

    @rule(trip=trips, limit=limits)
    def versions(self, trip: int, limit: int) -> None:
        self.agree(lambda view: view.storage.versions(view.id(trip), limit=limit))

    @rule(trip=trips)
    def states(self, trip: int) -> None:
        self.agree(
            lambda view: [view.storage.state(view.id(trip), n) for n in range(-1, 9)]
        )

    @rule(trip=trips, messages=turns, turn_key=turn_keys)
    def converse(
        self, trip: int, messages: list[Message], turn_key: str | None
    ) -> None:
        """As travellers mostly do: in a session that is made when need be."""
        if self.reference.id(trip) in GIVEN_IDS:
            self.create(OWNER, trip)
        self.update(trip, Changes(questions=1), messages, turn_key, None)

    @rule()
    def retry(self) -> None:
        self.agree(self.latest)

    @rule(trip=trips, before=st.none() | st.integers(-1, 9), limit=limits)
    def messages(self, trip: int, before: int | None, limit: int) -> None:
        self.agree(
            lambda view: view.storage.messages(
                view.id(trip), before=before, limit=limit
            )
        )

    @rule(owner=owners, limit=limits)
    def list(self, owner: bytes, limit: int) -> None:
        """A page, and the one behind it."""

        def call(view: View) -> Sequence[TripSummary]:
            page = view.storage.list_sessions(owner, limit=limit)
            after = ListCursor.of(page[-1]) if page else None
            return page + view.storage.list_sessions(owner, after=after)

        self.agree(call)

    @rule(owners=st.sampled_from([(OWNER, STRANGER), (STRANGER, OWNER)]))
    def change_owner(self, owners: tuple[bytes, bytes]) -> None:
        self.agree(lambda view: view.storage.change_owner(*owners))

    @rule(trip=st.sampled_from([0, 1, 1, 2, 3, 4]))
    def delete(self, trip: int) -> None:
        self.agree(lambda view: view.storage.delete_session(view.id(trip)))

    @rule(steps=steps)
    def pass_time(self, steps: int) -> None:
        for view in (self.reference, *self.others):
            view.backend.pass_time(steps * STEP)

    @rule(limit=limits)
    def sweep(self, limit: int) -> None:
        """Until nothing is left: the order is each backend's own affair."""

        def call(view: View) -> list[int]:
            return list(iter(lambda: view.backend.sweep(limit), 0))

        def is_idle(view: View) -> bool:
            return not call(view)

        refused = limit < 0
        self.agree(call, {} if refused else {Divergence.NOTHING_TO_SWEEP: is_idle})
