"""Repeating: "same for Sunday", "ditto the Louvre": what was done, with another."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from itinerary_app.acts.acts import Act
from itinerary_app.acts.values import Reference
from itinerary_app.assistant.reading.tokens import CONNECTORS, Token

_AROUND = CONNECTORS | set("SKIP COURTESY ON FOR WITH TO TOO PERIOD AGAIN".split())


def repeated(tokens: Sequence[Token], done: Sequence[Act]) -> list[Act] | None:
    """The acts that were done, for the days or places that are named now."""
    meant = [it for it in tokens if it.kind not in _AROUND]
    named = [it for it in meant if it.kind != "DITTO"]
    if len(named) == len(meant) or not named:
        return None
    made: list[Act] = []
    for token in named:
        for act in done:
            if again := _again(act, token):
                made.append(again)
    return made or None


def _again(act: Act, token: Token) -> Act | None:
    if token.kind == "DAY" and getattr(act, "day", None) is not None:
        return replace(act, day=token.value)
    if token.kind == "PLACE" and getattr(act, "stop", None) is not None:
        name, ids = token.text[:200], tuple(token.value)
        return replace(act, stop=Reference(name=name, ids=ids))
    return None
