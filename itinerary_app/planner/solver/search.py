"""The search for the routes that are worth most: PyVRP's moves, and a pool.

An iterated local search over PyVRP's operators, as PyVRP's own, with what counts when
prizes do. Penalties start where a little too late costs about what a stop is worth, so
that the way may lead through plans that are a bit late. The routes met on the way are
put together anew (see routepool.py). What is stuck soon starts anew, in turn from the
best plan and from a random one.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from pyvrp import (
    CostEvaluator,
    PenaltyManager,
    PenaltyParams,
    ProblemData,
    RandomNumberGenerator,
    Result,
    Solution,
    Statistics,
)
from pyvrp.search import (
    InsertOptionalClient,
    LocalSearch,
    NeighbourhoodParams,
    PerturbationManager,
    PerturbationParams,
    Relocate1,
    RelocateAlternative,
    RemoveOptionalClient,
    ReplaceGroup,
    ReplaceOptionalClient,
    Swap11,
    SwapTails,
    compute_neighbours,
)
from pyvrp.stop import StoppingCriterion

from itinerary_app.planner.solver.routepool import RoutePool

# PyVRP's without those that move several stops at once: swaps of two for one gain less
# than their time does elsewhere, and kicks do the same.
OPERATORS = (
    Relocate1,
    Swap11,
    SwapTails,
    RelocateAlternative,
    RemoveOptionalClient,
    InsertOptionalClient,
    ReplaceOptionalClient,
    ReplaceGroup,
)


@dataclass(frozen=True, slots=True)
class Params:
    """How the search goes about it. Measured by `make bench-planner` and on trips."""

    kick: float = 0.25  # share of the places that are changed at random at once
    kicks: tuple[int, int] = (4, 16)  # the least and the most that this may be
    neighbours: int = 30  # of each place, beside which it is tried
    memory: int = 100  # plans before, as many as places, whose cost will do; at most
    slip: float = 0.01  # share of a day that may be missed for a stop, to begin with
    adapt_every: int = 50  # iterations; penalties follow how many plans were feasible
    recombine_every: int = 100  # iterations
    patience: int = 500  # iterations without a gain before it starts anew
    good: float = 0.93  # share of the best plan's prizes that makes routes good


DEFAULTS = Params()


def search(
    data: ProblemData,
    stop: StoppingCriterion,
    *,
    seed: int = 1,
    params: Params = DEFAULTS,
    first: Solution | None = None,
) -> Result:
    """The best plan found, from the `first` one on or from a random one; the same seed
    and iterations give the same one.
    """
    start = time.perf_counter()
    run = _Search(data, seed, params, first)
    iterations = 0
    while not stop(run.best_cost):
        iterations += 1
        run.step()
        if iterations % params.recombine_every == 0:
            run.recombine()
    seconds = time.perf_counter() - start
    return Result(run.best, Statistics(collect_stats=False), iterations, seconds)


class _Search:
    """The best plan so far, the current one, and the memory of those before."""

    def __init__(
        self, data: ProblemData, seed: int, params: Params, first: Solution | None
    ) -> None:
        rng = RandomNumberGenerator(seed)
        self._improve = _local_search(data, rng, params)
        # What a unit too late may cost: all there is to win.
        self._limit = 1.0 + sum(client.prize for client in data.clients())
        self._penalties = _penalties(data, params, self._limit)
        self._pool = RoutePool(data) if data.num_vehicles > 1 else None
        self._good = params.good
        self._data, self._rng = data, rng
        self._memory: list[Solution | None] = [None] * _memory(data, params)
        self._patience = params.patience
        self._starts = 0
        self._start(self._searched(first) if first else self._random())
        self.best = self._first
        self.best_cost = self._penalties.cost_evaluator().cost(self.best)

    def _random(self) -> Solution:
        return self._searched(Solution.make_random(self._data, self._rng))

    def _searched(self, plan: Solution) -> Solution:
        """What searching it to the end makes of it, all but feasible."""
        costs = self._penalties.max_cost_evaluator()
        return self._improve(plan, costs, exhaustive=True)

    def _start(self, plan: Solution) -> None:
        self._first = self._current = plan
        self._memory = [None] * len(self._memory)
        self._at = 0  # in the memory, which is a ring
        self._stale = 0  # iterations since the last gain from this start
        self._start_cost = self._penalties.cost_evaluator().cost(plan)

    def step(self) -> None:
        """Change the current plan at random, mend it and see whether to go on."""
        costs = self._penalties.cost_evaluator()
        plan = self._improve(self._current, costs, exhaustive=False)
        self._register(plan)
        if costs.cost(plan) < self.best_cost:
            self._is_best(plan, costs)
            plan = self.best
        self._accept(plan, costs)
        good = plan.prizes() >= self._good * self.best.prizes()
        if self._pool and good and plan is self._current:
            self._pool.add(plan)
        self._stale += 1
        if (cost := costs.cost(plan)) < self._start_cost:
            self._start_cost, self._stale = cost, 0
        if self._stale == self._patience:
            self._starts += 1
            self._start(self._random() if self._starts % 2 == 0 else self.best)

    def recombine(self) -> None:
        """Go on from the best plan of the pool's routes, if there is a better one."""
        if self._pool is None or not self.best.is_feasible():
            return
        better = self._pool.improved(self.best)
        if better is not None:
            self._is_best(better, self._penalties.cost_evaluator())
            self._current = self.best

    def _is_best(self, plan: Solution, costs: CostEvaluator) -> None:
        """Take it, or what searching it to the end makes of it."""
        thorough = self._improve(plan, costs, exhaustive=True)
        # It may have traded feasibility for a lower penalised cost.
        self.best = min(plan, thorough, key=costs.cost)
        self.best_cost = costs.cost(self.best)

    def _register(self, plan: Solution) -> None:
        """Let penalties follow; at their limit PyVRP would warn, plan after plan."""
        loads, late, far = self._penalties.penalties()
        if max(*loads, late, far) < self._limit or plan.is_feasible():
            self._penalties.register(plan)

    def _accept(self, plan: Solution, costs: CostEvaluator) -> None:
        """Late acceptance: as good as now, or as some iterations ago, will do."""
        late = self._memory[self._at]
        bar = costs.penalised_cost(late or self._first)
        cost = costs.penalised_cost(plan)
        now = costs.penalised_cost(self._current)
        if cost < bar or cost < now:
            self._current, now = plan, cost
        if late is None or now < bar:
            self._memory[self._at] = self._current
        self._at = (self._at + 1) % len(self._memory)


