"""A real server for tests: gunicorn in a process group that can be killed."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ANALYTICS_PASSWORD = "correct horse battery"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class LiveServer:
    """gunicorn with deploy/gunicorn.conf.py and the embedded PostgreSQL.

    `tree` is where its code lies: this checkout, or an earlier version's.
    """

    def __init__(self, instance: Path, *, tree: Path = ROOT, **settings: str) -> None:
        self.tree = tree
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self.instance = instance
        self.env: Mapping[str, str] = {
            **os.environ,
            "APP_ENV": "development",
            "INSTANCE_PATH": str(instance),
            "PORT": str(self.port),
            "TILE_URL": "",
            **settings,
        }
        self.process: subprocess.Popen[str] | None = None

    def migrate(self) -> None:
        self.alembic().check_returncode()

    def begin_with(self, made: Path) -> None:
        """A copy of this migrated data folder, of a server that does not run."""
        self.instance.mkdir(exist_ok=True)
        subprocess.run(["cp", "-a", made, self.instance], check=True)

    def alembic(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Alembic, by default `upgrade head`, with this server's settings."""
        return subprocess.run(
            [sys.executable, "-m", "alembic", *(words or ("upgrade", "head"))],
            cwd=self.tree,
            env=self.env,
            check=False,
            capture_output=True,
            text=True,
        )

    def start(self) -> None:
        self.process = self._popen()
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line == f"itinerary_app is ready: {self.url}/\n", (
            line + self.process.communicate()[1]
        )

    def refuses(self) -> tuple[int, str]:
        """Start where no start is expected: exit code and what was said."""
        with self._popen() as process:
            output = "".join(process.communicate(timeout=60))
            return process.returncode, output

    def kill(self) -> None:
        """kill -9 of master and workers at once."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.communicate()

    def stop(self) -> str:
        """End in good order; what was said on standard error."""
        assert self.process is not None
        self.process.terminate()
        return self.process.communicate(timeout=60)[1]

    def _popen(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn"),
                *("-c", "deploy/gunicorn.conf.py", "wsgi:app"),
            ],
            cwd=self.tree,
            env=self.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
