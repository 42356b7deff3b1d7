"""The conversation manager: a turn is thought, planned and kept as one."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from itinerary_app.assistant import open_assistant
from itinerary_app.assistant.base import Assistant, Reply
from itinerary_app.catalogue.places import Catalogue
from itinerary_app.errors import (
    InvalidInput,
    SessionNotFound,
    TurnKeyReused,
    VersionConflict,
)
from itinerary_app.model import Budget, Interest, Itinerary, Pace, TripSession
from itinerary_app.planner.planner import Planner
from itinerary_app.storage.base import Changes, SessionStorage
from itinerary_app.storage.database import Database
from itinerary_app.storage.memory import MemoryStorage
from itinerary_app.storage.postgres import PostgresStorage
from itinerary_app.trips.conversation import ConversationManager

ALICE, BOB = b"a" * 32, b"b" * 32
WISH = "3 days in Jaipur, we love food and culture, relaxed, moderate budget"

CATALOGUE = Catalogue()
PLANNER = Planner(CATALOGUE)


def manager(
    storage: SessionStorage,
    assistant: Assistant | None = None,
    planner: Planner = PLANNER,
) -> ConversationManager:
    return ConversationManager(
        storage=storage,
        assistant=assistant
        or open_assistant(
            "rules:", cities=lambda: CATALOGUE.cities, places=CATALOGUE.places
        ),
        planner=planner,
    )


@pytest.fixture
def storage() -> MemoryStorage:
    return MemoryStorage()


@pytest.fixture
def talk(storage: MemoryStorage) -> ConversationManager:
    return manager(storage)


@pytest.fixture
def trip(talk: ConversationManager) -> str:
    return talk.start(ALICE).session_id


class Interrupted(Assistant):
    """The real assistant, with something that happens while it thinks."""

    def __init__(self, meanwhile: Callable[[], object]) -> None:
        self._inner = open_assistant(
            "rules:", cities=lambda: CATALOGUE.cities, places=CATALOGUE.places
        )
        self._meanwhile = meanwhile

    def reply(self, session: TripSession, text: str) -> Reply:
        self._meanwhile()
        return self._inner.reply(session, text)

    def present(
        self, session: TripSession, reply: Reply, itinerary: Itinerary
    ) -> Reply:
        return self._inner.present(session, reply, itinerary)

    def regret(self, session: TripSession, reply: Reply, why: str) -> Reply:
        return self._inner.regret(session, reply, why)


def test_wish_becomes_a_plan(talk: ConversationManager, trip: str) -> None:
    """One sentence with all that is needed gives the days, kept with the words."""
    turn = talk.send(trip, WISH, "k1", owner_hash=ALICE)
    session = talk.trip(trip, ALICE)
    assert session.conversation_history == (turn.user, turn.assistant)
    assert session.preferences.pace is Pace.RELAXED
    assert session.clarifying_questions_count == 0
    assert session.itinerary is not None
    assert [day.number for day in session.itinerary.days] == [1, 2, 3]
    assert all(day.stops for day in session.itinerary.days)


def test_edit_changes_its_day_alone(talk: ConversationManager, trip: str) -> None:
    """“Make day 2 more relaxed” leaves the other days as they were."""
    talk.send(trip, WISH.replace("relaxed", "packed"), "k1", owner_hash=ALICE)
    before = talk.trip(trip, ALICE).itinerary
    talk.send(trip, "make day 2 more relaxed", "k2", owner_hash=ALICE)
    after = talk.trip(trip, ALICE).itinerary
    assert before is not None
    assert after is not None
    assert after.days[0] == before.days[0]
    assert after.days[2] == before.days[2]
    assert len(after.days[1].stops) < len(before.days[1].stops)


def test_questions_are_counted_and_three_at_the_most(
    talk: ConversationManager, trip: str
) -> None:
    """The assistant asks one thing at a time, three times at most, and counts it."""
    for number, text in enumerate(["hello", "hm", "well", "dunno", "no idea"]):
        talk.send(trip, text, f"k{number}", owner_hash=ALICE)
    assert 1 <= talk.trip(trip, ALICE).clarifying_questions_count <= 3


def test_same_key_gives_the_first_answer(talk: ConversationManager, trip: str) -> None:
    """A repeated turn is stored once, and answered as the first time."""
    first = talk.send(trip, WISH, "k1", owner_hash=ALICE)
    again = talk.send(trip, WISH, "k1", owner_hash=ALICE)
    assert again.replayed
    assert (again.user, again.assistant) == (first.user, first.assistant)
    assert talk.trip(trip, ALICE).message_count == 2


def test_old_key_gives_the_first_answer_too(
    talk: ConversationManager, trip: str
) -> None:
    """A turn is not repeated even when it lies far back in the conversation."""
    first = talk.send(trip, "hello", "first", owner_hash=ALICE)
    for number in range(15):
        talk.send(trip, "hello", f"k{number}", owner_hash=ALICE)
    again = talk.send(trip, "hello", "first", owner_hash=ALICE)
    assert again.replayed
    assert again.assistant == first.assistant
    assert talk.trip(trip, ALICE).message_count == 32


def test_key_for_another_message_is_refused(
    talk: ConversationManager, trip: str
) -> None:
    """A key that stands for one message cannot send another one."""
    talk.send(trip, "hello", "k1", owner_hash=ALICE)
    with pytest.raises(TurnKeyReused):
        talk.send(trip, WISH, "k1", owner_hash=ALICE)


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 8_001, "a\0b", "a\ud800b"])
def test_unusable_message_is_refused(
    talk: ConversationManager, trip: str, text: str
) -> None:
    """An empty, overlong or unprintable message is refused, and nothing is stored."""
    with pytest.raises(InvalidInput):
        talk.send(trip, text, "k1", owner_hash=ALICE)
    assert talk.trip(trip, ALICE).message_count == 0


def test_others_trips_do_not_exist(talk: ConversationManager, trip: str) -> None:
    """Somebody else's trip can be neither read, written, changed nor deleted."""
    calls: list[Callable[[], object]] = [
        lambda: talk.trip(trip, BOB),
        lambda: talk.send(trip, "hello", "k1", owner_hash=BOB),
        lambda: talk.messages(trip, BOB, before=None, limit=10),
        lambda: talk.change_preferences(trip, BOB, {"pace": "packed"}),
        lambda: talk.delete(trip, BOB),
    ]
    for call in calls:
        with pytest.raises(SessionNotFound):
            call()
    assert talk.trips(BOB) == []
    assert talk.trip(trip, ALICE).version == 1


