"""The names of months and weekdays, often misspelt, and the next day of a name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

_MONTH_NAMES = (
    "january february march april may june july august september october november "
    "december"
).split()
_DAY_NAMES = "monday tuesday wednesday thursday friday saturday sunday".split()
_OTHER_DAYS = {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
_OTHER_DAYS |= {"wensday": 2, "wendsday": 2, "wenesday": 2, "saterday": 5}
_SHORTEST_MISSPELT = 6  # letters; shorter names look like other words when misspelt
_YEARS_AHEAD = 9  # within which every 29 February comes


def _misspelt(name: str) -> Iterator[str]:
    """The name, without one letter or with two exchanged, its first letter kept."""
    yield name
    if len(name) < _SHORTEST_MISSPELT:
        return
    for at in range(1, len(name)):
        yield name[:at] + name[at + 1 :]
        yield name[:at] + name[at : at + 2][::-1] + name[at + 2 :]


MONTHS = {
    word: number
    for number, name in enumerate(_MONTH_NAMES, start=1)
    for word in (name[:3], *_misspelt(name))
} | {"sept": 9, "decemeber": 12, "agust": 8}
WEEKDAYS = {
    word: number
    for number, name in enumerate(_DAY_NAMES)
    for word in (name[:3], *_misspelt(name))
} | _OTHER_DAYS


def on_or_after(today: date, month: int, day: int) -> date | None:
    """The next such date from `today` on; None if there never is one."""
    for year in range(today.year, today.year + _YEARS_AHEAD):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= today:
            return found
    return None


def next_nth(today: date, day: int) -> date:
    """The next 24th, say, from `today` on; `day` is one that months have."""
    while today.day != day:
        today += timedelta(days=1)
    return today


def month_day(month: int, day: int) -> str:
    """24 December, even of months that have no such day."""
    name = (
        _MONTH_NAMES[month - 1].capitalize() if 1 <= month <= 12 else f"month {month}"
    )
    return f"{day} {name}"
