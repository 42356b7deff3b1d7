"""What can be done with a place: a visit or a meal, and when it may start."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from itinerary_app.catalogue import hours
from itinerary_app.catalogue.holidays import shuts, stands_still
from itinerary_app.catalogue.kinds import (
    VISIT_MINUTES,
    has_doors,
    is_for_views,
    needs_light,
)
from itinerary_app.catalogue.mealtimes import LONG_VISIT
from itinerary_app.catalogue.osm_hours import intersection
from itinerary_app.model import Category, Place, Stop, StopKind
from itinerary_app.planner.day.frames import SHORTEST_VISIT, Frame
from itinerary_app.planner.day.paces import GRAIN
from itinerary_app.text.clock import clock
from itinerary_app.text.dates import in_words

# What is left of the worth, and what is taken off a meal's, where nobody told whether
# it opens: on a public holiday, and at all.
UNSURE_VISIT, UNKNOWN_VISIT = 0.5, 0.9
SHUT_VISIT = 0.02  # on Christmas Day, behind doors
UNSURE_MEAL = 30_000  # of a prize: 50 minutes on the way to one that surely opens
UNKNOWN_MEAL = 3_000
MOST_LOST = 1_000_000  # of a prize that is so high because it was asked for


MEALS = (StopKind.LUNCH, StopKind.DINNER)
MEAL_PRIZE = 1_000_000  # no sight is worth a missed meal
# A meal at a sight is hardly worse than elsewhere, if time is left for no other.
HELD_PRIZE = MEAL_PRIZE - 50_000
WHOLE = 240  # minutes; what takes so long leaves no time for lunch elsewhere
ELSEWHERE = 30  # minutes to a lunch before or after a long visit

# earliest, latest, minutes, prize, whether it holds lunch
OUTING_STARTS = 11 * 60 + 30  # at the latest

_When = tuple[int, int, int, int, bool]


@dataclass(frozen=True, slots=True)
class Option:
    """One way to do a place. Times are minutes after midnight."""

    place: Place
    kind: StopKind
    earliest: int  # start
    latest: int  # start
    minutes: int
    prize: int
    days: frozenset[int]  # the numbers of the days on which this holds
    lunch: bool = False  # whether one has lunch there, as part of the visit
    pause: bool = False  # no stop, but time for a meal at the place where one is

    @property
    def eats(self) -> StopKind | None:
        """The meal that it is, or that one has there."""
        if self.lunch:
            return StopKind.LUNCH
        return self.kind if self.kind in MEALS else None


@dataclass(frozen=True, slots=True)
class Choice:
    """Options of which one at most is taken, or exactly one if required."""

    options: tuple[Option, ...]
    required: bool = False

    @property
    def place(self) -> Place:
        return self.options[0].place


def visits(
    place: Place, prize: int, frames: Sequence[Frame], *, wide: bool = False
) -> tuple[Option, ...]:
    """The visits that hours and wishes allow on these days, one for each window.

    What takes so long that no lunch could stand before or after it has a second one
    over lunch, which is then had there. A visit may be cut by half where a place
    closes, but not if its length was stated. `wide` is for a time that the traveller
    asked for: whenever it is not known to be closed, and however short.
    """
    usual = place.minutes or VISIT_MINUTES[place.category]
    found: dict[_When, list[int]] = {}
    for frame in frames:
        still = place.is_by_timetable and stands_still(frame.date, frame.region)
        if still and not wide:
            continue
        stated = frame.terms.stays.get(place.id)
        at = frame.terms.times.get(place.id)
        doubtful = prize - int(min(prize, MOST_LOST) * (1 - _share(place, frame)))
        shut = _may_be_shut(place, frame)  # and has no lunch
        found_here = _windows(place, frame, wide=wide or at is not None)
        for opens, closes, is_sure in found_here:
            worth = prize if is_sure else doubtful
            earliest = -(-opens // GRAIN) * GRAIN
            if at is not None:
                earliest = at if at >= opens else closes
            left = (closes - earliest) // GRAIN * GRAIN
            minutes = stated or min(usual, left)
            latest = _latest(place, closes - minutes) if at is None else at
            least = SHORTEST_VISIT if wide else max(SHORTEST_VISIT, usual // 2)
            enough = minutes >= min(usual, stated or least)
            if enough and earliest <= latest and earliest + minutes <= closes:
                when = earliest, latest, minutes, worth, False
                found.setdefault(when, []).append(frame.number)
                if not shut and (
                    over := _over_lunch(place, earliest, latest, minutes, frame)
                ):
                    when = *over, minutes, worth + HELD_PRIZE, True
                    found.setdefault(when, []).append(frame.number)
    return _options(place, StopKind.VISIT, found)


def meals(
    place: Place,
    prize: int,
    frames: Sequence[Frame],
    kinds: Iterable[StopKind] = MEALS,
) -> tuple[Option, ...]:
    """The meals of these kinds that hours and wishes allow on these days."""
    options: tuple[Option, ...] = ()
    for kind in kinds:
        found: dict[_When, list[int]] = {}
        for frame in frames:
            if not frame.serves(kind):
                continue
            holiday = hours.unsure(place.hours, frame.date, frame.region)
            doubtful = max(0, prize - (UNSURE_MEAL if holiday else UNKNOWN_MEAL))
            first, last = meal_window(place, kind, frame)
            minutes = frame.terms.stays.get(place.id, frame.meal(kind).minutes)
            for opens, closes, is_sure in _windows(place, frame, wide=first == last):
                worth = prize if is_sure else doubtful
                earliest = max(first, -(-opens // GRAIN) * GRAIN)
                latest = min(last, closes - minutes)
                if earliest <= latest:
                    when = earliest, latest, minutes, worth, False
                    found.setdefault(when, []).append(frame.number)
        options += _options(place, kind, found)
    return options


def meal_window(place: Place, kind: StopKind, frame: Frame) -> tuple[int, int]:
    """When the meal may begin there."""
    at = frame.terms.times.get(place.id)
    return frame.meal(kind)[:2] if at is None else (at, at)


def of_kind(
    place: Place,
    kind: StopKind,
    prize: int,
    frames: Sequence[Frame],
    *,
    wide: bool = False,
) -> tuple[Option, ...]:
    """The visits, or the meals of this kind."""
    if kind is StopKind.VISIT:
        return visits(place, prize, frames, wide=wide)
    return meals(place, prize, frames, (kind,))


def is_meal(place: Place) -> bool:
    """Whether it is for meals only."""
    return place.category is Category.RESTAURANT


def pinned(stop: Stop, day: int, prize: int = 0) -> Option:
    """The stop where it stands."""
    minutes = stop.leave - stop.arrive
    return Option(
        stop.place, stop.kind, stop.arrive, stop.arrive, minutes, prize,
        frozenset((day,)),
    )  # fmt: skip


def objection(stop: Stop, frame: Frame) -> str:
    """Why the stop can't stay as it is on this day, or ""."""
    terms, place = frame.terms, stop.place
    at, minutes = terms.times.get(place.id), stop.leave - stop.arrive
    if at not in (None, stop.arrive):
        return f"it is to begin at {clock(at or 0)}"
    if terms.stays.get(place.id, minutes) != minutes:
        return "it is to last longer or shorter"
    if any(stop.arrive < end and start < stop.leave for start, end in frame.blocked):
        return "that time is to be kept free"
    if stop.kind in MEALS:
        if not frame.serves(stop.kind):
            return f"you want no {stop.kind} then"
        first, last = meal_window(place, stop.kind, frame)
        if not first <= stop.arrive <= last:
            return f"{stop.kind} is to begin at another time"
    possible = hours.possible(place.hours, frame.date, frame.region, frame.light)
    if not _is_in(stop, possible):
        on = f", on {in_words(frame.date)}" if frame.date else ""
        return f"it is closed then{on}"
    if at is None and not _is_in(stop, _lit(possible, place, frame) or possible):
        return "it is dark then"
    return ""


