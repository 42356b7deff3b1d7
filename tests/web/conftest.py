"""The whole app on the in-memory storage, for the tests of its web side."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from itinerary_app.app import create_app
from itinerary_app.config import Settings


@pytest.fixture
def settings() -> Settings:
    """Development settings on the in-memory storage."""
    return Settings(
        environment="development", secret_key="x" * 40, storage_url="memory:"
    )


@pytest.fixture
def app(settings: Settings) -> Flask:
    """The whole app on the in-memory storage."""
    return create_app(settings)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A test client; use base_url="https://localhost" for the __Host- cookie."""
    return app.test_client()
