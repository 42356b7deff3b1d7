"""The services of the Flask app that is being served, or whose command runs."""

from __future__ import annotations

from typing import cast

from flask import Flask, current_app

from itinerary_app.trips.services import Services

KEY = "itinerary_app"


def install(app: Flask, services: Services) -> None:
    """Make these the services of the app."""
    app.extensions[KEY] = services


def services() -> Services:
    """The services of the current app."""
    return cast(Services, current_app.extensions[KEY])
