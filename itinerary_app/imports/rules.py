"""Whether places keep the catalogue's rules: each that is broken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from itinerary_app.catalogue import countries, hours, osm_hours, seasons
from itinerary_app.catalogue.geo import KM_PER_DEGREE, distance_km
from itinerary_app.catalogue.kinds import FOOD
from itinerary_app.catalogue.sameness import are_similar, is_close
from itinerary_app.catalogue.spelling import plain
from itinerary_app.imports.reference import Reference
from itinerary_app.model import City, Place

DUPLICATE_KM = 0.025
FAR_KM = 0.4  # from where the reference has it


class BrokenRule(NamedTuple):
    city: str
    place: str
    complaint: str

    def __str__(self) -> str:
        return f"{self.city}: {self.place}: {self.complaint}"


def broken_rules(
    city: City,
    places: Sequence[Place],
    *,
    reference: Reference | None = None,
    imported: bool = False,
) -> Iterator[BrokenRule]:
    """What is wrong with these places of the city.

    Of places to eat and `imported` ones, neighbours of one kind are ordinary, and of
    the latter so are branches of one name: both together are a duplicate.
    """
    for place in places:
        complaints = [*_of_one(city, place), *_of_hours(place, imported=imported)]
        if reference and (complaint := reference.misplaced(city, place, FAR_KM)):
            complaints.append(complaint)
        for complaint in complaints:
            yield BrokenRule(city.name, place.name, complaint)
    for place, other in _close_pairs(places):
        if place.category is other.category and (
            are_similar(place, other) or not (imported or place.category in FOOD)
        ):
            yield BrokenRule(
                city.name,
                place.name,
                f"is within 25 m of {other.name}, another {place.category.label}.",
            )
    if not imported:
        yield from _same_names(city, places)


def _of_one(city: City, place: Place) -> Iterator[str]:
    away = distance_km(city.lat, city.lon, place.lat, place.lon)
    if away > city.radius_km and not place.is_outing:
        yield f"is {away:.1f} km from the centre, beyond {city.radius_km:g} km."
    if not place.interests:
        yield "serves no interest."
    if place.price and not place.currency:
        yield "has a price without a currency."
    if place.currency and place.currency not in countries.currencies():
        yield f"{place.currency!r} is the currency of no country."
    for name in ("source", "source_id", "licence"):
        if not getattr(place, name).strip():
            yield f"tells no {name}."


def _of_hours(place: Place, *, imported: bool) -> Iterator[str]:
    """Of a shipped place, hours must leave a time to come on all days that it opens;
    of an imported one, they are what they are.
    """
    if place.hours is None:
        return
    try:
        osm_hours.parse(place.hours)
        if imported:
            never = seasons.is_vague(place.hours)
        else:
            likely = hours.likely(place.hours, place.category)
            never = not (hours.windows(place.hours, place.category) or likely)
    except ValueError as exc:
        yield f"hours: {exc}"
        return
    if never:
        yield f"is never open by its hours {place.hours!r}."


def _close_pairs(places: Sequence[Place]) -> Iterator[tuple[Place, Place]]:
    """All pairs within DUPLICATE_KM: looked for along the meridian only."""
    ordered = sorted(places, key=lambda place: place.lat)
    reach = DUPLICATE_KM / KM_PER_DEGREE
    for index, place in enumerate(ordered):
        for other in ordered[index + 1 :]:
            if other.lat - place.lat > reach:
                break
            if is_close(place, other, DUPLICATE_KM):
                yield place, other


def _same_names(city: City, places: Iterable[Place]) -> Iterator[BrokenRule]:
    seen: set[str] = set()
    for place in places:
        name = plain(place.name)
        if name in seen:
            yield BrokenRule(city.name, place.name, "has the name of another place.")
        seen.add(name)
