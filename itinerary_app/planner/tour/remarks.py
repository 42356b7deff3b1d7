"""The remarks below a plan of several cities."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from itinerary_app.catalogue.tickets import tickets
from itinerary_app.model import Itinerary, PlanRequest, StopKind
from itinerary_app.planner.day.spending import MONEY, account
from itinerary_app.text.money import money
from itinerary_app.text.words import listed


def joined(
    told: Sequence[tuple[str, Sequence[str]]],
    whole: Itinerary,
    request: PlanRequest,
    currencies: Mapping[str, str],
) -> tuple[str, ...]:
    """Each city's remarks under its name; what holds for all is said once.

    `currencies` are the cities' own, by their names.
    """
    told = [  # without the share of the limit that a city has
        (city, [it for it in notes if not it.startswith(MONEY)]) for city, notes in told
    ]
    counts = Counter(note for _, notes in told for note in notes)
    shared = [note for note in told[0][1] if counts[note] == len(told)]
    own = [
        f"{city}: {note}"
        for city, notes in told
        for note in notes
        if note not in shared
    ]
    return (*shared, *_ways(whole), *own, *_money(whole, request, currencies))


def _ways(whole: Itinerary) -> Iterator[str]:
    ways = [stage.transfer for stage in whole.stages if stage.transfer]
    if all(way.known for way in ways):
        how = "are usual ones"
    elif not any(way.known for way in ways):
        how = "are estimated by the distance"
    else:
        how = "are usual ones or, where the plan says so, estimated by the distance"
    yield f"Ways between cities {how}: look up the times before you book." + (
        " Stations and airports are those that most use, and may not be those of your "
        "ticket."
        if any(way.origin or way.target for way in ways)
        else ""
    )


def _money(
    whole: Itinerary, request: PlanRequest, currencies: Mapping[str, str]
) -> Iterator[str]:
    if request.spend_limit is None:
        return
    currency = currencies[whole.city.name]
    others = [city for city, own in currencies.items() if own != currency]
    visits = [it.place for it in whole.stops if it.kind is StopKind.VISIT]
    paid = tickets(it.place for it in whole.stops if it.place.currency == currency)
    spent = sum(place.price or 0.0 for place in paid)
    limit = money(currency, request.spend_limit)
    yield account(money(currency, spent), limit, visits)
    if others:
        theirs = listed(f"{city} ({currencies[city] or 'unknown'})" for city in others)
        yield f"Your limit does not count other money: that of {theirs}."
