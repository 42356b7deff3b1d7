"""Giving a day: to a place that fits on none, the one where least has to go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from itinerary_app.acts import acts as do
from itinerary_app.acts.acts import Act
from itinerary_app.acts.values import Reference
from itinerary_app.catalogue.kinds import is_of_kind
from itinerary_app.model import Itinerary
from itinerary_app.trips.changes import Change


class Offered(NamedTuple):
    """Acts that would do, and what they would change."""

    acts: tuple[Act, ...]
    change: Change


def moved(
    act: do.Add, plan: Itinerary, apply: Callable[[Sequence[Act]], Change]
) -> Offered | None:
    """The best of the kind that is planned on another day, on the day of the act: what
    to offer where no other of the kind is left.
    """
    kind = act.place.kind if isinstance(act.place, Reference) else None
    if kind is None or act.day is None:
        return None
    found = [
        stop.place
        for day in plan.days
        for stop in day.stops
        if day.number != act.day and is_of_kind(stop.place, kind)
    ]
    for place in sorted(found, key=lambda it: -it.importance):
        acts = (do.Move(stop=place.id, day=act.day, part=act.part),)
        change = apply(acts)
        if change.refused is None:
            return Offered(acts, change)
    return None


def given(
    act: do.Add, plan: Itinerary, apply: Callable[[Sequence[Act]], Change]
) -> Offered | None:
    """The place on the day whose visits are worth least, or on the day of the act;
    None where it fits on no day even so.
    """
    worth = {stop.place.id: stop.place.importance for stop in plan.stops}
    numbers = [day.number for day in plan.days]
    found: list[tuple[int, int, Offered]] = []
    for number in numbers if act.day is None else [act.day]:
        acts = (replace(act, day=number, part=None, after=None, before=None),)
        change = apply(acts)
        after = change.state.itinerary
        if change.refused is None and after is not None:
            left = {stop.place.id for stop in after.stops}
            lost = sum(it for place, it in worth.items() if place not in left)
            found.append((lost, len(found), Offered(acts, change)))
    return min(found)[2] if found else None
