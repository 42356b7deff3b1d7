"""What operators see of all sessions, and who does not get to see it."""

from __future__ import annotations

import csv
import io
from base64 import b64encode
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from itinerary_app.app import create_app
from itinerary_app.config import Settings
from itinerary_app.current import services
from itinerary_app.storage.base import Changes, SessionStorage
from itinerary_app.storage.testing import OWNER, itinerary, turn
from itinerary_app.web.charts import Chart
from itinerary_app.web.dashboard import as_csv
from tests.live import ANALYTICS_PASSWORD

CHARTS = (
    "days funnel endings starts cities interests questions turns waits stays "
    "storage backlog"
).split()


@pytest.fixture
def settings(with_operators: Settings) -> Settings:
    return with_operators


@pytest.fixture
def storage(app: Flask) -> SessionStorage:
    return storage_of(app)


def storage_of(app: Flask) -> SessionStorage:
    with app.app_context():
        return services().storage


def look(
    client: FlaskClient, query: str = "", *, path: str = "/analytics"
) -> TestResponse:
    return client.get(f"{path}{query}", auth=("anybody", ANALYTICS_PASSWORD))


def populate(storage: SessionStorage) -> None:
    """Five trips: one planned and edited, one planned, one deleted, two begun."""
    for city, plans in (("Jaipur", 2), ("Jaipur", 1), ("Rome", 0), (None, 0)):
        key = storage.create_session(owner_hash=OWNER).session_id
        told = {"city": city, "duration_days": 3, "interests": ["food"]}
        storage.update_session(
            key, Changes(told if city else {}, questions=1), messages=turn("a")
        )
        for number in range(plans):
            plan = itinerary(str(number))
            storage.update_session(key, Changes(itinerary=plan), messages=turn("b"))
    gone = storage.create_session(owner_hash=OWNER).session_id
    storage.delete_session(gone)


def test_without_a_password_set_there_is_no_such_page(settings: Settings) -> None:
    """404, as for any other page that is not there, whatever password is sent."""
    without = replace(settings, storage_url="memory:", analytics_password="")
    client = create_app(without).test_client()
    assert look(client).status_code == 404
    assert look(client, path="/analytics/days.csv").status_code == 404
    assert look(client).data == look(client, path="/nowhere").data


@pytest.mark.parametrize("path", ["/analytics", "/analytics/days.csv"])
@pytest.mark.parametrize(
    "authorization",
    [
        None,
        "Basic " + b64encode(b"anybody:wrong password").decode(),
        "Basic " + b64encode(b"anybody:").decode(),
        "Basic " + b64encode(f"{ANALYTICS_PASSWORD}:".encode()).decode(),
        "Basic " + b64encode(b"\xff:\xff").decode(),
        "Basic ?",
        f"Bearer {ANALYTICS_PASSWORD}",
    ],
)
def test_only_with_the_password(
    app: Flask, path: str, authorization: str | None
) -> None:
    """401 asks for it; nothing is shown, and nothing of it is kept by a cache."""
    headers = {"Authorization": authorization} if authorization else {}
    answer = app.test_client().get(path, headers=headers)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Basic realm=")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Sessions per day" not in answer.get_data(as_text=True)


def test_other_storages_have_no_analytics(settings: Settings) -> None:
    """501 says what would have to be there."""
    client = create_app(replace(settings, storage_url="memory:")).test_client()
    answer = look(client)
    assert answer.status_code == 501
    assert "Analytics need PostgreSQL" in answer.get_data(as_text=True)


def test_an_empty_database(client: FlaskClient) -> None:
    """Every chart is there, with nothing in it."""
    answer = look(client)
    assert answer.status_code == 200
    page = answer.get_data(as_text=True)
    assert [key for key in CHARTS if f'id="{key}"' not in page] == []
    assert "<strong>0</strong> <span>started, 0.0 a day" in page


def test_the_numbers(client: FlaskClient, storage: SessionStorage) -> None:
    """Each chart has its number and its table; the page is whole without scripts."""
    populate(storage)
    answer = look(client)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert "<strong>5</strong> <span>started, 0.2 a day" in page
    assert "<strong>40 %</strong> <span>of the sessions got a plan" in page
    assert "<strong>Jaipur</strong> <span>leads, with 2 sessions" in page
    assert "<strong>1</strong> <span>ended; 4 still open" in page
    assert "deleted by the traveller" in page
    assert page.count("<table>") == len(CHARTS)
    assert "replica" not in page


