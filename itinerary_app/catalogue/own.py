"""Places that a traveller made: of a name and a point, and all else unknown."""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import sha256

from itinerary_app.catalogue.spelling import plain
from itinerary_app.model import OWN, Category, OwnPlace, Place

SOURCE = "the traveller"
PRIVATE = "private"  # its licence: there is none to anybody
USUAL = 3  # importance: neither a famous sight nor one to be left out first


def places(own: Iterable[OwnPlace], city: str) -> tuple[Place, ...]:
    """Those of the city, as places."""
    return tuple(_place(it) for it in own if it.city == city)


def id_of(own: OwnPlace) -> str:
    """The same for the same name and point."""
    said = f"{own.name}|{own.lat:.6f}|{own.lon:.6f}"
    return f"{_of(own.city)}{sha256(said.encode()).hexdigest()[:12]}"


def is_of(city: str, place_id: str) -> bool:
    """Whether it is the id of a place that somebody made in the city."""
    return place_id.startswith(_of(city))


def _of(city: str) -> str:
    return f"{OWN}{re.sub('[^a-z0-9]+', '-', plain(city))}:"


def _place(own: OwnPlace) -> Place:
    return Place(
        id=id_of(own),
        name=own.name,
        lat=own.lat,
        lon=own.lon,
        category=Category.LANDMARK,
        interests=(),
        importance=USUAL,
        hours=None,
        price=None,
        currency=None,
        source=SOURCE,
        source_id="",
        licence=PRIVATE,
    )
