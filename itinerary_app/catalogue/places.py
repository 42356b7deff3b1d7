"""The catalogue: the covered cities and their places, from CSV files and imports."""

from __future__ import annotations

import logging
import math
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Protocol, TypeVar

from itinerary_app.catalogue import osm_hours, rows
from itinerary_app.catalogue.customs import with_ramadan
from itinerary_app.catalogue.sameness import merged
from itinerary_app.catalogue.spelling import plain
from itinerary_app.errors import CannotPlan, StorageUnavailable
from itinerary_app.model import Approach, City, Place, Way

logger = logging.getLogger(__name__)

T = TypeVar("T")
LOOK_EVERY = 30.0  # seconds
_ON_FOOT = (Way.CLIMB, Way.WALK)


class OtherPlaces(Protocol):
    """Places from elsewhere; its methods may raise StorageUnavailable."""

    def version(self) -> int:
        """Another number after each change."""

    def cities(self) -> tuple[City, ...]:
        """The cities with enough places for a plan."""

    def places(self, city_id: str) -> tuple[Place, ...]:
        """The best places of the city, () if there are none."""


class NothingImported:
    """Where places can't be imported."""

    def version(self) -> int:
        return 0

    def cities(self) -> tuple[City, ...]:
        return ()

    def places(self, city_id: str) -> tuple[Place, ...]:
        return ()


class Catalogue:
    """Cities and places; files are read when first asked for and then kept.

    `folder` holds cities.csv, places/<city id>.csv and perhaps closings.csv and
    ways.csv; the shipped data by default. ConfigurationError names the file and line
    of a bad row.
    What was `imported` is added, but for places that are shipped; it is looked at
    again every LOOK_EVERY seconds. While it can't be reached, all stays as it was.
    """

    def __init__(
        self,
        folder: Traversable | None = None,
        *,
        imported: OtherPlaces | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._folder = folder or files("itinerary_app") / "data"
        self._imported = imported or NothingImported()
        self._clock = clock
        self._looking = threading.Lock()
        self._look_at = -math.inf
        self._version = 0
        self._cities: tuple[City, ...] | None = None
        self._shipped: dict[str, tuple[Place, ...]] = {}
        self._places: dict[str, tuple[int, tuple[Place, ...]]] = {}  # with version

    @property
    def cities(self) -> tuple[City, ...]:
        """The shipped cities in their file's order, then those that imports brought."""
        self._look()
        return self.shipped if self._cities is None else self._cities

    @cached_property
    def known_cities(self) -> tuple[City, ...]:
        """All cities of cities.csv, with places or without."""
        return tuple(
            rows.read(self._folder / "cities.csv", rows.CITY_COLUMNS, rows.city)
        )

    @cached_property
    def shipped(self) -> tuple[City, ...]:
        """The cities that have a file of places."""
        return tuple(city for city in self.known_cities if self._file(city).is_file())

    def city(self, name: str) -> City:
        """The city of this name in any case; CannotPlan names those covered."""
        for city in self.cities:
            if city.name.casefold() == name.strip().casefold():
                return city
        covered = ", ".join(city.name for city in self.cities)
        raise CannotPlan(f"{name!r} is not covered yet. Choose one of {covered}.")

    def currency(self, city_name: str | None) -> str:
        """The ISO 4217 code of what most of its admissions are in, "" if unknown."""
        try:
            return local_currency(self.places(city_name)) if city_name else ""
        except CannotPlan:
            return ""

    def places(self, city_name: str) -> tuple[Place, ...]:
        """The places of the city; CannotPlan if the city is not covered."""
        city = self.city(city_name)
        version, places = self._places.get(city.id, (None, ()))
        if version == self._version:
            return places
        now = self._version
        try:
            imported = self._imported.places(city.id) if now else ()
        except StorageUnavailable:
            if version is None and city not in self.shipped:
                raise
            return places or self.shipped_places(city)
        found = merged(self.shipped_places(city), imported)
        places = tuple(with_ramadan(place, city.country) for place in found)
        self._places[city.id] = (now, places)
        return places

    def shipped_places(self, city: City) -> tuple[Place, ...]:
        """The places of the city's file, () without one."""
        if city not in self.shipped:
            return ()
        if city.id not in self._shipped:
            found = rows.read(self._file(city), rows.PLACE_COLUMNS, rows.place)
            self._shipped[city.id] = tuple(self._complete(city, it) for it in found)
        return self._shipped[city.id]

    def _complete(self, city: City, place: Place) -> Place:
        """The place with what other files tell of it."""
        key = f"{city.id}/{place.id}"
        approach = self._approaches.get(key)
        if approach and approach.start is None and approach.way not in _ON_FOOT:
            approach = approach._replace(start=(city.lat, city.lon))
        told = place.hours
        if told and key in self._closings:
            holidays, closed = self._closings[key]
            as_usual = holidays == "usual"
            on_holidays = osm_hours.AS_USUAL if as_usual else f"PH {holidays}"
            rules = (holidays and on_holidays, closed and f"{closed} off")
            told = rows.checked_hours("; ".join(filter(None, (told, *rules))))
        return place._replace(hours=told, approach=approach)

    @cached_property
    def _closings(self) -> Mapping[str, tuple[str, str]]:
        """What closings.csv tells of public holidays and of single dates."""
        found = self._others("closings.csv", rows.CLOSING_COLUMNS, dict)
        return {row["id"]: (row["holidays"], row["closed"]) for row in found}

    @cached_property
    def _approaches(self) -> Mapping[str, Approach]:
        return dict(self._others("ways.csv", rows.WAY_COLUMNS, rows.approach))

    def _others(
        self, name: str, columns: tuple[str, ...], parse: Callable[[dict[str, str]], T]
    ) -> Iterable[T]:
        file = self._folder / name
        return rows.read(file, columns, parse) if file.is_file() else ()

    def _look(self) -> None:
        """See whether there is something new, one thread at a time.

        The others go on with what there was, but wait for the first look.
        """
        if self._clock() < self._look_at:
            return
        if not self._looking.acquire(blocking=self._look_at == -math.inf):
            return
        try:
            if self._clock() >= self._look_at:
                self._renew()
        finally:
            self._looking.release()

    def _renew(self) -> None:
        try:
            version = self._imported.version()
            if version != self._version:
                self._cities = self._with(self._imported.cities())
                self._version = version
        except StorageUnavailable:
            logger.warning("Imported places cannot be reached: all stays as it is.")
        self._look_at = self._clock() + LOOK_EVERY

    def _with(self, imported: Iterable[City]) -> tuple[City, ...]:
        """The shipped cities and these; what cities.csv tells of a city holds."""
        known = {city.id: city for city in self.known_cities}
        taken = {name for city in self.shipped for name in (city.id, plain(city.name))}
        more = []
        for city in imported:
            if taken.isdisjoint((city.id, plain(city.name))):
                more.append(known.get(city.id, city))
                taken |= {city.id, plain(city.name)}
        return (*self.shipped, *more)

    def _file(self, city: City) -> Traversable:
        return self._folder / "places" / f"{city.id}.csv"


def local_currency(places: Iterable[Place]) -> str:
    """The ISO 4217 code of the money that most admissions are in, "" if none is."""
    counts = Counter(place.currency for place in places if place.currency)
    return max(counts, key=lambda it: (counts[it], it), default="")
