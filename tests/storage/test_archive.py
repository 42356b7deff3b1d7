"""Back to any moment: what was answered until then is there, and nothing of later."""

from __future__ import annotations

import gzip
import os
import shutil
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from itinerary_app.errors import ConfigurationError
from itinerary_app.storage.archive import back_up_base, prune
from itinerary_app.storage.backup import BackupFailed
from itinerary_app.storage.base import Changes
from itinerary_app.storage.database import open_database
from itinerary_app.storage.embedded import EmbeddedServer
from itinerary_app.storage.postgres import PostgresStorage
from itinerary_app.storage.recovering import recover
from itinerary_app.storage.testing import OWNER, said
from tests.waiting import until

Written = list[tuple[datetime, datetime]]  # when each turn was sent, and answered
ALL = 1_000_000  # messages


@contextmanager
def quietly(length: int, label: str) -> Iterator[Callable[[int], object]]:
    yield lambda more: None


class World:
    """A server with one trip, whose turns have their numbers as texts, and a folder to
    which it is backed up.
    """

    def __init__(self, data: Path, folder: Path) -> None:
        self.server = EmbeddedServer(data)
        self.folder = folder
        with self.storage() as storage:
            self.trip = storage.create_session(owner_hash=OWNER).session_id
        self.written: Written = []

    @contextmanager
    def storage(self) -> Iterator[PostgresStorage]:
        """The server runs while inside."""
        database = open_database("embedded:", self.server.data.parent)
        with closing(PostgresStorage(database, pool_size=2)) as storage:
            yield storage
        assert database.revive
        database.revive.__self__.release()

    def write(self, storage: PostgresStorage, turns: int) -> None:
        for _ in range(turns):
            sent, number = datetime.now(UTC), str(len(self.written))
            storage.update_session(
                self.trip, Changes(), messages=[said(number)], turn_key=f"turn-{number}"
            )
            self.written.append((sent, datetime.now(UTC)))

    def back_up(self) -> Path:
        return back_up_base(self.server, self.folder, quietly)

    def recover(self, to: datetime | None = None) -> datetime | None:
        return recover(self.server, self.folder, to, quietly)[0]

    def kept(self) -> list[str]:
        with self.storage() as storage:
            session = storage.get_session(self.trip, history=ALL)
            assert session
            return [it.content for it in session.conversation_history]

    def wal(self) -> list[Path]:
        """Files of the log, the oldest first."""
        return sorted((self.folder / "wal").glob("?" * 24 + ".gz"))

    def hand_over(self, storage: PostgresStorage) -> None:
        """The log up to here."""
        files = len(self.wal())
        storage._pool.run("SELECT pg_switch_wal()", {}, repeatable=True)
        until(lambda: len(self.wal()) > files)


@pytest.fixture
def world(data: Path, tmp_path: Path) -> Iterator[World]:
    world = World(data, tmp_path / "of o'neil, 100%")
    yield world
    world.server.release()


def numbers(turns: int) -> list[str]:
    return [str(it) for it in range(turns)]


def test_nothing_answered_until_then_is_lost(world: World) -> None:
    """While turns are written a copy is made; of a moment after it all turns are there
    that were answered by then, and none that was sent later.
    """
    with world.storage() as storage:
        world.write(storage, 10)
        enough = threading.Event()

        def go_on() -> None:
            while not enough.is_set():
                world.write(storage, 1)

        with pytest.raises(BackupFailed, match="its next start on"):
            world.back_up()
    with world.storage() as storage:
        writer = threading.Thread(target=go_on)
        writer.start()
        world.back_up()
        done = len(world.written)
        until(lambda: len(world.written) > done + 300)
        enough.set()
        writer.join()
    moment = world.written[done + 150][1]
    last = world.recover(moment)
    assert last
    assert last <= moment
    kept = world.kept()
    assert kept == numbers(len(kept))
    answered = sum(it <= moment for _, it in world.written)
    sent = sum(it <= moment for it, _ in world.written)
    assert answered <= len(kept) <= sent
    assert done < len(kept) < len(world.written)


def test_after_a_crash_all_is_there(world: World) -> None:
    """Also what was not handed over any more, if the folder of before is there; without
    it what was handed over.
    """
    world.back_up()
    with world.storage() as storage:
        world.write(storage, 5)
        world.hand_over(storage)
        world.write(storage, 5)
        pid = (world.server.data / "postmaster.pid").read_text().split()[0]
        os.kill(int(pid), signal.SIGKILL)
    world.server.release()
    (world.server.data / "global" / "pg_control").unlink()  # it cannot start again
    world.recover()
    assert world.kept() == numbers(10)
    shutil.rmtree(world.server.data)
    world.recover()
    assert world.kept()[:5] == numbers(5)


