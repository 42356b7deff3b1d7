"""What a day adds up to: on foot, by other ways, in tickets, free."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from itinerary_app.model import Day, StopKind
from itinerary_app.text.clock import clock
from itinerary_app.text.money import money
from itinerary_app.text.words import counted, lasting, listed


def totals(day: Day, included: Collection[str] = ()) -> list[str]:
    """Each in a few words; the ways are estimates, and unknown prices are told.

    Places whose id is in `included` are paid with the ticket of another one.
    """
    return list(_totals(day, included)) if day.stops else []


def _totals(day: Day, included: Collection[str]) -> Iterator[str]:
    yield counted(len(day.stops), "stop")
    on_foot = sum(it.travel_minutes for it in day.stops if it.travel_mode == "walk")
    other = sum(it.travel_minutes for it in day.stops if it.travel_mode != "walk")
    if day.back is not None:
        on_foot += day.back_minutes * (day.back_mode == "walk")
        other += day.back_minutes * (day.back_mode != "walk")
    if on_foot:
        yield f"about {lasting(on_foot)} on foot"
    if other:
        yield f"about {lasting(other)} by other ways"
    yield from _tickets(day, included)
    free = sum(it[1] - it[0] for it in map(day.free_before, day.stops) if it)
    if free:
        yield f"{lasting(free)} free"
    rests = [f"{clock(start)}–{clock(end)}" for start, end in day.rests]
    if kept := [*day.free, *rests]:
        yield f"{listed(kept)} kept free"


def _tickets(day: Day, included: Collection[str]) -> Iterator[str]:
    visits = [it.place for it in day.stops if it.kind is StopKind.VISIT]
    paid = [it for it in visits if it.id not in included]
    sums: dict[str | None, float] = {}
    for place in paid:
        if place.price:
            sums[place.currency] = sums.get(place.currency, 0) + place.price
    known = " and ".join(money(currency, cost) for currency, cost in sums.items())
    unknown = sum(it.price is None for it in paid)
    if known and unknown:
        yield f"tickets {known}, {unknown} unknown"
    elif known or unknown:
        yield f"tickets {known}" if known else f"{counted(unknown, 'price')} unknown"
