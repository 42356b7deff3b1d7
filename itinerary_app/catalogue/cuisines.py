"""What is cooked in a country, in OpenStreetMap's words: editorial, no fact."""

from __future__ import annotations

from itinerary_app.model import Category, Place

_LOCAL = {
    "AE": "emirati arab lebanese iranian",
    "AR": "argentinian steak_house empanada parrilla grill",
    "AT": "austrian viennese heuriger schnitzel",
    "AU": "australian seafood modern_australian",
    "BE": "belgian mussels friture waffle",
    "BR": "brazilian churrasco steak_house",
    "CZ": "czech",
    "DE": "german bavarian regional sausage",
    "DK": "danish nordic smorrebrod",
    "EG": "egyptian koshari grill",
    "ES": "spanish tapas catalan basque paella cocido",
    "FR": "french alsatian lyonnaise crepe bistro brasserie",
    "GB": "british scottish english pub gastropub fish_and_chips",
    "GR": "greek meze souvlaki",
    "HK": "cantonese dim_sum chinese cha_chaan_teng noodle",
    "HU": "hungarian langos",
    "IE": "irish pub",
    "IN": "indian mughlai north_indian south_indian rajasthani",
    "IT": "italian tuscan venetian roman lombard pizza",
    "JP": "japanese sushi ramen udon soba tofu kaiseki tonkatsu shojin tempura",
    "KR": "korean noodle soup tteokbokki",
    "MX": "mexican tacos cantina yucatecan",
    "NL": "dutch indonesian pancake",
    "PL": "polish pierogi zapiekanka",
    "PT": "portuguese francesinha",
    "SE": "swedish nordic",
    "SG": "singaporean peranakan malay chicken_rice satay",
    "TH": "thai isan",
    "TR": "turkish ottoman kebab meze kofte pide",
    "US": "american steak_house burger deli southern soul_food",
    "ZA": "south_african cape_malay braai",
}
# What one has in between: no dinner is made of it.
_SWEETS = frozenset(
    "bagel bakery bubble_tea cake chocolate churro cafe coffee_shop dessert donut "
    "frozen_yogurt ice_cream juice pastry strudel sweets tea waffle".split()
)
_MORNING = frozenset(("breakfast", "brunch"))  # who cooks it may close in the afternoon
_KNOWN = _SWEETS.union(*(it.split() for it in _LOCAL.values()))


def is_cuisine(kind: str) -> bool:
    """Whether the word names what is cooked: "turkish", "pizza"."""
    return kind.replace(" ", "_") in _KNOWN


def is_local(place: Place, country: str) -> bool:
    """Whether it is known to cook what the country (ISO 3166 alpha-2) does."""
    return not set(place.cuisine).isdisjoint(_LOCAL.get(country, "").split())


def is_snack(place: Place) -> bool:
    """Whether one has a bite there rather than a dinner: cafés, sweets, and breakfast
    where nobody told that it is open in the evening.
    """
    if place.category is Category.CAFE or not place.cuisine:
        return place.category is Category.CAFE
    if place.category is Category.STREET_FOOD and not _SWEETS.isdisjoint(place.cuisine):
        return True
    morning = not place.hours and not _MORNING.isdisjoint(place.cuisine)
    return morning or (_SWEETS | _MORNING).issuperset(place.cuisine)