def test_starting_twice_with_one_key_makes_one_trip(
    talk: ConversationManager,
) -> None:
    """A double click on the start gives one trip; another traveller gets another."""
    first, second = (talk.start(ALICE, turn_key="k") for _ in range(2))
    assert first.session_id == second.session_id
    assert talk.start(BOB, turn_key="k").session_id != first.session_id
    assert len(talk.trips(ALICE)) == 1


def test_change_while_thinking_is_not_lost(storage: MemoryStorage) -> None:
    """A field that somebody sets while the assistant thinks survives the turn."""
    once = iter([lambda: talk_trip_gets({"budget": "low"})])

    def talk_trip_gets(patch: dict[str, str]) -> None:
        storage.update_session(trip, Changes(patch))

    talk = manager(storage, Interrupted(lambda: next(once, lambda: None)()))
    trip = talk.start(ALICE).session_id
    talk.send(trip, "4 days in Singapore", "k1", owner_hash=ALICE)
    preferences = talk.trip(trip, ALICE).preferences
    assert preferences.budget == "low"
    assert preferences.duration_days == 4


def test_endless_changes_end_in_a_conflict(storage: MemoryStorage) -> None:
    """When the trip changes during each of three thoughts, the caller is told."""
    talk = manager(
        storage, Interrupted(lambda: storage.update_session(trip, Changes()))
    )
    trip = talk.start(ALICE).session_id
    with pytest.raises(VersionConflict):
        talk.send(trip, "hello", "k1", owner_hash=ALICE)
    assert talk.trip(trip, ALICE).message_count == 0


def test_deletion_while_thinking_stands(storage: MemoryStorage) -> None:
    """A trip deleted while its answer is thought of stays deleted."""
    talk = manager(storage, Interrupted(lambda: storage.delete_session(trip)))
    trip = talk.start(ALICE).session_id
    with pytest.raises(SessionNotFound):
        talk.send(trip, "hello", "k1", owner_hash=ALICE)
    assert talk.trips(ALICE) == []


def test_no_connection_is_held_while_thinking(database: Database) -> None:
    """With a pool of one, the storage can be used while the assistant thinks."""
    storage = PostgresStorage(database, pool_size=1)
    talk = manager(storage, Interrupted(storage.check))
    trip = talk.start(ALICE).session_id
    turn = talk.send(trip, "hello", "k1", owner_hash=ALICE)
    assert turn.assistant.content
    storage.close()


def test_restart_finds_everything(
    database: Database, postgresql: psycopg.Connection
) -> None:
    """A new process with the same database continues where the first one ended."""
    first = PostgresStorage(database, pool_size=1)
    talk = manager(first)
    trip = talk.start(ALICE).session_id
    talk.send(trip, WISH, "k1", owner_hash=ALICE)
    before = talk.trip(trip, ALICE)
    first.close()
    second = PostgresStorage(database, pool_size=1)
    assert manager(second).trip(trip, ALICE) == before
    second.close()


