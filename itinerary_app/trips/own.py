"""A place of the traveller's own, before it is added to a day like any other."""

from __future__ import annotations

from dataclasses import replace

from itinerary_app.acts import acts as do
from itinerary_app.catalogue import own
from itinerary_app.catalogue.geo import distance_km
from itinerary_app.catalogue.spelling import tidy
from itinerary_app.errors import InvalidInput
from itinerary_app.language import N_, Later
from itinerary_app.model import City, Itinerary, OwnPlace, Preferences
from itinerary_app.model.fields import MAX_OWN

USUAL_STAY = 60  # minutes, where nothing was said
WHERE = N_(
    "Say where it is: tap the map, give latitude and longitude in degrees (41.8902 "
    "and 12.4922), or choose a stop that it is at."
)


def made(
    act: do.AddOwn, told: Preferences, plan: Itinerary | None
) -> tuple[Preferences, do.Add]:
    """The wishes with the place, and the act that adds it. InvalidInput says what to
    do where it is nowhere, too far out, or one too many.
    """
    if plan is None:
        raise InvalidInput(
            Later("Tell where to and for how long before places of your own.")
        )
    lat, lon = _point(act, plan)
    city = _city(act, plan, lat, lon)
    verify(city, lat, lon, field="lat")
    place = OwnPlace(_name(act), city.name, round(lat, 6), round(lon, 6))
    places = tuple(dict.fromkeys([*told.own, place]))
    if len(places) > MAX_OWN:
        raise InvalidInput(
            Later(
                "A trip has %(most)s places of your own at the most. Take one of them "
                "for this, or begin another trip.",
                most=MAX_OWN,
            )
        )
    minutes = act.minutes or USUAL_STAY
    added = do.Add(place=own.id_of(place), day=act.day, minutes=minutes)
    return replace(told, own=places), added


def verify(city: City, lat: float, lon: float, *, field: str) -> None:
    """InvalidInput for a point that is too far from the city."""
    km = distance_km(city.lat, city.lon, lat, lon)
    if km > city.radius_km:
        raise InvalidInput(
            Later(
                "That point is %(km)s km from the middle of %(city)s: choose one "
                "within %(most)s km. Latitude comes before longitude.",
                km=round(km),
                city=city.name,
                most=round(city.radius_km),
            ),
            field=field,
        )


def _name(act: do.AddOwn) -> str:
    if name := tidy(act.name):
        return name
    raise InvalidInput(Later("Give the place a name."), field="name")


def _point(act: do.AddOwn, plan: Itinerary) -> tuple[float, float]:
    if act.lat is not None and act.lon is not None:
        if -90 <= act.lat <= 90 and -180 <= act.lon <= 180:
            return act.lat, act.lon
        raise InvalidInput(
            Later("Latitude is from -90 to 90 degrees and longitude from -180 to 180."),
            field="lat",
        )
    for stop in plan.stops:
        if stop.place.id == act.near:
            return stop.place.lat, stop.place.lon
    raise InvalidInput(Later(WHERE), field="lat")


def _city(act: do.AddOwn, plan: Itinerary, lat: float, lon: float) -> City:
    """That of the day, or else the nearest of the trip."""
    if isinstance(act.day, int) and 1 <= act.day <= len(plan.days):
        return plan.city_of(act.day)
    return min(plan.cities, key=lambda it: distance_km(it.lat, it.lon, lat, lon))
