"""Overpass JSON: nodes, and ways and relations with their centre, one by one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from itinerary_app.imports import osm
from itinerary_app.imports.json_stream import is_id, members, point
from itinerary_app.imports.listing import Listing, Skipped


def listings(file: BinaryIO) -> Iterator[Listing | Skipped]:
    """InvalidInput tells the element behind which the file is no JSON."""
    for number, element in members(file, "elements", "element"):
        yield _entry(number, element)


def _entry(number: int, element: Any) -> Listing | Skipped:
    if not isinstance(element, dict):
        return Skipped("not an object", f"element {number:,}")
    kind, key = element.get("type"), element.get("id")
    if kind not in ("node", "way", "relation") or not is_id(key):
        return Skipped(
            "no node, way or relation with a number as its id", f"element {number:,}"
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
