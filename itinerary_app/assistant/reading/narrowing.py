"""Narrowing: words that make a statement mean less, or another thing, than its acts
say: "only", "every day" of what is said of one day, "all day", "in total".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from itinerary_app.acts.acts import Act, Add, AtMost, Clear, Move, SetMeal
from itinerary_app.acts.values import Reference
from itinerary_app.assistant.reading.known import Known
from itinerary_app.assistant.reading.tokens import Token

_ONLY = frozenset("only solely exclusively".split())
_IN_ALL = re.compile(r"\b(?:in total|in all|altogether|overall|all in all)\b")
_ALL_DAY = re.compile(r"\b(?:all|the whole|the entire|a full|the full|whole) day\b")


def passed_over(tokens: Sequence[Token], acts: Sequence[Act], known: Known) -> bool:
    """Whether a word of the statement narrows it, and none of the acts says so."""
    text = " ".join(it.text for it in tokens)
    return (
        _is_only(tokens, acts)
        or _is_of_every_day(tokens, acts, known)
        or any(
            before.kind == "EVERY" and it.kind == "DAY"
            for before, it in pairwise(tokens)  # "a nap every day 1-3"
        )
        or (any(isinstance(it, AtMost) for it in acts) and bool(_IN_ALL.search(text)))
        or (any(map(_is_of_place, acts)) and bool(_ALL_DAY.search(text)))
    )


def _is_only(tokens: Sequence[Token], acts: Sequence[Act]) -> bool:
    """ "On day 3 only museums", "we are only free in the mornings"."""
    said = any(it.kind == "ATMOST" and it.text in _ONLY for it in tokens)
    return said and any(
        (isinstance(it, Clear) and it.free)
        or (isinstance(it, Add) and it.day is not None)
        for it in acts
    )


def _is_of_every_day(
    tokens: Sequence[Token], acts: Sequence[Act], known: Known
) -> bool:
    """ "Lunch at 12 on day 2 and dinner at 7 every day", of which one is one day's."""
    plan = known.itinerary
    if plan is None or not any(it.kind in ("PERDAY", "WHOLETRIP") for it in tokens):
        return False
    meals = [it for it in acts if isinstance(it, SetMeal) and it.day is not None]
    days = [
        {it.day for it in meals if it.meal is meal} for meal in {m.meal for m in meals}
    ]
    return any(len(it) < len(plan.days) for it in days)


def _is_of_place(act: Act) -> bool:
    place = act.place if isinstance(act, Add) else None
    place = act.stop if isinstance(act, Move) else place
    return isinstance(place, Reference) and bool(place.ids)
