"""While the storage hangs: what each kind of page answers, and what /metrics shows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from flask import Flask

from itinerary_app.app import create_app
from itinerary_app.config import Settings
from itinerary_app.current import services
from itinerary_app.storage.embedded import EmbeddedServer
from tests.conftest import migrate
from tests.faults import frozen, processes_of
from tests.live import ANALYTICS_PASSWORD
from tests.web.talk import WISH, Caller
from tests.web.test_pages import Traveller

HTTPS = "https://localhost"
TOKEN = "a token of its own"


@pytest.fixture
def instance(tmp_path: Path) -> Iterator[Path]:
    """A folder with an embedded server that runs, migrated."""
    server = EmbeddedServer(tmp_path / "postgresql")
    server.acquire()
    migrate(**server.parameters)
    yield tmp_path
    server.release()


@pytest.fixture
def app(instance: Path) -> Iterator[Flask]:
    app = create_app(
        Settings(
            environment="development",
            secret_key="x" * 40,
            instance_path=instance,
            analytics_password=ANALYTICS_PASSWORD,
            metrics_token=TOKEN,
        )
    )
    with app.app_context():
        yield app
        services().storage.close()


def test_every_answer_says_when_to_come_again(app: Flask, instance: Path) -> None:
    """Pages, forms, the API and the operators' pages are 503 with Retry-After; /metrics
    tells that the circuit is open, and how many operations it refused.
    """
    browser, program = Traveller(app.test_client()), Caller(app.test_client())
    client, start, path = browser.client, browser.get("/"), program.begin()
    trip = browser.plans("hello")
    operator = {"auth": ("ann", ANALYTICS_PASSWORD)}
    with frozen(processes_of(instance)):
        answers = [
            program.say(path, WISH),  # the first, which waits
            program.create(),
            program.call("GET", path),
            client.get(f"{HTTPS}/trips"),
            browser.send(start.writing, text=WISH).answer,
            browser.send(trip.writing, text=WISH).answer,
            client.get("/readyz"),
            client.get("/audit", **operator),
            client.get("/analytics", **operator),
            client.get("/analytics/cities.csv", **operator),
        ]
        told = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert [it.status_code for it in answers] == [503] * len(answers)
    assert all(int(it.headers["Retry-After"]) > 0 for it in answers)
    assert "itinerary_storage_circuit_open 1.0" in told.text
    assert 'outcome="hangs"' in told.text


def test_a_file_needs_no_counter(
    database_url: str, postgresql: psycopg.Connection
) -> None:
    """A plan can be taken away from a database that only reads."""
    app = create_app(
        Settings(
            environment="development", secret_key="x" * 40, storage_url=database_url
        )
    )
    program = Caller(app.test_client())
    path = program.begin()
    assert program.say(path, WISH).status_code == 201
    postgresql.execute(
        f"ALTER DATABASE {postgresql.info.dbname} SET default_transaction_read_only=on"
    )
    postgresql.commit()
    with app.app_context():
        services().storage.close()
    answer = program.call("GET", f"{path}/itinerary.md")
    assert answer.status_code == 200
