"""Servers of a language model in trouble, its limits, and what is not shown."""

from __future__ import annotations

import logging
import time
from datetime import date

import pytest

from itinerary_app.assistant import open_reader
from itinerary_app.assistant.model_reader.reader import ModelReader
from itinerary_app.assistant.model_reader.server import MOST_BYTES, ModelServer
from itinerary_app.errors import ConfigurationError
from tests.assistant.model_scene import (
    BY_GRAMMAR,
    KEY,
    UNDO,
    UNDONE,
    Clock,
    Grammar,
    reader,
    scene,
)
from tests.assistant.model_server import (
    Answer,
    ModelHost,
    completes,
    cut,
    raw,
    says,
    silent,
    trickling,
)


@pytest.mark.parametrize("answer", [silent, trickling])
def test_a_slow_server_is_left_at_the_deadline(host: ModelHost, answer: Answer) -> None:
    """The deadline is for the whole call, also if a byte comes now and then."""
    host.answers.append(answer)
    slow = ModelReader(ModelServer(host.url), Grammar(), model="small", timeout=0.3)
    begun = time.monotonic()
    assert slow.read("undo", scene()) == BY_GRAMMAR
    assert 0.2 < time.monotonic() - begun < 2.0
    assert len(host.questions) == 1


@pytest.mark.parametrize("trouble", [cut, raw(429), raw(500), raw(503)])
def test_a_passing_trouble_is_tried_again_once(
    host: ModelHost, clock: Clock, trouble: Answer
) -> None:
    """After a cut connection, 429 or 5xx the second answer counts."""
    host.answers += [trouble, UNDO]
    assert reader(host, clock).read("undo", scene()) == UNDONE
    assert clock.waited == [0.2]


@pytest.mark.parametrize("trouble", [cut, raw(429), raw(500)])
def test_a_lasting_trouble_is_not_tried_a_third_time(
    host: ModelHost, clock: Clock, trouble: Answer
) -> None:
    """Two calls a message at most."""
    host.answers += [trouble, trouble]
    assert reader(host, clock).read("undo", scene()) == BY_GRAMMAR
    assert len(host.questions) == 2


def test_retry_after_is_honoured_within_the_deadline(
    host: ModelHost, clock: Clock
) -> None:
    """The server says after how long, and is asked no sooner."""
    host.answers += [raw(429, Retry_After="2"), UNDO]
    assert reader(host, clock).read("undo", scene()) == UNDONE
    assert clock.waited == [2.0]


@pytest.mark.parametrize("later", ["4", "3600", "Sat, 28 Nov 2026 12:00:00 GMT"])
def test_retry_after_beyond_the_deadline_is_not_waited_for(
    host: ModelHost, clock: Clock, later: str
) -> None:
    """The grammar reads at once."""
    host.answers.append(raw(429, Retry_After=later))
    assert reader(host, clock).read("undo", scene()) == BY_GRAMMAR
    assert clock.waited == []


@pytest.mark.parametrize(
    "answer",
    [
        raw(400, b"{}"),
        raw(401, b"{}"),
        raw(302, Location="http://127.0.0.1:9/"),
        raw(200, b"<html>"),
        raw(200, b"\xff\xfe"),
        raw(200, b"{}"),
        raw(200, b'{"choices": []}'),
        raw(200, b'{"choices": [{"message": {"content": null}}]}'),
        completes(" " * (MOST_BYTES + 1)),
    ],
)
def test_a_refusal_is_not_tried_again(
    host: ModelHost, clock: Clock, answer: Answer
) -> None:
    """Nor is an answer of another protocol, a redirect, or one that is too long."""
    host.answers.append(answer)
    assert reader(host, clock).read("undo", scene()) == BY_GRAMMAR
    assert len(host.questions) == 1


def test_an_absent_server_is_no_error(clock: Clock) -> None:
    """Nobody listens there; the grammar reads."""
    absent = ModelServer("http://127.0.0.1:9/v1")
    away = ModelReader(absent, Grammar(), model="small", clock=clock, sleep=clock.sleep)
    assert away.read("undo", scene()) == BY_GRAMMAR


def test_the_breaker_stops_the_calls_and_a_probe_resumes_them(
    host: ModelHost, clock: Clock
) -> None:
    """After three failures in a row nobody is asked for 30 s; one good answer heals."""
    asked = reader(host, clock)
    host.answers += [raw(401), raw(401), raw(401)]
    for _ in range(5):
        assert asked.read("undo", scene()) == BY_GRAMMAR
    assert len(host.questions) == 3
    clock.now += 30
    host.answers += [UNDO, UNDO]
    assert asked.read("undo", scene()) == UNDONE
    assert asked.read("undo", scene()) == UNDONE


