"""What a view may ask the app for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app

from itinerary_app.config import Settings
from itinerary_app.conversation import ConversationManager
from itinerary_app.errors import ConfigurationError
from itinerary_app.model import City
from itinerary_app.planner.places import Catalogue
from itinerary_app.retention import Retention
from itinerary_app.storage import has_tables, verify_storage
from itinerary_app.storage.base import SessionStorage
from itinerary_app.storage.database import Database, open_database

KEY = "itinerary_app"


@dataclass(frozen=True, slots=True)
class Services:
    """The app's parts, wired once in app.py."""

    settings: Settings
    storage: SessionStorage
    conversation: ConversationManager
    catalogue: Catalogue
    retention: Retention

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
        verify_storage(url, instance_path=self.settings.instance_path, workers=1)
        return open_database(url, self.settings.instance_path)

    def install(self, app: Flask) -> None:
        app.extensions[KEY] = self


def services() -> Services:
    """The services of the current app."""
    return cast(Services, current_app.extensions[KEY])
