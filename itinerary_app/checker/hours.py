"""The checker's own reading of opening hours, apart from the planner's."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from enum import Enum
from functools import lru_cache

from opening_hours import (  # type: ignore[attr-defined]  # its stub forgets two
    OpeningHours,
    ParserError,
    State,
    UnknownCountryError,
)

from itinerary_app.text.clock import clock

Span = tuple[int, int, State]  # minutes after midnight; past 1440 is the next day

MORNING = 6 * 60  # what is open before belongs to the evening before
MIDNIGHT = 24 * 60  # the one that ends the day
NEXT_MORNING = MORNING + MIDNIGHT

# Without dates a visit must hold on all weekdays, in winter and in summer.
_MONDAYS = (date(2026, 1, 12), date(2026, 7, 13))
_WEEKS = tuple(monday + timedelta(n) for monday in _MONDAYS for n in range(7))


UNREADABLE = "24/7 unknown"  # what stands for hours that nobody can read


class Openness(Enum):
    YES = "open all the time"
    NO = "closed, at least for a part of it"
    UNKNOWN = "the hours do not tell"


def is_open(
    hours: str, on: date, arrive: int, leave: int, country: str = ""
) -> Openness:
    """Whether one can be there all the time from `arrive` to `leave` on this date.

    `country` (ISO 3166 alpha-2) has the public holidays, if the library knows them.
    """
    spans = _spans(hours, country, on)
    if _time(spans, State.OPEN, arrive, leave) == leave - arrive:
        return Openness.YES
    if _time(spans, State.CLOSED, arrive, leave):
        return Openness.NO
    return Openness.UNKNOWN


def opens(hours: str, on: date, country: str = "") -> bool:
    """Whether it opens at all on this date, the night after it included.

    What opens early on the next morning does not count.
    """
    of_today = tuple(span for span in _spans(hours, country, on) if span[0] < MIDNIGHT)
    return bool(_time(of_today, State.OPEN, MORNING, NEXT_MORNING))


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
def times(hours: str, on: date, country: str = "") -> str:
    """The opening times of this date in words, "10:00–13:00, 15:00–18:00"; "" = none.

    What belongs to the evening before is left out.
    """
    told: list[tuple[int, int]] = []
    for start, end, state in _spans(hours, country, on):
        if state is not State.OPEN or end <= MORNING or start >= MIDNIGHT:
            continue
        if told and told[-1][1] == start:
            start = told.pop()[0]
        told.append((start, end))
    if any(end - start >= MIDNIGHT for start, end in told):
        return "all day"
    return ", ".join(f"{_clock(start)}–{_clock(end)}" for start, end in told)


def _clock(minutes: int) -> str:
    return "24:00" if minutes == MIDNIGHT else clock(minutes)


def _time(spans: tuple[Span, ...], wanted: State, start: int, end: int) -> int:
    """How many of the minutes from `start` to `end` are in the wanted state."""
    return sum(
        max(0, min(end, to) - max(start, since))
        for since, to, state in spans
        if state is wanted
    )


@lru_cache(maxsize=16384)
def _spans(hours: str, country: str, on: date) -> tuple[Span, ...]:
    midnight = datetime.combine(on, time())
    found = _read(hours, country).intervals(midnight, midnight + timedelta(days=2))
    return tuple(
        (_minutes(start - midnight), _minutes(end - midnight), state)
        for start, end, state, _ in found
    )


@lru_cache(maxsize=4096)
def _read(hours: str, country: str) -> OpeningHours:
    try:
        return OpeningHours(
            hours, country=country or None, auto_country=False, auto_timezone=False
        )
    except UnknownCountryError:
        return _read(hours, "")
    except ParserError:
        return _read(UNREADABLE, "")


def _minutes(delta: timedelta) -> int:
    return int(delta.total_seconds()) // 60
