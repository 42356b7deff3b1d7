"""The list of a trip's versions, and what each changed by day and stop."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from itinerary_app.acts import acts as do
from itinerary_app.acts.acts import Act
from itinerary_app.assistant.reader import Scene
from itinerary_app.assistant.telling.changed import done
from itinerary_app.assistant.telling.step import Step
from itinerary_app.assistant.telling.versions import difference
from itinerary_app.storage.base import PlanVersion, State
from itinerary_app.trips.history import History, acts_of, line_of


@dataclass(frozen=True, slots=True)
class Version:
    """One line of the list. `changed` has a sentence for each day that became another.

    `words` are those of the acts, `is_current` whether it is what the trip is now,
    `has_plan` whether there was one.
    """

    number: int
    created_at: datetime
    acts: tuple[Act, ...]
    words: str
    changed: tuple[str, ...]
    restores: int | None
    is_current: bool
    has_plan: bool


@dataclass(frozen=True, slots=True)
class Versions:
    """The newest first, and whether one can go back and forth from here."""

    versions: tuple[Version, ...]
    can_undo: bool
    can_redo: bool


def listed(history: History, scene: Scene, limit: int) -> Versions:
    """The newest `limit` versions."""
    return Versions(
        tuple(_listed(history, scene, limit)), history.can_undo, history.can_redo
    )


def _listed(history: History, scene: Scene, limit: int) -> Iterator[Version]:
    trip = history.trip
    after = State(trip.preferences, trip.itinerary)
    for version in history.versions[:limit]:
        before = history.storage.state(trip.session_id, version.number - 1)
        is_current = version.number == trip.plan_version
        acts = acts_of(version)
        yield Version(
            version.number,
            version.created_at,
            acts,
            _words(version, history, scene),
            _changed(before, after, scene) if before else (),
            version.restores,
            is_current,
            after.itinerary is not None,
        )
        if before is None:
            return
        after = before


def _words(version: PlanVersion, history: History, scene: Scene) -> str:
    """What was done; of a way back and forth also which changes it went over."""
    acts = acts_of(version)
    match acts:
        case (do.Undo(),):
            told = "undid"
        case (do.Redo(),):
            told = "did again"
        case _:
            return done(acts, scene)
    numbers, at = line_of([it for it in history.versions if it.number < version.number])
    if version.restores not in numbers:
        return done(acts, scene)
    first, last = sorted((at, numbers.index(version.restores)))
    over = numbers[first + 1 : last + 1]
    made = {it.number: done(acts_of(it), scene) for it in history.versions}
    return f"{told}: " + ", then ".join(made[it] for it in over if it in made)


def _changed(before: State, after: State, scene: Scene) -> tuple[str, ...]:
    step = Step(
        None, before.preferences, after.preferences, before.itinerary, after.itinerary
    )
    return tuple(difference(step, scene))