def _is_in(stop: Stop, windows: Iterable[tuple[int, int]]) -> bool:
    """Whether the whole stop lies in one of the windows."""
    return any(start <= stop.arrive and stop.leave <= end for start, end in windows)


def within(option: Option, start: int, end: int) -> Option | None:
    """The option between these minutes of the day; None if there is no time for it."""
    earliest = max(option.earliest, start)
    latest = min(option.latest, end - option.minutes)
    if earliest > latest:
        return None
    return replace(option, earliest=earliest, latest=latest)


def _latest(place: Place, latest: int) -> int:
    """An outing begins in the morning."""
    return min(latest, OUTING_STARTS) if place.is_outing else latest


def _over_lunch(
    place: Place, earliest: int, latest: int, minutes: int, frame: Frame
) -> tuple[int, int] | None:
    """When the visit may start to hold lunch; None where that has a time of its own.

    One is away from lunch on the ferry or the train, too.
    """
    earliest, latest = earliest - place.away, latest - place.away
    minutes += 2 * place.away
    if minutes < LONG_VISIT or not frame.has_time_for(StopKind.LUNCH):
        return None
    lunch = frame.meal(StopKind.LUNCH)
    is_over = lunch.earliest + lunch.minutes
    if minutes < WHOLE:
        after = max(earliest, frame.start) + minutes + ELSEWHERE <= lunch.latest
        before = is_over + ELSEWHERE <= min(latest, frame.end - minutes)
        if before or after:
            return None
    first = max(earliest, lunch.latest - minutes + GRAIN)
    last = min(latest, is_over - GRAIN)
    return (first + place.away, last + place.away) if first <= last else None


