"""Which OpenStreetMap tags make a place for travellers, and of which kind.

The Overpass query asks for just these.
"""

from __future__ import annotations

from typing import NamedTuple

from itinerary_app.model import Category, Interest

C, I = Category, Interest  # noqa: E741  # a table reads best when it is narrow


class Kind(NamedTuple):
    category: Category
    interests: tuple[Interest, ...]
    importance: int = 2
    # So many are of no interest that only those count which Wikidata knows.
    only_notable: bool = False


_FAITH = (I.RELIGION, I.ARCHITECTURE)
_PAST = (I.HISTORY, I.ARCHITECTURE)
_NIGHT = (I.NIGHTLIFE,)

# The first key that fits decides: a restaurant in a castle is a restaurant.
KINDS: dict[str, dict[str, Kind]] = {
    "tourism": {
        "museum": Kind(C.MUSEUM, (I.CULTURE, I.HISTORY)),
        "gallery": Kind(C.GALLERY, (I.ART, I.CULTURE)),
        "zoo": Kind(C.ZOO, (I.FAMILY, I.NATURE)),
        "aquarium": Kind(C.ZOO, (I.FAMILY, I.NATURE)),
        "theme_park": Kind(C.ACTIVITY, (I.FAMILY, I.ADVENTURE)),
        "viewpoint": Kind(C.VIEWPOINT, (I.VIEWS,)),
        "artwork": Kind(C.MONUMENT, (I.ART,), 1, True),
    },
    "amenity": {
        "restaurant": Kind(C.RESTAURANT, (I.FOOD,)),
        "cafe": Kind(C.CAFE, (I.FOOD,)),
        "ice_cream": Kind(C.CAFE, (I.FOOD,), 1),
        "fast_food": Kind(C.STREET_FOOD, (I.FOOD,), 1),
        "food_court": Kind(C.STREET_FOOD, (I.FOOD,)),
        "bar": Kind(C.BAR, _NIGHT),
        "pub": Kind(C.BAR, _NIGHT),
        "biergarten": Kind(C.BAR, _NIGHT),
        "nightclub": Kind(C.BAR, _NIGHT),
        "theatre": Kind(C.SHOW, (I.CULTURE, I.ART)),
        "marketplace": Kind(C.MARKET, (I.SHOPPING, I.FOOD, I.CULTURE)),
        "planetarium": Kind(C.MUSEUM, (I.FAMILY, I.CULTURE)),
        "fountain": Kind(C.LANDMARK, (I.ART,), 1, True),
        "monastery": Kind(C.LANDMARK, (I.RELIGION, I.HISTORY), 1, True),
    },
    "historic": {
        "castle": Kind(C.FORT, _PAST),
        "fort": Kind(C.FORT, _PAST),
        "palace": Kind(C.PALACE, _PAST),
        "manor": Kind(C.PALACE, _PAST, 1, True),
        "monument": Kind(C.MONUMENT, (I.HISTORY,)),
        "memorial": Kind(C.MONUMENT, (I.HISTORY,), 1, True),
        "tomb": Kind(C.MONUMENT, (I.HISTORY,), 1, True),
        "city_gate": Kind(C.MONUMENT, _PAST),
        "citywalls": Kind(C.FORT, _PAST, 1, True),
        "archaeological_site": Kind(C.MONUMENT, (I.HISTORY,), 1, True),
        "ruins": Kind(C.MONUMENT, (I.HISTORY,), 1, True),
        "church": Kind(C.CHURCH, _FAITH, 1, True),
        "building": Kind(C.LANDMARK, _PAST, 1, True),
        "ship": Kind(C.LANDMARK, (I.HISTORY, I.FAMILY), 1, True),
    },
    "leisure": {
        "park": Kind(C.PARK, (I.NATURE, I.FAMILY), 1),
        "garden": Kind(C.GARDEN, (I.NATURE,), 1),
        "nature_reserve": Kind(C.PARK, (I.NATURE,), 1),
        "water_park": Kind(C.ACTIVITY, (I.FAMILY, I.ADVENTURE)),
    },
    "natural": {
        "beach": Kind(C.ACTIVITY, (I.NATURE, I.FAMILY), 1),
        "peak": Kind(C.VIEWPOINT, (I.VIEWS, I.NATURE), 1, True),
    },
    "man_made": {
        "lighthouse": Kind(C.LANDMARK, (I.VIEWS, I.HISTORY), 1, True),
        "observatory": Kind(C.LANDMARK, (I.CULTURE,), 1, True),
        "bridge": Kind(C.LANDMARK, (I.ARCHITECTURE,), 1, True),
        "tower": Kind(C.LANDMARK, (I.ARCHITECTURE, I.VIEWS), 1, True),
    },
    "place": {
        "square": Kind(C.LANDMARK, (I.ARCHITECTURE, I.CULTURE), 1, True),
        "quarter": Kind(C.NEIGHBOURHOOD, (I.CULTURE,), 1, True),
        "neighbourhood": Kind(C.NEIGHBOURHOOD, (I.CULTURE,), 1, True),
    },
    "shop": {
        "mall": Kind(C.SHOPPING, (I.SHOPPING,)),
        "department_store": Kind(C.SHOPPING, (I.SHOPPING,)),
    },
}
ATTRACTION = Kind(C.LANDMARK, (I.CULTURE,))
WORSHIP = {  # by religion; the others are landmarks
    "christian": C.CHURCH,
    "muslim": C.MOSQUE,
    "hindu": C.TEMPLE,
    "buddhist": C.TEMPLE,
    "jain": C.TEMPLE,
    "sikh": C.TEMPLE,
    "taoist": C.TEMPLE,
    "confucian": C.TEMPLE,
    "shinto": C.SHRINE,
}
PALACES = ("palace", "stately", "manor", "palazzo")  # kinds of castle


def kind(tags: dict[str, str]) -> Kind | None:
    """What the tags make of it; None if no traveller goes there."""
    if tags.get("amenity") == "place_of_worship":
        faith = WORSHIP.get(tags.get("religion", ""), C.LANDMARK)
        return Kind(faith, _FAITH, 1)
    for key, values in KINDS.items():
        if found := values.get(tags.get(key, "")):
            if found.category is C.FORT and tags.get("castle_type") in PALACES:
                return found._replace(category=C.PALACE)
            return found
    return ATTRACTION if tags.get("tourism") == "attraction" else None
