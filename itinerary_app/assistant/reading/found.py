"""Found: a date as it stands in a text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


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
