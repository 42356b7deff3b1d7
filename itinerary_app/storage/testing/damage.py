"""One session that cannot be read hides itself alone."""

from __future__ import annotations

import pytest

from itinerary_app.errors import CorruptSession
from itinerary_app.storage.base import SessionStorage
from itinerary_app.storage.testing.storages import Storages
from itinerary_app.storage.testing.values import IDLE, OWNER


class DamageContract(Storages):
    """Of three sessions of an owner one is damaged."""

    def test_a_damaged_session_hides_no_other(self, storage: SessionStorage) -> None:
        """The list gives the others and tells of it; it can be deleted."""
        one, bad, other = (storage.create_session(owner_hash=OWNER) for _ in range(3))
        self.damage(storage, bad.session_id)
        with pytest.raises(CorruptSession):
            storage.get_session(bad.session_id)
        listed = {it.session_id: it.is_readable for it in storage.list_sessions(OWNER)}
        assert listed == {
            one.session_id: True,
            bad.session_id: False,
            other.session_id: True,
        }
        assert storage.delete_session(bad.session_id)
        assert len(storage.list_sessions(OWNER)) == 2

    def test_a_damaged_session_stops_no_sweep(self, storage: SessionStorage) -> None:
        """When all have expired all go, the damaged one too."""
        keys = [storage.create_session(owner_hash=OWNER).session_id for _ in range(3)]
        self.damage(storage, keys[1])
        self.pass_time(storage, 3 * IDLE)
        storage.delete_expired_sessions(limit=10)
        assert [storage.get_session(key) for key in keys] == [None] * 3
        assert storage.delete_expired_sessions(limit=10) == 0
        assert storage.backlog().sessions == 0