def test_a_chart_as_csv(client: FlaskClient, storage: SessionStorage) -> None:
    """What the table has, for a spreadsheet; every chart has one."""
    populate(storage)
    answer = look(client, path="/analytics/funnel.csv")
    assert answer.mimetype == "text/csv"
    assert "attachment; filename=" in answer.headers["Content-Disposition"]
    assert list(csv.reader(io.StringIO(answer.get_data(as_text=True)))) == [
        ["step", "sessions", "percent of started"],
        ["started", "5", "100.0"],
        ["city known", "3", "60.0"],
        ["all preferences known", "0", "0.0"],
        ["planned", "2", "40.0"],
        ["edited", "1", "20.0"],
        ["exported", "0", "0.0"],
    ]
    for key in CHARTS:
        assert look(client, path=f"/analytics/{key}.csv").status_code == 200
    assert look(client, path="/analytics/none.csv").status_code == 404


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r"])
def test_csv_has_no_formulas(first: str) -> None:
    """A text that a spreadsheet would run gets an apostrophe; numbers stay numbers."""
    name = f'{first}HYPERLINK("http://evil.example","free trip")'
    chart = Chart("cities", "", "", "", ("city", "change"), [(name, -3), ("Rome", 1.5)])
    rows = list(csv.reader(io.StringIO(as_csv(chart), newline="")))
    assert rows[1:] == [[f"'{name}", "-3"], ["Rome", "1.5"]]


def test_a_city_is_text_on_the_page(
    client: FlaskClient, storage: SessionStorage
) -> None:
    """What a traveller named becomes neither markup nor a formula."""
    key = storage.create_session(owner_hash=OWNER).session_id
    storage.update_session(key, Changes({"city": "=<b>1+1"}), messages=turn("a"))
    assert "<b>1+1" not in look(client).get_data(as_text=True)
    told = look(client, path="/analytics/cities.csv").get_data(as_text=True)
    assert "'=<b>1+1,1,0" in told


def test_the_period_is_what_was_asked_for(
    client: FlaskClient, storage: SessionStorage
) -> None:
    """First and last day are included; the default is the last 30 days."""
    populate(storage)
    today = datetime.now(UTC).date()
    before = today - timedelta(days=1)
    days = look(client, f"?from={before}&to={today}", path="/analytics/days.csv")
    rows = list(csv.reader(io.StringIO(days.get_data(as_text=True))))
    assert [row[:2] for row in rows[1:]] == [[str(before), "0"], [str(today), "5"]]
    days = look(client, path="/analytics/days.csv")
    assert len(days.get_data(as_text=True).splitlines()) == 1 + 30
    page = look(client, f"?from={before}&to={before}").get_data(as_text=True)
    assert "<strong>0</strong> <span>started" in page


@pytest.mark.parametrize(
    ("query", "complaint"),
    [
        ("?from=yesterday", "“From” must be a day such as 2026-01-31, not “yesterday”"),
        ("?to=2026-02-30", "“To” must be a day such as 2026-01-31, not “2026-02-30”"),
        ("?to=0001-01-01", "“To” must be a day"),
        ("?from=2026-02-02&to=2026-02-01", "comes after the last"),
        ("?from=2020-01-01&to=2026-01-01", "At most 731 days"),
    ],
)
def test_days_that_cannot_be_used(
    client: FlaskClient, query: str, complaint: str
) -> None:
    """The complaint says which and why; what was typed stays in the form."""
    answer = look(client, query)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert complaint in page
    for typed in query[1:].split("&"):
        assert f'value="{typed.partition("=")[2]}"' in page
    assert look(client, query, path="/analytics/days.csv").status_code == 422


def test_metrics_tell_what_waits_to_be_deleted(
    client: FlaskClient, storage: SessionStorage, database_url: str
) -> None:
    """Prometheus reads the backlog and the age of its oldest."""
    storage.create_session(owner_hash=OWNER)
    with psycopg.connect(database_url, autocommit=True) as admin:
        admin.execute(
            "UPDATE sessions SET sweep_after = now() - interval '1 h', "
            "last_accessed = now() - idle_timeout - interval '31 min'"
        )
    answer = look(client, path="/analytics/metrics")
    assert answer.mimetype == "text/plain"
    told = dict(line.split() for line in answer.text.splitlines() if line[0] != "#")
    assert told["itinerary_expired_sessions"] == "1"
    assert 1_795 < float(told["itinerary_oldest_expired_seconds"]) < 1_830
    assert "itinerary_sweeps_total" not in told


def test_metrics_tell_what_sweeps_did(
    client: FlaskClient, storage: SessionStorage
) -> None:
    """Rows, batches and seconds of all sweeps add up, whichever process swept."""
    for sessions in (3, 4):
        storage.note_sweep(sessions=sessions, batches=2, facts=1, seconds=0.25)
    answer = look(client, path="/analytics/metrics")
    told = dict(line.split() for line in answer.text.splitlines() if line[0] != "#")
    assert told["itinerary_sweeps_total"] == "2"
    assert told["itinerary_swept_sessions_total"] == "7"
    assert told["itinerary_sweep_batches_total"] == "4"
    assert told["itinerary_sweep_seconds_total"] == "0.5"
    page = look(client).get_data(as_text=True)
    assert "sessions deleted by them" in page
    assert "Swept last on" in page
