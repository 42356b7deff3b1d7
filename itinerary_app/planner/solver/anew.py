"""Days put together anew: which visits, which meals near them, and in which order."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from itinerary_app.model import StopKind
from itinerary_app.planner.day.frames import Frame
from itinerary_app.planner.day.options import HELD_PRIZE, Choice, Option
from itinerary_app.planner.day.timetable import Route
from itinerary_app.planner.solver.breaks import breaks
from itinerary_app.planner.solver.meals import near_meals
from itinerary_app.planner.solver.nearness import OUT_OF_WAY, off_the_way
from itinerary_app.planner.solver.repair import (
    is_great,
    near_tidied,
    used,
    value,
    visits_of,
)
from itinerary_app.planner.solver.routes import TRAVEL_COST, best_routes
from itinerary_app.planner.solver.solving import Solve

ITERATIONS = 40  # of the search for a day
NEAREST = 3  # days that are put together anew, two by two, for a great visit
FREE = 6  # visits of no other day that are offered to one, besides the great ones
RAISE = 2.0  # times the prize of great visits, so that some way to them is worth it
ASTRAY = 120  # iterations of the search for a day with a meal out of its way
# To a visit's prize: more than a meal out of the way costs, so that none goes for it.
NOT_FOR_A_MEAL = 3 * OUT_OF_WAY * TRAVEL_COST // 2


@dataclass(frozen=True, slots=True)
class Rebuilder:
    """What days are put together of; `must` stays in, where it is.

    With a `bonus` to the prize of each visit there are as many as before.
    """

    visits: Sequence[Choice]
    food: Sequence[Choice]
    frames: Sequence[Frame]
    must: Collection[str]
    solver: Solve
    bonus: int = 0
    _great: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        great = (it.place.id for it in self.visits if is_great(it))
        object.__setattr__(self, "_great", frozenset(great))

    def better_days(
        self,
        routes: Sequence[Route],
        days: Collection[int],
        iterations: int = ITERATIONS,
    ) -> list[Route]:
        """The routes, those of these days anew where that is worth more."""
        routes = list(routes)
        for i in days:
            self._improve(routes, [i], iterations)
        return routes

    def nearer_meals(
        self, routes: Sequence[Route], keep: Collection[str]
    ) -> list[Route]:
        """The routes, days with a meal out of their way anew: with any place to eat
        that is free, but without a visit less or a long break more, and with `keep`.
        """
        routes = list(routes)
        whole = replace(self, must=keep, bonus=NOT_FOR_A_MEAL)
        for i, frame in enumerate(self.frames):
            if not off_the_way(routes[i], frame):
                continue
            again = whole.better_days(routes, [i], ASTRAY)
            fewer = len(visits_of(again[i])) < len(visits_of(routes[i]))
            if not fewer and len(breaks(again[i], frame)) <= len(
                breaks(routes[i], frame)
            ):
                routes = again
        return routes

    def no_missed_great_visit(self, routes: Sequence[Route]) -> list[Route]:
        """The routes with the great visits that two days at once can hold.

        What is near them may be on another day then.
        """
        routes = list(routes)
        missed = self._great - used(routes)
        frames = [
            replace(it, apart={at: m for at, m in it.apart.items() if at not in missed})
            for it in self.frames
        ]
        lenient = replace(self, frames=frames)
        for pair in combinations(self._nearest(routes, missed), 2):
            if missed <= used(routes):
                break
            lenient._improve(routes, pair)
        return routes

    def _nearest(self, routes: Sequence[Route], missed: Collection[str]) -> list[int]:
        """Some days with stops that are near to the visits that are missing."""
        places = [it.place for it in self.visits if it.place.id in missed]

        def far(day: int) -> int:
            stops = [option.place for option in routes[day]]
            ways = self.frames[day].ways.matrix(stops, places)
            return int(ways.min(axis=0).sum()) if stops else 0

        return sorted(range(len(routes)), key=far)[:NEAREST] if missed else []

    def _improve(
        self, routes: list[Route], days: Sequence[int], iterations: int = ITERATIONS
    ) -> None:
        before = [self._raised(routes[i]) for i in days]
        frames = [self.frames[i] for i in days]
        if self.bonus:
            frames = [
                replace(frame, visits=len(visits_of(route)))
                for frame, route in zip(frames, before, strict=True)
            ]
        offered = self._offered(routes, [it for route in before for it in route])
        found = best_routes(
            [replace(it, options=self._raised(it.options)) for it in offered],
            frames,
            iterations=iterations * len(days),
            solver=self.solver,
            first=before,
        )
        if found is None or found == before:
            return
        new = [
            near_tidied(it, frame, self.must)
            for it, frame in zip(found, frames, strict=True)
        ]
        emptied = sum(map(bool, map(visits_of, new))) < sum(
            map(bool, map(visits_of, before))
        )
        if not emptied and sum(map(value, new, frames)) > sum(
            map(value, before, frames)
        ):
            for i, route in zip(days, new, strict=True):
                routes[i] = self._lowered(route)

    def _offered(
        self, routes: Sequence[Route], stops: Sequence[Option]
    ) -> list[Choice]:
        own = {it.place.id for it in stops}
        taken = used(routes) - own
        free = [it for it in self.visits if it.place.id not in taken]
        free.sort(key=lambda it: it.place.id not in own)
        eaten = [it for it in self.food if it.place.id not in taken]
        if not self.bonus:
            eaten = near_meals(eaten, stops, self.frames[0])
        offered = [*free[: len(own) + FREE], *eaten]
        found = {it.place.id: it for it in offered}
        for option in self._lowered(stops):
            known = found.get(option.place.id, Choice(()))
            # The order of its day may have been found with another window.
            options = tuple(dict.fromkeys((*known.options, option)))
            required = option.place.id in self.must
            found[option.place.id] = Choice(options, required=required)
        return list(found.values())

    def _raised(self, options: Sequence[Option]) -> tuple[Option, ...]:
        """The options, visits with the bonus and great ones with a raised prize."""
        return tuple(
            replace(it, prize=round((it.prize - held) * by) + held + self.bonus)
            if it.kind is StopKind.VISIT
            else it
            for it in options
            for held, by in (self._terms(it),)
        )

    def _lowered(self, options: Sequence[Option]) -> tuple[Option, ...]:
        """The options as they were."""
        return tuple(
            replace(it, prize=round((it.prize - self.bonus - held) / by) + held)
            if it.kind is StopKind.VISIT
            else it
            for it in options
            for held, by in (self._terms(it),)
        )

    def _terms(self, option: Option) -> tuple[int, float]:
        """The prize of the lunch that is held, and what the rest is raised by."""
        great = option.place.id in self._great
        return HELD_PRIZE * option.lunch, RAISE if great else 1.0
