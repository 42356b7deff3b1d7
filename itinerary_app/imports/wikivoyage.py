"""Wikivoyage's listings as CSV, one line a listing."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from typing import BinaryIO
from urllib.parse import quote

from itinerary_app.catalogue.kinds import EATING
from itinerary_app.catalogue.spelling import plain
from itinerary_app.errors import InvalidInput
from itinerary_app.imports import facts
from itinerary_app.imports.json_stream import point
from itinerary_app.imports.listing import Listing, Skipped, made_id
from itinerary_app.imports.plain_hours import as_opening_hours
from itinerary_app.model import Category, Interest, Place

LICENCE = "CC BY-SA 4.0"
NAMES = ("title", "name")  # what the column is called, by the age of the file
_TYPES = {  # with what a listing is by default
    "see": (Category.LANDMARK, (Interest.CULTURE,)),
    "do": (Category.ACTIVITY, (Interest.ADVENTURE,)),
    "buy": (Category.SHOPPING, (Interest.SHOPPING,)),
    "eat": (Category.RESTAURANT, (Interest.FOOD,)),
    "drink": (Category.BAR, (Interest.NIGHTLIFE,)),
}
_FAITH = (Interest.RELIGION, Interest.ARCHITECTURE)
_PAST = (Interest.HISTORY, Interest.ARCHITECTURE)
# By words of the name, for these types; the first that fits.
_WORDS = tuple(
    (types.split(), re.compile(rf"\b(?:{words})\b"), category, interests)
    for types, words, category, interests in (
        (
            "see do",
            "art museum|gallery|galleries|art cent(?:er|re)",
            Category.GALLERY,
            (Interest.ART, Interest.CULTURE),
        ),
        (
            "see do",
            "museums?|museo|musee|memorial hall",
            Category.MUSEUM,
            (Interest.CULTURE, Interest.HISTORY),
        ),
        ("see do", "zoo|aquarium", Category.ZOO, (Interest.FAMILY, Interest.NATURE)),
        ("see", "mosque|masjid|cami", Category.MOSQUE, _FAITH),
        (
            "see",
            "church|cathedral|basilica|chapel|abbey|minster",
            Category.CHURCH,
            _FAITH,
        ),
        (
            "see",
            "temple|mandir|gurudwara|pagoda|wat|monastery",
            Category.TEMPLE,
            _FAITH,
        ),
        ("see", "shrine|jinja|dargah", Category.SHRINE, _FAITH),
        ("see", "palace|palazzo|mahal", Category.PALACE, _PAST),
        ("see", "fort|fortress|castle|citadel", Category.FORT, _PAST),
        (
            "see do",
            "botanic(?:al)? gardens?|gardens?|bagh",
            Category.GARDEN,
            (Interest.NATURE,),
        ),
        (
            "see do",
            "park|parque|parc",
            Category.PARK,
            (Interest.NATURE, Interest.FAMILY),
        ),
        (
            "see",
            "monument|memorial|statue|tomb",
            Category.MONUMENT,
            (Interest.HISTORY,),
        ),
        (
            "see do",
            "viewpoint|lookout|observation deck|sky tower",
            Category.VIEWPOINT,
            (Interest.VIEWS,),
        ),
        (
            "see buy",
            "markets?|bazaar|bazar|souk|souq",
            Category.MARKET,
            (Interest.SHOPPING, Interest.CULTURE),
        ),
        (
            "see do",
            "theat(?:er|re)|opera|concert hall",
            Category.SHOW,
            (Interest.CULTURE, Interest.ART),
        ),
        (
            "eat drink",
            "cafe|coffee|tea|teahouse|bakery",
            Category.CAFE,
            (Interest.FOOD,),
        ),
        (
            "eat",
            "hawker cent(?:er|re)|food court|street food",
            Category.STREET_FOOD,
            (Interest.FOOD,),
        ),
    )
)


def listings(file: BinaryIO, *, language: str = "en") -> Iterator[Listing | Skipped]:
    """InvalidInput tells the line at which the file is no CSV of listings.

    `language` is that of the Wikivoyage that the file was taken from.
    """
    lines = _Lines(file)
    reader = csv.DictReader(lines, strict=True)
    try:
        columns = {(name or "").strip().lower() for name in reader.fieldnames or ()}
        reader.fieldnames = [
            (name or "").strip().lower() for name in reader.fieldnames or ()
        ]
        _check(columns)
        for row in reader:
            if None in row:
                raise InvalidInput(f"line {lines.number:,}: too many fields.")
            yield _entry({key: value or "" for key, value in row.items()}, language)
    except csv.Error as exc:
        raise InvalidInput(f"line {lines.number:,}: broken CSV ({exc}).") from exc


class _Lines:
    """The file's lines as text; InvalidInput names one that is no UTF-8."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.number = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = next(self._file)
        self.number += 1
        try:
            return line.decode("utf-8").replace("\0", "")
        except UnicodeDecodeError as exc:
            raise InvalidInput(f"line {self.number:,}: not in UTF-8.") from exc


