"""Staying: from when to when, with the hours of coming and going."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from itinerary_app.assistant.reading.clocks import as_hour
from itinerary_app.assistant.reading.found import Found
from itinerary_app.assistant.reading.tokens import Token

_COMING_AND_GOING = frozenset("ARRIVE DEPART DATE TIME PART".split())
_WHEN = (["DATE"], ["DATE", "TIME"], ["DATE", "PART"])


def come_and_gone(tokens: Sequence[Token]) -> tuple[list[Token], list[list[Token]]]:
    """The words of "arriving 4 May at ten, leaving 7 May at noon", and what they say:
    from when to when, and each hour behind its verb; none where it says other things.
    """
    said = [it for it in map(_as_hour, [None, *tokens], tokens) if it is not None]
    said = _with_dates(_with_verbs(said))
    kinds = [it.kind for it in said]
    if not {"ARRIVE", "DEPART"} <= {*kinds} or not {"TIME", "PART"} & {*kinds}:
        return [], []
    first, last = kinds.index("ARRIVE"), kinds.index("DEPART")
    both = said[first:last], said[last:]
    if not all(sorted(it.kind for it in part[1:]) in _WHEN for part in both):
        return [], []
    dates = [it for it in said[first:] if it.kind == "DATE"]
    before = [it for it in said[:first] if it.kind == "DATE"]
    weekend = any(it.kind == "WEEKEND" for it in tokens)
    if weekend and len(before) == 1 and all(it.value.weekday for it in dates):
        dates = [_beside(it, before[0].value) for it in dates]
        first, before = 0, []
    if before and [it.value.day for it in before] != [it.value.day for it in dates]:
        return [], []
    hours = [[it for it in part if it.kind != "DATE"] for part in both]
    stay = [each for each in hours if len(each) > 1]
    starts = {it.start for it in said[first:]}
    taken = [it for it in tokens if it.start in starts and it.kind != "SKIP"]
    if before:
        return taken, stay
    lengths = [it for it in tokens if it.kind in ("LENGTH", "WEEKEND")]
    whole = len(lengths) == 1 and sum(it.kind == "CITY" for it in tokens) <= 1
    to = dates[1]._replace(kind="TO", value="", text="to")
    days = [dates[0], to, *dates[1:]]
    return [*taken, *(lengths if whole else ())], [days, *stay]


def _as_hour(before: Token | None, token: Token) -> Token | None:
    """What tells when one comes and goes: a bare "at ten" is an hour."""
    if before and before.text == "at":
        token = as_hour(token)
    kept = _COMING_AND_GOING | {"TO", "START", "ORDINAL"}
    return token if token.kind in kept else None


def _with_verbs(said: list[Token]) -> list[Token]:
    """ "Friday night to Sunday night": one comes then, and leaves then."""
    kinds = [it.kind for it in said]
    for at in range(len(kinds) - 4):
        one, to, other = kinds[at : at + 2], kinds[at + 2], kinds[at + 3 : at + 5]
        if to == "TO" and one == other and one in _WHEN and "ARRIVE" not in kinds:
            comes = said[at]._replace(kind="ARRIVE", value="", text="arrive")
            leaves = said[at + 3]._replace(kind="DEPART", value="", text="leave")
            return [
                *said[:at], comes, *said[at : at + 2], leaves, *said[at + 3 :]
            ]  # fmt: skip
    return [it for it in said if it.kind != "TO"]


def _with_dates(said: list[Token]) -> list[Token]:
    """ "20-21 December … leave the 21st", "starting Friday, leaving Sunday at five"."""
    dates = {it.value.day.day: it.value for it in said if it.kind == "DATE"}
    made: list[Token] = []
    for at, token in enumerate(said):
        behind = said[at + 1].kind if at + 1 < len(said) else ""
        if token.kind == "ORDINAL" and token.text[:1].isdigit():
            if token.value not in dates:
                continue
            token = token._replace(kind="DATE", value=dates[token.value])
        elif token.kind == "START":
            if behind != "DATE" or any(it.kind == "ARRIVE" for it in said):
                continue
            token = token._replace(kind="ARRIVE")
        made.append(token)
    return made


def _beside(token: Token, weekend: Found) -> Token:
    """The weekday that is nearest to the weekend which was named."""
    assert token.value.day is not None
    assert weekend.day is not None
    ahead = (token.value.day - weekend.day).days % 7
    near = weekend.day + timedelta(days=ahead if ahead <= 3 else ahead - 7)
    day = max(near, token.value.day)  # the first such day to come: none is past
    return token._replace(value=replace(token.value, day=day))
