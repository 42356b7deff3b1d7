"""Kinds of places: what is usual for one, and which places are of it."""

from __future__ import annotations

from functools import lru_cache

from itinerary_app.catalogue.cuisines import is_cuisine
from itinerary_app.catalogue.spelling import plain
from itinerary_app.model import Category, Interest, Place

# Where one has a meal, and where one eats or drinks at all.
FOOD = (Category.RESTAURANT, Category.STREET_FOOD, Category.CAFE)
EATING = (*FOOD, Category.BAR)
SIGHT = "sight"  # the kind of all that is no place to eat or drink

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

    Any other kind is a dish or a cuisine, of places to eat, or a word ("beach"), looked
    for in the names of the place. Of several, which commas part, one is enough.
    """
    return any(_is_of_one(place, it) for it in kind.split(","))


def is_eaten(kind: str) -> bool:
    """Whether one has a meal of it: "kebab", "street_food"."""
    return kind in (Category.RESTAURANT, Category.STREET_FOOD) or is_cuisine(kind)


def words_of_kind(kind: str) -> str:
    """The kind as one says it: "street food"."""
    return kind.partition(",")[0].replace("_", " ")


def _is_of_one(place: Place, kind: str) -> bool:
    if kind == SIGHT:
        return place.category not in EATING
    also = frozenset(_ALSO_SERVED.get(kind, ()))
    if kind in _CATEGORIES:
        if place.category in (kind, _ALSO_CALLED.get(kind)):
            return True
        return not also.isdisjoint(place.cuisine)
    if kind in _INTERESTS:
        return kind in place.interests
    served = {kind.replace(" ", "_"), *also}
    if place.category in EATING and not served.isdisjoint(place.cuisine):
        return True
    if is_cuisine(kind) and place.category not in EATING:
        return False
    return any(
        _has_word(name, it)
        for it in (kind, *_ALSO_NAMED.get(kind, ()))
        for name in (place.name, place.local_name or "")
    )


# Who says "museum" means the Borghese Gallery too; no gallery is every museum.
_ALSO_CALLED: dict[str, Category] = {Category.MUSEUM: Category.GALLERY}
# What else stands in the names of some kinds.
_ALSO_NAMED = {
    "boat": ("cruise", "ferry", "bateaux", "felucca", "gondola", "vaporetto"),
    "workshop": ("class", "lesson"),
    "musical": ("broadway", "lion king"),
    "theme park": ("disney", "universal studios", "legoland", "luna park", "amusement"),
    "flamenco": ("tablao", "corral de la moreria", "cardamomo", "las carboneras"),
    "fado": ("parreirinha", "casa da mariquinhas"),
    "tango": ("milonga", "esquina carlos gardel", "el viejo almacen"),
    "music": ("musik", "opera", "jazz", "concert", "philharmon", "mozart"),
    "spa": ("hamam", "hammam", "thermal", "therme", "onsen"),
}
# What else OpenStreetMap calls the cuisine of some kinds.
_ALSO_SERVED = {
    "bar": ("pub",),
    "gelato": ("ice_cream",),
    "beer": ("brewery", "beer_garden", "pub"),
    "beer hall": ("brewery", "beer_garden", "beer"),
    "wine": ("wine_bar",),
    "taco": ("tacos",),
    "dumpling": ("dumplings",),
    "steak": ("steak_house",),
    "seafood": ("fish", "sushi", "fish_and_chips", "oyster", "poke"),
}
_CATEGORIES = frozenset(Category)
_INTERESTS = frozenset(Interest)


@lru_cache(maxsize=16_384)
def _has_word(name: str, kind: str) -> bool:
    """Whether words of the name begin with those of the kind, one or several."""
    wanted = plain(kind).replace("_", " ").removesuffix("s")
    return f" {wanted}" in " " + plain(name).replace("-", " ").replace("'", " ")
