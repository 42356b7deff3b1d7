"""The members of a large array in a JSON file, without reading the rest into memory."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, BinaryIO, TypeGuard

import ijson

from itinerary_app.errors import InvalidInput


def members(file: BinaryIO, array: str, noun: str) -> Iterator[tuple[int, Any]]:
    """The members of the top-level `array` with their numbers, from 1.

    InvalidInput tells behind which `noun` the file breaks.
    """
    number = 0
    try:
        # as floats, one number that is too large would end the file
        found = ijson.items(file, f"{array}.item")
        for number, member in enumerate(found, start=1):
            yield number, member
    except (ijson.JSONError, UnicodeDecodeError) as exc:
        told = str(exc).strip().splitlines()[0]
        raise InvalidInput(f"after {noun} {number:,}: broken JSON ({told}).") from exc


def is_id(key: object) -> TypeGuard[int]:
    """Whether it is a number that OpenStreetMap may give: of 63 bits, and no 5.0."""
    return type(key) is int and 0 < key < 2**63


def point(lat: object, lon: object) -> tuple[float, float] | None:
    """Latitude and longitude if they are numbers on the globe."""
    numbers = (int, float, Decimal)
    if not (isinstance(lat, numbers) and isinstance(lon, numbers)):
        return None
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        return None
    return float(lat), float(lon)
