"""A traveller, an assistant and a planner for tests: what is said and what comes."""

from __future__ import annotations

from datetime import UTC, datetime

from itinerary_app.assistant import open_assistant
from itinerary_app.catalogue.places import Catalogue
from itinerary_app.model import Itinerary, Message, Preferences, TripSession
from itinerary_app.planner.planner import Planner
from itinerary_app.storage.memory import MemoryStorage
from itinerary_app.trips.conversation import ConversationManager

CATALOGUE = Catalogue()
PLANNER = Planner(CATALOGUE)
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)  # a Wednesday
ASSISTANT = open_assistant(
    "rules:",
    cities=lambda: CATALOGUE.cities,
    places=CATALOGUE.places,
    clock=lambda: NOW,
)
OWNER = bytes(32)


class Traveller:
    """One conversation, with all of the real parts."""

    def __init__(self, *texts: str) -> None:
        self._manager = ConversationManager(
            storage=MemoryStorage(), assistant=ASSISTANT, planner=PLANNER
        )
        self._trip = self._manager.start(OWNER).session_id
        self._said = 0
        for text in texts:
            self.says(text)

    def says(self, text: str) -> Message:
        self._said += 1
        turn = self._manager.send(self._trip, text, f"k{self._said}", owner_hash=OWNER)
        return turn.assistant

    @property
    def session(self) -> TripSession:
        return self._manager.trip(self._trip, OWNER)

    @property
    def told(self) -> Preferences:
        return self.session.preferences

    @property
    def plan(self) -> Itinerary:
        plan = self.session.itinerary
        assert plan is not None
        return plan
