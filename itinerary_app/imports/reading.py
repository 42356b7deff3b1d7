"""A file of places: its format, guessed from what stands in it, and its entries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal, cast, get_args

from itinerary_app.errors import InvalidInput
from itinerary_app.imports import geojson, overpass_json, wikivoyage
from itinerary_app.imports.listing import Listing, Skipped

Format = Literal["wikivoyage", "overpass", "geojson"]
FORMATS: tuple[Format, ...] = get_args(Format)
HEAD = 65_536  # bytes that are looked at to guess
BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What the file itself doesn't tell, or may not tell."""

    format: Format | None = None  # None: guessed
    language: str = "en"  # of the Wikivoyage that listings come from
    source: str = ""  # of features that are not OpenStreetMap's
    licence: str = ""  # of these


def entries(file: BinaryIO, origin: Origin) -> Iterator[Listing | Skipped]:
    """What the file holds. InvalidInput says where it is broken."""
    head = file.read(HEAD)
    file.seek(len(BOM) if head.startswith(BOM) else 0)
    match origin.format or guessed(head):
        case "overpass":
            return overpass_json.listings(file)
        case "geojson":
            return geojson.listings(file, source=origin.source, licence=origin.licence)
        case _:
            return wikivoyage.listings(file, language=origin.language)


def guessed(head: bytes) -> Format:
    """The format of a file that begins so; InvalidInput if it is none of ours."""
    text = head.removeprefix(BOM).lstrip()
    if text.startswith(b"{"):
        if b'"FeatureCollection"' in text:
            return "geojson"
        if b'"elements"' in text:
            return "overpass"
    first = text.split(b"\n", 1)[0].lower()
    if b"latitude" in first and b"type" in first and b"," in first:
        return "wikivoyage"
    raise InvalidInput(
        "this is no file of places that is understood. There are Overpass JSON "
        '("elements"), GeoJSON (a FeatureCollection) and Wikivoyage\'s listings as CSV '
        f"(columns type, title, latitude, longitude …); --format says which: "
        f"{', '.join(FORMATS)}."
    )


def opened(path: Path) -> BinaryIO:
    """The file; InvalidInput if it can't be read."""
    try:
        return cast(BinaryIO, path.open("rb"))
    except OSError as exc:
        raise InvalidInput(f"{path} cannot be read: {exc.strerror}.") from exc
