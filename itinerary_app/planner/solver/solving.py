"""Solve: the best tours of a problem, as every process finds them."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import Protocol

from pyvrp import ProblemData, Route, Solution
from pyvrp.stop import MaxIterations, MultipleCriteria, NoImprovement

from itinerary_app.errors import PlannerBusy
from itinerary_app.planner.solver.search import Params, search

SEED = 1
STALE = 200  # iterations without a gain, after which there is hardly any to come
PARAMS = Params(neighbours=25, patience=150)  # on trips better than its default

Fleet = Sequence[tuple[int, list[int]]]  # each used vehicle's type and its clients


class Solve(Protocol):
    """Who solves; PlannerBusy where it would take more than so many seconds."""

    def __call__(
        self,
        data: ProblemData,
        iterations: int,
        seconds: float = inf,
        first: Fleet = (),
    ) -> Fleet | None: ...


def solve(
    data: ProblemData, iterations: int, seconds: float = inf, first: Fleet = ()
) -> Fleet | None:
    """The best tours found in so many iterations at most, always the same ones.

    The search begins with the `first` tours if there are any, else with random ones.
    Once begun it is not given up: let a process do it that can be ended.
    """
    if seconds <= 0:
        raise PlannerBusy
    enough = MultipleCriteria([MaxIterations(iterations), NoImprovement(STALE)])
    begin = [Route(data, clients, kind) for kind, clients in first]
    result = search(
        data,
        enough,
        seed=SEED,
        params=PARAMS,
        first=Solution(data, begin) if begin else None,
    )
    if not result.is_feasible():
        return None
    return [
        (route.vehicle_type(), [stop.idx for stop in route if stop.is_client()])
        for route in result.best.routes()
    ]
