"""What can be done with a place: a visit or a meal, and when it may start."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from itinerary_app.catalogue import hours
from itinerary_app.catalogue.hours import Window
from itinerary_app.catalogue.kinds import VISIT_MINUTES
from itinerary_app.model import Place, Stop, StopKind
from itinerary_app.planner.day.frames import Frame
from itinerary_app.planner.day.paces import GRAIN

SHORTEST_VISIT = 30  # minutes


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


@dataclass(frozen=True, slots=True)
class Choice:
    """Options of which one at most is taken, or exactly one if required."""

    options: tuple[Option, ...]
    required: bool = False

    @property
    def place(self) -> Place:
        return self.options[0].place


@dataclass(frozen=True, slots=True)
class Meal:
    earliest: int  # start
    latest: int  # start; no later than `minutes` on, so that no day holds two
    minutes: int


MEALS = {
    StopKind.LUNCH: Meal(earliest=720, latest=780, minutes=60),
    StopKind.DINNER: Meal(earliest=1110, latest=1170, minutes=75),
}


def visits(place: Place, prize: int, frames: Sequence[Frame]) -> tuple[Option, ...]:
    """The visits that the place's hours allow on these days, one for each window."""
    usual = place.minutes or VISIT_MINUTES[place.category]
    found = []
    for (opens, closes), days in _windows(place, frames):
        earliest = -(-opens // GRAIN) * GRAIN
        minutes = min(usual, (closes - earliest) // GRAIN * GRAIN)
        if minutes >= min(usual, SHORTEST_VISIT):
            latest = closes - minutes
            found.append(
                Option(place, StopKind.VISIT, earliest, latest, minutes, prize, days)
            )
    return tuple(found)


def meals(
    place: Place,
    prize: int,
    frames: Sequence[Frame],
    kinds: Iterable[StopKind] = tuple(MEALS),
) -> tuple[Option, ...]:
    """The meals of these kinds that the place's hours allow on these days."""
    found = []
    for kind in kinds:
        meal = MEALS[kind]
        for (opens, closes), days in _windows(place, frames):
            earliest = max(meal.earliest, -(-opens // GRAIN) * GRAIN)
            latest = min(meal.latest, closes - meal.minutes)
            if earliest <= latest:
                found.append(
                    Option(place, kind, earliest, latest, meal.minutes, prize, days)
                )
    return tuple(found)


def of_kind(
    place: Place, kind: StopKind, prize: int, frames: Sequence[Frame]
) -> tuple[Option, ...]:
    """The visits, or the meals of this kind."""
    if kind is StopKind.VISIT:
        return visits(place, prize, frames)
    return meals(place, prize, frames, (kind,))


def pinned(stop: Stop, day: int, prize: int = 0) -> Option:
    """The stop where it stands."""
    minutes = stop.leave - stop.arrive
    return Option(
        stop.place, stop.kind, stop.arrive, stop.arrive, minutes, prize,
        frozenset((day,)),
    )  # fmt: skip


def is_open(stop: Stop, frame: Frame) -> bool:
    """Whether the stop keeps to its known hours, and to those of its meal."""
    meal = MEALS.get(stop.kind)
    if meal and not meal.earliest <= stop.arrive <= meal.latest:
        return False
    return stop.place.hours is None or any(
        opens <= stop.arrive and stop.leave <= closes
        for opens, closes in hours.windows(
            stop.place.hours, stop.place.category, frame.date, frame.country
        )
    )


def _windows(
    place: Place, frames: Sequence[Frame]
) -> list[tuple[Window, frozenset[int]]]:
    """When one can be there, and on which of the days."""
    days: dict[Window, list[int]] = {}
    for frame in frames:
        for window in hours.windows(
            place.hours, place.category, frame.date, frame.country
        ):
            days.setdefault(window, []).append(frame.number)
    return [(window, frozenset(numbers)) for window, numbers in days.items()]
