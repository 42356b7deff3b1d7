"""What is usual for places of a kind."""

from __future__ import annotations

from itinerary_app.model import Category

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
