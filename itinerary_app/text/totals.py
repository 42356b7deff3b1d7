"""What a day adds up to: on foot, by other ways, in tickets, free."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from itinerary_app.language import _, ngettext, number
from itinerary_app.model import Day, StopKind
from itinerary_app.text.clock import clock
from itinerary_app.text.money import money
from itinerary_app.text.words import lasting, listed


def totals(day: Day, included: Collection[str] = ()) -> list[str]:
    """Each in a few words; the ways are estimates, and unknown prices are told.

    Places whose id is in `included` are paid with the ticket of another one.
    """
    return list(_totals(day, included)) if day.stops else []


def _totals(day: Day, included: Collection[str]) -> Iterator[str]:
    yield ngettext("%(num)s stop", "%(num)s stops", len(day.stops))
    on_foot = sum(it.travel_minutes for it in day.stops if it.travel_mode == "walk")
    other = sum(it.travel_minutes for it in day.stops if it.travel_mode != "walk")
    if day.back is not None:
        on_foot += day.back_minutes * (day.back_mode == "walk")
        other += day.back_minutes * (day.back_mode != "walk")
    if on_foot:
        yield _("about %(time)s on foot", time=lasting(on_foot))
    if other:
        yield _("about %(time)s by other ways", time=lasting(other))
    yield from _tickets(day, included)
    free = sum(it[1] - it[0] for it in map(day.free_before, day.stops) if it)
    if free:
        yield _("%(time)s free", time=lasting(free))
    rests = [f"{clock(start)}–{clock(end)}" for start, end in day.rests]
    if kept := [*(_(part.value) for part in day.free), *rests]:
        yield _("%(times)s kept free", times=listed(kept))


def _tickets(day: Day, included: Collection[str]) -> Iterator[str]:
    visits = [it.place for it in day.stops if it.kind is StopKind.VISIT]
    paid = [it for it in visits if it.id not in included]
    sums: dict[str | None, float] = {}
    for place in paid:
        if place.price:
            sums[place.currency] = sums.get(place.currency, 0) + place.price
    known = listed(money(currency, cost) for currency, cost in sums.items())
    unknown = sum(it.price is None for it in paid)
    if known and unknown:
        yield _("tickets %(sum)s, %(count)s unknown", sum=known, count=number(unknown))
    elif known:
        yield _("tickets %(sum)s", sum=known)
    elif unknown:
        yield ngettext("%(num)s price unknown", "%(num)s prices unknown", unknown)
