"""What a plan is made of: the wishes, the places, the ways and the solver."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from itinerary_app.catalogue.anchors import Anchors
from itinerary_app.model import City, Day, Itinerary, Place, PlanRequest, Stop
from itinerary_app.planner.day import frames
from itinerary_app.planner.day.daysout import DaysOut
from itinerary_app.planner.day.frames import Frame
from itinerary_app.planner.draft.candidates import Taste
from itinerary_app.planner.solver.solving import Solve
from itinerary_app.planner.ways.travel import Ways


@dataclass(frozen=True, slots=True)
class Brief:
    """`places` are all those of the city.

    From the plan before come `locked` and `fixed`, the stops that must not move and
    those that begin at a stated time, with their days, and `before`, its days.
    `days_out` is what an edit has to keep to about places far out of town.
    """

    city: City
    request: PlanRequest
    places: tuple[Place, ...]
    taste: Taste
    ways: Ways
    anchors: Anchors
    solve: Solve
    locked: Mapping[str, tuple[int, Stop]] = field(default_factory=dict)
    fixed: Mapping[str, tuple[int, Stop]] = field(default_factory=dict)
    before: Mapping[int, Day] = field(default_factory=dict)
    days_out: DaysOut = field(default=DaysOut())

    def frames(self) -> list[Frame]:
        """The days of a new plan."""
        numbers = range(self.request.first, self.request.last + 1)
        return frames.for_request(
            self.request, self.ways, self.city, self.anchors, self.before, numbers
        )

    def frame(self, day: Day, count: int) -> Frame:
        """The limits of one of `count` days."""
        frame = frames.for_day(
            self.request, self.ways, self.city, self.anchors, day, count
        )
        return replace(frame, terms=replace(frame.terms, days_out=self.days_out))

    def unused(self, itinerary: Itinerary) -> list[Place]:
        used = {stop.place.id for stop in itinerary.stops}
        return [place for place in self.places if place.id not in used]

    @property
    def pinned(self) -> Mapping[str, tuple[int, Stop]]:
        """What stays on its day, at its time, when all is planned anew."""
        return {**self.fixed, **self.locked}

    @property
    def insisted(self) -> set[str]:
        """The ids of the places that must not be dropped for a better plan."""
        return {*self.pinned, *self.request.must_see}
