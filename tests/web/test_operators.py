"""The operators' password, and the page of the audit trail behind it."""

from __future__ import annotations

from dataclasses import replace

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from itinerary_app.app import create_app
from itinerary_app.config import Settings
from itinerary_app.storage.testing import OWNER
from itinerary_app.trips.services import Services
from tests.live import ANALYTICS_PASSWORD
from tests.web.talk import Caller
from tests.web.test_privacy import MY_DATA, talks


@pytest.fixture
def settings(with_operators: Settings) -> Settings:
    return with_operators


def parts(app: Flask) -> Services:
    services: Services = app.extensions["itinerary_app"]
    return services


def look(
    client: FlaskClient,
    session: str = "",
    *,
    password: str = ANALYTICS_PASSWORD,
    address: str = "127.0.0.1",
) -> TestResponse:
    return client.get(
        "/audit",
        query_string={"session": session},
        auth=("ann", password),
        environ_base={"REMOTE_ADDR": address},
    )


def test_a_session_is_shown_with_who_did_what(app: Flask, client: FlaskClient) -> None:
    """Each event with its actor and request; the page tells that the chain is whole."""
    made = client.post("/api/v1/sessions", json={})
    page = look(client, made.json["session_id"]).get_data(as_text=True)
    assert "created" in page
    assert "web:api" in page
    assert made.headers["X-Request-ID"] in page
    assert "each follows from the one before" in page


def test_a_chain_that_was_tampered_with_is_shown_so(
    app: Flask, client: FlaskClient, database_url: str
) -> None:
    """What does not fit stands above the events."""
    key = parts(app).storage.create_session(owner_hash=OWNER).session_id
    with psycopg.connect(database_url, autocommit=True) as admin:
        admin.execute("SET session_replication_role = replica")
        admin.execute("UPDATE session_events SET db_role = 'nobody'")
    page = look(client, key).get_data(as_text=True)
    assert "The chain is not whole" in page
    assert f"session {key}, event 1 was changed" in page


def test_seals_are_listed(app: Flask, client: FlaskClient) -> None:
    """The newest seals stand on the page, to be compared with those kept elsewhere."""
    assert "Nothing is sealed yet" in look(client).get_data(as_text=True)
    runner = app.test_cli_runner()
    line = runner.invoke(args=["audit", "seal"]).output.splitlines()[-1]
    assert line in look(client).get_data(as_text=True)


@pytest.mark.parametrize(
    ("asked", "status"),
    [("nonsense", 422), ("8a6e0804-2bd0-4672-b79d-d97027f9071a", 404)],
)
def test_what_is_not_there_is_told(
    client: FlaskClient, asked: str, status: int
) -> None:
    """The typed id stays in the form, beside the complaint."""
    answer = look(client, asked)
    assert answer.status_code == status
    assert f'value="{asked}"' in answer.get_data(as_text=True)


def test_other_storages_have_no_trail(settings: Settings) -> None:
    """501 says what would have to be there."""
    client = create_app(replace(settings, storage_url="memory:")).test_client()
    answer = look(client)
    assert answer.status_code == 501
    assert "PostgreSQL" in answer.get_data(as_text=True)


def test_guessing_is_ended(client: FlaskClient) -> None:
    """After ten wrong passwords an address has to wait, on all pages, even with the
    right one; the answer says how long.
    """
    for guess in range(10):
        assert look(client, password=f"guess {guess}").status_code == 401
    for path in ("/audit", "/analytics"):
        answer = client.get(path, auth=("ann", ANALYTICS_PASSWORD))
        assert answer.status_code == 429
        assert 0 < int(answer.headers["Retry-After"]) <= 900
    assert look(client, address="192.0.2.7").status_code == 200


def test_asking_without_a_password_is_no_guess(client: FlaskClient) -> None:
    """Browsers ask once without; that alone locks nobody out."""
    for _ in range(12):
        assert client.get("/audit").status_code == 401
    assert look(client).status_code == 200


VIEWS = """
SELECT format('SELECT * FROM %I.%I', table_schema, table_name)
FROM information_schema.views WHERE table_schema IN ('analytics', 'analyst')
"""


def test_neither_operators_nor_analysts_see_a_person(
    app: Flask, client: FlaskClient, database_url: str
) -> None:
    """What one said, eats, can walk, pays or noted, and where one sleeps, is on no page
    and in no file of theirs and in no view, while the trip lives and afterwards.
    """
    caller = Caller(app.test_client())
    path = talks(caller)
    caller.call("PATCH", path, json={"preferences": {"spend_limit": 97_531}})
    trip = path.rpartition("/")[2]

    def told() -> str:
        pages = ["/analytics", "/analytics/metrics"]
        pages += [f"/analytics/{it}.csv" for it in ("cities", "days", "funnel")]
        seen = [look(client, trip)]
        seen += [client.get(it, auth=("ann", ANALYTICS_PASSWORD)) for it in pages]
        assert {it.status_code for it in seen} == {200}
        with psycopg.connect(database_url) as admin:
            views = [view for (view,) in admin.execute(VIEWS).fetchall()]
            rows = [admin.execute(view).fetchall() for view in views]
        assert len(views) > 10
        return "".join([str(rows), *(it.get_data(as_text=True) for it in seen)])

    for _ in range(2):
        text = told()
        assert "Jaipur" in text
        for word in ("canary", "vegan", "step_free", "97531", "97,531"):
            assert word not in text
        caller.call("DELETE", MY_DATA)
