"""Promises about the words of a language."""

from __future__ import annotations

from importlib import resources

import pytest

from itinerary_app.assistant.reading import lexicon as lexicons
from itinerary_app.assistant.reading.lexicon import Lexicon, lexicon, read, words_of

FILES = ("en", "en.questions", "en.talk", "en.force", "en.tags")


@pytest.mark.parametrize("name", FILES)
def test_a_phrase_stands_once(name: str) -> None:
    """A file that gives one phrase two meanings is refused, and none of ours does."""
    assert lexicon(name).words


def test_a_phrase_with_two_meanings_is_refused() -> None:
    """The error names the phrase and both of its classes."""
    with pytest.raises(ValueError, match="drop"):
        read("REMOVE = drop\nADD = drop")


def test_a_synonym_is_a_word_in_a_line() -> None:
    """A phrase that is added behind a class is read as one of it."""
    text = resources.files(lexicons).joinpath("en.txt").read_text("utf-8")
    longer = read(text.replace("REMOVE = ", "REMOVE = defenestrat~ | ", 1))
    for form in ("defenestrate", "defenestrates", "defenestrating"):
        assert kind_of(longer, form) == "REMOVE"


def test_the_longest_phrase_wins() -> None:
    """ "No longer" is no "no"."""
    known = read("NO = no\nNOLONGER = no longer")
    assert kind_of(known, "no longer") == "NOLONGER"
    assert kind_of(known, "no lunch") == "NO"


def test_a_plural_is_a_plus() -> None:
    """ "church+" is churches, too."""
    known = read("KIND:church = church+")
    assert kind_of(known, "churches") == "KIND"


def kind_of(known: Lexicon, text: str) -> str | None:
    found = known.longest(words_of(text), 0)
    return found[1].kind if found else None
