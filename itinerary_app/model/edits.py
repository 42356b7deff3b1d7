"""What a plan can be asked to change in."""

from __future__ import annotations

from dataclasses import dataclass

from itinerary_app.model.place import Category, Interest


@dataclass(frozen=True, slots=True)
class ChangePace:
    """Make one day a step calmer or fuller."""

    day: int
    calmer: bool


@dataclass(frozen=True, slots=True)
class SwapStop:
    """Replace a stop: by the place of `other_id`, or by the best of the wanted kind."""

    day: int
    place_id: str
    wanted: Category | Interest | None = None
    other_id: str | None = None


@dataclass(frozen=True, slots=True)
class RemoveStop:
    day: int
    place_id: str


@dataclass(frozen=True, slots=True)
class AddStop:
    """Add a place, named by id or by kind, on a day (None: where it fits best)."""

    day: int | None
    place_id: str | None = None
    wanted: Category | Interest | None = None


@dataclass(frozen=True, slots=True)
class ChangeDays:
    """Have so many days: new ones come at the end, the last ones go."""

    days: int


@dataclass(frozen=True, slots=True)
class RemoveDay:
    """Take one day out; those after it move up."""

    day: int


@dataclass(frozen=True, slots=True)
class MoveStop:
    """Take a stop to another day, where it fits best there."""

    place_id: str
    to_day: int


@dataclass(frozen=True, slots=True)
class SetHours:
    """Begin or end a day at a time (minutes after midnight); None leaves it as is."""

    day: int
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Refit:
    """Make the plan keep to a request that changed: what does already, stays.

    `cheaper` asks besides for less known admission than now, on one day or all.
    """

    cheaper: bool = False
    day: int | None = None


Edit = (
    ChangePace
    | SwapStop
    | RemoveStop
    | AddStop
    | MoveStop
    | SetHours
    | ChangeDays
    | RemoveDay
    | Refit
)
