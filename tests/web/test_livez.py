"""/livez on its own port answers, whatever the workers wait for."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from statistics import median

import requests

from tests.faults import frozen, processes_of
from tests.live import LiveServer, free_port
from tests.waiting import Lateness

ASKED = 20


def test_it_answers_while_all_threads_wait(made: Path, tmp_path: Path) -> None:
    """With PostgreSQL frozen and twice as many requests as threads: usually within a
    tenth of a second, never after one; and what else is asked for is not there.
    """
    live_port = free_port()
    server = LiveServer(
        tmp_path, LIVE_PORT=str(live_port), WEB_CONCURRENCY="1", WEB_THREADS="2"
    )
    server.begin_with(made)
    server.start()
    live = f"http://127.0.0.1:{live_port}"
    try:
        made = requests.post(f"{server.url}/api/v1/sessions").json()
        trip = f"{server.url}/api/v1/sessions/{made['session_id']}"
        headers = {"Authorization": f"Bearer {made['token']}"}
        assert requests.get(f"{live}/sessions").status_code == 404
        with (
            frozen(processes_of(tmp_path)),
            waiting(trip, headers, threads=4),
            Lateness() as late,
        ):
            took = [seconds_of(f"{live}/livez") for _ in range(ASKED)]
    finally:
        server.stop()
    assert median(took) < 0.1 + late.seconds
    assert max(took) < 1 + late.seconds


def seconds_of(url: str) -> float:
    begun = time.monotonic()
    answer = requests.get(url, timeout=60)
    assert (answer.status_code, answer.json()) == (200, {"status": "alive"})
    return time.monotonic() - begun


@contextmanager
def waiting(url: str, headers: dict[str, str], threads: int) -> Iterator[None]:
    """So many requests that hang; the first of them were sent when this begins."""
    sent = threading.Semaphore(0)

    def ask() -> None:
        sent.release()
        with suppress(requests.RequestException):
            requests.get(url, headers=headers, timeout=60)

    asking = [threading.Thread(target=ask) for _ in range(threads)]
    for thread in asking:
        thread.start()
    for _ in asking:
        sent.acquire()
    yield
    assert any(thread.is_alive() for thread in asking)
    for thread in asking:
        thread.join(0)
