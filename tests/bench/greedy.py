"""A quiet traveller beside 50 greedy clients: `python -m tests.bench.greedy`.

The greedy ones come from one address, wait for nothing and ignore what they are told:
half begin trips and have them planned, half load pages. Limits on, then off.
"""

from __future__ import annotations

import http.client
import json
import multiprocessing
import os
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np

from tests.live import LiveServer

PROCESSES = multiprocessing.get_context("spawn")
GREEDY = 50
PLANS, PAGES = 8, 150
TRIES = 10
WISH = "4 days in Paris, we love art and food"
LIMITS = {"LIMIT_REQUESTS": "300", "LIMIT_TURNS": "60", "LIMIT_NEW_TRIPS": "20"}


class Client:
    """A connection from an address of this machine."""

    def __init__(self, port: int, address: str) -> None:
        self._at = ("127.0.0.1", port), (address, 0)
        self._connection = self._connect()

    def ask(
        self, method: str, path: str, body: object = None, token: str = ""
    ) -> tuple[int, bytes]:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        data = None if body is None else json.dumps(body)
        if data:
            headers["Content-Type"] = "application/json"
        try:
            self._connection.request(method, path, data, headers)
            answer = self._connection.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException):
            self._connection.close()
            self._connection = self._connect()
            return 0, b""

    def plan(self) -> int:
        status, body = self.ask("POST", "/api/v1/sessions")
        if status != 201:
            return status
        made = json.loads(body)
        path = f"/api/v1/sessions/{made['session_id']}/messages"
        return self.ask("POST", path, {"text": WISH}, made["token"])[0]

    def page(self) -> int:
        return self.ask("GET", "/")[0]

    def _connect(self) -> http.client.HTTPConnection:
        (host, port), source = self._at
        return http.client.HTTPConnection(host, port, timeout=60, source_address=source)


@contextmanager
def greedy(port: int) -> Iterator[Counter[int]]:
    """All of them, while inside; what they were answered, afterwards."""
    told: Counter[int] = Counter()
    stop, answers = PROCESSES.Event(), PROCESSES.SimpleQueue()
    process = PROCESSES.Process(target=_crowd, args=(port, stop, answers))
    process.start()
    try:
        yield told
    finally:
        stop.set()
        told.update(answers.get())
        process.join()


def _crowd(port: int, stop: Any, answers: Any) -> None:
    """A process that takes only what the server leaves: theirs is another machine."""
    os.nice(19)
    os.setsid()
    group = Path("/proc/self/autogroup")  # Linux heeds nice within a session alone
    if group.exists():
        group.write_text("19")
    told: Counter[int] = Counter()

    def run(number: int) -> None:
        client = Client(port, "127.0.0.2")
        ask = client.plan if number % 2 else client.page
        while not stop.is_set():
            told[ask()] += 1

    threads = [threading.Thread(target=run, args=(it,)) for it in range(GREEDY)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    answers.put(told)


def quiet(port: int, addresses: Iterator[int]) -> tuple[float, float]:
    """Seconds of a plan (median) and of a page (p99)."""
    plans, pages = [], []
    for _ in range(PLANS):
        client = Client(port, f"127.0.1.{next(addresses)}")
        began = time.perf_counter()
        for _ in range(TRIES):
            if client.plan() == 201:
                break
            time.sleep(1)  # refused, as the greedy are
        plans.append(time.perf_counter() - began)
        for _ in range(PAGES // PLANS):
            began = time.perf_counter()
            client.page()
            pages.append(time.perf_counter() - began)
    return float(np.median(plans)), float(np.percentile(pages, 99))


def main() -> None:
    """Print a table."""
    print("| limits | | plan, s | page p99, ms | the greedy were answered |")
    print("|---|---|---|---|---|")
    for name, limits in (("on", LIMITS), ("off", {"LIMIT_REQUESTS": "0"})):
        with tempfile.TemporaryDirectory() as folder:
            server = LiveServer(Path(folder), WEB_CONCURRENCY="2", **limits)
            server.migrate()
            server.start()
            addresses = count(1)
            try:
                quiet(server.port, addresses)  # the processes are started
                plan, page = quiet(server.port, addresses)
                print(f"| {name} | alone | {plan:.2f} | {page * 1000:.0f} | |")
                with greedy(server.port) as told:
                    time.sleep(5)
                    beside = quiet(server.port, addresses)
                seen = f"{beside[0]:.2f} ({beside[0] / plan:.1f}x)"
                loads = f"{beside[1] * 1000:.0f} ({beside[1] / page:.1f}x)"
                answers = dict(told.most_common())
                print(f"| {name} | beside {GREEDY} | {seen} | {loads} | {answers} |")
            finally:
                server.stop()


if __name__ == "__main__":
    main()
