"""Analytics that are read from a replica, with a real one beside the real primary."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient

from itinerary_app.app import create_app
from itinerary_app.config import Settings
from itinerary_app.current import KEY
from itinerary_app.errors import StorageUnavailable
from itinerary_app.storage import open_analytics
from itinerary_app.storage.embedded import EmbeddedServer
from itinerary_app.storage.testing import OWNER
from itinerary_app.trips.services import Services
from tests.commands.test_export import FACTS
from tests.live import ANALYTICS_PASSWORD
from tests.waiting import until
from tests.web.test_analytics import look

STARTED = "<strong>{}</strong> <span>started"


@pytest.fixture
def primary(data: Path) -> Iterator[EmbeddedServer]:
    server = EmbeddedServer(data)
    server.acquire()
    yield server
    server.release()


@pytest.fixture
def replica(primary: EmbeddedServer, made: Path) -> Iterator[EmbeddedServer]:
    """It streams from the primary, whose files it began with."""
    folder = primary.data.with_name("replica")
    subprocess.run(["cp", "-a", made, folder], check=True)
    (folder / "standby.signal").touch()
    source = f"host={primary.socket_dir} user={primary.parameters['user']}"
    with (folder / "postgresql.auto.conf").open("a") as settings:
        settings.write(f"primary_conninfo = '{source}'\n")
    server = EmbeddedServer(folder)
    server.acquire()
    yield server
    server.release()


def url_of(server: EmbeddedServer) -> str:
    given = server.parameters
    query = "&".join(f"{name}={value}" for name, value in given.items())
    return f"postgresql://?{query}"


@pytest.fixture
def app(primary: EmbeddedServer, replica: EmbeddedServer) -> Iterator[Flask]:
    app = create_app(
        Settings(
            environment="development",
            secret_key="x" * 40,
            storage_url=url_of(primary),
            analytics_url=url_of(replica),
            analytics_password=ANALYTICS_PASSWORD,
        )
    )
    yield app
    services_of(app).storage.close()
    services_of(app).analytics.close()


def services_of(app: Flask) -> Services:
    given: Services = app.extensions[KEY]
    return given


def say(server: EmbeddedServer, statement: str) -> None:
    with psycopg.connect(**server.parameters, autocommit=True) as connection:
        connection.execute(statement)


def page(client: FlaskClient) -> str:
    answer = look(client)
    assert answer.status_code == 200
    return " ".join(answer.get_data(as_text=True).split())


def test_what_the_replica_has_is_counted_and_its_age_told(
    client: FlaskClient, app: Flask, replica: EmbeddedServer
) -> None:
    """A trip that it has not seen is not counted until it has, and the page says so."""
    storage = services_of(app).storage
    storage.create_session(owner_hash=OWNER)
    until(lambda: STARTED.format(1) in page(client))
    say(replica, "SELECT pg_wal_replay_pause()")
    storage.create_session(owner_hash=OWNER)
    assert STARTED.format(1) in page(client)
    assert re.search(
        r"Read from a replica. The last change it has is of <time [^>]*>[^<]* UTC"
        r"</time>, \d+ s ago: what came later is not counted.",
        page(client),
    )
    say(replica, "SELECT pg_wal_replay_resume()")
    until(lambda: STARTED.format(2) in page(client))


def test_its_connections_write_nothing(app: Flask, primary: EmbeddedServer) -> None:
    """Even where the URL leads to a server that could be written to."""
    storage = open_analytics(url_of(primary), instance_path=primary.data.parent)
    with pytest.raises(StorageUnavailable):
        storage.create_session(owner_hash=OWNER)
    storage.close()


def test_a_replica_that_is_away_is_missed_by_analytics_alone(
    client: FlaskClient, replica: EmbeddedServer
) -> None:
    """Page and CSV are 503 with the reason; trips are begun and the app is ready."""
    assert "It has seen no change" in page(client)
    replica.release()
    for path in ("/analytics", "/analytics/days.csv"):
        answer = look(client, path=path)
        assert answer.status_code == 503
        assert "ANALYTICS_DATABASE_URL" in answer.get_data(as_text=True)
        assert int(answer.headers["Retry-After"]) > 0
    assert look(client, path="/analytics/metrics").status_code == 200
    assert client.get("/readyz").status_code == 200
    assert client.post("/api/v1/sessions").status_code == 201
    replica.acquire()
    until(lambda: look(client).status_code == 200)


def test_files_are_written_from_the_replica(
    app: Flask, primary: EmbeddedServer, replica: EmbeddedServer, tmp_path: Path
) -> None:
    """A day is final as far as the replica knows: not before it saw a later change."""
    run = app.test_cli_runner().invoke
    say(primary, FACTS % 1)
    say(primary, "CHECKPOINT")
    wal = ask(primary, "SELECT pg_current_wal_lsn()")
    until(lambda: ask(replica, f"SELECT pg_last_wal_replay_lsn() >= '{wal}'"))
    say(replica, "CHECKPOINT")
    replica.release()  # it forgets when its last change was
    replica.acquire()
    for wanted in ("9 files written, 0 were final", "9 files written, 0 were final"):
        assert wanted in run(args=["analytics", "export", str(tmp_path)]).output
    services_of(app).storage.create_session(owner_hash=OWNER)
    until(lambda: ask(replica, "SELECT count(*) FROM sessions"))
    for wanted in ("9 files written, 0 were final", "0 files written, 9 were final"):
        assert wanted in run(args=["analytics", "export", str(tmp_path)]).output


def ask(server: EmbeddedServer, query: str) -> Any:
    with psycopg.connect(**server.parameters) as connection:
        [(answer,)] = connection.execute(query).fetchall()
        return answer
