"""The checker's own reading of opening hours, apart from the planner's."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from enum import Enum
from functools import lru_cache

from opening_hours import (  # type: ignore[attr-defined]  # its stub forgets two
    OpeningHours,
    ParserError,
    State,
)

from itinerary_app.catalogue.holidays import holiday
from itinerary_app.text.clock import clock

Span = tuple[int, int, State]  # minutes after midnight; past 1440 is the next day

MORNING = 6 * 60  # what is open before belongs to the evening before
MIDNIGHT = 24 * 60  # the one that ends the day
NEXT_MORNING = MORNING + MIDNIGHT

# Without dates a visit must hold on all weekdays, in winter and in summer.
_MONDAYS = (date(2026, 1, 12), date(2026, 7, 13))
_WEEKS = tuple(monday + timedelta(n) for monday in _MONDAYS for n in range(7))


# What the library takes for hours though it tells of none.
_MISREAD = ("SH", "||", "sunrise", "sunset", "dawn", "dusk")
_COMMENT_ALONE = r'(^|[;,]) *"'
_LIST_WITH_SPACE = r"\b(Mo|Tu|We|Th|Fr|Sa|Su), +(Mo|Tu|We|Th|Fr|Sa|Su)\b"
_WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
UNREADABLE = "24/7 unknown"  # what stands for hours that nobody can read


class Openness(Enum):
    YES = "open all the time"
    NO = "closed, at least for a part of it"
    UNKNOWN = "the hours do not tell"
    HOLIDAY = "the hours do not tell of public holidays, and it is one"


def is_open(
    hours: str, on: date, arrive: int, leave: int, region: str = ""
) -> Openness:
    """Whether one can be there all the time from `arrive` to `leave` on this date.

    `region` has the public holidays, as catalogue/holidays.py names it.
    """
    spans = _spans(hours, region, on)
    if _time(spans, State.OPEN, arrive, leave) == leave - arrive:
        return Openness.HOLIDAY if _is_untold(hours, on, region) else Openness.YES
    if _time(spans, State.CLOSED, arrive, leave):
        return Openness.NO
    return Openness.UNKNOWN


def opens(hours: str, on: date, region: str = "") -> bool:
    """Whether it opens at all on this date, the night after it included.

    What opens early on the next morning does not count.
    """
    of_today = tuple(span for span in _spans(hours, region, on) if span[0] < MIDNIGHT)
    return bool(_time(of_today, State.OPEN, MORNING, NEXT_MORNING))


def is_open_between(
    hours: str, on: date, since: int, until: int, region: str = ""
) -> bool:
    """Whether one can be there at all between these minutes of the date."""
    return bool(_time(_spans(hours, region, on), State.OPEN, since, until))


@lru_cache(maxsize=4096)
def is_always_open(hours: str, arrive: int, leave: int) -> tuple[Openness, date | None]:
    """Whether one can be there on every weekday with any opening; else, when not."""
    unsure = None
    days = [day for day in _WEEKS if opens(hours, day)]
    for day in days:
        match is_open(hours, day, arrive, leave):
            case Openness.NO:
                return Openness.NO, day
            case Openness.UNKNOWN:
                unsure = day
    if days and unsure is None:
        return Openness.YES, None
    vague = any(_time(_spans(hours, "", day), State.UNKNOWN, 0, 1440) for day in _WEEKS)
    return Openness.UNKNOWN if unsure or vague else Openness.NO, unsure


@lru_cache(maxsize=4096)
def times(hours: str, on: date, region: str = "") -> str:
    """The opening times of this date in words, "10:00–13:00, 15:00–18:00"; "" = none.

    What belongs to the evening before is left out.
    """
    told: list[tuple[int, int]] = []
    for start, end, state in _spans(hours, region, on):
        if state is not State.OPEN or end <= MORNING or start >= MIDNIGHT:
            continue
        if told and told[-1][1] == start:
            start = told.pop()[0]
        told.append((start, end))
    if any(end - start >= MIDNIGHT for start, end in told):
        return "all day"
    return ", ".join(f"{_clock(start)}–{_clock(end)}" for start, end in told)


def _times(hours: str, on: date, region: str) -> list[tuple[int, int]]:
    spans = _spans(hours, region, on)
    return [
        (start, min(end, MIDNIGHT))
        for start, end, state in spans
        if state is State.OPEN and start < MIDNIGHT
    ]


def _clock(minutes: int) -> str:
    return "24:00" if minutes == MIDNIGHT else clock(minutes)


def _time(spans: tuple[Span, ...], wanted: State, start: int, end: int) -> int:
    """How many of the minutes from `start` to `end` are in the wanted state."""
    return sum(
        max(0, min(end, to) - max(start, since))
        for since, to, state in spans
        if state is wanted
    )


def _is_untold(hours: str, on: date, region: str) -> bool:
    """Whether it is a public holiday, and neither a rule for them nor one for this date
    makes it another day than the same weekday a week before and after.
    """
    if not holiday(on, region) or hours == "24/7" or _own_rules(hours, on):
        return False
    weeks = (on - timedelta(7), on + timedelta(7))
    return _times(hours, on, region) in [_times(hours, day, "") for day in weeks]


@lru_cache(maxsize=16384)
def _spans(hours: str, region: str, on: date) -> tuple[Span, ...]:
    midnight = datetime.combine(on, time())
    read = _read(_on(hours, on, bool(holiday(on, region))))
    found = read.intervals(midnight, midnight + timedelta(days=2))
    return tuple(
        (_minutes(start - midnight), _minutes(end - midnight), state)
        for start, end, state, _ in found
    )


def _on(hours: str, on: date, is_holiday: bool) -> str:
    """The hours with the rules for holidays as rules for this weekday, or without."""
    if any(sign in hours for sign in _MISREAD) or re.search(_COMMENT_ALONE, hours):
        return UNREADABLE
    while (tight := re.sub(_LIST_WITH_SPACE, r"\1,\2", hours)) != hours:
        hours = tight
    if "PH" not in hours:
        return hours
    kept = []
    for rule in re.split(r"\s*;\s*|(?<=[0-9]),\s*(?=PH)", hours):
        days, space, rest = rule.partition(" ")
        listed = days.split(",")
        if "PH" not in rule:
            kept.append(rule)
        elif '"' in rest:
            continue  # words
        elif listed == ["PH"] and rest[:2] in _WEEKDAYS:
            kept += [rest] if is_holiday else []
        elif "PH" in listed and is_holiday:
            others = [day for day in listed if day != "PH"]
            kept.append(",".join([*others, _WEEKDAYS[on.weekday()]]) + space + rest)
        elif len(listed) > 1 and "PH" in listed:
            kept.append(",".join(day for day in listed if day != "PH") + space + rest)
    return "; ".join(kept) or "off"


def _own_rules(hours: str, on: date) -> bool:
    """Whether the hours tell of holidays on this date's weekday.

    Told in words, 'PH "open as usual"', is told.
    """
    for rest in re.findall(r"(?:^|[;,]|\s)PH(?=[,\s])\s*([^;]*)", hours):
        named = rest.partition(" ")[0]
        if named[:2] not in _WEEKDAYS or opens(f"{named} 00:00-24:00", on):
            return True
    return False


@lru_cache(maxsize=4096)
def _read(hours: str) -> OpeningHours:
    try:
        return OpeningHours(hours, auto_country=False, auto_timezone=False)
    except ParserError:
        return _read(UNREADABLE)


def _minutes(delta: timedelta) -> int:
    return int(delta.total_seconds()) // 60
