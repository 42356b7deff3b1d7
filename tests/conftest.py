"""Fixtures that all tests share: one PostgreSQL server, a database a test, a toy."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from alembic import command
from alembic.config import Config
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict
from pytest_postgresql.janitor import DatabaseJanitor

from itinerary_app.catalogue.places import Catalogue
from itinerary_app.catalogue.rows import CITY_COLUMNS, PLACE_COLUMNS
from itinerary_app.storage.database import Database, open_database
from itinerary_app.storage.embedded import EmbeddedServer
from tests import valkey
from tests.imports.overpass_server import Server
from tests.live import ANALYTICS_PASSWORD, LiveServer

ROOT = Path(__file__).resolve().parent.parent
MEMORY = Path("/dev/shm")
MEMORY_NEEDED = 3 * 2**30  # bytes: some servers, of which each keeps its logs of writes
TOY_CITY = "toy,Toytown,XX,10.0,20.0,30"

MakeCatalogue = Callable[[Iterable[str]], Catalogue]


def alembic_config(database: Database) -> Config:
    """Alembic's configuration for exactly this database."""
    config = Config(ROOT / "alembic.ini")
    config.attributes["database"] = database
    return config


def migrate(**parameters: Any) -> None:
    """Bring the database of these parameters to the newest migration."""
    command.upgrade(alembic_config(Database(parameters)), "head")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Temporary folders in memory, where DROP DATABASE does not wait for a disk, and
    in a folder of this run's own: pytest closes the one of all its runs to others,
    and so to root's PostgreSQL, whenever another run starts.
    """
    if hasattr(config, "workerinput") or config.option.basetemp:
        return
    roomy = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > MEMORY_NEEDED
    fit = roomy and not os.statvfs(MEMORY).f_flag & os.ST_NOEXEC
    folder = tempfile.mkdtemp(prefix="itinerary-tests-", dir=MEMORY if fit else None)
    config.option.basetemp = folder
    atexit.register(shutil.rmtree, folder, ignore_errors=True)  # after all servers


@pytest.fixture(scope="session")
def shared_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """Parameters of TEST_DATABASE_URL's server, or of an embedded one of our own."""
    url = os.environ.get("TEST_DATABASE_URL")
    if url:
        yield dict(conninfo_to_dict(url))
        return
    embedded = EmbeddedServer(tmp_path_factory.mktemp("server") / "postgresql")
    embedded.acquire()
    yield dict(embedded.parameters)
    embedded.release()


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a migrated PostgreSQL that does not run, to be copied."""
    server = EmbeddedServer(tmp_path_factory.mktemp("made") / "postgresql")
    server.acquire()
    migrate(**server.parameters)
    server.release()
    return server.data


@pytest.fixture
def data(made: Path, tmp_path: Path) -> Path:
    """One of this test's own."""
    subprocess.run(["cp", "-a", made, tmp_path], check=True)
    return tmp_path / made.name


@pytest.fixture(scope="session")
def admin_of_all(shared_server: dict[str, Any]) -> Iterator[psycopg.Connection]:
    """Makes and drops databases."""
    with psycopg.connect(**shared_server, autocommit=True) as connection:
        yield connection


@pytest.fixture(scope="session")
def template(
    shared_server: dict[str, Any], admin_of_all: psycopg.Connection
) -> Iterator[str]:
    """A migrated database, which each test gets a copy of."""
    with Janitor(admin_of_all, "template0") as made:
        migrate(**{**shared_server, "dbname": made.dbname})
        yield made.dbname


class Janitor(DatabaseJanitor):
    """Makes a database and drops it, on one connection for all. Its files are copied:
    that takes half of what it takes to log each of their pages.
    """

    def __init__(self, admin: psycopg.Connection, template: str) -> None:
        info = admin.info
        super().__init__(
            user=info.user,
            host=info.host,
            port=info.port,
            dbname=f"itinerary_{uuid4().hex}",
            template_dbname=template,
        )
        self._admin = admin

    def _build_create_database_sql(self) -> sql.Composed:
        return super()._build_create_database_sql() + sql.SQL(" STRATEGY FILE_COPY")

    @contextmanager
    def cursor(self, dbname: str | None = None) -> Iterator[psycopg.Cursor]:
        with self._admin.cursor() as cursor:
            yield cursor


@pytest.fixture
def postgresql(
    shared_server: dict[str, Any], admin_of_all: psycopg.Connection, template: str
) -> Iterator[psycopg.Connection]:
    """A connection to a migrated database of this test's own."""
    with (
        Janitor(admin_of_all, template) as made,
        psycopg.connect(**{**shared_server, "dbname": made.dbname}) as connection,
    ):
        yield connection


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
def live_url(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a real gunicorn with two workers on an embedded PostgreSQL."""
    server = LiveServer(
        tmp_path_factory.mktemp("live"), ANALYTICS_PASSWORD=ANALYTICS_PASSWORD
    )
    server.begin_with(made)
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
