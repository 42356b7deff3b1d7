"""Remarks on where days begin and end: beds, airports and stations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from itinerary_app.catalogue.anchors import Anchors, Bed
from itinerary_app.catalogue.gateways import gateways, names_a_kind
from itinerary_app.model import CHECKING_IN, COMING_OUT, Anchor, City, PlanRequest
from itinerary_app.model.request import AT_THE_DOOR
from itinerary_app.planner.day.frames import checking_in
from itinerary_app.text.clock import clock
from itinerary_app.text.ends import NO_NIGHT, SLEEPS_AT, SLEEPS_SOMEWHERE
from itinerary_app.text.words import listed


def beds(anchors: Anchors, request: PlanRequest, days: int) -> Iterator[str]:
    """Where one sleeps, unless it is just what was told."""
    found: defaultdict[Bed | None, list[int]] = defaultdict(list)
    for number in anchors.nights(days):
        found[anchors.bed(number, days)].append(number + request.first - 1)
    places = {(bed and bed.anchor) or anchors.base for bed in found}
    if len(places) > 1:
        told = (
            f"{((bed and bed.anchor) or anchors.base).name} ({_after(nights)})"
            for bed, nights in found.items()
        )
        yield f"{SLEEPS_AT} {listed(told)}."
    elif found.keys() == {None}:
        yield (
            f"Your days begin and end in {anchors.base.name}: tell where you sleep, "
            "and the ways count from there."
        )
    for bed, nights in found.items():
        if bed is not None:
            yield from _known_of(bed, anchors.base, nights if len(found) > 1 else [])
    for bed in anchors.beds:
        if not anchors.has_nights(bed, days):
            where, city = bed.told.where, bed.told.city
            yield f"{NO_NIGHT} “{where}”: there are too few in {city}."


def _known_of(bed: Bed, base: Anchor, nights: list[int]) -> Iterator[str]:
    where = bed.told.where
    if bed.anchor is None:
        when = (
            f"{_after(nights)} is taken to be" if nights else "your days begin and end"
        )
        yield (
            f"{SLEEPS_SOMEWHERE} “{where}” is: {when} in {base.name}. "
            "Name a district or a sight near it."
        )
    elif not bed.exact:
        yield f"{SLEEPS_AT} {bed.anchor.name}: that is what we know of “{where}”."


def gates(anchors: Anchors, request: PlanRequest, city: City) -> Iterator[str]:
    """Where one comes in and leaves, and the time that is kept for it."""
    if request.arrive is not None and request.arrive_at != AT_THE_DOOR:
        at, told = anchors.arrival, request.arrive_at
        if at:
            outside = clock(request.arrive + COMING_OUT[at.kind])
            yield (
                f"Day {request.first} begins at {at.name}, at {outside}: it takes "
                f"about {COMING_OUT[at.kind]} minutes to get out."
                f"{_taken(at, told, city)}"
            )
        else:
            yield f"Day 1 begins where you sleep, at {clock(request.arrive)}. " + (
                _unknown(told)
                if told
                else "Name the airport or station, and the way from there counts."
            )
    if request.depart is not None and request.depart_at != AT_THE_DOOR:
        at, told = anchors.departure, request.depart_at
        day = f"Day {request.last}" if request.goes_on else "The last day"
        if at:
            inside = clock(max(0, request.depart - checking_in(request, at)))
            why = (
                "when you must be there"
                if request.depart_there
                else f"{CHECKING_IN[at.kind]} minutes before you leave"
            )
            separator = "," if request.depart_there else ":"
            yield (
                f"{day} ends at {at.name}, at {inside}{separator} {why}."
                f"{_taken(at, told, city)}"
            )
        else:
            yield f"{day} ends where you sleep, at {clock(request.depart)}. " + (
                _unknown(told)
                if told
                else "Name the airport or station, and the way to it counts."
            )


def _unknown(told: str) -> str:
    return f"We do not know “{told}”."


def _taken(at: Anchor, told: str | None, city: City) -> str:
    """What is said of a gateway that was not named, but taken."""
    if not told or not names_a_kind(told, city):
        return ""
    others = [
        it.anchor.name
        for it in gateways(city)
        if it.anchor.kind is at.kind and it.anchor != at
    ]
    if not others:
        return f" We took it as the {at.kind}: name another if it is not yours."
    return (
        f" You named no {at.kind}: we took the one that most use. Is it yours, or "
        f"{listed(others, 'or')}?"
    )


def _after(nights: list[int]) -> str:
    """The night after day 3; the nights after days 1, 2 and 4."""
    if len(nights) == 1:
        return f"the night after day {nights[0]}"
    return f"the nights after days {listed(map(str, nights))}"
