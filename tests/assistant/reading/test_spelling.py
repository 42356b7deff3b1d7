"""Promises about words typed in a hurry."""

from __future__ import annotations

import pytest

from tests.assistant.reading.said import acts

REMOVED = [{"act": "remove", "stop": "pantheon"}]


@pytest.mark.parametrize(
    "text", ["remvoe the pantheon", "rmv the pantheon", "pls drop panteon"]
)
def test_a_slip_is_put_right(text: str) -> None:
    """A letter too many, too few or exchanged, vowels left out."""
    assert acts(text) == REMOVED


def test_letters_that_may_be_two_words_are_neither() -> None:
    """ "Brk" may be a break or broke: no guess, whatever comes first."""
    assert acts("add a brk on day 2") == []
    assert acts("clear frdy afternoon") == acts("clear friday afternoon") != []


def test_a_word_of_its_own_is_no_slip() -> None:
    """ "Budge" is no budget, "finger" nothing finer."""
    assert acts("the school won't budge") == []


def test_glued_words_are_parted() -> None:
    """ "rome3days" is Rome, three days."""
    assert acts("rome3days", None) == [
        {"act": "set_city", "city": "Rome"},
        {"act": "set_days", "days": 3},
    ]


@pytest.mark.parametrize("said", ["heathrow", "heathland", "heathside"])
def test_a_part_of_a_word_is_no_place(said: str) -> None:
    """Heathrow is not Hampstead Heath and a rest."""
    assert [it["act"] for it in acts(f"3 days in london, {said}", None)] == [
        "set_city",
        "set_days",
    ]
