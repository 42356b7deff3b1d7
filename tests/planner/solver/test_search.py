"""The search for the routes that are worth most."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator, Sequence
from itertools import permutations

import numpy as np
import pytest
from pyvrp import (
    Client,
    ClientGroup,
    Depot,
    Location,
    ProblemData,
    Route,
    Solution,
    VehicleType,
)
from pyvrp.stop import MaxIterations

from itinerary_app.planner.solver.routepool import RoutePool
from itinerary_app.planner.solver.search import search


def problem(seed: int, clients: int = 6) -> ProblemData:
    """Two different days, places of one group each, some with two, one needed."""
    rng = random.Random(seed)
    at = [(rng.randrange(60), rng.randrange(60)) for _ in range(clients + 1)]
    travel = np.array([[abs(a - c) + abs(b - d) for c, d in at] for a, b in at])
    early = [rng.randrange(60) for _ in range(clients)]
    pairs = [list(range(first, first + 2)) for first in range(0, clients, 2)]
    return ProblemData(
        locations=[Location(x, y) for x, y in at],
        clients=[
            Client(
                place + 1,
                delivery=[1],
                service_duration=20,
                tw_early=early[place],
                tw_late=early[place] + 90,
                prize=rng.randrange(1, 9) * 1_000,
                required=False,
                group=place // 2 if place < 4 else None,
            )
            for place in range(clients)
        ],
        depots=[Depot(0)],
        vehicle_types=[
            VehicleType(capacity=[3], tw_early=0, tw_late=130),
            VehicleType(capacity=[2], tw_early=40, tw_late=190),
        ],
        distance_matrices=[travel],
        duration_matrices=[travel],
        groups=[
            ClientGroup(pairs[0], required=True),
            ClientGroup(pairs[1], required=False),
        ],
    )


def row(
    prizes: Sequence[int], *, days: int, needed: Collection[int] = ()
) -> ProblemData:
    """Places ten minutes apart; a day has time for two."""
    apart = 10 - 10 * np.eye(len(prizes) + 1, dtype=int)
    return ProblemData(
        locations=[Location(0, at) for at in range(len(prizes) + 1)],
        clients=[
            Client(at + 1, prize=prize, required=at in needed)
            for at, prize in enumerate(prizes)
        ],
        depots=[Depot(0)],
        vehicle_types=[VehicleType(days, tw_late=30)],
        distance_matrices=[apart],
        duration_matrices=[apart],
    )


def best_by_trying(data: ProblemData) -> int | None:
    """The worth of the best plan, by trying all of them; None if none is feasible."""
    clients = range(data.num_clients)
    best: list[dict[frozenset[int], int]] = [{}, {}]
    for kind, routes in enumerate(best):
        for length in range(data.num_clients + 1):
            for order in permutations(clients, length):
                route = Route(data, list(order), kind)
                worth = route.prizes() - route.distance_cost()
                if route.is_feasible() and _once(data, order):
                    used = frozenset(order)
                    routes[used] = max(worth, routes.get(used, worth))
    worths = (
        worth + other_worth
        for used, worth in best[0].items()
        for other, other_worth in best[1].items()
        if not used & other
        and _once(data, (*used, *other))
        and (used | other) & {0, 1}  # of the needed group
    )
    return max(worths, default=None)


def _once(data: ProblemData, clients: Sequence[int]) -> bool:
    groups = [
        group for client in clients if (group := data.client(client).group) is not None
    ]
    return len(groups) == len(set(groups))


def worth(solution: Solution) -> int:
    return solution.prizes() - solution.distance_cost()


def tours(solution: Solution | None) -> Iterator[list[int]]:
    assert solution is not None
    for route in solution.routes():
        yield [stop.idx for stop in route if stop.is_client()]


@pytest.mark.parametrize("seed", range(8))
def test_nothing_is_better(seed: int) -> None:
    """On small problems it finds what trying all plans finds, or that none will do."""
    data = problem(seed)
    result = search(data, MaxIterations(300))
    found = worth(result.best) if result.is_feasible() else None
    assert found == best_by_trying(data)


def test_same_plan_again() -> None:
    """The same seed and iterations give the same plan."""
    data = problem(1, clients=40)
    one, other = (search(data, MaxIterations(700), seed=3).best for _ in range(2))
    assert list(tours(one)) == list(tours(other))


def test_one_day() -> None:
    """A single day, with no other to exchange routes with, is searched too."""
    result = search(row([5_000, 9_000, 7_000], days=1), MaxIterations(100))
    assert sorted(next(tours(result.best))) == [1, 2]


def test_what_cannot_be() -> None:
    """When what is needed cannot be reached, the result says so."""
    data = row([5_000, 5_000, 5_000], days=1, needed={0, 1, 2})
    result = search(data, MaxIterations(100))
    assert not result.is_feasible()


def test_good_days_come_together() -> None:
    """The best day of one plan and the best of another make a better plan."""
    data = row([9_000, 9_000, 1_000, 1_000, 8_000, 8_000], days=2)
    pool = RoutePool(data)
    pool.add(Solution(data, [[0, 1], [2, 3]]))
    pool.add(Solution(data, [[2, 0], [4, 5]]))
    better = pool.improved(Solution(data, [[0, 1], [2, 3]]))
    assert sorted(tours(better)) == [[0, 1], [4, 5]]
    assert pool.improved(Solution(data, [[0, 1], [4, 5]])) is None


def test_days_left_empty_are_filled() -> None:
    """A plan that leaves days empty gets routes for them."""
    data = row([9_000, 9_000, 8_000], days=3)
    pool = RoutePool(data)
    pool.add(Solution(data, [[0, 1], [2]]))
    better = pool.improved(Solution(data, [[0, 1]]))
    assert sorted(tours(better)) == [[0, 1], [2]]


def test_needs_come_first() -> None:
    """No prize buys a place that the plan needs."""
    data = row([1, 9_000, 9_000, 9_000, 9_000], days=2, needed={0})
    pool = RoutePool(data)
    pool.add(Solution(data, [[1, 2], [3, 4]]))
    pool.add(Solution(data, [[0, 1], [2, 3]]))
    assert pool.improved(Solution(data, [[0, 1], [2, 3]])) is None


def test_old_routes_are_forgotten() -> None:
    """A full pool makes room and goes on to better plans."""
    data = row([1_000 + at for at in range(12)], days=2)
    pool = RoutePool(data, size=16)
    plan = Solution(data, [[0, 1], [2, 3]])
    for first in range(0, 12):
        for second in range(first):
            pool.add(Solution(data, [[first, second]]))
    better = pool.improved(plan)
    assert better is not None
    assert better.is_feasible()
    assert worth(better) > worth(plan)
