"""Promises about what is said of versions, and of the trip as a thing."""

from __future__ import annotations

import pytest

from itinerary_app.acts.acts import Redo, Restore, Share, StartOver, Undo
from itinerary_app.acts.values import Reference
from tests.assistant.reading.said import understood

UNDONE = ("undo", "scratch that last one", "put it back how it was", "go back")
AGAIN = ("redo", "un-undo", "the undo was a mistake")
NOT_UNDONE = ("reset the budget", "we go back to the hotel at six", "forget that stop")


@pytest.mark.parametrize("text", UNDONE)
def test_undo_has_many_words(text: str) -> None:
    """However it is said, the last change is taken back."""
    assert understood(text).acts == (Undo(),)


@pytest.mark.parametrize("text", AGAIN)
def test_what_was_undone_is_done_again(text: str) -> None:
    """A word of undoing that takes the undo back is a redo."""
    assert understood(text).acts == (Redo(),)


@pytest.mark.parametrize("text", NOT_UNDONE)
def test_a_part_is_not_the_whole(text: str) -> None:
    """Words of undoing among others neither undo nor start over."""
    acts = understood(text).acts
    assert not any(isinstance(it, Undo | StartOver | Restore) for it in acts)


def test_changes_are_counted() -> None:
    """ "Two back" takes back two changes."""
    assert understood("two back please").acts == (Undo(count=2),)


def test_a_version_is_named_by_number_or_by_what_it_has() -> None:
    """A version by its number, as the first one, or by a place in it."""
    assert understood("version no. 2 please").acts == (Restore(version=2),)
    assert understood("back to the original plan").acts == (Restore(version=1),)
    (act,) = understood("I'd like the draft that had the Pantheon").acts
    assert isinstance(act, Restore)
    assert isinstance(act.place, Reference)
    assert act.place.ids == ("pantheon",)


def test_a_link_is_asked_for() -> None:
    """Whoever wants a link to send wants the trip shared."""
    assert understood("give me a link I can text to my daughter").acts == (Share(),)
