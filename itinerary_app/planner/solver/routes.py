"""The choice and the order of a trip's stops, as a vehicle routing problem.

A day is a vehicle, an option a client with a prize, a choice a group of clients
that exclude each other; PyVRP collects prizes against the minutes of travel. What is
not open on a day is too far away for its vehicle.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
from pyvrp import (
    Client,
    ClientGroup,
    Depot,
    Location,
    ProblemData,
    VehicleType,
)

from itinerary_app.catalogue.kinds import FOOD, is_of_kind
from itinerary_app.model import Place, StopKind
from itinerary_app.planner.day.frames import Frame
from itinerary_app.planner.day.options import HELD_PRIZE, MEALS, Choice, Option
from itinerary_app.planner.day.paces import GRAIN
from itinerary_app.planner.day.timetable import Route
from itinerary_app.planner.solver.nearness import (
    HOP,
    IDLE,
    NEAR,
    NEIGHBOURS,
    OUT_OF_WAY,
    has_morning,
)
from itinerary_app.planner.solver.solving import Solve, solve

TRAVEL_COST = 600  # prize that a minute of travel must be worth
FORBIDDEN = 10_000  # minutes to where one must not go on this day

Matrix = Any  # of minutes; PyVRP's stub has its own type for it
# Rest, forbidden locations, hours and ends, visits: what tells days apart.
_Alike = tuple[int, frozenset[int], Any, int]
Point = tuple[str, frozenset[int]]  # a place's id and the days on which it can be had


def best_routes(
    choices: Sequence[Choice],
    frames: Sequence[Frame],
    *,
    iterations: int,
    solver: Solve = solve,
    first: Sequence[Route] = (),
) -> list[Route] | None:
    """One route for each frame; None if what is required won't fit.

    Of days that allow the same, the first gets what is worth most. The search goes on
    from the `first` routes, of which some may be too full, or in no order.
    """
    if not choices:
        return [()] * len(frames)
    problem = _Problem(choices, frames)
    tours = solver(problem.data, iterations, first=problem.tours(first))
    return None if tours is None else problem.routes(tours)


class _Problem:
    """The choices in PyVRP's terms. The first locations are the depots: where days
    begin and end, or nowhere.
    """

    def __init__(self, choices: Sequence[Choice], frames: Sequence[Frame]) -> None:
        self._frames = frames
        self._limits = frames[0].terms.at_most
        self._options = [option for choice in choices for option in choice.options]
        points: dict[Point, Place] = {
            (option.place.id, option.days): option.place for option in self._options
        }
        ends = dict.fromkeys(end for it in frames for end in (it.origin, it.target))
        self._depots = {end: i for i, end in enumerate(ends)}
        self._index = {point: i for i, point in enumerate(points, start=len(ends))}
        self._alike = self._groups_of_frames()
        groups = _groups(choices)
        places = list(points.values())
        between = np.pad(frames[0].ways.matrix(places, places), ((len(ends), 0),) * 2)
        profiles = {key[:3]: frames[days[0]] for key, days in self._alike.items()}
        numbers = {key: i for i, key in enumerate(profiles)}
        distances = self._distances(between, places)
        self.data = ProblemData(
            locations=[Location(0, 0)] * (len(points) + len(ends)),
            clients=self._clients(choices, groups),
            depots=[Depot(i) for i in range(len(ends))],
            vehicle_types=[
                self._vehicle(frames[days[0]], len(days), numbers[key[:3]])
                for key, days in self._alike.items()
            ],
            distance_matrices=[
                self._apart(distances, places, frame) for frame in profiles.values()
            ],
            duration_matrices=[
                self._durations(between, places, frame, sorted(forbidden))
                for (_, forbidden, _), frame in profiles.items()
            ],
            groups=list(groups.values()),
        )

    def tours(self, routes: Sequence[Route]) -> list[tuple[int, list[int]]]:
        """The routes in PyVRP's terms."""
        numbers = {_key(option): at for at, option in enumerate(self._options)}
        kinds = {
            day: kind for kind, days in enumerate(self._alike.values()) for day in days
        }
        return [
            (kinds[day], [numbers[_key(option)] for option in route])
            for day, route in enumerate(routes)
            if route
        ]

    def routes(self, tours: Sequence[tuple[int, list[int]]]) -> list[Route]:
        found: list[Route] = [()] * len(self._frames)
        for kind, days in enumerate(self._alike.values()):
            routes = [
                tuple(self._options[client] for client in clients)
                for vehicle, clients in tours
                if vehicle == kind
            ]
            routes.sort(key=_worth, reverse=True)
            for day, route in zip(days, routes, strict=False):
                found[day] = _permitted(route, self._frames[day])
        return found

    def _groups_of_frames(self) -> dict[_Alike, list[int]]:
        """The frames' positions, by what tells them apart for the solver."""
        groups: dict[_Alike, list[int]] = {}
        for position, frame in enumerate(self._frames):
            forbidden = frozenset(
                location
                for (_, days), location in self._index.items()
                if frame.number not in days
            )
            hours = frame.start, frame.leave, frame.back, frame.end
            own = frame.number if frame.apart else None
            rim = hours, frame.origin, frame.target, own
            key = frame.rest, forbidden, rim, frame.visits
            groups.setdefault(key, []).append(position)
        return groups

    def _clients(
        self, choices: Sequence[Choice], groups: Collection[int]
    ) -> list[Client]:
        numbers = {choice: number for number, choice in enumerate(groups)}
        return [
            Client(
                self._index[option.place.id, option.days],
                delivery=[
                    int(option.kind is StopKind.VISIT),
                    *(int(_is_meal(option, it, choice)) for it in MEALS),
                    *(int(is_of_kind(option.place, kind)) for kind, _ in self._limits),
                ],
                service_duration=option.minutes,
                tw_early=option.earliest,
                tw_late=option.latest,
                prize=option.prize + HOP * TRAVEL_COST,
                required=choice.required and at not in numbers,
                group=numbers.get(at),
            )
            for at, choice in enumerate(choices)
            for option in choice.options
        ]

    def _distances(self, between: Matrix, places: Sequence[Place]) -> Matrix:
        """Minutes, and what leaving a spot and a meal out of the way are as bad as.

        What is near each other shares a day so. The prizes make up for leaving, so that
        no far place is worth less.
        """
        first = len(self._depots)
        eats = np.array([False] * first + [it.category in FOOD for it in places])
        far = (between > NEAR) & (eats[:, None] | eats[None, :])
        minutes = between + (between > NEIGHBOURS) * HOP + far * OUT_OF_WAY
        ways = self._frames[0].ways
        for end, at in self._depots.items():
            if end is not None:
                minutes[at, first:] = ways.matrix([end], places)[0]
                minutes[first:, at] = ways.matrix(places, [end])[:, 0]
        return minutes

    def _apart(self, minutes: Matrix, places: Sequence[Place], frame: Frame) -> Matrix:
        """The minutes, more to what belongs to another day, and to a meal before any
        visit.
        """
        first = len(self._depots)
        if frame.apart:
            more = [0] * first + [frame.apart.get(it.id, 0) for it in places]
            minutes = minutes + np.array(more) * ~np.eye(len(more), dtype=bool)
        if has_morning(frame):
            minutes = minutes.copy()
            eats = [it.category in FOOD for it in places]
            minutes[self._depots[frame.origin], first:] += IDLE * np.array(eats)
        return minutes

    def _durations(
        self,
        between: Matrix,
        places: Sequence[Place],
        frame: Frame,
        forbidden: Sequence[int],
    ) -> Matrix:
        """Minutes with the rest; from and to the depots as far as the hours count."""
        first = len(self._depots)
        minutes = np.where(between > 0, -(-between // GRAIN) * GRAIN + frame.rest, 0)
        origin, target = self._depots[frame.origin], self._depots[frame.target]
        minutes[origin, first:] = [frame.begins(it) - frame.start for it in places]
        minutes[first:, target] = [frame.end - frame.ends(it) for it in places]
        minutes[forbidden, :] = FORBIDDEN
        minutes[:, forbidden] = FORBIDDEN
        np.fill_diagonal(minutes, 0)
        return minutes

    def _vehicle(self, frame: Frame, days: int, profile: int) -> VehicleType:
        return VehicleType(
            num_available=days,
            capacity=[frame.visits, 1, 1, *(most for _, most in frame.terms.at_most)],
            start_depot=self._depots[frame.origin],
            end_depot=self._depots[frame.target],
            tw_early=frame.start,
            tw_late=max(frame.start, frame.end),
            # Leaving late saves nothing, or the solver would empty the mornings.
            start_late=frame.start,
            unit_distance_cost=TRAVEL_COST,
            unit_duration_cost=1,
            profile=profile,
        )


def _permitted(route: Route, frame: Frame) -> Route:
    """The route without the least of its visits that may not be on one day, of which
    the solver knows nothing.
    """
    while frame.terms.forbid(it.place for it in route):
        asked = frame.terms.days_out.asked
        spare = [
            it for it in route if it.place.id not in asked and it.kind not in MEALS
        ]
        if not spare:
            break
        least = min(spare, key=lambda it: it.prize)
        route = tuple(it for it in route if it is not least)
    return route


def _is_meal(option: Option, kind: StopKind, choice: Choice) -> bool:
    """Whether it is the day's one meal of this kind: what is required comes on top."""
    return option.eats is kind and not choice.required


def _key(option: Option) -> tuple[Any, ...]:
    """What tells an option from the others, without comparing all of its place."""
    return option.place.id, option.kind, option.days, option.earliest, option.lunch


def _worth(route: Route) -> int:
    """What puts a day before others that allow the same: the city comes first."""
    visits = [option for option in route if option.kind is StopKind.VISIT]
    in_town = [option for option in visits if not option.place.is_outing]
    return sum(it.prize - HELD_PRIZE * it.lunch for it in in_town)


def _groups(choices: Sequence[Choice]) -> dict[int, ClientGroup]:
    """The choices that are more than one client, by their positions.

    One that is alone stays out: what is in a group changes places with others less.
    """
    groups = {}
    first = 0
    for at, choice in enumerate(choices):
        last = first + len(choice.options)
        if last > first + 1:
            clients = list(range(first, last))
            groups[at] = ClientGroup(clients, required=choice.required)
        first = last
    return groups
