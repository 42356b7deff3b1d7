"""Courtesy: words before and around a wish that change nothing of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from itinerary_app.assistant.reading.clause import stripped
from itinerary_app.assistant.reading.lexicon import words_of
from itinerary_app.assistant.reading.tokens import Token

# What is "great", "possible" or "appreciated", "if …": a wish in courteous words.
_PLEASANT = frozenset(
    "great lovely nice good wonderful perfect happy happier pleased delighted glad "
    "ideal brilliant cool awesome fantastic amazing super kind helpful thankful "
    "grateful obliged appreciate appreciated love like ok okay fine alright possible "
    "prefer mind".split()
)
_THAT = r"(?:(?:thats|its|that is|it is|this is|at all) )?"
_KIND = re.compile(
    r"(?:you|youd|u)(?: (?:would|could|can|will|dont|do not|please|like|want|wish|be|so"
    r"|really|just|kind|good|mind))*"
    rf"|{_THAT}(?:ok|okay|alright|all right|fine|possible|poss|feasible|cool)"
    r"(?: (?:with|for|by) you)?(?: at all)?"
    rf"|{_THAT}(?:not|no)(?: (?:too|a|any|much|big|of))*(?: (?:trouble|bother|hassle"
    r"|problem|to|ask))+|need be|i may|i might|we may"
    r"|there(?:s| is| are)?(?: (?:one|any|some|such))?(?: (?:there|near|nearby))?"
    r"|you (?:have|can find|find|know) (?:one|any|it|some)|available"
)
_OBJECTION = re.compile(
    r"^unless \w+ (?:\w+ ){0,3}?(?:object|mind|disagree|problem|trouble|impossible)"
)
# Words that may stand before what a clause begins with.
LEAD = frozenset(
    "so and also please then ok okay now perhaps maybe um oh but well hey honestly "
    "just ah actually hmm or".split()
)


def after_lead(tokens: list[Token]) -> list[Token]:
    """Without the words that only lead to what is said: "so will it be open"."""
    at = 0
    while at < len(tokens) - 1 and set(words_of(tokens[at].text)) <= LEAD:
        if tokens[at].kind == "ATMOST" and tokens[at + 1].kind in ("KIND", "CUISINE"):
            break  # "just parks on day 3": and nothing else
        at += 1
    return tokens[at:] if at < len(tokens) and tokens[at].kind != "THEN" else tokens


def uncourteous(tokens: list[Token]) -> tuple[list[Token], bool]:
    """Without an "if" that is only courteous, and whether one asks for a deed."""
    ifs = [
        at
        for at, it in enumerate(tokens)
        if it.kind == "IF" and it.text[:2] in ("if", "un")
    ]
    wished = False
    for at in reversed(ifs):
        end = next(
            (i for i in range(at, len(tokens)) if tokens[i].kind in ("COMMA", "DASH")),
            len(tokens),
        )
        said = " ".join(w for it in tokens[at:end] for w in words_of(it.text))
        if _KIND.fullmatch(said.removeprefix("if ")) or _OBJECTION.match(said):
            tokens = stripped([*tokens[:at], *tokens[end:]])
            wished = True
        elif _is_pleasant(tokens[:at]):
            tokens = stripped(tokens[at + 1 :])
            return tokens, True
    return tokens, wished


def _is_pleasant(tokens: Sequence[Token]) -> bool:
    """Whether these words only say that what comes would please."""
    words = {word for it in tokens for word in words_of(it.text)}
    small = {
        "SO",
        "TOO",
        "SKIP",
        "WORD",
        "COURTESY",
        "LIKE",
        "IT",
        "PACE",
        "ALLOW",
        "SUPPOSE",
        "WANT",
    }
    return bool(words & _PLEASANT) and {it.kind for it in tokens} <= small
