"""That a place is closed on a day: what is offered, done and told."""

from __future__ import annotations

import pytest

from tests.assistant.reading.said import acts, resolved, understood

AWAY = {"act": "move", "stop": "pantheon", "day": "other"}


@pytest.mark.parametrize(
    "said",
    [
        "the Pantheon is closed on day 1",
        "Pantheon is shut on Friday",
        "the Pantheon isn't open on Friday",
        "the Pantheon will be closed on Fridays.",
        "I read that the Pantheon is closed on day 1",
    ],
)
def test_a_planned_stop_that_is_closed_is_offered_another_day(said: str) -> None:
    """A statement changes nothing; what it calls for waits for a yes."""
    (found,) = acts(said)
    assert (found["act"], found["acts"]) == ("suppose", [AWAY])
    assert not understood(said).unread


@pytest.mark.parametrize(
    "said",
    [
        "the Pantheon is closed on day 1, move it to another day",
        "the Pantheon is closed on Friday. Can you move it?",
        "the Pantheon is closed on day 1 so please put it on a different day",
        "move the Pantheon to another day",
    ],
)
def test_it_is_moved_where_that_is_asked_for(said: str) -> None:
    """To any day but its own, and never to the one on which it is closed."""
    assert acts(said) == [AWAY]


def test_another_wish_for_it_is_done() -> None:
    """The closing is the reason of what is said of "it"."""
    assert acts("the Pantheon is closed on day 1, so drop it") == [
        {"act": "remove", "stop": "pantheon"}
    ]
    assert acts("the Pantheon is closed on day 1, put it on day 3") == [
        {"act": "move", "stop": "pantheon", "day": 3}
    ]


def test_where_it_is_not_planned_then_its_hours_are_told() -> None:
    """Who errs about the day is told when it is open, and when one is there."""
    (found,) = acts("the Pantheon is closed on day 2")
    assert (found["act"], found["topic"], found["day"]) == ("ask", "hours", 2)


@pytest.mark.parametrize(
    "said",
    [
        "is the Pantheon closed on day 1?",
        "if the Pantheon is closed on day 1 we skip it",
    ],
)
def test_a_question_and_a_condition_are_none(said: str) -> None:
    """Nobody said that it is closed."""
    found = [it for it in resolved(said).acts if it.__struct_config__.tag == "move"]
    assert not found
    assert AWAY not in [inner for it in acts(said) for inner in it.get("acts", ())]
