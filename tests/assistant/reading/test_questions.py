"""Promises about what a question is about."""

from __future__ import annotations

import pytest

from tests.assistant.reading.said import acts

TOPICS = {
    "when does the Pantheon close?": "hours",
    "Pantheon timings?": "hours",
    "what does the Colosseum cost for three?": "price",
    "how far is it from the Pantheon to the Trevi Fountain?": "way",
    "which day is the busiest?": "busiest",
    "why is the Pantheon in there?": "why",
    "why is Ostia not in the plan?": "why_not",
    "what did you change?": "changed",
    "how can I print this?": "how_to",
    "is the Pantheon worth it?": "opinion",
    "what's the weather like in March?": "unknown",
}


@pytest.mark.parametrize(("text", "topic"), TOPICS.items())
def test_a_question_has_its_topic(text: str, topic: str) -> None:
    """One act that asks, and none that changes anything."""
    assert [(it["act"], it["topic"]) for it in acts(text)] == [("ask", topic)]


def test_a_question_takes_its_place_from_the_words_before() -> None:
    """ "The Pantheon, how much?" is about the Pantheon."""
    (asked,) = acts("the Pantheon, how much is it?")
    assert asked["place"] == "pantheon"


@pytest.mark.parametrize(
    "text", ["is the Pantheon lit at night?", "Is the Colosseum running in December?"]
)
def test_what_is_said_of_a_place_is_no_question_of_the_plan(text: str) -> None:
    """That it is planned is no yes to what nobody knows of it."""
    [asked] = acts(text)
    assert asked["topic"] == "unknown"
