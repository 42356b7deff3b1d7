"""Promises about what a clause does: only what is asserted changes anything."""

from __future__ import annotations

import pytest

from itinerary_app.acts.acts import Ask, Suppose, Thank
from tests.assistant.reading.said import understood

SUPPOSED = (
    "should we drop the Pantheon?",
    "if it rains, drop the Pantheon",
    "my sister says we should skip the Pantheon",
    "last year we skipped the Pantheon",
)


@pytest.mark.parametrize("text", SUPPOSED)
def test_what_is_supposed_changes_nothing(text: str) -> None:
    """Asked, on a condition, reported or remembered: no act but a supposition."""
    assert all(isinstance(it, Suppose | Ask) for it in understood(text).acts)


def test_a_request_is_no_question() -> None:
    """ "Could you drop …?" drops it."""
    asked, told = (
        understood("could you drop the Pantheon?"),
        understood("drop the Pantheon"),
    )
    assert asked.acts == told.acts


def test_a_reason_is_no_unread_matter() -> None:
    """What only says why is neither carried out nor called not understood."""
    found = understood("drop the Pantheon because my husband has seen it")
    assert found.acts == understood("drop the Pantheon").acts
    assert not found.unread


def test_thanks_come_off_a_request() -> None:
    """Courtesy around a wish is an act of its own, and the wish is read."""
    found = understood("thanks! drop the Pantheon please")
    assert Thank() in found.acts
    assert set(understood("drop the Pantheon").acts) <= set(found.acts)