def test_preferences_that_cannot_be_planned_are_refused(
    talk: ConversationManager, trip: str
) -> None:
    """A change that leaves no honest plan is refused, and the plan stays."""
    talk.send(trip, WISH, "k1", owner_hash=ALICE)
    before = talk.trip(trip, ALICE)
    with pytest.raises(InvalidInput, match="Atlantis"):
        talk.change_preferences(trip, ALICE, {"city": "Atlantis"})
    assert talk.trip(trip, ALICE) == before


def test_changed_preferences_make_the_plan_anew(
    talk: ConversationManager, trip: str
) -> None:
    """With a plan there, other preferences lead to another plan at once."""
    talk.send(trip, WISH, "k1", owner_hash=ALICE)
    session = talk.change_preferences(trip, ALICE, {"duration_days": 2})
    assert session.itinerary is not None
    assert len(session.itinerary.days) == 2


def plan_of(talk: ConversationManager, trip: str) -> Itinerary:
    itinerary = talk.trip(trip, ALICE).itinerary
    assert itinerary is not None
    return itinerary


def ids(itinerary: Itinerary) -> set[str]:
    return {stop.place.id for stop in itinerary.stops}


def test_edits_outlive_a_new_plan(talk: ConversationManager, trip: str) -> None:
    """What was taken out stays out and what was put in stays in, when all is planned
    anew."""
    for number, text in enumerate(
        [WISH, "remove Hawa Mahal", "add Nahargarh Fort", "make it packed"]
    ):
        talk.send(trip, text, f"k{number}", owner_hash=ALICE)
    planned = ids(plan_of(talk, trip))
    assert "hawa-mahal" not in planned
    assert "nahargarh-fort" in planned


def test_a_day_more_leaves_the_others_alone(
    talk: ConversationManager, trip: str
) -> None:
    """“Add a day” adds one at the end; “4 days” after it takes the last away."""
    talk.send(trip, WISH, "k1", owner_hash=ALICE)
    talk.send(trip, "remove Hawa Mahal", "k2", owner_hash=ALICE)
    before = plan_of(talk, trip)
    turn = talk.send(trip, "add two days", "k3", owner_hash=ALICE)
    longer = plan_of(talk, trip)
    assert longer.days[:3] == before.days
    assert [day.number for day in longer.days] == [1, 2, 3, 4, 5]
    assert not ids(before) & {s.place.id for day in longer.days[3:] for s in day.stops}
    assert "as they were" in turn.assistant.content
    talk.send(trip, "no, 4 days", "k4", owner_hash=ALICE)
    assert plan_of(talk, trip).days == longer.days[:4]
    assert talk.trip(trip, ALICE).preferences.duration_days == 4


def test_a_named_day_can_be_taken_out(talk: ConversationManager, trip: str) -> None:
    """“Remove day 2” takes that day, and those after it move up."""
    talk.send(trip, WISH, "k1", owner_hash=ALICE)
    before = plan_of(talk, trip)
    talk.send(trip, "remove day 2", "k2", owner_hash=ALICE)
    after = plan_of(talk, trip)
    assert [d.stops for d in after.days] == [before.days[0].stops, before.days[2].stops]
    assert [day.number for day in after.days] == [1, 2]
    assert talk.trip(trip, ALICE).preferences.duration_days == 2


def test_what_was_told_survives_an_impossible_wish(
    talk: ConversationManager, trip: str
) -> None:
    """If no plan can be made, city and wishes are kept: only the days are asked."""
    wish = "30 days in Vienna, cheap, no museums, no palaces, no churches, no parks"
    talk.send(trip, wish, "k1", owner_hash=ALICE)
    assert talk.trip(trip, ALICE).itinerary is None
    talk.send(trip, "ok, 4 days then", "k2", owner_hash=ALICE)
    session = talk.trip(trip, ALICE)
    assert session.itinerary is not None
    assert session.preferences.city == "Vienna"
    assert session.preferences.budget is Budget.LOW


def test_changes_at_once_are_both_made(
    talk: ConversationManager, storage: MemoryStorage, trip: str
) -> None:
    """Two changes of different preferences at once: both stand, none is refused."""
    talk.send(trip, WISH, "k1", owner_hash=ALICE)
    patches = [{"budget": "low"}, {"pace": "packed"}, {"interests": ["art"]}]
    with ThreadPoolExecutor(len(patches)) as pool:
        list(pool.map(lambda p: talk.change_preferences(trip, ALICE, p), patches))
    preferences = talk.trip(trip, ALICE).preferences
    assert preferences.budget is Budget.LOW
    assert preferences.pace is Pace.PACKED
    assert preferences.interests == (Interest.ART,)


