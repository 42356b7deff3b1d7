"""The checker's own reading of OpenStreetMap's opening hours, apart from the planner's.

The library is asked, and what it is known to misread is set right or called unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from opening_hours import (  # type: ignore[attr-defined]  # its stub forgets two
    OpeningHours,
    ParserError,
    State,
)

from itinerary_app.catalogue.holidays import holiday
from itinerary_app.catalogue.zones import zone_of
from itinerary_app.checker.observances import observed
from itinerary_app.model import City

Span = tuple[int, int, State]  # minutes after midnight; past 1440 is the next day

MIDNIGHT = 24 * 60  # the one that ends the day
TWILIGHT = 5  # minutes by which two computations of the sun may differ

# What the library takes for hours though it tells of none, or of others.
MISREAD = ("SH", "||", "dawn", "dusk")
STATES = ("open", "closed", "off", "unknown")
WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
UNREADABLE = "24/7 unknown"  # what stands for hours that nobody can read

_NAMES = "Mo|Tu|We|Th|Fr|Sa|Su|PH|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_LIST_WITH_SPACE = rf"\b({_NAMES}), +({_NAMES})\b"
_WITHOUT_END = r"([0-9][0-9]):([0-9][0-9])\+"


@lru_cache(maxsize=16384)
def spans(hours: str, on: date, where: str, city: City | None) -> tuple[Span, ...]:
    """The states of this date and the next.

    `where` has the public holidays; the sun is that of the city, unknown without one.
    """
    told = _without_comments(hours)
    read = _read(_on(told, on, bool(holiday(on, where))), city)
    found = _asked(read, on, 2)
    for cut in _ends(told):
        found = [part for span in found for part in _cut(span, cut)]
    if "sun" in told:
        found = [part for span in found for part in _dimmed(span)]
    return tuple(observed(found, hours, on, where, city))


@lru_cache(maxsize=1024)
def year(hours: str, first: date, days: int) -> tuple[Span, ...]:
    """The states from the first date on, in minutes after its midnight.

    As if none of the days were a holiday.
    """
    told = _without_comments(hours)
    found = _asked(_read(_on(told, first, False), None), first, days)
    for cut in _ends(told):
        found = [part for span in found for part in _cut(span, cut)]
    return tuple(found)


def own_rules(hours: str, on: date) -> bool:
    """Whether the hours tell of holidays on this date's weekday.

    Told in words, 'PH "open as usual"', is told.
    """
    for rest in re.findall(r"(?:^|[;,]|\s)PH(?=[,\s])\s*([^;]*)", hours):
        named = rest.partition(" ")[0]
        if named[:2] not in WEEKDAYS or _opens(f"{named} 00:00-24:00", on):
            return True
    return False


def _opens(hours: str, on: date) -> bool:
    return any(state is State.OPEN for _, _, state in _asked(_read(hours, None), on, 1))


def _without_comments(hours: str) -> str:
    """A rule with a comment and no state is unknown: one has to ask.

    But for 'PH "open as usual"', our own, which `own_rules` knows.
    """
    told = ""
    for i, part in enumerate(hours.split('"')):
        if i % 2 == 0:
            told += part
        elif told.endswith("PH ") and part == "open as usual":
            told = told.removesuffix("PH ").rstrip(" ;")
        elif not told.rstrip().endswith(STATES):
            told += "unknown"
    return told.strip(" ;")


def _on(told: str, on: date, is_holiday: bool) -> str:
    """The hours with the rules for holidays as rules for this weekday, or without."""
    misread = any(sign in told for sign in MISREAD)
    if misread or any(rule.count("easter") > 1 for rule in re.split("[;,]", told)):
        return UNREADABLE
    while (tight := re.sub(_LIST_WITH_SPACE, r"\1,\2", told)) != told:
        told = tight
    if "PH" not in told:
        return told
    kept = []
    for rule in re.split(r"\s*;\s*|(?<=[0-9]),\s*(?=PH)", told):
        days, space, rest = rule.partition(" ")
        listed = days.split(",")
        if "PH" not in rule:
            kept.append(rule)
        elif listed == ["PH"] and rest[:2] in WEEKDAYS:
            kept += [rest] if is_holiday else []
        elif "PH" in listed and is_holiday:
            others = [day for day in listed if day != "PH"]
            kept.append(",".join([*others, WEEKDAYS[on.weekday()]]) + space + rest)
        elif len(listed) > 1 and "PH" in listed:
            kept.append(",".join(day for day in listed if day != "PH") + space + rest)
    return "; ".join(kept) or "off"


def _asked(read: OpeningHours, first: date, days: int) -> list[Span]:
    midnight = datetime.combine(first, time())
    found = read.intervals(midnight, midnight + timedelta(days))
    return [
        (_minutes(start, midnight), _minutes(end, midnight), state)
        for start, end, state, _ in found
    ]


def _minutes(at: datetime, midnight: datetime) -> int:
    """By the clock, also where it is put forward or back."""
    return int((at.replace(tzinfo=None) - midnight).total_seconds()) // 60


def _ends(told: str) -> set[int]:
    """The minutes of the day from which nobody knows how long it stays open."""
    found = re.findall(_WITHOUT_END, told)
    return {int(hour) * 60 + int(minute) for hour, minute in found}


def _cut(span: Span, end: int) -> Iterator[Span]:
    """The span, unknown from there to midnight if it is open until then."""
    since, until, state = span
    at = since - since % MIDNIGHT + end
    if state is not State.OPEN or until % MIDNIGHT or not since <= at < until:
        yield span
        return
    if since < at:
        yield since, at, state
    yield at, until, State.UNKNOWN


def _dimmed(span: Span) -> Iterator[Span]:
    """The span, unknown where the sun may rise or set."""
    since, until, state = span
    if state is not State.OPEN or until - since <= 2 * TWILIGHT:
        yield span
        return
    yield since, since + TWILIGHT, State.UNKNOWN
    yield since + TWILIGHT, until - TWILIGHT, state
    yield until - TWILIGHT, until, State.UNKNOWN


@lru_cache(maxsize=4096)
def _read(hours: str, city: City | None) -> OpeningHours:
    sun = "sun" in hours
    zone = zone_of(city) if city and sun else None
    if sun and zone is None:
        return _read(UNREADABLE, None)
    try:
        if city and zone:
            spot = (city.lat, city.lon)
            return OpeningHours(hours, timezone=zone, coords=spot, auto_country=False)
        return OpeningHours(hours, auto_country=False, auto_timezone=False)
    except ParserError:
        return _read(UNREADABLE, None)