def test_it_goes_on_from_there(world: World) -> None:
    """What was written after a restore can be restored itself; what the restore gave up
    is not mistaken for it, though it has newer copies.
    """
    world.back_up()
    with world.storage() as storage:
        world.write(storage, 5)
        moment = datetime.now(UTC)
        world.write(storage, 5)
    given_up = world.back_up()
    world.recover(moment)
    assert world.kept() == numbers(5)
    world.written = world.written[:5]
    with world.storage() as storage:
        world.write(storage, 2)
        world.hand_over(storage)
    world.recover()
    assert world.kept() == numbers(7)
    newest = world.back_up()
    assert newest.name > given_up.name
    world.server.release()
    world.recover()
    assert world.kept() == numbers(7)


@pytest.mark.parametrize("damage", ["cut off", "missing"])
def test_a_gap_is_not_passed_over(world: World, damage: str) -> None:
    """A file of the log that is damaged or missing is told, and nothing is changed."""
    world.back_up()
    with world.storage() as storage:
        for _ in range(3):
            world.write(storage, 2)
            world.hand_over(storage)
    world.server.release()
    second = world.wal()[-2]
    if damage == "missing":
        second.unlink()
    else:
        second.write_bytes(second.read_bytes()[:1000])
    shutil.rmtree(world.server.data / "pg_wal")  # which has it, too
    names = set(os.listdir(world.server.data))
    with pytest.raises(BackupFailed, match="Nothing was changed"):
        world.recover()
    with pytest.raises(BackupFailed, match="Nothing was changed"):
        world.recover(world.written[-1][0])
    assert set(os.listdir(world.server.data)) == names
    assert not (world.server.data.parent / "restoring").exists()


def test_a_damaged_copy_is_refused(world: World) -> None:
    """Each file of it has its SHA-256."""
    made = world.back_up()
    world.server.release()
    manifest = made / "backup_manifest"
    text = manifest.read_text()
    at = text.index('"Checksum": "') + len('"Checksum": "')
    manifest.write_text(text[:at] + ("1" if text[at] == "0" else "0") + text[at + 1 :])
    with pytest.raises(BackupFailed, match="damaged"):
        world.recover()
    archive = made / "base.tar.gz"
    archive.write_bytes(archive.read_bytes()[:-1000])
    with pytest.raises(BackupFailed, match="damaged"):
        world.recover()


def test_a_time_that_is_not_known_is_refused(world: World) -> None:
    """Before the first copy, and after the end of the log, which is told."""
    with pytest.raises(BackupFailed, match="no copy"):
        world.recover()
    world.back_up()
    with world.storage() as storage:
        world.write(storage, 1)
    world.server.release()
    with pytest.raises(BackupFailed, match="nothing before"):
        world.recover(datetime.now(UTC) - timedelta(days=1))
    with pytest.raises(BackupFailed, match=r"the log ends at 20.*Leave out --to"):
        world.recover(datetime.now(UTC) + timedelta(days=1))
    assert world.kept() == numbers(1)


def test_under_a_running_app_nothing_is_restored(world: World) -> None:
    """It would go on writing to the folder that was moved away."""
    world.back_up()
    with world.storage() as storage:
        world.write(storage, 1)
        with pytest.raises(ConfigurationError, match="Stop it first"):
            world.recover()


def test_one_backup_at_a_time(world: World) -> None:
    """A second one is refused, and takes nothing from the first."""
    refused: list[str] = []

    @contextmanager
    def meanwhile(length: int, label: str) -> Iterator[Callable[[int], object]]:
        with pytest.raises(BackupFailed, match="Another backup") as caught:
            back_up_base(EmbeddedServer(world.server.data), world.folder, quietly)
        refused.append(str(caught.value))
        yield lambda more: None

    back_up_base(world.server, world.folder, meanwhile)
    assert refused
    world.recover()


def test_the_newest_copies_are_kept(world: World) -> None:
    """With the log since the first of them, and no other."""
    bases = [world.back_up() for _ in range(2)]
    with world.storage() as storage:
        world.write(storage, 2)
    until(lambda: len({it.name for it in bases}) == 2)
    before = len(world.wal())
    prune(world.server, world.folder, keep=1)
    assert [it.exists() for it in bases] == [False, True]
    assert 0 < len(world.wal()) < before
    world.server.release()
    world.recover()
    assert world.kept() == numbers(2)


def test_where_the_log_cannot_be_written(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No copy is made, and it is told."""
    monkeypatch.setattr("itinerary_app.storage.archive.HANDED_OVER_WITHIN", 1.0)
    world.back_up()
    with world.storage() as storage:
        world.write(storage, 1)
        next_file = world.wal()[-1].name
        number = int(next_file[8:24], 16)
        for ahead in range(1, 4):  # somebody else's
            name = f"{next_file[:8]}{number + ahead:016X}.gz"
            (world.folder / "wal" / name).write_bytes(gzip.compress(b"of another"))
        with pytest.raises(BackupFailed, match="not"):
            world.back_up()
