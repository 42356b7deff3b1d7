"""Admissions: which are paid, for whom, and since when they are so."""

from __future__ import annotations

from collections.abc import Iterable

from itinerary_app.model import Place


def tickets(places: Iterable[Place]) -> list[Place]:
    """The places without those that the ticket of another one is for, too: what is of
    one site and has one price has one ticket.
    """
    found: dict[object, Place] = {}
    for place in places:
        shared = place.site and place.price and (place.site, place.price)
        found.setdefault(shared or place.id, place)
    return list(found.values())


def years(places: Iterable[Place]) -> str:
    """When the known prices were so, "2023 to 2025"; "" if that is not known."""
    known = {place.price_year for place in places if place.price and place.price_year}
    if not known:
        return ""
    first, last = min(known), max(known)
    return str(first) if first == last else f"{first} to {last}"
