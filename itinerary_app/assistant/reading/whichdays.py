"""Which days: "the other days", two days that change places, how many there are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from itinerary_app.acts.acts import Act, AddDay
from itinerary_app.acts.values import Reference
from itinerary_app.assistant.reading.found import Found
from itinerary_app.assistant.reading.lexicon import words_of
from itinerary_app.assistant.reading.spans import Length
from itinerary_app.assistant.reading.tokens import CONNECTORS, WEEKDAY_NAMES, Token
from itinerary_app.catalogue.almanac import next_nth, on_or_after
from itinerary_app.model import Day, Itinerary

# Beside these, two days that are named crosswise do not change places as they are.
_OF_STOPS = frozenset(
    "PLACE STOP KIND TAG CUISINE MEAL TIME PART DURATION INTEREST REMOVE NOT NO AVOID "
    "CALMER FULLER CLEAR LOCK IF HEARSAY MEMORY ARRIVE DEPART NUMBER ORDINAL OR".split()
)
_MOST_UNKNOWN = 3  # words in what says that days change places


def other_days(
    tokens: Sequence[Token], days: Sequence[int], focus: int | None
) -> list[Token]:
    """ "The other days" as the days of the plan that were not spoken of before; "all
    three days" as all.
    """
    made: list[Token] = []
    named: set[int | str | None] = set()
    for token in tokens:
        every = bool(made) and made[-1].kind == "EVERY"
        if every and token.kind == "LENGTH" and token.value.days == len(days):
            token = made.pop()._replace(kind="WHOLETRIP", text="all days")
        if token.kind == "DAY":
            named.add(token.value)
        elif token.kind in ("DAYS", "DAYLIST"):
            named.update(token.value)
        elif token.kind == "OTHERDAYS":
            said = named or {focus}
            left = [it for it in days if it not in said]
            known = said & {*days} and 0 < len(left) < len(days)
            away = [it.kind for it in made[-1:]] == ["TO"]  # "move them to other days"
            kind = "DAYS" if known and not away else "OTHERDAY"
            token = token._replace(kind=kind, value=left)
        made.append(token)
    return made


def by_load(tokens: Sequence[Token], plan: Itinerary) -> list[Token]:
    """ "On the emptiest day", "to the day with the fewest stops" as that day."""
    if not any(_LOADS & {*it.text.split()} for it in tokens):
        return list(tokens)
    made: list[Token] = []
    at = 0
    while at < len(tokens):
        count = next(
            (n for n in range(7, 1, -1) if _LOADED.fullmatch(_said(tokens, at, n))), 0
        )
        placed = bool(made) and made[-1].kind in ("ON", "TO", "FROM", "FOR")
        if not count or not placed:
            made.append(tokens[at])
            at += 1
            continue
        said = tokens[at : at + count]
        words = set(_said(tokens, at, count).split())
        load = _stops if _COUNTED & words else _minutes
        day = (max if _FULL & words else min)(plan.days, key=load)
        text = " ".join(it.text for it in said)
        made.append(Token("DAY", day.number, text, said[0].start, said[-1].end))
        at += count
    return made


def in_city(tokens: Sequence[Token], plan: Itinerary) -> list[Token]:
    """ "The second day in Rome", of a trip to several cities, as that day of the trip."""
    parts = {part.city.name: [it.number for it in part.days] for part in plan.parts()}
    made: list[Token] = []
    for token in tokens:
        said = [it for it in made[-2:] if it.kind == "DAY" or it.text == "in"]
        there = parts.get(token.value.name, []) if token.kind == "CITY" else []
        if [it.kind for it in said] == ["DAY", "ON"] and there and len(parts) > 1:
            day = said[0]
            rims = {"first": there[0], "last": there[-1]}
            nth = there[day.value - 1 : day.value] if isinstance(day.value, int) else []
            is_there = day.value in there and day.text.startswith("day")
            number = (
                day.value if is_there else rims.get(day.value, next(iter(nth), None))
            )
            if number is not None:
                made[-2:] = [day._replace(value=number)]
                continue
        made.append(token)
    return made


def first_in_city(tokens: Sequence[Token], plan: Itinerary) -> list[Token]:
    """ "The first thing in Rome" as that of the first day there; "in Rome, X on the
    first day" as X on the first day in Rome.
    """
    made = list(tokens)
    if not plan.stages:
        return made
    days = {part.city.name: part.days[0].number for part in plan.parts()}
    for at, token in enumerate(made[1:], 1):
        place = token.kind == "CITY" and made[at - 1].text == "in"
        before = [it.kind for it in made[max(0, at - 3) : at - 1]]
        thing = before[-1:] == ["FIRST"] or before in (
            ["FIRST", "THING"],
            ["ORDINAL", "THING"],
        )
        if place and thing and token.value.name in days:
            made[at] = token._replace(kind="DAY", value=days[token.value.name])
    named = [it for it in made if it.kind == "DAY" and "day" in it.text.split()]
    leads = [it.kind for it in made[:2]] == ["ON", "CITY"] and made[0].text == "in"
    if not leads or len(named) != 1 or named[0].text.startswith("day"):
        return made
    at = made.index(named[0]) + 1
    behind = made[2:at]
    rest = behind[1:] if behind[:1] and behind[0].kind == "COMMA" else behind
    return [*rest, *made[:2], *made[at:]]


def each_so_long(tokens: Sequence[Token]) -> list[Token]:
    """ "Three in Florence and two in Venice": days."""
    made = list(tokens)
    at = [
        i
        for i, (number, on, city) in enumerate(
            zip(made, made[1:], made[2:], strict=False)
        )
        if [number.kind, on.text, city.kind] == ["NUMBER", "in", "CITY"]
    ]
    if len(at) < 2:
        return made
    for i in at:
        made[i] = made[i]._replace(kind="LENGTH", value=Length(made[i].value))
    return made


def _said(tokens: Sequence[Token], at: int, count: int) -> str:
    return " ".join(
        word for it in tokens[at : at + count] for word in words_of(it.text)
    )


_LOADED = re.compile(
    r"(?:the )?(?:emptiest|quietest|calmest|lightest|freest|busiest|fullest"
    r"|(?:least|most) (?:busy|full|packed)) day"
    r"|(?:the )?day (?:with|that has) (?:the )?(?:fewest|least|most) "
    r"(?:stops|things|stuff|sights|visits|places|to do)(?: on it| to do| in it)?"
)
_LOADS = frozenset(
    "emptiest quietest calmest lightest freest busiest fullest least most fewest".split()
)
_FULL = frozenset("busiest fullest most".split())
_COUNTED = frozenset("stops things sights visits places".split())


def _stops(day: Day) -> int:
    return len(day.stops)


def _minutes(day: Day) -> int:
    return day.busy_minutes


def told_day(tokens: Sequence[Token]) -> list[Token]:
    """The first day of a remark, with the part of it."""
    at = next((i for i, it in enumerate(tokens) if it.kind in ("DAY", "NTHPART")), None)
    return [] if at is None else list(tokens[at : at + 2])


def when_told(told: Sequence[Token], kinds: set[str]) -> list[Token]:
    """The day that was told of, and its part for what is kept free then."""
    day, *rest = told
    if "CLEAR" in kinds:
        return [day, *(it for it in rest if it.kind == "PART")]
    if day.kind == "NTHPART":
        day = day._replace(kind="DAY", value=day.value[0])
    return [day]


def exchanged(tokens: Sequence[Token]) -> list[Token]:
    """ "Friday's things on Sunday and Sunday's on Friday", "day 1 on day 2 and vice
    versa": as a swap of these days.
    """
    said = list(tokens)
    tokens = [_whole_day(it) for it in said]
    days = [
        token._replace(kind="DAY", value=value)
        for token in tokens
        if token.kind in ("DAY", "DAYS", "DAYLIST")
        for value in (token.value if token.kind != "DAY" else [token.value])
    ]
    values = [it.value for it in days]
    turned = any(it.kind == "REVERSE" and "order" not in it.text for it in tokens)
    crossed = len(values) == 4 and values == [*values[:2], *values[1::-1]]
    paired = len(values) == 2 and turned
    unknown = sum(it.kind == "WORD" for it in tokens)
    if (
        not (crossed or paired)
        or values[0] == values[1]
        or unknown > _MOST_UNKNOWN
        or any(it.kind in _OF_STOPS for it in tokens)
    ):
        return said
    swap = days[0]._replace(kind="SWAP", text="swap")
    both = days[1]._replace(kind="AND", text="and")
    return [swap, days[0], both, days[1]]


def _whole_day(token: Token) -> Token:
    """ "Saturday's things" as Saturday."""
    refs = token.value if token.kind == "STOP" else ()
    days = [it.day for it in refs if it == Reference(day=it.day, every=True)]
    if len(days) != 1 or days[0] is None:
        return token
    return token._replace(kind="DAY", value=days[0])


_QUIET = CONNECTORS | {"SKIP", "COURTESY", "ON", "AGAIN", "TOO"}
_RESIZING = frozenset(
    "REMOVE TAKE SWAP MAKE MORE LESS ADD MOVE PUT IT WHOLETRIP LENGTH ATMOST WANT LIKE "
    "INSTEAD KEEP".split()
)
_SUFFICING = frozenset("LENGTH NOMORE ATMOST FOR CITY WHOLETRIP ALLOW".split())
_CHANGING = frozenset("LESS MORE ADD EARLIER LATER MOVE REMOVE".split())
_PUT = frozenset(("PUT", "DELTA"))
_LENGTHENING = frozenset("ADD REMOVE TAKE OUT FROM LAST FIRST LESS".split())


def is_each(token: Token, *, both: bool = True) -> bool:
    """Whether each day is meant: "every day", "both days" where that may be."""
    each = {"each", "every", "all"} | ({"both"} if both else set())
    return bool(each & {*token.text.split()})


_DEGREES = frozenset("MORE LESS CALMER FULLER".split())
_NAMING = frozenset("PLACE KIND TAG CUISINE MEAL INTEREST NUMBER DURATION".split())


def counted_days(tokens: list[Token]) -> list[Token]:
    """ "Cut it to three days" as the length; "by two days" as the change."""
    meaning = [it for it in tokens if it.kind not in _QUIET]
    kinds = [it.kind for it in meaning]
    if kinds[-2:-1] == ["TO"] and {*kinds[:-2]} <= _RESIZING:
        last = meaning[-1]
        if last.kind == "NUMBER" and "LENGTH" in kinds and last.value:
            return [last._replace(kind="LENGTH", value=Length(last.value))]
        if last.kind == "LENGTH":
            return [last]
    unknown = [it.text for it in meaning if it.kind == "WORD"]
    limits = {"NOMORE", "ATMOST"} & {*kinds}
    if kinds.count("LENGTH") == 1 and limits and unknown in ([], ["possible"]):
        if {*kinds} - {"WORD"} <= _SUFFICING:
            return [it for it in meaning if it.kind in ("LENGTH", "CITY")]
    if kinds.count("DATE") == 2 and "TIME" not in kinds:
        tokens = _from_date_to_date(tokens)
    return [_counted(tokens, at, {*kinds}) for at in range(len(tokens))]


def _from_date_to_date(tokens: list[Token]) -> list[Token]:
    """ "22 June in, 25 June out", "arrive the 3rd and fly home the 7th"."""
    made: list[Token] = []
    for it in tokens:
        named = [i for i, other in enumerate(made) if other.kind != "SKIP"]
        if it.kind == "DATE" and named and made[named[-1]].kind == "DAY":
            made.pop(named[-1])  # "until Wednesday the 10th"
        around = it.kind in ("ARRIVE", "DEPART", "END", "OUT", "BOOKED", "TRANSPORT")
        if not (around or it.text in ("in", "back")):
            made.append(it)
    return made


def _counted(tokens: list[Token], at: int, kinds: set[str]) -> Token:
    """ "By two days", "add a day", "the Monday too", "stay until Sunday"."""
    token = tokens[at]
    before = next((it for it in reversed(tokens[:at]) if it.kind != "SKIP"), None)
    if token.kind == "PERDAY" and kinds & _DEGREES and not kinds & _NAMING:
        if token.text.split()[0] in ("each", "every", "per", "daily"):
            return token._replace(kind="WHOLETRIP")
    text = before.text if before else ""
    if token.kind == "LENGTH" and text == "by" and kinds & _CHANGING:
        return token._replace(kind="DELTA", value=token.value.days)
    if token.text == "a day" and kinds <= _LENGTHENING | {"PERDAY"}:
        if kinds & {"ADD", "REMOVE", "TAKE"}:
            return token._replace(kind="DELTA", value=1)
    if before and before.kind in ("DELTA", "LENGTH"):
        kind = {"early": "EARLIER", "late": "LATER", "short": "LESS"}.get(token.text)
        token = token._replace(kind=kind or token.kind)
    beyond = any(it.kind == "DAY" and it.value in WEEKDAY_NAMES for it in tokens)
    if token.text in ("too", "as well", "also") and beyond and kinds == {"DAY"}:
        return token._replace(kind="ADD")
    if token.kind == "PUT" and "CITY" in kinds and not kinds & _NAMING:
        return token._replace(kind="ADD")
    if token.kind == "AFTER" and "CITY" in kinds and at == len(tokens) - 1:
        return token._replace(kind="SKIP")
    if token.kind == "PUT" and "DELTA" in kinds and kinds <= _LENGTHENING | _PUT:
        return token._replace(kind="ADD")
    if token.text == "another day" and before and before.kind in ("TO", "ON"):
        return token._replace(kind="OTHERDAY")
    behind = tokens[at + 1 : at + 2]
    if token.kind == "UNTIL" and beyond and behind and behind[0].kind == "DAY":
        stays = before is not None and before.kind in ("SPEND", "SLEEP", "ON")
        return token._replace(kind="ADD" if stays else token.kind)
    if {"stay", "staying"} & {*words_of(token.text)}:
        longer = (beyond and "UNTIL" in kinds) or "DELTA" in kinds
        return token._replace(kind="SKIP") if longer else token
    return token


def beyond(days: Sequence[int | str], plan: Itinerary | None) -> list[Act] | None:
    """A day that is right before or behind those of the plan."""
    if plan is None or not plan.days or len(days) != 1:
        return None
    if days[0] == len(plan.days) + 1:
        return [AddDay()]  # "a fourth day" of three
    start = plan.days[0].date
    if start is None or days[0] not in WEEKDAY_NAMES:
        return None
    at = (WEEKDAY_NAMES.index(str(days[0])) - start.weekday()) % 7
    before, behind = 7 - at, at - len(plan.days) + 1
    front = before < behind
    return [AddDay(count=before if front else behind, front=front)]


def last_day(first: Found, last: Found) -> date | None:
    """The first such day behind the start."""
    if first.day is None or last.day is None:
        return None
    if last.weekday:
        return first.day + timedelta(days=(last.day - first.day).days % 7)
    if last.nth and last.day != first.day:
        return next_nth(first.day, last.day.day)
    if last.loose and last.day < first.day:
        return on_or_after(first.day, last.day.month, last.day.day)
    return last.day
