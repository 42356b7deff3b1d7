"""Outset: what first messages tell of lengths, dates and outings in words of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from itinerary_app.assistant.reading.firstly import countries
from itinerary_app.assistant.reading.found import Found
from itinerary_app.assistant.reading.spans import Length
from itinerary_app.assistant.reading.tokens import Token, words
from itinerary_app.assistant.reading.whichdays import last_day

DAY = 24 * 60  # minutes
_LONG = 20 * 60  # "20 hours" between two flights are no stop of a day
_TO_THERE = frozenset("SKIP TO ON".split())
_KINDS = frozenset("KIND TAG CUISINE".split())
_WHEN = frozenset("DATE DAY ORDINAL".split())
_BEGINS = frozenset("COMMA PERIOD COLON DASH TRIP SKIP".split())


def told(tokens: Sequence[Token], start: date | None = None) -> tuple[Token, ...]:
    """The tokens of a message before any plan in the words that the other steps know.

    The trip begins on `start`, where that was told before.
    """
    made = list(tokens)
    for step in (
        _without_outings,
        _joined,
        _week,
        _of_country,
        _in_hours,
        _one,
        _by_day,
    ):
        made = step(made)
    return tuple(_until(made, start))


def _without_outings(tokens: list[Token]) -> list[Token]:
    """ "A day trip to Florence on Friday": an outing to another city of ours, which we
    can't plan, is no part of the trip and sets no date.
    """
    cities = [it for it in tokens if it.kind == "CITY"]
    made = list(tokens)
    for at in reversed([i for i, it in enumerate(tokens) if _is_outing(it)]):
        first, last = at, at + 1
        while last < len(made) and made[last].kind in _TO_THERE:
            last += 1
        if last == len(made) or made[last].kind != "CITY":
            first, last = at - 1, at
            while first > 0 and made[first].kind == "SKIP":
                first -= 1
            if first < 0 or not _is_as(made[first + 1 : at]):
                continue
        city = made[last] if last > at else made[first]
        if city.kind != "CITY" or city.value == cities[0].value:
            continue
        end = last + 1
        while end < len(made) and made[end].kind in _TO_THERE:
            end += 1
        end = end + 1 if end < len(made) and made[end].kind in _WHEN else last + 1
        said = made[first:end]
        made[first:end] = [said[0]._replace(kind="WORD", value="", text=words(said))]
    return made


def _is_outing(token: Token) -> bool:
    return token.text.replace(" ", "").startswith("daytrip")


def _is_as(tokens: Sequence[Token]) -> bool:
    """Whether a city is visited "as a" day trip, or is one "for a"."""
    return bool(tokens) and tokens[0].text in ("as", "as a", "for a")


def _joined(tokens: list[Token]) -> list[Token]:
    """ "10 May through 16 May", "over New Year", of which not all words are known."""
    made = []
    for at, token in enumerate(tokens):
        beside = [it.kind for it in tokens[max(0, at - 1) : at + 2 : 2]]
        if token.text in ("through", "thru") and beside == ["DATE", "DATE"]:
            token = token._replace(kind="TO", text="to")
        if token.text == "over":
            token = token._replace(kind="FOR", text="for")
        made.append(token)
    return made


def _week(tokens: list[Token]) -> list[Token]:
    """ "Week in Rome"."""
    made = []
    for at, token in enumerate(tokens):
        behind = [it.kind for it in tokens[at + 1 : at + 3]]
        begins = at == 0 or tokens[at - 1].kind in _BEGINS
        if token.text == "week" and begins and behind == ["ON", "CITY"]:
            token = token._replace(kind="LENGTH", value=Length(7))
        made.append(token)
    return made


def _of_country(tokens: list[Token]) -> list[Token]:
    """ "10 days in Italy: Rome and Venice" are in these; of "a week in Thailand: Bangkok
    3 nights" only those nights are in a city of ours.
    """
    cities = {it.value.name: it.value for it in tokens if it.kind == "CITY"}
    codes = {it.country for it in cities.values()}
    made: list[Token] = []
    for at, token in enumerate(tokens):
        if made and token.kind == "WORD" and countries().get(token.text) in codes:
            before = [it.kind for it in made[-2:]]
            if made[-1].kind == "ON":
                made.pop()
            if before == ["LENGTH", "ON"]:
                others = [it for it in tokens[at:] if it.kind == "LENGTH"]
                if others and len(cities) == 1:
                    made[-1] = made[-1]._replace(kind="SKIP", value="")
            continue
        made.append(token)
    return made


def _one(tokens: list[Token]) -> list[Token]:
    """ "One museum" is a museum; where it limits or denies, it stays a number."""
    made = []
    for at, token in enumerate(tokens):
        behind = tokens[at + 1].kind if at + 1 < len(tokens) else ""
        before = tokens[at - 1].kind if at else ""
        free = before not in ("ATMOST", "NO", "NOT", "NOMORE", "AVOID", "EXCEPT")
        denied = any(it.kind in ("NO", "AVOID") for it in tokens[:at])
        if token.kind == "NUMBER" and token.value == 1 and behind in _KINDS:
            if free and not denied:
                token = token._replace(kind="SKIP", value="")
        made.append(token)
    return made


def _by_day(tokens: list[Token]) -> list[Token]:
    """ "Day 1: A, day 2: B": each day is a sentence."""
    made: list[Token] = []
    for at, token in enumerate(tokens):
        labels = [it.kind for it in tokens[at : at + 2]] == ["DAY", "COLON"]
        if labels and made and made[-1].kind in ("COMMA", "COLON", "DASH"):
            made[-1] = made[-1]._replace(kind="PERIOD", text=".")
        made.append(token)
    return made


def _until(tokens: list[Token], start: date | None) -> list[Token]:
    """ "Until Wednesday" is the last day, not the first; told where that is not known."""
    dates = [i for i, it in enumerate(tokens) if it.kind == "DATE"]
    ends = [i for i, it in enumerate(tokens) if it.kind == "UNTIL"]
    if len(dates) != 1 or len(ends) != 1 or not tokens[dates[0]].value.day:
        return tokens
    first, last = ends[0], dates[0]
    if first > last or any(it.kind != "SKIP" for it in tokens[first + 1 : last]):
        return tokens
    said, found = tokens[first : last + 1], tokens[last].value
    lengths = [it.value for it in tokens if it.kind == "LENGTH"]
    if start is None and len(lengths) == 1:
        days = lengths[0].days + (lengths[0].unit == "night")
        begins = replace(found, day=found.day - timedelta(days=days - 1))
        return [*tokens[:first], said[-1]._replace(value=begins), *tokens[last + 1 :]]
    token = said[0]._replace(kind="WORD", value="", text=words(said))
    if start is not None and (ends_on := last_day(Found(0, 0, start), found)):
        days = (ends_on - start).days + 1
        if days > 0 and not lengths:
            token = token._replace(kind="LENGTH", value=Length(days))
    return [*tokens[:first], token, *tokens[last + 1 :]]


def _in_hours(tokens: list[Token]) -> list[Token]:
    """ "36 hours in Rome" are two days, and a layover one, unless dates tell how many."""
    cities = any(it.kind == "CITY" for it in tokens)
    lengths = any(it.kind == "LENGTH" for it in tokens)
    dated = sum(it.kind == "DATE" for it in tokens) > 1
    made = []
    for token in tokens:
        if token.kind == "DURATION" and token.value >= _LONG and cities and not lengths:
            days = Length(-(-token.value // DAY))
            kind = "SKIP" if dated else "LENGTH"
            token = token._replace(kind=kind, value="" if dated else days)
        elif token.kind == "LAYOVER" and dated:
            token = token._replace(kind="SKIP", value="")
        made.append(token)
    return made
