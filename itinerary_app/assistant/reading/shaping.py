"""Tokens made ready for the grammar: words that carry nothing go, what belongs
together becomes one token.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from itinerary_app.assistant.reading.clocks import bounded, hours
from itinerary_app.assistant.reading.limits import limited
from itinerary_app.assistant.reading.names import Names
from itinerary_app.assistant.reading.nouns import (
    articled,
    determined,
    named_kinds,
    ordinals,
    unsure,
)
from itinerary_app.assistant.reading.people import counted
from itinerary_app.assistant.reading.retyping import retyped
from itinerary_app.assistant.reading.tokens import Token
from itinerary_app.assistant.reading.transport import transport
from itinerary_app.assistant.reading.whichdays import counted_days
from itinerary_app.model import Place

NOTHING = frozenset(
    "SOMEWHERE SKIP ITS COURTESY TOO COMMA COLON DASH AGAIN THEN TRIP BUT SO".split()
)


def shaped(
    tokens: Sequence[Token], names: Names, places: Sequence[Place]
) -> list[Token]:
    """The tokens of a clause that mean something, in their order."""
    made = list(tokens)
    listed = {
        behind.start
        for before, behind in pairwise(it for it in tokens if it.kind != "SKIP")
        if before.kind == "COMMA"
    }
    for step in (
        counted_days,
        transport,
        bounded,
        articled,
        retyped,
        limited,
        hours,
        counted,
        determined,
        unsure,
        _without_nothing,
        _without_verbs,
        _joined_days,
        ordinals,
    ):
        made = step(made)
    return named_kinds(made, names, {place.id: place for place in places}, listed)


def _without_nothing(tokens: list[Token]) -> list[Token]:
    limited = any(token.kind == "LIMITWORD" for token in tokens)
    made: list[Token] = []
    for token in tokens:
        if token.kind in NOTHING:
            continue
        one = token.kind == "NUMBER" and token.text == "one"
        if (
            one
            and made
            and made[-1].kind in ("IT", "OTHER", "ORDINAL", "LAST", "FIRST")
        ):
            continue
        if token.kind == "ON" and (limited or token.text not in ("at", "around")):
            continue
        made.append(token)
    return [
        token
        for i, token in enumerate(made)
        if token.kind != "ON" or (made[i + 1 : i + 2] and made[i + 1].kind == "NUMBER")
    ]


_SLOTS = frozenset("BUDGET PACE DIET MOBILITY".split())
_AROUND_SLOTS = frozenset("WANT TO FOR WITH MAKE LIKE RATHER".split())


def _without_verbs(tokens: list[Token]) -> list[Token]:
    """Where only wishes for the whole trip are named, verbs say nothing more."""
    kinds = {it.kind for it in tokens}
    if kinds & _SLOTS and kinds <= _SLOTS | _AROUND_SLOTS | {"AND"}:
        return [it for it in tokens if it.kind not in _AROUND_SLOTS]
    return tokens


def _joined_days(tokens: list[Token]) -> list[Token]:
    """ "Day 1 and day 3" as one token with both days."""
    made: list[Token] = []
    i = 0
    while i < len(tokens):
        token = tokens[i]
        if token.kind == "NTHPART":
            day, part = token.value
            made.append(token._replace(kind="DAY", value=day))
            made.append(token._replace(kind="PART", value=part))
            i += 1
            continue
        if token.kind == "DAYLIST":
            token = token._replace(kind="DAYS")
        if token.kind in ("DAY", "DAYS"):
            days = list(token.value) if token.kind == "DAYS" else [token.value]
            while (
                i + 2 < len(tokens)
                and tokens[i + 1].kind == "AND"
                and tokens[i + 2].kind in ("DAY", "DAYS")
            ):
                more = tokens[i + 2]
                days += more.value if more.kind == "DAYS" else [more.value]
                token = token._replace(
                    text=f"{token.text} and {more.text}", end=more.end
                )
                i += 2
            kind = "DAYS" if len(days) > 1 else "DAY"
            token = token._replace(kind=kind, value=days if len(days) > 1 else days[0])
        made.append(token)
        i += 1
    return made
