"""Closing: "X is closed on Friday" says why a stop may have to be on another day."""

from __future__ import annotations

from collections.abc import Sequence

from itinerary_app.acts.acts import Act, Ask, Force, Move, Suppose, Topic
from itinerary_app.acts.values import Reference
from itinerary_app.assistant.reading.clause import stripped
from itinerary_app.assistant.reading.known import Known
from itinerary_app.assistant.reading.tokens import CONNECTORS, Token, words

_SHUT = frozenset("closed shut closes shuts".split())
_ENDS = CONNECTORS | {"PERIOD", "SO"}
# With no more than these, it is asked to be moved, wherever it may be.
_MOVING = (
    frozenset(
        "MOVE PUT IT TO ON DELTA OTHERDAY SKIP COURTESY QUESTION SOMETHING".split()
    )
    | _ENDS
)


def told(
    tokens: Sequence[Token], known: Known
) -> tuple[list[tuple[Act, str]], tuple[Token, ...]]:
    """What is made of a closing with the words that tell it, and the other tokens.

    A stop that is planned on that day is moved if that is asked for, and else it is
    offered; of any other place its hours are told. What the other words say of "it"
    is said of the place.
    """
    for at, token in enumerate(tokens):
        bounds = _bounds(tokens, at) if token.kind == "PLACE" else None
        if bounds is None:
            continue
        start, end = bounds
        day = tokens[end - 1].value
        there = tuple(it for it in token.value if it in known.stops_on(day))
        named = Reference(name=token.text[:200], ids=there or tuple(token.value))
        rest = stripped([*tokens[:start], *tokens[end:]])
        move, said = Move(stop=named, day="other"), words(tokens[start:end])
        if not there:
            return [(Ask(topic=Topic.HOURS, place=named, day=day), said)], tuple(rest)
        if any(it.kind in ("MOVE", "PUT") for it in rest) and all(
            it.kind in _MOVING for it in rest
        ):
            return [(move, words(tokens))], ()
        its = [i for i, it in enumerate(rest) if it.kind == "IT"]
        if its:
            rest[its[0]] = token._replace(value=there)
            return [], tuple(rest)
        return [(Suppose(force=Force.REPORTED, acts=(move,), about=said), said)], tuple(
            rest
        )
    return [], tuple(tokens)


def _bounds(tokens: Sequence[Token], at: int) -> tuple[int, int] | None:
    """Where a statement that this place is closed on a day begins and ends."""
    start, end = at, at + 1
    while start and tokens[start - 1].kind in ("SKIP", "HEARSAY"):
        start -= 1
    if start and tokens[start - 1].kind not in _ENDS:
        return None
    while tokens[end:] and tokens[end].kind == "SKIP":
        end += 1
    shut = [it.text for it in tokens[end : end + 2]]
    if shut[:1] and shut[0] in _SHUT:
        end += 1
    elif tokens[end:] and tokens[end].kind == "NOT" and shut[1:] == ["open"]:
        end += 2
    else:
        return None
    while tokens[end:] and tokens[end].kind in ("SKIP", "ON"):
        end += 1
    if not tokens[end:] or tokens[end].kind != "DAY":
        return None
    behind = tokens[end + 1].kind if tokens[end + 1 :] else "PERIOD"
    return (start, end + 1) if behind in _ENDS else None
