"""Limits: "at most", "enough" and "a day" in what is said of how many of a kind."""

from __future__ import annotations

from itinerary_app.assistant.reading.tokens import Token

_PEOPLE = frozenset("ADULTS CHILDREN FRIENDS SOLO".split())


def limited(tokens: list[Token]) -> list[Token]:
    """The tokens with one word for each limit."""
    tokens = _sums(tokens)
    kinds = {token.kind for token in tokens}
    words = {token.text for token in tokens}
    made: list[Token] = []
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


def _sums(tokens: list[Token]) -> list[Token]:
    """ "Budget 500", "about 400 to spend on tickets": a sum without its currency."""
    kinds = {it.kind for it in tokens}
    spent = any(it.text in ("budget", "spend", "spending") for it in tokens)
    if not spent or not kinds <= _OF_SUMS:
        return tokens
    return [
        it._replace(kind="MONEY", value=(it.value, ""))
        if it.kind == "NUMBER" and it.value >= _LEAST
        else it
        for it in tokens
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
