"""The choice and the order of a trip's stops, as a vehicle routing problem.

A day is a vehicle, an option a client with a prize, a choice a group of clients
that exclude each other; PyVRP collects prizes against the minutes of travel.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyvrp import (
    Client,
    ClientGroup,
    Depot,
    IteratedLocalSearchParams,
    Location,
    PenaltyParams,
    ProblemData,
    Solution,
    SolveParams,
    VehicleType,
    solve,
)
from pyvrp.search import PerturbationParams
from pyvrp.stop import MaxIterations

from itinerary_app.model import Place, StopKind
from itinerary_app.planner.geo import travel_minutes
from itinerary_app.planner.options import Choice
from itinerary_app.planner.paces import GRAIN, Shape
from itinerary_app.planner.timetable import Route

TRAVEL_COST = 600  # prize that a minute of travel must be worth
SEED = 1

# Measured on trips of 2 to 7 days: on problems this small a short memory and small
# kicks find in 1,000 iterations what the defaults don't find in 3,000. The penalty,
# above any prize, stays where it starts: PyVRP warns when one reaches its maximum.
PENALTY = 1_000_000.0
_PARAMS = SolveParams(
    ils=IteratedLocalSearchParams(history_length=20),
    perturbation=PerturbationParams(1, 8),
    penalty=PenaltyParams(
        min_penalty=0.0,
        max_penalty=2 * PENALTY,  # PyVRP starts halfway
        solutions_between_updates=1_000_000,
    ),
)


def best_routes(
    choices: Sequence[Choice], shape: Shape, *, days: int, iterations: int
) -> list[Route] | None:
    """One route a day, in no special order; None if what is required won't fit."""
    problem = _Problem(choices, shape, days)
    result = solve(
        problem.data,
        MaxIterations(iterations),
        seed=SEED,
        collect_stats=False,
        display=False,
        params=_PARAMS,
    )
    return problem.routes(result.best) if result.is_feasible() else None


class _Problem:
    """The choices in PyVRP's terms. Location 0 is the depot: nowhere special."""

    def __init__(self, choices: Sequence[Choice], shape: Shape, days: int) -> None:
        self._days = days
        self._options = [option for choice in choices for option in choice.options]
        places = {option.place.id: option.place for option in self._options}
        index = {place_id: i for i, place_id in enumerate(places, start=1)}
        travel = _with_depot(travel_minutes(list(places.values())))
        self.data = ProblemData(
            locations=[Location(0, 0), *map(_location, places.values())],
            clients=_clients(choices, index),
            depots=[Depot(0)],
            vehicle_types=[_vehicle(shape, days)],
            distance_matrices=[travel],
            duration_matrices=[_durations(travel, shape.rest)],
            groups=_groups(choices),
        )

    def routes(self, solution: Solution) -> list[Route]:
        found = [
            tuple(self._options[stop.idx] for stop in route if stop.is_client())
            for route in solution.routes()
        ]
        return found + [()] * (self._days - len(found))


def _durations(travel: NDArray[np.int64], rest: int) -> Any:
    return np.where(travel > 0, -(-travel // GRAIN) * GRAIN + rest, 0)


def _with_depot(travel: NDArray[np.int64]) -> Any:
    """The matrix with a first row and column of zeros.

    Any, because PyVRP's stubs ask for ndarray[int], which no array is.
    """
    return np.pad(travel, ((1, 0), (1, 0)))


def _location(place: Place) -> Location:
    return Location(place.lon, place.lat)


def _vehicle(shape: Shape, days: int) -> VehicleType:
    return VehicleType(
        num_available=days,
        capacity=[shape.visits],
        tw_early=shape.start,
        tw_late=shape.end,
        # Leaving late saves nothing, or the solver would empty the mornings.
        start_late=shape.start,
        unit_distance_cost=TRAVEL_COST,
        unit_duration_cost=1,
    )


def _clients(choices: Sequence[Choice], index: dict[str, int]) -> list[Client]:
    clients = []
    for group, choice in enumerate(choices):
        for option in choice.options:
            clients.append(
                Client(
                    index[option.place.id],
                    delivery=[int(option.kind is StopKind.VISIT)],
                    service_duration=option.minutes,
                    tw_early=option.earliest,
                    tw_late=option.latest,
                    prize=option.prize,
                    required=False,
                    group=group,
                )
            )
    return clients


def _groups(choices: Sequence[Choice]) -> list[ClientGroup]:
    groups = []
    first = 0
    for choice in choices:
        last = first + len(choice.options)
        groups.append(ClientGroup(list(range(first, last)), required=choice.required))
        first = last
    return groups
