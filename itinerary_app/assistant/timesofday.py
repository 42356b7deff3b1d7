"""Times of day in English text, as minutes after midnight."""

from __future__ import annotations

import re

NOON, MIDNIGHT = 12 * 60, 24 * 60
_WORDS = "one two three four five six seven eight nine ten eleven twelve".split()
# Behind a bare hour; in front of a noun ("10 places") a number is none.
_STOPS = (
    r"(?=\s*(?:$|[.,;:!?)–-]|(?:and|on|each|every|in the|please|pls|or|but|for|with"
    r"|daily"
    r"|instead|at the|sharp|we|i|from|until|till|to|so|because|as|then|if|when|not|no"
    r"|by|each|both|always|that|also|too|day|latest|earliest|onwards?|after|before|is"
    r"|ish|thanks|would|at night|start\w*|back|end\w*)\b))"
)
_MINUTES = r"(?:[:.h](?P<minute>[0-5]\d)(?!\d))"
_HALF_DAY = r"(?P<half>a\.?m\b\.?|p\.?m\b\.?)"
_PART = r"(?: (?:in the |at )(?P<part>morning|afternoon|evening|night))"
_PART_2 = _PART.replace("part", "part_of", 1)
_HOUR = rf"(?P<hour>\d{{1,2}}|{'|'.join(_WORDS)})"
TIME = (
    rf"(?:(?P<named>noon|midday|midnight|lunch ?time)\b"
    rf"|(?<![\d.:€$£₹])(?:(?P<past>half past|half|quarter past|quarter to) )?{_HOUR}"
    rf"{_MINUTES}?(?:\s?{_HALF_DAY}|\s?(?:o'?clock|h|hrs|hours)\b{_PART}?|{_PART_2}"
    rf"|(?(minute)|(?:-?ish)?{_STOPS}))"
    r"(?!\s?(?:%|€|£|euros?|places|stops|days?\b|people|km|mins?|minutes|/)))"
)
# What "evening" means for one who comes or goes.
_PARTS = {
    "morning": 10 * 60,
    "noon": NOON,
    "midday": NOON,
    "lunch": 12 * 60 + 30,
    "lunchtime": 12 * 60 + 30,
    "afternoon": 15 * 60,
    "evening": 18 * 60,
    "night": 21 * 60,
}
_SHIFTS = {"early": -60, "late": 60, "mid": 0}
PART = (
    r"(?:(?P<shift>early|late|mid)[ -]?)?(?P<of_day>morning|noon|midday|lunch ?time"
    r"|afternoon|evening|night)\b"
)


def minutes(match: re.Match[str], *, pm_until: int) -> int | None:
    """The time that `TIME` matched. An hour that may be in both halves of the day is
    in the second one up to `pm_until`; None for what is no time of day.
    """
    if named := match["named"]:
        fixed = {"noon": NOON, "midday": NOON, "midnight": MIDNIGHT}
        return fixed.get(named, _PARTS["lunch"])
    word = match["hour"]
    hour = int(word) if word.isdigit() else _WORDS.index(word) + 1
    minute = int(match["minute"] or 0)
    half, part = (match["half"] or "")[:1], match["part"] or match["part_of"]
    if half or part:
        if hour > 12:
            return hour * 60 + minute if hour < 24 else None
        afternoon = half == "p" or part in ("afternoon", "evening", "night")
        hour = hour % 12 + (12 if afternoon else 0)
        if part == "night" and hour == 12:
            return MIDNIGHT
    elif word[0] != "0" and 1 <= hour <= pm_until:
        hour += 12
    whole = hour * 60 + minute + _past(match["past"])
    return whole if 0 <= whole <= MIDNIGHT else None


def _past(words: str | None) -> int:
    return {None: 0, "quarter past": 15, "quarter to": -15}.get(words, 30)


def of_part(match: re.Match[str]) -> int:
    """When the part of the day is that `PART` matched."""
    return _PARTS[match["of_day"].replace(" ", "")] + _SHIFTS.get(match["shift"], 0)
