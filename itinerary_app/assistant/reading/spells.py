"""When a planned trip begins and ends, said by a date of the plan or beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from itinerary_app.acts.candidates import WEEKDAYS
from itinerary_app.acts.values import MAX_DAYS
from itinerary_app.assistant.reading.found import Found
from itinerary_app.assistant.reading.known import Known
from itinerary_app.assistant.reading.spans import Length
from itinerary_app.assistant.reading.tokens import Token

_SILENT = frozenset("SKIP COURTESY ON THEN TRIP WHOLETRIP IT REST".split())
_WHEN = frozenset("DAY DATE ORDINAL".split())
_EXTENDING = frozenset(
    "extend prolong lengthen stretch stay spend keep continue".split()
)


def respelled(tokens: list[Token], known: Known) -> list[Token]:
    """ "We start on the 6th": a date. "Stay until the 12th": so many days."""
    kinds = [it.kind for it in tokens if it.kind not in _SILENT]
    if kinds[-1:] in (["LATER"], ["EARLIER"]) and _sets_out(tokens, kinds):
        trip = tokens[0]._replace(kind="WHOLETRIP", value="", text="the trip")
        return [trip, *(it for it in tokens if it.kind in _SHIFTING)]
    plan = known.itinerary
    start = plan.days[0].date if plan and plan.days else None
    if start is None or not kinds or kinds[-1] not in _WHEN:
        return tokens
    token = next(it for it in reversed(tokens) if it.kind in _WHEN)
    if kinds in (["START", "DAY"], ["ARRIVE", "DAY"]):
        day = _date_of(token, start, known, nearest=True)
        if day is None or "day" in token.text.split():
            return tokens
        found = Found(token.start, token.end, day, loose=False)
        return [token._replace(kind="DATE", value=found)]
    said = {word for it in tokens for word in it.text.split()}
    if kinds[-2:-1] not in (["TO"], ["UNTIL"]) or not said & _EXTENDING:
        return tokens
    if len(kinds) > MOST_KINDS:
        return tokens
    end = _date_of(token, start, known, nearest=False)
    days = (end - start).days if end else -1
    longer = not said & _LENGTHENING or (plan and days + 1 >= len(plan.days))
    if not (0 <= days < MAX_DAYS and longer):
        return tokens
    return [token._replace(kind="LENGTH", value=Length(days + 1))]


_LENGTHENING = frozenset("extend prolong lengthen stretch".split())
_SHIFTING = frozenset("DELTA LENGTH LATER EARLIER".split())
_GOING = frozenset("go travel going travelling come fly start begin".split())


def _sets_out(tokens: Sequence[Token], kinds: Sequence[str]) -> bool:
    """ "Let's go two days later", "begin one day later": the trip does."""
    said = {word for it in tokens for word in it.text.split()}
    return len(said & _GOING) == 1 and {*kinds} <= _SHIFTING | {"START"}


MOST_KINDS = 4  # "make it longer until Sunday"


def _next(nth: int, start: date) -> date | None:
    """The first such day of a month from there on."""
    ahead = (start + timedelta(days=it) for it in range(31))
    return next((it for it in ahead if it.day == nth), None)


def _date_of(token: Token, start: date, known: Known, *, nearest: bool) -> date | None:
    """The date that is meant: beside the trip's first day, or the first one behind."""
    if token.kind == "DATE":
        day: date | None = token.value.day
        if day is None or not token.value.nth:
            return day
        return _next(day.day, start)
    if token.kind == "ORDINAL":
        return _next(token.value, start)
    if token.value in WEEKDAYS:
        ahead = (WEEKDAYS.index(token.value) - start.weekday()) % 7
        back = nearest and ahead > 3
        return start + timedelta(days=ahead - 7 * back)
    for day_ in known.itinerary.days if known.itinerary else ():
        if day_.number == token.value:
            return day_.date
    return None
