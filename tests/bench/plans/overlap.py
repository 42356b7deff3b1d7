"""How much the plans of travellers with different interests have in common."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from itinerary_app.model import Interest, PlanRequest, StopKind
from itinerary_app.planner.planner import Planner

CITIES = (
    "London", "Paris", "Rome", "Berlin", "Barcelona", "New York", "Tokyo",
    "Singapore", "Sydney", "Mexico City",
)  # fmt: skip
DAYS = 3
TRAVELLERS = {
    "none": (),
    "art": (Interest.ART,),
    "family": (Interest.FAMILY,),
    "nightlife": (Interest.NIGHTLIFE,),
}
# By two travellers: of each city the share in common, of all visits, and of those that
# are not of the first rank.
Overlaps = dict[tuple[str, str], list[tuple[float, float]]]


def of_interests(planner: Planner) -> Overlaps:
    """Of each two of the travellers, in each of the big cities."""
    found: Overlaps = {}
    for city in CITIES:
        seen = {
            name: _visits(planner, PlanRequest(city, DAYS, interests))
            for name, interests in TRAVELLERS.items()
        }
        for one, other in combinations(TRAVELLERS, 2):
            a, b = seen[one], seen[other]
            lesser = (
                {it for it, rank in a.items() if rank < 5},
                {it for it, rank in b.items() if rank < 5},
            )
            shares = _shared(set(a), set(b)), _shared(*lesser)
            found.setdefault((one, other), []).append(shares)
    return found


def rows(overlaps: Overlaps) -> list[str]:
    """Rows of a table in Markdown."""
    return [
        f"| {one}, {other} | {np.mean([it[0] for it in some]):.2f} | "
        f"{np.mean([it[1] for it in some]):.2f} |"
        for (one, other), some in overlaps.items()
    ]


def _visits(planner: Planner, request: PlanRequest) -> dict[str, int]:
    return {
        stop.place.id: stop.place.importance
        for stop in planner.plan(request).stops
        if stop.kind is StopKind.VISIT
    }


def _shared(some: set[str], others: set[str]) -> float:
    return len(some & others) / max(1, len(some | others))
