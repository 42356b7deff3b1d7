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
from itinerary_app.planner.day.options import HELD_PRIZE, Choice
from itinerary_app.planner.day.paces import GRAIN
from itinerary_app.planner.day.timetable import Route
from itinerary_app.planner.solver.nearness import NEAR, OUT_OF_WAY
from itinerary_app.planner.solver.solving import Solve, solve

TRAVEL_COST = 600  # prize that a minute of travel must be worth
FORBIDDEN = 10_000  # minutes to where one must not go on this day

Point = tuple[str, frozenset[int]]  # a place's id and the days on which it can be had


def best_routes(
    choices: Sequence[Choice],
    frames: Sequence[Frame],
    *,
    iterations: int,
    solver: Solve = solve,
) -> list[Route] | None:
    """One route for each frame; None if what is required won't fit.

    Of days that allow the same, the first gets what is worth most.
    """
    if not choices:
        return [()] * len(frames)
    problem = _Problem(choices, frames)
    tours = solver(problem.data, iterations)
    return None if tours is None else problem.routes(tours)


class _Problem:
    """The choices in PyVRP's terms. Location 0 is the depot: nowhere special."""

    def __init__(self, choices: Sequence[Choice], frames: Sequence[Frame]) -> None:
        self._frames = frames
        self._limits = frames[0].terms.at_most
        self._options = [option for choice in choices for option in choice.options]
        points: dict[Point, Place] = {
            (option.place.id, option.days): option.place for option in self._options
        }
        self._index = {point: i for i, point in enumerate(points, start=1)}
        self._alike = self._groups_of_frames()
        travel: Any = np.pad(_minutes(frames[0], list(points.values())), ((1, 0),) * 2)
        groups = _groups(choices)
        profiles = {key: i for i, key in enumerate({key[:2] for key in self._alike})}
        self.data = ProblemData(
            locations=[Location(0, 0)] * (len(points) + 1),
            clients=self._clients(choices, groups),
            depots=[Depot(0)],
            vehicle_types=[
                _vehicle(frames[days[0]], len(days), profiles[key[:2]])
                for key, days in self._alike.items()
            ],
            distance_matrices=[_costs(travel, list(points.values()))] * len(profiles),
            duration_matrices=[
                _durations(travel, rest, sorted(forbidden))
                for rest, forbidden in profiles
            ],
            groups=list(groups.values()),
        )

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
                found[day] = route
        return found

    def _groups_of_frames(self) -> dict[tuple[int, frozenset[int], Any], list[int]]:
        """The frames' positions, by what tells them apart for the solver."""
        groups: dict[tuple[int, frozenset[int], Any], list[int]] = {}
        for position, frame in enumerate(self._frames):
            forbidden = frozenset(
                location
                for (_, days), location in self._index.items()
                if frame.number not in days
            )
            key = (frame.rest, forbidden, (frame.start, frame.end, frame.visits))
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
                    *(int(is_of_kind(option.place, kind)) for kind, _ in self._limits),
                ],
                service_duration=option.minutes,
                tw_early=option.earliest,
                tw_late=option.latest,
                prize=option.prize,
                required=choice.required and at not in numbers,
                group=numbers.get(at),
            )
            for at, choice in enumerate(choices)
            for option in choice.options
        ]


def _worth(route: Route) -> int:
    visits = [option for option in route if option.kind is StopKind.VISIT]
    return sum(it.prize - HELD_PRIZE * it.lunch for it in visits)


def _minutes(frame: Frame, places: Sequence[Place]) -> Any:
    return frame.ways.matrix(places, places)


def _costs(travel: Any, places: Sequence[Place]) -> Any:
    """The minutes, and what a meal out of the way is as bad as; location 0 is none."""
    eats = np.array([False, *(place.category in FOOD for place in places)])
    far = (travel > NEAR) & (eats[:, None] | eats[None, :])
    far[0, :] = far[:, 0] = False
    return travel + far * OUT_OF_WAY


def _durations(travel: Any, rest: int, forbidden: Sequence[int]) -> Any:
    durations = np.where(travel > 0, -(-travel // GRAIN) * GRAIN + rest, 0)
    durations[forbidden, :] = FORBIDDEN
    durations[:, forbidden] = FORBIDDEN
    np.fill_diagonal(durations, 0)
    return durations


def _vehicle(frame: Frame, days: int, profile: int) -> VehicleType:
    return VehicleType(
        num_available=days,
        capacity=[frame.visits, *(most for _, most in frame.terms.at_most)],
        tw_early=frame.start,
        tw_late=max(frame.start, frame.end),
        # Leaving late saves nothing, or the solver would empty the mornings.
        start_late=frame.start,
        unit_distance_cost=TRAVEL_COST,
        unit_duration_cost=1,
        profile=profile,
    )


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
