"""OpenStreetMap's opening hours, put so that the library reads what they mean.

opening-hours-py takes comments and open ends for open, "PH Mo" for every Monday, and
knows neither the sun of a place nor the holidays of most countries.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple

from opening_hours import OpeningHours, State, validate

from itinerary_app.catalogue.holidays import holiday

Window = tuple[int, int]  # minutes after midnight; past 1440 is the next day
Light = tuple[int, int]  # sunrise and sunset in minutes after midnight

ALWAYS = "24/7"
UNREADABLE = "24/7 unknown"  # stands for hours that are misread
AS_USUAL = 'PH "open as usual"'  # a comment, in OpenStreetMap's syntax
DAY = 24 * 60
NIGHT_END = 6 * 60  # an interval that ends before this belongs to the evening before
WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
# Minutes by which it is surely light, whoever computes sunrise and sunset.
SUN_MARGIN = 5

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov")
_MONTH = "|".join((*_MONTHS, "Dec"))
_DAY = "|".join((*WEEKDAYS, "PH"))
_COMMENT = re.compile(r'(?P<state>\b(?:open|closed|off|unknown)\s*)?"[^"]*"')
_SPACED = re.compile(
    rf"(?:(?<={_DAY}),\s+(?={_DAY}))|(?:(?<={_MONTH}),\s+(?={_MONTH}))"
)
_OPEN_END = re.compile(
    r"(?P<days>.*?)(?P<times>(?:\d\d:\d\d-\d\d:\d\d, ?)*)(?P<start>\d\d:\d\d)\+"
)
_LATE_END = re.compile(r"(-\d\d:\d\d)\+")  # "10:00-16:00+": perhaps longer
_SUN = re.compile(
    r"(?P<until>-\s*)?\(?(?P<event>sunrise|sunset)"
    r"(?:(?P<sign>[+-])(?P<hours>\d\d):(?P<minutes>\d\d)\))?"
)
_PH = re.compile(r"\bPH\b")  # public holidays
_PH_LISTED = re.compile(r"\bPH,\s*|,\s*PH\b")  # beside weekdays: "Sa,PH"
_PH_WEEKDAYS = re.compile(rf"\bPH\s+(?=(?:{'|'.join(WEEKDAYS)})\b)")  # on them only
_BETWEEN_RULES = re.compile(r";|(?<=\d),(?=\s*PH\b)")
_WHEN = re.compile(r"\s+(?:off|closed|open|unknown|\d\d:\d\d.*)$")
# School holidays, twilight, spans between movable feasts, open ends amid a rule.
_UNREADABLE = re.compile(r"\bSH\b|dawn|dusk|easter[^;,]*-\s*easter|\|\||:\d\d\+")


class Openings(NamedTuple):
    """When a place is known to be open, and when it may be; closed at other times."""

    surely: tuple[Window, ...]
    perhaps: tuple[Window, ...]


UNKNOWN = Openings((), ((0, DAY),))


def parse(hours: str) -> OpeningHours:
    """The hours as the library reads them; ValueError says what is wrong."""
    if not validate(hours):
        raise ValueError(f"{hours!r} is not in the opening_hours syntax.")
    return OpeningHours(hours, auto_country=False, auto_timezone=False)


def intersection(
    ones: Iterable[Window], others: Sequence[Window]
) -> tuple[Window, ...]:
    """The windows that are in both."""
    pairs = ((max(a[0], b[0]), min(a[1], b[1])) for a in ones for b in others)
    return tuple((start, end) for start, end in pairs if start < end)


@lru_cache(maxsize=32_768)
def on_date(
    hours: str, on: date, region: str = "", light: Light | None = None
) -> Openings:
    """By the rules for that date, its public holiday and its sun."""
    return _days(_parsed(_dated(hours, on, region, light)), on, 1)[0]


def on_usual_days(
    hours: str, since: date, count: int, light: Light | None = None
) -> list[Openings]:
    """As on `count` days that are no holidays."""
    return _days(_parsed(_dated(hours, since, "", light)), since, count)


def tells_of_holiday(hours: str, on: date, region: str) -> bool:
    """Whether one of the rules is for holidays on this date's weekday."""
    if AS_USUAL in hours:
        return True
    noon = datetime.combine(on, time(12))
    always = (
        _dated(_WHEN.sub(" 00:00-24:00", rule), on, region)
        for rule in _rules(hours)
        if _PH.search(rule)
    )
    return any(_parsed(it).is_open(noon) for it in always)


