"""The order of cities that saves travel."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from itinerary_app.catalogue.hops import hop
from itinerary_app.model import City


def shortest(cities: Sequence[City]) -> list[City]:
    """The cities in the order of the least total way that begins with the first.

    Exact (Held and Karp); among equals the one that was told.
    """
    count = len(cities)
    if count < 3:
        return list(cities)
    minutes = [[hop(a, b).minutes if a != b else 0 for b in cities] for a in cities]
    # The least way through a set of cities that ends with one of them, and the way.
    best: dict[tuple[frozenset[int], int], tuple[int, tuple[int, ...]]] = {
        (frozenset({i}), i): (minutes[0][i], (0, i)) for i in range(1, count)
    }
    for size in range(2, count):
        for some in map(frozenset, combinations(range(1, count), size)):
            for last in some:
                rest = some - {last}
                best[some, last] = min(
                    (best[rest, i][0] + minutes[i][last], (*best[rest, i][1], last))
                    for i in rest
                )
    everything = frozenset(range(1, count))
    _, order = min(best[everything, last] for last in everything)
    return [cities[i] for i in order]


def inserted(cities: Sequence[City], new: City) -> list[City]:
    """The cities in their order with a new one, behind the first, where it costs the
    least way; at the end among equals.
    """
    ways = [*cities, None]
    spots = range(1, len(cities) + 1)

    def detour(spot: int) -> tuple[int, int]:
        before, after = ways[spot - 1], ways[spot]
        assert before is not None
        added = hop(before, new).minutes
        if after is not None:
            added += hop(new, after).minutes - hop(before, after).minutes
        return added, -spot

    at = min(spots, key=detour)
    return [*cities[:at], new, *cities[at:]]
