"""What a storage promises of versions and of a message's context, each by a test."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC
from typing import Any

import pytest

from itinerary_app.errors import InvalidInput, SessionNotFound, VersionConflict
from itinerary_app.model import (
    Budget,
    Interest,
    Message,
    Pace,
    Preferences,
    Role,
    TripSession,
)
from itinerary_app.storage.base import (
    MAX_VERSIONS,
    NO_PLAN,
    TOUCH_INTERVAL,
    Changes,
    Record,
    Saved,
    SessionStorage,
    State,
    exactly,
)
from itinerary_app.storage.testing.storages import Storages
from itinerary_app.storage.testing.values import (
    IDLE,
    MOMENT,
    OWNER,
    itinerary,
    plan,
    turn,
)

NOTHING = State(Preferences(), None)
ACT = {"act": "SetPace", "pace": "packed", "why": "नमस्ते 🌍"}
STATES = [
    NOTHING,
    State(Preferences(city="Jaipur", duration_days=2), None),
    State(Preferences(city="Jaipur", duration_days=2), plan("abc", "def")),
    State(Preferences(city="Jaipur", pace=Pace.PACKED), plan("abc", "dXef", "g")),
    State(Preferences(city="Jaipur", pace=Pace.RELAXED), plan("def", "g")),
    State(Preferences(interests=(Interest.FOOD, Interest.ART)), plan("", "gfed")),
    State(Preferences(budget=Budget.LOW, arrive=0, spend_limit=0), itinerary("नोट")),
    State(Preferences(budget=Budget.HIGH), plan()),
    NOTHING,
    State(Preferences(avoid=(), city="a/b~c"), plan("a")),
]


def loaded(storage: SessionStorage, session_id: str) -> TripSession:
    session = storage.get_session(session_id, history=0, touch=False)
    assert session is not None
    return session


def become(
    storage: SessionStorage, session_id: str, state: State, **rest: Any
) -> Saved:
    """A recorded change to just this state."""
    acts = rest.pop("acts", [ACT])
    before = rest.pop("before", None) or loaded(storage, session_id)
    record = Record(
        acts, before, rest.pop("restores", None), rest.pop("undone_from", None)
    )
    changes = Changes(
        exactly(state.preferences), state.itinerary or NO_PLAN, record=record
    )
    return storage.update_session(session_id, changes, **rest)


class VersionsContract(Storages):
    """One promise a test."""

    def test_every_version_can_be_had_again(
        self, storage: SessionStorage, trip: TripSession
    ) -> None:
        """Each recorded change is a version, and its state comes back whole."""
        for state in STATES[1:]:
            become(storage, trip.session_id, state)
        session = loaded(storage, trip.session_id)
        assert State(session.preferences, session.itinerary) == STATES[-1]
        assert session.plan_version == len(STATES) - 1
        kept = [storage.state(trip.session_id, n) for n in range(len(STATES))]
        assert kept == STATES
        for number in (-1, len(STATES), 2**40):
            assert storage.state(trip.session_id, number) is None

    def test_list_says_what_versions_are_of(
        self, storage: SessionStorage, trip: TripSession
    ) -> None:
        """Newest first, with acts, time, and what was restored or undone."""
        become(storage, trip.session_id, STATES[1], acts=[ACT, {"act": "Add"}])
        become(storage, trip.session_id, STATES[2], acts=[])
        become(storage, trip.session_id, STATES[1], restores=1, undone_from=2)
        third, second, first = storage.versions(trip.session_id)
        assert [it.number for it in (first, second, third)] == [1, 2, 3]
        assert first.acts == (ACT, {"act": "Add"})
        assert second.acts == ()
        assert (third.restores, third.undone_from) == (1, 2)
        assert (first.restores, first.undone_from) == (None, None)
        assert first.created_at <= second.created_at <= third.created_at
        assert first.created_at.tzinfo == UTC
        assert storage.versions(trip.session_id, limit=1) == [third]
        assert storage.versions(trip.session_id, limit=0) == []
        with pytest.raises(InvalidInput):
            storage.versions(trip.session_id, limit=-1)

    def test_new_session_has_no_version(
        self, storage: SessionStorage, trip: TripSession
    ) -> None:
        """Before the first change there is version 0, and nothing to list."""
        assert loaded(storage, trip.session_id).plan_version == 0
        assert storage.versions(trip.session_id) == []
        assert storage.state(trip.session_id, 0) == NOTHING

    def test_a_change_that_nobody_recorded_is_a_version_too(
        self, storage: SessionStorage, trip: TripSession
    ) -> None:
        """Without a record a change makes a version without acts, others none."""
        key = trip.session_id
        become(storage, key, STATES[3])
        storage.update_session(key, Changes({"pace": "relaxed"}))
        storage.update_session(key, Changes(itinerary=plan("z")), messages=turn("a"))
        sames: list[dict[str, Any]] = [
            {"pace": "relaxed"},
            {"interests": []},
            {"shared": True},
        ]
        for same in sames:
            storage.update_session(key, Changes(same, plan("z"), 1))
        storage.update_session(key, Changes(), messages=turn("b"))
        become(storage, key, STATES[1])
        assert [it.acts for it in storage.versions(key)] == [(ACT,), (), (), (ACT,)]
        states = [storage.state(key, number) for number in range(5)]
        packed = STATES[3].preferences
        relaxed = Preferences(city="Jaipur", pace=Pace.RELAXED)
        assert states == [
            NOTHING,
            State(packed, STATES[3].itinerary),
            State(relaxed, STATES[3].itinerary),
            State(relaxed, plan("z")),
            STATES[1],
        ]

    def test_sharing_is_of_no_version(
        self, storage: SessionStorage, trip: TripSession
    ) -> None:
        """A state that comes again leaves the plan shared as it is today."""
        become(storage, trip.session_id, STATES[3])
        storage.update_session(trip.session_id, Changes({"shared": True}))
        storage.update_session(trip.session_id, Changes({"pace": "relaxed"}))
        assert loaded(storage, trip.session_id).plan_version == 2
        state = storage.state(trip.session_id, 1)
        assert state is not None
        assert state.preferences == Preferences(
            city="Jaipur", pace=Pace.PACKED, shared=True
        )

    def test_the_first_plan_can_be_taken_back(
        self, storage: SessionStorage, trip: TripSession
    ) -> None:
        """NO_PLAN leaves no plan, in the list of trips neither."""
        become(storage, trip.session_id, STATES[2])
        storage.update_session(trip.session_id, Changes(itinerary=NO_PLAN))
        assert loaded(storage, trip.session_id).itinerary is None
        assert not storage.list_sessions(OWNER)[0].has_itinerary
        assert storage.state(trip.session_id, 1) == STATES[2]

    def test_a_turn_sent_again_makes_no_version(
        self, storage: SessionStorage, trip: TripSession
    ) -> None:
        """The same turn key again makes none, whatever it would change."""
        before = loaded(storage, trip.session_id)
        for state in STATES[2:5]:
            saved = become(
                storage,
                trip.session_id,
                state,
                messages=turn("a"),
                turn_key="k",
                before=before,
            )
        assert saved.replayed
        assert [it.number for it in storage.versions(trip.session_id)] == [1]
        assert storage.state(trip.session_id, 1) == STATES[2]

    def test_a_record_of_an_older_state_is_refused(
        self, storage: SessionStorage, trip: TripSession
    ) -> None:
        """What was made of a state that stands no more writes nothing."""
        become(storage, trip.session_id, STATES[1])
        with pytest.raises(VersionConflict):
            become(storage, trip.session_id, STATES[2], before=trip)
        with pytest.raises(InvalidInput):
            become(storage, trip.session_id, STATES[2], expected_version=99)
        other = storage.create_session(owner_hash=OWNER)
        with pytest.raises(InvalidInput):
            become(storage, trip.session_id, STATES[2], before=other)
        assert loaded(storage, trip.session_id).plan_version == 1
        assert storage.state(trip.session_id, 1) == STATES[1]

    @pytest.mark.parametrize(
        "acts", [[1], ["a"], [{"a": object()}], [{"a": "x" * 40_000}]]
    )
    def test_acts_that_cannot_be_kept_are_refused(
        self, storage: SessionStorage, trip: TripSession, acts: Any
    ) -> None:
        """Acts are a list of JSON objects of at most 32 kB."""
        with pytest.raises(InvalidInput):
            become(storage, trip.session_id, STATES[1], acts=acts)
        assert storage.get_session(trip.session_id, touch=False) == trip

    def test_the_newest_versions_are_kept(
        self, storage: SessionStorage, trip: TripSession
    ) -> None:
        """The newest 64 are listed, and what was before them can still be had."""
        last = MAX_VERSIONS + 20
        for number in range(1, last + 1):
            state = State(Preferences(duration_days=number % 30 + 1), plan("ab" * 3))
            become(storage, trip.session_id, state, acts=[{"n": number}])
        kept = storage.versions(trip.session_id, limit=1_000)
        assert [it.number for it in kept] == list(range(last, last - MAX_VERSIONS, -1))
        assert [it.acts for it in kept] == [({"n": it.number},) for it in kept]
        oldest = storage.state(trip.session_id, last - MAX_VERSIONS)
        assert oldest is not None
        assert oldest.preferences.duration_days == (last - MAX_VERSIONS) % 30 + 1
        assert storage.state(trip.session_id, last - MAX_VERSIONS - 1) is None

    def test_writers_make_versions_in_the_order_of_commits(
        self, storage: SessionStorage, trip: TripSession
    ) -> None:
        """Of four writers each version is numbered as its write was committed."""

        def write(name: int) -> list[tuple[int, dict[str, int]]]:
            done: list[tuple[int, dict[str, int]]] = []
            while len(done) < 5:
                before = loaded(storage, trip.session_id)
                act = {"writer": name, "number": len(done)}
                state = State(before.preferences, plan("abc"[name % 3] * (name + 1)))
                try:
                    saved = become(
                        storage, trip.session_id, state, acts=[act], before=before
                    )
                except VersionConflict:
                    continue
                done.append((saved.version, act))
            return done

        with ThreadPoolExecutor(4) as pool:
            written = sorted(
                (it for done in pool.map(write, range(4)) for it in done),
                key=lambda it: it[0],
            )
        kept = storage.versions(trip.session_id)[::-1]
        assert [it.number for it in kept] == list(range(1, 21))
        assert [it.acts for it in kept] == [(act,) for _, act in written]

    def test_writers_that_record_nothing_lose_no_version(
        self, storage: SessionStorage, trip: TripSession
    ) -> None:
        """Versions are gap-free and whole when nobody expects a version, too."""

        def write(name: int) -> None:
            for number in range(5):
                storage.update_session(
                    trip.session_id, Changes(itinerary=itinerary(f"{name} {number}"))
                )

        with ThreadPoolExecutor(4) as pool:
            list(pool.map(write, range(4)))
        assert [it.number for it in storage.versions(trip.session_id)] == list(
            range(20, 0, -1)
        )
        states = [storage.state(trip.session_id, number) for number in range(21)]
        notes = {state.itinerary for state in states if state}
        assert len(notes) == 21

    def test_versions_go_with_their_session(
        self, storage: SessionStorage, trip: TripSession
    ) -> None:
        """A deletion takes all versions, and an id that is given anew has none."""
        become(storage, trip.session_id, STATES[2])
        storage.delete_session(trip.session_id)
        for call in (storage.versions, lambda key: storage.state(key, 0)):
            with pytest.raises(SessionNotFound):
                call(trip.session_id)
        storage.create_session(owner_hash=OWNER, session_id=trip.session_id)
        assert storage.versions(trip.session_id) == []
        assert loaded(storage, trip.session_id).plan_version == 0

    def test_expiry_hides_versions(
        self, storage: SessionStorage, trip: TripSession
    ) -> None:
        """Of an expired session no version is listed or read."""
        become(storage, trip.session_id, STATES[2])
        self.pass_time(storage, IDLE + TOUCH_INTERVAL + MOMENT)
        for call in (storage.versions, lambda key: storage.state(key, 1)):
            with pytest.raises(SessionNotFound):
                call(trip.session_id)

    @pytest.mark.parametrize("session_id", ["", "x", "\ud800", "\0"])
    def test_odd_ids_have_no_versions(
        self, storage: SessionStorage, session_id: str
    ) -> None:
        """An id that is none has no versions."""
        for call in (storage.versions, lambda key: storage.state(key, 0)):
            with pytest.raises(SessionNotFound):
                call(session_id)

    # The context of a message

    def test_context_comes_back_with_its_message(
        self, storage: SessionStorage, trip: TripSession
    ) -> None:
        """From a write, a load, a page and a turn sent again; texts are cleaned."""
        context = {"chips": [{"act": "Add", "n": 1.5}], "a\0": "b\ud800", "none": None}
        kept = {"chips": [{"act": "Add", "n": 1.5}], "a\ufffd": "b\ufffd", "none": None}
        asked, answer = turn("a")
        say = [asked, answer._replace(context=context)]
        for _ in range(2):
            saved = storage.update_session(
                trip.session_id, Changes(), messages=say, turn_key="k"
            )
            assert [it.context for it in saved.messages] == [None, kept]
        session = storage.get_session(trip.session_id)
        assert session is not None
        assert session.conversation_history == saved.messages
        assert storage.messages(trip.session_id) == list(saved.messages)

    def test_context_that_is_changed_afterwards_changes_nothing_kept(
        self, storage: SessionStorage, trip: TripSession
    ) -> None:
        """Neither the given nor a loaded context is what is stored."""
        context: dict[str, Any] = {"chips": ["a"]}
        say = [Message(Role.ASSISTANT, "Hello", context=context)]
        storage.update_session(trip.session_id, Changes(), messages=say)
        context["chips"].append("b")
        for _ in range(2):
            (message,) = storage.messages(trip.session_id)
            assert message.context == {"chips": ["a"]}
            message.context["chips"].append("c")

    @pytest.mark.parametrize(
        "context",
        [
            {"a": "x" * 8_200},
            {"a": object()},
            ["a"],
            "a",
            {"a": [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]},
        ],
    )
    def test_context_that_cannot_be_kept_is_refused(
        self, storage: SessionStorage, trip: TripSession, context: Any
    ) -> None:
        """A context is a JSON object of at most 8 kB, nested 32 deep at most."""
        say = [Message(Role.ASSISTANT, "Hello", context=context)]
        with pytest.raises(InvalidInput):
            storage.update_session(trip.session_id, Changes(), messages=say)
        assert storage.get_session(trip.session_id, touch=False) == trip
