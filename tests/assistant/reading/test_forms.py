"""Promises about messages that are written as a form, or line by line."""

from __future__ import annotations

import pytest

from tests.assistant.reading.said import acts, understood

ROME = [{"act": "set_city", "city": "Rome"}, {"act": "set_days", "days": 3}]
PAIR = {"act": "set_party", "adults": 2, "children": 1}


@pytest.mark.parametrize(
    ("text", "besides"),
    [
        ("Rome for 3 days\nadults: 2, kids: 1", [PAIR]),
        ("Rome 3 days, adults: 2, kids: 1", [PAIR]),
        ("City: Rome\nDays: 3\nAdults: 2\nChildren: 1", [PAIR]),
        ("destination: Rome, duration: 3 days", []),
        ("Rome: 3 days", []),
        ("- Rome\n- 3 days\n- 2 adults, 1 kid", [PAIR]),
        ("city: Rome\ndays: 3\nbudget: low", [{"act": "set_budget", "budget": "low"}]),
    ],
)
def test_a_form_says_what_a_sentence_says(text: str, besides: list[object]) -> None:
    """Each value is read with its label, and nothing is left over."""
    found = acts(text, None)
    assert all(it in found for it in [*ROME, *besides])
    assert len(found) == 2 + len(besides)
    assert not understood(text, None).unread


def test_lines_with_a_city_each_have_their_own_length() -> None:
    """A line ends what the next one is not part of."""
    found = acts("Rome: 3 days\nFlorence: 2 days", None)
    assert {"act": "set_nights", "city": "Rome", "nights": 3} in found
    assert {"act": "add_city", "city": "Florence", "nights": 2} in found
