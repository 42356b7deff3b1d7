"""Promises about what a question is about."""

from __future__ import annotations

import pytest

from itinerary_app.acts.acts import Ask
from itinerary_app.acts.focus import Focus
from tests.assistant.reading.said import acts, resolved

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
    ("text", "meal"),
    [
        ("is there lunch on day 2?", "lunch"),
        ("is there a dinner on day 2?", "dinner"),
        ("the dinner on day 3 – is it vegetarian?", "dinner"),
        ("the dinner restaurant on day 3, is it vegetarian?", "dinner"),
    ],
)
def test_a_question_of_a_meal_is_of_no_stop_before(text: str, meal: str) -> None:
    """It is about the meal it names, whatever was spoken of last."""
    seen = Focus(stops=("pantheon",), day=1)
    (asked,) = resolved(text, focus=seen).acts
    assert isinstance(asked, Ask)
    assert (asked.place, asked.meal) == (None, meal)


@pytest.mark.parametrize(
    "text", ["is the Pantheon lit at night?", "Is the Colosseum running in December?"]
)
def test_what_is_said_of_a_place_is_no_question_of_the_plan(text: str) -> None:
    """That it is planned is no yes to what nobody knows of it."""
    [asked] = acts(text)
    assert asked["topic"] == "unknown"


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("When does the sun set on day 2?", "light"),
        ("how long is it light on Saturday?", "light"),
        ("is it a holiday on Sunday?", "holidays"),
        ("are the museums open on the bank holiday?", "hours"),
        ("will it be sunny?", "unknown"),
    ],
)
def test_the_calendar_is_asked_of_light_and_holidays(text: str, topic: str) -> None:
    """What the calendar tells is known; the weather is not."""
    [asked] = acts(text)
    assert asked["topic"] == topic


def test_until_eight_is_in_the_evening() -> None:
    """Who asks how late means the evening, who asks whether it opens the morning."""
    [late] = acts("is the Pantheon open until 8 on Saturday?")
    [early] = acts("is the Pantheon open at 8 on Saturday?")
    assert (late["time"], early["time"]) == ("20:00", "08:00")
