"""The history of a trip: its versions as steps that can be undone and done again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from itinerary_app.acts import acts as do
from itinerary_app.acts.acts import Act
from itinerary_app.acts.codec import loads
from itinerary_app.errors import CannotPlan, InvalidInput
from itinerary_app.model import Itinerary, TripSession
from itinerary_app.storage.base import (
    MAX_VERSIONS,
    PlanVersion,
    SessionStorage,
    State,
)

UNDO, REDO = "undo", "redo"


class Found(NamedTuple):
    """A version that is to come again, and its state."""

    number: int
    state: State
    undone_from: int | None = None


@dataclass(frozen=True)
class History:
    """Versions are read from `storage` when something asks for them, and only then."""

    storage: SessionStorage
    trip: TripSession

    def find(self, act: do.Undo | do.Redo | do.Restore) -> Found:
        """What the act brings back; CannotPlan says why there is nothing."""
        match act:
            case do.Undo(count=count):
                return self._undone(count)
            case do.Redo(count=count):
                return self._redone(count)
            case do.Restore(version=int() as number):
                return self._state(number)
            case do.Restore(place=str() as place):
                return self._with_place(place)
        raise CannotPlan("Which version do you mean? Name its number or a place in it.")

    @property
    def can_undo(self) -> bool:
        return self._line.at > 0

    @property
    def can_redo(self) -> bool:
        return self._line.at < len(self._line.numbers) - 1

    @cached_property
    def versions(self) -> Sequence[PlanVersion]:
        """The newest first."""
        return self.storage.versions(self.trip.session_id, limit=MAX_VERSIONS)

    @cached_property
    def _line(self) -> Line:
        return line_of(self.versions)

    def _undone(self, count: int) -> Found:
        numbers, at = self._line
        if at == 0:
            raise CannotPlan("There is nothing to undo.")
        found = self._state(numbers[max(0, at - count)])
        return found._replace(undone_from=numbers[at])

    def _redone(self, count: int) -> Found:
        numbers, at = self._line
        if at == len(numbers) - 1:
            raise CannotPlan("There is nothing to redo: nothing was undone last.")
        return self._state(numbers[min(len(numbers) - 1, at + count)])

    def _with_place(self, place: str) -> Found:
        """The newest version before now that has the place."""
        tried: set[int] = set()
        for number in _backwards(self.versions):
            if number in tried or number == self.trip.plan_version:
                continue
            tried.add(number)
            state = self.storage.state(self.trip.session_id, number)
            if state and state.itinerary and has(state.itinerary, place):
                return Found(number, state)
        raise CannotPlan("No plan that you had before has that in it.")

    def _state(self, number: int) -> Found:
        state = self.storage.state(self.trip.session_id, number)
        if state is None:
            newest = self.trip.plan_version
            raise CannotPlan(f"There is no version {number}; the newest is {newest}.")
        return Found(number, state)


class Line(NamedTuple):
    """The versions that undo and redo walk along, oldest first, and where one is."""

    numbers: tuple[int, ...]
    at: int


def line_of(versions: Sequence[PlanVersion]) -> Line:
    """From the versions, newest first.

    An undo moves back and leaves what it undid ahead, until something new is done.
    Restoring an older plan is something new, so that it can be undone itself.
    """
    oldest = versions[-1].number - 1 if versions else 0
    numbers, at = [oldest], 0
    for version in reversed(versions):
        walked = version.acts[0].get("act") if len(version.acts) == 1 else None
        if walked in (UNDO, REDO) and version.restores in numbers:
            at = numbers.index(version.restores)
        else:
            numbers = [*numbers[: at + 1], version.number]
            at = len(numbers) - 1
    return Line(tuple(numbers), at)


def acts_of(version: PlanVersion) -> tuple[Act, ...]:
    """The acts that made the version; () where they are not known any more."""
    try:
        return loads(list(version.acts))
    except InvalidInput:  # written by a later build
        return ()


def has(plan: Itinerary, place_id: str) -> bool:
    return any(stop.place.id == place_id for stop in plan.stops)


def _backwards(versions: Sequence[PlanVersion]) -> Iterator[int]:
    for version in versions:
        yield version.number
    if versions:
        yield versions[-1].number - 1
