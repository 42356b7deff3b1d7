"""Who may do what: credentials, forged requests, headers and the cookie."""

from __future__ import annotations

import hashlib
import json
import uuid
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest
from flask import Flask

from itinerary_app.app import create_app
from itinerary_app.config import Settings
from itinerary_app.current import services
from tests.live import LiveServer
from tests.web.talk import SESSIONS, Caller

HTTPS = "https://localhost"
COOKIE = "__Host-traveller"
OTHER_SITE = "https://evil.example"

# Every method of the API on a session: method, rest of the path, body.
SESSION_METHODS: list[tuple[str, str, dict[str, Any] | None]] = [
    ("GET", "", None),
    ("PATCH", "", {"preferences": {"pace": "packed"}}),
    ("DELETE", "", None),
    ("GET", "/messages", None),
    ("POST", "/messages", {"text": "hello"}),
    ("GET", "/itinerary", None),
]
EVERY_METHOD = pytest.mark.parametrize(
    ("method", "rest", "body"),
    SESSION_METHODS,
    ids=[f"{method} {rest}".strip() for method, rest, _ in SESSION_METHODS],
)


@pytest.fixture
def asha(app: Flask) -> Caller:
    return Caller(app.test_client())


@pytest.fixture
def ben(app: Flask) -> Caller:
    caller = Caller(app.test_client())
    caller.begin()
    return caller


def stored(app: Flask, path: str) -> Any:
    with app.app_context():
        return services().storage.get_session(path.rpartition("/")[2], touch=False)


@EVERY_METHOD
def test_without_credentials(
    app: Flask, asha: Caller, method: str, rest: str, body: Any
) -> None:
    """Without a token every method answers 401, and says how to send one."""
    path = asha.begin()
    before = stored(app, path)
    answer = Caller(app.test_client()).call(method, path + rest, json=body)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].lower() == "bearer"
    assert "Authorization: Bearer" in answer.json["detail"]
    assert stored(app, path) == before


@EVERY_METHOD
@pytest.mark.parametrize("token", ["", "x", "a" * 43, "\xff" * 43, "a" * 4000])
def test_forged_and_malformed_tokens(
    app: Flask, asha: Caller, method: str, rest: str, body: Any, token: str
) -> None:
    """A token that nobody was given opens nothing and changes nothing."""
    path = asha.begin()
    before = stored(app, path)
    forger = Caller(app.test_client(), token)
    assert forger.call(method, path + rest, json=body).status_code in (401, 404)
    assert stored(app, path) == before


@EVERY_METHOD
def test_the_stored_hash_is_no_token(
    app: Flask, asha: Caller, method: str, rest: str, body: Any
) -> None:
    """Whoever reads the database finds nothing that opens a session."""
    path = asha.begin()
    before = stored(app, path)
    assert before.owner_hash == hashlib.sha256(str(asha.token).encode()).digest()
    for token in (before.owner_hash.hex(), before.owner_hash.hex()[:43]):
        thief = Caller(app.test_client(), token)
        assert thief.call(method, path + rest, json=body).status_code in (401, 404)
    assert stored(app, path) == before


@EVERY_METHOD
def test_somebody_elses_session_does_not_exist(
    app: Flask, asha: Caller, ben: Caller, method: str, rest: str, body: Any
) -> None:
    """Another's session and one that never was give the very same answer."""
    path = asha.begin()
    before = stored(app, path)
    others = ben.call(method, path + rest, json=body)
    absent = ben.call(method, f"{SESSIONS}/{uuid.uuid4()}{rest}", json=body)
    assert others.status_code == absent.status_code == 404
    shared = ("type", "title", "status", "detail")
    assert [others.json[name] for name in shared] == [
        absent.json[name] for name in shared
    ]
    assert stored(app, path) == before


@EVERY_METHOD
@pytest.mark.parametrize("session_id", ["x", "1' OR '1'='1", "%00", "..", "é" * 50])
def test_strange_ids_open_nothing(
    ben: Caller, method: str, rest: str, body: Any, session_id: str
) -> None:
    """An id that is no id is a session that does not exist."""
    answer = ben.call(method, f"{SESSIONS}/{session_id}{rest}", json=body)
    assert answer.status_code in (404, 405)
    assert ben.call("GET", f"{SESSIONS}/{session_id}").status_code == 404


