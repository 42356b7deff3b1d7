"""What the traveller fixed about stops and meals, as each day has to keep it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from itinerary_app.catalogue.kinds import is_of_kind
from itinerary_app.model import Place, PlanRequest, StopKind
from itinerary_app.planner.day.daysout import DaysOut


@dataclass(frozen=True, slots=True)
class Terms:
    """The fields mean what they mean in `Preferences`; times in minutes.

    `days_out` has the places far out of town.
    """

    times: Mapping[str, int] = field(default_factory=dict)
    stays: Mapping[str, int] = field(default_factory=dict)
    meal_times: Mapping[StopKind, int] = field(default_factory=dict)
    skipped: frozenset[StopKind] = frozenset()
    at_most: tuple[tuple[str, int], ...] = ()
    days_out: DaysOut = field(default=DaysOut())

    @classmethod
    def of(cls, request: PlanRequest) -> Terms:
        return cls(
            times=dict(request.times),
            stays=dict(request.stays),
            meal_times=dict(request.meal_times),
            skipped=frozenset(request.skipped),
            at_most=request.at_most,
        )

    def forbid(self, places: Iterable[Place]) -> bool:
        """Whether these may not be on one day."""
        if not self.at_most and not self.days_out.beside:
            return False
        places = tuple(places)
        if self.days_out.forbid(place.id for place in places):
            return True
        return self.too_many(places) is not None

    def too_many(self, places: Iterable[Place]) -> tuple[str, int] | None:
        """The kind of which these are more than a day may have, and how many it may."""
        if not self.at_most:
            return None
        places = tuple(places)
        for kind, most in self.at_most:
            if sum(is_of_kind(place, kind) for place in places) > most:
                return kind, most
        return None
