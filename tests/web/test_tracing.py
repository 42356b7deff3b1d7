"""Traces: the layers of a turn as spans, without a word of travellers."""

from __future__ import annotations

import gzip
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
import requests
from flask.testing import FlaskClient
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
)
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import StatusCode

from itinerary_app.app import create_app
from itinerary_app.config import Settings
from itinerary_app.errors import ConfigurationError
from itinerary_app.web.tracing import Tracing
from tests.conftest import ROOT
from tests.live import LiveServer
from tests.waiting import until
from tests.web.talk import WISH, Caller

Traced = tuple[FlaskClient, Tracing, InMemorySpanExporter]


@pytest.fixture
def traced(database_url: str) -> Traced:
    exporter = InMemorySpanExporter()
    tracing = Tracing(exporter, backend="postgresql")
    settings = Settings(
        environment="development", secret_key="x" * 40, storage_url=database_url
    )
    return create_app(settings, tracing=tracing).test_client(), tracing, exporter


def spans(traced: Traced) -> list[ReadableSpan]:
    """Those of the requests since the last call, in the order of their ends."""
    _, tracing, exporter = traced
    tracing.provider.force_flush()
    found = list(exporter.get_finished_spans())
    exporter.clear()
    return found


def test_the_layers_of_a_turn(traced: Traced) -> None:
    """Request, turn, reading, plan with its solving in another process, and storage:
    one trace, in which each lies within what asked for it.
    """
    caller = Caller(traced[0])
    path = caller.begin()
    spans(traced)
    caller.say(path, WISH)
    found = spans(traced)
    by_id = {it.context.span_id: it for it in found}
    parents = {
        it.name: by_id[it.parent.span_id].name if it.parent else None for it in found
    }
    request = "POST /api/v1/sessions/<session_id>/messages"
    assert parents == {
        request: None,
        "turn send": request,
        "storage get_session": "turn send",
        "read": "turn send",
        "plan": "turn send",
        "solve": "plan",
        "storage update_session": "turn send",
    }
    assert len({it.context.trace_id for it in found}) == 1
    [whole] = [it for it in found if it.name == request]
    assert whole.attributes
    assert whole.attributes["http.response.status_code"] == 201
    assert whole.status.status_code is StatusCode.UNSET
    for it in found:
        assert whole.start_time <= it.start_time <= it.end_time <= whole.end_time
    [read] = [it for it in found if it.name == "read"]
    assert read.attributes
    assert read.attributes["acts"] >= 3


def test_an_error_has_its_kind(traced: Traced) -> None:
    """And neither its text nor its trace, which might hold what was said."""
    caller = Caller(traced[0])
    path = caller.begin()
    spans(traced)
    caller.call("GET", f"{path[:-1]}{'0' if path[-1] != '0' else '1'}")
    found = {it.name: it for it in spans(traced)}
    request = found["GET /api/v1/sessions/<session_id>"]
    assert request.attributes
    assert request.attributes["http.response.status_code"] == 404
    assert not any(it.events for it in found.values())
    caller.say(path, "x", Idempotency_Key="once")
    caller.say(path, "y", Idempotency_Key="once")  # 422
    failed = [it for it in spans(traced) if it.status.status_code is StatusCode.ERROR]
    kinds = {it.name: it.attributes["error.type"] for it in failed if it.attributes}
    assert kinds["turn send"] == "TurnKeyReused"
    assert not any(it.events or it.status.description for it in failed)


def test_nothing_private_is_traced(traced: Traced) -> None:
    """Whatever is said, asked for and sent along: no text, secret, address or id of a
    trip is in any span.
    """
    client = traced[0]
    caller = Caller(client)
    path = caller.begin()
    canary = "zanzibarcanary"
    for text in (WISH, f"we must see {canary}", f"{canary} " * 40):
        caller.say(path, text)
    caller.call("GET", f"{path}/itinerary.md?first_day={canary}")
    client.get(f"/{canary}?{canary}", headers={"User-Agent": canary, "Cookie": canary})
    client.open("/", method=canary.upper())
    client.get("/", headers={"traceparent": f"00-{'ca' * 16}-{'fe' * 8}-01"})
    told = "\n".join(it.to_json() for it in spans(traced))
    assert "turn send" in told
    secrets = (canary, caller.token, path.rsplit("/", 1)[1], "127.0.0.1", "ca" * 16)
    assert [it for it in secrets if it.lower() in told.lower()] == []


def test_a_share_of_them_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """By OpenTelemetry's own variables."""
    monkeypatch.setenv("OTEL_TRACES_SAMPLER", "traceidratio")
    monkeypatch.setenv("OTEL_TRACES_SAMPLER_ARG", "0.1")
    exporter = InMemorySpanExporter()
    tracing = Tracing(exporter, backend="postgresql")
    for _ in range(1_000):
        with tracing.span("one"):
            pass
    tracing.provider.force_flush()
    assert 20 < len(exporter.get_finished_spans()) < 250


def test_off_it_costs_nothing() -> None:
    """Without TRACES_URL nothing of it is imported, and no method is another."""
    code = (
        "import sys; from itinerary_app.app import create_app\n"
        "from itinerary_app.config import Settings\n"
        "app = create_app(Settings(environment='development', secret_key='x' * 40,"
        " storage_url='memory:'))\n"
        "it = app.extensions['itinerary_app']\n"
        "print([name for name in sys.modules if 'opentelemetry' in name],"
        " vars(it.conversation).keys() & {'send', 'act'}, 'get_session' in"
        " vars(it.storage))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "[] set() False\n", done.stderr


def test_without_the_package_it_says_so(tmp_path: Path) -> None:
    """The start is refused with what to install."""
    code = (
        "import sys; sys.modules['opentelemetry'] = None\n"
        "from itinerary_app.app import create_app; create_app()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"APP_ENV": "development", "TRACES_URL": "http://localhost:1/"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "pip install 'itinerary_app[otel]'" in done.stderr


def test_a_url_that_is_none_is_refused() -> None:
    """It is said which variable it is."""
    with pytest.raises(ConfigurationError, match="TRACES_URL"):
        Settings.from_env({"APP_ENV": "development", "TRACES_URL": "collector:4318"})


class Collector(HTTPServer):
    """Takes OTLP over HTTP, as a collector does."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Taking)
        self.names: list[str] = []


class _Taking(BaseHTTPRequestHandler):
    server: Collector

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        for each in ExportTraceServiceRequest.FromString(body).resource_spans:
            for scope in each.scope_spans:
                self.server.names += [span.name for span in scope.spans]
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


def test_workers_send_them_to_a_collector(made: Path, tmp_path: Path) -> None:
    """gunicorn's, each from its own process, also when they end."""
    collector = Collector()
    Thread(target=collector.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{collector.server_port}/v1/traces"
    server = LiveServer(tmp_path / "instance", TRACES_URL=url)
    server.begin_with(made)
    server.start()
    try:
        for _ in range(20):
            assert requests.get(f"{server.url}/livez", timeout=60).ok
    finally:
        server.stop()
    until(lambda: collector.names.count("GET /livez") == 20)
    collector.shutdown()
    collector.server_close()
