"""The planner's search cut short: rules must hold however good the routes are."""

from __future__ import annotations

import os
from math import inf

from pyvrp import ProblemData

from itinerary_app.planner.solver.solving import Fleet, Solve, solve

SOAK = bool(os.environ.get("SOAK"))
ITERATIONS = 60


def _hasty(
    data: ProblemData, iterations: int, seconds: float = inf, first: Fleet = ()
) -> Fleet | None:
    return solve(data, min(iterations, ITERATIONS), seconds, first)


SOLVE: Solve = solve if SOAK else _hasty
