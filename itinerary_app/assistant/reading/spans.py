"""Times, lengths, counts and sums in a text: what digits and number words say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from itinerary_app.assistant.reading.numbers import (
    ORDINALS,
    WORDS,
    number_of,
    ordinal_of,
    sum_of,
)

NOON, MIDNIGHT = 12 * 60, 24 * 60
GROWN_UP = 18  # years


class Span(NamedTuple):
    """A stretch of the message, what it is and what it stands for."""

    kind: str
    value: Any
    start: int
    end: int


class Clock(NamedTuple):
    """A time of day in minutes; `open` if it may be in either half of the day."""

    minutes: int
    open: bool = False

    def from_on(self, earliest: int) -> int:
        """Its minutes after midnight: in the second half of the day, if it may be and
        would be before `earliest` in the first one.
        """
        return self.minutes + (NOON if self.open and self.minutes < earliest else 0)


class Length(NamedTuple):
    """A number of days, as it was counted."""

    days: int
    unit: str = "day"
    exact: bool = True  # "half a week" is not


class Sum(NamedTuple):
    """Whole units of a currency, by the word for it."""

    amount: int
    currency: str = ""
    is_each: bool = False  # for each traveller


_NUM = rf"(?:\d{{1,3}}|{'|'.join(sorted(WORDS, key=len, reverse=True))})"
_ONE = r"(?:a|an|one|1)"
_HOUR = (
    r"(?:[01]?\d|2[0-4]|one|two|three|four|five|six|seven|eight|nine|ten|eleven"
    r"|twelve)"
)
_HALF = r"(?:\s?(?P<half>a\.m\.|p\.m\.|a\.?m\b|p\.?m\b))"
# "5d4n": as many nights as days, or one less; others are of two things.
_DAYS_AND_NIGHTS = "|".join(
    rf"{n} ?d(?:ays?)?[ ,/-]*(?:{n - 1}|{n}) ?n(?:ights?)?" for n in range(1, 31)
)
_PART = r"(?:\s(?:in the|in|at) (?P<part>morning|afternoon|evening|night))"
_ORD = (
    rf"(?:{'|'.join(sorted(ORDINALS, key=len, reverse=True))}|\d{{1,2}}(?:st|nd|rd|th))"
)
_AGES = rf"{_NUM}(?:(?:, ?|,? and |,? & | ?\+ ?){_NUM})*"
_CHILDREN = r"(?:" + "|".join(
    rf"(?<=\b{who}{be} )"
    for who in ("kids", "children", "boys", "girls", "sons", "daughters", "ones")
    for be in ("", " are", ":", " of", " aged", " age")
) + ")"  # fmt: skip
_CHILD = r"(?:" + "|".join(
    rf"(?<=\b{who}{be} )"
    for be in (" is", " who is", " aged", " of")
    for who in ("kid", "child", "boy", "girl", "son", "daughter", "baby", "toddler")
) + ")"  # fmt: skip
_DAY_NO = r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten)"
MONEY = (
    r"€|\$|£|₹|¥|฿|euros?|eur|dollars?|usd|bucks|pounds?|gbp|quid|rupees?|inr|rs\.?"
    r"|yen|jpy|baht|thb|lira|try|won|krw|aed|dirhams?|egp|sgd|hkd|aud|czk|huf|pln"
    r"|dkk|sek|mxn|brl|zar|chf|francs?|kroner|crowns?|pesos?|zloty"
)


def _time(match: re.Match[str]) -> Clock | None:
    groups = match.groupdict()
    if named := groups.get("named"):
        return Clock(NOON if named != "midnight" else MIDNIGHT)
    hour, minute = number_of(match["hour"]), int(groups.get("minute") or 0)
    past = groups.get("past") or ""
    minute += {"half past": 30, "half": 30, "quarter past": 15, "quarter to": -15}.get(
        past.removeprefix("a "), 0
    )
    if spoken := groups.get("spoken"):
        minute = {"f": 15, "t": 30}.get(spoken[0], 45) if spoken.isalpha() else minute
        minute = int(spoken) if spoken.isdigit() else minute
        minute = 45 if spoken.startswith("forty") else minute
    if shift := groups.get("shift"):
        minute += number_of(shift) * (-1 if groups["toward"] == "to" else 1)
    half, part = (groups.get("half") or "")[:1], groups.get("part")
    if hour > 24 or minute > 59:
        return None
    if half or part:
        later = half == "p" or part in ("afternoon", "evening", "night")
        if hour <= 12:
            late_night = part == "night" and hour in (12, 1, 2, 3)
            hour = hour % 12 + (12 if later and not late_night else 0)
            if late_night:
                hour += 24
        return Clock(hour * 60 + minute)
    written = match["hour"].startswith("0") or hour > 12 or hour == 0
    return Clock(hour * 60 + minute, open=not written)


def _minutes(match: re.Match[str]) -> int:
    groups = match.groupdict()
    if groups.get("few"):
        return 120 if groups["unit"].startswith("h") else 15
    number = match["number"].replace(",", ".")
    count = {"half a": 0.5, "half an": 0.5, "half": 0.5, "a quarter of an": 0.25}.get(
        number, None if number[0].isdigit() else WORDS.get(number, 1)
    )
    count = float(number) if count is None else count
    if groups.get("more") or groups.get("and"):
        count += {"quarter": 0.25}.get((groups.get("and") or "").strip(), 0.5)
    return round(count * (60 if match["unit"].startswith("h") else 1))


def _length(match: re.Match[str]) -> Length | None:
    unit = match["unit"].rstrip("s")
    number = match["number"]
    vague = {"a": 1, "an": 1, "couple": 2, "few": 3}
    named = next((vague[it] for it in vague if it in number.split()[-2:]), None)
    if "couple" in number or "few" in number:
        named = 2 if "couple" in number else 3
    number = number.replace(",", ".")
    count = float(named or (number if number[0].isdigit() else WORDS.get(number, 1)))
    half = match.groupdict().get("half")
    each = {"day": 1, "d": 1, "night": 1, "week": 7, "fortnight": 14, "month": 30}[unit]
    days = count * each + (0.5 * each if half else 0)
    if number in ("a", "an") and unit in ("day", "d", "night") and not half:
        return None  # "a day": at most one a day
    if days != int(days):
        days += 0.5
    return Length(int(days), "night" if unit == "night" else "day")


def _days_named(match: re.Match[str]) -> list[int]:
    return [number_of(it) for it in re.findall(_DAY_NO, match["list"])]


def _nth_day(match: re.Match[str]) -> Any:
    word = match["nth"]
    if word in ("last", "final"):
        return "last"
    return ordinal_of(word)


def _children(match: re.Match[str]) -> int:
    """How many of those whose ages are told are no adults."""
    months = "month" in match[0]
    ages = [number_of(it) for it in re.findall(rf"\b{_NUM}(?!\w*\d)", match[0])]
    return sum(months or it < GROWN_UP for it in ages)


_Read = Callable[[re.Match[str]], Any]
# What says most comes first; each takes its stretch of the text.
_KINDS: tuple[tuple[str, re.Pattern[str], _Read], ...] = (
    (
        "DAYLIST",
        re.compile(
            rf"\b(?:on )?days? ?(?P<list>{_DAY_NO}(?:(?:, ?| ?and | ?& ?"
            rf"| ?\+ ?){_DAY_NO})+)\b(?! ?(?:hours?|am|pm|days?|stops))"
        ),
        _days_named,
    ),
    (
        "DAYLIST",
        re.compile(
            rf"\b(?:the )?(?P<list>{_ORD}(?:(?:, ?| and (?:the )?){_ORD})+) days?\b"
        ),
        lambda m: [ordinal_of(it) for it in re.findall(_ORD, m["list"])],
    ),
    (
        "DAY",
        re.compile(
            r"\b(?:day|d|dy) ?(?P<n>\d{1,2})\b(?!n\b)(?! ?(?:min|hour|h\b|km|am|pm"
            r"|euro))"
        ),
        lambda m: int(m["n"]),
    ),
    (
        "DAY",
        re.compile(rf"\bday (?P<n>{'|'.join(list(WORDS)[1:11])})\b"),
        lambda m: WORDS[m["n"]],
    ),
    (
        "NTHPART",
        re.compile(
            rf"\b(?:the )?(?P<nth>{_ORD}|last|final) (?:day )?(?P<of>morning"
            rf"|afternoon|evening|night)\b"
        ),
        lambda m: (_nth_day(m), {"night": "evening"}.get(m["of"], m["of"])),
    ),
    (
        "NTHPART",
        re.compile(
            rf"\b(?P<of>evening|night) (?P<n>[1-9]|{'|'.join(list(WORDS)[1:11])})\b"
            r"(?! ?(?:am|pm|stars?|people|of us))"
        ),
        lambda m: (WORDS.get(m["n"]) or int(m["n"]), "evening"),
    ),
    ("DAY", re.compile(rf"\b(?:the )?(?P<nth>{_ORD}|last|final) day\b"), _nth_day),
    (
        "DAY",
        re.compile(r"(?<=\bon )(?:the |our )?(?:arrival day|day of arrival)"),
        lambda _: 1,
    ),
    (
        "DAY",  # "and the day after, no museums": after the one spoken of last
        re.compile(
            r"^(?:(?:and|ok|then|so|but),? )*(?:on |for )?"
            r"the (?:day after|next day|following day)(?= ?(?:,|\?|no\b|$))"
        ),
        lambda _: "next",
    ),
    (
        "LENGTH",
        re.compile(
            r"(?<=[\w,] )(?:and|\+|plus) the (?:day after|next day|following day)\b"
            r"(?! tomorrow)"
        ),
        lambda _: Length(2),
    ),
    (
        "DELTA",  # "two more days", "an extra day", "one day longer", "a day less"
        re.compile(
            rf"\b(?P<n>{_ONE}|{_NUM}|another|extra|the extra) "
            r"(?:(?:more|extra|additional|further) (?:days?|nights?)"
            r"|(?<=another )(?:days?|night)|(?<=extra )(?:days?|night)|days? (?=more|extra"
            r"|longer|less|shorter|fewer|earlier|later|short|early|on top|in addition))"
            r"(?: more\b| extra\b)?"
        ),
        lambda m: WORDS.get(m["n"]) or (int(m["n"]) if m["n"].isdigit() else 1),
    ),
    (
        "TIME",  # "at 9 night"
        re.compile(
            rf"(?<=\bat )(?P<hour>{_HOUR}) (?P<part>morning|afternoon|evening|night)\b"
        ),
        _time,
    ),
    (
        "FAULT",  # "4-5 days", "two or three kids"
        re.compile(
            rf"(?:\bbetween {_NUM} and |(?<!from )(?<![\d.,:/-])\b{_NUM}"
            rf" ?(?:-|–|/|to|or) ?){_NUM}[ -]?"
            r"(?P<unit>days?|nights?|weeks?|adults|kids|children|people|persons)\b"
            r"(?! (?:old|more|less|longer|shorter))"
        ),
        lambda m: f"“{m[0]}” leaves open how many {m['unit']}: tell me one number.",
    ),
    (
        "LENGTH",
        re.compile(r"\b(?:half a|half the) week\b"),
        lambda m: Length(4, exact=False),
    ),
    (
        "LENGTH",
        re.compile(rf"\b(?:{_DAYS_AND_NIGHTS})\b"),
        lambda m: Length(int(re.split(r"\D", m[0])[0])),
    ),
    (
        "LENGTH",
        re.compile(
            rf"(?<!less than )\b(?P<number>\d{{1,2}}[.,]5|{_ONE}|{_NUM}|a couple of|couple of|a"
            rf" couple|a few|few)"
            r"[ -]?(?:(?:full|whole|long|short|entire|more) )?(?:[ -]?)"
            r"(?P<unit>days?|d|nights?|weeks?|fortnights?)\b"
            r"(?P<half> and a half)?(?: long\b)?"
            r"(?! (?:ago|longer|shorter|more|less|old|after tomorrow)\b)"
        ),
        _length,
    ),
    ("LENGTH", re.compile(r"\blong weekend\b"), lambda m: Length(3)),
    (
        "LENGTH",
        re.compile(r"\bless than a week\b|\ba few days\b"),
        lambda m: Length(6, exact=False),
    ),
    (
        "LENGTH",
        re.compile(
            r"\b(?:day ?trips?|just a day|only a day|for a day"
            r"|(?<!every )(?<!each )single day)\b(?! (?:after|before|we|i|of))"
        ),
        lambda m: Length(1),
    ),
    (
        "PERDAY",
        re.compile(
            r"\b(?:a|per|each|every|(?:each|every) single|in a|in one|the) day\b"
            r"|\bdaily\b"
        ),
        lambda _: 1,
    ),
    (
        "DURATION",
        re.compile(
            r"(?<!at )(?<!by )(?<!from )(?<!til )(?<!till )(?<!until"
            r" )\b(?P<h>[1-4]) ?h ?"
            r"(?P<m>[0-5]\d)\b"
        ),
        lambda m: 60 * int(m["h"]) + int(m["m"]),
    ),
    (
        "DURATION",  # "Louvre 4h", but "at 4h"
        re.compile(
            r"(?<![\d.:-])(?<!at )(?<!by )(?<!from )(?<!til )(?<!till )(?<!until )"
            r"(?<!around )\b(?P<number>[1-5]) ?(?P<unit>h)\b(?! ?\d)"
        ),
        _minutes,
    ),
    (
        "TIME",
        re.compile(
            rf"(?<![\d.:/])(?P<hour>[01]?\d|2[0-4])(?:[:.h]"
            rf"|:)(?P<minute>[0-5]\d)(?![\d:/])(?:\s?(?:h|hrs|uhr"
            rf"|o'?clock)\b)?{_HALF}?{_PART}?(?: ?-?ish)?(?!\s?(?:km|€|euros?|%))"
        ),
        _time,
    ),
    ("TIME", re.compile(rf"(?<![\d.:])(?P<hour>{_HOUR}){_HALF}(?: ?-?ish)?"), _time),
    ("TIME", re.compile(rf"(?<![\d.:])\b(?P<hour>{_HOUR}){_PART}"), _time),
    (
        "TIME",
        re.compile(
            rf"\b(?P<hour>{_HOUR}) (?P<spoken>fifteen|thirty|forty[ -]five|15|30|45)\b"
            rf"{_HALF}?{_PART}?(?! ?(?:min|hours?|days?|euro))"
        ),
        _time,
    ),
    (
        "TIME",
        re.compile(
            rf"\b(?P<past>(?:a )?(?:half past|half|quarter past|quarter to))"
            rf" (?P<hour>{_HOUR})\b{_HALF}?{_PART}?(?! (?:hours?|days?))"
        ),
        _time,
    ),
    (
        "TIME",
        re.compile(
            rf"(?<!from )(?<!between )\b(?<!between )(?P<shift>five|ten|twenty"
            rf"|twenty-five|5|10|20|25) (?P<toward>past|to) (?P<hour>{_HOUR})\b(?!"
            rf" (?:hours?|days?))"
        ),
        _time,
    ),
    (
        "TIME",
        re.compile(
            rf"(?<![\d.:])\b(?P<hour>{_HOUR})(?: o'? ?clock| oclock|h\b| h\b|(?: "
            rf"|-)?ish\b)(?! ?(?:at|in) the){_PART}?"
        ),
        _time,
    ),
    (
        "TIME",
        re.compile(
            r"(?<![\d.:/€$£₹-])\b(?P<hour>0\d|1[0-8]|2[1-3])(?P<minute>[0-5][05])\b"
            r"(?! ?(?:h?ours|days|euro|rupees|steps|people|[€$£₹%.:/\d-]))"
        ),
        _time,
    ),
    ("TIME", re.compile(r"\b(?P<named>noon|midday|midnight)\b"), _time),
    (
        "DURATION",
        re.compile(
            rf"\b(?P<number>half an|half a|half|a quarter of an|\d{{1,3}}(?:[.,]\d)?"
            rf"|{_ONE}|{_NUM}|another)"
            r"(?P<and> and a half| and half| and a quarter)?[ -]?(?:good |full |whole |more "
            r"|extra )?"
            r"(?P<unit>hours?|hrs?|h|minutes?|mins?|min)\b(?P<more> and a half)?"
        ),
        lambda m: _minutes(m),
    ),
    (
        "DURATION",
        re.compile(r"\b(?P<few>a couple of|a few) (?P<unit>hours|minutes)\b"),
        _minutes,
    ),
    (
        "MONEY",
        re.compile(
            rf"(?:(?:(?P<before>{MONEY}) ?)(?P<sum>\d[\d,.]*)(?!\d)"
            rf"|(?<![\w.:])(?P<sum2>\d[\d,.]*|{_NUM}"
            rf"|(?:a |one |two |three |five )?hundred)"
            rf" ?(?P<after>{MONEY})(?!\w))"
            r"(?P<each> (?:each|apiece|pp|per (?:person|head|adult)|a (?:head|person))\b)?"
        ),
        lambda m: Sum(
            sum_of(m["sum"] or m["sum2"]),
            m["before"] or m["after"],
            is_each=bool(m["each"]),
        ),
    ),
    (
        "AGE",
        re.compile(
            rf"\b{_NUM}[ -]?(?:(?:years?|yrs?|months?)[ -]?olds?|y/?os?)\b"
            rf"|\bage[sd]? {_AGES}\b|\({_AGES}\)"
            rf"|{_CHILDREN}(?:{_NUM}, )*{_NUM},? ?(?:and|&|\+) ?{_NUM}\b(?! ?(?:days?|nights?))"
            rf"|{_CHILD}{_NUM}\b(?! ?(?:days?|nights?))"
        ),
        _children,
    ),
    (
        "TIMES",
        re.compile(
            r"\b(?P<n>\d|two|three) ?(?:times|steps|changes)\b|\bx ?(?P<m>\d)\b"
        ),
        lambda m: number_of(m["n"] or m["m"]),
    ),
    (
        "ORDINAL",
        re.compile(
            r"\b(?:second|third)(?:[ -]to)?[ -]last\b|\b(?:next to last|last but one)\b"
        ),
        lambda m: -3 if m[0].startswith("t") else -2,
    ),
    (
        "ORDINAL",
        re.compile(rf"\b(?!(?:first|1st) thing\b)(?:{_ORD})\b"),
        lambda m: ordinal_of(m[0]),
    ),
    (
        "NUMBER",
        re.compile(rf"(?<![\d.,])\b{_NUM}\b(?![.,]\d)"),
        lambda m: number_of(m[0]),
    ),
)


def find(text: str, taken: list[tuple[int, int]]) -> Iterator[Span]:
    """The spans of plain lower-case text that are not taken, each stretch once."""
    taken = list(taken)
    for kind, pattern, read in _KINDS:
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(start < last and first < end for first, last in taken):
                continue
            value = read(match)
            if value is not None:
                taken.append((start, end))
                yield Span(kind, value, start, end)
