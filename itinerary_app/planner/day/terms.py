"""What the traveller fixed about stops and meals, as each day has to keep it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from itinerary_app.catalogue.kinds import is_of_kind
from itinerary_app.model import Place, PlanRequest, StopKind


@dataclass(frozen=True, slots=True)
class Terms:
    """The fields mean what they mean in `Preferences`; times in minutes."""

    times: Mapping[str, int] = field(default_factory=dict)
    stays: Mapping[str, int] = field(default_factory=dict)
    meal_times: Mapping[StopKind, int] = field(default_factory=dict)
    skipped: frozenset[StopKind] = frozenset()
    at_most: tuple[tuple[str, int], ...] = ()

    @classmethod
    def of(cls, request: PlanRequest) -> Terms:
        return cls(
            times=dict(request.times),
            stays=dict(request.stays),
            meal_times=dict(request.meal_times),
            skipped=frozenset(request.skipped),
            at_most=request.at_most,
        )

    def too_many(self, places: Iterable[Place]) -> tuple[str, int] | None:
        """The kind of which these are more than a day may have, and how many it may."""
        if not self.at_most:
            return None
        places = tuple(places)
        for kind, most in self.at_most:
            if sum(is_of_kind(place, kind) for place in places) > most:
                return kind, most
        return None
