"""Promises about the labelled messages: there are enough, and each can be graded."""

from __future__ import annotations

import pytest

from itinerary_app.acts import codec
from itinerary_app.acts.focus import Focus
from tests.assistant.labelled.grading import Grade, Reading, judge
from tests.assistant.labelled.messages import (
    CATALOGUE,
    PARTS,
    Labelled,
    messages,
    planned,
    scene,
)
from tests.assistant.labelled.turns import HELD, SEEN, State, conversations

LABELLED = [message for part in PARTS for message in messages(part)]
TALKS = [talk for part in PARTS for talk in conversations(part)]
OUTCOME = {"acts", "proposed", "question", "unread"}
PLACES = ("stop", "place", "other", "after", "before", "where")


def test_there_are_enough_of_them() -> None:
    """At least 600 messages of 12 kinds, a quarter of the first ones unseen."""
    assert len(LABELLED) >= 600
    assert len({message.kind for message in LABELLED}) >= 12
    first = [message for message in LABELLED if message.kind[-2:] not in ("-2", "-3")]
    kept = [message for message in first if message.part == "unseen"]
    assert len(kept) >= 0.24 * len(first)


def test_there_are_enough_conversations() -> None:
    """At least 20 of 8 to 25 turns, a quarter of which nobody looks at."""
    assert len(TALKS) >= 20
    assert all(8 <= len(talk.turns) <= 25 for talk in TALKS)
    assert sum(talk.part == "unseen" for talk in TALKS) >= len(TALKS) / 4


def test_each_has_a_name_of_its_own() -> None:
    """So that it can be found again."""
    assert len({message.id for message in LABELLED}) == len(LABELLED)
    assert len({talk.name for talk in TALKS}) == len(TALKS)


@pytest.mark.parametrize("part", PARTS)
def test_what_is_wanted_can_be_read(part: str) -> None:
    """Acts by their schema, of a plan that there is, and no field by another name."""
    for message in messages(part):
        assert message.want, message.id
        assert isinstance(scene(message).focus, Focus)
        for outcome in message.want:
            assert outcome.keys() <= OUTCOME, message.id
            assert "acts" in outcome, message.id
            codec.loads(outcome["acts"])


@pytest.mark.parametrize("part", PARTS)
def test_its_places_are_known(part: str) -> None:
    """Each id is one of the city of the trip or of the outcome, where there is one."""
    for message in messages(part):
        for outcome in message.want:
            unknown = ids_of(outcome["acts"]) - known_to(message, outcome["acts"])
            assert not unknown, (message.id, unknown)


@pytest.mark.parametrize("part", PARTS)
def test_whoever_reads_it_as_labelled_is_right(part: str) -> None:
    """Each outcome is graded right, and nothing at all is no change of the plan."""
    for message in messages(part):
        said_in = scene(message)
        for outcome in message.want:
            reading = Reading(
                codec.loads(outcome["acts"]),
                outcome.get("question", False),
                ("words",) if outcome.get("unread") else (),
            )
            verdict = judge(reading, message.want, said_in)
            assert verdict.grade is Grade.RIGHT, message.id


def test_what_holds_after_a_turn_can_be_checked() -> None:
    """Each check has a name that is known; what is "as" a turn is as an earlier one."""
    for talk in TALKS:
        for number, turn in enumerate(talk.turns, 1):
            assert turn.say.strip()
            assert turn.then.keys() <= HELD.keys() | SEEN.keys(), (talk.name, turn)
            assert turn.then.get("as", 0) < number, (talk.name, number)
            for name in turn.then.keys() & HELD.keys():
                HELD[name](turn.then[name], State())


def test_conversations_name_known_places() -> None:
    """Each id is a place of one of the covered cities."""
    every = {
        place.id for city in CATALOGUE.cities for place in CATALOGUE.places(city.name)
    }
    for talk in TALKS:
        for turn in talk.turns:
            named = {
                place
                for name in ("has", "lacks", "on", "order", "at")
                for place in turn.then.get(name, ())
            }
            assert named <= every, (talk.name, turn.say, named - every)


def ids_of(value: object) -> set[str]:
    """The ids of places anywhere in acts as JSON."""
    if isinstance(value, list):
        return set().union(*map(ids_of, value))
    if not isinstance(value, dict):
        return set()
    here = {value[name] for name in PLACES if isinstance(value.get(name), str)}
    return here.union(*map(ids_of, value.values()), value.get("ids", ()))


def known_to(message: Labelled, acts: list[dict[str, object]]) -> set[str]:
    names = {act["city"] for act in acts if "city" in act}
    if message.plan:
        names.add(planned(message.plan)[1].city.name)
    return {
        place.id
        for city in CATALOGUE.cities
        if city.name in names or not names
        for place in CATALOGUE.places(city.name)
    }
