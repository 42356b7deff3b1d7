"""The embedded server's data as they were: a copy, and the log of writes after it."""

from __future__ import annotations

import gzip
import os
import re
import shlex
import shutil
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import psycopg

from itinerary_app.errors import ItineraryError
from itinerary_app.storage.archive import (
    LOOK_EVERY,
    Base,
    Progress,
    bases_of,
    connected,
    position,
    unpack,
)
from itinerary_app.storage.backup import BackupFailed
from itinerary_app.storage.embedded import DATA, EmbeddedServer

A_DAY = 86_400.0  # seconds, for replaying the log of a large database
# What was not handed over any more may still lie in the folder of before.
FETCH = (
    "if test -e {wal}/%f.gz; then gunzip -c {wal}/%f.gz > %p; else cp {old}/%f %p; fi"
)
RESTORED = re.compile(r'restored log file "([0-9A-F]{24})"')


def recover(
    server: EmbeddedServer, folder: Path, to: datetime | None, progress: Progress
) -> tuple[datetime | None, Path | None]:
    """Make the data what it was at the time `to`, or at the end of all that is known.

    The time of the last turn that is in it, and where the data of before lies. Raises
    BackupFailed, and has changed nothing, where the app is running, or where `to` or
    the end of the log is not reached.
    """
    wal = folder.resolve() / "wal"
    base = _base_for(bases_of(folder), wal, to)
    place = server.data.parent / "restoring"
    with server.alone():
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        try:
            fresh = place / DATA
            unpack(base.path, fresh, progress)
            last = _replay(fresh, wal, server.data / "pg_wal", base, to, progress)
            _hand_over_histories(server, fresh, wal)
            before = None
            if server.data.exists():
                stamp = f"{datetime.now(UTC):%Y-%m-%dT%H%M%SZ}"
                before = server.data.rename(server.data.with_name(f"{DATA}.{stamp}"))
            fresh.rename(server.data)
        finally:
            shutil.rmtree(place, ignore_errors=True)
    return last, before


def _base_for(bases: list[Base], wal: Path, to: datetime | None) -> Base:
    """The newest that is not after `to`, nor of a past that a restore gave up."""
    given_up = _given_up(wal)
    fit = [
        it
        for it in bases
        if it.end <= given_up.get(it.timeline, it.end) and (to is None or it.at <= to)
    ]
    if not fit:
        raise BackupFailed(
            f"The first copy is of {bases[0].at:%Y-%m-%dT%H:%M:%SZ}: nothing before "
            "can be restored."
        )
    return fit[-1]


def _given_up(wal: Path) -> dict[int, int]:
    """Where each former timeline was left for another, by the newest one's history."""
    histories = sorted(wal.glob("*.history.gz"))
    if not histories:
        return {}
    lines = gzip.decompress(histories[-1].read_bytes()).decode().splitlines()
    left = (line.split("\t") for line in lines if line.strip())
    return {int(each[0]): position(each[1]) for each in left}


def _replay(
    fresh: Path,
    wal: Path,
    old: Path,
    base: Base,
    to: datetime | None,
    progress: Progress,
) -> datetime | None:
    """The log since then; the time of the last turn that is in it."""
    server = EmbeddedServer(fresh)
    usual = fresh / "postgresql.auto.conf"
    text = usual.read_text()
    places = {
        "wal": shlex.quote(str(wal)).replace("%", "%%"),
        "old": shlex.quote(str(old.resolve())).replace("%", "%%"),
    }
    settings = {
        "restore_command": FETCH.format(**places),
        "recovery_target_action": "promote",
        "archive_mode": "off",  # until all is well
    }
    if to is not None:
        settings["recovery_target_time"] = to.astimezone(UTC).isoformat()
    lines = [f"{name} = {_quoted(value)}\n" for name, value in settings.items()]
    usual.write_text(text + "".join(lines))
    (fresh / "recovery.signal").touch()
    fresh.chmod(0o700)
    server.give_away(fresh)
    names = {it.name.removesuffix(".gz") for it in wal.glob("*.gz")}
    wanted = {it for it in names if len(it) == len(base.first_file)}
    wanted = {it for it in wanted if it[8:] >= base.first_file[8:]}
    with progress(len(wanted), f"{len(wanted):,} files of the log") as advance:
        try:
            last = _watched(server, advance)
        except ItineraryError as exc:
            raise _why_not(server, to) or exc from exc
        finally:
            server.release()
    if to is None and wanted:
        _verify_reached(server, wal, wanted, last)
    usual.write_text(text)
    return last


def _verify_reached(
    server: EmbeddedServer, wal: Path, wanted: set[str], last: datetime | None
) -> None:
    """Raise BackupFailed where some of the newest timeline's log was not read."""
    newest = max(it.name for it in (*wal.glob("*.history.gz"), Path(min(wanted))))[:8]
    restored = max(RESTORED.findall(_said(server)), default="")
    left = sorted(it for it in wanted if it[:8] == newest and it > restored)
    if left:
        raise BackupFailed(
            f"Nothing was changed: {wal} holds the log up to {left[-1]}, and what is "
            f"before {left[0]} is missing or damaged. To do without what came then: "
            f"--to {_stamp(last)}"
        )


def _said(server: EmbeddedServer) -> str:
    """Its log."""
    return server.log.read_text(errors="replace") if server.log.exists() else ""


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _stamp(time: datetime | None) -> str:
    return f"{time.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}" if time else "TIME"


def _watched(
    server: EmbeddedServer, advance: Callable[[int], object]
) -> datetime | None:
    """Until the server is one that takes writes; raises ItineraryError otherwise."""
    known = 0

    def look() -> None:
        nonlocal known
        found = len(set(RESTORED.findall(_said(server))))
        advance(found - known)
        known = found

    with ThreadPoolExecutor(1) as pool:
        starting = pool.submit(server.acquire, A_DAY)
        while not starting.done():
            look()
            time.sleep(LOOK_EVERY)
        starting.result()
    while True:
        look()
        try:
            with connected(server) as connection:
                row = connection.execute(
                    "SELECT pg_is_in_recovery(), pg_last_xact_replay_timestamp()"
                ).fetchone()
        except psycopg.OperationalError as exc:
            raise BackupFailed(f"The log could not be read. See {server.log}.") from exc
        if row and not row[0]:
            return cast(datetime | None, row[1])
        time.sleep(LOOK_EVERY)


def _why_not(server: EmbeddedServer, to: datetime | None) -> BackupFailed | None:
    """Where that is known."""
    said = _said(server)
    if "before configured recovery target was reached" not in said:
        return None
    found = re.findall(r"last completed transaction was at log time (.+)", said)
    end = found[-1] if found else "the copy's time"
    return BackupFailed(
        f"Nothing was changed: the log ends at {end}, before {_stamp(to)}. "
        "Leave out --to to restore all that there is."
    )


def _hand_over_histories(server: EmbeddedServer, fresh: Path, wal: Path) -> None:
    """Of timelines: PostgreSQL did not, as it must not while this could still fail."""
    for history in (fresh / "pg_wal").glob("*.history"):
        target = wal / f"{history.name}.gz"
        if not target.exists():
            part = wal / f"{history.name}.part"
            part.write_bytes(gzip.compress(history.read_bytes()))
            with part.open("rb") as file:
                os.fsync(file.fileno())
            server.give_away(part)
            part.rename(target)
