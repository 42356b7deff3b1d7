"""Repeating: "same for Sunday", "take something else": said of what was done."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from itinerary_app.acts.acts import (
    Act,
    Ask,
    Avoid,
    Calmer,
    Fuller,
    Remove,
    RemoveDay,
    Replan,
    Topic,
)
from itinerary_app.acts.values import Reference
from itinerary_app.assistant.reading.tokens import CONNECTORS, Token
from itinerary_app.model import Pace

_AROUND = CONNECTORS | set("SKIP COURTESY ON FOR WITH TO TOO PERIOD AGAIN".split())


_TOO = ("too", "as well", "also", "well")


def repeated(tokens: Sequence[Token], done: Sequence[Act]) -> list[Act] | None:
    """The acts that were done, for the days or places that are named now: "same for
    Sunday", "and on day 3 too".
    """
    meant = [it for it in tokens if it.kind not in _AROUND]
    if done and (more := _else(meant, done[-1])):
        return [more]
    named = [it for it in meant if it.kind != "DITTO"]
    too = (
        bool(tokens)
        and tokens[-1].text in _TOO
        and all(it.kind == "DAY" for it in named)
    )
    if not named or (len(named) == len(meant) and not too):
        return None
    made: list[Act] = []
    for token in named:
        for act in done:
            if again := _again(act, token):
                made.append(again)
    return made or None


def _else(said: Sequence[Token], last: Act) -> Act | None:
    """ "…, add something", "…, take something else": what comes in its place."""
    kinds = {it.kind for it in said if it.text != "one"}
    other = any(it.text.endswith("else") or it.text == "another" for it in said)
    if not ("SOMETHING" in kinds or other) or not kinds <= _ELSE:
        return None
    other |= "INSTEAD" in kinds
    if isinstance(last, Fuller) and kinds <= {"ADD", "PUT", "SOMETHING", "MORE", "IT"}:
        return last
    gone = isinstance(last, Remove) or (isinstance(last, Avoid) and last.place)
    if gone and other and "PACE" not in kinds:
        return Ask(topic=Topic.ALTERNATIVES)
    if isinstance(last, RemoveDay) and last.day is not None and other:
        calm = any(it.kind == "PACE" and it.value == Pace.RELAXED for it in said)
        calm |= "CALMER" in kinds
        return Calmer(day=last.day) if calm else Replan(day=last.day)
    return None


_ELSE = frozenset("ADD PUT TAKE WANT SOMETHING INSTEAD MORE PACE CALMER REPLAN".split())


def _again(act: Act, token: Token) -> Act | None:
    if token.kind == "DAY" and getattr(act, "day", None) is not None:
        return replace(act, day=token.value)
    if token.kind == "PLACE" and getattr(act, "stop", None) is not None:
        name, ids = token.text[:200], tuple(token.value)
        return replace(act, stop=Reference(name=name, ids=ids))
    return None
