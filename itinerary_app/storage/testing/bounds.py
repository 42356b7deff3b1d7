"""Whatever is kept has a bound, beyond which nothing is written."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from itinerary_app.errors import InvalidInput
from itinerary_app.model import MAX_MESSAGE_CHARS, Message, Role, TripSession
from itinerary_app.model.fields import MAX_NOTE_CHARS
from itinerary_app.storage.base import Changes, Record, SessionStorage
from itinerary_app.storage.codec import (
    MAX_ACTS_BYTES,
    MAX_CONTEXT_BYTES,
    MAX_PLAN_BYTES,
    MAX_QUICK_REPLIES,
)
from itinerary_app.storage.testing.storages import Storages
from itinerary_app.storage.testing.values import itinerary


def answer(*replies: str, **context: str) -> Message:
    return Message(Role.ASSISTANT, "Well?", replies, context=context or None)


class BoundsContract(Storages):
    """One kind of what is kept a case."""

    @pytest.mark.parametrize(
        ("field", "message"),
        [
            ("quick_replies", answer(*["Yes"] * (MAX_QUICK_REPLIES + 1))),
            ("quick_replies", answer("x" * MAX_MESSAGE_CHARS, "x")),
            ("context", answer(about="x" * MAX_CONTEXT_BYTES)),
        ],
    )
    def test_a_message_has_bounds(
        self, storage: SessionStorage, trip: TripSession, field: str, message: Message
    ) -> None:
        """Of quick replies, by number and length, and of what it is about."""
        self.refused(storage, trip, field, Changes({"pace": "packed"}), message)

    @pytest.mark.parametrize(
        ("field", "wishes"),
        [
            ("notes", {"notes": [{"amber-fort": "x" * (MAX_NOTE_CHARS + 1)}]}),
            ("notes", {"notes": [{f"p{n}": "x"} for n in range(201)]}),
            ("must_see", {"must_see": [f"p{n}" for n in range(201)]}),
            ("city", {"city": "x" * 201}),
        ],
    )
    def test_preferences_have_bounds(
        self,
        storage: SessionStorage,
        trip: TripSession,
        field: str,
        wishes: dict[str, Any],
    ) -> None:
        """Of notes, by number and length, of places and of names."""
        self.refused(storage, trip, field, Changes(wishes))

    def test_a_plan_has_a_bound(
        self, storage: SessionStorage, trip: TripSession
    ) -> None:
        """Of its bytes, whatever they are: its notes, too."""
        plan = itinerary("x" * MAX_PLAN_BYTES)
        self.refused(storage, trip, "itinerary", Changes(itinerary=plan))
        day = plan.days[0]
        stops = tuple(it._replace(reason="x" * MAX_PLAN_BYTES) for it in day.stops)
        plan = replace(itinerary(), days=(replace(day, stops=stops),))
        self.refused(storage, trip, "itinerary", Changes(itinerary=plan))

    def test_acts_have_a_bound(
        self, storage: SessionStorage, trip: TripSession
    ) -> None:
        """What a version is known by is no room for more."""
        acts = [{"act": "note", "text": "x" * MAX_ACTS_BYTES}]
        changes = Changes({"pace": "packed"}, record=Record(acts, trip))
        self.refused(storage, trip, "acts", changes)

    @staticmethod
    def refused(
        storage: SessionStorage,
        trip: TripSession,
        field: str,
        changes: Changes,
        *messages: Message,
    ) -> None:
        """InvalidInput names the field, and nothing is written."""
        with pytest.raises(InvalidInput) as refused:
            storage.update_session(trip.session_id, changes, messages=messages)
        assert refused.value.field == field
        assert storage.get_session(trip.session_id, touch=False) == trip
