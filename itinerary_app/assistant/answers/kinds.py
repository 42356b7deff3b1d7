"""Kinds of places: a category, an interest, or a word of the places' names.

Of such a word no more is claimed than that: a place may be of the kind without it.
"""

from __future__ import annotations

from itinerary_app.catalogue.kinds import is_of_kind
from itinerary_app.catalogue.spelling import plain
from itinerary_app.model import Category, Interest, Place

_PLURALS = {
    Category.CHURCH: "churches",
    Category.GALLERY: "galleries",
    Category.ACTIVITY: "activities",
    Category.SHOPPING: "places to shop",
    Category.STREET_FOOD: "places for street food",
}


_KIN = (  # what one may call by the other's name
    {Category.MUSEUM, Category.GALLERY},
    {Category.PALACE, Category.FORT},
    {Category.TEMPLE, Category.SHRINE},
    {Category.PARK, Category.GARDEN},
    {Category.MONUMENT, Category.LANDMARK},
    {Category.MARKET, Category.SHOPPING},
    {Category.RESTAURANT, Category.CAFE, Category.STREET_FOOD},
)


def is_of(place: Place, kind: str) -> bool:
    if kind in _CATEGORIES or kind in _INTERESTS:
        return place.category == kind or kind in place.interests
    return plain(kind) in plain(place.name) or is_of_kind(place, kind)


def is_akin(place: Place, kind: str) -> bool:
    """Whether its category is often called by that name."""
    return any(kind in group and place.category in group for group in _KIN)


def one(kind: str) -> str:
    """A church; a place for history."""
    if kind in _CATEGORIES and kind not in _UNCOUNTED:
        label = Category(kind).label
        return f"{'an' if label[0] in 'aeiou' else 'a'} {label}"
    if kind in _INTERESTS or kind in _CATEGORIES:
        return f"a place for {kind.replace('_', ' ')}"
    return f"a place with “{kind}” in its name"


def some(kind: str) -> str:
    """Churches; places for history."""
    if kind in _CATEGORIES:
        category = Category(kind)
        return _PLURALS.get(category, f"{category.label}s")
    if kind in _INTERESTS:
        return f"places for {kind}"
    return f"places with “{kind}” in their names"


def counted(number: int, kind: str) -> str:
    """1 church, 2 churches."""
    return f"{number} {one(kind).split(' ', 1)[1] if number == 1 else some(kind)}"


_CATEGORIES = frozenset(Category)
_INTERESTS = frozenset(Interest)
_UNCOUNTED = frozenset({Category.SHOPPING, Category.STREET_FOOD})
