"""Pauses: time for a meal on a day on which none is planned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from itinerary_app.model import Day, StopKind
from itinerary_app.planner.day.frames import Frame
from itinerary_app.planner.day.options import MEALS, Choice, Option

SHORTEST = 45  # minutes


def lacking(day: Day, frame: Frame) -> list[StopKind]:
    """The meals that the day's hours have room for, and that nobody planned."""
    had = {kind for stop in day.stops for kind in (stop.kind, stop.holds)}
    return [it for it in MEALS if it not in had and frame.has_time_for(it)]


def pause(day: Day, frame: Frame, kind: StopKind) -> tuple[int, int] | None:
    """From when to when there is time for the meal, in minutes after midnight.

    Before the first stop and after the last one there is, too.
    """
    meal = frame.meal(kind)
    since, until = meal.earliest, meal.latest + meal.minutes
    for start, end in _free(day, frame):
        begins, ends = max(start, since), min(end, until)
        if ends - begins >= SHORTEST:
            return begins, min(ends, begins + meal.minutes)
    return None


def paused(
    route: Sequence[Option], frame: Frame, kind: StopKind
) -> Iterator[tuple[int, Choice]]:
    """The pauses before each stop, each at the place where one is then, with their
    positions.
    """
    meal = frame.meal(kind)
    latest = meal.latest + meal.minutes - SHORTEST
    for at, option in enumerate([*route[:1], *route[:-1]]):
        found = Option(
            option.place, kind, meal.earliest, latest, SHORTEST, 0,
            frozenset((frame.number,)), pause=True,
        )  # fmt: skip
        yield at, Choice((found,), required=True)


def _free(day: Day, frame: Frame) -> Iterator[tuple[int, int]]:
    free = 0
    for stop in day.stops:
        yield free, stop.arrive - stop.travel_minutes
        free = stop.leave
    yield frame.returning(day.stops[-1]) if day.stops else free, 48 * 60
