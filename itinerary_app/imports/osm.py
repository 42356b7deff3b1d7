"""An OpenStreetMap element's tags as a place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from itinerary_app.catalogue.kinds import EATING
from itinerary_app.imports import facts
from itinerary_app.imports.listing import Listing, Skipped
from itinerary_app.imports.osm_kinds import Kind, kind
from itinerary_app.model import Access, Booking, Category, Diet, Interest, Place

SOURCE = "OpenStreetMap contributors"
LICENCE = "ODbL 1.0"
FAMOUS_NAMES = 10  # languages; what is named in so many is known far away
GONE = ("disused", "abandoned", "demolished", "razed", "removed")
CLOSED = ("closed", "off", "closed permanently", "Mo-Su off", "Mo-Su closed")
_DIETS = {f"diet:{diet.value}": diet for diet in Diet}
_ACCESS = {
    "yes": Access.YES,
    "designated": Access.YES,
    "limited": Access.LIMITED,
    "no": Access.NO,
}
_BOOKING = {"required": Booking.NEEDED, "recommended": Booking.ADVISED}


def listing(
    kind_of_element: str,
    number: int,
    tags: Mapping[str, Any],
    lat: float,
    lon: float,
    *,
    source: tuple[str, str, str] | None = None,
) -> Listing | Skipped:
    """The place that a node, way or relation is, or why it is none for us.

    `source` (name, id there, licence) is for data of others with tags alike.
    """
    told = {key: facts.text(value) for key, value in tags.items()}
    example = f"{kind_of_element}/{number} {told.get('name', '')}".strip()
    name = next(
        (told[key] for key in ("name:en", "int_name", "name") if told.get(key)), ""
    )
    if not name:
        return Skipped("no name", example)
    if len(name) > facts.MAX_NAME:
        return Skipped(f"a name of more than {facts.MAX_NAME} characters", example)
    found = kind(told)
    if found is None:
        return Skipped("no kind of place that travellers visit", example)
    if found.only_notable and not _notable(told):
        return Skipped("unknown to Wikidata and Wikipedia, for a kind of many", example)
    if reason := _shut(told):
        return Skipped(reason, example)
    hours = told.get("opening_hours", "")
    readable = facts.readable_hours(hours)
    origin, source_id, licence = source or (
        SOURCE,
        f"www.openstreetmap.org/{kind_of_element}/{number}",
        LICENCE,
    )
    place = Place(
        id=f"osm-{kind_of_element[0]}{number}",
        name=name,
        lat=lat,
        lon=lon,
        category=found.category,
        interests=_interests(found, told),
        importance=_importance(found, told),
        hours=readable,
        price=None,
        currency=None,
        source=origin,
        source_id=source_id,
        licence=licence,
        local_name=facts.other_name(told.get("name", ""), name),
        diets=_diets(told),
        wheelchair=_ACCESS.get(told.get("wheelchair", "")),
        booking=_BOOKING.get(told.get("reservation", "")),
    )
    unread = hours if hours and readable is None else ""
    return Listing(place, _price(told, found.category), unread_hours=unread)


def _notable(tags: Mapping[str, str]) -> bool:
    return bool(tags.get("wikidata") or tags.get("wikipedia"))


def _shut(tags: Mapping[str, str]) -> str:
    """Why nobody can go there, '' if one can."""
    if any(tags.get(word) == "yes" for word in GONE):
        return "no longer there"
    if tags.get("opening_hours") in CLOSED:
        return "closed for good"
    return "not open to visitors" if tags.get("access") in ("private", "no") else ""


def _importance(found: Kind, tags: Mapping[str, str]) -> int:
    if found.category in EATING and tags.get("brand"):
        return 1  # the same as anywhere
    names = sum(key.startswith("name:") for key in tags)
    fame = (
        (tags.get("tourism") == "attraction")
        + _notable(tags)
        + ("heritage" in tags)
        + (names >= FAMOUS_NAMES)
    )
    return min(5, found.importance + fame)


def _interests(found: Kind, tags: Mapping[str, str]) -> tuple[Interest, ...]:
    told = dict.fromkeys(found.interests)
    subject = tags.get("museum", "") if found.category is Category.MUSEUM else ""
    if (
        subject in ("art", "modern_art")
        or " art " in f" {tags.get('name:en', '')} ".lower()
    ):
        told[Interest.ART] = None
    if subject in ("children", "science", "technology", "natural", "railway"):
        told[Interest.FAMILY] = None
    if "heritage" in tags and found.category not in EATING:
        told[Interest.HISTORY] = None
    return tuple(told)


def _diets(tags: Mapping[str, str]) -> tuple[Diet, ...]:
    served = {diet for key, diet in _DIETS.items() if tags.get(key) in ("yes", "only")}
    if Diet.VEGAN in served:
        served.add(Diet.VEGETARIAN)
    return tuple(diet for diet in Diet if diet in served)


def _price(tags: Mapping[str, str], category: Category) -> str:
    """The admission as told. Where one eats, `charge` is no admission."""
    if category in EATING:
        return ""
    return "free" if tags.get("fee") == "no" else tags.get("charge", "")
