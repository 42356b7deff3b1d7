"""What a view may ask the app for."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from itinerary_app.catalogue import own
from itinerary_app.catalogue.places import Catalogue
from itinerary_app.checker import Check, checks_of
from itinerary_app.config import Settings
from itinerary_app.errors import CannotPlan, ConfigurationError
from itinerary_app.model import City, Place, PlanRequest, TripSession
from itinerary_app.planner.solver.pool import SolverPool
from itinerary_app.storage import has_tables, replica
from itinerary_app.storage.base import SessionStorage
from itinerary_app.storage.database import Database
from itinerary_app.trips.companions import Company
from itinerary_app.trips.conversation import ConversationManager
from itinerary_app.trips.readiness import Readiness
from itinerary_app.trips.recent import Recent
from itinerary_app.trips.retention import Retention


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """The app's parts, wired once in app.py."""

    settings: Settings
    storage: SessionStorage
    analytics: SessionStorage  # `storage`, or a replica to read figures from
    conversation: ConversationManager
    company: Company
    catalogue: Catalogue
    retention: Retention
    readiness: Readiness
    solver: SolverPool
    open_database: Callable[[], Database]  # once in each process
    recent: Recent = field(default_factory=Recent)

    def checks(self, trip: TripSession) -> tuple[Check, ...]:
        """What the checker finds in the trip's plan; () while there is none."""
        plan, wishes = trip.itinerary, trip.preferences
        if plan is None:
            return ()
        places = {city: self._places(city) for city in plan.cities}

        def check() -> tuple[Check, ...]:
            request = PlanRequest.from_preferences(wishes)
            known = {
                city.id: (*some, *own.places(wishes.own, city.name))
                for city, some in places.items()
            }
            return checks_of(plan, request, known) if request else ()

        return self.recent.of("checks", trip, [*places.values()], check)

    def _places(self, city: City) -> tuple[Place, ...]:
        with suppress(CannotPlan):  # planned before the city was taken out
            return self.catalogue.places(city.name)
        return ()

    @property
    def cities(self) -> tuple[City, ...]:
        """The cities that have places, now."""
        return self.catalogue.cities

    def database(self) -> Database:
        """The app's PostgreSQL, migrated; ConfigurationError where it has none."""
        url = self.settings.storage_url
        if not has_tables(url):
            raise ConfigurationError(
                "This needs PostgreSQL: set DATABASE_URL=postgresql://…, or leave it "
                "unset for the embedded one."
            )
        return self.open_database()

    def analytics_database(self) -> Database:
        """What analytics are read from: a replica, where it has a URL."""
        url, path = self.settings.analytics_url, self.settings.instance_path
        return replica(url, path) if url else self.database()
