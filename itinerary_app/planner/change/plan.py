"""A plan under change: its days and stops, with a reason for what can't be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from itinerary_app.errors import CannotPlan
from itinerary_app.model import Day, Itinerary, Stop
from itinerary_app.planner.change import fit
from itinerary_app.planner.change.wishes import Wishes
from itinerary_app.planner.day.frames import Frame
from itinerary_app.planner.day.options import Choice
from itinerary_app.planner.draft.brief import Brief
from itinerary_app.planner.solver.nearness import far_meals
from itinerary_app.text.clock import clock
from itinerary_app.text.words import counted


@dataclass(frozen=True, slots=True)
class Plan:
    itinerary: Itinerary
    brief: Brief

    def day(self, number: int) -> Day:
        for day in self.itinerary.days:
            if day.number == number:
                return day
        count = len(self.itinerary.days)
        raise CannotPlan(
            f"There is no day {number}: the plan has {counted(count, 'day')}."
        )

    def with_days(self, changed: Iterable[Day]) -> Plan:
        """The plan with these days instead of those of their numbers."""
        new = {day.number: day for day in changed}
        days = tuple(new.get(day.number, day) for day in self.itinerary.days)
        return replace(self, itinerary=replace(self.itinerary, days=days))

    def find(self, place_id: str) -> tuple[Day, Stop]:
        for day in self.itinerary.days:
            for stop in day.stops:
                if stop.place.id == place_id:
                    return day, stop
        name = next((it.name for it in self.brief.places if it.id == place_id), "That")
        raise CannotPlan(f"{name} is not in the plan. Add it to a day instead.")

    def loose(self, place_id: str) -> tuple[Day, Stop]:
        """The stop and its day, if it is not locked."""
        day, stop = self.find(place_id)
        if place_id in self.brief.locked:
            raise CannotPlan(
                f"{stop.place.name} is locked on day {day.number} at "
                f"{clock(stop.arrive)}. Unlock it first."
            )
        return day, stop

    def frame(self, day: Day) -> Frame:
        return self.brief.frame(day, len(self.itinerary.days))

    def wishes(self, gone: Stop | None = None) -> Wishes:
        return Wishes(self.itinerary, self.brief, gone)

    def kept(self, stops: Sequence[Stop], frame: Frame) -> list[Choice]:
        return [fit.kept(stop, frame, self.brief) for stop in stops]

    def without(self, day: Day, stop: Stop) -> Day:
        """The day without the stop, timed anew."""
        rest = minus(day, stop)
        frame = self.frame(day)
        fitted = fit.fitted(self.kept(rest.stops, frame), fit.rooms(frame))
        if fitted is None:  # a day that keeps its hours no more: nothing moves
            return rest
        return self.made(fitted, day)

    def made(self, fitted: fit.Fit, day: Day, new: Choice | None = None) -> Day:
        """The day of the route, with nearer meals for those out of its way now."""
        route, frame = fitted
        far = {it.place.id: it.kind for it in far_meals(route, frame)}
        if new is not None:
            far.pop(new.place.id, None)
        if far.keys() - self.brief.insisted:
            places = self.wishes().unused()
            route = fit.fed(route, frame, self.brief, places, set(far.values()))
        return fit.as_day(route, frame, self.frame(day), self.brief)


def minus(day: Day, stop: Stop) -> Day:
    return replace(day, stops=tuple(it for it in day.stops if it is not stop))