def test_a_list_holds_ones_own(asha: Caller, ben: Caller) -> None:
    """The list shows nobody else's sessions, and wants credentials."""
    path = asha.begin()
    ids = [entry["session_id"] for entry in asha.call("GET", SESSIONS).json["sessions"]]
    assert ids == [path.rpartition("/")[2]]
    assert Caller(asha.client).call("GET", SESSIONS).status_code == 401


def test_the_token_is_shown_once(asha: Caller) -> None:
    """The token comes with the creation, and never again."""
    path = asha.begin()
    token = str(asha.token)
    assert len(token) == 43
    answers = [asha.call("GET", path), asha.call("GET", SESSIONS), asha.create()]
    assert answers[-1].json["token"] is None
    for answer in answers:
        assert token not in answer.get_data(as_text=True)
        assert token not in str(answer.headers)


def test_the_cookie(app: Flask) -> None:
    """The cookie is __Host-: Secure, HttpOnly, SameSite=Lax, Path=/, no Domain."""
    answer = app.test_client().get("/", base_url=HTTPS)
    name, _, rest = answer.headers["Set-Cookie"].partition("=")
    secret, *flags = rest.split("; ")
    assert name == COOKIE
    assert len(secret) == 43
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(flags)
    assert not any(flag.startswith("Domain") for flag in flags)


def test_the_cookie_lasts_as_long_as_the_newest_trip(app: Flask) -> None:
    """Every visit to the start page renews the cookie's time, with the same secret."""
    client = app.test_client()
    first, again = (
        client.get("/", base_url=HTTPS).headers["Set-Cookie"] for _ in range(2)
    )
    assert again.partition(";")[0] == first.partition(";")[0]
    assert "Max-Age=86400" in again


def test_a_proxys_credentials_do_not_hide_the_cookie(app: Flask) -> None:
    """Behind a proxy that asks for a password the traveller is still known."""
    client = app.test_client()
    client.get("/", base_url=HTTPS)
    basic = {"Authorization": "Basic dHJ5Om1l"}
    assert client.get(SESSIONS, base_url=HTTPS, headers=basic).status_code == 200


def test_creation_with_a_malformed_token(app: Flask) -> None:
    """A token that was cut off is refused rather than replaced by a new one."""
    assert Caller(app.test_client(), "a" * 42).create().status_code == 401


def test_a_chosen_cookie_is_not_adopted(app: Flask) -> None:
    """A cookie that is no secret of ours is replaced (session fixation)."""
    client = app.test_client()
    client.set_cookie(COOKIE, "chosen-by-the-attacker", domain="localhost")
    answer = client.get("/", base_url=HTTPS)
    assert "chosen-by-the-attacker" not in answer.headers["Set-Cookie"]


FROM_ELSEWHERE = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": HTTPS},
    {"Origin": OTHER_SITE},
    {"Origin": "null"},
    {"Origin": "https://localhost.evil.example"},
    {"Origin": "http://localhost"},
    {},
]


@pytest.mark.parametrize("headers", FROM_ELSEWHERE, ids=str)
@pytest.mark.parametrize(
    ("method", "rest", "body"),
    [each for each in SESSION_METHODS if each[0] != "GET"],
    ids=["change", "delete", "say"],
)
def test_another_site_cannot_use_the_cookie(
    app: Flask, headers: dict[str, str], method: str, rest: str, body: Any
) -> None:
    """What another site makes a browser send to the API is refused."""
    client = app.test_client()
    client.get("/", base_url=HTTPS)
    ours = {"Origin": HTTPS, "Sec-Fetch-Site": "same-origin"}
    created = client.post(SESSIONS, base_url=HTTPS, headers=ours)
    assert created.status_code == 201
    path = f"{SESSIONS}/{created.json['session_id']}"
    before = stored(app, path)
    forged = client.open(
        path + rest, method=method, base_url=HTTPS, json=body, headers=headers
    )
    assert forged.status_code == 403
    assert stored(app, path) == before


@pytest.mark.parametrize("headers", FROM_ELSEWHERE[:-1], ids=str)
def test_another_site_cannot_send_our_forms(
    app: Flask, headers: dict[str, str]
) -> None:
    """A form sent from elsewhere is refused, even with a token in it."""
    client = app.test_client()
    page = client.get("/", base_url=HTTPS).get_data(as_text=True)
    token = page.partition('name="form_token" value="')[2].partition('"')[0]
    assert token
    form = {"form_token": token, "text": "hello"}
    forged = client.post("/trips", base_url=HTTPS, data=form, headers=headers)
    assert forged.status_code == 403
    assert "another site" in forged.get_data(as_text=True)


