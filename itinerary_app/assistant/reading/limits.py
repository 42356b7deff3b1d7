"""Limits: "at most", "enough" and "a day" in what is said of how many of a kind."""

from __future__ import annotations

from itinerary_app.assistant.reading.spans import Sum
from itinerary_app.assistant.reading.tokens import Token

_PEOPLE = frozenset("ADULTS CHILDREN FRIENDS SOLO".split())


def limited(tokens: list[Token]) -> list[Token]:
    """The tokens with one word for each limit."""
    tokens = _sums(_nothing(tokens))
    kinds = {token.kind for token in tokens}
    words = {token.text for token in tokens}
    made: list[Token] = []
    tokens = _too_many(tokens, kinds)
    for i, token in enumerate(tokens):
        if token.kind in ("LENGTH", "WHOLETRIP") and _is_daily(tokens, i):
            token = token._replace(kind="PERDAY", value=1)
        elif token.kind == "NOMORE" and {"NUMBER", "PERDAY"} <= kinds:
            token = token._replace(kind="ATMOST")
        if token.kind == "ATMOST":
            lifted = "ALLOW" in kinds and token.text == "limit"
            only = token.text in ("just", "only") and kinds & _PEOPLE
            if lifted or only or any(it.kind == "ATMOST" for it in made):
                continue
        set_now = {"ATMOST", "NUMBER"} <= kinds and "limit" not in words
        if token.kind == "ALLOW" and set_now:
            continue  # "we're fine with up to three museums a day"
        if token.text == "keep" and "ATMOST" in kinds:
            continue
        made.append(token)
    return made


_OF_SUMS = frozenset(
    "SKIP WANT ATMOST SPEND TO ON LIMITWORD NUMBER CITY LENGTH COURTESY COLON COMMA FOR "
    "WITH INSTEADOF WHOLETRIP REST REMARK AND".split()
)
_LEAST = 20  # what is less may be hours, or days


def _nothing(tokens: list[Token]) -> list[Token]:
    """ "Only free sights": a limit of nothing."""
    return [
        made
        for it in tokens
        for made in (
            (it._replace(kind="ATMOST"), it._replace(kind="MONEY", value=Sum(0)))
            if it.kind == "FREEONLY"
            else (it,)
        )
    ]


def _sums(tokens: list[Token]) -> list[Token]:
    """ "Budget 500", "about 400 to spend on tickets": a sum without its currency."""
    kinds = {it.kind for it in tokens}
    spent = any(it.text in ("budget", "spend", "spending") for it in tokens)
    if not spent or not kinds <= _OF_SUMS:
        return tokens
    return [
        it._replace(kind="MONEY", value=Sum(it.value))
        if it.kind == "NUMBER" and it.value >= _LEAST
        else it
        for it in tokens
    ]


def _too_many(tokens: list[Token], kinds: set[str]) -> list[Token]:
    """ "More than one a day is too much" is at most one, "two are too many" as well."""
    much = next(
        (it for it in tokens if it.text.endswith(("too much", "too many"))), None
    )
    counts = [it for it in tokens if it.kind == "NUMBER" and it.value > 0]
    if much and "FOR" in [it.kind for it in tokens[tokens.index(much) + 1 :]][:1]:
        tokens = tokens[: tokens.index(much) + 1]  # "… too much for the kids"
    if much is None or not counts or "PERDAY" not in kinds or "NOT" in kinds:
        return tokens
    if len(counts) == 2 and counts[0].start < much.start < counts[1].start:
        kept = [it for it in tokens if it is not counts[0]]
        return [it._replace(kind="ATMOST") if it is much else it for it in kept]
    above = {"MORE", "THAN"} <= kinds
    if len(counts) > 1 or (not above and counts[0].value == 1):
        return tokens
    most = counts[0]._replace(value=counts[0].value - (not above))
    kept = [it for it in tokens if it is not much and it.kind not in ("MORE", "THAN")]
    return [
        it
        for token in kept
        for it in (
            [token._replace(kind="ATMOST"), most] if token is counts[0] else [token]
        )
    ]


def _is_daily(tokens: list[Token], at: int) -> bool:
    """ "Maximum one fort in one day", "the one-museum-a-day rule"."""
    kinds = {it.kind for it in tokens}
    if not ("NUMBER" in kinds and kinds & {"KIND", "TAG", "CUISINE"}):
        return False
    if tokens[at].kind == "LENGTH":
        daily = tokens[at].value.days == 1 and tokens[at - 1].text == "in"
        return daily and bool(kinds & {"ATMOST", "NOMORE"})
    return tokens[at].text in ("a day", "a-day", "per day", "each day", "every day")
