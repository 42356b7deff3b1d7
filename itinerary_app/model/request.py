"""What a planner is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from itinerary_app.model.place import Category, Diet, Interest
from itinerary_app.model.preferences import Budget, Mobility, Pace, Preferences


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
