"""Step: one act of a change, with the wishes and the plan before and after it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from itinerary_app.acts.acts import Act, Clear, SetHours
from itinerary_app.model import Day, Itinerary, Preferences, Stop, StopKind


class Planned(NamedTuple):
    """A stop and its day."""

    day: Day
    stop: Stop


@dataclass(frozen=True)
class Step:
    """`act` is None where a plan is made, or is made to keep to changed wishes.

    `why` says why the plan could not follow, in a sentence.
    """

    act: Act | None
    told: Preferences
    wishes: Preferences
    before: Itinerary | None
    after: Itinerary | None
    why: str = ""

    @cached_property
    def old(self) -> dict[str, Planned]:
        return _planned(self.before)

    @cached_property
    def new(self) -> dict[str, Planned]:
        return _planned(self.after)

    @property
    def gone(self) -> list[Planned]:
        return [item for key, item in self.old.items() if key not in self.new]

    @property
    def come(self) -> list[Planned]:
        return [item for key, item in self.new.items() if key not in self.old]

    @property
    def moved(self) -> list[Planned]:
        """What is on another day than before, whose number did not just change."""
        if len(self._days(self.before)) != len(self._days(self.after)):
            return []
        return [
            item
            for key, item in self.new.items()
            if key in self.old and self.old[key].day.number != item.day.number
        ]

    @property
    def left_open(self) -> list[Planned]:
        """The meals that had a table before, and have none any more."""
        now = {(it.day.number, it.stop.kind) for it in self.new.values()}
        kinds = (StopKind.LUNCH, StopKind.DINNER)
        meals = [it for it in self.old.values() if it.stop.kind in kinds]
        return [it for it in meals if (it.day.number, it.stop.kind) not in now]

    @property
    def changed_days(self) -> tuple[int, ...]:
        """The numbers of the days whose stops are others, or in another order."""
        before = {day.number: _ids(day) for day in self._days(self.before)}
        after = {day.number: _ids(day) for day in self._days(self.after)}
        numbers = sorted(before.keys() | after.keys())
        return tuple(it for it in numbers if before.get(it) != after.get(it))

    @staticmethod
    def _days(plan: Itinerary | None) -> tuple[Day, ...]:
        return plan.days if plan else ()


def as_left(steps: Sequence[Step]) -> list[Step]:
    """The steps with the hours and the order in which the last one left the stops that
    each of them placed: nothing is told as it was only in between.
    """
    last = steps[-1].after if steps else None
    if last is None:
        return list(steps)
    kept = {(day.number, stop.place.id): stop for day, stop in planned(last)}
    made: list[Step] = []
    for step in steps:
        after = step.after
        if after is not None and after is not last and after.cities == last.cities:
            days = tuple(_retimed(day, kept) for day in after.days)
            step = replace(step, after=replace(after, days=days))
        made.append(step)
    return made


def as_one(steps: Sequence[Step]) -> list[Step]:
    """The same rest on several days as one step, and hours of all days as one with what
    the plan then had to change for them.
    """
    made: list[Step] = []
    for step in steps:
        last = made[-1] if made else None
        rests = last and _rests(last) and _rests(step)
        follows = last and step.act is None and _is_of_all_days(last)
        if last and (rests or follows) and last.after is step.before:
            made[-1] = replace(last, after=step.after, wishes=step.wishes)
        else:
            made.append(step)
    return made


def _rests(step: Step) -> bool:
    act = step.act
    return isinstance(act, Clear) and bool(act.start) and act.free and not step.why


def _is_of_all_days(step: Step) -> bool:
    return isinstance(step.act, SetHours) and step.act.day is None


def _retimed(day: Day, kept: Mapping[tuple[int, str], Stop]) -> Day:
    now = (kept.get((day.number, it.place.id), it) for it in day.stops)
    return replace(day, stops=tuple(sorted(now, key=lambda it: it.arrive)))


def planned(plan: Itinerary | None) -> Iterator[Planned]:
    """All stops with their days, in order."""
    for day in plan.days if plan else ():
        for stop in day.stops:
            yield Planned(day, stop)


def _planned(plan: Itinerary | None) -> dict[str, Planned]:
    return {item.stop.place.id: item for item in planned(plan)}


def _ids(day: Day) -> list[str]:
    return [stop.place.id for stop in day.stops]
