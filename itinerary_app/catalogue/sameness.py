"""When two places are one: the same name, or a similar one close by."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz import fuzz

from itinerary_app.catalogue.geo import distance_km
from itinerary_app.catalogue.kinds import EATING
from itinerary_app.catalogue.spelling import plain
from itinerary_app.model import Place

CLOSE_KM = 0.06
SIMILAR = 82  # of 100
STRIP = 0.001  # degrees of latitude, wider than CLOSE_KM
_NUMBER = re.compile("[0-9]+")


class Known:
    """Places that are there, against which others are held."""

    def __init__(self, places: Iterable[Place] = ()) -> None:
        self._names: set[str] = set()
        self._strips: defaultdict[int, list[Place]] = defaultdict(list)
        for place in places:
            self.add(place)

    def add(self, place: Place) -> None:
        self._names.update(_names(place))
        self._strips[_strip(place)].append(place)

    def has(self, place: Place) -> bool:
        """Whether the place is one of them."""
        if not self._names.isdisjoint(_names(place)):
            return True
        strip = _strip(place)
        return any(
            is_close(place, other) and are_similar(place, other)
            for near in (strip - 1, strip, strip + 1)
            for other in self._strips.get(near, ())
        )


def merged(ours: Iterable[Place], others: Iterable[Place]) -> tuple[Place, ...]:
    """Ours, and those of the others that are none of ours, nor there twice."""
    places = list(ours)
    known = Known(places)
    for place in others:
        if not known.has(place):
            known.add(place)
            places.append(place)
    return tuple(places)


def is_close(one: Place, other: Place, km: float = CLOSE_KM) -> bool:
    return distance_km(one.lat, one.lon, other.lat, other.lon) <= km


def are_similar(one: Place, other: Place) -> bool:
    """Whether any of their names are so alike that they may be one.

    A museum's café is not the museum, and gate 1 is not gate 2.
    """
    return (one.category in EATING) == (other.category in EATING) and any(
        _NUMBER.findall(a) == _NUMBER.findall(b)
        and fuzz.token_set_ratio(a, b) >= SIMILAR
        for a in _names(one)
        for b in _names(other)
    )


def _names(place: Place) -> set[str]:
    told = {plain(name) for name in (place.name, place.local_name) if name}
    return told - {""}


def _strip(place: Place) -> int:
    return int(place.lat // STRIP)