def test_a_form_needs_its_visitors_token(app: Flask) -> None:
    """A form without its token, or with another visitor's, is refused."""
    client, other = app.test_client(), app.test_client()
    client.get("/", base_url=HTTPS)
    page = other.get("/", base_url=HTTPS).get_data(as_text=True)
    others = page.partition('name="form_token" value="')[2].partition('"')[0]
    for token in ("", "x", others, "é"):
        form = {"form_token": token, "text": "hello"}
        headers = {"Origin": HTTPS, "Sec-Fetch-Site": "same-origin"}
        refused = client.post("/trips", base_url=HTTPS, data=form, headers=headers)
        assert refused.status_code == 403
        assert "reload the page" in refused.get_data(as_text=True)


@pytest.mark.parametrize(
    "name", ["package-lock.json", "package.json", "node_modules/.package-lock.json"]
)
def test_what_npm_left_is_not_served(app: Flask, name: str) -> None:
    """Lists of our tools lie beside the browser's files, and are nobody's business."""
    assert app.test_client().get(f"/static/{name}").status_code == 404


def test_a_wrong_method_is_told_as_such(app: Flask) -> None:
    """405 with what is allowed, not 403 for a form that nobody sent."""
    answer = app.test_client().post("/privacy", base_url=HTTPS)
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_only_our_own_names_are_answered(settings: Settings) -> None:
    """A Host header that is none of ALLOWED_HOSTS is refused, on pages and in the API:
    no link of ours leads elsewhere.
    """
    ours = replace(settings, allowed_hosts=("trips.example", ".example.org"))
    client = create_app(ours).test_client()
    asked = ("trips.example", "a.example.org", "evil.example", "trips.example.evil")
    for path in ("/", "/api/v1/openapi.json", "/livez"):
        found = [client.get(path, base_url=f"https://{it}").status_code for it in asked]
        assert found == [200, 200, 400, 400]


@pytest.mark.parametrize("path", ["/", "/trips", "/nothing", SESSIONS, "/livez"])
def test_every_answer_has_the_safe_headers(app: Flask, path: str) -> None:
    """Pages, API, errors: no foreign scripts, no framing, no sniffing, no caching."""
    headers = app.test_client().get(path, base_url=HTTPS).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-inline" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"
    assert uuid.UUID(headers["X-Request-ID"])


def test_what_the_policy_stops_is_reported_where_told(settings: Settings) -> None:
    """CSP_REPORT_URL stands in the headers by which old and new browsers report."""
    told = replace(settings, csp_report_url="https://reports.example/csp")
    headers = create_app(told).test_client().get("/", base_url=HTTPS).headers
    assert (
        "report-uri https://reports.example/csp" in headers["Content-Security-Policy"]
    )
    assert headers["Reporting-Endpoints"] == 'csp="https://reports.example/csp"'


def test_who_finds_a_hole_knows_whom_to_tell(settings: Settings) -> None:
    """security.txt has contact and expiry (RFC 9116); without contact there is none."""
    path = "/.well-known/security.txt"
    assert create_app(settings).test_client().get(path).status_code == 404
    told = replace(settings, security_contact="mailto:security@trips.example")
    text = create_app(told).test_client().get(path).get_data(as_text=True)
    contact, expires = text.splitlines()
    assert contact == "Contact: mailto:security@trips.example"
    assert datetime.fromisoformat(expires.removeprefix("Expires: ")) > datetime.now(UTC)


def test_no_header_makes_a_server_of_ours_believe_in_https(tmp_path: Path) -> None:
    """X-Forwarded-Proto counts by TRUSTED_PROXIES alone, not by gunicorn's own list."""
    live = LiveServer(tmp_path, DATABASE_URL="memory:", WEB_CONCURRENCY="1")
    live.start()
    wishes = {"preferences": {"city": "Agra", "duration_days": 1, "shared": True}}
    request = Request(
        f"{live.url}{SESSIONS}",
        data=json.dumps(wishes).encode(),
        headers={"Content-Type": "application/json", "X-Forwarded-Proto": "https"},
    )
    with urlopen(request) as answer:
        link = json.load(answer)["share_url"]
    live.stop()
    assert link.startswith("http://")


def test_production_insists_on_https() -> None:
    """In production an answer over https asks browsers to stay with it."""
    app = create_app(
        Settings(environment="production", secret_key="x" * 40, storage_url="memory:")
    )
    answer = app.test_client().get("/livez", base_url=HTTPS)
    assert "max-age=63072000" in answer.headers["Strict-Transport-Security"]