def test_the_breakers_pause_doubles_up_to_five_minutes(
    host: ModelHost, clock: Clock
) -> None:
    """Each probe that fails doubles the pause: 30, 60, 120, 240, 300, 300 s."""
    asked = reader(host, clock)
    host.answers += [raw(401)] * 9
    for _ in range(3):
        asked.read("undo", scene())
    for calls, pause in enumerate((30, 60, 120, 240, 300, 300), start=4):
        clock.now += pause - 1
        asked.read("undo", scene())
        assert len(host.questions) == calls - 1
        clock.now += 1
        asked.read("undo", scene())
        assert len(host.questions) == calls


def test_a_success_in_between_forgets_the_failures(
    host: ModelHost, clock: Clock
) -> None:
    """Only failures in a row stop the calls."""
    asked = reader(host, clock)
    for answer in (raw(401), raw(401), UNDO, raw(401), raw(401), UNDO):
        host.answers.append(answer)
        asked.read("undo", scene())
    assert len(host.questions) == 6


def test_a_traveller_cannot_open_the_breaker(host: ModelHost, clock: Clock) -> None:
    """Answers that are refused do not count: the server is well."""
    asked = reader(host, clock)
    for _ in range(5):
        host.answers.append(says(("undo", {"act": "delete"})))
        assert asked.read("undo", scene()) == BY_GRAMMAR
    assert len(host.questions) == 5


def test_a_session_asks_so_often_and_no_more(host: ModelHost, clock: Clock) -> None:
    """The cap is each session's own."""
    asked = reader(host, clock, max_per_session=2)
    host.answers += [UNDO] * 3
    for expected in (UNDONE, UNDONE, BY_GRAMMAR):
        assert asked.read("undo", scene()) == expected
    assert asked.read("undo", scene(session_id="two")) == UNDONE


def test_a_day_has_so_many_calls_and_no_more(host: ModelHost, clock: Clock) -> None:
    """All sessions share it; the next day begins anew."""
    asked = reader(host, clock, max_per_day=1)
    host.answers += [UNDO] * 2
    assert asked.read("undo", scene()) == UNDONE
    assert asked.read("undo", scene(session_id="two")) == BY_GRAMMAR
    assert asked.read("undo", scene(today=date(2026, 11, 29))) == UNDONE


def test_a_retry_is_a_call(host: ModelHost, clock: Clock) -> None:
    """Caps count what is paid for."""
    host.answers.append(raw(500))
    asked = reader(host, clock, max_per_session=1)
    assert asked.read("undo", scene()) == BY_GRAMMAR
    assert len(host.questions) == 1


@pytest.mark.parametrize(
    "answer",
    [
        raw(401, KEY.encode()),
        cut,
        completes("a secret"),
        says(("secret", {"act": "?"})),
    ],
)
def test_logs_hold_neither_message_nor_key(
    host: ModelHost, clock: Clock, caplog: pytest.LogCaptureFixture, answer: Answer
) -> None:
    """A warning names the kind of failure only."""
    caplog.set_level(logging.DEBUG)
    host.answers += [answer, answer]
    asked = reader(host, clock)
    assert asked.read("my secret wish", scene()) == BY_GRAMMAR
    [record] = [it for it in caplog.records if it.levelno == logging.WARNING]
    assert record.getMessage().startswith("The grammar reads instead: ")
    assert "secret" not in caplog.text
    assert KEY not in caplog.text + repr(asked) + repr(vars(asked))


@pytest.mark.parametrize(
    ("url", "complaint"),
    [
        ("magic:", "'magic'"),
        ("openai:", "'openai'"),
        ("openai+ftp://host/v1", r"'openai\+ftp'"),
        ("openai+https:///v1", "ASSISTANT_URL must be"),
        ("openai+https://host:port/v1", "ASSISTANT_URL must be"),
        ("openai+https://host/v1?key=hunter2", "ASSISTANT_URL must be"),
        ("openai+https://me:hunter2@host/v1", "ASSISTANT_API_KEY"),
        ("openai+https://host/v1", "ASSISTANT_MODEL"),
    ],
)
def test_what_cannot_be_opened_is_named(url: str, complaint: str) -> None:
    """An unknown scheme, no host, an address with a secret in it, no model."""
    with pytest.raises(ConfigurationError, match=complaint) as caught:
        open_reader(url, places=lambda _: ())
    assert "hunter2" not in str(caught.value)
