"""Loosening: a statement without the words around what it asks for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from itinerary_app.assistant.reading.spelling import common_words
from itinerary_app.assistant.reading.tokens import Token

MOST_UNKNOWN = 4  # words between those that are read
# What a statement does; with one of these the words around it may be passed over.
VERBS = frozenset(
    "REMOVE GO ADD MOVE PUT SWAP LOCK UNLOCK UNFIX REPLAN BESTORDER CALMER FULLER "
    "CLEAR "
    "KEEP NOMORE ALLOW START END AVOID TAKE REVERSE SPEND EAT BOOKED DELTA".split()
)
_WEAK = frozenset("WANT LIKE TO WITH FROM FOR MAKE COURTESY SO RATHER YES".split())
_NAMES = frozenset("PLACE KIND TAG CUISINE MEAL INTEREST DAY DAYS CITY THING".split())
_TELLING = _NAMES | frozenset(
    "TIME PART DURATION LENGTH DATE NUMBER MONEY NOT NO".split()
)
# What begins with one of these says when, why or which, not what is to be done.
_SUBORDINATE = frozenset(
    "when while where which who whose whenever why how what".split()
)
# Words that say how much, or which: never passed over.
WEIGHING = frozenset(
    "short long half double twice triple quarter both other others only except last "
    "next previous former latter same longest shortest biggest largest smallest "
    "nearest closest without instead than week weeks month year years weekend january "
    "february march april may june july august september october november december "
    "spring summer autumn winter fall easter christmas thanksgiving less more fewer "
    "too never nothing none unless until".split()
)
# Those that say how long.
OF_LENGTH = frozenset("half double twice quarter week weeks other both".split())
_DENIALS = frozenset("NOT NO NOLONGER EXCEPT AVOID INSTEADOF THAN".split())


def weighed_up(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """ "We may go to Rome for 3 days": to begin with, who plans it wishes it."""
    kinds = [it.kind for it in tokens]
    if not {"CITY", "LENGTH"} <= {*kinds}:
        return tuple(tokens)
    where = kinds.index("CITY")
    return tuple(
        it._replace(kind="SKIP") if at < where and it.text in _MAYBE else it
        for at, it in enumerate(tokens)
    )


_MAYBE = frozenset(f"{who} {may}" for who in ("we", "i") for may in ("may", "might"))


def loosened(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """The statement, each time with fewer of the words that may be passed over."""
    kept = _without_clauses(tokens)
    if len(kept) < len(tokens):
        yield kept
    verbs = [at for at, it in enumerate(kept) if it.kind in VERBS]
    if not verbs or not _may_go(kept):
        return
    kept = [it for it in kept if it.kind != "WORD"]
    yield kept
    yield [it for it in kept if it.kind not in _WEAK and not _is_only(it)]
    if not any(it.kind in _DENIALS for it in kept):
        named = any(it.kind in ("PLACE", "KIND", "MEAL") for it in kept)
        yield [
            it
            for it in kept
            if it.kind not in _WEAK
            and not _is_only(it)
            and not (named and it.kind == "IT")
            and it.text not in ("also", "too", "as well")
        ]


def _without_clauses(tokens: Sequence[Token]) -> list[Token]:
    """Without a clause at the end that names nothing: "when the lights are on"."""
    for at, token in enumerate(tokens):
        before = next(
            (it.kind for it in reversed(tokens[:at]) if it.kind != "SKIP"), ""
        )
        if before in ("", "KIND", "TAG", "CUISINE", "THING", "INTEREST"):
            continue  # which of a kind: not to be passed over
        if (
            token.text in _SUBORDINATE or (token.kind == "LIKE" and at > 1)
        ) and not any(it.kind in _TELLING for it in tokens[at:]):
            return list(tokens[:at])
    return list(tokens)


def _may_go(tokens: Sequence[Token]) -> bool:
    """Whether the unknown words narrow nothing and are no names."""
    unknown = [at for at, it in enumerate(tokens) if it.kind == "WORD"]
    if len(unknown) > MOST_UNKNOWN:
        return False
    for at in unknown:
        token = tokens[at]
        if token.text in _SUBORDINATE or token.text in WEIGHING:
            return False
        if at and tokens[at - 1].kind in VERBS - {"CALMER", "FULLER", "CLEAR"}:
            return False  # what the verb is about
        beside = [*tokens[max(0, at - 1) : at], *tokens[at + 1 : at + 2]]
        if any(it.kind in _DENIALS for it in beside):
            return False
        if token.text not in common_words() and any(
            it.kind in _NAMES - {"DAY", "DAYS"} for it in beside
        ):
            return False
        behind = tokens[at + 1].kind if at + 1 < len(tokens) else ""
        if behind in ("KIND", "TAG", "CUISINE", "THING", "INTEREST"):
            return False  # "a quiet museum": of which we know nothing
    return True


def _is_only(token: Token) -> bool:
    return token.kind == "ATMOST" and token.text in ("only", "just")
