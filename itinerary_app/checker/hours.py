"""Whether a place is open, by the checker's own reading of its hours."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from enum import Enum
from functools import lru_cache

from opening_hours import State

from itinerary_app.catalogue.holidays import holiday
from itinerary_app.checker.reading import MIDNIGHT, Span, own_rules, spans, year
from itinerary_app.language import N_, _
from itinerary_app.model import City
from itinerary_app.text.clock import clock

ALL_DAY = N_("all day")
MORNING = 6 * 60  # what is open before belongs to the evening before
NEXT_MORNING = MORNING + MIDNIGHT

# Without dates a visit must hold on all weekdays, in each month of a season.
FIRST_DAY, DAYS = date(2026, 1, 1), 365
ENOUGH_MONTHS = 6  # of a season, for one who does not tell when
MOST = 2 / 3  # of the dates of a weekday in a month
BY_YEAR = re.compile(r"\b20[0-9][0-9]\b")
BY_DATE = ("week", "easter", "[", *(f"{date(2026, n, 1):%b}" for n in range(1, 13)))


class Openness(Enum):
    YES = "open all the time"
    NO = "closed, at least for a part of it"
    UNKNOWN = "the hours do not tell"
    HOLIDAY = "the hours do not tell of public holidays, and it is one"


def is_open(
    hours: str,
    on: date,
    arrive: int,
    leave: int,
    region: str = "",
    city: City | None = None,
) -> Openness:
    """Whether one can be there all the time from `arrive` to `leave` on this date.

    `region` has the public holidays, as catalogue/holidays.py names it; the `city` has
    the sun, by which some hours go.
    """
    answer = _answer(spans(hours, on, region, city), arrive, leave)
    if answer is Openness.YES and _is_untold(hours, on, region, city):
        return Openness.HOLIDAY
    return answer


def opens(hours: str, on: date, region: str = "", city: City | None = None) -> bool:
    """Whether it opens at all on this date, the night after it included.

    What opens early on the next morning does not count.
    """
    return _opens(spans(hours, on, region, city))


def is_open_between(
    hours: str,
    on: date,
    since: int,
    until: int,
    region: str = "",
    city: City | None = None,
) -> bool:
    """Whether one can be there at all between these minutes of the date."""
    return bool(_time(spans(hours, on, region, city), State.OPEN, since, until))


@lru_cache(maxsize=4096)
def is_always_open(hours: str, arrive: int, leave: int) -> tuple[Openness, date | None]:
    """Whether one can be there on every weekday with any opening; else, when not.

    Of a season each month counts, and of a month what holds on most dates of a weekday.
    What opens in few months only is not open in the others.
    """
    months, days = season(hours), _days(hours)
    if BY_YEAR.search(hours):
        return Openness.UNKNOWN, None
    if not months:
        vague = any(_time(mine, State.UNKNOWN, 0, MIDNIGHT) for _, mine in days)
        return Openness.UNKNOWN if vague else Openness.NO, None
    if len(months) < ENOUGH_MONTHS:
        return Openness.NO, next(day for day, _ in days if day.month not in months)
    unsure, is_usual = None, False
    for group in _by_weekday(days):
        answers = [
            (day, _answer(mine, arrive, leave)) for day, mine in group if _opens(mine)
        ]
        if 2 * len(answers) < len(group) or not answers:
            continue  # it opens on single dates only
        is_usual = True
        counts = Counter(answer for _, answer in answers)
        first = {answer: day for day, answer in reversed(answers)}
        if counts[Openness.NO] > MOST * len(answers):
            return Openness.NO, first[Openness.NO]
        if counts[Openness.YES] < (1 - MOST) * len(answers):
            unsure = unsure or first.get(Openness.UNKNOWN)
    if unsure:
        return Openness.UNKNOWN, unsure
    return Openness.YES if is_usual else Openness.NO, None


@lru_cache(maxsize=4096)
def season(hours: str) -> frozenset[int]:
    """The months in which it opens on some day, of an ordinary year."""
    months = frozenset(day.month for day, mine in _days(hours) if _opens(mine))
    by_date = any(word in hours for word in BY_DATE)
    return months if by_date or not months else frozenset(range(1, 13))


@lru_cache(maxsize=256)
def _days(hours: str) -> list[tuple[date, tuple[Span, ...]]]:
    """Dates with their spans and the next date's: a week, or a year where it counts."""
    count = DAYS if any(word in hours for word in BY_DATE) else 7
    found = year(hours, FIRST_DAY, count + 1)
    starts = [span[0] for span in found]
    days = []
    for n in range(count):
        midnight = n * MIDNIGHT
        mine = found[
            bisect_right(starts, midnight) - 1 : bisect_left(
                starts, midnight + 2 * MIDNIGHT
            )
        ]
        shifted = tuple(
            (start - midnight, end - midnight, state) for start, end, state in mine
        )
        days.append((FIRST_DAY + timedelta(n), shifted))
    return days


