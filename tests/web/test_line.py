"""Who would wait for nothing before the app is sent away, and the others wait."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from werkzeug.test import Client, TestResponse

from itinerary_app.web.door import Door
from itinerary_app.web.line import IN_EXCESS, IN_LINE, Line

GREEDY, MANY = "198.51.100.7", ""  # who is one of many


class Shop:
    """An app that serves one at a time, for as long as the test says."""

    def __init__(self) -> None:
        self.hangs = False
        self.serving = threading.Semaphore(0)
        self.go_on = threading.Event()
        self.line = Line(self.app, 1, lambda: self.hangs)
        self.door = Door(self.line, lambda environ: environ["REMOTE_ADDR"] or None)
        self.threads = ThreadPoolExecutor(1 + IN_EXCESS)

    def app(self, environ: Any, start_response: Any) -> Iterable[bytes]:
        if environ["PATH_INFO"] != "/livez":
            self.serving.release()
            assert self.go_on.wait(30)
        start_response("200 OK", [])
        return [b""]

    def get(self, path: str = "/", address: str = MANY) -> TestResponse:
        base = {"REMOTE_ADDR": address}
        return Client(self.door).get(path, environ_overrides=base)


@pytest.fixture
def busy() -> Iterator[Shop]:
    """One is being served."""
    shop = Shop()
    shop.threads.submit(shop.get)
    assert shop.serving.acquire(timeout=60)
    yield shop
    shop.go_on.set()
    shop.threads.shutdown()


def test_who_waits_a_little_is_served(busy: Shop) -> None:
    """In line as many as there are threads for, when it moves."""
    waiting = [busy.threads.submit(busy.get) for _ in range(IN_LINE)]
    busy.go_on.set()
    assert {it.result(60).status_code for it in waiting} == {200}


def test_nobody_waits_for_what_hangs(busy: Shop) -> None:
    """Neither who comes nor who stands in line already; both are told to come again."""
    waiting = busy.threads.submit(busy.get)
    busy.hangs = True
    for answer in (waiting.result(60), busy.get()):
        assert answer.status_code == 503
        assert int(answer.headers["Retry-After"]) > 0
        assert "Nothing is lost" in answer.text


def test_a_program_gets_a_problem_document(busy: Shop) -> None:
    """As from the app itself."""
    busy.hangs = True
    answer = busy.get("/api/v1/sessions")
    assert answer.mimetype == "application/problem+json"
    assert answer.json["status"] == 503


def test_a_line_that_stands_grows_no_longer(busy: Shop) -> None:
    """Some threads stay free, so health checks and refusals are answered."""
    asked = [busy.threads.submit(busy.get) for _ in range(IN_EXCESS)]
    while not any(it.done() for it in asked):
        assert busy.get("/livez").status_code == 200
    refused = [it.result() for it in asked if it.done()]
    assert {it.status_code for it in refused} == {503}
    assert len(refused) <= IN_EXCESS - IN_LINE


def test_who_is_refused_takes_no_ones_place(busy: Shop) -> None:
    """While the app has as much as it does at once, a refusal does not wait for it."""
    busy.door.shut(GREEDY)
    assert busy.get(address=GREEDY).status_code == 429
