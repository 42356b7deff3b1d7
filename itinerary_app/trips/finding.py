"""Places of a day's city that a traveller looks through, to add one by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from itinerary_app.catalogue.geo import distance_km
from itinerary_app.catalogue.holidays import region
from itinerary_app.catalogue.hours import known
from itinerary_app.catalogue.light import daylight
from itinerary_app.catalogue.spelling import plain
from itinerary_app.model import Category, Day, Itinerary, Place, Stop


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is looked for: a part of a name, a kind, and whether it surely opens."""

    name: str = ""
    kind: Category | None = None
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A place that is not in the plan, `km` from the day's stop that is `nearest`."""

    place: Place
    nearest: Stop | None
    km: float


def found(
    plan: Itinerary, day: Day, places: Iterable[Place], wanted: Wanted
) -> list[Found]:
    """What is wanted of these places, the nearest to the day's stops first.

    On a day without stops it is the most famous first, as in a list of sights.
    """
    there = {stop.place.id for stop in plan.stops}
    left = (place for place in places if place.id not in there)
    fit = (beside(place, day.stops) for place in _fitting(left, plan, day, wanted))
    return sorted(fit, key=lambda it: (it.km, -it.place.importance, it.place.name))


def named(plan: Itinerary, name: str) -> list[tuple[Day, Stop]]:
    """The stops of the plan with this part of a name; none without one."""
    return [
        (day, stop)
        for day in plan.days
        for stop in day.stops
        if name.strip() and _is_named(stop.place, name)
    ]


def beside(place: Place, stops: Sequence[Stop]) -> Found:
    """The place with that of the stops that is nearest to it as the crow flies."""

    def away(stop: Stop) -> float:
        at = stop.place
        return distance_km(place.lat, place.lon, at.lat, at.lon)

    nearest = min(stops, key=away, default=None)
    return Found(place, nearest, away(nearest) if nearest else 0.0)


def _fitting(
    places: Iterable[Place], plan: Itinerary, day: Day, wanted: Wanted
) -> Iterator[Place]:
    city = plan.city_of(day.number)
    where, light = region(city), daylight(city, day.date)
    for place in places:
        if wanted.kind and place.category is not wanted.kind:
            continue
        if not _is_named(place, wanted.name):
            continue
        if wanted.is_open and not (
            place.hours and day.date and known(place.hours, day.date, where, light)
        ):
            continue
        yield place


def _is_named(place: Place, part: str) -> bool:
    """Whether the part is in one of its names, however it is written."""
    return any(
        plain(part) in plain(name) for name in (place.name, place.local_name or "")
    )
