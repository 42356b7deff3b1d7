"""The whole product, killed with kill -9 and started again: nothing is lost."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.live import LiveServer

PATIENCE = 20  # times that one is told to come again
WISH = "3 days in Jaipur, we love food and culture, relaxed, moderate budget"


@pytest.fixture(scope="module", params=["embedded", "redis"])
def server(
    request: pytest.FixtureRequest,
    made: Path,
    tmp_path_factory: pytest.TempPathFactory,
    redis_url: str,
) -> Iterator[LiveServer]:
    server = LiveServer(
        tmp_path_factory.mktemp("survival"),
        WEB_CONCURRENCY="2",
        DATABASE_URL=redis_url if request.param == "redis" else "",
    )
    server.begin_with(made)
    server.start()
    yield server
    assert "Traceback" not in server.stop()


class Traveller:
    """A client of the JSON API with a token of its own."""

    def __init__(self, server: LiveServer) -> None:
        self._base = f"{server.url}/api/v1/sessions"
        self._token = ""
        made = self.call("POST")
        self._token = made["token"]
        self.trip = made["session_id"]

    def call(self, method: str, *path: str, **body: str) -> Any:
        headers = {"Content-Type": "application/json"}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        if "key" in body:
            headers["Idempotency-Key"] = body.pop("key")
        request = urllib.request.Request(
            "/".join((self._base, *path)),
            method=method,
            headers=headers,
            data=json.dumps(body).encode() if body else None,
        )
        for _ in range(PATIENCE):
            try:
                with urllib.request.urlopen(request, timeout=30) as response:
                    return json.load(response)
            except urllib.error.HTTPError as exc:
                if exc.code != 503:
                    raise
                Event().wait(int(exc.headers["Retry-After"]))  # as every client should
        raise TimeoutError("Too many plans were asked for at once.")

    def say(self, text: str, key: str) -> Any:
        return self.call("POST", self.trip, "messages", text=text, key=key)


def test_trips_are_found_after_kill(server: LiveServer, browser: Browser) -> None:
    """Planned and edited in Chromium; after kill -9 a reload shows the same plan. By
    API over two workers trip, plan and turn keys are there, too.
    """
    page = browser.new_page(base_url=server.url)
    page.goto("/")
    page.locator("textarea[name=text]").fill(WISH)
    page.keyboard.press("Enter")
    expect(page.locator("#plan")).to_contain_text("Day 3")
    page.wait_for_load_state("load")  # app.js listens from here on
    page.locator("textarea[name=text]").fill("make day 2 more relaxed")
    page.keyboard.press("Enter")
    messages = page.locator(".message")
    expect(messages).to_have_count(4)
    expect(messages.last).to_contain_text("calmer")
    said, plan = messages.all_inner_texts(), page.locator("#plan").inner_text()
    traveller = Traveller(server)
    first = traveller.say(WISH, "k1")
    traveller.say("swap a stop on day 1 for a park", "k2")
    before = traveller.call("GET", traveller.trip)

    server.kill()
    server.start()

    page.reload()
    assert messages.all_inner_texts() == said
    assert page.locator("#plan").inner_text() == plan
    page.context.close()
    after = traveller.call("GET", traveller.trip)
    for session in (before, after):
        session.pop("last_accessed")
    assert after == before
    assert len(after["itinerary"]["days"]) == 3
    again = traveller.say(WISH, "k1")
    assert again["replayed"]
    assert again["assistant"] == first["assistant"]
    assert traveller.call("GET", traveller.trip)["message_count"] == 4


def test_two_workers_take_turns_in_one_conversation(server: LiveServer) -> None:
    """Eight clients talking in eight trips through two workers lose nothing."""

    def talk(_: int) -> int:
        traveller = Traveller(server)
        traveller.say(WISH, uuid.uuid4().hex)
        for _ in range(4):
            traveller.say("hello", uuid.uuid4().hex)
        messages = traveller.call("GET", traveller.trip, "messages")["messages"]
        assert [message["seq"] for message in messages] == list(range(1, 11))
        return len(messages)

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(talk, range(8))) == 80
