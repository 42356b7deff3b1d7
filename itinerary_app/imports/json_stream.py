"""The members of a large array in a JSON file, without reading the rest into memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

import ijson

from itinerary_app.errors import InvalidInput


def members(file: BinaryIO, array: str, noun: str) -> Iterator[tuple[int, Any]]:
    """The members of the top-level `array` with their numbers, from 1.

    InvalidInput tells behind which `noun` the file breaks.
    """
    number = 0
    try:
        found = ijson.items(file, f"{array}.item", use_float=True)
        for number, member in enumerate(found, start=1):
            yield number, member
    except (ijson.JSONError, UnicodeDecodeError) as exc:
        told = str(exc).strip().splitlines()[0]
        raise InvalidInput(f"after {noun} {number:,}: broken JSON ({told}).") from exc


def point(lat: object, lon: object) -> tuple[float, float] | None:
    """Latitude and longitude if they are numbers on the globe."""
    if not (isinstance(lat, int | float) and isinstance(lon, int | float)):
        return None
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        return None
    return float(lat), float(lon)
