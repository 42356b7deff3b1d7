"""The planner's search cut short: rules must hold however good the routes are."""

from __future__ import annotations

import os

from pyvrp import ProblemData

from itinerary_app.planner.solver.routes import Solve, Tours, solve

SOAK = bool(os.environ.get("SOAK"))
ITERATIONS = 60


def _hasty(data: ProblemData, iterations: int) -> Tours:
    return solve(data, min(iterations, ITERATIONS))


SOLVE: Solve = solve if SOAK else _hasty
