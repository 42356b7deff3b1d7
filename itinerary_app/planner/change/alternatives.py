"""Which places could stand where a stop does, without anything else changing."""

from __future__ import annotations

from dataclasses import dataclass

from itinerary_app.catalogue.kinds import FOOD
from itinerary_app.model import Day, Itinerary, Place, Stop, StopKind
from itinerary_app.planner.day import options
from itinerary_app.planner.day.frames import Frame
from itinerary_app.planner.day.spending import Purse
from itinerary_app.planner.draft.brief import Brief
from itinerary_app.planner.draft.eating import within_budget
from itinerary_app.planner.draft.instead import is_doubtful, is_surely_open
from itinerary_app.planner.solver.nearness import MEAL_WAY
from itinerary_app.planner.solver.routes import TRAVEL_COST

MOST = 3
DETOUR = 20  # minutes of travel more than now, at most
SAME_CATEGORY = 100_000  # prize on top
SURELY_OPEN = 200_000  # where nobody told whether the stop itself is


def of_stop(itinerary: Itinerary, place_id: str, brief: Brief) -> tuple[Place, ...]:
    """The best ones first; () for a stop that is locked or not in the plan."""
    if place_id in brief.locked:
        return ()
    for day in itinerary.days:
        for i, stop in enumerate(day.stops):
            if stop.place.id == place_id:
                slot = _Slot(day, i, brief.frame(day, len(itinerary.days)), brief)
                purse = Purse(brief.places, brief.request.spend_limit)
                rest = (it.place for it in itinerary.stops if it is not stop)
                left = purse.left(rest)
                request = brief.request
                unused = within_budget(
                    brief.unused(itinerary),
                    request.budget,
                    request.must_see,
                    (it.place for it in itinerary.stops if it is not stop),
                )
                places = [
                    place
                    for place in unused
                    if slot.is_alike(place)
                    and purse.price(place) <= left
                    and slot.fits(place)
                ]
                return tuple(sorted(places, key=slot.loss)[:MOST])
    return ()


@dataclass(frozen=True, slots=True)
class _Slot:
    """The time and the neighbours of a stop."""

    day: Day
    position: int
    frame: Frame
    brief: Brief

    def is_alike(self, place: Place) -> bool:
        """Whether the traveller may want it for the same thing."""
        stop, taste = self._stop, self.brief.taste
        if not taste.wants(place):
            return False
        if stop.kind is not StopKind.VISIT:
            return place.category in FOOD and taste.can_eat_at(place)
        if place.category in FOOD:
            return False
        return place.category is stop.place.category or not set(
            place.interests
        ).isdisjoint(stop.place.interests)

    def fits(self, place: Place) -> bool:
        """Whether it is near, and open while there is time."""
        others = (it.place for it in self.day.stops if it is not self._stop)
        if self.frame.terms.too_many([*others, place]):
            return False
        way = self._way(place)
        if way - self._way(self._stop.place) > DETOUR:
            return False
        if self._stop.kind is not StopKind.VISIT and self._nearer(place) > MEAL_WAY:
            return False
        frame = self.frame
        earliest, latest = frame.start, frame.end
        before, after = self._neighbours
        minutes = self.brief.ways.minutes
        if before:
            earliest = max(earliest, before.leave + minutes(before.place, place))
        else:
            earliest = frame.begins(place)
        if after:
            latest = min(latest, after.arrive - minutes(place, after.place))
        else:
            latest = frame.ends(place)
        return any(
            max(earliest, option.earliest)
            <= min(latest - option.minutes, option.latest)
            for option in options.of_kind(place, self._stop.kind, 0, [self.frame])
        )

    def loss(self, place: Place) -> tuple[int, str]:
        """For sorting: what is famous, alike and near comes first.

        Before it, what is surely open where the stop itself may be closed.
        """
        alike = SAME_CATEGORY * (place.category is self._stop.place.category)
        prize = self.brief.taste.prize(place) // 3 + alike
        if is_doubtful(self._stop, self.frame):
            prize += SURELY_OPEN * is_surely_open(place, self._stop, self.frame)
        return self._way(place) * TRAVEL_COST - prize, place.id

    @property
    def _stop(self) -> Stop:
        return self.day.stops[self.position]

    @property
    def _neighbours(self) -> tuple[Stop | None, Stop | None]:
        stops, i = self.day.stops, self.position
        return stops[i - 1] if i else None, stops[i + 1] if i + 1 < len(stops) else None

    def _ways(self, place: Place) -> list[int]:
        before, after = self._neighbours
        minutes = self.brief.ways.minutes
        there = [minutes(before.place, place)] if before else []
        return there + ([minutes(place, after.place)] if after else [])

    def _way(self, place: Place) -> int:
        """Minutes there and on, at the day's ends from its origin or to its target."""
        before, after = self._neighbours
        minutes, frame = self.brief.ways.minutes, self.frame
        way = sum(self._ways(place))
        if before is None and frame.origin:
            way += minutes(frame.origin, place)
        if after is None and frame.target:
            way += minutes(place, frame.target)
        return way

    def _nearer(self, place: Place) -> int:
        return min(self._ways(place), default=0)
