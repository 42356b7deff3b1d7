"""Data of an earlier PostgreSQL go on in the one that is brought along."""

from __future__ import annotations

import fcntl
import os
import signal
from contextlib import closing
from pathlib import Path

import pytest
from psycopg.conninfo import make_conninfo

from itinerary_app.errors import ConfigurationError
from itinerary_app.storage.backup import BackupFailed
from itinerary_app.storage.base import Changes
from itinerary_app.storage.database import CONNECTION, Database
from itinerary_app.storage.embedded import DATA, USER, EmbeddedServer, brought_along
from itinerary_app.storage.postgres import PostgresStorage
from itinerary_app.storage.testing import OWNER, said
from itinerary_app.storage.upgrading import upgrade
from tests.conftest import migrate
from tests.faults import processes_of
from tests.storage.dumps import by_pg_dump
from tests.waiting import until

OLD = brought_along() / "pginstall" / "bin"  # PostgreSQL 16


class OldServer:
    """One of the earlier version, in the app's folder."""

    def __init__(self, data: Path) -> None:
        self._run = EmbeddedServer(data).run
        self.data = data
        data.mkdir(mode=0o700)
        EmbeddedServer(data).give_away(data)
        locale = ("--encoding=UTF8", "--locale=C", "--auth=trust", f"--username={USER}")
        self._do("initdb", *locale)
        self.parameters = {"host": str(data), "user": USER, "dbname": USER}

    def start(self) -> None:
        given = f"-c listen_addresses='' -c unix_socket_directories='{self.data}'"
        log = str(self.data / "log")
        self._do("pg_ctl", "-w", "-l", log, "-o", given, "start")

    def kill(self) -> None:
        [pid, *children] = processes_of(self.data.parent)
        os.kill(pid, signal.SIGKILL)
        until(lambda: not any(Path(f"/proc/{it}").exists() for it in children))

    def stop(self) -> None:
        self._do("pg_ctl", "-w", "-m", "fast", "stop")

    def _do(self, program: str, *words: str) -> None:
        done = self._run(str(OLD / program), "-D", str(self.data), *words)
        assert done.returncode == 0, done.stderr


@pytest.fixture
def old(tmp_path: Path) -> OldServer:
    server = OldServer(tmp_path / DATA)
    server.start()
    return server


def storage_of(parameters: dict[str, str]) -> PostgresStorage:
    return PostgresStorage(Database({**CONNECTION, **parameters}))


def content(parameters: dict[str, str]) -> list[str]:
    """What pg_dump tells, but for what differs by its day and version."""
    lines = by_pg_dump(make_conninfo(**parameters)).splitlines()
    told = (it for it in lines if it and not it.startswith(("--", "\\", "SET ")))
    return sorted(told)


@pytest.mark.parametrize("ends", ["stop", "kill"])
def test_nothing_is_lost(old: OldServer, ends: str) -> None:
    """Also after a kill -9 of the old server: all is there, the app goes on with it,
    and the folder of before stays.
    """
    migrate(**old.parameters)
    with closing(storage_of(old.parameters)) as storage:
        trip = storage.create_session(owner_hash=OWNER).session_id
        storage.update_session(trip, Changes(), messages=[said("one")], turn_key="1")
    before = content(old.parameters)
    getattr(old, ends)()
    server = EmbeddedServer(old.data)
    with pytest.raises(ConfigurationError, match="upgrade-database"):
        server.acquire()
    server.release()
    told: list[str] = []
    kept = upgrade(server, None, told.append)
    assert (kept / "PG_VERSION").read_text() == "16\n"
    assert len(told) > 10
    server.acquire()
    assert content(server.parameters) == before
    with closing(storage_of(server.parameters)) as storage:
        storage.update_session(trip, Changes(), messages=[said("two")], turn_key="2")
        session = storage.get_session(trip)
        assert session
        assert [it.content for it in session.conversation_history] == ["one", "two"]
    server.release()
    assert not (old.data.parent / "upgrading").exists()


def test_without_the_old_programs(tmp_path: Path) -> None:
    """It says which are needed, and changes nothing."""
    data = tmp_path / DATA
    data.mkdir()
    (data / "PG_VERSION").write_text("9\n")
    with pytest.raises(BackupFailed, match=r"PostgreSQL 9.*--old-bin"):
        upgrade(EmbeddedServer(data), None, lambda line: None)
    assert [it.name for it in data.iterdir()] == ["PG_VERSION"]


def test_with_other_programs(old: OldServer) -> None:
    """Those of a version that did not make the data are refused; nothing changes."""
    old.stop()
    before = sorted(it.name for it in old.data.iterdir())
    server = EmbeddedServer(old.data)
    wrong = brought_along() / "pginstall18" / "bin"
    with pytest.raises(BackupFailed, match="does not start"):
        upgrade(server, wrong, lambda line: None)
    assert sorted(it.name for it in old.data.iterdir()) == before


def test_of_today_there_is_nothing_to_do(data: Path) -> None:
    """Data of the version that is brought along stay as they are."""
    with pytest.raises(BackupFailed, match="no data of a version before"):
        upgrade(EmbeddedServer(data), None, lambda line: None)


def test_under_a_running_app_nothing_is_carried_over(old: OldServer) -> None:
    """An app of the old version holds the folder's lock."""
    with old.data.with_suffix(".users").open("a") as users:
        fcntl.flock(users, fcntl.LOCK_SH)
        with pytest.raises(ConfigurationError, match="Stop it first"):
            upgrade(EmbeddedServer(old.data), None, lambda line: None)
    old.stop()
