"""Fixtures that all tests share: one PostgreSQL server, a database a test, a toy."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import SimpleNamespace

import psycopg
import pytest
from alembic import command
from alembic.config import Config
from psycopg.conninfo import conninfo_to_dict
from pytest_postgresql import factories

from itinerary_app.catalogue.places import Catalogue
from itinerary_app.catalogue.rows import CITY_COLUMNS, PLACE_COLUMNS
from itinerary_app.storage.database import Database, open_database
from itinerary_app.storage.embedded import EmbeddedServer
from tests import valkey
from tests.imports.overpass_server import Server
from tests.live import ANALYTICS_PASSWORD, LiveServer

ROOT = Path(__file__).resolve().parent.parent
TOY_CITY = "toy,Toytown,XX,10.0,20.0,30"

MakeCatalogue = Callable[[Iterable[str]], Catalogue]


def alembic_config(database: Database) -> Config:
    """Alembic's configuration for exactly this database."""
    config = Config(ROOT / "alembic.ini")
    config.attributes["database"] = database
    return config


def migrate(**parameters: object) -> None:
    """Bring the template database to the newest migration."""
    parameters.pop("autocommit")
    given = {name: value for name, value in parameters.items() if value is not None}
    command.upgrade(alembic_config(Database(given)), "head")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimpleNamespace]:
    """TEST_DATABASE_URL's server, or an embedded one of the tests' own."""
    url = os.environ.get("TEST_DATABASE_URL")
    embedded = None
    if url:
        given = conninfo_to_dict(url)
    else:
        embedded = EmbeddedServer(tmp_path_factory.mktemp("server") / "postgresql")
        embedded.acquire()
        given = dict(embedded.parameters)
    yield SimpleNamespace(
        host=given["host"],
        port=given.get("port", 5432),
        user=given["user"],
        password=given.get("password"),
        options="",
        template_dbname="template1",
        maintenance_dbname=given.get("dbname", "postgres"),
    )
    if embedded:
        embedded.release()


migrated = factories.postgresql_noproc(
    depends_on="server", dbname="itinerary_test", load=[migrate]
)
postgresql = factories.postgresql("migrated")


@pytest.fixture
def database_url(postgresql: psycopg.Connection) -> str:
    """The URL of a migrated database of this test's own."""
    info = postgresql.info
    url = f"postgresql://?host={info.host}&port={info.port}&user={info.user}"
    if info.password:
        url += f"&password={info.password}"
    return f"{url}&dbname={info.dbname}"


@pytest.fixture
def database(database_url: str, tmp_path: Path) -> Database:
    """A migrated database of this test's own."""
    return open_database(database_url, tmp_path)


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """TEST_REDIS_URL's server, or a Valkey of the tests' own."""
    url = os.environ.get("TEST_REDIS_URL")
    if url:
        yield url
        return
    with valkey.server() as server:
        yield f"redis://127.0.0.1:{server.port}/0"


@pytest.fixture(scope="session")
def live_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a real gunicorn with two workers on an embedded PostgreSQL."""
    server = LiveServer(
        tmp_path_factory.mktemp("live"), ANALYTICS_PASSWORD=ANALYTICS_PASSWORD
    )
    server.migrate()
    server.start()
    yield server.url
    server.stop()


@pytest.fixture
def toytown(tmp_path: Path) -> MakeCatalogue:
    """A function that makes a catalogue with one city of the given CSV rows.

    `last` are the columns from `level` on, the same for all of them.
    """

    def make(rows: Iterable[str], last: str = ",,,,,") -> Catalogue:
        (tmp_path / "places").mkdir()
        cities = [",".join(CITY_COLUMNS), TOY_CITY]
        (tmp_path / "cities.csv").write_text("\n".join(cities), "utf-8")
        lines = [",".join(PLACE_COLUMNS), *(f"{row},{last}" for row in rows)]
        (tmp_path / "places" / "toy.csv").write_text("\n".join(lines), "utf-8")
        return Catalogue(tmp_path)

    return make


@pytest.fixture
def remote() -> Iterator[Server]:
    """An Overpass server on this machine."""
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()
