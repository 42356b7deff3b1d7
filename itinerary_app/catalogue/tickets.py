"""Admissions: which are paid, for whom, and since when they are so."""

from __future__ import annotations

from collections.abc import Iterable

from itinerary_app.model import Place


def tickets(places: Iterable[Place]) -> list[Place]:
    """The places without those that the ticket of another one is for, too: what is of
    one site and has one price has one ticket.
    """
    return list(_by_ticket(places).values())


def included(places: Iterable[Place]) -> dict[str, Place]:
    """By its id, for each place whose ticket was bought at one before: that one."""
    places = tuple(places)
    first = _by_ticket(places)
    bought = {it.id: first[_ticket(it)] for it in places}
    return {known: place for known, place in bought.items() if place.id != known}


def _by_ticket(places: Iterable[Place]) -> dict[object, Place]:
    found: dict[object, Place] = {}
    for place in places:
        found.setdefault(_ticket(place), place)
    return found


def _ticket(place: Place) -> object:
    return (place.site and place.price and (place.site, place.price)) or place.id


def years(places: Iterable[Place]) -> str:
    """When the known prices were so, "2023 to 2025"; "" if that is not known."""
    known = {place.price_year for place in places if place.price and place.price_year}
    if not known:
        return ""
    first, last = min(known), max(known)
    return str(first) if first == last else f"{first} to {last}"
