"""Days put together anew: which visits, which meals near them, and in which order."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from itinerary_app.planner.day.frames import Frame
from itinerary_app.planner.day.options import HELD_PRIZE, Choice, Option
from itinerary_app.planner.day.timetable import Route
from itinerary_app.planner.solver.meals import near_meals
from itinerary_app.planner.solver.repair import (
    is_great,
    near_tidied,
    used,
    value,
    visits_of,
)
from itinerary_app.planner.solver.routes import best_routes
from itinerary_app.planner.solver.solving import Solve

ITERATIONS = 40  # of the search for a day
NEAREST = 3  # days that are put together anew, two by two, for a great visit
FREE = 6  # visits of no other day that are offered to one, besides the great ones
RAISE = 2.0  # times the prize of great visits, so that some way to them is worth it


@dataclass(frozen=True, slots=True)
class Rebuilder:
    """What days are put together of; `must` stays in, where it is."""

    visits: Sequence[Choice]
    food: Sequence[Choice]
    frames: Sequence[Frame]
    must: Collection[str]
    solver: Solve
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
        great = self._great
        before = [_raised(routes[i], great, RAISE) for i in days]
        frames = [self.frames[i] for i in days]
        offered = self._offered(routes, [it for route in before for it in route])
        found = best_routes(
            [replace(it, options=_raised(it.options, great, RAISE)) for it in offered],
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
                routes[i] = _raised(route, great, 1 / RAISE)

    def _offered(
        self, routes: Sequence[Route], stops: Sequence[Option]
    ) -> list[Choice]:
        own = {it.place.id for it in stops}
        taken = used(routes) - own
        free = [it for it in self.visits if it.place.id not in taken]
        free.sort(key=lambda it: it.place.id not in own)
        eaten = [it for it in self.food if it.place.id not in taken]
        offered = [
            *free[: len(own) + FREE],
            *(near_meals(eaten, stops, self.frames[0]) if stops else ()),
        ]
        found = {it.place.id: it for it in offered}
        great = self._great
        for option in _raised(stops, great, 1 / RAISE):
            known = found.get(option.place.id, Choice(()))
            # The order of its day may have been found with another window.
            options = tuple(dict.fromkeys((*known.options, option)))
            required = option.place.id in self.must
            found[option.place.id] = Choice(options, required=required)
        return list(found.values())


def _raised(
    options: Sequence[Option], great: Collection[str], by: float
) -> tuple[Option, ...]:
    """The options with the prizes of great visits, less the lunch there, times `by`."""
    return tuple(
        replace(it, prize=round((it.prize - held) * by) + held)
        if it.place.id in great
        else it
        for it in options
        for held in (HELD_PRIZE * it.lunch,)
    )
