"""Wishes that we cannot fulfil yet: said openly rather than passed over."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MONTH = (
    "january|february|april|june|july|august|september|october|november|december"
    "|christmas|easter|new year'?s?"
)
_CLOCK = (
    r"(?:at \d+|\d{1,2} ?(?:am|pm|o'?clock)|\d{1,2}:\d\d|later|earlier|late|early)\b"
)


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
            r"\b(?:reorder|rearrange)\b|\bstart (?:day \w+ )?at the\b"
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
            rf"\b(?:{_MONTH})\b|\b(?:in|of|early|mid|late|\d) (?:march|may)\b"
            r"|\b(?:tonight|next (?:week|month|year))\b"
        ),
        "Tell me your first day, such as “from 24 December”, and I check what is open "
        "on your dates.",
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
    return [limit for limit in _LIMITS if limit.pattern.search(text)]


def within(text: str) -> str:
    """The text without words that would be taken for other wishes."""
    return _DIET.sub(lambda match: " " * len(match[0]), text)