def test_a_city_is_covered_or_refused(talk: ConversationManager, trip: str) -> None:
    """Preferences take a covered city in any case, and no other."""
    changed = talk.change_preferences(trip, ALICE, {"city": "jaipur"})
    assert changed.preferences.city == "Jaipur"
    with pytest.raises(InvalidInput, match="Jaipur"):
        talk.change_preferences(trip, ALICE, {"city": "Atlantis"})
    with pytest.raises(InvalidInput, match="Jaipur"):
        talk.start(ALICE, preferences={"city": "Atlantis"})
    assert len(talk.trips(ALICE)) == 1


def test_starting_twice_with_a_key_changes_nothing(talk: ConversationManager) -> None:
    """A repeated start gives the trip as it has become meanwhile."""
    first = talk.start(ALICE, turn_key="k", preferences={"pace": "packed"})
    assert first.preferences.pace is Pace.PACKED
    talk.change_preferences(first.session_id, ALICE, {"pace": "relaxed"})
    again = talk.start(ALICE, turn_key="k", preferences={"pace": "packed"})
    assert again.session_id == first.session_id
    assert again.preferences.pace is Pace.RELAXED


def test_a_new_city_is_never_planned_on_the_old_one(
    talk: ConversationManager, trip: str
) -> None:
    """City and days told one after the other, after a fresh start, make a new plan."""
    talk.send(trip, WISH, "k1", owner_hash=ALICE)
    talk.send(trip, "start over", "k2", owner_hash=ALICE)
    talk.change_preferences(trip, ALICE, {"city": "Kyoto"})
    talk.change_preferences(trip, ALICE, {"duration_days": 2})
    plan = plan_of(talk, trip)
    assert plan.city.name == "Kyoto"
    assert len(plan.days) == 2


def test_named_places_belong_to_their_city(
    talk: ConversationManager, trip: str
) -> None:
    """Jaipur's Central Park, taken out, does not keep New York's out of a new trip."""
    talk.change_preferences(
        trip,
        ALICE,
        {"city": "Jaipur", "duration_days": 2, "excluded": ["central-park"]},
    )
    talk.send(trip, "make it New York, nature please", "k1", owner_hash=ALICE)
    session = talk.trip(trip, ALICE)
    assert session.preferences.city == "New York"
    assert session.preferences.excluded == ()
    assert "central-park" in ids(plan_of(talk, trip))


def test_a_changed_constraint_leaves_the_rest_of_the_plan(
    talk: ConversationManager, trip: str
) -> None:
    """What the traveller now avoids goes; all other stops stay on their days."""
    talk.send(trip, WISH, "k1", owner_hash=ALICE)
    before = plan_of(talk, trip)
    talk.change_preferences(trip, ALICE, {"avoid": ["fort"]})
    after = plan_of(talk, trip)
    assert not any(stop.place.category == "fort" for stop in after.stops)
    stays = {s.place.id for s in before.stops if s.place.category != "fort"}
    assert len(stays & ids(after)) >= 0.9 * len(stays)
    talk.change_preferences(trip, ALICE, {"day_start": "10:30"})
    assert min(day.stops[0].arrive for day in plan_of(talk, trip).days) >= 630


def test_locked_stops_stay_when_the_pace_changes(
    talk: ConversationManager, trip: str
) -> None:
    """A new plan is made around them."""
    talk.send(trip, WISH, "k1", owner_hash=ALICE)
    stop = plan_of(talk, trip).days[1].stops[1]
    talk.change_preferences(trip, ALICE, {"locked": [stop.place.id]})
    talk.change_preferences(trip, ALICE, {"pace": "packed"})
    times = {s.place.id: s.arrive for s in plan_of(talk, trip).days[1].stops}
    assert times[stop.place.id] == stop.arrive


def test_constraints_and_days_change_together(
    talk: ConversationManager, trip: str
) -> None:
    """Dates and another length at once: the days that were there stay."""
    talk.send(trip, WISH, "k1", owner_hash=ALICE)
    before = plan_of(talk, trip)
    patch = {"start_date": "2026-12-07", "duration_days": 4}
    talk.change_preferences(trip, ALICE, patch)
    after = plan_of(talk, trip)
    assert [str(day.date) for day in after.days] == [
        f"2026-12-{n:02}" for n in (7, 8, 9, 10)
    ]
    assert len(ids(before) & ids(after)) >= 0.8 * len(ids(before))


def test_a_limit_in_the_old_citys_money_is_forgotten(
    talk: ConversationManager, trip: str
) -> None:
    """500 rupees are no limit for New York, and Jaipur's locks hold nothing there."""
    talk.change_preferences(
        trip,
        ALICE,
        {"city": "Jaipur", "duration_days": 1, "spend_limit": 500, "locked": ["x"]},
    )
    told = talk.change_preferences(trip, ALICE, {"city": "New York"}).preferences
    assert told.spend_limit is None
    assert told.locked == ()
