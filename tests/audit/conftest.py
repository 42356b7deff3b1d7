"""A storage, a connection beside it, and the trail of both."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from itinerary_app.audit import Trail
from itinerary_app.storage.database import Database
from itinerary_app.storage.postgres import PostgresStorage


@pytest.fixture
def storage(database: Database) -> Iterator[PostgresStorage]:
    storage = PostgresStorage(database, pool_size=2)
    yield storage
    storage.close()


@pytest.fixture
def admin(database: Database) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(**database.parameters, autocommit=True) as connection:
        yield connection


@pytest.fixture
def trail(database: Database) -> Trail:
    return Trail(database)
