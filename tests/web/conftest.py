"""The whole app, for the tests of its web side: in memory, or with its operators."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import pytest
import redis
from flask import Flask
from flask.testing import FlaskClient

from itinerary_app.app import create_app
from itinerary_app.config import Settings
from itinerary_app.current import KEY, services
from itinerary_app.trips.services import Services
from tests.live import ANALYTICS_PASSWORD
from tests.storage.dumps import by_pg_dump, of_redis

Dump = Callable[[], str]


@pytest.fixture
def settings() -> Settings:
    """Development settings on the in-memory storage."""
    return Settings(
        environment="development", secret_key="x" * 40, storage_url="memory:"
    )


@pytest.fixture
def with_operators(database_url: str) -> Settings:
    """Settings on PostgreSQL, with the pages for operators."""
    return Settings(
        environment="development",
        secret_key="x" * 40,
        storage_url=database_url,
        analytics_password=ANALYTICS_PASSWORD,
    )


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """The whole app with these settings."""
    app = create_app(settings)
    yield app
    given: Services = app.extensions[KEY]
    given.storage.close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A test client; use base_url="https://localhost" for the __Host- cookie."""
    return app.test_client()


@pytest.fixture(params=["memory:", "postgresql", "redis"])
def kept(request: pytest.FixtureRequest) -> Iterator[tuple[Flask, Dump]]:
    """The app on each storage, and all that the storage holds, as text."""
    url, dump = request.param, _in_memory
    if url == "postgresql":
        url = request.getfixturevalue("database_url")
        dump = partial(by_pg_dump, url)
    elif url == "redis":
        url = request.getfixturevalue("redis_url").removesuffix("/0") + "/9"
        server = redis.Redis.from_url(url)
        server.flushdb()
        dump = partial(of_redis, server)
    app = create_app(
        Settings(environment="development", secret_key="x" * 40, storage_url=url)
    )
    with app.app_context():
        yield app, dump
        services().storage.close()


def _in_memory() -> str:
    return repr(vars(services().storage))