def _check(columns: set[str]) -> None:
    missing = [
        name for name in ("type", "latitude", "longitude") if name not in columns
    ]
    if not columns & set(NAMES):
        missing.append("title")
    if missing:
        raise InvalidInput(f"line 1: there is no column {', '.join(missing)}.")


def _entry(row: dict[str, str], language: str) -> Listing | Skipped:
    told = {key: facts.text(value) for key, value in row.items()}
    name = next((told[key] for key in NAMES if told.get(key)), "")
    article = told.get("article", "")
    example = f"{article}: {name}" if article else name
    if not name:
        return Skipped("no name", example)
    if len(name) > facts.MAX_NAME:
        return Skipped(f"a name of more than {facts.MAX_NAME} characters", example)
    if told["type"] not in _TYPES:
        return Skipped(f"nothing to visit (type {told['type'] or 'unknown'})", example)
    if not (told["latitude"] and told["longitude"]):
        return Skipped("no coordinates", example)
    try:
        where = point(float(told["latitude"]), float(told["longitude"]))
    except ValueError:
        where = None
    if where is None:
        return Skipped("coordinates that are no numbers on the globe", example)
    return _listing(told, name, article, where, language)


def _listing(
    told: dict[str, str],
    name: str,
    article: str,
    where: tuple[float, float],
    language: str,
) -> Listing:
    category, interests = _kind(told["type"], name)
    page = f"{language}.wikivoyage.org/wiki/{_path(article or name)}#{_path(name)}"
    as_told = told.get("hours", "")
    hours = facts.readable_hours(as_opening_hours(as_told))
    eats = category in EATING
    known = bool(told.get("wikidata")) + bool(told.get("wikipedia"))
    place = Place(
        id=made_id("wv", page),
        name=name,
        lat=where[0],
        lon=where[1],
        category=category,
        interests=interests,
        importance=2 + (0 if eats else known),
        hours=hours,
        price=None,
        currency=None,
        source=f"Wikivoyage ({language})",
        source_id=page,
        licence=LICENCE,
        local_name=facts.other_name(told.get("alt", ""), name),
    )
    return Listing(
        place,
        price="" if eats else told.get("price", ""),
        city=article.split("/")[0].replace("_", " "),
        unread_hours=as_told if as_told and hours is None else "",
    )


def _kind(listing_type: str, name: str) -> tuple[Category, tuple[Interest, ...]]:
    flat = plain(name)
    for types, words, category, interests in _WORDS:
        if listing_type in types and words.search(flat):
            return category, interests
    return _TYPES[listing_type]


def _path(title: str) -> str:
    """As the part of an address that it is, short enough to be kept."""
    return quote(title.replace(" ", "_"), safe="/_-.,'()")