def _dated(hours: str, on: date, region: str, light: Light | None = None) -> str:
    rules = _rules(hours)
    if not holiday(on, region):
        told = _usual(hours)
    else:
        own = (_PH_WEEKDAYS.sub("", rule) for rule in rules)
        told = "; ".join(_PH.sub(WEEKDAYS[on.weekday()], rule) for rule in own)
        told = told if validate(told) else _usual(hours)
    if light:
        told = _SUN.sub(lambda event: _time(event, light), told)
    return told if _is_readable(told) else UNREADABLE


@lru_cache(maxsize=4096)
def _usual(hours: str) -> str:
    """The hours on days that are no holidays."""
    rules = (_PH_LISTED.sub("", rule) for rule in _rules(hours))
    return "; ".join(rule for rule in rules if not _PH.search(rule)) or "off"


@lru_cache(maxsize=4096)
def _is_readable(told: str) -> bool:
    """Whether the library reads it as it is meant."""
    return not _UNREADABLE.search(told) and not _SUN.search(told) and validate(told)


@lru_cache(maxsize=4096)
def _parsed(told: str) -> OpeningHours:
    return parse(told)


@lru_cache(maxsize=4096)
def _rules(hours: str) -> tuple[str, ...]:
    """Its rules without comments: what has one, and no state, is unknown."""
    told = hours.replace(AS_USUAL, "")
    told = _COMMENT.sub(lambda it: it["state"] or "unknown ", told)
    told = _LATE_END.sub(r"\1", _SPACED.sub(",", told))
    rules = (_with_end(rule.strip()) for rule in _BETWEEN_RULES.split(told))
    return tuple(filter(None, rules))


def _with_end(rule: str) -> str:
    """Unknown to midnight for an open end."""
    found = _OPEN_END.fullmatch(rule)
    if not found:
        return rule
    days, times = found["days"], found["times"].rstrip(", ")
    late = f"{days}{found['start']}-24:00 unknown"
    return f"{days}{times}, {late}" if times else late


def _time(event: re.Match[str], light: Light) -> str:
    """The clock time of "sunrise" or "(sunset-01:00)", on the side that is sure."""
    minutes = light[event["event"] == "sunset"]
    if event["sign"]:
        shift = int(event["hours"]) * 60 + int(event["minutes"])
        minutes += shift if event["sign"] == "+" else -shift
    minutes = minutes - SUN_MARGIN if event["until"] else minutes + SUN_MARGIN
    hour, minute = divmod(minutes % DAY, 60)
    return f"{event['until'] or ''}{hour:02d}:{minute:02d}"


def _days(parsed: OpeningHours, first: date, count: int) -> list[Openings]:
    """The windows of each date, those past midnight told to their end."""
    days: list[dict[State, list[Window]]] = [
        {State.OPEN: [], State.UNKNOWN: []} for _ in range(count)
    ]
    midnight = datetime.combine(first, time())
    before = midnight - timedelta(minutes=1)  # to see what the evening before is
    end = midnight + timedelta(days=count, minutes=NIGHT_END)
    for start, stop, state, _ in parsed.intervals(before, end):
        if state is State.CLOSED:
            continue
        opens, closes = _minutes(start - midnight), _minutes(stop - midnight)
        for n in range(max(0, opens // DAY), min(count, -(-closes // DAY))):
            since, until = opens - n * DAY, closes - n * DAY
            if since < 0 and until <= NIGHT_END:
                continue  # the end of the evening before
            window = max(0, since), until if until < DAY + NIGHT_END else DAY
            days[n][state].append(window)
    return [Openings(tuple(it[State.OPEN]), tuple(it[State.UNKNOWN])) for it in days]


def _minutes(delta: timedelta) -> int:
    return int(delta.total_seconds()) // 60
