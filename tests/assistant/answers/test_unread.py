"""What was not understood: its words are named, and something fitting is offered."""

from __future__ import annotations

from itinerary_app.acts.acts import Add, Ask, SetCity, Topic
from itinerary_app.assistant.answers import not_understood
from tests.assistant.answers.asking import scene, session


def test_the_words_are_named() -> None:
    """The words stand in the reply, with two or three chips."""
    seen = scene()
    answer = not_understood(["flibber", "the gusto"], seen, session(seen))
    assert answer.text.startswith("I did not get “flibber” and “the gusto”")
    assert 2 <= len(answer.chips) <= 3


def test_never_the_same_twice() -> None:
    """Said again, the reply has no sentence of the last one."""
    seen = scene()
    first = not_understood(["flibber"], seen, session(seen)).text
    again = not_understood(["flibber"], seen, session(seen, first)).text
    assert not any(part in first for part in again.split(". "))
    third = not_understood(["flibber"], seen, session(seen, first, again)).text
    assert third != again


def test_a_name_that_is_alike() -> None:
    """A misspelt place is offered: to look at, or to add if it is not planned."""
    seen = scene()
    planned = not_understood(["collosseum"], seen, session(seen))
    assert "Do you mean Colosseum?" in planned.text
    assert planned.chips[0].acts == (Ask(topic=Topic.SCHEDULE, place="colosseum"),)
    other = not_understood(["capitolin museums"], seen, session(seen))
    assert other.chips[0].acts == (Add(place="capitoline-museums"),)


def test_before_there_is_a_trip() -> None:
    """On a new trip the first step is offered."""
    seen = scene(None)
    answer = not_understood(["asdf"], seen, session(seen))
    assert all(isinstance(chip.acts[0], SetCity) for chip in answer.chips)


def test_long_rubbish_is_cut() -> None:
    """However much was not read, the reply stays short."""
    seen = scene()
    answer = not_understood(["x" * 5000] * 50, seen, session(seen))
    assert len(answer.text) < 500


def test_nothing_named() -> None:
    """Without words to name there is a reply all the same."""
    seen = scene()
    assert "I did not get that" in not_understood([], seen, session(seen)).text
