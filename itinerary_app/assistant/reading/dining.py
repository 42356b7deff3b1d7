"""Dining: what is said of a meal behind it, "dinner at 8, somewhere cheap"."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from itinerary_app.acts.acts import Act, SetBudget, SetInterests, SetMeal, SetPace
from itinerary_app.assistant.reading.lexicon import words_of
from itinerary_app.assistant.reading.tokens import Token

_ENDS = frozenset("PERIOD QUESTION".split())
_OF_ALL = frozenset(
    "budget trip everything all overall generally meals food eats otherwise we".split()
)
_PLACES = frozenset("somewhere something place spot".split())


def of_meals(
    acts: Sequence[tuple[Act, str]], tokens: Sequence[Token]
) -> tuple[list[tuple[Act, str]], list[str]]:
    """The acts, of which a price behind the one meal of a sentence is that meal's, and
    the words for what no act says of a meal: no pace or interest of the whole trip.
    """
    meals = {it.meal for it, _ in acts if isinstance(it, SetMeal)}
    if not meals or any(it.kind in _ENDS for it in tokens[:-1]):
        return list(acts), []
    made: list[tuple[Act, str]] = []
    unread: list[str] = []
    for act, quote in acts:
        said = {*words_of(quote)}
        before = made[-1][0] if made else None
        if not isinstance(before, SetMeal) or _OF_ALL & said:
            made.append((act, quote))
        elif isinstance(act, SetBudget) and len(meals) == 1:
            priced = replace(before, budget=act.budget, step=act.step)
            made[-1] = (priced, f"{made[-1][1]} {quote}")
        elif isinstance(act, SetBudget):
            unread.append(_from_place(quote))
        elif isinstance(act, SetPace | SetInterests) and _PLACES & said:
            unread.append(_from_place(quote))
        else:
            made.append((act, quote))
    return made, unread


def _from_place(quote: str) -> str:
    """The words from "somewhere" on."""
    words = quote.split()
    at = next((i for i, it in enumerate(words) if it in _PLACES), 0)
    return " ".join(words[at:])
