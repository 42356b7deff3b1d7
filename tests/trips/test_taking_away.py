"""The manager hands out files and shares plans, and none of it touches the plan."""

from __future__ import annotations

import pytest

from itinerary_app.acts.acts import Act
from itinerary_app.errors import InvalidInput, NotShared, SessionNotFound
from itinerary_app.model import Itinerary, PlanRequest, Preferences, Refit
from itinerary_app.planner.planner import Planner
from itinerary_app.storage.memory import MemoryStorage
from itinerary_app.trips.conversation import ConversationManager
from tests.trips.phrases import WISH, manager
from tests.trips.scripted import ALICE, BOB, CATALOGUE


class CountingStorage(MemoryStorage):
    """The storage in memory, which remembers what was taken away."""

    def __init__(self) -> None:
        super().__init__()
        self.exported: list[tuple[str, str]] = []

    def record_export(self, session_id: str, kind: str) -> None:
        self.exported.append((session_id, kind))


class CountingPlanner(Planner):
    """The planner, which remembers how often it was asked."""

    asked = 0

    def plan(self, request: PlanRequest, *args: Itinerary | None) -> Itinerary:
        self.asked += 1
        return super().plan(request, *args)

    def revise(
        self,
        itinerary: Itinerary,
        act: Act | Refit,
        request: PlanRequest,
        *,
        draft: bool = False,
    ) -> Itinerary:
        self.asked += 1
        return super().revise(itinerary, act, request, draft=draft)


@pytest.fixture
def storage() -> CountingStorage:
    return CountingStorage()


@pytest.fixture
def planner() -> CountingPlanner:
    return CountingPlanner(CATALOGUE)


@pytest.fixture
def talk(storage: CountingStorage, planner: CountingPlanner) -> ConversationManager:
    return manager(storage, planner=planner)


@pytest.fixture
def trip(talk: ConversationManager) -> str:
    trip = talk.start(ALICE).session_id
    talk.send(trip, WISH, "k1", owner_hash=ALICE)
    return trip


def test_a_file_is_counted(
    talk: ConversationManager, storage: CountingStorage, trip: str
) -> None:
    """What the owner or a visitor takes away is counted by its kind."""
    assert talk.export(trip, ALICE, "gpx")
    talk.share(trip, ALICE, True)
    assert talk.hand_out(talk.shared(trip), "ics", "2026-12-24")
    assert storage.exported == [(trip, "gpx"), (trip, "ics")]


def test_what_is_not_handed_out_is_not_counted(
    talk: ConversationManager, storage: CountingStorage, trip: str
) -> None:
    """Strangers, plans that are none and calendars without dates count nothing."""
    with pytest.raises(SessionNotFound):
        talk.export(trip, BOB, "gpx")
    with pytest.raises(NotShared):
        talk.hand_out(talk.shared(trip), "gpx")
    with pytest.raises(InvalidInput):
        talk.export(trip, ALICE, "ics")
    assert talk.export(talk.start(ALICE).session_id, ALICE, "gpx") is None
    assert storage.exported == []


def test_sharing_plans_nothing(
    talk: ConversationManager, planner: CountingPlanner, trip: str
) -> None:
    """Shared and unshared, the plan is the same one, and nobody was asked for it."""
    before, asked = talk.trip(trip, ALICE), planner.asked
    assert asked == 1
    for shared in (True, True, False, False):
        after = talk.share(trip, ALICE, shared)
        assert after.preferences.shared is shared
        assert after.itinerary == before.itinerary
    assert planner.asked == asked
    assert after.preferences == before.preferences


def test_sharing_beside_a_wish_is_no_wish(
    talk: ConversationManager, planner: CountingPlanner, trip: str
) -> None:
    """Told together with a day more, the days there are stay as they are."""
    before = talk.trip(trip, ALICE).itinerary
    after = talk.change_preferences(
        trip, ALICE, {"shared": True, "duration_days": 4}
    ).itinerary
    assert before is not None
    assert after is not None
    assert after.days[:3] == before.days
    assert len(after.days) == 4


def test_talking_goes_on_sharing(talk: ConversationManager, trip: str) -> None:
    """What is said later leaves the plan shared, in its new form."""
    talk.share(trip, ALICE, True)
    talk.send(trip, "add a day", "k2", owner_hash=ALICE)
    shared = talk.shared(trip).itinerary
    assert shared is not None
    assert len(shared.days) == 4


def test_nothing_said_is_shared(talk: ConversationManager, trip: str) -> None:
    """What others may see has no message in it."""
    talk.share(trip, ALICE, True)
    assert talk.shared(trip).conversation_history == ()


def test_only_the_owner_shares(talk: ConversationManager, trip: str) -> None:
    """To somebody else the trip does not exist."""
    with pytest.raises(SessionNotFound):
        talk.share(trip, BOB, True)
    with pytest.raises(NotShared):
        talk.shared(trip)


def test_what_is_not_shared_is_not_told() -> None:
    """Only true is told; midnight and a limit of nothing, which equal it, are."""
    told = Preferences(shared=False, arrive=0, spend_limit=0).to_dict()
    assert told == {"arrive": "00:00", "spend_limit": 0}
    assert Preferences(shared=True).to_dict() == {"shared": True}
    assert Preferences.from_dict({"shared": None}) == Preferences()


@pytest.mark.parametrize("value", [1, 0, "true", "", []])
def test_only_a_boolean_shares(value: object) -> None:
    """Nothing that is merely true enough opens a plan to others."""
    with pytest.raises(InvalidInput, match="shared must be true or false"):
        Preferences.from_dict({"shared": value})
