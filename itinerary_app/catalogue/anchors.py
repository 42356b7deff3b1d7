"""Where the days of a trip begin and end: what the traveller told, found on the map."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from itinerary_app.catalogue.gateways import gateway, gateways
from itinerary_app.catalogue.geo import distance_km
from itinerary_app.catalogue.kinds import EATING
from itinerary_app.catalogue.spelling import plain
from itinerary_app.language import N_
from itinerary_app.model import (
    Anchor,
    AnchorKind,
    Base,
    Category,
    City,
    Place,
    PlanRequest,
)

MIDDLE = N_("the middle of the central sights")
SHORTEST_NAME = 4  # letters of a name that is looked for among other words
_WEIGHTS = {3: 1, 4: 3, 5: 8}  # of a sight in the middle of all, by importance
_STEPS = 60
_NEAR_ENOUGH = 1e-6  # degrees
_COORDINATES = re.compile(r"\s*(-?\d{1,2}(?:\.\d+)?)\s*[,;]\s*(-?\d{1,3}(?:\.\d+)?)\s*")
_WORD = re.compile(r"[^\W_]+")
_BESIDE = re.compile(
    r"\b(?:near|nearby|beside|by|at|opposite|behind|close to|next to|next door to"
    r"|across from|around the corner from|round the corner from|not far from)"
    r"(?: the)? "
)


class Bed(NamedTuple):
    """Where one sleeps for some nights, and where that is on the map.

    None: nobody knows. `exact` is False where the words only name what is near.
    """

    told: Base
    anchor: Anchor | None
    exact: bool = True


class Anchors(NamedTuple):
    """None: day 1 begins, or the last day ends, where one sleeps.

    `base` is where one sleeps in the nights that none of `beds` tells, of which the
    later ones count. `unknown` are the words for a gateway that we do not know. With
    `goes_on` the trip has a night here after the last day.
    """

    base: Anchor
    arrival: Anchor | None = None
    departure: Anchor | None = None
    beds: tuple[Bed, ...] = ()
    unknown: tuple[str, ...] = ()
    goes_on: bool = False

    @property
    def all(self) -> tuple[Anchor, ...]:
        """Each of them once."""
        every = (
            self.base,
            self.arrival,
            self.departure,
            *(it.anchor for it in self.beds),
        )
        found = {it.id: it for it in every if it}
        return tuple(found.values())

    def nights(self, days: int) -> range:
        """The numbers of the days, of so many here, that have a night after them.

        A trip of one day has one, too: it ends where one sleeps.
        """
        return range(1, days + 1 if self.goes_on else max(2, days))

    def night(self, number: int, days: int) -> Anchor:
        """Where one sleeps after this one of the `days` here, from 1.

        After the trip's last day that is where one slept before, unless told.
        """
        bed = self.bed(number, days)
        told = bed is not None and bed.told.night == number
        if number not in self.nights(days) and not told:
            bed = self.bed(number - 1, days)
        return (bed and bed.anchor) or self.base

    def bed(self, number: int, days: int) -> Bed | None:
        """What was told of the night after this day."""
        found = [it for it in self.beds if number in self._meant(it.told, days)]
        return found[-1] if found else None

    def has_nights(self, bed: Bed, days: int) -> bool:
        """Whether the nights that it is told of are there."""
        return not {*self._meant(bed.told, days)}.isdisjoint(range(1, days + 1))

    def _meant(self, told: Base, days: int) -> range:
        last = self.nights(days)[-1]
        first = told.night if told.night > 0 else max(1, last + 1 + told.night)
        return range(first, days + 1 if told.nights is None else first + told.nights)


def anchors(request: PlanRequest, city: City, places: Sequence[Place]) -> Anchors:
    """Those of the request. An airport without a time counts for nothing yet."""
    told = [Base(request.base, city.name)] if request.base is not None else []
    told += [it for it in request.bases if it.city == city.name]
    arrival = departure = None
    unknown = []
    if request.arrive is not None and request.arrive_at:
        arrival = _gateway(request.arrive_at, city, places)
        unknown += [] if arrival else [request.arrive_at]
    if request.depart is not None and request.depart_at:
        departure = _gateway(request.depart_at, city, places)
        unknown += [] if departure else [request.depart_at]
    return Anchors(
        middle(city, places),
        arrival,
        departure,
        tuple(Bed(it, *_base(it.where, city, places)) for it in told),
        tuple(dict.fromkeys(unknown)),
        request.goes_on,
    )


def middle(city: City, places: Iterable[Place]) -> Anchor:
    """The spot from which the sights, by their importance, are nearest in all.

    One sight far away hardly moves it.
    """
    sights = [it for it in places if it.category not in EATING]
    chosen = [it for it in sights if it.importance in _WEIGHTS] or sights
    points = tuple((it.lat, it.lon, _WEIGHTS.get(it.importance, 1)) for it in chosen)
    lat, lon = _median(points) if points else (city.lat, city.lon)
    return Anchor(MIDDLE, round(lat, 4), round(lon, 4), AnchorKind.MIDDLE)


@lru_cache(maxsize=256)
def _median(points: tuple[tuple[float, float, int], ...]) -> tuple[float, float]:
    """The geometric median, by Weiszfeld's steps."""
    heaviest = sum(weight for *_, weight in points)
    lat = sum(it[0] * it[2] for it in points) / heaviest
    lon = sum(it[1] * it[2] for it in points) / heaviest
    narrow = math.cos(math.radians(lat))
    for _ in range(_STEPS):
        pulls = [
            weight / max(_NEAR_ENOUGH, math.hypot(a - lat, (b - lon) * narrow))
            for a, b, weight in points
        ]
        lat = sum(pull * it[0] for pull, it in zip(pulls, points, strict=True))
        lon = sum(pull * it[1] for pull, it in zip(pulls, points, strict=True))
        lat, lon = lat / sum(pulls), lon / sum(pulls)
    return lat, lon


