"""Promises about who is meant: one stop of this plan, or a question."""

from __future__ import annotations

import pytest

from itinerary_app.acts.acts import Ask
from itinerary_app.acts.focus import Focus
from tests.assistant.reading.said import acts, resolved


def test_it_after_a_list_is_asked_for() -> None:
    """Of several that were shown none is guessed, in a question neither."""
    shown = Focus(stops=("pantheon", "trevi-fountain"), listed=True)
    for said in ("remove it", "how long are we there?", "when does it open?"):
        question = resolved(said, focus=shown).question
        assert question
        assert question.options == shown.stops
    (asked,) = resolved("when does it open?", focus=Focus(stops=shown.stops)).acts
    assert isinstance(asked, Ask)
    assert asked.place == "pantheon"


def test_it_is_what_was_spoken_of() -> None:
    """ "Drop it" drops the stop in focus."""
    (act,) = resolved("drop it", focus=Focus(stops=("pantheon",))).acts
    assert act.stop == "pantheon"


def test_several_that_fit_are_asked_about() -> None:
    """ "The church" of a plan with several churches is a question with options."""
    found = resolved("drop the church")
    assert found.question is not None
    assert len(found.question.options) > 1


def test_a_position_is_found_in_the_plan() -> None:
    """ "The stop after the Pantheon" is that stop."""
    (act,) = resolved("drop the stop after the Pantheon").acts
    assert act.stop != "pantheon"


def test_a_day_that_is_not_there_is_asked_about() -> None:
    """Day 9 of three days changes nothing."""
    found = resolved("make day 9 calmer")
    assert not found.acts
    assert found.question is not None


@pytest.mark.parametrize(
    "text", ["what's on day 1? and drop the last thing", "drop the last stop on day 1"]
)
def test_the_last_thing_is_that_of_the_day_spoken_of(text: str) -> None:
    """Never the first or last stop of another day."""
    assert {"act": "remove", "stop": "piazza-navona"} in acts(text)


def test_the_last_thing_of_no_day_is_asked_for() -> None:
    """Where no day was spoken of, nothing is dropped."""
    assert resolved("drop the last thing").question
