"""Promises about allergies: no place to eat is checked for them, and that is said."""

from __future__ import annotations

import pytest

from itinerary_app.assistant.reading.reader import GrammarReader
from itinerary_app.storage.memory import MemoryStorage
from tests.trips.scripted import ALICE, CATALOGUE, manager

PLANNED = "lisbon 2 days, history"


@pytest.mark.parametrize("before", ["", PLANNED])
@pytest.mark.parametrize(
    "said",
    [
        "no seafood, my husband is allergic",
        "nut allergy",
        "my son is allergic to shellfish",
        "we're allergic to seafood",
    ],
)
def test_an_allergy_is_never_passed_over(before: str, said: str) -> None:
    """Whatever else is done for it, one is told to ask there."""
    talk = manager(MemoryStorage(), GrammarReader(CATALOGUE.places))
    session = talk.start(ALICE).session_id
    if before:
        talk.send(session, before, "one", owner_hash=ALICE)
    else:
        said = f"lisbon 2 days, {said}"
    answer = talk.send(session, said, "two", owner_hash=ALICE).assistant.content
    assert "check places to eat for allergies" in answer
    assert "Ask there before you order" in answer
    assert "I did not get" not in answer


def test_a_manner_of_speaking_is_no_allergy() -> None:
    """Who is allergic to crowds eats what there is."""
    talk = manager(MemoryStorage(), GrammarReader(CATALOGUE.places))
    session = talk.start(ALICE).session_id
    said = f"{PLANNED}, I'm allergic to crowds"
    answer = talk.send(session, said, "one", owner_hash=ALICE).assistant.content
    assert "order" not in answer
