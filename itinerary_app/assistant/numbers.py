"""Numbers and lengths of time in English text."""

from __future__ import annotations

import math
import re

_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen "
    "fourteen fifteen sixteen seventeen eighteen nineteen twenty"
).split()
NUMBERS = {word: value for value, word in enumerate(_WORDS)}
NUMBERS |= {f"twenty-{word}": 20 + NUMBERS[word] for word in _WORDS[1:10]}
NUMBERS |= {f"twenty {word}": 20 + NUMBERS[word] for word in _WORDS[1:10]}
NUMBERS |= {"thirty": 30, "couple": 2, "few": 3, "a": 1, "an": 1}
ORDINALS = {
    word: value
    for value, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth".split(),
        start=1,
    )
}

_NUMBER = "|".join(sorted(map(re.escape, NUMBERS), key=len, reverse=True))
_UNITS = {"day": 1, "d": 1, "night": 1, "week": 7, "fortnight": 14, "month": 30}
_UNITS |= {"weekend": 2, "year": 365}
_AGE = re.compile(r"\b[\w-]+[- ](?:years?|months?)[- ]olds?\b")
_WHEN = re.compile(
    r"\bin (?:[\w-]+ ){1,2}(?:weeks?|months?)$"
    r"|\b(?:be there|leav\w+|going|fly\w*|arriv\w+) in (?:[\w-]+ ){1,2}days?$"
)
_HOURS = re.compile(r"\b(\d{2,3})[- ]?(?:hours?|hrs?|h)\b")
_DATES = re.compile(
    r"\b(?P<first>[0-3]?\d)(?:st|nd|rd|th)?(?: (?P<month>[a-z]{3,9}))?\s*"
    r"(?:to|until|till|through|-|–)\s*(?:the )?"
    r"(?P<last>[0-3]?\d)(?P<suffix>st|nd|rd|th)?(?: (?:of )?(?P<end>[a-z]{3,9}))?\b"
)
LOOK_BACK = 40  # characters, in which it is said what a length is about
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_LENGTH = re.compile(
    rf"(?<![\w.])(?P<not>not\s+)?(?P<number>-?\d{{1,9}}(?:[.,]\d)?|(?:{_NUMBER}))"
    r"(?P<half>\s+and\s+a\s+half)?(?:\s+of)?(?:\s+(?:full|whole|long|short))?[\s-]*"
    r"(?P<unit>days?|d|nights?|weeks?|fortnights?|months?|weekends?|years?)\b"
    r"(?!\s*\d|\s+ago\b)"
    r"(?P<more>\s+and\s+a\s+half)?"
)
_A_DAY = re.compile(
    r"\b(?:for|just|only|spend|have|got) a day\b|\ba day (?:in|at|trip)"
)
_SPANS = (
    (re.compile(r"\blong weekend"), 3),
    (re.compile(r"\bweekend"), 2),
    (re.compile(r"\bfortnight"), 14),
    (re.compile(r"\bweek(?:-| )?long\b|\b(?:one|full|whole|the|for) week\b"), 7),
    (re.compile(r"\b(?:day[- ]trip|single day|one-day)\b"), 1),
)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = rf"({'|'.join(_WEEKDAYS)})[a-z]*"
_FROM_TO = re.compile(rf"\b{_WEEKDAY}\s*(?:to|until|till|through|-|–)\s*{_WEEKDAY}\b")
_BARE = re.compile(rf"(-?\d{{1,9}}|{_NUMBER})")


def days(text: str) -> int | None:
    """The number of days that lower-case text speaks of, good or not.

    Of several the last counts: people correct themselves forwards.
    """
    text = _AGE.sub(" ", text)
    lengths = [match for match in _LENGTH.finditer(text) if _counts(text, match)]
    # "4 days in two weeks" and "3 days and 2 nights" tell of days.
    named = [match for match in lengths if match["unit"].startswith("d")]
    if len(lengths) > 1 and named:
        lengths = named
    if lengths:
        return _days(lengths[-1])
    if match := _HOURS.search(text):
        return max(1, math.ceil(int(match[1]) / 24))
    if dates := _dates(text):
        return dates
    for pattern, length in _SPANS:
        if pattern.search(text):
            return length
    if _A_DAY.search(text):
        return 1
    if match := _FROM_TO.search(text):
        first, last = (_WEEKDAYS.index(name) for name in match.groups())
        return (last - first) % 7 + 1
    return None


def _dates(text: str) -> int | None:
    """From the 3rd to the 7th, 3-7 May: both days count; only within a month."""
    for match in _DATES.finditer(text):
        month = match["end"] or match["month"] or ""
        first, last = int(match["first"]), int(match["last"])
        is_date = match["suffix"] or month[:3] in _MONTHS
        if is_date and 1 <= first <= last <= 31:
            return last - first + 1
    return None


def bare(text: str) -> int | None:
    """The number that lower-case text consists of, give or take a few words."""
    numbers = _BARE.fullmatch(text.strip(" .,!?~")) or re.fullmatch(
        r"(?:(?:for|about|around|maybe|say|let'?s say|ok|make it|just|like|i have)\s+)+"
        rf"(-?\d{{1,9}}|{_NUMBER})[\s.!]*",
        text.strip(),
    )
    if numbers is None or numbers[1] in ("a", "an"):
        return None
    return _value(numbers[1])


def _counts(text: str, match: re.Match[str]) -> bool:
    if match["not"] or _WHEN.search(
        text[max(0, match.start() - LOOK_BACK) : match.end()]
    ):
        return False
    # "two stops a day", "3 museums a day" and "once a week" count something else.
    is_article = match["number"] in ("a", "an") and match["unit"] in (
        "day",
        "d",
        "night",
    )
    return not is_article


def _days(match: re.Match[str]) -> int:
    unit = match["unit"]
    each = _UNITS[unit.rstrip("s")] if unit != "d" else 1
    number = _value(match["number"]) + (0.5 if match["half"] or match["more"] else 0)
    long_weekend = unit.startswith("weekend") and "long" in match[0]
    return math.ceil(number * (3 if long_weekend else each))


def _value(text: str) -> int:
    if text in NUMBERS:
        return NUMBERS[text]
    return math.ceil(float(text.replace(",", ".")))
