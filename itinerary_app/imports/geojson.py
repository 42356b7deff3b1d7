"""GeoJSON: features of OpenStreetMap, or of others who tell source and licence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from itinerary_app.imports import facts, osm, shapes
from itinerary_app.imports.json_stream import is_id, members, point
from itinerary_app.imports.listing import Listing, Skipped, made_id
from itinerary_app.model import Category

# As overpass-turbo and osmtogeojson write it, and as osmium does.
_OSM_ID = re.compile(r"(node|way|relation|n|w|r)/?([0-9]+)")
MAX_KEY = 200  # characters of an id
_ELEMENTS = {"n": "node", "w": "way", "r": "relation"}


def listings(
    file: BinaryIO, *, source: str = "", licence: str = ""
) -> Iterator[Listing | Skipped]:
    """InvalidInput tells the feature behind which the file is no JSON.

    `source` and `licence` hold where features are none of OpenStreetMap's and do not
    tell their own.
    """
    for number, feature in members(file, "features", "feature"):
        yield _entry(number, feature, source, licence)


def _entry(number: int, feature: Any, source: str, licence: str) -> Listing | Skipped:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        return Skipped("no object of the type Feature", f"feature {number:,}")
    properties = feature.get("properties")
    if not isinstance(properties, dict) or not properties:
        return Skipped("no properties", f"feature {number:,}")
    inner = properties.get("tags")
    tags = inner if isinstance(inner, dict) else properties
    where = shapes.representative(feature.get("geometry"))
    found = where and point(where[1], where[0])
    if not found:
        return Skipped("no usable geometry", f"feature {number:,}")
    if element := _osm_element(feature, properties):
        return osm.listing(*element, tags, *found)
    return _of_others(number, feature, tags, found, source, licence)


def _osm_element(
    feature: Mapping[str, Any], properties: Mapping[str, Any]
) -> tuple[str, int] | None:
    for told in (properties.get("@id"), feature.get("id"), properties.get("id")):
        if isinstance(told, str) and (match := _OSM_ID.fullmatch(told)):
            return _ELEMENTS[match[1][0]], int(match[2])
    kind, key = properties.get("@type"), properties.get("@id")
    if kind in _ELEMENTS.values() and is_id(key):
        return str(kind), key
    return None


def _of_others(
    number: int,
    feature: Mapping[str, Any],
    tags: Mapping[str, Any],
    where: tuple[float, float],
    source: str,
    licence: str,
) -> Listing | Skipped:
    source = facts.text(tags.get("source")) or source
    licence = facts.text(tags.get("licence") or tags.get("license")) or licence
    name = facts.text(tags.get("name"))
    example = f"feature {number:,} {name}".strip()
    if not (source and licence):
        return Skipped("no source and licence (say --source and --licence)", example)
    key = facts.text(
        str(feature.get("id") or tags.get("id") or f"{name}@{where[0]},{where[1]}")
    )
    if len(key) > MAX_KEY:
        return Skipped(f"an id of more than {MAX_KEY} characters", example)
    origin = (source, key, licence)
    read = osm.listing("feature", number, tags, *where, source=origin)
    category = facts.text(tags.get("category"))
    if isinstance(read, Skipped) and name and category in list(Category):
        read = osm.listing(
            "feature", number, {**tags, "tourism": "attraction"}, *where, source=origin
        )
    if isinstance(read, Skipped):
        return read
    place = read.place._replace(id=made_id("geo", f"{source}\n{key}"))
    if category in list(Category):
        place = place._replace(category=Category(category))
    return read._replace(place=place)
