"""Firstly: words of a first message that mean something else than they do later on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import pairwise

from itinerary_app.assistant.reading.dates import MONTH
from itinerary_app.assistant.reading.found import Found
from itinerary_app.assistant.reading.spans import Length
from itinerary_app.assistant.reading.tokens import Token
from itinerary_app.catalogue.almanac import next_nth
from itinerary_app.catalogue.geo import distance_km
from itinerary_app.catalogue.world import LARGE, cities_named

# What is told of a day and asks for nothing: "my birthday is on the 4th". What the trip
# is made for is another matter: "3 days for my birthday on 4 March".
_WHOSE = r"(?:my|our|his|her|\w+'s) (?:\w+ )?(?:birthday|anniversary|wedding)"
_FEAST = re.compile(
    rf"[,.;]?\s*(?:and )?(?P<said>\b(?:(?:it'?s|it is) {_WHOSE}|{_WHOSE} is)"
    r"(?: on)?(?: the)? "
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?(?:(?: of)? {MONTH})?|{MONTH} \d{{1,2}}|\w+day)\b)",
    re.I,
)
# What a first visit has anyway: "the main sights", "all the must-sees", "the best of Rome".
_HIGHLIGHTS = re.compile(
    r"[,.;]?\s*\b(?P<before>(?:[\w']+ ){0,3}?)(?P<said>(?:(?:and|we|i|we'd|i'd|just|mostly"
    r"|mainly|only|all|want|would|like|love|see|seeing|do|doing|visit|visiting|hit|cover"
    r"|covering|to|of|the|its|all the) )*"
    r"(?:(?:(?:main|top|big|famous|best|important|classic|greatest|biggest|usual|major"
    r"|must[- ]see) )+(?:sights|sites|attractions|things|spots|hits|landmarks|places|stuff)"
    r"|highlights|must[- ]?sees|must[- ]?dos|classics|essentials|best of)\b)",
    re.I,
)
_FIRST_TIME = re.compile(
    r"[,.;]?\s*\b(?:and )?(?:(?:it'?s|it is|it'?ll be|this is|for) )?(?:(?:our|my|the) )?"
    r"(?:very )?first[- ](?:timers?|time|visit)(?: (?:there|here|ever|visitors?)"
    r"| (?:in|to) (?P<where>[a-z]+)(?=\s*(?:$|[,.;!])))?\b",
    re.I,
)
_SET_OFF = frozenset(
    "no not avoid avoiding without skip skipping off beyond than seen besides don't dont "
    "never instead of know did done".split()
)
FAR_KM = 80
_DENYING = frozenset("NO NOT AVOID REMOVE".split())
_WEEKEND = {"saturday": 1, "sat": 1, "sunday": 2, "sun": 2}
_KINDS = frozenset("KIND TAG CUISINE INTEREST".split())
_LIMITS = frozenset("ATMOST NOMORE NUMBER NO".split())
_BESIDE = frozenset("ON SKIP".split())  # between a date and a part of its day
_WE = frozenset("we i they".split())
_ALONE = frozenset("just only".split())


def without_feasts(text: str) -> tuple[str, list[str]]:
    """The text without the days that are told of, and those."""
    said = [it["said"] for it in _FEAST.finditer(text)]
    return _FEAST.sub("", text), said


def without_highlights(text: str) -> tuple[str, str]:
    """The text without what every first visit is and wishes to see; that wish."""
    text = _FIRST_TIME.sub(_but_the_city, text)
    found = _HIGHLIGHTS.search(text)
    before = found["before"].lower().split() if found else []
    if found is None or _SET_OFF & set(before):
        return text, ""
    said = found["said"].strip()
    return f"{text[: found.start('said')]}{text[found.end() :]}".strip(" ,"), said


def _but_the_city(said: re.Match[str]) -> str:
    """ "In Rome" of "first time in Rome"; nothing of "first time in India"."""
    where = said["where"]
    country = countries().get(where.lower()) if where else ""
    if where and (country is None or _is_city_of(country, where)):
        return f" in {where}"
    return ""


def _is_city_of(country: str, name: str) -> bool:
    """Whether it is the name of a city of that country as well: Singapore."""
    return any(it.country == country for it in cities_named(name))


@cache
def countries() -> dict[str, str]:
    """Countries and continents by their English names."""
    from babel import Locale

    territories = Locale("en").territories
    return {name.lower(): code for code, name in territories.items()}


def meant(tokens: Sequence[Token], today: date) -> list[Token]:
    made = _but_not(_of_weekend(_one_day(_parted(list(tokens)))))
    made = _until(_from_a_part(_daily(made)), today)
    made = _of_sights(_far(_dated(_come_and_gone(made))))
    kinds = {it.kind for it in made}
    if not kinds & {"SLEEP", "MEAL", "EAT"}:
        made = [
            it._replace(kind="SKIP") if it.text == "with friends" else it for it in made
        ]
    return _fasting(made)


_NAMED = frozenset("PLACE KIND TAG CUISINE".split())
_WHEN = frozenset({"PART", "DAY"})
_PARTLY = _WHEN | frozenset(
    "SKIP COURTESY WANT ADD NUMBER EVERY PERDAY ON CITY".split()
)


def _parted(tokens: list[Token]) -> list[Token]:
    """ "The Louvre, Orsay, a cruise in the evening": the cruise alone is then."""
    items: list[list[Token]] = [[]]
    for token in tokens:
        if token.kind in ("COMMA", "PERIOD"):
            items += [[token], []]
        else:
            items[-1].append(token)
    whole = [{it.kind for it in item} for item in items]
    for at in range(2, len(items), 2):
        is_alone = len(whole[at] & _NAMED) == 1 and whole[at] <= _NAMED | _PARTLY
        before = whole[at - 2]
        if not (is_alone and whole[at] & _WHEN and not before & _WHEN):
            continue
        if before & {"PLACE", "KIND", "TAG"}:
            for mark in (at - 1, at + 1):
                items[mark : mark + 1] = [
                    [it._replace(kind="PERIOD", text=".") for it in item]
                    for item in items[mark : mark + 1]
                ]
    return [token for item in items for token in item]


def _one_day(tokens: list[Token]) -> list[Token]:
    """ "This weekend, just Saturday"."""
    kinds = [it.kind for it in tokens]
    at = next(
        (
            i
            for i, it in enumerate(tokens[:-1])
            if it.kind == "ATMOST" and it.text in _ALONE and kinds[i + 1] == "DATE"
        ),
        None,
    )
    if at is None or "WEEKEND" not in kinds:
        return tokens
    day = tokens[at]._replace(kind="LENGTH", value=Length(1), text="one day")
    before = [it for it in tokens[:at] if it.kind not in ("WEEKEND", "DATE")]
    return [*before, day, *tokens[at + 1 :]]


def _but_not(tokens: list[Token]) -> list[Token]:
    """ "The Prado but not the Reina Sofia": what is excepted from wishes is denied."""
    made: list[Token] = []
    for at, token in enumerate(tokens):
        behind = [it.kind for it in tokens[at + 1 :] if it.kind != "SKIP"]
        denied = any(it.kind in _DENYING for it in tokens[:at])
        if token.kind == "EXCEPT" and behind[:1] in (["PLACE"], ["KIND"], ["TAG"]):
            if not denied:
                made.append(token._replace(kind="COMMA", value="", text=","))
                token = token._replace(kind="NO", value="")
        made.append(token)
    return made


def _of_weekend(tokens: list[Token]) -> list[Token]:
    """ "Next weekend, the Louvre on Saturday": the first day of it, not all of it."""
    at = next((i for i, it in enumerate(tokens) if it.kind == "WEEKEND"), None)
    others = {"LENGTH", "ARRIVE", "DEPART", "FROM", "TO", "UNTIL"}
    if (
        at is None
        or tokens[at].text != "weekend"
        or others & {it.kind for it in tokens}
    ):
        return tokens
    return [
        it._replace(kind="DAY", value=_WEEKEND[it.text])
        if it.kind == "DATE" and it.text in _WEEKEND and i > at
        else it
        for i, it in enumerate(tokens)
    ]


def _daily(tokens: list[Token]) -> list[Token]:
    """ "Museums every day": a wish for museums; how often is not ours to plan yet."""
    made = []
    for at, token in enumerate(tokens):
        kinds = [it.kind for it in tokens[max(0, at - 3) : at]]
        wished = kinds[-1:] and kinds[-1] in _KINDS and not _LIMITS & {*kinds}
        if token.kind == "PERDAY" and wished:
            token = token._replace(kind="WORD", value="")
        made.append(token)
    return made


def _from_a_part(tokens: list[Token]) -> list[Token]:
    """ "From the evening of the 10th until the 12th": one arrives in the evening."""
    kinds = [it.kind for it in tokens]
    dates = [i for i, it in enumerate(kinds) if it == "DATE"]
    if len(dates) < 2 or {"ARRIVE", "DEPART"} & {*kinds}:
        return tokens
    first = dates[0]
    near = [
        i
        for i, it in enumerate(kinds)
        if it == "PART" and {*kinds[min(i, first) + 1 : max(i, first)]} <= _BESIDE
    ]
    begins = "FROM" in kinds[: min([first, *near])]
    if len(near) != 1 or not (begins and {"TO", "UNTIL"} & {*kinds[first:]}):
        return tokens
    part = tokens[near[0]]
    said = tokens[min(near[0], first) : max(near[0], first) + 1]
    rest = [it for it in tokens if it not in said or it is tokens[first]]
    comma = part._replace(kind="COMMA", value="", text=",")
    arrive = part._replace(kind="ARRIVE", value="", text="arriving")
    return [*rest, comma, arrive, part]


def _until(tokens: list[Token], today: date) -> list[Token]:
    """ "3 days, we leave on Sunday": the date of the last day, not of the first."""
    dates = [it for it in tokens if it.kind == "DATE"]
    lengths = [it for it in tokens if it.kind == "LENGTH"]
    verbs = [it.kind for it in tokens if it.kind in ("ARRIVE", "DEPART", "START")]
    if len(dates) != 1 or len(lengths) != 1 or verbs != ["DEPART"]:
        return tokens
    found: Found = dates[0].value
    leaves = next(it for it in tokens if it.kind == "DEPART")
    behind = tokens[tokens.index(leaves) + 1 :]
    if found.day is None or dates[0] not in behind[:4]:
        return tokens
    days = lengths[0].value.days + (lengths[0].value.unit == "night")
    first = found.day - timedelta(days=days - 1)
    while first < today and found.weekday:
        first += timedelta(days=7)
    if first < today:
        return tokens
    start = dates[0]._replace(value=replace(found, day=first))
    rest = [it for it in tokens if it is not dates[0]]
    timed = any(it.kind in ("TIME", "PART") for it in rest[rest.index(leaves) :])
    kept = rest if timed else [it for it in rest if it is not leaves]
    mark = start._replace(kind="FROM", value="", text="from")
    at = kept.index(lengths[0]) + 1
    return [*kept[:at], mark, start, *kept[at:]]


def _come_and_gone(tokens: list[Token]) -> list[Token]:
    """ "From 14 May, we arrive at three and leave on the 17th at noon": its last day."""
    dates = [it for it in tokens if it.kind == "DATE" and it.value.day]
    fixed = [it for it in dates if not (it.value.weekday or it.value.nth)]
    verbs = [it for it in tokens if it.kind in ("ARRIVE", "DEPART")]
    if not fixed or not verbs or fixed[0].start > verbs[0].start:
        return tokens
    start: date = fixed[0].value.day
    spans = [it for it in fixed[1:] if it.start < verbs[0].start]
    lengths = [it for it in tokens if it.kind == "LENGTH"]
    last = spans[-1].value.day if spans else None
    told: list[Token] = []
    for token in dates[1:]:
        verb = next((it for it in reversed(verbs) if it.start < token.start), None)
        if verb is None or token.value.weekday:
            continue
        day = token.value.day
        if token.value.nth:
            day = next_nth(start, day.day)
        if verb.kind == "ARRIVE":
            told += [token] if day == start else []
        elif last is None and day > start and not _contradicts(lengths, day, start):
            last = day
            told += [token, *lengths]
        else:
            told += [token] if day == last else []
    made = [it for it in tokens if it not in told]
    if last is None or spans:
        return made
    at = made.index(fixed[0]) + 1
    end = fixed[0]._replace(value=replace(fixed[0].value, day=last))
    return [*made[:at], end._replace(kind="TO", value="", text="to"), end, *made[at:]]


def _contradicts(lengths: Sequence[Token], last: date, start: date) -> bool:
    """Whether the trip is neither so many days long, nor so many nights."""
    days = (last - start).days
    return any(it.value.days not in (days, days + 1) for it in lengths)


def _dated(tokens: list[Token]) -> list[Token]:
    """Weekdays beside the trip's dates as days of it: "8-10 Jan. Louvre on Friday"."""
    dates = [it for it in tokens if it.kind == "DATE" and it.value.day]
    fixed = [it for it in dates if not it.value.weekday]
    if not fixed:
        fixed = _joined(tokens, dates)
    span = _joined(tokens, fixed) or fixed[:1]
    fixed = [it for it in fixed if it in span or not _is_between(it, span, tokens)]
    days = [it for it in dates if it not in fixed]
    named = [*days, *(it for it in tokens if _is_nth(it))]
    if not fixed or not named or min(it.start for it in named) < fixed[-1].start:
        return tokens
    start: date = fixed[0].value.day
    last = max(it.value.day for it in fixed)
    if fixed[-1].value.weekday:  # the first such day behind the start
        last = start + timedelta(days=(fixed[-1].value.day - start).days % 7)
    lengths = [it.value.days for it in tokens if it.kind == "LENGTH"]
    count = (last - start).days + 1 if len(fixed) > 1 else max(lengths, default=0)
    verbs = any(it.kind in ("ARRIVE", "DEPART") for it in tokens)
    made = []
    for token in tokens:
        if token in days:
            number = (token.value.day - start).days + 1
            number = (number - 1) % 7 + 1 if token.value.weekday else number
            # Who arrives on another weekday than that of the date means another trip.
            if number <= count and (not verbs or number in (1, count)):
                token = token._replace(kind="DAY", value=number)
        elif _is_nth(token) and not verbs:
            of_trip = [start + timedelta(days=n) for n in range(count)]
            numbers = [n for n, it in enumerate(of_trip, 1) if it.day == token.value]
            if numbers:
                token = token._replace(kind="DAY", value=numbers[0])
        made.append(token)
    return made


