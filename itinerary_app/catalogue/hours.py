"""Opening hours as windows in minutes after midnight.

Where a plan has no dates, a window counts only if it holds on every weekday on
which the place opens at all, in winter and in summer. On a date its public holiday
counts (`region` as catalogue/holidays.py has it): by the place's own rule, else the
usual windows are only likely, and `unsure` names the holiday.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from opening_hours import (
    OpeningHours,
    State,
    validate,
)

from itinerary_app.catalogue.holidays import holiday
from itinerary_app.model import Category

Window = tuple[int, int]  # minutes after midnight; past 1440 is the next day

DAY = 24 * 60
NIGHT_END = 6 * 60  # an interval that ends before this belongs to the evening before

ON_WEEKDAYS = (
    "Mondays",
    "Tuesdays",
    "Wednesdays",
    "Thursdays",
    "Fridays",
    "Saturdays",
    "Sundays",
)

ALWAYS = "24/7"
AS_USUAL = 'PH "open as usual"'  # a comment, in OpenStreetMap's syntax
_WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_PH = re.compile(r"\bPH\b")  # public holidays
_PH_LISTED = re.compile(r"\bPH,\s*|,\s*PH\b")  # beside weekdays: "Sa,PH"
_PH_WEEKDAYS = re.compile(rf"\bPH\s+(?=(?:{'|'.join(_WEEKDAYS)})\b)")  # on them only
_BETWEEN_RULES = re.compile(r";|(?<=\d),(?=\s*PH\b)")
_WHEN = re.compile(r"\s+(?:off|closed|open|unknown|\d\d:\d\d.*)$")
_SPACED = re.compile(rf"(?<={'|'.join(_WEEKDAYS)}),\s+(?={'|'.join(_WEEKDAYS)})")
# Comments alone, fallbacks, school holidays and the sun, of which the library makes
# hours that nobody told.
_VAGUE = re.compile(r'(?:^|[;,])\s*"|\|\||\bSH\b|sunrise|sunset|dawn|dusk')

# Mondays of two ordinary weeks: hours may differ by season.
_WEEKS = (datetime(2025, 1, 13), datetime(2025, 7, 7))

_DAYTIME: Window = (9 * 60, 18 * 60)
_DAYLIGHT: Window = (8 * 60, 20 * 60)
_GREEN: Window = (8 * 60, 19 * 60)  # many parks close at dusk

# When one goes where the hours are unknown: for scheduling only, never shown.
_ASSUMED: dict[Category, Window] = {
    Category.NEIGHBOURHOOD: _DAYLIGHT,
    Category.PARK: _GREEN,
    Category.GARDEN: _GREEN,
    Category.VIEWPOINT: (10 * 60, 20 * 60),
    Category.LANDMARK: _DAYLIGHT,
    Category.MONUMENT: _DAYLIGHT,
    Category.MARKET: (10 * 60, 18 * 60),
    Category.SHOPPING: (10 * 60, 20 * 60),
    Category.SHOW: (19 * 60, 22 * 60 + 30),
    Category.RESTAURANT: (11 * 60 + 30, 22 * 60),
    Category.STREET_FOOD: (10 * 60, 21 * 60),
    Category.CAFE: (8 * 60, 18 * 60),
    Category.BAR: (18 * 60, DAY),
}

# Open around the clock is no reason to be there at 3 in the morning.
_SENSIBLE: dict[Category, Window] = {
    Category.NEIGHBOURHOOD: (8 * 60, 22 * 60),
    Category.PARK: _DAYLIGHT,
    Category.GARDEN: (8 * 60, 21 * 60),
    Category.BAR: (19 * 60 + 30, 26 * 60),
}


def parse(hours: str) -> OpeningHours:
    """The hours as the library reads them; ValueError says what is wrong."""
    if not validate(hours):
        raise ValueError(f"{hours!r} is not in the opening_hours syntax.")
    return OpeningHours(hours, auto_country=False, auto_timezone=False)


def is_vague(hours: str) -> bool:
    """Whether the hours do not tell when it is open: "by appointment"."""
    return bool(_VAGUE.search(hours))


@lru_cache(maxsize=32_768)
def windows(
    hours: str | None, category: Category, on: date | None = None, region: str = ""
) -> tuple[Window, ...]:
    """When one can be there on that date, or else on any open day; () if never."""
    found = opening(hours, on, region)
    if found is None:
        found = (_ASSUMED.get(category, _DAYTIME),)
    return intersection(found, (_SENSIBLE.get(category, (0, 2 * DAY)),))


def known(hours: str, on: date, region: str = "") -> tuple[Window, ...] | None:
    """When it is open on that date, nothing assumed; None where the hours are vague."""
    if is_vague(hours) or unsure(hours, on, region):
        return None
    parsed, midnight = _parsed(_dated(hours, on, region)), datetime.combine(on, time())
    spans = parsed.intervals(midnight, midnight + timedelta(days=1))
    if any(state is State.UNKNOWN for _, _, state, _ in spans):
        return None
    return _day(parsed, midnight)


@lru_cache(maxsize=32_768)
def opening(
    hours: str | None, on: date | None = None, region: str = ""
) -> tuple[Window, ...] | None:
    """The known hours, sensible or not; None where they are unknown."""
    if not hours or is_vague(hours):
        return None
    if on is None:
        return _daily(hours)
    return _day(_parsed(_dated(hours, on, region)), datetime.combine(on, time()))


@lru_cache(maxsize=32_768)
def unsure(hours: str | None, on: date | None, region: str) -> str:
    """The name of the public holiday on which nobody told whether it opens, else "".

    What is closed by its usual hours, or always open, is not in doubt.
    """
    name = holiday(on, region)
    if not name or on is None or hours == ALWAYS:
        return ""
    if hours is None or is_vague(hours):
        return name
    if _tells(hours, on, region):
        return ""
    usual = opening(hours, on, region)
    around = [opening(hours, on + timedelta(days), "") for days in (-7, 7)]
    return "" if not usual or usual not in around else name


@lru_cache(maxsize=4096)
def closed_days(hours: str | None) -> tuple[str, ...]:
    """The weekdays ("Fridays") without any opening; () if the hours are unknown."""
    if not hours or is_vague(hours):
        return ()
    open_days = {i for week in _weeks(hours) for i, day in enumerate(week) if day}
    return tuple(name for i, name in enumerate(ON_WEEKDAYS) if i not in open_days)


def _dated(hours: str, on: date, region: str) -> str:
    """The hours with what they say of holidays as it holds on this date.

    The library knows the holidays of few countries, and takes "PH Mo" for every Monday.
    """
    if not holiday(on, region):
        return _usual(hours)
    rules = (_PH_WEEKDAYS.sub("", it) for it in _rules(hours) if it != AS_USUAL)
    dated = "; ".join(_PH.sub(_WEEKDAYS[on.weekday()], rule) for rule in rules)
    return dated if validate(dated) else _usual(hours)


@lru_cache(maxsize=4096)
def _usual(hours: str) -> str:
    """The hours on days that are no holidays."""
    rules = (_PH_LISTED.sub("", rule) for rule in _rules(hours))
    usual = "; ".join(rule for rule in rules if not _PH.search(rule)) or "off"
    return usual if validate(usual) else hours


def _rules(hours: str) -> list[str]:
    told = _SPACED.sub(",", hours)
    return [rule.strip() for rule in _BETWEEN_RULES.split(told) if rule.strip()]


def _tells(hours: str, on: date, region: str) -> bool:
    """Whether one of the rules is for holidays on this date's weekday."""
    own = [rule for rule in _rules(hours) if _PH.search(rule)]
    if AS_USUAL in own:
        return True
    always = (_dated(_WHEN.sub(" 00:00-24:00", it), on, region) for it in own)
    noon = datetime.combine(on, time(12))
    return any(validate(it) and _parsed(it).is_open(noon) for it in always)


