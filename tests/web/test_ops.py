"""What operators rely on: health, errors while parts are away, no work for visitors."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta

import psycopg
import pytest
from flask import Flask

from itinerary_app.app import create_app
from itinerary_app.config import Settings
from itinerary_app.current import services
from tests.live import free_port
from tests.web.talk import SESSIONS, WISH, Caller

HTTPS = "https://localhost"


@pytest.fixture
def away() -> Flask:
    """The app, with a database that nobody listens at."""
    url = f"postgresql://nobody:hidden-password@127.0.0.1:{free_port()}/nothing"
    return create_app(
        Settings(environment="development", secret_key="x" * 40, storage_url=url)
    )


def test_alive_and_ready(app: Flask) -> None:
    """/livez and /readyz answer 200 while all is well."""
    client = app.test_client()
    assert client.get("/livez").json == {"status": "alive"}
    assert client.get("/readyz").json == {"status": "ready"}


def test_alive_but_not_ready(away: Flask) -> None:
    """Without its storage the process lives, but takes no traffic."""
    client = away.test_client()
    assert client.get("/livez").status_code == 200
    assert client.get("/readyz").status_code == 503


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", SESSIONS),
        ("GET", SESSIONS),
        ("GET", f"{SESSIONS}/00000000-0000-4000-8000-000000000000"),
    ],
)
def test_the_storage_away(
    away: Flask, caplog: pytest.LogCaptureFixture, method: str, path: str
) -> None:
    """503 with Retry-After and no internals; the operator's log says why."""
    caplog.set_level(logging.WARNING)
    answer = Caller(away.test_client(), "a" * 43).call(method, path)
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    told = answer.get_data(as_text=True)
    assert "psycopg" not in told
    assert "127.0.0.1" not in told
    assert "OperationalError" in caplog.text
    assert "hidden-password" not in caplog.text


def test_a_page_with_the_storage_away(away: Flask) -> None:
    """A page says that the trips cannot be reached just now."""
    client = away.test_client()
    client.get("/", base_url=HTTPS)
    page = client.get("/trips", base_url=HTTPS)
    assert page.status_code == 503
    assert "cannot be reached just now" in page.get_data(as_text=True)


@pytest.fixture
def hurried(settings: Settings) -> Flask:
    """The app, with no time for any plan."""
    return create_app(replace(settings, plan_timeout=timedelta()))


def test_a_plan_that_has_to_wait_too_long(hurried: Flask) -> None:
    """A program gets 503 with Retry-After, and its session is as it was."""
    program = Caller(hurried.test_client())
    path = program.begin()
    before = program.call("GET", path).json
    answer = program.say(path, WISH)
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert "try again in a few seconds" in answer.json["detail"]
    after = program.call("GET", path).json
    assert {**after, "last_accessed": ""} == {**before, "last_accessed": ""}


def test_an_unexpected_error_is_told_without_its_cause(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    """A bug answers 500 with an id that the log has too, and nothing internal."""

    @app.get("/api/bug")
    def bug() -> str:
        raise ValueError("the secret of the house")

    answer = app.test_client().get("/api/bug")
    assert answer.status_code == 500
    assert "secret of the house" not in answer.get_data(as_text=True)
    assert answer.json["instance"] == f"urn:uuid:{answer.headers['X-Request-ID']}"
    assert answer.headers["X-Request-ID"] in caplog.text
    assert "the secret of the house" in caplog.text


def test_visits_create_no_sessions(database_url: str) -> None:
    """A thousand requests without a cookie leave no row behind."""
    app = create_app(
        Settings(
            environment="development",
            secret_key="x" * 40,
            storage_url=database_url,
        )
    )
    pages = ("/", "/trips", "/readyz", SESSIONS)
    for number in range(1000):
        answer = app.test_client().get(pages[number % len(pages)], base_url=HTTPS)
        assert answer.status_code in (200, 401)
    with psycopg.connect(database_url) as connection:
        assert connection.execute("SELECT count(*) FROM sessions").fetchone() == (0,)
    with app.app_context():
        services().storage.close()
