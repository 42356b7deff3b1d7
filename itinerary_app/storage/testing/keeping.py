"""That a session can have an expiry of its own, longer or shorter than usual."""

from __future__ import annotations

from datetime import timedelta

import pytest

from itinerary_app.errors import InvalidInput, SessionNotFound
from itinerary_app.model import TripSession
from itinerary_app.storage.base import (
    MAX_LIFETIME,
    TOUCH_INTERVAL,
    Changes,
    Expiry,
    SessionStorage,
)
from itinerary_app.storage.testing.storages import Storages
from itinerary_app.storage.testing.values import IDLE, LIFETIME, MOMENT, OWNER

DAY = timedelta(days=1)
LONG = Expiry(30 * DAY, 360 * DAY)
USUAL = Expiry(IDLE, LIFETIME)


class KeepingContract(Storages):
    """One promise a test."""

    def test_a_kept_session_lives_on(
        self, storage: SessionStorage, trip: TripSession
    ) -> None:
        """Unused so long as its own idle time says, and listed all the while."""
        saved = storage.update_session(trip.session_id, Changes(expiry=LONG))
        assert saved.version == trip.version + 1
        found = storage.get_session(trip.session_id, touch=False)
        assert found
        assert found.idle == LONG.idle
        assert found.ends_at - found.last_accessed == LONG.lifetime
        self.pass_time(storage, LONG.idle)
        assert storage.delete_expired_sessions(limit=10) == 0
        assert storage.get_session(trip.session_id, touch=False)
        [listed] = storage.list_sessions(OWNER)
        assert (listed.idle, listed.ends_at - listed.last_accessed) == (
            LONG.idle,
            LONG.lifetime,
        )
        self.pass_time(storage, TOUCH_INTERVAL + MOMENT)
        assert storage.get_session(trip.session_id) is None
        assert storage.list_sessions(OWNER) == []

    def test_any_use_renews_a_kept_session(
        self, storage: SessionStorage, trip: TripSession
    ) -> None:
        """Who looks at it every 29 days has it until its life ends, and no longer."""
        storage.update_session(trip.session_id, Changes(expiry=LONG))
        step = 29 * DAY
        for _ in range(LONG.lifetime // step):
            self.pass_time(storage, step)
            assert storage.get_session(trip.session_id)
        self.pass_time(storage, step)
        assert storage.get_session(trip.session_id) is None

    def test_a_session_is_kept_only_as_usual_again(
        self, storage: SessionStorage, trip: TripSession
    ) -> None:
        """Its life begins anew: a day-old one would end at once. Then it is swept."""
        storage.update_session(trip.session_id, Changes(expiry=LONG))
        self.pass_time(storage, 5 * DAY)
        storage.update_session(trip.session_id, Changes(expiry=USUAL))
        self.pass_time(storage, IDLE)
        assert storage.get_session(trip.session_id, touch=False)
        self.pass_time(storage, timedelta(minutes=20))
        assert storage.get_session(trip.session_id) is None
        storage.delete_expired_sessions(limit=10)
        made = storage.create_session(owner_hash=OWNER, session_id=trip.session_id)
        assert (made.version, made.idle) == (1, IDLE)

    def test_kept_sessions_stand_in_no_ones_way(self, storage: SessionStorage) -> None:
        """A sweep deletes those around them."""
        made = [storage.create_session(owner_hash=OWNER).session_id for _ in range(5)]
        for key in made[::2]:
            storage.update_session(key, Changes(expiry=LONG))
        self.pass_time(storage, 2 * DAY)
        while storage.delete_expired_sessions(limit=1):
            pass
        left = {it.session_id for it in storage.list_sessions(OWNER)}
        assert left == {*made[::2]}
        for key in made[1::2]:
            made_anew = storage.create_session(owner_hash=OWNER, session_id=key)
            assert made_anew.version == 1

    def test_a_kept_session_is_deleted_like_any(
        self, storage: SessionStorage, trip: TripSession
    ) -> None:
        """For good."""
        storage.update_session(trip.session_id, Changes(expiry=LONG))
        assert storage.delete_session(trip.session_id)
        assert storage.get_session(trip.session_id) is None
        assert storage.list_sessions(OWNER) == []

    def test_an_expiry_comes_with_other_changes(
        self, storage: SessionStorage, trip: TripSession
    ) -> None:
        """All of it or nothing, and no version of the plan for an expiry alone."""
        key = trip.session_id
        storage.update_session(key, Changes({"city": "Jaipur"}, expiry=LONG))
        storage.update_session(key, Changes(expiry=USUAL))
        found = storage.get_session(key, touch=False)
        assert found
        assert (found.preferences.city, found.idle, found.plan_version) == (
            "Jaipur",
            IDLE,
            1,
        )

    def test_kept_anew_when_expired_is_gone(
        self, storage: SessionStorage, trip: TripSession
    ) -> None:
        """Nothing brings an expired session back."""
        self.pass_time(storage, IDLE + TOUCH_INTERVAL + MOMENT)
        with pytest.raises(SessionNotFound):
            storage.update_session(trip.session_id, Changes(expiry=LONG))

    @pytest.mark.parametrize(
        "expiry",
        [
            Expiry(timedelta(), DAY),
            Expiry(2 * DAY, DAY),
            Expiry(DAY, MAX_LIFETIME + DAY),
        ],
    )
    def test_an_expiry_that_cannot_be_is_refused(
        self, storage: SessionStorage, trip: TripSession, expiry: Expiry
    ) -> None:
        """None, one that outlasts its life, or a life without end."""
        with pytest.raises(InvalidInput):
            storage.update_session(trip.session_id, Changes(expiry=expiry))
        assert storage.get_session(trip.session_id, touch=False) == trip
