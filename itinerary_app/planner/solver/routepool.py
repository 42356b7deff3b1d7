"""The good routes that a search came by, and better plans put together from them.

A search betters a few routes at a time, so the best route of one day is often seen
beside poor ones of the others. The pool keeps them all, and exchanges any two routes
of a plan for the two that are worth most beside those that stay.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from pyvrp import ProblemData, Route, Solution

SIZE = 4_000  # routes; when full, the older half is forgotten
WIDEST = 600  # routes of a day that are paired with those of another

_Key = tuple[int, ...]


class RoutePool:
    """Feasible routes, each with its worth and the bits of what it uses up."""

    def __init__(self, data: ProblemData, size: int = SIZE) -> None:
        self._data = data
        self._kinds = range(data.num_vehicle_types)
        self._uses = _uses(data)
        self._needs = _needs(data)
        # Above all that prizes and costs can be: a need is never given up.
        self._need = 1 + sum(client.prize for client in data.clients())
        self._bits = np.zeros((size, 1 + max(self._uses, default=0) // 64), np.uint64)
        self._worth = np.zeros(size, np.int64)
        self._kind = np.zeros(size, np.int64)
        self._routes: list[list[int]] = []
        self._index: dict[_Key, int] = {}
        for kind in self._kinds:  # an empty day of each kind, which stays
            self._keep(Route(data, [], kind), [])
        self._worth[: len(self._kinds)] = 0  # whatever a vehicle costs when used

    def add(self, solution: Solution) -> None:
        """Keep those of the solution's routes that are feasible and new."""
        for route in solution.routes():
            if _key(route) not in self._index and route.is_feasible():
                self._make_room()
                self._keep(route, _visits(route))

    def improved(self, solution: Solution) -> Solution | None:
        """The solution with pairs of its routes exchanged for better ones, if any."""
        self._make_room()
        days = self._in_days(solution)
        pairs = list(combinations(range(len(days)), 2))
        changed = False
        at = tried = 0  # pairs in a row without success
        while tried < len(pairs):
            first, second = pairs[at]
            better = self._better(days, first, second)
            if better:
                days[first], days[second] = better
                changed, tried = True, 0
            tried += 1
            at = (at + 1) % len(pairs)
        return self._solution(days) if changed else None

    def _make_room(self) -> None:
        """Forget the older half when the next plan might not fit."""
        count, empty = len(self._routes), len(self._kinds)
        if count + empty + self._data.num_vehicles <= len(self._worth):
            return
        stay = [*self._kinds, *range(max(empty, count // 2), count)]
        for values in (self._bits, self._worth, self._kind):
            values[: len(stay)] = values[stay]
        new = {old: at for at, old in enumerate(stay)}
        self._routes = [self._routes[old] for old in stay]
        self._index = {key: new[at] for key, at in self._index.items() if at in new}

    def _keep(self, route: Route, visits: list[int]) -> int:
        at = len(self._routes)
        self._routes.append(visits)
        self._index[_key(route)] = at
        self._kind[at] = route.vehicle_type()
        costs = (
            route.distance_cost() + route.duration_cost() + route.fixed_vehicle_cost()
        )
        needed = sum(self._needs[client] for client in visits)
        self._worth[at] = route.prizes() - costs + self._need * needed
        used = np.zeros(64 * self._bits.shape[1], np.bool_)
        used[[self._uses[client] for client in visits]] = True
        self._bits[at] = np.packbits(used).view(np.uint64)
        return at

    def _in_days(self, solution: Solution) -> list[int]:
        """The plan's routes by their places in the pool, one for each vehicle."""
        days: list[int] = []
        routes = solution.routes()
        for kind, vehicle in enumerate(self._data.vehicle_types()):
            used = [self._find(it) for it in routes if it.vehicle_type() == kind]
            days += used + [kind] * (vehicle.num_available - len(used))
        return days

    def _find(self, route: Route) -> int:
        visits = _visits(route)
        at = self._index.get(_key(route))
        if at is None or self._routes[at] != visits:
            return self._keep(route, visits)
        return at

    def _better(
        self, days: Sequence[int], first: int, second: int
    ) -> tuple[int, int] | None:
        """The two routes that are worth most beside the plan's others, if more."""
        others = [at for day, at in enumerate(days) if day not in (first, second)]
        taken = np.bitwise_or.reduce(self._bits[others], axis=0)
        free = ~(self._bits[: len(self._routes)] & taken).any(axis=1)
        worth = int(self._worth[days[first]] + self._worth[days[second]])
        left = self._of_kind(free, int(self._kind[days[first]]))
        right = self._of_kind(free, int(self._kind[days[second]]))
        most = int(self._worth[left].max()), int(self._worth[right].max())
        if sum(most) <= worth:
            return None
        left = self._best(left[self._worth[left] + most[1] > worth])
        right = self._best(right[self._worth[right] + most[0] > worth])
        both = self._worth[left][:, None] + self._worth[right]
        both[self._clash(left, right)] = worth
        row, column = divmod(int(both.argmax()), len(right))
        if both[row, column] <= worth:
            return None
        return int(left[row]), int(right[column])

    def _of_kind(self, free: NDArray[np.bool_], kind: int) -> NDArray[np.intp]:
        """The free routes of this kind of day; never none, as one is empty."""
        return np.flatnonzero(free & (self._kind[: len(free)] == kind))

    def _best(self, routes: NDArray[np.intp]) -> NDArray[np.intp]:
        if len(routes) <= WIDEST:
            return routes
        return routes[np.argsort(-self._worth[routes], kind="stable")[:WIDEST]]

    def _clash(
        self, left: NDArray[np.intp], right: NDArray[np.intp]
    ) -> NDArray[np.bool_]:
        """Whether they use the same, each of the left with each of the right."""
        clash = np.zeros((len(left), len(right)), np.bool_)
        for word in self._bits.T:
            clash |= (word[left][:, None] & word[right]) != 0
        return clash

    def _solution(self, days: Sequence[int]) -> Solution:
        routes = [
            Route(self._data, self._routes[at], int(self._kind[at]))
            for at in days
            if self._routes[at]
        ]
        return Solution(self._data, routes)


def _key(route: Route) -> _Key:
    """What routes are told apart by: cheaper than their visits, and all but sure."""
    return (
        route.vehicle_type(),
        route.num_clients(),
        route.prizes(),
        route.distance(),
        route.duration(),
        route.slack(),
    )


def _visits(route: Route) -> list[int]:
    return [stop.idx for stop in route if stop.is_client()]


def _uses(data: ProblemData) -> list[int]:
    """What each client uses up: itself, or its group."""
    return [
        at if client.group is None else data.num_clients + client.group
        for at, client in enumerate(data.clients())
    ]


def _needs(data: ProblemData) -> list[bool]:
    """Whether a plan needs each client, or one of its group."""
    groups = data.groups()
    return [
        client.required if client.group is None else groups[client.group].required
        for client in data.clients()
    ]
