"""Opening hours without a date: what holds in an ordinary year."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from itinerary_app.catalogue.osm_hours import (
    UNKNOWN,
    Openings,
    Window,
    intersection,
    on_usual_days,
)
from itinerary_app.text.words import listed

ON_WEEKDAYS = (
    "Mondays",
    "Tuesdays",
    "Wednesdays",
    "Thursdays",
    "Fridays",
    "Saturdays",
    "Sundays",
)
MONTHS = tuple(f"{date(2027, month, 1):%B}" for month in range(1, 13))
ALL_MONTHS = frozenset(range(1, 13))
LONG_SEASON = 6  # months; what opens in fewer needs a date

# What makes hours differ by more than the weekday, and what by the year.
_BY_DATE = re.compile(rf"{'|'.join(it[:3] for it in MONTHS)}|week|easter|\[")
_BY_YEAR = re.compile(r"\b20\d\d\b")
_NEW_YEAR = date(2027, 1, 1)


class _Year(NamedTuple):
    """`usual` are the commonest windows by weekday and month, without a month where
    all are alike; `months` those with any opening.
    """

    usual: Mapping[tuple[int, int], tuple[Window, ...]]
    weekdays: frozenset[int]
    months: frozenset[int]
    perhaps: Mapping[tuple[int, int], tuple[Window, ...]]  # when it may be open, too


@lru_cache(maxsize=4096)
def daily(hours: str) -> Openings:
    """The windows that hold on every weekday that has any, in each month of its season.

    None hold where the season is short: only a date tells that it is on.
    """
    year = _year(hours)
    if _BY_YEAR.search(hours):
        return UNKNOWN
    if year.perhaps and not year.weekdays:
        common = _common(year.perhaps.values())
        return Openings((), common) if common else UNKNOWN
    if len(year.months) < LONG_SEASON:
        return Openings((), ())
    return Openings(_common(year.usual.values()), ())


def _common(days: Iterable[tuple[Window, ...]]) -> tuple[Window, ...]:
    """What is in all of them that have any."""
    common: tuple[Window, ...] | None = None
    for windows in filter(None, days):
        common = windows if common is None else intersection(common, windows)
    return common or ()


@lru_cache(maxsize=4096)
def is_vague(hours: str) -> bool:
    """Whether the hours never tell when it is open: "by appointment"."""
    days = on_usual_days(hours, _NEW_YEAR, 365, light=(6 * 60, 18 * 60))
    return not any(day.surely for day in days)


def closed_days(hours: str | None) -> tuple[str, ...]:
    """The weekdays ("Fridays") without any opening; () if the hours are unknown."""
    if not hours or daily(hours) == UNKNOWN:
        return ()
    year = _year(hours)
    opens = year.weekdays or {weekday for weekday, _ in year.perhaps}
    return tuple(name for i, name in enumerate(ON_WEEKDAYS) if i not in opens)


def season(hours: str | None) -> str:
    """The months in which it opens, "April–October"; "" if in all or not known."""
    months = _year(hours).months if hours else ALL_MONTHS
    if months in (frozenset(), ALL_MONTHS) or _BY_YEAR.search(hours or ""):
        return ""
    first = [it for it in sorted(months) if (it - 2) % 12 + 1 not in months]
    return listed(_months(it, months) for it in first)


def _months(first: int, months: frozenset[int]) -> str:
    last = first
    while last % 12 + 1 in months:
        last = last % 12 + 1
    return "–".join(dict.fromkeys((MONTHS[first - 1], MONTHS[last - 1])))


@lru_cache(maxsize=4096)
def _year(hours: str) -> _Year:
    by_date = bool(_BY_DATE.search(hours))
    seen: dict[tuple[int, int], Counter[tuple[Window, ...]]] = defaultdict(Counter)
    perhaps: dict[tuple[int, int], tuple[Window, ...]] = {}
    weekdays, months = set(), set()
    for n, found in enumerate(on_usual_days(hours, _NEW_YEAR, 365 if by_date else 7)):
        day = _NEW_YEAR + timedelta(n)
        seen[day.weekday(), by_date * day.month][found.surely] += 1
        if found.perhaps:
            perhaps[day.weekday(), by_date * day.month] = found.perhaps
        if found.surely:
            weekdays.add(day.weekday())
            months.add(day.month)
    return _Year(
        usual={key: counts.most_common(1)[0][0] for key, counts in seen.items()},
        weekdays=frozenset(weekdays),
        months=frozenset(months) if by_date or not months else ALL_MONTHS,
        perhaps=perhaps,
    )
