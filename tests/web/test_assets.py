"""What the browser gets besides pages: kept for a year, compressed, never mixed up."""

from __future__ import annotations

import gzip
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from itinerary_app.app import create_app
from itinerary_app.config import Settings

SECRET = "s" * 40


@pytest.fixture
def served(app: Flask) -> FlaskClient:
    """The app as it is served to people, in memory."""
    settings = Settings(
        environment="production", secret_key=SECRET, storage_url="memory:"
    )
    return create_app(settings).test_client()


def links(client: FlaskClient) -> list[str]:
    page = client.get("/", base_url="https://localhost").get_data(as_text=True)
    return re.findall(r'(?:href|src)="(/static/[^"]+)"', page)


def test_a_file_is_asked_for_once(served: FlaskClient) -> None:
    """Under its present name a browser keeps it for a year without asking again."""
    for link in links(served):
        kept = served.get(link).headers["Cache-Control"]
        assert "immutable" in kept
        assert "max-age=31536000" in kept
        assert "public" in kept


def test_a_page_of_another_build_finds_its_files(served: FlaskClient) -> None:
    """They are served, but not kept: what they are may not be what the name says."""
    old = re.sub(r"/static/\w+/", "/static/000000000000/", links(served)[0])
    answer = served.get(old)
    assert answer.status_code == 200
    assert "no-cache" in answer.headers["Cache-Control"]
    assert "immutable" not in answer.headers["Cache-Control"]


def test_who_edits_them_sees_what_was_changed(client: FlaskClient) -> None:
    """In development nothing is kept without being asked for."""
    for link in links(client):
        assert "no-cache" in client.get(link).headers["Cache-Control"]


@pytest.mark.parametrize("encoding", ["gzip", "br"])
def test_pages_and_files_are_compressed(served: FlaskClient, encoding: str) -> None:
    """As the browser says it can read it; the page itself is never kept."""
    for link in ("/", *links(served)):
        plain = served.get(link, base_url="https://localhost")
        if len(plain.data) < 500:  # it would fit into a packet all the same
            continue
        if plain.mimetype == "image/png":  # is compressed already
            continue
        small = served.get(
            link, base_url="https://localhost", headers={"Accept-Encoding": encoding}
        )
        assert small.headers["Content-Encoding"] == encoding
        assert "Accept-Encoding" in small.headers["Vary"]
        assert len(small.data) < len(plain.data)
        if encoding == "gzip" and link != "/":
            assert gzip.decompress(small.data) == plain.data


def test_a_forms_proof_is_never_the_same_twice(client: FlaskClient) -> None:
    """So the length of a compressed page tells nothing of it; each is accepted."""
    pages = [client.get("/").get_data(as_text=True) for _ in range(2)]
    tokens = {re.findall(r'name="form_token" value="(\w+)"', it)[0] for it in pages}
    assert len(tokens) == 2
    for token in tokens:
        sent = client.post("/trips", data={"form_token": token, "text": ""})
        assert sent.status_code == 422
