"""The door refuses what the app need not see, and lets the others in."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from werkzeug.test import Client

from itinerary_app.web.door import (
    CHANGES,
    CHANGES_IN_LINE,
    LOOKS,
    REFUSED,
    SHUT,
    Door,
)
from tests.waiting import until

GREEDY, QUIET = "198.51.100.7", "203.0.113.9"
View = Callable[[], object]


def address_of(environ: Any) -> str | None:
    return environ["REMOTE_ADDR"] or None


class House:
    """An app behind a door, whose time passes at the test's word."""

    def __init__(self) -> None:
        self.now = 1.0
        self.asked: list[str] = []
        self.refused = 0  # of those, to be refused by the app
        self.view: View = lambda: None
        self.door = Door(self.app, address_of, clock=lambda: self.now)

    def app(self, environ: Any, start_response: Any) -> Iterable[bytes]:
        self.asked.append(environ["REMOTE_ADDR"])
        self.refused += REFUSED in environ
        self.view()
        start_response("200 OK", [])
        return [b""]

    def get(self, address: str, path: str = "/", method: str = "GET") -> int:
        client = Client(self.door)
        base = {"REMOTE_ADDR": address}
        return client.open(path, method=method, environ_overrides=base).status_code


@pytest.fixture
def house() -> House:
    return House()


def test_the_app_is_not_asked_for_whom_it_is_shut(house: House) -> None:
    """Other addresses get in, and health checks of any."""
    house.door.shut(GREEDY)
    assert house.get(GREEDY) == 429
    assert house.asked == []
    assert (house.get(QUIET), house.get(GREEDY, "/livez")) == (200, 200)


def test_after_a_second_one_is_let_in_to_see(house: House) -> None:
    """Meanwhile the others of its address are refused, and afterwards are not."""
    house.door.shut(GREEDY)
    house.now += SHUT
    meanwhile = []
    house.view = lambda: meanwhile.append(house.get(GREEDY))
    assert house.get(GREEDY) == 200
    assert meanwhile == [429]
    house.view = lambda: None
    assert house.get(GREEDY) == 200


def test_it_stays_shut_while_the_app_refuses(house: House) -> None:
    """One request a second reaches an app that refuses it."""
    house.door.shut(GREEDY)
    house.view = lambda: house.door.shut(GREEDY)
    for _ in range(3):
        house.now += SHUT
        assert [house.get(GREEDY) for _ in range(2)] == [200, 429]
    assert len(house.asked) == 3


@pytest.mark.parametrize(
    ("method", "most"), [("GET", LOOKS), ("POST", CHANGES)], ids=["looks", "changes"]
)
def test_an_address_waits_for_its_own_alone(method: str, most: int) -> None:
    """What an address has waiting takes no place from another; who is one of many has
    no line of its own.
    """
    house, go_on = House(), threading.Event()
    inside = threading.Semaphore(0)

    def view() -> None:
        inside.release()
        assert go_on.wait(60)

    house.view = view
    with ThreadPoolExecutor(most + 3) as pool:
        greedy = [pool.submit(house.get, GREEDY, "/", method) for _ in range(most + 1)]
        for _ in range(most):
            assert inside.acquire(timeout=60)
        others = [pool.submit(house.get, it, "/", method) for it in (QUIET, "")]
        for _ in others:
            assert inside.acquire(timeout=60)
        assert house.asked.count(GREEDY) == most
        go_on.set()
        assert {it.result(60) for it in (*greedy, *others)} == {200}
    assert house.asked.count(GREEDY) == most + 1


def test_who_waited_while_it_was_shut_is_refused() -> None:
    """The app is not asked for what stood in line when it refused the first."""
    house, go_on = House(), threading.Event()
    inside = threading.Semaphore(0)

    def view() -> None:
        inside.release()
        assert go_on.wait(60)
        house.door.shut(GREEDY)

    house.view = view
    with ThreadPoolExecutor(LOOKS + 3) as pool:
        asked = [pool.submit(house.get, GREEDY) for _ in range(LOOKS + 3)]
        for _ in range(LOOKS):
            assert inside.acquire(timeout=60)
        go_on.set()
        seen = sorted(it.result(60) for it in asked)
    assert seen == [200] * LOOKS + [429] * 3


def test_of_changes_too_many_are_told_by_the_app() -> None:
    """It shows what was typed: who finds the line full gets in with a mark."""
    house, go_on = House(), threading.Event()
    house.view = lambda: house.refused or go_on.wait(60)
    most = CHANGES + CHANGES_IN_LINE
    with ThreadPoolExecutor(most) as pool:
        asked = [pool.submit(house.get, GREEDY, "/", "POST") for _ in range(most)]
        until(lambda: house.door.count(GREEDY) == most)
        assert house.refused == 0
        assert house.get(GREEDY, "/", "POST") == 200
        assert house.refused == 1
        go_on.set()
        assert {it.result(60) for it in asked} == {200}
    assert house.door.count(GREEDY) == 0
