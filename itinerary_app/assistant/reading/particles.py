"""Particles: "fill Sunday up" is read as "fill up Sunday"."""

from __future__ import annotations

from collections.abc import Sequence

from itinerary_app.assistant.reading.lexicon import Lexicon, lexicon, words_of
from itinerary_app.assistant.reading.tokens import Token

_SPLIT = frozenset(
    "CALMER FULLER REPLAN BESTORDER CLEAR REVERSE STARTOVER EARLIER LATER".split()
)
_PARTICLES = frozenset("up out down over back off in round around anew away".split())
# What may stand between a verb and its particle.
_OBJECTS = frozenset(
    "DAY DAYS DAYLIST THATDAY IT REST WHOLETRIP PART LENGTH WORD".split()
)
_MOST = 2  # words between


def gathered(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with each particle at its verb."""
    made = list(tokens)
    phrases = lexicon("en")
    at = 0
    while at < len(made):
        if found := _split(made, at, phrases):
            made[at] = found[0]
            del made[found[1] : found[2]]
        at += 1
    return made


def _split(
    tokens: list[Token], at: int, phrases: Lexicon
) -> tuple[Token, int, int] | None:
    """The verb with its particle, and where the particle began and ended."""
    verb = words_of(tokens[at].text)
    if len(verb) != 1:
        return None
    end = at + 1
    named = 0
    while end < len(tokens) and tokens[end].kind in _OBJECTS | {"SKIP"}:
        if words_of(tokens[end].text)[:1] and (
            words_of(tokens[end].text)[0] in _PARTICLES
        ):
            break
        named += tokens[end].kind != "SKIP"
        end += 1
    if not 0 < named <= _MOST or end == len(tokens):
        return None
    behind = [(word, i) for i in range(end, min(end + 3, len(tokens)))
              for word in words_of(tokens[i].text)]  # fmt: skip
    if not behind or behind[0][0] not in _PARTICLES:
        return None
    found = phrases.longest([*verb, *(word for word, _ in behind)], 0, kinds=_SPLIT)
    if found is None or found[0] < 2:
        return None
    last = behind[found[0] - 2][1]
    whole = found[0] - 1 == len(behind) or behind[found[0] - 1][1] != last
    if not whole:
        return None
    between = [it for it in tokens[at + 1 : end] if it.kind != "SKIP"]
    kind = found[1].kind
    if kind == "STARTOVER":  # "start Saturday over"
        kind = "REPLAN"
    if [it.kind for it in between] == ["IT"] and kind != "REVERSE":
        tokens[at + 1 : end] = [it._replace(kind="SKIP") for it in tokens[at + 1 : end]]
    text = f"{tokens[at].text} {' '.join(it.text for it in tokens[end : last + 1])}"
    return (
        tokens[at]._replace(kind=kind, value=found[1].value, text=text),
        end,
        last + 1,
    )
