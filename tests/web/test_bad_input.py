"""Whatever is sent to the JSON API: a clear problem document, and nothing is lost."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.web.talk import SESSIONS, Caller


@pytest.fixture
def program(app: Flask) -> Caller:
    return Caller(app.test_client())


@pytest.fixture
def path(program: Caller) -> str:
    """A session in which something was said."""
    path = program.begin()
    program.say(path, "Jaipur")
    return path


def complaint(answer: TestResponse, status: int) -> str:
    """The problem document in words: its detail and its fields with their faults."""
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    problem = answer.json
    assert problem["status"] == status
    assert problem["instance"] == f"urn:uuid:{answer.headers['X-Request-ID']}"
    faults = [f"{e['field']}: {e['detail']}" for e in problem.get("errors", ())]
    words = " ".join([problem["detail"], *faults])
    assert "Traceback" not in words
    assert "itinerary_app." not in words
    return words


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({}, "text: Missing data"),
        ({"text": ""}, "text:"),
        ({"text": " \n "}, "text: The message is empty"),
        ({"text": "a" * 8001}, "text:"),
        ({"text": "a\0b"}, "text: Remove the characters that are no text"),
        ({"text": "a\ud800b"}, "text: Remove the characters"),
        ({"text": 3}, "text: Not a valid string"),
        ({"text": None}, "text: Field may not be null"),
        ({"text": ["hello"]}, "text: Not a valid string"),
        ({"text": "hello", "role": "assistant"}, "role: Unknown field"),
        ([], "Invalid input type"),
        ("hello", "Invalid input type"),
        (None, "text: Missing data"),
    ],
)
def test_a_message_that_is_none(
    program: Caller, path: str, body: Any, words: str
) -> None:
    """A bad message names its field and its fault; the session stays as it was."""
    before = program.call("GET", path).json
    answer = program.call("POST", f"{path}/messages", json=body)
    assert words in complaint(answer, 422)
    assert program.call("GET", path).json == before


@pytest.mark.parametrize(
    ("preferences", "words"),
    [
        ({"duration_days": 0}, "preferences.duration_days: Must be"),
        ({"duration_days": 400}, "preferences.duration_days: Must be"),
        ({"duration_days": "3"}, "preferences.duration_days: Not a valid integer"),
        ({"duration_days": 2.5}, "preferences.duration_days: Not a valid integer"),
        ({"duration_days": True}, "preferences.duration_days: Not a valid integer"),
        ({"duration_days": 10**30}, "preferences.duration_days: Must be"),
        ({"interests": ["food", "beer"]}, "preferences.interests.1: Must be one of"),
        ({"interests": "food"}, "preferences.interests: Not a valid list"),
        ({"pace": "sluggish"}, "preferences.pace: Must be one of"),
        ({"budget": 100}, "preferences.budget: "),
        ({"city": ""}, "preferences.city: "),
        ({"city": "x" * 1000}, "preferences.city: "),
        ({"city": "a\0b"}, "preferences.city: "),
        ({"hotel": "Ritz"}, "preferences.hotel: Unknown field"),
        ("Jaipur", "preferences: Invalid input type"),
        (None, "preferences: Field may not be null"),
    ],
)
def test_preferences_that_cannot_be(
    program: Caller, path: str, preferences: Any, words: str
) -> None:
    """Bad preferences are refused by creation and change alike; nothing changes."""
    before = program.call("GET", path).json
    listed = program.call("GET", SESSIONS).json
    body = {"preferences": preferences}
    assert words in complaint(program.call("PATCH", path, json=body), 422)
    assert words in complaint(program.create(json=body), 422)
    assert program.call("GET", path).json == before
    assert program.call("GET", SESSIONS).json == listed


def test_a_city_without_places_makes_no_plan(program: Caller) -> None:
    """A change to a city that is not covered is refused; the old plan stays."""
    path = program.begin()
    program.say(path, "1 day in Jaipur, we love food")
    before = program.call("GET", path).json
    answer = program.call("PATCH", path, json={"preferences": {"city": "Atlantis"}})
    assert "Jaipur" in complaint(answer, 422)
    assert program.call("GET", path).json == before


@pytest.mark.parametrize(
    "text",
    ["{", "", "{'text': 'hello'}", '{"text": "\xff', "[" * 30_000, "NaN", "9" * 5_000],
)
def test_broken_json(program: Caller, path: str, text: str) -> None:
    """What is no JSON is refused, however deep or short it is."""
    before = program.call("GET", path).json
    answer = program.call(
        "POST",
        f"{path}/messages",
        data=text.encode("latin-1"),
        content_type="application/json",
    )
    assert answer.status_code in (400, 422)
    assert complaint(answer, answer.status_code)
    assert program.call("GET", path).json == before


@pytest.mark.parametrize("mimetype", ["text/plain", "application/xml", "", "a/b; c"])
def test_another_content_type(program: Caller, path: str, mimetype: str) -> None:
    """What does not call itself JSON is refused: forms of other sites look so."""
    answer = program.call(
        "POST", f"{path}/messages", data=b'{"text": "hi"}', content_type=mimetype
    )
    assert "Content-Type: application/json" in complaint(answer, 415)
    assert program.call("GET", path).json["message_count"] == 2


def test_a_megabyte_is_too_much(program: Caller, path: str) -> None:
    """A body of 1 MB is refused before it is read; the session stays."""
    answer = program.call("POST", f"{path}/messages", json={"text": "a" * 2**20})
    assert "64" in complaint(answer, 413)
    assert program.call("GET", path).json["message_count"] == 2


@pytest.mark.parametrize("key", ["", " ", "a b", "a" * 201, "é", "a\tb"])
def test_a_key_that_cannot_be(program: Caller, path: str, key: str) -> None:
    """An Idempotency-Key outside of its alphabet or length is refused."""
    answer = program.say(path, "hello", Idempotency_Key=key)
    assert "Idempotency-Key" in complaint(answer, 422)
    assert program.call("GET", path).json["message_count"] == 2


@pytest.mark.parametrize("etag", ["", "1", '"x"', "*", 'W/"1"', '"' + "9" * 30 + '"'])
def test_an_etag_that_is_not_ours(program: Caller, path: str, etag: str) -> None:
    """An If-Match that we cannot have given is refused; nothing changes."""
    answer = program.call(
        "PATCH",
        path,
        json={"preferences": {"pace": "packed"}},
        headers={"If-Match": etag},
    )
    assert "If-Match" in complaint(answer, 422)
    assert "pace" not in program.call("GET", path).json["preferences"]


@pytest.mark.parametrize(
    ("rest", "query", "words"),
    [
        ("", "history=-1", "history:"),
        ("", "history=201", "history:"),
        ("", "history=x", "history: Not a valid integer"),
        ("", "limit=5", "limit: Unknown field"),
        ("/messages", "limit=-1", "limit:"),
        ("/messages", "limit=201", "limit:"),
        ("/messages", "before=0", "before:"),
        ("/messages", f"before={10**30}", "before:"),
        ("/messages", "before=", "before: Not a valid integer"),
        ("/messages", "after=3", "after: Unknown field"),
    ],
)
def test_queries_that_cannot_be(
    program: Caller, path: str, rest: str, query: str, words: str
) -> None:
    """A number out of range or an unknown parameter is named."""
    assert words in complaint(program.call("GET", f"{path}{rest}?{query}"), 422)


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("GET", "/api/v1/nothing", 404),
        ("GET", "/api/v2/sessions", 404),
        ("PUT", SESSIONS, 405),
        ("DELETE", SESSIONS, 405),
    ],
)
def test_addresses_that_are_none(
    program: Caller, method: str, address: str, status: int
) -> None:
    """Under /api every error is a problem document, unknown addresses' too."""
    complaint(program.call(method, address), status)
