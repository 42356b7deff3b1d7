"""Overpass JSON: nodes, and ways and relations with their centre, one by one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from itinerary_app.errors import InvalidInput
from itinerary_app.imports import osm
from itinerary_app.imports.json_stream import members, point
from itinerary_app.imports.listing import Listing, Skipped


def listings(file: BinaryIO) -> Iterator[Listing | Skipped]:
    """InvalidInput tells the element at which the file is no Overpass JSON."""
    for number, element in members(file, "elements", "element"):
        yield _entry(number, element)


def _entry(number: int, element: Any) -> Listing | Skipped:
    if not isinstance(element, dict):
        raise InvalidInput(f"element {number:,}: not an object.")
    kind, key = element.get("type"), element.get("id")
    if kind not in ("node", "way", "relation") or type(key) is not int:
        raise InvalidInput(
            f"element {number:,}: no node, way or relation with a number as its id."
        )
    tags = element.get("tags")
    if not isinstance(tags, dict) or not tags:
        return Skipped("no tags", f"{kind}/{key}")
    where = element if kind == "node" else element.get("center") or {}
    found = (
        point(where.get("lat"), where.get("lon")) if isinstance(where, dict) else None
    )
    if found is None:
        return Skipped(
            "no coordinates (ask Overpass for `out center`)", f"{kind}/{key}"
        )
    return osm.listing(kind, key, tags, *found)