def _by_weekday(
    days: list[tuple[date, tuple[Span, ...]]],
) -> Iterable[list[tuple[date, tuple[Span, ...]]]]:
    """The days of each weekday, month by month."""
    groups = defaultdict(list)
    for day, mine in days:
        groups[day.month, day.weekday()].append((day, mine))
    return groups.values()


def _opens(found: tuple[Span, ...]) -> bool:
    of_today = tuple(span for span in found if span[0] < MIDNIGHT)
    return bool(_time(of_today, State.OPEN, MORNING, NEXT_MORNING))


def _answer(found: tuple[Span, ...], arrive: int, leave: int) -> Openness:
    if _time(found, State.OPEN, arrive, leave) == leave - arrive:
        return Openness.YES
    closed = _time(found, State.CLOSED, arrive, leave)
    return Openness.NO if closed else Openness.UNKNOWN


def times(hours: str, on: date, region: str = "", city: City | None = None) -> str:
    """The opening times of this date in words, "10:00–13:00, 15:00–18:00"; "" = none.

    What belongs to the evening before is left out.
    """
    told = _spans_told(hours, on, region, city)
    return _("all day") if told == ALL_DAY else told


@lru_cache(maxsize=4096)
def _spans_told(
    hours: str, on: date, region: str = "", city: City | None = None
) -> str:
    told: list[tuple[int, int]] = []
    for start, end, state in spans(hours, on, region, city):
        if state is not State.OPEN or end <= MORNING or start >= MIDNIGHT:
            continue
        if told and told[-1][1] == start:
            start = told.pop()[0]
        told.append((start, end))
    if any(end - start >= MIDNIGHT for start, end in told):
        return ALL_DAY
    return ", ".join(f"{_clock(start)}–{_clock(end)}" for start, end in told)


def _times(
    hours: str, on: date, region: str, city: City | None
) -> list[tuple[int, int]]:
    return [
        (start, min(end, MIDNIGHT))
        for start, end, state in spans(hours, on, region, city)
        if state is State.OPEN and start < MIDNIGHT
    ]


def _clock(minutes: int) -> str:
    return "24:00" if minutes == MIDNIGHT else clock(minutes)


def _time(spans: tuple[Span, ...], wanted: State, start: int, end: int) -> int:
    """How many of the minutes from `start` to `end` are in the wanted state."""
    return sum(
        max(0, min(end, to) - max(start, since))
        for since, to, state in spans
        if state is wanted
    )


def _is_untold(hours: str, on: date, region: str, city: City | None) -> bool:
    """Whether it is a public holiday, and neither a rule for them nor one for this date
    makes it another day than the same weekday a week before and after.
    """
    if not holiday(on, region) or hours == "24/7" or own_rules(hours, on):
        return False
    weeks = (on - timedelta(7), on + timedelta(7))
    now = _times(hours, on, region, city)
    if "sun" in hours:
        return any(_times(hours, day, "", city) for day in weeks)
    return now in [_times(hours, day, "", city) for day in weeks]
