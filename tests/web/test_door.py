"""The door refuses what the app need not see, and lets the others in."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from werkzeug.test import Client

from itinerary_app.web.door import SHUT, Door

GREEDY, QUIET = "198.51.100.7", "203.0.113.9"
View = Callable[[], None]


class House:
    """An app behind a door, whose time passes at the test's word."""

    def __init__(self, at_once: int = 8) -> None:
        self.now = 1.0
        self.asked: list[str] = []
        self.view: View = lambda: None
        self.door = Door(self.app, str, at_once, clock=lambda: self.now)

    def app(self, environ: Any, start_response: Any) -> Iterable[bytes]:
        self.asked.append(environ["REMOTE_ADDR"])
        self.view()
        start_response("200 OK", [])
        return [b""]

    def get(self, address: str, path: str = "/") -> int:
        client = Client(self.door)
        base = {"REMOTE_ADDR": address}
        return client.get(path, environ_overrides=base).status_code


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


def test_who_is_refused_takes_no_ones_place() -> None:
    """While the app has as much as it does at once, a refusal does not wait for it."""
    house, inside, go_on = House(at_once=1), threading.Event(), threading.Event()

    def view() -> None:
        inside.set()
        assert go_on.wait(10)

    house.view = view
    house.door.shut(GREEDY)
    with ThreadPoolExecutor(1) as pool:
        quiet = pool.submit(house.get, QUIET)
        assert inside.wait(10)
        assert house.get(GREEDY) == 429
        go_on.set()
        assert quiet.result(10) == 200
