"""Shipped places whose id another city had, too: what was kept with it is still found.

An id is of one place in the whole catalogue, so that a trip to several cities can tell
them apart.
"""

from __future__ import annotations

_SHARED = {  # by the id of a city, what its places were called
    "amsterdam": ("national-maritime-museum",),
    "athens": ("national-gallery",),
    "barcelona": ("picasso-museum",),
    "buenos-aires": ("botanical-garden", "metropolitan-cathedral"),
    "chicago": ("chinatown",),
    "copenhagen": ("botanical-garden",),
    "delhi": ("jantar-mantar",),
    "jaipur": ("central-park",),
    "madrid": ("national-archaeological-museum",),
    "new-york": ("chinatown", "soho", "st-patricks-cathedral"),
    "paris": ("pantheon",),
    "prague": ("national-museum",),
    "san-francisco": ("chinatown", "palace-of-fine-arts"),
    "venice": ("jewish-ghetto",),
    "vienna": ("natural-history-museum",),
}


def renamed(city: str) -> dict[str, str]:
    """The ids of now by those of before, for the city of this id or name."""
    city_id = city.casefold().replace(" ", "-")
    return {it: f"{it}-{city_id}" for it in _SHARED.get(city_id, ())}
