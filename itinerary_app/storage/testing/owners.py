"""Whose a session is, and that it can become another's."""

from __future__ import annotations

from datetime import timedelta

import pytest

from itinerary_app.errors import InvalidInput
from itinerary_app.storage.base import Changes, SessionStorage
from itinerary_app.storage.testing.storages import Storages
from itinerary_app.storage.testing.values import (
    LIFETIME,
    OWNER,
    STRANGER,
    itinerary,
    turn,
)

ANOTHER = b"a" * 32


class OwnersContract(Storages):
    """One promise a test."""

    def test_all_of_an_owners_sessions_become_anothers(
        self, storage: SessionStorage
    ) -> None:
        """Whole, with their version; whoever had them has none, others keep theirs."""
        made = [storage.create_session(owner_hash=OWNER).session_id for _ in range(3)]
        theirs = storage.create_session(owner_hash=STRANGER).session_id
        plan = Changes({"city": "Jaipur"}, itinerary())
        storage.update_session(made[0], plan, messages=turn("hello"), turn_key="1")
        before = storage.get_session(made[0], touch=False)
        assert before
        assert storage.change_owner(OWNER, ANOTHER) == 3
        for key in made:
            assert storage.get_session(key, owner_hash=OWNER) is None
            assert storage.get_session(key, owner_hash=ANOTHER)
        after = storage.get_session(made[0], touch=False)
        assert after
        assert after.owner_hash == ANOTHER
        assert (after.version, after.conversation_history, after.itinerary) == (
            before.version,
            before.conversation_history,
            before.itinerary,
        )
        assert storage.list_sessions(OWNER) == []
        assert {it.session_id for it in storage.list_sessions(ANOTHER)} == {*made}
        assert storage.get_session(theirs, owner_hash=STRANGER)
        assert storage.change_owner(OWNER, ANOTHER) == 0
        assert len(storage.versions(made[0])) == 1
        assert storage.update_session(made[0], plan).version == before.version + 1

    def test_an_expired_session_becomes_nobodys(self, storage: SessionStorage) -> None:
        """It does not live on with another owner."""
        storage.create_session(owner_hash=OWNER)
        self.pass_time(storage, LIFETIME + timedelta(seconds=1))
        assert storage.change_owner(OWNER, ANOTHER) == 0
        assert storage.list_sessions(ANOTHER) == []

    def test_what_is_no_owner_gets_none(self, storage: SessionStorage) -> None:
        """An owner is a digest of 32 bytes."""
        key = storage.create_session(owner_hash=OWNER).session_id
        with pytest.raises(InvalidInput):
            storage.change_owner(OWNER, b"secret")
        assert storage.get_session(key, owner_hash=OWNER)
