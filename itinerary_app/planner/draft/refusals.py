"""Why a must-see is left out, found by trying, and what would make it fit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from itinerary_app.acts.acts import Act, AddDay, Remove, SetHours, SkipMeal, Swap
from itinerary_app.acts.values import Meal
from itinerary_app.model import Day, Place, Stop, StopKind, hhmm
from itinerary_app.model.fields import MAX_DAYS
from itinerary_app.planner.day import options, paces
from itinerary_app.planner.day.frames import Frame
from itinerary_app.planner.day.options import MEALS, Choice
from itinerary_app.planner.day.timetable import Route, inserted, start_times
from itinerary_app.planner.draft.brief import Brief
from itinerary_app.planner.solver.repair import far_meals
from itinerary_app.text.clock import clock
from itinerary_app.text.words import lasting

MIDNIGHT = 24 * 60
EARLIEST = 8 * 60  # minutes after midnight: when one may be asked to begin


@dataclass(frozen=True, slots=True)
class Refusal:
    """What is told of a place that found no room, and the acts that give it some."""

    words: str
    relief: tuple[Act, ...]


Proof = Callable[[Place, Refusal], bool]


def refusal(
    place: Place,
    days: Sequence[Day],
    frames: Sequence[Frame],
    brief: Brief,
    proves: Proof,
) -> Refusal:
    """The first that helps, and is proved to: a later end, an earlier start, no meal,
    another place less, two of these; else a day more.
    """
    found = _refusals(place, days, frames, brief)
    return next(it for it in found if not it.relief or proves(place, it))


def _refusals(
    place: Place, days: Sequence[Day], frames: Sequence[Frame], brief: Brief
) -> Iterator[Refusal]:
    rooms = [
        _Room(place, day, replace(frame, rest=0), brief)
        for day, frame in zip(days, frames, strict=True)
    ]
    for way in (_Room.later, _Room.earlier, _Room.hungry, _Room.instead, _Room.both):
        for room in rooms:
            if found := way(room):
                yield found
    number = len(days) + 1
    new = Day(number, brief.request.pace, (), brief.request.date_of(number))
    if number <= MAX_DAYS and _Room(place, new, brief.frame(new, number), brief).fits:
        yield Refusal(
            f"There was no room for {place.name}: the days are full of what else you "
            "asked for. With a day more it would fit.",
            (AddDay(),),
        )
    yield Refusal(
        f"There was no room for {place.name}: beside what else you asked for, none of "
        "your days has the time for it.",
        (),
    )


@dataclass(frozen=True, slots=True)
class _Room:
    """A day, tried with one thing relaxed."""

    place: Place
    day: Day
    frame: Frame
    brief: Brief

    @property
    def fits(self) -> bool:
        return self._with_it(self.frame, self.day.stops) is not None

    def later(self) -> Refusal | None:
        frame = self.frame
        wide = replace(frame, end=max(frame.end, paces.NIGHT_END), back=None)
        last_day = self.day.number == self.brief.request.days
        if last_day and self.brief.request.depart is not None:
            return None
        longer = self._with_it(wide, self.day.stops)
        if longer is None:
            return None
        times = start_times(longer, wide) or [0]
        ends = times[-1] + longer[-1].minutes
        if frame.target is not None:
            way = frame.ways.minutes(longer[-1].place, frame.target)
            ends += -(-way // paces.GRAIN) * paces.GRAIN
        until = max(frame.end + paces.GRAIN, ends)
        if until >= MIDNIGHT:
            return None
        return self._told(
            f"it needs {self._length(longer)}, and day {self.day.number} ends at "
            f"{clock(frame.end)}. Until {clock(until)} it would fit",
            SetHours(day=self.day.number, end=hhmm(until)),
        )

    def earlier(self) -> Refusal | None:
        frame = self.frame
        first_day = self.day.number == 1 and self.brief.request.arrive is not None
        if frame.start <= EARLIEST or first_day:
            return None
        longer = self._with_it(
            replace(frame, start=EARLIEST, leave=None), self.day.stops
        )
        if longer is None:
            return None
        return self._told(
            f"it needs {self._length(longer)}, and day {self.day.number} begins at "
            f"{clock(frame.start)}. From {clock(EARLIEST)} on it would fit",
            SetHours(day=self.day.number, start=hhmm(EARLIEST)),
        )

    def hungry(self) -> Refusal | None:
        for meal in self.day.stops:
            rest = [stop for stop in self.day.stops if stop is not meal]
            if meal.kind in MEALS and self._with_it(self.frame, rest):
                return self._told(
                    f"your {meal.kind} on day {self.day.number} stands in the way. "
                    "Without that it would fit",
                    SkipMeal(meal=Meal(meal.kind), day=self.day.number),
                )
        return None

    def instead(self) -> Refusal | None:
        for gone in self._spare():
            rest = [stop for stop in self.day.stops if stop is not gone]
            if self._with_it(self.frame, rest):
                return self._told(
                    f"day {self.day.number} is full. Without {gone.place.name} it "
                    "would fit",
                    Swap(stop=gone.place.id, place=self.place.id),
                )
        return None

    def both(self) -> Refusal | None:
        """Without one of the stops, and with a later end or without a meal."""
        for gone in self._spare():
            rest = tuple(stop for stop in self.day.stops if stop is not gone)
            slim = replace(self, day=replace(self.day, stops=rest))
            if found := slim.later() or slim.hungry():
                words = f"{found.words[:-1]}, without {gone.place.name}."
                return Refusal(words, (Remove(stop=gone.place.id), *found.relief))
        return None

    def _with_it(self, frame: Frame, stops: Sequence[Stop]) -> Route | None:
        """The route of these stops with the place; None if that won't fit."""
        route = tuple(self._as_planned(stop) for stop in stops)
        prize = self.brief.taste.prize(self.place)
        had = {stop.kind for stop in stops}
        lacking = [kind for kind in MEALS if kind not in had]
        found = options.visits(self.place, prize, [frame])
        if options.is_meal(self.place):
            found = options.meals(self.place, prize, [frame], lacking)
        if not found:
            return None
        longer = inserted(route, Choice(found), frame)
        if longer is None or len(far_meals(longer, frame)) > len(
            far_meals(route, frame)
        ):
            return None
        return longer

    def _as_planned(self, stop: Stop) -> options.Option:
        """The stop at any time that its hours allow, or where it is pinned."""
        present = options.pinned(stop, self.day.number)
        if stop.place.id in self.brief.pinned:
            return present
        found = options.of_kind(stop.place, stop.kind, 0, [self.frame])
        same = (
            it
            for it in found
            if it.earliest <= stop.arrive <= it.latest
            and it.minutes == present.minutes
            and it.lunch == bool(stop.holds)
        )
        return next(same, present)

    def _spare(self) -> Iterator[Stop]:
        """The visits that could go, the least first."""
        insisted, taste = self.brief.insisted, self.brief.taste
        visits = [it for it in self.day.stops if it.kind is StopKind.VISIT]
        free = [it for it in visits if it.place.id not in self.brief.pinned]
        yield from sorted(
            free, key=lambda it: (it.place.id in insisted, taste.prize(it.place))
        )

    def _length(self, route: Route) -> str:
        return lasting(next(it.minutes for it in route if it.place.id == self.place.id))

    def _told(self, why: str, relief: Act) -> Refusal:
        return Refusal(f"{self.place.name} is left out: {why}.", (relief,))
