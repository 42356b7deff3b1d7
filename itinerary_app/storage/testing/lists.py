"""An owner's list of sessions, whole and by pages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from itinerary_app.errors import InvalidInput
from itinerary_app.model import TripSummary
from itinerary_app.storage.base import Changes, ListCursor, SessionStorage
from itinerary_app.storage.testing.storages import Storages
from itinerary_app.storage.testing.values import OWNER, STRANGER, itinerary


class ListsContract(Storages):
    """One promise a test."""

    def test_list_shows_the_owners_sessions_only(self, storage: SessionStorage) -> None:
        """A list holds the owner's sessions, the newest first, however used."""
        made = [storage.create_session(owner_hash=OWNER) for _ in range(3)]
        storage.create_session(owner_hash=STRANGER)
        self.pass_time(storage, timedelta(minutes=2))
        storage.update_session(made[1].session_id, Changes(itinerary=itinerary()))
        listed = storage.list_sessions(OWNER)
        assert {line.session_id for line in listed} == {s.session_id for s in made}
        assert sum(line.has_itinerary for line in listed) == 1
        assert listed == sorted(listed, key=_newest_first)

    def test_paging_through_a_list_gives_each_once(
        self, storage: SessionStorage
    ) -> None:
        """Whatever is begun, used or deleted meanwhile: all that live throughout."""
        made = [storage.create_session(owner_hash=OWNER).session_id for _ in range(10)]
        seen: list[TripSummary] = []
        after = None
        while page := storage.list_sessions(OWNER, after=after, limit=3):
            seen += page
            after = ListCursor.of(page[-1])
            for key in set(made) - {line.session_id for line in seen}:
                storage.update_session(key, Changes(questions=1))
            storage.delete_session(page[-1].session_id)
            storage.create_session(owner_hash=OWNER)
        keys = [line.session_id for line in seen]
        assert set(made) <= set(keys)
        assert len(keys) == len(set(keys))
        assert keys == [line.session_id for line in sorted(seen, key=_newest_first)]

    @pytest.mark.parametrize(
        "page",
        [
            {"limit": -1},
            {"limit": 2**31},
            {"after": ListCursor(datetime(2026, 1, 1), str(UUID(int=1)))},
            {"after": ListCursor(datetime(2026, 1, 1, tzinfo=UTC), "x")},
        ],
    )
    def test_what_is_no_page_of_a_list_is_refused(
        self, storage: SessionStorage, page: dict[str, Any]
    ) -> None:
        """A limit out of range, a cursor without time zone or id: InvalidInput."""
        with pytest.raises(InvalidInput):
            storage.list_sessions(OWNER, **page)
        assert storage.list_sessions(OWNER, limit=0) == []


def _newest_first(trip: TripSummary) -> tuple[float, str]:
    return -trip.created_at.timestamp(), trip.session_id
