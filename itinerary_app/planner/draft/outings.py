"""Outings: what is far out of town fills a day, or shares it with what is near it."""

from __future__ import annotations

from itinerary_app.catalogue.geo import distance_km
from itinerary_app.catalogue.kinds import FOOD
from itinerary_app.planner.day.terms import FULL
from itinerary_app.planner.draft.brief import Brief

FAR_KM = 15  # in a straight line from the city's centre


def loads(brief: Brief) -> dict[str, int]:
    """How much of a day's FULL each far place is, by its id.

    An outing is all of it, so that no other far place is on its day. What the traveller
    insists on is on any day.
    """
    city = brief.city
    far = [
        it
        for it in brief.places
        if it.category not in FOOD
        and it.id not in brief.insisted
        and (it.is_outing or distance_km(city.lat, city.lon, it.lat, it.lon) > FAR_KM)
    ]
    return {it.id: FULL if it.is_outing else 1 for it in far}
