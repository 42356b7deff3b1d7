"""Promises about what a clause does: only what is asserted changes anything."""

from __future__ import annotations

import pytest

from itinerary_app.acts.acts import Ask, Suppose, Thank
from tests.assistant.reading.said import acts, understood

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


POLITE = (
    "I'd be so grateful if you dropped the Pantheon",
    "would you mind dropping the Pantheon?",
    "if it's not too much trouble, drop the Pantheon",
    "any chance you could drop the Pantheon?",
    "why don't we drop the Pantheon",
)


@pytest.mark.parametrize("text", POLITE)
def test_courtesy_changes_nothing_of_a_wish(text: str) -> None:
    """A wish in courteous words is read as the plain one."""
    assert understood(text).acts == understood("drop the Pantheon").acts


BACKGROUND = (
    "my neighbour hated the Pantheon",
    "the concierge would drop the Pantheon",
    "we did the Pantheon in 2019",
    "whenever it rains people drop the Pantheon",
    "I'm thinking of dropping the Pantheon, what do you think?",
    "if it's too much, drop the Pantheon",
)


@pytest.mark.parametrize("text", BACKGROUND)
def test_others_and_the_past_change_nothing(text: str) -> None:
    """What others did or think, what was, and what is only thought of is no wish."""
    assert all(isinstance(it, Suppose | Ask) for it in understood(text).acts)


@pytest.mark.parametrize(
    "text",
    [
        "hey were going to Rome for 4 days",
        "ill be in Rome for 4 days, its my first time",
        "well be in Rome for 4 days and were not into museums",
    ],
)
def test_what_is_typed_without_apostrophes_is_a_wish(text: str) -> None:
    """ "Were", "ill" and "well" that begin a sentence: "we're", "I'll", "we'll"."""
    found = acts(text, None)
    assert {"act": "set_city", "city": "Rome"} in found
    assert {"act": "set_days", "days": 4} in found


def test_were_it_to_is_a_condition_still() -> None:
    """ "Were it to rain" and "we were" are no apostrophes that were left out."""
    for text in ("were it to rain, drop the Colosseum", "we were in Rome for 4 days"):
        assert [it["act"] for it in acts(text)] == ["suppose"]
