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


def test_a_word_of_its_own_is_no_slip() -> None:
    """ "Budge" is no budget, "finger" nothing finer."""
    assert acts("the school won't budge") == []


def test_glued_words_are_parted() -> None:
    """ "rome3days" is Rome, three days."""
    assert acts("rome3days", None) == [
        {"act": "set_city", "city": "Rome"},
        {"act": "set_days", "days": 3},
    ]