def _joined(tokens: list[Token], dates: list[Token]) -> list[Token]:
    """The first and the last day of "Friday to Monday", of which others are days."""
    for one, other in pairwise(dates[:2]):
        between = tokens[tokens.index(one) + 1 : tokens.index(other)]
        if {it.kind for it in between} <= {"TO", "DASH", "UNTIL"}:
            return [one, other]
    return []


def _is_between(date_: Token, span: list[Token], tokens: list[Token]) -> bool:
    """ "9-13 June, the Uffizi on 10 June": a date of a day of the trip."""
    lengths = [it.value.days for it in tokens if it.kind == "LENGTH"]
    first = span[0].value.day
    long = (
        (span[-1].value.day - first).days if len(span) > 1 else max(lengths, default=0)
    )
    near = tokens[max(0, tokens.index(date_) - 2) : tokens.index(date_)]
    alone = not {it.kind for it in near} & {
        "FROM",
        "TO",
        "DASH",
        "UNTIL",
        "START",
        "AND",
    }
    return alone and 0 <= (date_.value.day - first).days <= long


def _is_nth(token: Token) -> bool:
    """ "The 11th"."""
    return token.kind == "ORDINAL" and token.text[:1].isdigit()


def _far(tokens: list[Token]) -> list[Token]:
    """ "Rome and Naples": another large city, not the one sight there that we know."""
    here = [it.value for it in tokens if it.kind == "CITY"]
    made = []
    for at, token in enumerate(tokens):
        joined = at > 0 and tokens[at - 1].kind in ("AND", "TO", "THEN")
        found = cities_named(token.text) if joined and token.kind == "PLACE" else []
        if found and here and found[0].population >= LARGE:
            city, other = here[0], found[0]
            if distance_km(city.lat, city.lon, other.lat, other.lon) > FAR_KM:
                token = token._replace(kind="WORD", value="")
        made.append(token)
    return made


def _of_sights(tokens: list[Token]) -> list[Token]:
    """ "Tokyo 4 days, Hakone 2 days": days at a sight are none of the city's."""
    lengths = sum(it.kind == "LENGTH" for it in tokens)
    made = []
    for at, token in enumerate(tokens):
        before = tokens[at - 1].kind if at else ""
        if lengths > 1 and token.kind == "LENGTH" and before == "PLACE":
            token = token._replace(kind="WORD", value="")
        made.append(token)
    return made


def _fasting(tokens: list[Token]) -> list[Token]:
    """ "We fast" tells no pace."""
    made = []
    for at, token in enumerate(tokens):
        before = tokens[at - 1].text if at else ""
        if token.kind == "PACE" and token.text == "fast" and before in _WE:
            token = token._replace(kind="WORD", value="")
        made.append(token)
    return made
