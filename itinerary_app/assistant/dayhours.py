"""When the traveller comes and goes, and when days shall begin and end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from itinerary_app.assistant import daynumbers
from itinerary_app.assistant.blanks import blanked
from itinerary_app.assistant.timesofday import MIDNIGHT, PART, TIME, minutes, of_part

LATE_START, EARLY_START, EARLY_END = 10 * 60 + 30, 8 * 60, 19 * 60
AFTERNOON = {"afternoon": 13 * 60, "noon": 12 * 60, "midday": 12 * 60}
HOUR = 60
AFTER_LANDING, BEFORE_TAKE_OFF = 90, 3 * HOUR  # minutes from and to the airport
MOST = 6  # hours that a message tells in the same way
SHORTEST = 3 * HOUR  # a day that is told by two bare numbers

_GAP = (
    r"(?:\s+(?!before|after|until|and|but|back"
    r"|by(?! (?:train|plane|bus|car|air|boat|ferry))\b)[a-z'-]+){0,4}?\s+"
)
_AT = r"(?:(?:at|around|about|by|before|from|after|approximately|roughly)\s+|~\s*)*"
_ARRIVING = (
    r"\b(?:arriv\w*|land(?:s|ed|ing)?|touch(?:ing)? down"
    r"|get(?:ting|s)? (?:in|there|here)|reach(?:ing)?|be there"
    r"|check(?:ing)?[- ]?in|fly(?:ing)? in"
    r"|com(?:e|es|ing) in|(?:flight|plane|train|bus|ferry) (?:is in|gets in|lands))\b"
)
_LEAVING = (
    r"\b(?:leav(?:e|es|ing)(?! (?:out|it|them|that|this|me|us|alone|more"
    r"|the (?!city\b|town\b)))|depart\w*|fly(?:ing)? (?:out|home|back|off)"
    r"|go(?:ing)? home|flight (?:home|back)"
    r"|(?:our|my|the|return) (?:flight|plane|train|bus|ferry)(?: home| back| out)?"
    r"(?: is| leaves| departs| goes)?|head(?:ing)? home|check(?:ing)?[- ]?out"
    r"|(?:need|have|got|must)(?: to)? (?:be at|go to|get to|catch|leave for)"
    r" (?:the|our|my|a) (?:airport|station|flight|train|plane|bus|ferry))\b"
)
_STARTING = (
    r"\b(?:start(?:s|ing)?|begin(?:s|ning)?|set(?:ting)? off|head(?:ing)? out"
    r"|get(?:ting)? going|go(?:ing)? out|kick(?:ing)? off|leav(?:e|ing) the (?:hotel"
    r"|house|hostel|apartment|flat)|out of bed|sleep(?:ing)?(?: in)? (?:until|till?)"
    r"|(?:free|ready|available)(?: only)? (?:from|after|at))\b"
)
_WAKING = r"\b(?:wak(?:e|ing) up|get(?:ting)? up)\b"
_NOT_BEFORE = (
    r"\b(?:not?|nothing|never|don'?t|do not|isn'?t|can'?t|cannot)\b"
    r"(?:\s+[a-z'-]+){0,5}?\s+(?:before|earlier than|until|till)"
)
_ENDING = (
    r"\b(?:back|home|in bed|return(?:ing)?|done|finish(?:ed|es|ing)?|end(?:s|ed|ing)?"
    r"|wrap(?:ping)? up|over|call it a day|stop sightseeing)\b"
)
_NOT_AFTER = (
    r"\b(?:not?|nothing|never|don'?t|do not|isn'?t|can'?t)\b"
    r"(?:\s+[a-z'-]+){0,5}?\s+(?:after|later than|past|beyond)"
)
_DAILY = re.compile(r"\b(?:every|each|all|daily|always)\b")
# "Arriving in New York at 3": the place is not for us to take out.
_WHERE = re.compile(
    r"\b(?:in|to)\s+(?!(?:the|our|my|an?|at|around|about|by|on|early|late)\b)"
    r"[a-z'-]+(?:\s+(?!(?:at|around|about|by|on|from|early|late)\b)[a-z'-]+)?"
)
_THAT_DAY = re.compile(r"\b(?:it|that day|there|then)\b")
_FLIGHT = re.compile(r"\b(?:land(?!mark)|touch|fly|flight|plane)")
_SEGMENT = re.compile(r"[.;!?\n]|,(?!\d)|\band\b|\bbut\b")


@dataclass(frozen=True, slots=True)
class Hours:
    """Times of day told. `by_day` has (begin, end) of single days; `later` and
    `longer` are minutes by which days shall begin or end later than they do.
    """

    arrive: int | None = None
    depart: int | None = None
    day_start: int | None = None
    day_end: int | None = None
    by_day: dict[int, tuple[int | None, int | None]] = field(default_factory=dict)
    later: int = 0
    later_day: int | None = None  # the day that `later` is about, if not all
    longer: int = 0
    lands: bool = False  # `arrive` is AFTER_LANDING
    flies: bool = False  # `depart` is BEFORE_TAKE_OFF


def _timed(cue: str, at: str = _AT) -> re.Pattern[str]:
    return re.compile(rf"{cue}(?:{_GAP}|\s+|:\s*){at}{TIME}")


def _about(cue: str) -> re.Pattern[str]:
    gap = r"(?:\s+(?:in|on|by|at|the|around|about|that|again|there|here|home|back))*"
    return re.compile(rf"{cue}{gap}\s+{PART}")


_RANGE = re.compile(
    r"(?:\b(?P<lead>from|between|hours:?)\s+|\b)"
    + re.sub(r"\?(P<|\()(\w+)([>)])", r"?\1\2_1\3", TIME)
    + r"\s*(?:to|until|till?|and|-|–)\s*"
    + TIME
)
_SCOPE = re.compile(
    r"\b(?:days?|daily|each|every|sightsee\w*|out|tour\w*|walk\w*|hours|busy|go|plan|start\w*)\b"
)
_ALL_DAY = re.compile(r"\b(?:each|every|daily|sightsee\w*|tour\w*|hours)\b")
_PART_FIRST = re.compile(rf"\b{PART} (?P<what>arrival|departure|flight home)\b")
# An hour up to `pm_until` without am or pm is in the afternoon.
_TIMED = (
    ("arrive", _timed(_ARRIVING), 6),
    ("depart", _timed(_LEAVING), 6),
    ("day_start", _timed(_NOT_BEFORE, r"(?:about |around )?"), 4),
    ("day_end", _timed(_NOT_AFTER, r"(?:about |around )?"), 11),
    ("day_start", _timed(_STARTING), 4),
    ("day_start", re.compile(rf"{TIME} starts?\b"), 4),
    ("day_end", _timed(r"\b(?:end|finish|back)(?=:)"), 11),
    ("day_end", _timed(r"\b(?:have|free|time)(?: only)?\s+(?:until|till?)"), 11),
    ("wake", _timed(_WAKING), 0),
    ("day_end", _timed(_ENDING, r"(?:(?:by|at|before|around|about)\s+)+"), 11),
)
_ABOUT = (("arrive", _about(_ARRIVING)), ("depart", _about(_LEAVING)))
_START_PART = re.compile(
    r"\b(?:start|begin)(?:s|ning|ing)?(?:\s+(?:in|at|only|not until|the|after))*\s+"
    r"(?P<of_day>afternoon|noon|midday)\b"
)
_BIT = r"(?:(?:a bit|a little|somewhat|much|an hour|(?P<half>half an hour)) )?"
_WORDS = (
    (
        "day_start",
        LATE_START,
        re.compile(
            r"\blate (?:starts?|mornings?|risers?)\b"
            r"|\bsleep(?:ing)? (?:in|longer|late)\b"
            r"|\blie[- ]ins?\b"
            r"|\bnot (?:an? )?(?:early birds?|morning (?:person|people))\b"
            r"|\b(?:hates?|no|not|don'?t like|without|avoid|never)(?: an?| too| to)?"
            r" (?:early (?:mornings?|starts?)|(?:get(?:ting)?|wak(?:e|ing)) up early"
            r"|start(?:ing)? early)\b|\bstart(?:ing|s)? late\b"
        ),
    ),
    (
        "day_start",
        EARLY_START,
        re.compile(
            r"\bearly (?:starts?|birds?|risers?|mornings?)\b|\bstart(?:ing|s)? early\b"
        ),
    ),
    (
        "day_end",
        EARLY_END,
        re.compile(
            r"\bearly (?:nights?|evenings?|to bed)\b"
            r"|\b(?:back|finish(?:ing)?|end(?:ing)?) early\b"
        ),
    ),
)
_LATER = re.compile(
    rf"\b(?:start|begin)(?:s|ning|ing)?\s+{_BIT}later\b|\blater starts?\b"
)
_EARLIER = re.compile(
    rf"\b(?:start|begin)(?:s|ning|ing)?\s+{_BIT}earlier\b|\bearlier starts?\b"
)
_END_LATER = re.compile(rf"\b(?:end|finish)(?:s|ing)?\s+{_BIT}later\b")
_END_EARLIER = re.compile(rf"\b(?:end|finish|be back)(?:s|ing)?\s+{_BIT}earlier\b")


def read(text: str, days: int) -> tuple[Hours, str]:
    """The hours that lower-case text tells of, and the text without them.

    `days` is how many the trip has, 0 while that is unknown.
    """
    return _Reading(text, days).hours()


class _Reading:
    """One text on its way; what was read is blanked, so that it counts once."""

    def __init__(self, text: str, days: int) -> None:
        self._rest = text
        self._days = days
        self._named = list(daynumbers.DAY.finditer(text))
        self._flat = text
        for match in self._named:
            self._flat = blanked(self._flat, *match.span())
        self._told = Hours()
        self._last_day: int | None = None

    def hours(self) -> tuple[Hours, str]:
        for match in islice(_RANGE.finditer(self._flat), MOST):
            self._range(match)
        for role, pattern, pm_until in _TIMED:
            for match in islice(pattern.finditer(self._flat), MOST):
                told = minutes(match, pm_until=pm_until)
                if told is not None:
                    self._take(role, told, match)
        for role, pattern in _ABOUT:
            for match in islice(pattern.finditer(self._flat), MOST):
                self._take(role, of_part(match), match)
        for match in islice(_PART_FIRST.finditer(self._flat), MOST):
            role = "arrive" if match["what"] == "arrival" else "depart"
            self._take(role, of_part(match), match)
        for match in islice(_START_PART.finditer(self._flat), MOST):
            self._take("day_start", AFTERNOON[match["of_day"]], match)
        for role, told, pattern in _WORDS:
            for match in islice(pattern.finditer(self._flat), MOST):
                self._take(role, told, match)
        self._shifts()
        return self._told, self._rest

    def _range(self, match: re.Match[str]) -> None:
        """ "From 10 to 6", if it is about days or can only be times; "9 to 5" can, as
        numbers of things go upwards.
        """
        marked = "o'clock" in match[0] or any(
            match[name] for name in ("minute", "half", "minute_1", "half_1")
        )
        first = re.search(TIME, match[0])
        assert first is not None
        down = (minutes(first, pm_until=0) or 0) > (minutes(match, pm_until=0) or HOUR)
        scope = _SCOPE if match["lead"] else _ALL_DAY
        if not (marked or down or scope.search(self._flat)):
            return
        start = minutes(first, pm_until=4)
        end = minutes(match, pm_until=11)
        least = 0 if match["lead"] else SHORTEST
        if start is not None and end is not None and start + least < end:
            self._take("day_start", start, match)
            self._take("day_end", end, match)

    def _shifts(self) -> None:
        for pattern, sign in ((_LATER, 1), (_EARLIER, -1)):
            if match := pattern.search(self._flat):
                half = match.groupdict().get("half")
                start, end = self._segment(match)
                self._told = replace(
                    self._told,
                    later=sign * (30 if half else HOUR),
                    later_day=self._day(start, end),
                )
                self._blank(match.span())
                self._blank_days(start, end)
        for pattern, sign in ((_END_LATER, 1), (_END_EARLIER, -1)):
            if match := pattern.search(self._flat):
                self._told = replace(
                    self._told, longer=sign * (30 if match["half"] else HOUR)
                )
                self._blank(match.span())

    def _take(self, role: str, told: int, match: re.Match[str]) -> None:
        start, end = self._segment(match)
        daily = _DAILY.search(self._flat[start:end])
        before = self._last_day
        day = None if daily else self._day(start, end)
        if role in ("arrive", "depart"):  # the hours behind it are of all days
            self._last_day = before
            told = self._by_air(role, told, match[0])
        if role == "wake":
            role, told = "day_start", told + HOUR
        if role == "depart" and daily:
            role = "day_start"
        if role == "day_end" and told == 0:
            told = MIDNIGHT
        if day is None or role in ("arrive", "depart"):
            times: dict[str, Any] = {role: told}
            self._told = replace(self._told, **times)
        else:
            begin, over = self._told.by_day.get(day, (None, None))
            pair = (told, over) if role == "day_start" else (begin, told)
            self._told.by_day[day] = pair
        self._blank(match.span())
        self._blank_days(start, end)

    def _by_air(self, role: str, told: int, said: str) -> int:
        """When the traveller can begin after landing, or must be done for a flight."""
        if not _FLIGHT.search(said):
            return told
        if role == "arrive":
            self._told = replace(self._told, lands=True)
            return min(told + AFTER_LANDING, MIDNIGHT)
        self._told = replace(self._told, flies=True)
        return max(told - BEFORE_TAKE_OFF, 0)

    def _blank_days(self, start: int, end: int) -> None:
        for named in self._named:
            if start <= named.start() < end:
                self._rest = blanked(self._rest, *named.span())

    def _day(self, start: int, end: int) -> int | None:
        """The day that a segment speaks of, else that of the hours before it."""
        for match in self._named:
            if start <= match.start() < end:
                self._last_day = daynumbers.number(match, self._days)
                return self._last_day
        before = [match for match in self._named if match.start() < start]
        if before and _THAT_DAY.search(self._flat[start:end]):
            return daynumbers.number(before[-1], self._days)
        return self._last_day

    def _segment(self, match: re.Match[str]) -> tuple[int, int]:
        cuts = [0, *(cut.end() for cut in self._cuts()), len(self._flat)]
        start = max(cut for cut in cuts if cut <= match.start())
        return start, min(cut for cut in cuts if cut >= match.end())

    def _cuts(self) -> Iterator[re.Match[str]]:
        return _SEGMENT.finditer(self._flat)

    def _blank(self, span: tuple[int, int]) -> None:
        self._flat = blanked(self._flat, *span)
        start = span[0]
        for where in _WHERE.finditer(self._rest, *span):
            self._rest = blanked(self._rest, start, where.start())
            start = where.end()
        self._rest = blanked(self._rest, start, span[1])
