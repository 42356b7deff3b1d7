"""The shipped places with invented facts, which are the hard cases of the rules."""

from __future__ import annotations

import random

from itinerary_app.catalogue.kinds import FOOD
from itinerary_app.catalogue.places import Catalogue
from itinerary_app.model import Access, Category, Diet, Place

HOURS = (
    "09:00-17:00",
    "Mo-Sa 10:00-18:00",
    "Tu-Su 09:30-17:30; Mo off",
    "We-Mo 10:00-18:00; Th 10:00-21:00",
    "Mo-Fr 08:00-12:00,14:00-19:00; Sa,Su 10:00-16:00",
    "Apr-Sep 08:00-20:00; Oct-Mar 09:00-16:30",
    "24/7",
    "Sa,Su 10:00-15:00",
)
MEAL_HOURS = (
    "11:30-23:00",
    "Tu-Su 12:00-15:00,18:00-23:00",
    "Mo-Fr 11:00-15:00",
    "18:00-24:00; Mo off",
    "10:00-22:00; PH off",
)


class RichCatalogue(Catalogue):
    """Two places of three get hours, prices, diets and access, always the same ones."""

    def places(self, city_name: str) -> tuple[Place, ...]:
        """The places of the city with the invented facts."""
        city = self.city(city_name)
        key = f"rich {city.id}"
        if key not in self._places:
            chance = random.Random(city.id)
            self._places[key] = tuple(
                _enriched(place, chance) for place in super().places(city_name)
            )
        return self._places[key]


def _enriched(place: Place, chance: random.Random) -> Place:
    food = place.category in (*FOOD, Category.BAR)
    hours = chance.choice(MEAL_HOURS if food else HOURS)
    if place.category is Category.BAR:
        hours = "18:00-02:00"
    told = [chance.random() < 2 / 3 for _ in range(4)]
    price = chance.choice((0, 0, 5, 8, 12, 15, 20, 35))
    return place._replace(
        hours=hours if told[0] else None,
        price=float(price) if told[1] and not food else None,
        currency="EUR" if told[1] and not food else None,
        diets=tuple(it for it in Diet if chance.random() < 0.5) if food else (),
        wheelchair=chance.choice(list(Access)) if told[2] else None,
        minutes=chance.choice((30, 50, 95, 150)) if chance.random() < 0.2 else None,
    )
