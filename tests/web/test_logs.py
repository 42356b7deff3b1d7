"""The log: a line a request, warnings that know theirs, and nothing of travellers."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO

import pytest

from itinerary_app.app import create_app
from itinerary_app.config import Settings
from itinerary_app.web.logs import JsonLines, Seldom
from tests.live import free_port
from tests.web.talk import SESSIONS, WISH, Caller

Log = StringIO


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(settings, log_format="json")


@pytest.fixture
def log() -> Iterator[Log]:
    """What the app writes, as a server is set up to."""
    written = StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonLines())
    handler.addFilter(Seldom())
    ours = logging.getLogger("itinerary_app")
    ours.addHandler(handler)
    before, ours.level = ours.level, logging.INFO
    ours.setLevel(logging.INFO)
    yield written
    ours.removeHandler(handler)
    ours.setLevel(before)


def lines(log: Log) -> list[dict[str, object]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


def test_a_line_a_request(settings: Settings, log: Log) -> None:
    """With id, route, status, time, and the same HMAC for the same trip alone."""
    caller = Caller(create_app(settings).test_client())
    one, other = caller.begin(), caller.begin()
    answers = [caller.call("GET", path) for path in (one, one, other)]
    told = lines(log)[-3:]
    assert [it["request"] for it in told] == [
        it.headers["X-Request-ID"] for it in answers
    ]
    for line in told:
        assert line["route"] == "/api/v1/sessions/<session_id>"
        assert (line["method"], line["status"]) == ("GET", 200)
        assert line["ms"] > 0
    assert told[0]["session"] == told[1]["session"] != told[2]["session"]


def test_a_warning_has_its_requests_id(settings: Settings, log: Log) -> None:
    """What goes wrong in a request is found by the id that the traveller was told."""
    url = f"postgresql://me:hunter2@127.0.0.1:{free_port()}/trips"
    caller = Caller(create_app(replace(settings, storage_url=url)).test_client())
    caller.token = "a" * 43
    answer = caller.call("GET", SESSIONS)
    *warnings, line = lines(log)  # one a second
    assert {it["level"] for it in warnings} == {"WARNING"}
    assert line["status"] == 503
    ids = {it["request"] for it in (*warnings, line)}
    assert ids == {answer.headers["X-Request-ID"]}


def test_an_outage_is_a_line_a_second() -> None:
    """Of warnings alike one a second is written, and the next says how many were not;
    others, and errors, are written at once.
    """
    now, written = [0.0], StringIO()
    handler = logging.StreamHandler(written)
    handler.addFilter(Seldom(lambda: now[0]))
    logger = logging.Logger("outage")
    logger.addHandler(handler)
    for tenth in range(30):
        now[0] = tenth / 10
        logger.warning("The database failed: %s", tenth)
    logger.warning("Something else")
    logger.error("Worse: %s", 1)
    logger.error("Worse: %s", 2)
    assert written.getvalue().splitlines() == [
        "The database failed: 0",
        "The database failed: 10 (9 more like it)",
        "The database failed: 20 (9 more like it)",
        "Something else",
        "Worse: 1",
        "Worse: 2",
    ]


def test_no_line_holds_anything_of_a_traveller(settings: Settings, log: Log) -> None:
    """No text, secret, address or id, in whatever goes well or wrong."""
    client = create_app(settings).test_client()
    caller = Caller(client)
    path = caller.begin()
    caller.say(path, f"{WISH}, says canary@example.org")
    caller.call("GET", "/canary?q=canary", headers={"User-Agent": "canary"})
    caller.call("POST", f"{path}/messages", data="canary", content_type="text/canary")
    caller.call("GET", path, environ_base={"REMOTE_ADDR": "203.0.113.9"})
    client.open("/", method="CANARY")
    text = log.getvalue()
    assert len(text.splitlines()) >= 6
    secrets = (caller.token, settings.secret_key, path.rpartition("/")[2])
    for found in ("canary", "203.0.113.9", "Jaipur", *secrets):
        assert found
        assert found.lower() not in text.lower()


def test_a_line_is_one_line(log: Log) -> None:
    """A line break in a message, or a traceback, does not forge a second line."""
    logger = logging.getLogger("itinerary_app.test")
    try:
        raise ValueError("one\ntwo")
    except ValueError:
        logger.exception("a\nb")
    [line] = lines(log)
    assert line["message"] == "a\nb"
    assert "ValueError: one\ntwo" in str(line["error"])
