"""The catalogue: the covered cities and their places, from CSV files and imports."""

from __future__ import annotations

import csv
import io
import logging
import math
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Protocol, TypeVar

from itinerary_app.catalogue import hours
from itinerary_app.catalogue.sameness import merged
from itinerary_app.catalogue.spelling import plain
from itinerary_app.errors import CannotPlan, ConfigurationError, StorageUnavailable
from itinerary_app.model import (
    Access,
    Booking,
    Category,
    City,
    Diet,
    Fare,
    Interest,
    Place,
)

logger = logging.getLogger(__name__)

T = TypeVar("T")
LOOK_EVERY = 30.0  # seconds

CITY_COLUMNS = ("id", "name", "country", "lat", "lon", "radius_km")
PLACE_COLUMNS = (
    "id",
    "name",
    "lat",
    "lon",
    "category",
    "interests",
    "importance",
    "hours",
    "price",
    "currency",
    "source",
    "source_id",
    "licence",
    "local_name",
    "minutes",
    "diets",
    "wheelchair",
    "level",
    "cuisine",
    "booking",
    "site",
    "fares",
    "price_year",
)
FARES = {"child", "resident", "eu"}
# `id` is a city's and its place's; `closed` are dates of every year, as in OSM's
# opening_hours; on the other public holidays it is open as `usual` or `off`. The rows
# are editorial, from memory; `look_up_at` is the site that tells.
CLOSING_COLUMNS = ("id", "holidays", "closed", "look_up_at")


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

    `folder` holds cities.csv, places/<city id>.csv and perhaps closings.csv; the
    shipped data by default. ConfigurationError names the file and line of a bad row.
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
        return tuple(_rows(self._folder / "cities.csv", CITY_COLUMNS, _city))

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
        places = merged(self.shipped_places(city), imported)
        self._places[city.id] = (now, places)
        return places

    def shipped_places(self, city: City) -> tuple[Place, ...]:
        """The places of the city's file, () without one."""
        if city not in self.shipped:
            return ()
        if city.id not in self._shipped:
            rows = _rows(self._file(city), PLACE_COLUMNS, _place)
            self._shipped[city.id] = tuple(
                place._replace(hours=self._with_closings(city, place)) for place in rows
            )
        return self._shipped[city.id]

    def _with_closings(self, city: City, place: Place) -> str | None:
        closing = self._closings.get(f"{city.id}/{place.id}")
        if not (closing and place.hours):
            return place.hours
        holidays, closed = closing
        on_holidays = hours.AS_USUAL if holidays == "usual" else f"PH {holidays}"
        rules = (holidays and on_holidays, closed and f"{closed} off")
        return _hours("; ".join(filter(None, (place.hours, *rules))))

    @cached_property
    def _closings(self) -> dict[str, tuple[str, str]]:
        """What closings.csv tells of public holidays and of single dates."""
        file = self._folder / "closings.csv"
        rows = _rows(file, CLOSING_COLUMNS, dict) if file.is_file() else ()
        return {row["id"]: (row["holidays"], row["closed"]) for row in rows}

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


def _rows(
    file: Traversable, columns: tuple[str, ...], parse: Callable[[dict[str, str]], T]
) -> Iterator[T]:
    """The parsed rows of a CSV file with these columns and unique ids."""
    seen: set[str] = set()
    reader = csv.DictReader(io.StringIO(file.read_text("utf-8"), newline=""))
    if tuple(reader.fieldnames or ()) != columns:
        raise ConfigurationError(
            f"{file.name}, line 1: the columns must be {','.join(columns)}."
        )
    for row in reader:
        try:
            _check_shape(row, seen)
            yield parse(row)
        except ValueError as exc:
            raise ConfigurationError(
                f"{file.name}, line {reader.line_num}: {exc}"
            ) from exc


def _check_shape(row: dict[str, str], seen: set[str]) -> None:
    if None in row or None in row.values():
        raise ValueError("wrong number of fields.")
    if row["id"] in seen:
        raise ValueError(f"the id {row['id']!r} occurs twice.")
    seen.add(row["id"])


def _city(row: dict[str, str]) -> City:
    return City(
        id=_text(row, "id"),
        name=_text(row, "name"),
        country=_text(row, "country"),
        lat=_number(row, "lat", -90, 90),
        lon=_number(row, "lon", -180, 180),
        radius_km=_number(row, "radius_km", 1, 100),
    )


def _place(row: dict[str, str]) -> Place:
    return Place(
        id=_text(row, "id"),
        name=_text(row, "name"),
        lat=_number(row, "lat", -90, 90),
        lon=_number(row, "lon", -180, 180),
        category=Category(row["category"]),
        interests=tuple(Interest(word) for word in row["interests"].split(";") if word),
        importance=int(_number(row, "importance", 1, 5)),
        hours=_hours(row["hours"]),
        price=_number(row, "price", 0, float("inf")) if row["price"] else None,
        currency=row["currency"] or None,
        source=_text(row, "source"),
        source_id=_text(row, "source_id"),
        licence=_text(row, "licence"),
        local_name=row["local_name"] or None,
        minutes=int(_number(row, "minutes", 5, 600)) if row["minutes"] else None,
        diets=tuple(Diet(word) for word in row["diets"].split(";") if word),
        wheelchair=Access(row["wheelchair"]) if row["wheelchair"] else None,
        level=int(_number(row, "level", 1, 4)) if row["level"] else None,
        cuisine=tuple(word for word in row["cuisine"].split(";") if word),
        booking=Booking(row["booking"]) if row["booking"] else None,
        site=row["site"] or None,
        fares=_fares(row["fares"]),
        price_year=int(_number(row, "price_year", 2000, 2100))
        if row["price_year"]
        else None,
    )


def _fares(text: str) -> tuple[Fare, ...]:
    """From "child=0;resident=50"."""
    found = [fare.partition("=") for fare in text.split(";") if fare]
    if unknown := {who for who, _, _ in found} - FARES:
        raise ValueError(f"fares are for {sorted(FARES)}, not {sorted(unknown)}.")
    return tuple(Fare(who, float(price)) for who, _, price in found)


def local_currency(places: Iterable[Place]) -> str:
    """The ISO 4217 code of the money that most admissions are in, "" if none is."""
    counts = Counter(place.currency for place in places if place.currency)
    return max(counts, key=lambda it: (counts[it], it), default="")


def _text(row: dict[str, str], column: str) -> str:
    if not row[column].strip():
        raise ValueError(f"{column} is empty.")
    return row[column]


def _number(row: dict[str, str], column: str, least: float, most: float) -> float:
    number = float(row[column])
    if not least <= number <= most:
        raise ValueError(f"{column} must be from {least} to {most}, not {number}.")
    return number


def _hours(text: str) -> str | None:
    if text:
        hours.parse(text)
    return text or None
