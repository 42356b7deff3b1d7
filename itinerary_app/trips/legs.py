"""The cities of a trip in their order: the first is planned, the others are left."""

from __future__ import annotations

from dataclasses import replace

from itinerary_app.acts import acts as do
from itinerary_app.errors import CannotPlan
from itinerary_app.model import Leg, Preferences

OF_A_CITY: dict[str, object] = {  # what only makes sense in the city it was said of
    "must_see": (),
    "excluded": (),
    "locked": (),
    "times": (),
    "stays": (),
    "notes": (),
    "no_more": (),
    "base": None,
    "spend_limit": None,  # in its own currency
}


def changed(
    act: do.SetCity | do.AddCity | do.RemoveCity | do.OrderCities | do.SetNights,
    told: Preferences,
) -> Preferences:
    """The preferences with the trip's cities as the act wants them.

    The cities of `act` have their proper names.
    """
    legs = list(told.legs) or ([Leg(told.city)] if told.city else [])
    match act:
        case do.SetCity(city=city):
            if city == told.city:
                return told
            legs = [Leg(city)]
        case do.AddCity(city=city, nights=nights):
            if city not in {leg.city for leg in legs}:
                legs.append(Leg(city, nights))
        case do.RemoveCity(city=city):
            left = [leg for leg in legs if leg.city != city]
            if left == legs:
                raise CannotPlan(f"{city} is not part of the trip.")
            if not left:
                raise CannotPlan(f"{city} is the only city. Which one instead?")
            legs = left
        case do.OrderCities(cities=cities):
            first = [leg for name in cities for leg in legs if leg.city == name]
            legs = [*first, *(leg for leg in legs if leg not in first)]
        case do.SetNights(city=city, nights=nights):
            if city not in {leg.city for leg in legs}:
                raise CannotPlan(f"{city} is not part of the trip.")
            legs = [
                leg._replace(nights=nights) if leg.city == city else leg for leg in legs
            ]
    return _with(legs, told)


def share(days: int, told: Preferences) -> int:
    """The first city's days of so many for all: its nights, else an equal part."""
    if len(told.legs) < 2:
        return days
    return told.legs[0].nights or -(-days // len(told.legs))


def _with(legs: list[Leg], told: Preferences) -> Preferences:
    if not legs:
        return told
    first, several = legs[0], len(legs) > 1
    if first.city != told.city:
        told = replace(told, **OF_A_CITY)  # type: ignore[arg-type]  # by its own names
    days = told.duration_days
    if first.nights and told.legs[:1] != (first,):
        days = first.nights + (0 if several else 1)
    kept = tuple(legs) if several else ()
    return replace(told, city=first.city, legs=kept, duration_days=days)
