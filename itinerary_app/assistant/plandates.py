"""The dates of a plan's days in a message: "on Friday" is "on day 2" there."""

from __future__ import annotations

import re
from datetime import date

from itinerary_app.catalogue.almanac import MONTHS, WEEKDAYS
from itinerary_app.model import Itinerary

LOOK_BACK = 40  # characters, in which it is said what a date is about
_WEEKDAY = "|".join(word for word in WEEKDAYS if word.endswith("day"))
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_NAMED = re.compile(
    r"\b(?P<lead>on|for|to|into|of)?(?P<space>\s*)\b(?:the )?"
    rf"(?:(?P<weekday>{_WEEKDAY})|(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?: of)? "
    rf"(?P<month>{_MONTH})|(?P<month_1>{_MONTH}) (?:the )?(?P<day_1>[0-3]?\d)"
    r"(?:st|nd|rd|th)?|(?P<day_2>[0-3]?\d)(?:st|nd|rd|th)(?! (?:day|stop|place)))\b"
    r"(?!,? \d{4})",
    re.IGNORECASE,
)
# Behind these a date is when the whole trip begins or ends.
_WHOLE = re.compile(
    r"\b(?:arriv\w*|leav\w*|depart\w*|land\w*|fly\w*|get in|go home|from|until|till?"
    r"|between|next|this|trip|holiday|dates?|start(?:ing)?|begin\w*|back|return\w*)"
    r"(?: (?:it|there|here|home|in))?(?: on)?\s*$",
    re.IGNORECASE,
)
_STARTS = re.compile(r"\b(?:start|begin)\w*\s*$", re.IGNORECASE)
_HOUR = re.compile(
    r"\s*(?:at|not before|around|later|earlier|by|in the|late|early)\b", re.IGNORECASE
)
_RANGE = re.compile(r"\s*(?:to|until|till?|through|-|–)\b", re.IGNORECASE)


def as_numbers(text: str, itinerary: Itinerary) -> str:
    """The text with the days of the plan called by their numbers."""
    dates = {day.date: day.number for day in itinerary.days if day.date}
    if not dates:
        return text

    def numbered(match: re.Match[str]) -> str:
        number = _number(match, dates)
        before = text[max(0, match.start() - LOOK_BACK) : match.start()]
        lead = match["lead"] or ""
        if lead.lower() == "to" and re.search(r"\b(?:trip|all|it)\s*$", before, re.I):
            return match[0]
        behind = text[match.end() :]
        starts_at = _STARTS.search(before) and _HOUR.match(behind)
        whole = _WHOLE.search(f"{before}{lead}") and not starts_at
        if number is None or whole or _RANGE.match(behind):
            return match[0]
        return f"{lead}{match['space']}day {number}"

    return _NAMED.sub(numbered, text)


def _number(match: re.Match[str], dates: dict[date, int]) -> int | None:
    if word := match["weekday"]:
        weekday = WEEKDAYS[word.lower()]
        meant = [n for day, n in dates.items() if day.weekday() == weekday]
    else:
        day = int(match["day"] or match["day_1"] or match["day_2"])
        month = match["month"] or match["month_1"]
        meant = [
            number
            for at, number in dates.items()
            if at.day == day and (month is None or at.month == MONTHS[month.lower()])
        ]
    return meant[0] if len(meant) == 1 else None