def _local_search(
    data: ProblemData, rng: RandomNumberGenerator, params: Params
) -> LocalSearch:
    least, most = params.kicks
    most = min(most, max(least, round(params.kick * _places(data))))
    kicks = PerturbationManager(PerturbationParams(1, most))
    neighbours = compute_neighbours(
        data, NeighbourhoodParams(num_neighbours=params.neighbours)
    )
    found = LocalSearch(data, rng, neighbours, kicks)
    for operator in OPERATORS:
        if operator.supports(data):
            found.add_operator(operator(data))
    return found


def _memory(data: ProblemData, params: Params) -> int:
    return max(1, min(params.memory, _places(data)))


def _places(data: ProblemData) -> int:
    """How many there are to choose from: the clients, those of a group as one."""
    alone = sum(client.group is None for client in data.clients())
    return alone + data.num_groups


def _penalties(data: ProblemData, params: Params, limit: float) -> PenaltyManager:
    prizes = [client.prize for client in data.clients()]
    prize = sum(prizes) / max(1, len(prizes))
    day = max(it.tw_late - it.tw_early for it in data.vehicle_types())
    late = prize / max(1.0, params.slip * day)
    # A visit too many costs a prize at first.
    loads = [prize] * data.num_load_dimensions
    limits = PenaltyParams(
        solutions_between_updates=params.adapt_every,
        min_penalty=1.0,
        max_penalty=limit,
    )
    return PenaltyManager((loads, late, late), limits)
