"""Walks: how long the ways on foot may be."""

from __future__ import annotations

from collections.abc import Sequence

from itinerary_app.assistant.reading.tokens import Token

_WALKS = frozenset("walk walks walking".split())
_AROUND = frozenset("KEEP MAKE WANT SKIP COURTESY ON".split())
_LIMITS = (("ATMOST",), ("SHORTER", "THAN"), ("LESS", "THAN"))


def limited(tokens: Sequence[Token]) -> str:
    """ "Keep walks under 10 min", "no walk longer than 15 min": the words for the limit,
    which no plan of ours promises; ways are kept short. No words where none is told.
    """
    said = [it for it in tokens if it.kind not in _AROUND]
    denied = [it.kind for it in said[:1]] == ["NO"]
    said = said[denied:]
    if len(said) < 2 or said[0].text not in _WALKS:
        return ""
    *bound, lasting = limit = said[1:]
    kinds = tuple(it.kind for it in bound)
    if lasting.kind != "DURATION":
        return ""
    if kinds != ("MORE", "THAN") if denied else kinds not in _LIMITS:
        return ""
    return " ".join(it.text for it in limit)
