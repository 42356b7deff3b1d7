"""Days out: what a place far out of town, or a long way off, leaves time for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

LEFT = 120  # minutes of other visits, by the middle of town, beside a place far out
TOO_FAR = 10 * LEFT  # of a place that has no room beside it at all


@dataclass(frozen=True, slots=True)
class DaysOut:
    """`beside` says of each place far out how many minutes the others count for there:
    none of what is near it. `asked` are those that the traveller insists on; those
    `there` are in the plan that is edited, and may stay as they are.
    """

    beside: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    asked: frozenset[str] = frozenset()
    there: frozenset[str] = frozenset()

    def forbid(self, ids: Iterable[str]) -> bool:
        """Whether these, in their order, are too much for one day: nobody goes far out
        twice, nor between two visits in town. What was asked for is never too much.
        """
        ids = tuple(ids)
        if self.beside.keys().isdisjoint(ids):
            return False
        for out in ids:
            minutes = self.beside.get(out)
            if minutes is None:
                continue
            free = [it for it in ids if it == out or it not in self.asked]
            if self.there and not any(
                it not in self.there and (it == out or minutes.get(it)) for it in free
            ):
                continue
            if sum(minutes.get(it, 0) for it in free) > LEFT:
                return True
            in_town = [
                minutes.get(it, 0) > 0 for it in free if it == out or it in minutes
            ]
            if sum(one != other for one, other in pairwise(in_town)) > 1:
                return True
        return False
