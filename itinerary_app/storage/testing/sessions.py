"""What a storage promises of sessions and messages, each by a test."""

from __future__ import annotations

import math
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, timedelta

import pytest

from itinerary_app.errors import (
    InvalidInput,
    SessionNotFound,
    VersionConflict,
)
from itinerary_app.model import (
    Budget,
    Category,
    Interest,
    Message,
    Pace,
    Preferences,
    Role,
    TripSession,
)
from itinerary_app.storage.base import TOUCH_INTERVAL, Changes, SessionStorage
from itinerary_app.storage.testing.storages import Storages
from itinerary_app.storage.testing.values import (
    IDLE,
    LIFETIME,
    MOMENT,
    OWNER,
    STRANGER,
    contents,
    itinerary,
    said,
    turn,
)


class SessionsContract(Storages):
    """One promise a test."""

    # What is kept

    def test_new_session_is_empty_and_found(self, storage: SessionStorage) -> None:
        """A new session has nothing in it yet and is read back as it was given."""
        made = storage.create_session(owner_hash=OWNER)
        assert made == storage.get_session(made.session_id, touch=False)
        assert made.preferences == Preferences()
        assert made.itinerary is None
        assert made.conversation_history == ()
        assert (made.message_count, made.clarifying_questions_count) == (0, 0)

    def test_types_survive_the_round_trip(
        self, storage: SessionStorage, trip: TripSession
    ) -> None:
        """Enums, tuples, unknowns and times come back as what they were."""
        told = {
            "city": "Jaipur",
            "duration_days": 3,
            "interests": ["food", "culture"],
            "pace": "relaxed",
            "budget": "moderate",
            "avoid": ["museum"],
        }
        plan = itinerary("नमस्ते 🌍")
        storage.update_session(
            trip.session_id, Changes(told, plan, 2), messages=turn("hello")
        )
        session = storage.get_session(trip.session_id)
        assert session is not None
        assert session.preferences == Preferences(
            city="Jaipur",
            duration_days=3,
            interests=(Interest.FOOD, Interest.CULTURE),
            pace=Pace.RELAXED,
            budget=Budget.MODERATE,
            avoid=(Category.MUSEUM,),
        )
        assert session.itinerary == plan
        assert session.clarifying_questions_count == 2
        assert session.message_count == 2
        user, assistant = session.conversation_history
        assert (user.role, user.content, user.seq) == (Role.USER, "hello", 1)
        assert (assistant.role, assistant.seq) == (Role.ASSISTANT, 2)
        assert assistant.quick_replies == ("Yes", "No")

    def test_every_time_is_aware_utc(
        self, storage: SessionStorage, trip: TripSession
    ) -> None:
        """All times are timezone-aware and in UTC."""
        saved = storage.update_session(trip.session_id, Changes(), messages=turn("a"))
        session = storage.get_session(trip.session_id)
        assert session is not None
        said = (*saved.messages, *session.conversation_history)
        times = [
            session.created_at,
            session.last_accessed,
            *(message.created_at for message in said),
        ]
        for time in times:
            assert time is not None
            assert time.utcoffset() == timedelta(0)
            assert time == time.astimezone(UTC)

    def test_loaded_values_cannot_change_the_stored(
        self, storage: SessionStorage, trip: TripSession
    ) -> None:
        """What a caller does with a given or loaded value changes nothing kept."""
        told = {"interests": ["food"]}
        storage.update_session(trip.session_id, Changes(told), messages=turn("a"))
        told["interests"].append("art")
        page = storage.messages(trip.session_id)
        page.clear()
        session = storage.get_session(trip.session_id)
        assert session is not None
        assert session.preferences.interests == (Interest.FOOD,)
        assert len(storage.messages(trip.session_id)) == 2

    @pytest.mark.parametrize("session_id", [None, "not-an-id", str(uuid.UUID(int=7))])
    def test_itinerary_that_cannot_be_read_again_is_refused(
        self, storage: SessionStorage, session_id: str | None
    ) -> None:
        """A latitude that is no number is bad input, whoever is asked to keep it."""
        trip = storage.create_session(owner_hash=OWNER)
        plan = itinerary()
        nowhere = replace(plan, city=plan.city._replace(lat=math.nan))
        with pytest.raises(InvalidInput):
            storage.update_session(
                session_id or trip.session_id, Changes(itinerary=nowhere)
            )
        found = storage.get_session(trip.session_id)
        assert found is not None
        assert (found.version, found.itinerary) == (1, None)

    def test_unchanged_itinerary_stays(
        self, storage: SessionStorage, trip: TripSession
    ) -> None:
        """A write that does not name the itinerary leaves it as it was."""
        storage.update_session(trip.session_id, Changes(itinerary=itinerary()))
        storage.update_session(trip.session_id, Changes({"pace": "packed"}))
        session = storage.get_session(trip.session_id)
        assert session is not None
        assert session.itinerary == itinerary()

    # Writes

    def test_fields_of_two_requests_are_both_kept(
        self, storage: SessionStorage, trip: TripSession
    ) -> None:
        """Two requests that loaded the same session set one field each."""
        storage.update_session(trip.session_id, Changes({"budget": "low"}))
        storage.update_session(trip.session_id, Changes({"pace": "packed"}))
        session = storage.get_session(trip.session_id)
        assert session is not None
        assert session.preferences == Preferences(budget=Budget.LOW, pace=Pace.PACKED)

    def test_none_forgets_a_preference(
        self, storage: SessionStorage, trip: TripSession
    ) -> None:
        """A preference that is set to None is no longer told."""
        storage.update_session(trip.session_id, Changes({"city": "Jaipur"}))
        storage.update_session(trip.session_id, Changes({"city": None}))
        session = storage.get_session(trip.session_id)
        assert session is not None
        assert session.preferences == Preferences()

    def test_threads_append_gap_free(
        self, storage: SessionStorage, trip: TripSession
    ) -> None:
        """Of two threads' 50 appends each, all stand, seq gap-free and in order."""

        def write(name: str) -> None:
            for number in range(50):
                storage.update_session(
                    trip.session_id, Changes(), messages=[said(f"{name} {number}")]
                )

        with ThreadPoolExecutor(2) as pool:
            list(pool.map(write, "ab"))
        messages = storage.messages(trip.session_id, limit=200)
        assert [message.seq for message in messages] == list(range(1, 101))
        for name in "ab":
            mine = [m.content for m in messages if m.content.startswith(name)]
            assert mine == [f"{name} {number}" for number in range(50)]

    def test_twenty_first_writers_make_one_session(
        self, storage: SessionStorage
    ) -> None:
        """Twenty callers racing to create one session all get the same one."""
        session_id = str(uuid.uuid4())

        def create(_: int) -> TripSession:
            return storage.create_session(owner_hash=OWNER, session_id=session_id)

        with ThreadPoolExecutor(20) as pool:
            made = set(pool.map(create, range(20)))
        assert len(made) == 1
        assert len(storage.list_sessions(OWNER)) == 1

    def test_taken_id_is_not_shared(self, storage: SessionStorage) -> None:
        """An id that stands for somebody else's session gives nothing."""
        made = storage.create_session(owner_hash=OWNER)
        with pytest.raises(SessionNotFound):
            storage.create_session(owner_hash=STRANGER, session_id=made.session_id)

    def test_deleted_session_stays_deleted(
        self, storage: SessionStorage, trip: TripSession
    ) -> None:
        """A write that comes after the deletion is refused and revives nothing."""
        assert storage.delete_session(trip.session_id)
        with pytest.raises(SessionNotFound):
            storage.update_session(trip.session_id, Changes(), messages=turn("late"))
        assert storage.get_session(trip.session_id) is None
        assert not storage.delete_session(trip.session_id)

    def test_stale_version_writes_nothing(
        self, storage: SessionStorage, trip: TripSession
    ) -> None:
        """A stale expected_version is a conflict that tells both versions."""
        storage.update_session(trip.session_id, Changes({"pace": "packed"}))
        with pytest.raises(VersionConflict) as caught:
            storage.update_session(
                trip.session_id,
                Changes({"pace": "relaxed"}, itinerary(), 1),
                messages=turn("late"),
                expected_version=trip.version,
            )
        assert caught.value.expected == trip.version
        assert caught.value.actual == trip.version + 1
        session = storage.get_session(trip.session_id)
        assert session is not None
        assert session.preferences.pace is Pace.PACKED
        assert session.itinerary is None
        assert (session.message_count, session.clarifying_questions_count) == (0, 0)

    def test_quick_updates_never_conflict(
        self, storage: SessionStorage, trip: TripSession
    ) -> None:
        """A thousand updates in a row, each with the version it got, all pass."""
        version = trip.version
        for _ in range(1_000):
            version = storage.update_session(
                trip.session_id, Changes(), expected_version=version
            ).version
        assert version == trip.version + 1_000

    def test_background_writers_cause_no_conflict(
        self, storage: SessionStorage, trip: TripSession
    ) -> None:
        """Neither sweeping nor reading makes the traveller's next write fail."""
        self.pass_time(storage, TOUCH_INTERVAL + MOMENT)
        storage.delete_expired_sessions(limit=10)
        storage.get_session(trip.session_id, touch=True)
        saved = storage.update_session(
            trip.session_id, Changes(), expected_version=trip.version
        )
        assert saved.version == trip.version + 1

    def test_counters_lose_no_increment(
        self, storage: SessionStorage, trip: TripSession
    ) -> None:
        """Sixteen writers that add 50 each leave exactly 800 on the counter."""

        def count(_: int) -> None:
            for _ in range(50):
                storage.update_session(trip.session_id, Changes(questions=1))

        with ThreadPoolExecutor(16) as pool:
            list(pool.map(count, range(16)))
        session = storage.get_session(trip.session_id)
        assert session is not None
        assert session.clarifying_questions_count == 800

    def test_turn_key_stands_once(
        self, storage: SessionStorage, trip: TripSession
    ) -> None:
        """The same turn key again writes nothing and gives the first result."""
        first = storage.update_session(
            trip.session_id,
            Changes({"pace": "packed"}, questions=1),
            messages=turn("once"),
            expected_version=trip.version,
            turn_key="k",
        )
        storage.update_session(trip.session_id, Changes(), messages=turn("between"))
        again = storage.update_session(
            trip.session_id,
            Changes({"pace": "relaxed"}, questions=1),
            messages=turn("another answer"),
            expected_version=trip.version,
            turn_key="k",
        )
        assert not first.replayed
        assert again.replayed
        assert again.messages == first.messages
        session = storage.get_session(trip.session_id)
        assert session is not None
        assert session.message_count == 4
        assert session.clarifying_questions_count == 1
        assert session.preferences.pace is Pace.PACKED

    def test_turn_key_stands_once_in_a_race(
        self, storage: SessionStorage, trip: TripSession
    ) -> None:
        """Of eight writers with one turn key one writes; all get its messages."""

        def write(number: int) -> tuple[Message, ...]:
            return storage.update_session(
                trip.session_id, Changes(), messages=turn(str(number)), turn_key="k"
            ).messages

        with ThreadPoolExecutor(8) as pool:
            results = set(pool.map(write, range(8)))
        assert len(results) == 1
        assert len(storage.messages(trip.session_id)) == 2

    def test_turn_keys_belong_to_their_session(self, storage: SessionStorage) -> None:
        """The same key in two sessions is two turns."""
        for _ in range(2):
            made = storage.create_session(owner_hash=OWNER)
            saved = storage.update_session(
                made.session_id, Changes(), messages=turn("a"), turn_key="k"
            )
            assert not saved.replayed

    @pytest.mark.parametrize("key", ["", "k" * 201])
    def test_turn_key_out_of_bounds_is_refused(
        self, storage: SessionStorage, trip: TripSession, key: str
    ) -> None:
        """A turn key that is empty or over 200 characters is refused."""
        with pytest.raises(InvalidInput):
            storage.update_session(
                trip.session_id, Changes(), messages=turn("a"), turn_key=key
            )

    def test_unknown_preference_is_refused_whole(
        self, storage: SessionStorage, trip: TripSession
    ) -> None:
        """A change that is not valid writes none of its parts."""
        for patch in ({"colour": "red"}, {"pace": "mad"}, {"duration_days": 0}):
            with pytest.raises(InvalidInput):
                storage.update_session(
                    trip.session_id, Changes(patch), messages=turn("a")
                )
        session = storage.get_session(trip.session_id)
        assert session is not None
        assert (session.version, session.message_count) == (trip.version, 0)

    # Reads

    def test_equal_times_keep_their_order(
        self, storage: SessionStorage, trip: TripSession
    ) -> None:
        """Messages of one instant come in the order in which they were appended."""
        storage.update_session(
            trip.session_id, Changes(), messages=[said(str(n)) for n in range(30)]
        )
        for _ in range(3):
            session = storage.get_session(trip.session_id, history=30)
            assert contents(session) == [str(n) for n in range(30)]

    def test_limit_gives_the_newest_oldest_first(
        self, storage: SessionStorage, trip: TripSession
    ) -> None:
        """Of 100 messages 5 are the newest five; 0 is none; negative an error."""
        storage.update_session(
            trip.session_id, Changes(), messages=[said(str(n)) for n in range(1, 101)]
        )
        newest = ["96", "97", "98", "99", "100"]
        page = storage.messages(trip.session_id, limit=5)
        assert [message.content for message in page] == newest
        assert contents(storage.get_session(trip.session_id, history=5)) == newest
        assert contents(storage.get_session(trip.session_id, history=0)) == []
        assert storage.messages(trip.session_id, limit=0) == []
        with pytest.raises(InvalidInput):
            storage.messages(trip.session_id, limit=-1)
        with pytest.raises(InvalidInput):
            storage.get_session(trip.session_id, history=-1)

    def test_pages_join_without_gap(
        self, storage: SessionStorage, trip: TripSession
    ) -> None:
        """Reading backwards by `before` gives every message exactly once."""
        storage.update_session(
            trip.session_id, Changes(), messages=[said(str(n)) for n in range(25)]
        )
        pages: list[Message] = []
        before = None
        while page := storage.messages(trip.session_id, before=before, limit=10):
            pages = page + pages
            before = page[0].seq
        assert [message.seq for message in pages] == list(range(1, 26))
        assert storage.messages(trip.session_id, before=-3) == []

    @pytest.mark.parametrize(
        ("text", "kept"),
        [
            ("a\0b", "a\ufffdb"),
            ("a\ud800b", "a\ufffdb"),
            ("👨‍👩‍👧 नमस्ते \u202e", "👨‍👩‍👧 नमस्ते \u202e"),
            ("x" * 8_000, "x" * 8_000),
        ],
    )
    def test_odd_text_is_kept_alike(
        self, storage: SessionStorage, trip: TripSession, text: str, kept: str
    ) -> None:
        """What cannot be stored becomes U+FFFD; the rest of the turn is kept."""
        quick = Message(Role.ASSISTANT, "Well?", (text,))
        saved = storage.update_session(
            trip.session_id,
            Changes({"city": text[:200]}),
            messages=[said(text), quick],
            turn_key="k",
        )
        session = storage.get_session(trip.session_id)
        assert session is not None
        assert contents(session) == [kept, "Well?"]
        assert session.conversation_history == saved.messages
        assert session.conversation_history[1].quick_replies == (kept,)
        assert session.preferences.city == kept[:200]

    @pytest.mark.parametrize("text", ["", "x" * 8_001, "x" * 1_000_000])
    def test_text_out_of_bounds_is_refused_whole(
        self, storage: SessionStorage, trip: TripSession, text: str
    ) -> None:
        """An empty message or one over 8,000 characters writes nothing at all."""
        with pytest.raises(InvalidInput):
            storage.update_session(
                trip.session_id,
                Changes({"pace": "packed"}),
                messages=[said("fine"), said(text)],
            )
        assert storage.get_session(trip.session_id, touch=False) == trip

    # Expiry

    def test_expired_is_absent_everywhere(
        self, storage: SessionStorage, trip: TripSession
    ) -> None:
        """An expired session that is not swept yet is absent for every method."""
        storage.update_session(trip.session_id, Changes(), messages=turn("a"))
        self.pass_time(storage, IDLE + TOUCH_INTERVAL + MOMENT)
        assert storage.get_session(trip.session_id) is None
        assert storage.list_sessions(OWNER) == []
        assert not storage.delete_session(trip.session_id)
        with pytest.raises(SessionNotFound):
            storage.messages(trip.session_id)
        with pytest.raises(SessionNotFound):
            storage.update_session(trip.session_id, Changes(), messages=turn("late"))

    def test_an_expired_id_begins_nothing_new(
        self, storage: SessionStorage, trip: TripSession
    ) -> None:
        """The id of an expired session that is not swept yet is not given anew."""
        self.pass_time(storage, IDLE + TOUCH_INTERVAL + MOMENT)
        with pytest.raises(SessionNotFound):
            storage.create_session(owner_hash=OWNER, session_id=trip.session_id)

    def test_idle_session_lives_its_full_time(
        self, storage: SessionStorage, trip: TripSession
    ) -> None:
        """60 silent minutes do not end a session, whenever it was touched."""
        self.pass_time(storage, TOUCH_INTERVAL - MOMENT)
        storage.get_session(trip.session_id)
        self.pass_time(storage, IDLE)
        assert storage.get_session(trip.session_id, touch=False) is not None

    def test_reading_keeps_a_session_alive(
        self, storage: SessionStorage, trip: TripSession
    ) -> None:
        """Who only reads every 20 minutes keeps the session for three hours."""
        for _ in range(9):
            self.pass_time(storage, timedelta(minutes=20))
            assert storage.get_session(trip.session_id) is not None

    def test_lifetime_ends_a_session_in_use(
        self, storage: SessionStorage, trip: TripSession
    ) -> None:
        """The absolute lifetime ends a session however often it is used."""
        step = timedelta(minutes=55)
        for _ in range(LIFETIME // step):
            self.pass_time(storage, step)
            storage.update_session(trip.session_id, Changes())
        self.pass_time(storage, step)
        assert storage.get_session(trip.session_id) is None

    def test_touches_are_throttled(
        self, storage: SessionStorage, trip: TripSession
    ) -> None:
        """A hundred reads in a minute renew last_accessed at most once."""
        self.pass_time(storage, TOUCH_INTERVAL + MOMENT)
        seen = set()
        for _ in range(100):
            session = storage.get_session(trip.session_id)
            assert session is not None
            seen.add(session.last_accessed)
        assert len(seen) == 1

    def test_read_without_touch_renews_nothing(
        self, storage: SessionStorage, trip: TripSession
    ) -> None:
        """A read with touch=False does not count as a use."""
        self.pass_time(storage, timedelta(minutes=10))
        before = storage.get_session(trip.session_id, touch=False)
        after = storage.get_session(trip.session_id, touch=False)
        assert before == after

    def test_sweep_deletes_the_expired_in_batches(
        self, storage: SessionStorage
    ) -> None:
        """Sweeping deletes at most its limit, the expired only, each once."""
        old = [storage.create_session(owner_hash=OWNER) for _ in range(5)]
        self.pass_time(storage, timedelta(hours=3))
        young = storage.create_session(owner_hash=OWNER)
        assert storage.delete_expired_sessions(limit=3) == 3
        assert storage.delete_expired_sessions(limit=3) == 2
        assert storage.delete_expired_sessions(limit=3) == 0
        assert storage.get_session(young.session_id) is not None
        made = storage.create_session(owner_hash=OWNER, session_id=old[0].session_id)
        assert made.message_count == 0

    # Identity

    def test_a_stranger_sees_and_renews_nothing(
        self, storage: SessionStorage, trip: TripSession
    ) -> None:
        """To another owner a session is absent; asking does not prolong it."""
        self.pass_time(storage, timedelta(minutes=10))
        before = storage.get_session(trip.session_id, owner_hash=OWNER, touch=False)
        for stranger in (STRANGER, b"", bytes(32)[1:]):
            assert storage.get_session(trip.session_id, owner_hash=stranger) is None
        assert before is not None
        assert storage.get_session(trip.session_id, touch=False) == before

    @pytest.mark.parametrize(
        "session_id",
        [
            "",
            "x",
            "../../etc/passwd",
            "' OR 1=1 --",
            "\0",
            "\ud800",
            "0" * 10_000,
            "00000000-0000-0000-0000-000000000000",
            "{00000000-0000-0000-0000-000000000000}",
        ],
    )
    def test_odd_id_opens_and_creates_nothing(
        self, storage: SessionStorage, session_id: str
    ) -> None:
        """An unknown, malformed or chosen id is absent for every method."""
        assert storage.get_session(session_id) is None
        assert not storage.delete_session(session_id)
        with pytest.raises(SessionNotFound):
            storage.messages(session_id)
        with pytest.raises(SessionNotFound):
            storage.update_session(session_id, Changes(), messages=turn("a"))
        assert storage.get_session(session_id) is None

    @pytest.mark.parametrize("owner_hash", [b"", b"short", bytes(33)])
    def test_owner_hash_is_a_digest(
        self, storage: SessionStorage, owner_hash: bytes
    ) -> None:
        """A session cannot be made for anything but a SHA-256 digest."""
        with pytest.raises(InvalidInput):
            storage.create_session(owner_hash=owner_hash)

    def test_another_spelling_of_an_id_is_another_id(
        self, storage: SessionStorage, trip: TripSession
    ) -> None:
        """Only the canonical form of an id finds its session."""
        for spelling in (trip.session_id.upper(), trip.session_id.replace("-", "")):
            if spelling != trip.session_id:
                assert storage.get_session(spelling) is None

    def test_check_passes(self, storage: SessionStorage) -> None:
        """A storage that works says so by returning."""
        storage.check()

    @pytest.mark.parametrize("session_id", ["mine", str(uuid.UUID(int=0))])
    def test_create_with_malformed_id_is_refused(
        self, storage: SessionStorage, session_id: str
    ) -> None:
        """A session id that is no UUID, or the nil one, is never adopted."""
        with pytest.raises(InvalidInput):
            storage.create_session(owner_hash=OWNER, session_id=session_id)

    def test_unknown_role_is_refused(
        self, storage: SessionStorage, trip: TripSession
    ) -> None:
        """What was said by nobody we know is not kept."""
        said = Message("operator", "hello")  # type: ignore[arg-type]  # which is tested
        with pytest.raises(InvalidInput):
            storage.update_session(trip.session_id, Changes(), messages=[said])
        assert storage.messages(trip.session_id) == []

    def test_version_rises_by_one(
        self, storage: SessionStorage, trip: TripSession
    ) -> None:
        """Each write, and only a write, raises the version by one."""
        first = storage.update_session(trip.session_id, Changes())
        storage.get_session(trip.session_id)
        second = storage.update_session(trip.session_id, Changes({"pace": "packed"}))
        assert (first.version, second.version) == (trip.version + 1, trip.version + 2)

    def test_saved_messages_are_those_stored(
        self, storage: SessionStorage, trip: TripSession
    ) -> None:
        """What a write returns equals what is read afterwards."""
        saved = storage.update_session(
            trip.session_id, Changes(), messages=turn("a"), turn_key="k"
        )
        assert list(saved.messages) == storage.messages(trip.session_id)
        expected = [m._replace(seq=0, created_at=None) for m in saved.messages]
        assert expected == [m._replace(turn_key="k") for m in turn("a")]
