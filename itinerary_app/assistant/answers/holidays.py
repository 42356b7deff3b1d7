"""Dates on which hours are known to differ: no calendar of holidays, only a caution."""

from __future__ import annotations

from datetime import date, timedelta

CAUTION = "Hours on public holidays may differ: check before you go."
_EVERYWHERE = frozenset({(1, 1), (5, 1), (12, 24), (12, 25), (12, 26), (12, 31)})
_NATIONAL = {  # by country, the best known ones
    "DE": {(10, 3)},
    "ES": {(10, 12), (12, 6)},
    "FR": {(5, 8), (7, 14), (8, 15), (11, 1), (11, 11)},
    "GB": {(11, 30)},
    "IE": {(3, 17)},
    "IN": {(1, 26), (8, 15), (10, 2)},
    "IT": {(4, 25), (6, 2), (8, 15), (11, 1)},
    "JP": {(1, 2), (1, 3), (4, 29), (5, 3), (5, 4), (5, 5)},
    "NL": {(4, 27), (5, 5)},
    "PT": {(4, 25), (6, 10), (8, 15)},
    "US": {(7, 4), (11, 11)},
}
_AROUND_EASTER = (-2, 0, 1)  # days: Good Friday, Easter Sunday and Monday


def caution(day: date | None, country: str) -> str:
    """The caution on a well-known holiday, else ""."""
    if day is None:
        return ""
    fixed = (day.month, day.day)
    near = (_easter(day.year) + timedelta(days=days) for days in _AROUND_EASTER)
    is_one = fixed in _EVERYWHERE or fixed in _NATIONAL.get(country, ()) or day in near
    return CAUTION if is_one else ""


def _easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, by the anonymous algorithm."""
    golden, century, rest = year % 19, year // 100, year % 100
    moon = (
        19 * golden
        + century
        - century // 4
        - (century - (century + 8) // 25 + 1) // 3
        + 15
    ) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    shift = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)
