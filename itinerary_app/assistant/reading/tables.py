"""Tables: meals by other words, "somewhere else for dinner", "the dinner place"."""

from __future__ import annotations

from collections.abc import Sequence

from itinerary_app.assistant.reading.clauses import has_subject
from itinerary_app.assistant.reading.meals import EATING
from itinerary_app.assistant.reading.tokens import Token

_SILENT = frozenset("SKIP COURTESY COMMA".split())
_ELSEWHERE = frozenset(
    ("somewhere else", "somewhere different", "another place", "other places",
     "another", "a different", "different", "another one")
)  # fmt: skip
_OF_MEALS = frozenset("SOMETHING FOR MEAL ON DAY DAYS THATDAY THING".split())
_HOURS = frozenset("NUMBER TIME".split())


def at_tables(tokens: list[Token]) -> list[Token]:
    """The tokens as the grammar has them; the same ones if it is none of these."""
    return _not_then(_elsewhere(_places(tokens)))


def _kinds(tokens: Sequence[Token]) -> list[str]:
    return [it.kind for it in tokens if it.kind not in _SILENT]


def _places(tokens: list[Token]) -> list[Token]:
    """ "Swap the lunch and dinner places": the meals."""
    if not {"SWAP", "SOMETHING"} & {*_kinds(tokens)}:
        return tokens
    made: list[Token] = []
    for token in tokens:
        place = token.kind == "THING" or (
            token.kind == "KIND" and token.value in EATING
        )
        if not (place and made and made[-1].kind == "MEAL"):
            made.append(token)
    return made


def _elsewhere(tokens: list[Token]) -> list[Token]:
    """ "Somewhere else for dinner on day 1", "dinner somewhere else": another place.

    Not "we are having dinner somewhere else", where one needs no place of ours.
    """
    kinds = _kinds(tokens)
    other = [it for it in tokens if it.kind == "SOMETHING"]
    if kinds.count("MEAL") != 1 or not {*kinds} <= _OF_MEALS or len(other) != 1:
        return tokens
    if other[0].text not in _ELSEWHERE or has_subject(tokens):
        return tokens
    swap = other[0]._replace(kind="SWAP", value="", text="swap")
    kept = frozenset("MEAL ON DAY DAYS THATDAY".split())
    return [swap, *(it for it in tokens if it.kind in kept)]


def _not_then(tokens: list[Token]) -> list[Token]:
    """ "Lunch at 2 not 1 every day": at 2."""
    at = next((i for i, it in enumerate(tokens) if it.kind == "NOT"), 0)
    around = [tokens[i].kind for i in (at - 1, at + 1) if 0 <= i < len(tokens)]
    timed = len(around) == 2 and {*around} <= _HOURS
    if not at or not timed or "MEAL" not in _kinds(tokens):
        return tokens
    hour = tokens[at - 1].kind == "TIME" or tokens[max(0, at - 2)].text == "at"
    return [*tokens[:at], *tokens[at + 2 :]] if hour else tokens
