"""Thought: what acts come to in one turn, before it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from itinerary_app.acts.acts import Act
from itinerary_app.acts.chips import Chip
from itinerary_app.acts.codec import dumps
from itinerary_app.acts.focus import Focus
from itinerary_app.model import MAX_MESSAGE_CHARS, Message, Role, TripSession
from itinerary_app.storage.base import NO_PLAN, Changes, Record, State, exactly
from itinerary_app.storage.codec import MAX_CONTEXT_BYTES

MOST_CHIPS = 8


def fits(context: dict[str, Any]) -> bool:
    """Whether a storage takes it."""
    return len(msgspec.json.encode(context)) <= MAX_CONTEXT_BYTES


def label_of(acts: Sequence[Act], trip: TripSession) -> str:
    """What stands on the chip of the last message that sends these acts, if any."""
    if not trip.conversation_history:
        return ""
    last = trip.conversation_history[-1]
    offered = (last.context or {}).get("chips", ())
    chips = zip(last.quick_replies, offered, strict=False)
    return next((label for label, them in chips if them == dumps(acts)), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Thought:
    """`state` is the trip's afterwards; `acts` made it, `restores` is the number of the
    version that comes again, `undone_from` of the one that an undo leaves.
    """

    text: str
    state: State
    chips: tuple[Chip, ...] = ()
    focus: Focus = field(default_factory=Focus)
    acts: tuple[Act, ...] = ()
    restores: int | None = None
    undone_from: int | None = None
    questions: int = 0

    @property
    def message(self) -> Message:
        """The assistant's, with what it is about and what its chips do."""
        chips = self.chips[:MOST_CHIPS]
        context: dict[str, Any] = self.focus.to_context()
        context["chips"] = [dumps(chip.acts) for chip in chips]
        if not fits(context):  # of many long acts: the chips' labels are said then
            context = Focus(stops=self.focus.stops, day=self.focus.day).to_context()
        return Message(
            Role.ASSISTANT,
            self.text[:MAX_MESSAGE_CHARS],
            tuple(chip.label for chip in chips),
            context=context,
        )

    def changes(self, trip: TripSession) -> Changes:
        """What is to be kept; a new version where preferences or plan are others."""
        before = State(trip.preferences, trip.itinerary)
        if self.state == before:
            return Changes(questions=self.questions)
        wishes, plan = self.state
        now, had = exactly(wishes), exactly(trip.preferences)
        changed = {name: value for name, value in now.items() if value != had[name]}
        return Changes(
            preferences=changed,
            itinerary=None
            if plan == trip.itinerary
            else (NO_PLAN if plan is None else plan),
            questions=self.questions,
            record=Record(dumps(self.acts), trip, self.restores, self.undone_from)
            if set(changed) - {"shared"} or plan != trip.itinerary
            else None,
        )
