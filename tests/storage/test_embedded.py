"""The embedded PostgreSQL: shared, hard to kill, gone when nobody needs it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from itinerary_app.errors import ConfigurationError, StorageUnavailable
from itinerary_app.storage.base import Changes
from itinerary_app.storage.database import open_database
from itinerary_app.storage.embedded import EmbeddedServer
from itinerary_app.storage.pool import RETRY_WITHIN
from itinerary_app.storage.postgres import PostgresStorage
from itinerary_app.storage.testing import OWNER, said
from tests.conftest import migrate

USE = """
import sys
from pathlib import Path
from itinerary_app.storage.embedded import EmbeddedServer
EmbeddedServer(Path(sys.argv[1])).acquire()
print("ready", flush=True)
sys.stdin.read()
"""

User = subprocess.Popen[str]


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    """The data folder of a server that does not outlive the test."""
    folder = tmp_path / "postgresql"
    yield folder
    server = EmbeddedServer(folder)
    server.acquire()
    server.release()


@pytest.fixture
def use(data: Path) -> Iterator[Callable[[], User]]:
    """Start a process that uses the server until its standard input ends."""
    users: list[User] = []

    def start() -> User:
        user = subprocess.Popen(
            [sys.executable, "-c", USE, str(data)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        users.append(user)
        assert user.stdout is not None
        assert user.stdout.readline() == "ready\n"
        return user

    yield start
    for user in users:
        user.kill()
        user.communicate()


def server_pid(data: Path) -> int:
    return int((data / "postmaster.pid").read_text().splitlines()[0])


def test_users_share_one_server_and_the_last_stops_it(
    data: Path, use: Callable[[], User]
) -> None:
    """Processes share one server; kill -9 of one harms none; the last one stops it."""
    first, second, third = use(), use(), use()
    pid = server_pid(data)
    first.kill()
    first.wait()
    second.communicate()
    assert server_pid(data) == pid
    third.communicate()
    assert not (data / "postmaster.pid").exists()


def test_server_outlives_its_killed_users_and_is_taken_over(
    data: Path, use: Callable[[], User]
) -> None:
    """After kill -9 of every user the next one finds the server and later stops it."""
    user = use()
    pid = server_pid(data)
    user.kill()
    user.wait()
    heir = use()
    assert server_pid(data) == pid
    heir.communicate()
    assert not (data / "postmaster.pid").exists()


def test_killed_server_comes_back_with_its_data(data: Path) -> None:
    """After kill -9 of the server the next call succeeds and nothing is lost."""
    database = open_database("embedded:", data.parent)
    migrate(**database.parameters)
    storage = PostgresStorage(database, pool_size=2)
    trip = storage.create_session(owner_hash=OWNER)
    for number in range(2):
        storage.update_session(
            trip.session_id, Changes(), messages=[said(str(number))], turn_key="k" * 9
        )
        os.kill(server_pid(data), signal.SIGKILL)
        session = storage.get_session(trip.session_id)
        assert session is not None
        assert [m.content for m in session.conversation_history] == ["0"]
    storage.close()


def test_data_of_another_version_is_refused(tmp_path: Path) -> None:
    """A data folder of another PostgreSQL is left alone, and the remedy is told."""
    data = tmp_path / "postgresql"
    data.mkdir()
    (data / "PG_VERSION").write_text("16\n")
    with pytest.raises(ConfigurationError, match=r"PostgreSQL 16.*DATABASE_URL"):
        EmbeddedServer(data).acquire()
    assert [path.name for path in data.iterdir()] == ["PG_VERSION"]


def test_half_made_data_is_made_anew(data: Path) -> None:
    """What a killed initdb left behind does not stand in the way."""
    fresh = data.with_suffix(".new")
    fresh.mkdir()
    (fresh / "PG_VERSION").write_text("18\n")
    server = EmbeddedServer(data)
    server.acquire()
    assert server_pid(data)
    server.release()


@pytest.mark.parametrize(
    "folder",
    [("deep" * 20) + "/" + ("deeper" * 10), "my trips", "o'neil", "a,b", "Zürich"],
)
def test_odd_path_has_a_socket_elsewhere(tmp_path: Path, folder: str) -> None:
    """A data folder whose path is too deep or too odd for a socket still works."""
    data = tmp_path / folder / "postgresql"
    server = EmbeddedServer(data)
    server.acquire()
    assert server.socket_dir != data
    with psycopg.connect(**server.parameters) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    server.release()
    assert not (server.socket_dir / ".s.PGSQL.5432").exists()


@pytest.mark.parametrize("kind", ["writable by all", "a link"])
def test_somebody_elses_socket_folder_is_refused(tmp_path: Path, kind: str) -> None:
    """A socket folder that others prepared could lead to their server: not used."""
    server = EmbeddedServer(tmp_path / "my trips" / "postgresql")
    if kind == "a link":
        server.socket_dir.symlink_to(tmp_path)
    else:
        server.socket_dir.mkdir()
        server.socket_dir.chmod(0o777)
    with pytest.raises(ConfigurationError, match="not ours alone"):
        server.acquire()
    server.release()


def test_a_frozen_server_does_not_keep_its_callers(data: Path) -> None:
    """Without an answer in time a caller gets StorageUnavailable, and goes on
    once the server does."""
    database = open_database("embedded:", data.parent)
    migrate(**database.parameters)
    storage = PostgresStorage(database, pool_size=1, answer_within=RETRY_WITHIN + 0.1)
    trip = storage.create_session(owner_hash=OWNER)
    with psycopg.connect(**database.parameters) as admin:
        pids = admin.execute(
            "SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid() "
            "AND backend_type = 'client backend'"
        ).fetchall()
    for (pid,) in pids:
        os.kill(pid, signal.SIGSTOP)
    with pytest.raises(StorageUnavailable):
        storage.get_session(trip.session_id)
    for (pid,) in pids:
        os.kill(pid, signal.SIGCONT)
    assert storage.get_session(trip.session_id) is not None
    storage.close()
