"""The catalogue: the covered cities and their places, from CSV files."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from functools import cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TypeVar

from itinerary_app.errors import CannotPlan, ConfigurationError
from itinerary_app.model import Access, Category, City, Diet, Interest, Place
from itinerary_app.planner import hours

T = TypeVar("T")

# How long people usually stay, in minutes: an ordinary length, not a fact.
VISIT_MINUTES: dict[Category, int] = {
    Category.MUSEUM: 120,
    Category.GALLERY: 90,
    Category.PALACE: 90,
    Category.FORT: 120,
    Category.TEMPLE: 60,
    Category.SHRINE: 45,
    Category.CHURCH: 45,
    Category.MOSQUE: 45,
    Category.MONUMENT: 45,
    Category.LANDMARK: 60,
    Category.NEIGHBOURHOOD: 90,
    Category.PARK: 75,
    Category.GARDEN: 75,
    Category.ZOO: 180,
    Category.VIEWPOINT: 45,
    Category.MARKET: 60,
    Category.SHOPPING: 75,
    Category.ACTIVITY: 120,
    Category.SHOW: 120,
    Category.RESTAURANT: 75,
    Category.CAFE: 45,
    Category.STREET_FOOD: 45,
    Category.BAR: 90,
}

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
)


class Catalogue:
    """Cities and places; files are read when first asked for and then kept.

    `folder` holds cities.csv and places/<city id>.csv; the shipped data by
    default. ConfigurationError names the file and the line of a bad row.
    """

    def __init__(self, folder: Traversable | None = None) -> None:
        self._folder = folder or files("itinerary_app") / "data"
        self._places: dict[str, tuple[Place, ...]] = {}

    @cached_property
    def cities(self) -> tuple[City, ...]:
        """The cities that have a file of places, in the file's order."""
        rows = _rows(self._folder / "cities.csv", CITY_COLUMNS, _city)
        return tuple(city for city in rows if self._file(city).is_file())

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
        if city.id not in self._places:
            rows = _rows(self._file(city), PLACE_COLUMNS, _place)
            self._places[city.id] = tuple(rows)
        return self._places[city.id]

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
    )


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
