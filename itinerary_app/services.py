"""What a view may ask the app for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app

from itinerary_app.config import Settings
from itinerary_app.conversation import ConversationManager
from itinerary_app.model import City
from itinerary_app.retention import Retention
from itinerary_app.storage.base import SessionStorage

KEY = "itinerary_app"


@dataclass(frozen=True, slots=True)
class Services:
    """The app's parts, wired once in app.py."""

    settings: Settings
    storage: SessionStorage
    conversation: ConversationManager
    cities: tuple[City, ...]
    retention: Retention

    def install(self, app: Flask) -> None:
        app.extensions[KEY] = self


def services() -> Services:
    """The services of the current app."""
    return cast(Services, current_app.extensions[KEY])
