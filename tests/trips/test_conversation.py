"""The conversation manager: a turn is thought, planned and kept as one."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import pytest

from itinerary_app.assistant.reader import Reader, Scene, Understanding
from itinerary_app.errors import (
    InvalidInput,
    SessionNotFound,
    TurnKeyReused,
    VersionConflict,
)
from itinerary_app.model import Budget, Pace
from itinerary_app.storage.base import Changes
from itinerary_app.storage.database import Database
from itinerary_app.storage.memory import MemoryStorage
from itinerary_app.storage.postgres import PostgresStorage
from itinerary_app.trips.conversation import ConversationManager
from tests.trips.phrases import IMPOSSIBLE, MEANS, WISH, ids, manager, plan_of
from tests.trips.scripted import ALICE, BOB, ScriptedReader


class Interrupted(Reader):
    """A reader, with something that happens while it reads."""

    def __init__(self, meanwhile: Callable[[], object]) -> None:
        self._inner = ScriptedReader(MEANS)
        self._meanwhile = meanwhile

    def read(self, text: str, scene: Scene) -> Understanding:
        self._meanwhile()
        return self._inner.read(text, scene)


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
    talk.send(trip, WISH, "k1", owner_hash=ALICE)
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


def test_edits_outlive_a_new_plan(talk: ConversationManager, trip: str) -> None:
    """What was taken out stays out and what was put in stays in, when all is planned
    anew."""
    for number, text in enumerate(
        [WISH, "remove Hawa Mahal", "add Nahargarh Fort", "all anew"]
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
    talk.send(trip, "add two days", "k3", owner_hash=ALICE)
    longer = plan_of(talk, trip)
    assert longer.days[:3] == before.days
    assert [day.number for day in longer.days] == [1, 2, 3, 4, 5]
    assert not ids(before) & {s.place.id for day in longer.days[3:] for s in day.stops}
    talk.send(trip, "4 days", "k4", owner_hash=ALICE)
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
    talk.send(trip, IMPOSSIBLE, "k1", owner_hash=ALICE)
    assert talk.trip(trip, ALICE).itinerary is None
    talk.send(trip, "4 days", "k2", owner_hash=ALICE)
    session = talk.trip(trip, ALICE)
    assert session.itinerary is not None
    assert session.preferences.city == "Vienna"
    assert session.preferences.budget is Budget.LOW


def test_starting_twice_with_a_key_changes_nothing(talk: ConversationManager) -> None:
    """A repeated start gives the trip as it has become meanwhile."""
    first = talk.start(ALICE, turn_key="k", preferences={"pace": "packed"})
    assert first.preferences.pace is Pace.PACKED
    talk.change_preferences(first.session_id, ALICE, {"pace": "relaxed"})
    again = talk.start(ALICE, turn_key="k", preferences={"pace": "packed"})
    assert again.session_id == first.session_id
    assert again.preferences.pace is Pace.RELAXED
