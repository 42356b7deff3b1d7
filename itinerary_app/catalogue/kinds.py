"""Kinds of places: what is usual for one, and which places are of it."""

from __future__ import annotations

from functools import lru_cache

from itinerary_app.catalogue.spelling import plain
from itinerary_app.model import Category, Interest, Place

# Where one has a meal, and where one eats or drinks at all.
FOOD = (Category.RESTAURANT, Category.STREET_FOOD, Category.CAFE)
EATING = (*FOOD, Category.BAR)

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


# What is in the street, or has no gate.
_OPEN_AIR = frozenset(
    {
        Category.LANDMARK,
        Category.MONUMENT,
        Category.NEIGHBOURHOOD,
        Category.PARK,
        Category.VIEWPOINT,
    }
)
OUTDOORS = (Category.PARK, Category.GARDEN, Category.ZOO)
# Of a beach or a hike these tell that there is something to do after dark.
_LIT = frozenset({Interest.FOOD, Interest.NIGHTLIFE, Interest.SHOPPING})


def has_doors(place: Place) -> bool:
    """Whether one would stand before a closed door at the wrong hour."""
    return place.category not in _OPEN_AIR


def needs_light(place: Place) -> bool:
    """Whether one goes there by day: parks, gardens, zoos, beaches, hikes."""
    if place.category in OUTDOORS:
        return True
    sight = place.category in (Category.LANDMARK, Category.VIEWPOINT, Category.ACTIVITY)
    return (
        sight
        and Interest.NATURE in place.interests
        and _LIT.isdisjoint(place.interests)
    )


def is_for_views(place: Place) -> bool:
    """Whether one goes there for what is to be seen from it, by day or at sunset."""
    lives_late = Interest.NIGHTLIFE in place.interests
    return place.category is Category.VIEWPOINT and not lives_late


def lives_by_night(place: Place) -> bool:
    """Whether a sight is at its best after dark: lights, fountains, night markets."""
    return Interest.NIGHTLIFE in place.interests and place.category not in EATING


def is_of_kind(place: Place, kind: str) -> bool:
    """Whether the place is of the category or serves the interest of this name.

    Any other kind is a word ("gelato"), looked for in the names of the place.
    """
    if kind in _CATEGORIES:
        return place.category == kind
    if kind in _INTERESTS:
        return kind in place.interests
    return _has_word(place.name, kind) or _has_word(place.local_name or "", kind)


_CATEGORIES = frozenset(Category)
_INTERESTS = frozenset(Interest)


@lru_cache(maxsize=16_384)
def _has_word(name: str, kind: str) -> bool:
    """Whether words of the name begin with those of the kind, one or several."""
    wanted = plain(kind).replace("_", " ").removesuffix("s")
    return f" {wanted}" in " " + plain(name).replace("-", " ").replace("'", " ")