@lru_cache(maxsize=4096)
def _parsed(hours: str) -> OpeningHours:
    return parse(hours)


@lru_cache(maxsize=4096)
def _daily(hours: str) -> tuple[Window, ...]:
    """The windows that hold on every weekday that has any."""
    common: tuple[Window, ...] | None = None
    for day in (day for week in _weeks(hours) for day in week if day):
        common = day if common is None else intersection(common, day)
    return common or ()


def _weeks(hours: str) -> list[list[tuple[Window, ...]]]:
    parsed = _parsed(_usual(hours))
    return [
        [_day(parsed, monday + timedelta(n)) for n in range(7)] for monday in _WEEKS
    ]


def _day(parsed: OpeningHours, midnight: datetime) -> tuple[Window, ...]:
    """The windows of one date, those past midnight told to their end."""
    found = []
    end = midnight + timedelta(minutes=DAY + NIGHT_END)
    for start, stop, state, _ in parsed.intervals(midnight, end):
        opens, closes = _minutes(start - midnight), _minutes(stop - midnight)
        if state is not State.OPEN or opens >= DAY:
            continue
        if opens == 0 and closes <= NIGHT_END and _open_before(parsed, midnight):
            continue  # the end of the evening before
        found.append((opens, closes if closes < DAY + NIGHT_END else DAY))
    return tuple(found)


def _open_before(parsed: OpeningHours, midnight: datetime) -> bool:
    return bool(parsed.is_open(midnight - timedelta(minutes=1)))


def _minutes(delta: timedelta) -> int:
    return int(delta.total_seconds()) // 60


def intersection(
    ones: Iterable[Window], others: Sequence[Window]
) -> tuple[Window, ...]:
    """The windows that are in both."""
    pairs = ((max(a[0], b[0]), min(a[1], b[1])) for a in ones for b in others)
    return tuple((start, end) for start, end in pairs if start < end)
