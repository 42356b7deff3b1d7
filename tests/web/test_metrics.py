"""/metrics: what Prometheus reads, of all workers, without a word of travellers."""

from __future__ import annotations

import os
import re
import signal
from pathlib import Path

import pytest
import requests
from flask.testing import FlaskClient

from itinerary_app.app import create_app
from itinerary_app.config import Settings
from itinerary_app.errors import ConfigurationError
from tests.live import LiveServer, free_port
from tests.waiting import until
from tests.web.talk import SESSIONS, WISH, Caller

TOKEN = "a token of its own"
BEARER = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture
def settings(database_url: str) -> Settings:
    return Settings(
        environment="development",
        secret_key="x" * 40,
        storage_url=database_url,
        metrics_token=TOKEN,
    )


def figures(text: str) -> dict[str, float]:
    """Each line by its name and labels."""
    lines = (it.rpartition(" ") for it in text.splitlines() if not it.startswith("#"))
    return {name: float(value) for name, _, value in lines}


def read(client: FlaskClient) -> dict[str, float]:
    answer = client.get("/metrics", headers=BEARER)
    assert answer.status_code == 200
    return figures(answer.text)


def test_without_a_token_there_is_no_such_page(database_url: str) -> None:
    """Unset, it is 404 for everybody, whatever is sent along."""
    app = create_app(
        Settings(
            environment="development", secret_key="x" * 40, storage_url=database_url
        )
    )
    assert app.test_client().get("/metrics", headers=BEARER).status_code == 404


def test_who_does_not_know_the_token_is_refused(client: FlaskClient) -> None:
    """No token, another one, and after ten guesses nobody from that address."""
    assert client.get("/metrics").status_code == 401
    wrong = {"Authorization": "Bearer another one than that"}
    for _ in range(10):
        assert client.get("/metrics", headers=wrong).status_code == 401
    assert client.get("/metrics", headers=wrong).status_code == 429


def test_a_short_token_is_refused() -> None:
    """A token that can be guessed stops the start."""
    with pytest.raises(ConfigurationError, match="METRICS_TOKEN must have at least 12"):
        Settings.from_env({"APP_ENV": "development", "METRICS_TOKEN": "short"})


def test_a_turn_is_counted_everywhere(client: FlaskClient) -> None:
    """Route, storage, plan, acts and turn; the same turn again is a replay."""
    caller = Caller(client)
    path = caller.begin()
    caller.say(path, WISH, Idempotency_Key="once")
    caller.say(path, WISH, Idempotency_Key="once")
    told = read(client)
    route = 'route="/api/v1/sessions/<session_id>/messages"'
    turns = sum(
        value
        for name, value in told.items()
        if name.startswith("itinerary_http_request_seconds_count") and route in name
    )
    assert turns == 2
    saved = 'backend="postgresql",kind="update_session",outcome="ok"'
    assert told[f"itinerary_storage_operation_seconds_count{{{saved}}}"] == 1
    assert told['itinerary_plan_seconds_count{kind="plan",outcome="ok"}'] == 1
    assert told['itinerary_turns_total{outcome="replayed"}'] == 1
    assert any(name.startswith("itinerary_acts_read_total") for name in told)
    assert told["itinerary_storage_pool_size"] == 8
    assert told["itinerary_storage_operations_in_progress"] == 0
    assert told["itinerary_expired_sessions"] == 0


def test_what_was_not_read_is_counted(client: FlaskClient) -> None:
    """A message without a meaning is counted as such, and by no word of it."""
    caller = Caller(client)
    caller.say(caller.begin(), "brillig slithy toves")
    assert read(client)['itinerary_messages_read_total{outcome="unread"}'] == 1


def test_conflicts_are_counted(client: FlaskClient) -> None:
    """Who changes an older version than the stored one is a conflict of the storage's
    or of the app's, by its status.
    """
    caller = Caller(client)
    path = caller.begin()
    caller.call(
        "PATCH",
        path,
        json={"preferences": {"pace": "packed"}},
        headers={"If-Match": '"99"'},
    )
    names = [it for it in read(client) if 'status="4' in it and "_count" in it]
    assert any('method="PATCH"' in it for it in names), names


def test_no_label_holds_an_id_or_a_text(client: FlaskClient) -> None:
    """Whatever is asked for and said: labels are templates, and few."""
    caller = Caller(client)
    path = caller.begin()
    caller.say(path, "three days in Zanzibar with Canary, please")
    for number in range(50):
        client.get(f"/canary-{number}")
        client.open("/", method=f"CANARY{number}")
        caller.call("GET", f"{SESSIONS}/00000000-0000-4000-8000-{number:012}")
    text = client.get("/metrics", headers=BEARER).text
    assert path.rpartition("/")[2] not in text
    assert not re.search(r"[Cc]anary|CANARY|Zanzibar|00000000-", text)
    assert 'route="(none)",status="404"' in text


def test_an_outage_is_counted() -> None:
    """The page answers while the database is away, and says which operations failed."""
    away = create_app(
        Settings(
            environment="development",
            secret_key="x" * 40,
            storage_url=f"postgresql://nobody@127.0.0.1:{free_port()}/nothing",
            metrics_token=TOKEN,
        )
    ).test_client()
    Caller(away, "a" * 43).call("GET", SESSIONS)
    told = read(away)
    assert any('outcome="unavailable"' in name for name in told)
    assert any('logger="itinerary_app.storage.pool"' in name for name in told)


def test_the_workers_count_together(made: Path, tmp_path: Path) -> None:
    """Of a real gunicorn: all workers' counts, none lost when workers are killed, no
    file more for those that take their places, and none left when the server ends.
    """
    server = LiveServer(tmp_path, METRICS_TOKEN=TOKEN, WEB_CONCURRENCY="2")
    server.begin_with(made)
    server.start()
    assert server.process
    try:
        until(lambda: answers(server))
        for asked in (20, 40):
            for _ in range(20):
                assert requests.get(f"{server.url}/privacy").status_code == 200
            told = live(server)
            label = 'method="GET",route="/privacy",status="200"'
            assert told[f"itinerary_http_request_seconds_count{{{label}}}"] == asked
            assert told["itinerary_storage_pool_size"] == 16
            folder = multiprocess_folder(server)
            # "histogram_1.db" is of the worker at the second place
            places = {re.findall(r"_(\d+)\.db$", it)[0] for it in os.listdir(folder)}
            assert places <= {"0", "1"}
            for worker in workers(server):
                os.kill(worker, signal.SIGKILL)
                until(lambda gone=worker: gone not in workers(server))
            until(lambda: len(workers(server)) == 2 and answers(server))
    finally:
        server.stop()
    assert not folder.exists()


def live(server: LiveServer) -> dict[str, float]:
    answer = requests.get(f"{server.url}/metrics", headers=BEARER)
    assert answer.status_code == 200
    return figures(answer.text)


def answers(server: LiveServer) -> bool:
    try:
        told = live(server)
    except requests.ConnectionError:
        return False
    return told["itinerary_storage_pool_size"] == 16


def workers(server: LiveServer) -> list[int]:
    assert server.process
    pid = server.process.pid
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in children]


def multiprocess_folder(server: LiveServer) -> Path:
    """Where the workers have their files open."""
    [found] = {
        name.rpartition("/")[0]
        for worker in workers(server)
        for name in Path(f"/proc/{worker}/maps").read_text().split()
        if "/itinerary-metrics-" in name
    }
    return Path(found)
