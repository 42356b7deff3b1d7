"""Acts in a few words: in the list of changes, and as the traveller's own message."""

from __future__ import annotations

from typing import get_args

import pytest

from itinerary_app.acts.acts import SAID, Act
from itinerary_app.acts.codec import loads
from itinerary_app.assistant.answers import changes, texts

FREED = {"act": "clear", "day": 2, "part": "evening", "free": False}


@pytest.mark.parametrize(
    ("act", "changed", "spoken"),
    [
        (
            {"act": "clear", "day": 2, "part": "evening"},
            "kept the evening of day 2 free",
            "keep free the evening of day 2",
        ),
        (
            FREED,
            "planned the evening of day 2 again",
            "plan the evening of day 2 again",
        ),
        (
            {"act": "clear", "day": 2, "start": "14:00", "end": "15:30", "free": False},
            "planned 14:00–15:30 of day 2 again",
            "plan 14:00–15:30 of day 2 again",
        ),
        (
            {"act": "set_time", "stop": "Alfama"},
            "no longer fixed the time of Alfama",
            "do not fix the time of Alfama any more",
        ),
        (
            {"act": "note", "stop": "Alfama"},
            "took the note off Alfama",
            "no note on Alfama",
        ),
        (
            {"act": "add_own", "name": "Ana's flat", "day": 1, "near": "Alfama"},
            "added Ana's flat to day 1",
            "add Ana's flat on day 1",
        ),
    ],
)
def test_what_was_taken_back_is_not_called_done(
    act: dict[str, object], changed: str, spoken: str
) -> None:
    """No button has it told that one did the opposite, or in the names of programs."""
    acts = loads([act])
    assert changes.words(acts, {}) == changed
    assert changes.words(acts, {}, "spoken") == spoken


def test_every_act_that_changes_has_its_words() -> None:
    """None is shown by the name that programs have for it."""
    names = {
        it.__struct_config__.tag for it in set(get_args(Act)) - set(get_args(SAID))
    }
    assert names - texts.load("spoken").keys() == set()
    assert names - texts.load("acts").keys() <= {"export", "delete"}  # change no plan


@pytest.mark.parametrize(
    ("act", "spoken"),
    [
        (
            {"act": "set_meal", "meal": "dinner", "day": 2, "near": "Alfama"},
            "dinner on day 2 near Alfama",
        ),
        (
            {"act": "swap", "stop": "Alfama", "step": -1},
            "swap Alfama for something cheaper",
        ),
        ({"act": "set_pace", "step": 1}, "another pace: fuller"),
        ({"act": "order", "stop": "Alfama", "last": True}, "put Alfama last"),
        (
            {"act": "order", "stop": "Alfama", "after": "Baixa"},
            "put Alfama after Baixa",
        ),
        (
            {"act": "set_time", "stop": "Alfama", "change": -30},
            "fix Alfama: 30 min earlier",
        ),
        ({"act": "add_day", "count": 2, "front": True}, "add 2 days before day 1"),
        ({"act": "undo", "count": 3}, "undo 3 changes"),
        (
            {"act": "set_interests", "more": ["art"], "only": True},
            "other interests: more art, these alone",
        ),
    ],
)
def test_no_part_of_a_wish_is_hidden(act: dict[str, object], spoken: str) -> None:
    """“Do I read that right?” asks for all that would be done."""
    assert changes.words(loads([act]), {}, "spoken") == spoken