def _base(
    words: str, city: City, places: Sequence[Place]
) -> tuple[Anchor | None, bool]:
    """What the words mean, and whether that is all that they say."""
    if found := _COORDINATES.fullmatch(words):
        lat, lon = float(found[1]), float(found[2])
        if distance_km(lat, lon, city.lat, city.lon) <= city.radius_km:
            return Anchor(N_("your base"), lat, lon, AnchorKind.BASE), True
        return None, True
    for place in places:
        if place.id == words:
            return _at(place.name, place), True
    said = _spaced(words)
    spots = list(_named(city, places))
    for name, spot in spots:
        if name == said:
            return spot, True
    districts = _districts(places)
    for districts_only in (True, False):
        within = [
            (len(name), spot)
            for name, spot in spots
            if len(name.strip()) >= SHORTEST_NAME
            and (at := said.find(name)) >= 0
            and (spot in districts if districts_only else _is_beside(said[: at + 1]))
        ]
        if within:
            return max(within, key=lambda it: it[0])[1], False
    shared = [
        it
        for it in places
        if len(said.strip()) >= SHORTEST_NAME and any(said in n for n in _names(it))
    ]
    if shared:  # "Sultanahmet", of whose sights one is the most famous
        best = max(shared, key=lambda it: it.importance)
        return _at(best.name, best), False
    beside = _BESIDE.search(said)
    found_there = gateway(said[beside.end() :], city) if beside else None
    return found_there and found_there._replace(kind=AnchorKind.BASE), False


def _is_beside(before: str) -> bool:
    found = [it.end() for it in _BESIDE.finditer(before)]
    return len(before) in found


def _gateway(words: str, city: City, places: Sequence[Place]) -> Anchor | None:
    """The gateway of these words; a place of the city may be one, too."""
    if found := gateway(words, city):
        return found
    said = _spaced(words)
    for place in places:
        if place.id == words or said in _names(place):
            return Anchor(place.name, place.lat, place.lon, AnchorKind.STATION)
    return None


def _named(city: City, places: Sequence[Place]) -> Iterator[tuple[str, Anchor]]:
    for place in places:
        for name in _names(place):
            yield name, _at(place.name, place)
    for it in gateways(city):
        yield _spaced(it.anchor.name), it.anchor._replace(kind=AnchorKind.BASE)


def _districts(places: Iterable[Place]) -> list[Anchor]:
    return [_at(it.name, it) for it in places if it.category is Category.NEIGHBOURHOOD]


def _names(place: Place) -> list[str]:
    """As they are compared; also without what is in brackets."""
    told = [place.name, place.name.partition("(")[0], place.local_name or ""]
    if place.category is Category.NEIGHBOURHOOD:  # "Oltrarno and Piazza Santo Spirito"
        told += place.name.split(" and ")
    return [name for name in dict.fromkeys(map(_spaced, told)) if name.strip()]


def _at(name: str, place: Place) -> Anchor:
    return Anchor(name, place.lat, place.lon, AnchorKind.BASE)


def _spaced(text: str) -> str:
    """Plain words between single spaces, as in " santa maria "."""
    return f" {' '.join(_WORD.findall(plain(text)))} "
