"""Which city a place belongs to: a known one, or one that an import brings."""

from __future__ import annotations

from collections.abc import Sequence

from itinerary_app.catalogue import world
from itinerary_app.catalogue.geo import distance_km
from itinerary_app.catalogue.spelling import plain
from itinerary_app.imports.listing import Listing
from itinerary_app.model import City

GRAIN = 10  # cells to a degree; what may hold a part of a cell is looked up once
CELL_KM = 8.0  # more than from a cell's middle to its corner


class Homes:
    """Finds the city of a place; of `only` one city, or of all the world."""

    def __init__(self, known: Sequence[City], only: City | None = None) -> None:
        self._known = list(known)
        self._only = only
        self._brought: dict[world.WorldCity, City] = {}
        self._cells: dict[
            tuple[int, int], tuple[list[City], list[world.WorldCity]]
        ] = {}

    def of(self, listing: Listing) -> City | None:
        """The nearest known city that holds it, else one of the world, if any.

        Of those, the city that the source names, else the most populous.
        """
        lat, lon = listing.place.lat, listing.place.lon
        if self._only:
            return self._only if _holds(self._only, lat, lon) else None
        known, others = self._around(lat, lon)
        if near := [city for city in known if _holds(city, lat, lon)]:
            return min(near, key=lambda it: distance_km(it.lat, it.lon, lat, lon))
        if listing.city:
            told = plain(listing.city)
            others = sorted(others, key=lambda it: plain(it.name) != told)
        holding = next((city for city in others if city.holds(lat, lon)), None)
        return self._bring(holding) if holding else None

    def _around(
        self, lat: float, lon: float
    ) -> tuple[list[City], list[world.WorldCity]]:
        cell = int(lat * GRAIN // 1), int(lon * GRAIN // 1)
        if cell not in self._cells:
            middle = (cell[0] + 0.5) / GRAIN, (cell[1] + 0.5) / GRAIN
            known = [it for it in self._known if _holds(it, *middle, CELL_KM)]
            self._cells[cell] = known, world.around(*middle, margin_km=CELL_KM)
        return self._cells[cell]

    def _bring(self, found: world.WorldCity) -> City:
        if found not in self._brought:
            taken = [*self._known, *self._brought.values()]
            self._brought[found] = found.as_city(taken)
        return self._brought[found]


def _holds(city: City, lat: float, lon: float, margin_km: float = 0.0) -> bool:
    return distance_km(city.lat, city.lon, lat, lon) <= city.radius_km + margin_km
