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
SOAK = bool(os.environ.get("SOAK"))
FAULTS = 10 if SOAK else 1
REQUESTS = 10_000 if SOAK else 200  # in all, at least
PATIENT = "--graceful-timeout 120"  # who waited for that would not end in our time
RECYCLED = 100  # requests, after which a worker is replaced


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

    @property
    def failed(self) -> int:
        return self.answers.total() - self.answers[200]

    def goes_on(self, share: float) -> None:
        """Returns when this share of all requests was answered."""
        until(lambda: self.answers.total() >= REQUESTS * share, seconds=600)

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
def serving(
    made: Path, folder: Path, tree: Path = ROOT, **settings: str
) -> Iterator[LiveServer]:
    server = LiveServer(
        folder,
        tree=tree,
        WEB_CONCURRENCY="2",
        WEB_THREADS="4",
        **settings,
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


def tell(fault: str, load: Load) -> None:
    """Figures for README, by `pytest -s`."""
    print(f"{fault}: {dict(load.answers)}, longest {load.longest:.2f} s")


def test_a_reload_fails_nobody(made: Path, tmp_path: Path) -> None:
    """kill -HUP under load: every request succeeds, none waits for a
    second, and it is over once the new workers serve.
    """
    with (
        serving(made, tmp_path, GUNICORN_CMD_ARGS=PATIENT) as server,
        Lateness() as late,
        Load(server.url) as load,
    ):
        for number in range(FAULTS):
            reload(server)
            load.goes_on((number + 1) / FAULTS)
    tell("reloaded", load)
    assert set(load.answers) == {200}
    assert load.longest < 1 + late.seconds


def test_a_recycled_worker_fails_nobody(made: Path, tmp_path: Path) -> None:
    """Workers that answered as many requests as they may are replaced, both of them."""
    often = f"--max-requests {RECYCLED} --max-requests-jitter {RECYCLED // 10}"
    seen: set[int] = set()
    with (
        serving(made, tmp_path, GUNICORN_CMD_ARGS=often) as server,
        Lateness() as late,
        Load(server.url) as load,
    ):

        def enough() -> bool:
            seen.update(workers(server))
            replaced = len(seen) >= 2 + 2 * FAULTS
            return replaced and load.answers.total() >= REQUESTS

        until(enough, seconds=600)
    tell(f"{len(seen) - 2} workers recycled", load)
    assert set(load.answers) == {200}
    assert load.longest < 2 + late.seconds


def test_a_killed_worker_is_missed_by_few(made: Path, tmp_path: Path) -> None:
    """What it was answering fails; the other serves on, and it is replaced."""
    with (
        serving(made, tmp_path) as server,
        Lateness() as late,
        Load(server.url) as load,
    ):
        for number in range(FAULTS):
            [victim, other] = workers(server)
            os.kill(victim, signal.SIGKILL)
            until(lambda it=victim: it not in workers(server))
            until(lambda: len(workers(server)) == 2)
            assert other in workers(server)
            load.goes_on((number + 1) / FAULTS)
    tell("workers killed", load)
    assert load.failed <= FAULTS * CLIENTS
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


def test_broken_code_is_not_taken(made: Path, copy: Path, tmp_path: Path) -> None:
    """What cannot be loaded is not reloaded: the old code goes on until mended."""
    with serving(made, tmp_path / "instance", copy) as server:
        line = copy / "itinerary_app" / "web" / "ops.py"
        right = line.read_text()
        before = workers(server)
        assert server.process
        assert server.process.stderr
        line.write_text("to be continued")
        server.process.send_signal(signal.SIGHUP)
        until(lambda: "Not reloaded" in server.process.stderr.readline())
        line.write_text(right.replace('"alive"', '"lively"'))
        assert workers(server) == before
        reload(server)
        answer = requests.get(f"{server.url}/livez", timeout=60)
        assert answer.json() == {"status": "lively"}


def test_settings_that_cannot_be_read_are_not_taken(made: Path, tmp_path: Path) -> None:
    """A secret whose file is gone at a reload ends nothing: the old workers go on."""
    secret = tmp_path / "secret"
    secret.write_text("correct horse battery staple, and some more of it")
    folder = tmp_path / "instance"
    with serving(made, folder, SECRET_KEY_FILE=str(secret)) as server:
        before = workers(server)
        away = secret.rename(tmp_path / "away")
        assert server.process
        assert server.process.stderr
        server.process.send_signal(signal.SIGHUP)
        until(lambda: "Not reloaded" in server.process.stderr.readline())
        assert workers(server) == before
        away.rename(secret)
        reload(server)
        serves(server, min(workers(server)))
