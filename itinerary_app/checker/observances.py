"""What hours say of religious days, by the checker's own reading of their comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from opening_hours import State

from itinerary_app.catalogue.light import daylight
from itinerary_app.catalogue.observances import is_ramadan, jewish_holiday
from itinerary_app.model import City

Span = tuple[int, int, State]  # as in reading.py

COMMENT = re.compile(r'"([^"]*)"')
EARLY = 15 * 60  # nobody knows how much later a sight closes in Ramadan
DUSK = 18 * 60  # where the sun is not known
DAY = 24 * 60


def observed(
    found: list[Span], hours: str, on: date, where: str, city: City | None
) -> list[Span]:
    """The states of this date and the next, as religious days change those of this."""
    told = " ".join(COMMENT.findall(hours))
    if is_closed(told, on):
        return [part for span in found for part in _put(span, 0, DAY, State.CLOSED)]
    if "Ramadan" not in told or not is_ramadan(on, where):
        return found
    light = daylight(city, on) if city else None
    dusk = light[1] if light else DUSK
    since, until = (0, dusk) if "by day" in told else (EARLY, DAY + DUSK // 3)
    return [
        part
        for span in found
        for part in (
            _put(span, since, until, State.UNKNOWN)
            if span[2] is State.OPEN
            else (span,)
        )
    ]


def is_closed(told: str, on: date) -> bool:
    """Whether these comments say that it is closed for a Jewish holiday."""
    name = jewish_holiday(on)
    return bool(name) and ("Jewish holidays" in told or (name in told))


def _put(span: Span, start: int, end: int, state: State) -> Iterator[Span]:
    """The span with this state between the minutes, as far as it goes."""
    since, until, before = span
    parts = ((since, min(until, start), before),
             (max(since, start), min(until, end), state),
             (max(since, end), until, before))  # fmt: skip
    yield from (part for part in parts if part[0] < part[1])
