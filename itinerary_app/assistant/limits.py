"""Wishes that we cannot fulfil yet: said openly rather than passed over."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from itinerary_app.catalogue.almanac import MONTHS, month_day

_MONTH = (
    "january|february|april|june|july|august|september|october|november|december"
    "|christmas|easter|new year'?s?"
)
_CLOCK = (
    r"(?:at \d+|\d{1,2} ?(?:am|pm|o'?clock)|\d{1,2}:\d\d|later|earlier|late|early)\b"
)


# In which the first day is likely, for an example of how to tell it.
_PARTS = {"early": 3, "beginning": 3, "start": 3, "first": 3, "second": 8, "mid": 15}
_PARTS |= {"middle": 15, "third": 15, "late": 25, "end": 25, "last": 25, "fourth": 22}

_PART = "|".join(_PARTS)


@dataclass(frozen=True, slots=True)
class Limit:
    """`ends` tells that the message is about nothing else once there is a plan."""

    pattern: re.Pattern[str]
    remark: str
    ends: bool = False


_LIMITS = (
    Limit(
        re.compile(
            rf"\b(?:lunch|dinner|breakfast|brunch|supper)\b.*\b{_CLOCK}"
            r"|\bhalf (?:a |the )?day\b"
        ),
        "I can't set the times of meals or single stops. I can set when days begin and "
        "end.",
        ends=True,
    ),
    Limit(
        re.compile(
            r"\b(?:reorder|rearrange)\b"
            r"|\bstart (?:day \w+ )?at the\b(?! (?:end|start|beginning)\b)"
            r"|\b(?:swap|switch|exchange) days?\b|\bmove (?:the )?day \w+ to\b"
            r"|\b(?:put|move|do|see)\b.*\b(?:first|last|before|after|earlier|later"
            r"|to the (?:morning|afternoon|evening|start|end|beginning))\b(?! day)"
        ),
        "I can't change the order within a day, or of whole days. I can move a stop to "
        "another day.",
        ends=True,
    ),
    Limit(
        re.compile(
            r"\b(?:lactose|dairy[- ]free|nut[- ]free|allerg\w+|pescatarians?|keto"
            r"|jains?|diets?|dietary)\b|\b(?:don'?t|do not|can'?t|cannot) eat\b"
        ),
        "Of allergies and other diets I know nothing, so ask at the restaurants.",
    ),
    Limit(
        re.compile(
            rf"\b(?:(?P<part>{_PART})[ -](?:week )?(?:of |in )?)?(?P<month>{_MONTH})\b"
            rf"|\b(?:(?P<part_2>{_PART})[ -](?:week )?(?:of |in )?|(?:in|\d) )"
            r"(?P<month_2>march|may)\b"
            r"|\b(?:tonight|next (?:week|month|year)|in (?:\w+ |\d+ ){1,2}months?"
            r"|in a few (?:days|weeks)|(?:in|this|next) (?:the )?"
            r"(?:spring|summer|autumn|fall|winter))\b"
        ),
        "Tell me your first day, such as “from {day}”, and I check what is open on "
        "your dates.",
    ),
    Limit(
        re.compile(
            r"(?<!the )(?<!our )(?<!my )\bhotels?\b|\b(?:hostels?|airbnb"
            r"|flights?|visas?|book(?:ing|ings)?"
            r"|reserv\w+|weather|rain\w*|forecast"
            r"|(?:plane|train|bus|buy(?:ing)?) tickets?)\b"
        ),
        "Of hotels, flights, bookings and the weather I know nothing.",
    ),
)
_DIET = re.compile(r"\b(?:don'?t|do not|can'?t|cannot) eat (?:any )?[\w-]+")


def met(text: str) -> list[Limit]:
    """The limits that lower-case text runs into."""
    return [
        replace(limit, remark=limit.remark.format(day=_example(found)))
        for limit in _LIMITS
        if (found := limit.pattern.search(text))
    ]


def _example(found: re.Match[str]) -> str:
    """A day in the month that was named, or in its part."""
    told = found.groupdict()
    month = told.get("month") or told.get("month_2") or ""
    if month not in MONTHS:
        return "24 December"
    part = told.get("part") or told.get("part_2")
    return month_day(MONTHS[month], _PARTS[part] if part else 12)


def within(text: str) -> str:
    """The text without words that would be taken for other wishes."""
    return _DIET.sub(lambda match: " " * len(match[0]), text)
