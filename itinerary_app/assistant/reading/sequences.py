"""Sequences: "first A, then B": stops that are to follow each other."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from itinerary_app.assistant.reading.tokens import Token

_IN_SEQUENCE = frozenset(
    "PLACE STOP KIND MEAL SKIP COURTESY COMMA AND THEN FIRST ORDINAL ON DAY COLON".split()
)


def sequenced(tokens: Sequence[Token]) -> list[list[Token]]:
    """ "First A, then B, then C": each before the next; none if it is no sequence."""
    rest = list(tokens)
    if [it.kind for it in rest[-2:]] == ["NOT", "REVERSE"]:
        rest = rest[:-2]
    rest = _led(rest)
    allowed = all(
        it.kind in _IN_SEQUENCE or it.text in ("only", "order") for it in rest
    )
    if not allowed or not any(it.kind == "THEN" for it in rest):
        return []
    named: list[list[Token]] = []
    for at, token in enumerate(rest):
        if token.kind in ("PLACE", "STOP", "KIND", "MEAL"):
            the = rest[max(0, at - 1) : at]
            named.append([*(it for it in the if it.kind == "SKIP"), token])
    marks = [it for it in rest if it.kind == "THEN"]
    first = any(it.kind in ("FIRST", "ORDINAL") for it in rest[1:])
    leads = bool(rest) and rest[0].kind in ("FIRST", "ORDINAL")
    if len(named) < 2 or len(marks) > len(named) - 1 or (first and not leads):
        return []
    if len(named) == 2:
        return [[*named[0], _mark(marks[0], "BEFORE"), *named[1]]]
    mark = _mark(marks[0], "AFTER")
    return [[*other, mark, *one] for one, other in pairwise(named)]


def _led(tokens: list[Token]) -> list[Token]:
    """ "A first, then B": first A, then B."""
    kinds = [it.kind for it in tokens if it.kind != "SKIP"]
    led = kinds[:3] in (["PLACE", "FIRST", "THEN"], ["PLACE", "ORDINAL", "THEN"])
    if not led and kinds[1:4] not in (
        ["FIRST", "COMMA", "THEN"],
        ["ORDINAL", "COMMA", "THEN"],
    ):
        return tokens
    at = next(i for i, it in enumerate(tokens) if it.kind in ("FIRST", "ORDINAL"))
    return [tokens[at], *tokens[:at], *tokens[at + 1 :]]


def _mark(token: Token, kind: str) -> Token:
    return token._replace(kind=kind, text=kind.lower())
