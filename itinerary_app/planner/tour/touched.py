"""Which cities of a trip an act is for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from itinerary_app.acts import acts as do
from itinerary_app.acts.acts import Act
from itinerary_app.errors import CannotPlan
from itinerary_app.model import Itinerary, Place, Refit
from itinerary_app.text.words import counted


def touched(
    itinerary: Itinerary, act: Act | Refit, places: Sequence[Sequence[Place]]
) -> list[int]:
    """The positions of the cities that the act names by a day or place; else all, the
    one with most days first.

    `places` are those of each city. CannotPlan where it would join what is in two.
    """
    found = list(_named(itinerary, act, places))
    at = {position for position, _ in found}
    if len(at) > 1:
        (_, one), (_, other) = (
            next(it for it in found if it[0] == position) for position in sorted(at)[:2]
        )
        if isinstance(act, do.SwapDays):
            raise CannotPlan(f"{one} and {other}: they can't change places.")
        raise CannotPlan(f"{one} and {other}: a day is in one city.")
    if at:
        return list(at)
    lengths = [len(part.days) for part in itinerary.parts()]
    return sorted(range(len(lengths)), key=lambda it: -lengths[it])


def _named(
    itinerary: Itinerary, act: Act | Refit, places: Sequence[Sequence[Place]]
) -> Iterator[tuple[int, str]]:
    """Positions of cities, each with the words that say why."""
    cities = itinerary.cities
    days = {day.number: i for i, it in enumerate(itinerary.parts()) for day in it.days}
    known = {it.id: (i, it.name) for i, some in enumerate(places) for it in some}
    for i, part in enumerate(itinerary.parts()):
        known.update((it.place.id, (i, it.place.name)) for it in part.stops)
    for name in ("stop", "place", "before", "after"):
        if (value := getattr(act, name, None)) in known and isinstance(value, str):
            i, told = known[value]
            yield i, f"{told} is in {cities[i].name}"
    for name in ("day", "first", "second", "to"):
        number = getattr(act, name, None)
        if not isinstance(number, int):
            continue
        if number not in days:
            count = counted(len(itinerary.days), "day")
            raise CannotPlan(f"There is no day {number}: the plan has {count}.")
        told = "Day" if name == "first" else "day"
        yield days[number], f"{told} {number} is in {cities[days[number]].name}"
