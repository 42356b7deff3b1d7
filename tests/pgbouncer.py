"""A real PgBouncer in transaction mode, which gives each transaction any connection."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.conftest import MEMORY
from tests.live import free_port
from tests.waiting import PATIENCE

SERVER_CONNECTIONS = 4
NOBODY = 65534  # it runs as anybody but root


@contextmanager
def pgbouncer(
    folder: Path, server: psycopg.ConnectionInfo, role: str, **settings: str
) -> Iterator[str]:
    """The URL of a pooler for the role, whose password is its name; by default on a
    port that is free.
    """
    port = settings.setdefault("listen_port", str(free_port()))
    users = folder / "users.txt"
    users.write_text(f'"{role}" "{role}"\n')
    options = {
        "listen_addr": "127.0.0.1",
        "unix_socket_dir": "",
        "auth_type": "plain",
        "auth_file": str(users),
        "pool_mode": "transaction",
        "default_pool_size": str(SERVER_CONNECTIONS),
        "max_client_conn": "200",
        "logfile": str(folder / "pgbouncer.log"),
        **settings,
    }
    lines = "\n".join(f"{name} = {value}" for name, value in options.items())
    ini = folder / "pgbouncer.ini"
    ini.write_text(
        f"[databases]\n* = host={server.host} port={server.port}\n"
        f"[pgbouncer]\n{lines}\n"
    )
    folder.chmod(0o777)
    _let_in(Path(server.host))
    socket = Path(server.host, f".s.PGSQL.{server.port}")
    user = socket.stat().st_uid if socket.exists() else NOBODY
    other = {"user": user} if os.geteuid() == 0 else {}
    program = shutil.which("pgbouncer") or "pgbouncer"
    with subprocess.Popen([program, "-q", str(ini)], **other) as process:
        try:
            url = f"postgresql://{role}:{role}@127.0.0.1:{port}/{server.dbname}"
            _wait(url)
            yield url
        finally:
            process.terminate()


def _let_in(socket: Path) -> None:
    """Let others pass through the tests' folders to the server's socket."""
    temporary = {Path(tempfile.gettempdir()), MEMORY}
    for folder in (socket, *socket.parents):
        if temporary & {*folder.parents} and folder.stat().st_uid == os.geteuid():
            folder.chmod(folder.stat().st_mode | 0o011)


def _wait(url: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            psycopg.connect(url, connect_timeout=2).close()
        except psycopg.OperationalError:
            if time.monotonic() > deadline:
                raise
        else:
            return
