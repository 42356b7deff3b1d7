"""The rows of the shipped CSV files, as cities, places and facts about them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from importlib.resources.abc import Traversable
from typing import TypeVar

from itinerary_app.catalogue import osm_hours
from itinerary_app.errors import ConfigurationError
from itinerary_app.model import (
    Access,
    Approach,
    Booking,
    Category,
    City,
    Diet,
    Fare,
    Interest,
    Place,
    Way,
)

T = TypeVar("T")

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
MAX_PRICE = 100_000_000  # in any currency
# `id` is a city's and its place's; `closed` are dates of every year, as in OSM's
# opening_hours; on the other public holidays it is open as `usual` or `off`. The rows
# are editorial, from memory; `look_up_at` is the site that tells.
CLOSING_COLUMNS = ("id", "holidays", "closed", "look_up_at")
# `way` and the rest as in `Approach`, for the place `id` as above, from memory. lat and
# lon are of the `start`, or of the end of a walk; without them a way by train, bus or
# road starts in the middle of the city.
WAY_COLUMNS = ("id", "way", "minutes", "lat", "lon", "outing", "words")


def read(
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


def city(row: dict[str, str]) -> City:
    return City(
        id=_text(row, "id"),
        name=_text(row, "name"),
        country=_text(row, "country"),
        lat=_number(row, "lat", -90, 90),
        lon=_number(row, "lon", -180, 180),
        radius_km=_number(row, "radius_km", 1, 100),
    )


def place(row: dict[str, str]) -> Place:
    return Place(
        id=_text(row, "id"),
        name=_text(row, "name"),
        lat=_number(row, "lat", -90, 90),
        lon=_number(row, "lon", -180, 180),
        category=Category(row["category"]),
        interests=tuple(Interest(word) for word in row["interests"].split(";") if word),
        importance=int(_number(row, "importance", 1, 5)),
        hours=checked_hours(row["hours"]),
        price=_number(row, "price", 0, MAX_PRICE) if row["price"] else None,
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
    return tuple(
        Fare(who, _number({"fares": price}, "fares", 0, MAX_PRICE))
        for who, _, price in found
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


def checked_hours(text: str) -> str | None:
    """The hours; ValueError unless they are in OSM's syntax."""
    if text:
        osm_hours.parse(text)
    return text or None


def approach(row: dict[str, str]) -> tuple[str, Approach]:
    """Whose it is, and how one gets there."""
    way, words = Way(row["way"]), row["words"] or None
    there = (
        (_number(row, "lat", -90, 90), _number(row, "lon", -180, 180))
        if row["lat"]
        else None
    )
    if way is Way.WALK:
        if there is None:
            raise ValueError("a walk needs its end.")
        return row["id"], Approach(way, end=there, words=words)
    minutes = int(_number(row, "minutes", 1, 240))
    if way is Way.CLIMB:
        return row["id"], Approach(way, minutes, words=words)
    if there is None and way is Way.FERRY:
        raise ValueError("a ferry needs its pier.")
    return row["id"], Approach(
        way, minutes, there, words=words, outing=bool(row["outing"])
    )
