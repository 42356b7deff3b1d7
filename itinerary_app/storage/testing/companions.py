"""Who else has a session: companions, and invitations that anybody may take up."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from itinerary_app.errors import InvalidInput, SessionNotFound, VersionConflict
from itinerary_app.model import Companion, Right, TripSession
from itinerary_app.storage.base import (
    MAX_COMPANIONS,
    TOUCH_INTERVAL,
    Changes,
    Expiry,
    SessionStorage,
)
from itinerary_app.storage.testing.storages import Storages
from itinerary_app.storage.testing.values import IDLE, MOMENT, OWNER, STRANGER, turn

SINCE = datetime(2026, 1, 15, 10, 0, 0, 7, tzinfo=UTC)
FRIEND, ANOTHER = b"f" * 32, b"a" * 32
LOOKER = Companion(1, Right.LOOK, SINCE, FRIEND)
EDITOR = Companion(2, Right.EDIT, SINCE, STRANGER)
INVITED = Companion(3, Right.LOOK, SINCE)
ALL = (LOOKER, EDITOR, INVITED)


class CompanionsContract(Storages):
    """One promise a test."""

    @pytest.fixture
    def shared(self, storage: SessionStorage, trip: TripSession) -> TripSession:
        """The trip with a looker, an editor and an open invitation."""
        storage.update_session(trip.session_id, Changes(companions=ALL))
        found = storage.get_session(trip.session_id, touch=False)
        assert found
        return found

    def test_companions_are_kept_with_their_session(self, shared: TripSession) -> None:
        """As they were given, by number; it is a change like any, but of no plan."""
        assert shared.companions == ALL
        assert (shared.version, shared.plan_version) == (2, 0)
        assert shared.right_of(OWNER) is Right.OWN
        assert shared.right_of(FRIEND) is Right.LOOK
        assert shared.right_of(ANOTHER) is None

    def test_companions_find_the_session(
        self, storage: SessionStorage, shared: TripSession
    ) -> None:
        """And see it among their trips, with what they may do; strangers do neither."""
        own = storage.create_session(owner_hash=STRANGER)
        key = shared.session_id
        for holder, right in ((OWNER, "own"), (FRIEND, "look"), (STRANGER, "edit")):
            assert storage.get_session(key, owner_hash=holder, touch=False) == shared
            held = {it.session_id: it.right for it in storage.list_sessions(holder)}
            mine = {own.session_id: "own"} if holder == STRANGER else {}
            assert held == {key: right} | mine
        assert storage.get_session(key, owner_hash=ANOTHER) is None
        assert storage.get_session(key, owner_hash=b"") is None
        assert storage.list_sessions(ANOTHER) == []

    def test_dismissed_is_a_stranger(
        self, storage: SessionStorage, shared: TripSession
    ) -> None:
        """At once; the others stay, and a number may be another's then."""
        key = shared.session_id
        new = Companion(1, Right.EDIT, SINCE + IDLE, ANOTHER)
        storage.update_session(key, Changes(companions=(new, EDITOR)))
        assert storage.get_session(key, owner_hash=FRIEND) is None
        assert storage.list_sessions(FRIEND) == []
        found = storage.get_session(key, owner_hash=ANOTHER)
        assert found
        assert found.companions == (new, EDITOR)
        storage.update_session(key, Changes(companions=()))
        assert storage.get_session(key, owner_hash=ANOTHER) is None
        assert storage.get_session(key, owner_hash=OWNER)

    def test_companions_of_before_stay_unless_named(
        self, storage: SessionStorage, shared: TripSession
    ) -> None:
        """Other changes leave them alone; a stale version changes none."""
        key = shared.session_id
        storage.update_session(key, Changes({"city": "Jaipur"}), messages=turn("a"))
        with pytest.raises(VersionConflict):
            storage.update_session(key, Changes(companions=()), expected_version=2)
        found = storage.get_session(key)
        assert found
        assert found.companions == ALL

    def test_a_deleted_session_is_gone_for_companions(
        self, storage: SessionStorage, shared: TripSession
    ) -> None:
        """And one that is begun anew under its id has none."""
        key = shared.session_id
        assert storage.delete_session(key)
        assert storage.list_sessions(FRIEND) == []
        assert storage.get_session(key, owner_hash=FRIEND) is None
        anew = storage.create_session(owner_hash=OWNER, session_id=key)
        assert anew.companions == ()
        assert storage.get_session(key, owner_hash=FRIEND) is None

    def test_an_expired_session_is_gone_for_companions(
        self, storage: SessionStorage, shared: TripSession
    ) -> None:
        """A companion's look keeps it, as any use; then it ends for all."""
        self.pass_time(storage, IDLE - MOMENT)
        assert storage.get_session(shared.session_id, owner_hash=FRIEND)
        self.pass_time(storage, IDLE - MOMENT)
        assert storage.list_sessions(FRIEND)
        self.pass_time(storage, TOUCH_INTERVAL + 3 * MOMENT)
        assert storage.list_sessions(FRIEND) == []
        assert storage.get_session(shared.session_id, owner_hash=FRIEND) is None

    def test_companions_have_a_kept_session_as_long(
        self, storage: SessionStorage, shared: TripSession
    ) -> None:
        """Whether it was kept before they came or after."""
        key, kept = shared.session_id, Expiry(timedelta(days=30), timedelta(days=90))
        storage.update_session(key, Changes(expiry=kept))
        late = Companion(4, Right.LOOK, SINCE, ANOTHER)
        storage.update_session(key, Changes(companions=(*ALL, late)))
        self.pass_time(storage, timedelta(days=29))
        for holder in (OWNER, FRIEND, ANOTHER):
            assert [it.session_id for it in storage.list_sessions(holder)] == [key]

    def test_a_companion_changes_his_secret(
        self, storage: SessionStorage, shared: TripSession
    ) -> None:
        """With the one before he finds nothing; he is no owner, and counts as none."""
        key = shared.session_id
        assert storage.change_owner(FRIEND, ANOTHER) == 0
        assert storage.get_session(key, owner_hash=FRIEND) is None
        assert storage.list_sessions(FRIEND) == []
        found = storage.get_session(key, owner_hash=ANOTHER, touch=False)
        assert found
        assert found.companions == (
            LOOKER._replace(owner_hash=ANOTHER),
            EDITOR,
            INVITED,
        )
        assert found.owner_hash == OWNER
        [listed] = storage.list_sessions(ANOTHER)
        assert listed.right is Right.LOOK

    def test_the_owner_changes_his_secret(
        self, storage: SessionStorage, shared: TripSession
    ) -> None:
        """His companions stay."""
        assert storage.change_owner(OWNER, ANOTHER) == 1
        found = storage.get_session(shared.session_id, touch=False)
        assert found == replace(shared, owner_hash=ANOTHER)

    def test_the_owner_takes_a_companions_secret_and_back(
        self, storage: SessionStorage, shared: TripSession
    ) -> None:
        """One who is both loses neither trip nor right by it, and may be deleted."""
        key = shared.session_id
        assert storage.change_owner(OWNER, FRIEND) == 1
        assert storage.get_session(key, owner_hash=OWNER, touch=False) is None
        assert [it.session_id for it in storage.list_sessions(FRIEND)] == [key]
        assert storage.change_owner(FRIEND, OWNER) == 1
        assert [it.session_id for it in storage.list_sessions(OWNER)] == [key]
        assert storage.delete_session(key)
        assert storage.list_sessions(OWNER) == []

    def test_the_id_of_a_trip_is_not_a_companions_to_create(
        self, storage: SessionStorage, shared: TripSession
    ) -> None:
        """As if it were a stranger's: the trip is somebody else's."""
        for holder in (FRIEND, STRANGER, ANOTHER):
            with pytest.raises(SessionNotFound):
                storage.create_session(owner_hash=holder, session_id=shared.session_id)

    @pytest.mark.parametrize(
        "companions",
        [
            (LOOKER, EDITOR._replace(number=1)),
            (LOOKER, EDITOR._replace(owner_hash=FRIEND)),
            (LOOKER._replace(owner_hash=b"short"),),
            (LOOKER._replace(right=Right.OWN),),
            (LOOKER._replace(number=0),),
            tuple(INVITED._replace(number=n) for n in range(1, MAX_COMPANIONS + 2)),
        ],
    )
    def test_companions_that_cannot_be_are_refused(
        self,
        storage: SessionStorage,
        shared: TripSession,
        companions: tuple[Companion, ...],
    ) -> None:
        """Nobody and no number twice, no second owner, not too many."""
        with pytest.raises(InvalidInput):
            storage.update_session(shared.session_id, Changes(companions=companions))
        assert storage.get_session(shared.session_id, touch=False) == shared
