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
            r"\b(?:start|begin|leave|wake|get up|sleep in|lunch|dinner|breakfast"
            rf"|arriv\w+|land|depart\w*|finish|end)\b.*\b{_CLOCK}"
            r"|\bhalf (?:a |the )?day\b|\blate risers?\b"
        ),
        "I can't set times of day yet; the pace decides when days begin and end.",
        ends=True,
    ),
    Limit(
        re.compile(
            r"\b(?:move|reorder|rearrange|shift)\b|\b(?:swap|switch|exchange) days?\b"
            r"|\bput\b.*\b(?:first|last|before|after)\b"
        ),
        "I can't move stops or days around yet. Remove a stop and add it on the day "
        "you like.",
        ends=True,
    ),
    Limit(
        re.compile(
            r"\b(?:vegetarians?|vegans?|halal|kosher|gluten|lactose|allerg\w+|diets?"
            r"|dietary)\b|\b(?:don'?t|do not|can'?t|cannot) eat\b"
        ),
        "I know nothing about diets, so ask at the restaurants.",
    ),
    Limit(
        re.compile(
            r"\b(?:wheelchairs?|strollers?|prams?|accessib\w+|mobility)\b"
            r"|\b(?:less|not much|little|no) walking\b|\bwalk less\b"
        ),
        "I can't plan by walking distance or by access without steps yet.",
    ),
    Limit(
        re.compile(
            rf"\b(?:{_MONTH})\b|\b(?:in|of|early|mid|late|\d) (?:march|may)\b"
            r"|\b(?:tomorrow|tonight|next (?:week(?:end)?|month|year))\b"
        ),
        "Plans have no dates yet, so check what is open on yours.",
    ),
    Limit(
        re.compile(
            r"\b(?:hotels?|hostels?|airbnb|flights?|visas?|tickets?|book(?:ing|ings)?"
            r"|reserv\w+|weather|rain\w*|forecast)\b"
        ),
        "Of hotels, flights, tickets and the weather I know nothing.",
    ),
)
_DIET = re.compile(r"\b(?:don'?t|do not|can'?t|cannot) eat (?:any )?[\w-]+")


def met(text: str) -> list[Limit]:
    """The limits that lower-case text runs into."""
    return [limit for limit in _LIMITS if limit.pattern.search(text)]


def within(text: str) -> str:
    """The text without words that would be taken for other wishes."""
    return _DIET.sub(" ", text)
