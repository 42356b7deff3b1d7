"""What a view may ask the app for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app

from itinerary_app.config import Settings
from itinerary_app.conversation import ConversationManager
from itinerary_app.errors import ConfigurationError
from itinerary_app.model import City
from itinerary_app.retention import Retention
from itinerary_app.storage import has_tables
from itinerary_app.storage.base import SessionStorage
from itinerary_app.storage.database import Database

KEY = "itinerary_app"


@dataclass(frozen=True, slots=True)
class Services:
    """The app's parts, wired once in app.py."""

    settings: Settings
    storage: SessionStorage
    conversation: ConversationManager
    cities: tuple[City, ...]
    retention: Retention
    open_database: Callable[[], Database]  # once in each process

    def database(self) -> Database:
        """The app's PostgreSQL, migrated; ConfigurationError where it has none."""
        url = self.settings.storage_url
        if not has_tables(url):
            raise ConfigurationError(
                "This needs PostgreSQL: set DATABASE_URL=postgresql://…, or leave it "
                "unset for the embedded one."
            )
        return self.open_database()

    def install(self, app: Flask) -> None:
        app.extensions[KEY] = self


def services() -> Services:
    """The services of the current app."""
    return cast(Services, current_app.extensions[KEY])
