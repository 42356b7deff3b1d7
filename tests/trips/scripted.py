"""A reader that was told beforehand what each text means, and a traveller to use it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache

from itinerary_app.acts.acts import Act
from itinerary_app.acts.focus import Focus
from itinerary_app.assistant.reader import Reader, Scene, Understanding
from itinerary_app.catalogue.places import Catalogue
from itinerary_app.model import (
    Day,
    Itinerary,
    Message,
    PlanRequest,
    Preferences,
    Stop,
    TripSession,
)
from itinerary_app.planner.planner import Planner
from itinerary_app.storage.base import SessionStorage
from itinerary_app.storage.memory import MemoryStorage
from itinerary_app.trips.conversation import ConversationManager
from itinerary_app.trips.turns import Turn

ALICE, BOB = b"a" * 32, b"b" * 32
TODAY = date(2026, 11, 28)  # a Saturday
CATALOGUE = Catalogue()


class RememberingPlanner(Planner):
    """Plans what it planned before once: a plan is a value of its request."""

    @cache  # noqa: B019  # it lives as long as the tests
    def plan(self, request: PlanRequest, before: Itinerary | None = None) -> Itinerary:
        return super().plan(request, before)


PLANNER = RememberingPlanner(CATALOGUE)


class ScriptedReader(Reader):
    """Reads what is in its table; nothing of any other text."""

    def __init__(self, table: Mapping[str, Sequence[Act]] | None = None) -> None:
        self.table: dict[str, Understanding] = {}
        for text, acts in (table or {}).items():
            self.means(text, *acts)

    def read(self, text: str, scene: Scene) -> Understanding:
        return self.table.get(text, Understanding(unread=(text,)))

    def means(self, text: str, *acts: Act) -> None:
        self.table[text] = Understanding(acts=acts)


def manager(
    storage: SessionStorage, reader: Reader, planner: Planner = PLANNER
) -> ConversationManager:
    return ConversationManager(
        storage=storage,
        reader=reader,
        planner=planner,
        catalogue=CATALOGUE,
        today=lambda: TODAY,
    )


class Traveller:
    """One trip, with all of the real parts but for the reader."""

    def __init__(self, *acts: Act) -> None:
        self.reader = ScriptedReader()
        self.storage = MemoryStorage()
        self.talk = manager(self.storage, self.reader)
        self.id = self.talk.start(ALICE).session_id
        self._turns = 0
        if acts:
            self.wants(*acts)

    def wants(self, *acts: Act) -> Message:
        """Says something that means these acts; the answer."""
        self._turns += 1
        text = f"wish {self._turns}"
        self.reader.means(text, *acts)
        turn = self.talk.send(self.id, text, f"turn-{self._turns}", owner_hash=ALICE)
        return turn.assistant

    def says(self, text: str) -> Message:
        self._turns += 1
        key = f"turn-{self._turns}"
        return self.talk.send(self.id, text, key, owner_hash=ALICE).assistant

    def presses(self, *acts: Act, version: int | None = None) -> Turn:
        """Presses a button that stands for these acts."""
        self._turns += 1
        return self.talk.act(
            self.id,
            acts,
            f"turn-{self._turns}",
            owner_hash=ALICE,
            expected_version=version,
        )

    @property
    def trip(self) -> TripSession:
        return self.talk.trip(self.id, ALICE)

    @property
    def wishes(self) -> Preferences:
        return self.trip.preferences

    @property
    def plan(self) -> Itinerary:
        plan = self.trip.itinerary
        assert plan is not None
        return plan

    @property
    def state(self) -> tuple[Preferences, Itinerary | None]:
        trip = self.trip
        return trip.preferences, trip.itinerary

    @property
    def focus(self) -> Focus:
        return Focus.from_context(self.trip.conversation_history[-1].context)


def stops(plan: Itinerary) -> Iterator[tuple[Day, Stop]]:
    for day in plan.days:
        for stop in day.stops:
            yield day, stop


def day_of(plan: Itinerary, place_id: str) -> int | None:
    """The number of the day that has the place."""
    return next((d.number for d, it in stops(plan) if it.place.id == place_id), None)


def visits(plan: Itinerary, day: int) -> list[str]:
    """The ids of what is visited on a day, in order."""
    return [
        it.place.id for d, it in stops(plan) if d.number == day and it.kind == "visit"
    ]
