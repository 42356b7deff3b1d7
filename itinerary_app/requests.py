"""What planners are asked for: a plan, or an edit of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from itinerary_app.model import (
    Budget,
    Category,
    Diet,
    Interest,
    Mobility,
    Pace,
    Preferences,
)


@dataclass(frozen=True, slots=True)
class PlanRequest:
    """All that the planner needs to know, with defaults for what was not told.

    The fields mean what they mean in `Preferences`.
    """

    city: str  # the name of a covered city
    days: int
    interests: tuple[Interest, ...] = ()
    pace: Pace = Pace.MODERATE
    budget: Budget = Budget.MODERATE
    avoid: tuple[Category, ...] = ()
    must_see: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    locked: tuple[str, ...] = ()
    start_date: date | None = None
    arrive: int | None = None  # minutes after midnight, as those below
    depart: int | None = None
    day_start: int | None = None
    day_end: int | None = None
    diets: tuple[Diet, ...] = ()
    mobility: tuple[Mobility, ...] = ()
    spend_limit: int | None = None

    def date_of(self, day: int) -> date | None:
        """The date of the day with this number, from 1; None when none was told."""
        return self.start_date and self.start_date + timedelta(days=day - 1)

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
            locked=preferences.locked,
            start_date=preferences.start_date,
            arrive=preferences.arrive,
            depart=preferences.depart,
            day_start=preferences.day_start,
            day_end=preferences.day_end,
            diets=preferences.diets,
            mobility=preferences.mobility,
            spend_limit=preferences.spend_limit,
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
