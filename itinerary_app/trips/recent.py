"""What was worked out of the trips that were looked at last, for the next look.

A plan changes seldom, and is looked at often. What is kept holds for exactly these
preferences, this plan, these facts and the language that is spoken, and for none that
are only alike.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, TypeVar

from itinerary_app import language
from itinerary_app.model import Itinerary, Preferences, TripSession

MOST = 128  # things worked out; of a long trip each has 100 to 250 kB

T = TypeVar("T")
Key = tuple[str, str, str, Preferences]


class _Known(NamedTuple):
    plan: Itinerary | None
    facts: Sequence[object]
    value: Any


class Recent:
    """For all threads of a process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: OrderedDict[Key, _Known] = OrderedDict()

    def of(
        self,
        name: str,
        trip: TripSession,
        facts: Sequence[object],
        work_out: Callable[[], T],
    ) -> T:
        """What `work_out` makes of the trip's id, preferences and plan, and of nothing
        else but the facts, which are the same objects as long as they hold. What else
        it depends on has to be in the name.
        """
        key = name, language.current(), trip.session_id, trip.preferences
        with self._lock:
            known = self._known.get(key)
            if known:
                self._known.move_to_end(key)
        if known and known.plan == trip.itinerary and _same(known.facts, facts):
            value: T = known.value
            return value
        value = work_out()
        with self._lock:
            self._known[key] = _Known(trip.itinerary, facts, value)
            self._known.move_to_end(key)
            while len(self._known) > MOST:
                self._known.popitem(last=False)
        return value


def _same(some: Sequence[object], others: Sequence[object]) -> bool:
    return len(some) == len(others) and all(map(lambda a, b: a is b, some, others))
