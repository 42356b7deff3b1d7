"""Workers are replaced under load, and nobody who travels meanwhile notices."""

from __future__ import annotations

import os
import shutil
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from tests.faults import frozen
from tests.live import ROOT, LiveServer
from tests.waiting import Lateness, until

CLIENTS = 4
PAUSE = 0.05  # seconds, as new workers need some of the machine, too
RELOADS = 10 if os.environ.get("SOAK") else 1


class Load:
    """Clients that ask again and again, each time on a new connection."""

    def __init__(self, url: str) -> None:
        made = requests.post(f"{url}/api/v1/sessions", timeout=60).json()
        self._trip = f"{url}/api/v1/sessions/{made['session_id']}"
        self._headers = {"Authorization": f"Bearer {made['token']}"}
        self._enough = threading.Event()
        self._threads = [threading.Thread(target=self._ask) for _ in range(CLIENTS)]
        self.answers: Counter[int | str] = Counter()
        self.longest = 0.0  # seconds that one waited for an answer

    def __enter__(self) -> Load:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._enough.set()
        for thread in self._threads:
            thread.join()

    def _ask(self) -> None:
        while not self._enough.is_set():
            begun = time.monotonic()
            try:
                answer = requests.get(self._trip, headers=self._headers, timeout=60)
                self.answers[answer.status_code] += 1
            except requests.RequestException as exc:
                self.answers[type(exc).__name__] += 1
            self.longest = max(self.longest, time.monotonic() - begun)
            time.sleep(PAUSE)


def workers(server: LiveServer) -> set[int]:
    assert server.process
    pid = server.process.pid
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return {int(child) for child in children}


def serves(server: LiveServer, worker: int) -> None:
    """Returns when this one does, whatever the others do."""
    with frozen(sorted(workers(server) - {worker})):
        assert requests.get(f"{server.url}/readyz", timeout=60).status_code == 200


def reload(server: LiveServer) -> None:
    """Until only new workers are there."""
    assert server.process
    old = workers(server)
    server.process.send_signal(signal.SIGHUP)
    until(lambda: not old & workers(server))


@contextmanager
def serving(made: Path, folder: Path, tree: Path = ROOT) -> Iterator[LiveServer]:
    server = LiveServer(
        folder,
        tree=tree,
        WEB_CONCURRENCY="2",
        WEB_THREADS="4",
    )
    server.begin_with(made)
    server.start()
    try:
        until(lambda: len(workers(server)) == 2)
        for worker in workers(server):
            serves(server, worker)
        yield server
    finally:
        server.stop()


def test_a_reload_fails_nobody(made: Path, tmp_path: Path) -> None:
    """kill -HUP under load: every request succeeds, none waits for a
    second.
    """
    with (
        serving(made, tmp_path) as server,
        Lateness() as late,
        Load(server.url) as load,
    ):
        for _ in range(RELOADS):
            reload(server)
    assert set(load.answers) == {200}
    assert load.longest < 1 + late.seconds


def test_a_killed_worker_is_missed_by_few(made: Path, tmp_path: Path) -> None:
    """What it was answering fails; the other serves on, and it is replaced."""
    with (
        serving(made, tmp_path) as server,
        Lateness() as late,
        Load(server.url) as load,
    ):
        [victim, other] = workers(server)
        os.kill(victim, signal.SIGKILL)
        until(lambda: victim not in workers(server) and len(workers(server)) == 2)
        assert other in workers(server)
        asked = load.answers.total()
        until(lambda: load.answers.total() > asked + 50)
    failed = load.answers.total() - load.answers[200]
    assert failed <= CLIENTS
    assert load.longest < 2 + late.seconds


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A checkout of one's own, which can be changed."""
    for name in ("deploy", "itinerary_app", "migrations"):
        shutil.copytree(
            ROOT / name,
            tmp_path / "tree" / name,
            ignore=shutil.ignore_patterns("node_modules", "__pycache__"),
        )
    for name in ("alembic.ini", "wsgi.py"):
        shutil.copy(ROOT / name, tmp_path / "tree" / name)
    return tmp_path / "tree"


def test_a_reload_takes_the_code_of_now(made: Path, copy: Path, tmp_path: Path) -> None:
    """Also of what the master has loaded."""
    with serving(made, tmp_path / "instance", copy) as server:
        line = copy / "itinerary_app" / "web" / "ops.py"
        line.write_text(line.read_text().replace('"alive"', '"lively"'))
        errors = copy / "itinerary_app" / "errors.py"
        text = errors.read_text()
        errors.write_text(text.replace("There is no such trip", "There is none"))
        reload(server)
        answer = requests.get(f"{server.url}/livez", timeout=60)
        assert answer.json() == {"status": "lively"}
        absent = f"{server.url}/api/v1/sessions/00000000-0000-4000-8000-000000000000"
        made = requests.post(f"{server.url}/api/v1/sessions", timeout=60).json()
        bearer = {"Authorization": f"Bearer {made['token']}"}
        told = requests.get(absent, headers=bearer, timeout=60).json()["detail"]
        assert told.startswith("There is none")
