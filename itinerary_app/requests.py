"""What planners are asked for: a plan, or an edit of one."""

from __future__ import annotations

from dataclasses import dataclass

from itinerary_app.model import (
    Budget,
    Category,
    Interest,
    Pace,
    Preferences,
)


@dataclass(frozen=True, slots=True)
class PlanRequest:
    """All that the planner needs to know, with defaults for what was not told."""

    city: str  # the name of a covered city
    days: int
    interests: tuple[Interest, ...] = ()
    pace: Pace = Pace.MODERATE
    budget: Budget = Budget.MODERATE
    avoid: tuple[Category, ...] = ()
    must_see: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()

    @classmethod
    def from_preferences(cls, preferences: Preferences) -> PlanRequest | None:
        """The request, or None while city or number of days are unknown."""
        if preferences.city is None or preferences.duration_days is None:
            return None
        return cls(
            city=preferences.city,
            days=preferences.duration_days,
            interests=preferences.interests,
            pace=preferences.pace or Pace.MODERATE,
            budget=preferences.budget or Budget.MODERATE,
            avoid=preferences.avoid,
            must_see=preferences.must_see,
            excluded=preferences.excluded,
        )


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


Edit = ChangePace | SwapStop | RemoveStop | AddStop | ChangeDays | RemoveDay
