"""Behind a real PgBouncer, in both of its modes, the app serves, sweeps and seals."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from itinerary_app.audit import Trail
from itinerary_app.errors import ConfigurationError
from itinerary_app.storage.base import Changes
from itinerary_app.storage.database import Database, open_database
from itinerary_app.storage.postgres import PostgresStorage
from itinerary_app.storage.roles import grant_app
from itinerary_app.storage.schema import verify_schema
from itinerary_app.storage.testing import OWNER, itinerary, turn
from tests.pgbouncer import pgbouncer

TRIPS = 125 if os.environ.get("SOAK") else 10
THREADS, TURNS = 16, 5

pytestmark = pytest.mark.skipif(
    not shutil.which("pgbouncer") and not os.environ.get("CI"),
    reason="pgbouncer is not installed; CI installs it",
)


@pytest.fixture
def role(database: Database, postgresql: psycopg.Connection) -> Iterator[str]:
    """A role as `flask roles app` makes it."""
    name = f"app_{uuid4().hex}"
    grant_app(database, name, name)
    yield name
    postgresql.rollback()
    postgresql.execute(f"DROP OWNED BY {name}; DROP ROLE {name}")
    postgresql.commit()


SESSIONS = {"pool_mode": "session", "default_pool_size": str(2 * THREADS)}


@pytest.fixture(params=[{}, SESSIONS], ids=["transactions", "sessions"])
def pooler(
    request: pytest.FixtureRequest, postgresql: psycopg.Connection, role: str
) -> Iterator[str]:
    folder = Path("/tmp") / f"bouncer-{uuid4().hex}"  # `nobody` can enter
    folder.mkdir()
    with pgbouncer(folder, postgresql.info, role, **request.param) as url:
        yield url
    shutil.rmtree(folder)


def talk(storage: PostgresStorage, number: int) -> int:
    """A trip of some turns, a plan and a read each; how many turns there are."""
    key = storage.create_session(owner_hash=OWNER).session_id
    for place in range(TURNS):
        storage.update_session(
            key,
            Changes({"pace": "packed"}, itinerary(str(place))),
            messages=turn(f"{number} {place}"),
            turn_key=str(place),
        )
        storage.get_session(key)
        storage.versions(key)
    return len(storage.messages(key)) // 2


def test_many_clients_share_few_connections(pooler: str, tmp_path: Path) -> None:
    """No error of some thousands of statements over four connections, from pools that
    are larger, and no setting of one client is another's afterwards.
    """
    database = open_database(f"{pooler}?pooler=transaction", tmp_path)
    verify_schema(database)
    with (
        closing(PostgresStorage(database, pool_size=THREADS)) as storage,
        ThreadPoolExecutor(THREADS) as threads,
    ):
        made = threads.map(lambda it: talk(storage, it), range(THREADS * TRIPS))
        assert list(made) == [TURNS] * THREADS * TRIPS
        Trail(database).seal("key")
        assert list(Trail(database).verify(["key"])) == []
        with storage.sole_sweeper() as alone:
            assert alone
            with storage.sole_sweeper() as other:
                assert not other
        with storage.sole_sweeper() as again:
            assert again
    for _ in range(8):
        assert not database.missing_protections()


def test_a_pooler_that_nobody_told_of_stops_the_start(
    pooler: str, tmp_path: Path
) -> None:
    """It refuses what connections ask for; the start says what to write."""
    with pytest.raises(ConfigurationError, match="add pooler=transaction"):
        verify_schema(open_database(pooler, tmp_path))


def test_a_pooler_that_drops_options_stops_the_start(
    postgresql: psycopg.Connection, database: Database, tmp_path: Path
) -> None:
    """Where it ignores them, and the role has no limits of its own, so too."""
    name = f"bare_{uuid4().hex}"
    grant_app(database, name, name)
    postgresql.execute(f"ALTER ROLE {name} RESET ALL")
    postgresql.commit()
    folder = Path("/tmp") / f"bouncer-{uuid4().hex}"
    folder.mkdir()
    deaf = {"ignore_startup_parameters": "options,extra_float_digits"}
    try:
        with pgbouncer(folder, postgresql.info, name, **deaf) as url:
            with pytest.raises(ConfigurationError, match=r"is 0 and not 5s.*pooler="):
                verify_schema(open_database(url, tmp_path))
            pooled = open_database(f"{url}?pooler=transaction", tmp_path)
            with pytest.raises(ConfigurationError, match=r"flask .*roles app ROLE"):
                verify_schema(pooled)
    finally:
        postgresql.execute(f"DROP OWNED BY {name}; DROP ROLE {name}")
        postgresql.commit()
        shutil.rmtree(folder)


def test_what_a_pooler_cannot_pass_on_is_refused(tmp_path: Path) -> None:
    """Options, another mode, and a setting that only options could bring."""
    url = "postgresql://db/trips?pooler="
    with pytest.raises(ConfigurationError, match="take `options` out"):
        open_database(f"{url}transaction&options=-c%20work_mem%3D6MB", tmp_path)
    with pytest.raises(ConfigurationError, match="ALTER ROLE"):
        open_database(f"{url}transaction", tmp_path, synchronous_commit=False)
    with pytest.raises(ConfigurationError, match="pooler=transaction, and no other"):
        open_database(f"{url}statement", tmp_path)
