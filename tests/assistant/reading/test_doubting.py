"""Promises about messages that may be meant otherwise: they are proposed, not done."""

from __future__ import annotations

import pytest

from itinerary_app.acts.acts import Ask, Topic
from tests.assistant.reading.said import acts, understood

DOUBTFUL = (
    "the day after that should start at 11",
    "remove lunch from every day but the last",
    "my wife hates the Colosseum, I love it though",
    "forget what I said about the knee",
    "I said Piazza Navona, not Pantheon",
    "one museum is enough for the whole trip",
    "could Saturday be over by six? The twins melt down otherwise",
    "in Athens we set off at 7 every day and by noon everybody was crying",
)


@pytest.mark.parametrize("text", DOUBTFUL)
def test_what_may_be_meant_otherwise_is_doubted(text: str) -> None:
    """Words that limit or turn what was read are never passed over."""
    found = understood(text)
    assert found.unsure or not found.acts


@pytest.mark.parametrize(
    "text", ["show day 2", "can I see the plan", "let me see day 2"]
)
def test_to_show_the_plan_adds_no_show(text: str) -> None:
    """Who wants to see the plan is shown it."""
    [found] = understood(text).acts
    assert isinstance(found, Ask)
    assert found.topic is Topic.SCHEDULE


def test_what_is_not_in_the_plan_never_takes_the_place_of_what_is() -> None:
    """ "Not A, B" where B is planned and A is not does not put A in its stead."""
    [swap] = acts("not Trastevere, Piazza Navona please")
    assert swap["stop"] == "trastevere"


def test_what_is_kept_after_all_is_neither_dropped_nor_locked() -> None:
    """ "Drop it … no wait, keep it" leaves everything as it is."""
    assert not acts("drop the Pantheon... no wait, keep it")