def _share(place: Place, frame: Frame) -> float:
    """What is left of its worth where it may be closed."""
    if hours.unsure(place.hours, frame.date, frame.region):
        return SHUT_VISIT if _may_be_shut(place, frame) else UNSURE_VISIT
    return UNKNOWN_VISIT if place.hours else 1.0  # without any it is worth less anyway


def _may_be_shut(place: Place, frame: Frame) -> bool:
    """Whether one had better not count on it on Christmas Day."""
    return (
        shuts(frame.date, frame.region)
        and has_doors(place)
        and bool(hours.unsure(place.hours, frame.date, frame.region))
    )


def _windows(place: Place, frame: Frame, *, wide: bool) -> list[tuple[int, int, bool]]:
    """When one can be there on this day, and whether it is sure that it is open."""
    when = frame.date, frame.region, frame.light
    if wide:
        surely = hours.openings(place.hours, *when).surely
        perhaps = hours.perhaps(place.hours, *when)
    else:
        surely = hours.windows(place.hours, place.category, *when)
        perhaps = hours.likely(place.hours, place.category, *when)
        lit = [_lit(it, place, frame) for it in (surely, perhaps)]
        if any(lit):  # else it opens at night only
            surely, perhaps = lit
    windows = [(*window, True) for window in surely]
    windows += [(*window, False) for window in perhaps]
    for start, end in frame.blocked:
        parts = [(o, min(c, start), sure) for o, c, sure in windows]
        parts += [(max(o, end), c, sure) for o, c, sure in windows]
        windows = sorted(part for part in parts if part[0] < part[1])
    return windows


def _lit(
    windows: Sequence[tuple[int, int]], place: Place, frame: Frame
) -> tuple[tuple[int, int], ...]:
    """The windows by daylight, of what needs it; views may begin until sunset."""
    if frame.light and needs_light(place):
        return intersection(windows, (frame.light,))
    if frame.light and is_for_views(place):
        sets = frame.light[1]
        usual = place.minutes or VISIT_MINUTES[place.category]
        last = sets + frame.terms.stays.get(place.id, usual)
        return tuple((o, min(c, last)) for o, c in windows if o <= sets)
    return tuple(windows)


def _options(
    place: Place,
    kind: StopKind,
    found: dict[_When, list[int]],
) -> tuple[Option, ...]:
    return tuple(
        Option(place, kind, *when[:4], frozenset(numbers), lunch=when[4])
        for when, numbers in found.items()
    )
