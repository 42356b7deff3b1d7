"""What a planner is asked for."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any

from itinerary_app.model.dayparts import StopKind
from itinerary_app.model.place import Category, Diet, Interest
from itinerary_app.model.preferences import (
    Base,
    Budget,
    Leg,
    Mobility,
    OwnPlace,
    Pace,
    Preferences,
)

AT_THE_DOOR = ""  # in `arrive_at`: where one sleeps, as a way is from door to door


@dataclass(frozen=True, slots=True)
class PlanRequest:
    """All that the planner needs to know, with defaults for what is open.

    The fields mean what they mean in `Preferences`. `first` is the number of the first
    day, where the request is for a part of a trip; `start_date` is that of day 1.
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
    at_most: tuple[tuple[str, int], ...] = ()
    no_more: tuple[str, ...] = ()
    times: tuple[tuple[str, int], ...] = ()
    stays: tuple[tuple[str, int], ...] = ()
    skipped: tuple[StopKind, ...] = ()
    meal_times: tuple[tuple[StopKind, int], ...] = ()
    legs: tuple[Leg, ...] = ()
    first: int = 1
    children: int | None = None
    base: str | None = None
    arrive_at: str | None = None
    depart_at: str | None = None
    bases: tuple[Base, ...] = ()
    depart_there: bool = False
    own: tuple[OwnPlace, ...] = ()
    goes_on: bool = False  # the night after the last day is spent here, too

    @property
    def last(self) -> int:
        """The number of the last day."""
        return self.first + self.days - 1

    def freed_since(self, before: PlanRequest) -> tuple[int, ...]:
        """The numbers of the days that have more time than `before`: the first if one
        comes earlier, the last if one leaves later, all if days begin or end so.
        """
        every = range(self.first, self.last + 1)
        if _gave_way(before.day_start, self.day_start, later=False):
            return tuple(every)
        if _gave_way(before.day_end, self.day_end, later=True):
            return tuple(every)
        came = _gave_way(before.arrive, self.arrive, later=False)
        leaves = _gave_way(before.depart, self.depart, later=True)
        ends = [self.first] * came + [self.last] * leaves
        return tuple(dict.fromkeys(ends))

    def date_of(self, day: int) -> date | None:
        """The date of the day with this number, from 1; None where dates are open."""
        return self.start_date and self.start_date + timedelta(days=day - 1)

    @classmethod
    def from_preferences(cls, preferences: Preferences) -> PlanRequest | None:
        """The request, or None while city or number of days are unknown."""
        if preferences.city is None or preferences.duration_days is None:
            return None
        same: dict[str, Any] = {
            item.name: getattr(preferences, item.name)
            for item in fields(cls)
            if item.name not in ("days", "first", "goes_on")
        }
        same["pace"] = preferences.pace or Pace.MODERATE
        same["budget"] = preferences.budget or Budget.MODERATE
        return cls(days=preferences.duration_days, **same)


def _gave_way(limit: int | None, now: int | None, *, later: bool) -> bool:
    """Whether a limit is open now, or at a later (or earlier) time."""
    if limit is None:
        return False
    return now is None or (now > limit if later else now < limit)


@dataclass(frozen=True, slots=True)
class Refit:
    """Make the plan keep to a request that changed: what does already, stays.

    `cheaper` asks besides for less known admission than now, on one day or all; days
    whose numbers are `filled` take as much as their pace has.
    """

    cheaper: bool = False
    day: int | None = None
    filled: tuple[int, ...] = ()
