"""The embedded server's data of an earlier PostgreSQL, carried over by pg_upgrade."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from itinerary_app.errors import ConfigurationError
from itinerary_app.storage.backup import BackupFailed
from itinerary_app.storage.embedded import (
    DATA,
    USER,
    VERSION,
    EmbeddedServer,
    brought_along,
    programs,
)

ELSEWHERE = "/usr/lib/postgresql/{}/bin", "/usr/pgsql-{}/bin"  # Debian's, Red Hat's


def upgrade(
    server: EmbeddedServer, old_programs: Path | None, tell: Callable[[str], object]
) -> Path:
    """Where the data of before lies; `tell` hears of each step.

    Raises BackupFailed, and has changed nothing, where there is nothing to carry over,
    where the app is running, and where the old version's programs are not here.
    """
    marker = server.data / "PG_VERSION"
    version = marker.read_text().strip() if marker.exists() else VERSION
    if int(version) >= int(VERSION):
        raise BackupFailed(
            f"{server.data} has no data of a version before PostgreSQL {VERSION}."
        )
    old = old_programs or _find(version)
    place = server.data.parent / "upgrading"
    with server.alone():
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(mode=0o700)
        fresh = EmbeddedServer(place / DATA)
        try:
            _carry_over(server, fresh, old, tell)
            stamp = f"{datetime.now(UTC):%Y-%m-%dT%H%M%SZ}"
            before = server.data.rename(server.data.with_name(f"{DATA}.{stamp}"))
            fresh.data.rename(server.data)
        finally:
            shutil.rmtree(place, ignore_errors=True)
    return before


def _find(version: str) -> Path:
    for folder in _candidates(version):
        if _major(folder) == version:
            return folder
    raise BackupFailed(
        f"This needs the programs of PostgreSQL {version}, which are not here. Install "
        f"them (Debian: apt install postgresql-{version}), or tell where they are: "
        "--old-bin FOLDER"
    )


def _candidates(version: str) -> Iterator[Path]:
    try:
        yield from sorted(brought_along().glob("pginstall*/bin"))
    except ConfigurationError:
        return
    for folder in ELSEWHERE:
        yield Path(folder.format(version))


def _major(folder: Path) -> str:
    if not (folder / "postgres").exists():
        return ""
    told = subprocess.run(
        [folder / "postgres", "--version"], capture_output=True, text=True, check=False
    )
    found = re.search(r"\) (\d+)", told.stdout)
    return found[1] if found else ""


def _carry_over(
    server: EmbeddedServer,
    fresh: EmbeddedServer,
    old: Path,
    tell: Callable[[str], object],
) -> None:
    sockets = Path(tempfile.mkdtemp(prefix="itinerary-"))  # short enough for a socket
    try:
        tell("Ending the old server's last work")
        server.give_away(sockets)
        _recover(server, old, sockets)
        tell("Making an empty database")
        fresh.make_data(f"--{_checksums(server, old)}data-checksums")
        server.give_away(fresh.data.parent)
        command = (
            *("pg_upgrade", "-b", old, "-B", programs()),
            *("-d", server.data, "-D", fresh.data, "-U", USER, "-s", sockets),
        )
        lines = []
        with server.start(
            *command, cwd=fresh.data.parent, stdout=subprocess.PIPE
        ) as process:
            assert process.stdout
            for line in process.stdout:
                lines.append(line.strip())
                tell(line.strip())
        if process.returncode:
            said = [it for it in lines if it and "fatal" not in it.lower()]
            raise BackupFailed(
                f"Nothing was changed: {said[-1] if said else command[0]}"
            )
    finally:
        shutil.rmtree(sockets, ignore_errors=True)


def _recover(server: EmbeddedServer, old: Path, sockets: Path) -> None:
    """What a kill left undone only the version that did it can do."""
    log = sockets / "log"
    given = f"-c listen_addresses='' -c unix_socket_directories='{sockets}'"
    control = ("-D", str(server.data), "-w", "-l", str(log), "-o", given)
    for command in ("start", "stop"):
        done = server.run(str(old / "pg_ctl"), *control, command)
        if done.returncode:
            said = log.read_text(errors="replace") if log.exists() else done.stderr
            last = said.strip().splitlines()[-1:] or ["it gave no reason"]
            raise BackupFailed(f"The old server does not {command}: {last[0]}")


def _checksums(server: EmbeddedServer, old: Path) -> str:
    """The prefix of initdb's option that makes the new data as the old."""
    with server.start(
        old / "pg_controldata", "-D", server.data, stdout=subprocess.PIPE
    ) as process:
        told = process.communicate()[0]
    found = re.search(r"checksum version: +(\d+)", told)
    return "" if found and found[1] != "0" else "no-"
