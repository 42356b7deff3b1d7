"""Found: a date as it stands in a text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Found:
    """A date in a text. One that cannot be has a `fault` instead of a `day`; a month
    that another date took has neither.

    With `loose` the year was not told; of a `weekday` or an `nth` day of the month
    nothing else was. The date beside it then decides which one is meant.
    """

    start: int
    end: int
    day: date | None = None
    loose: bool = False
    weekday: bool = False
    nth: bool = False
    fault: str = ""


def of_trip(found: Found, days: Iterable[date]) -> Found:
    """ "The 14th" of a trip with dates: the one that is nearest to them."""
    of_trip = sorted(days)
    if not (found.nth and found.day and of_trip):
        return found
    middle = of_trip[len(of_trip) // 2]
    near = (middle + timedelta(days=n) for n in range(-15, 17))
    day = next((it for it in near if it.day == found.day.day), found.day)
    return replace(found, day=day, nth=False)
