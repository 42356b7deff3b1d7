"""What the server has for pages without a network: worker, manifest, pages of stops."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.test_pages import HTTPS, Traveller


@pytest.fixture
def asha(app: Flask) -> Traveller:
    return Traveller(app.test_client())


def test_another_build_has_another_worker(client: FlaskClient) -> None:
    """It begins with the build, is asked for each time, and costs little if not new."""
    answer = client.get("/worker.js")
    assert answer.get_data(as_text=True).startswith('const BUILD = "')
    assert "no-cache" in answer.headers["Cache-Control"]
    assert answer.mimetype == "text/javascript"
    etag = {"If-None-Match": answer.headers["ETag"]}
    assert client.get("/worker.js", headers=etag).status_code == 304


def test_the_policy_lets_the_worker_in_and_no_other(client: FlaskClient) -> None:
    """Worker and manifest come from this site alone."""
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "worker-src 'self';" in policy
    assert "manifest-src 'self';" in policy


def test_it_can_be_installed(client: FlaskClient) -> None:
    """The manifest has a name, an address to begin at, and icons that are there."""
    manifest = client.get("/manifest.webmanifest").get_json(force=True)
    assert manifest["name"] == "Itinerary"
    assert client.get(manifest["start_url"]).status_code == 200
    for icon in manifest["icons"]:
        picture = client.get(icon["src"])
        assert picture.mimetype == icon["type"]


def test_a_page_says_whose_it_is_and_not_more(app: Flask, client: FlaskClient) -> None:
    """The same for one secret, another for another one, and for none that."""
    other = app.test_client()
    assert client.get("/trips", base_url=HTTPS).headers["X-Holder"] == "none"
    for it in (client, other):
        it.get("/", base_url=HTTPS)
    mine, again, theirs = (
        it.get("/trips", base_url=HTTPS).headers["X-Holder"]
        for it in (client, client, other)
    )
    assert mine == again != theirs
    cookie = client.get_cookie("__Host-traveller", domain="localhost")
    assert cookie is not None
    assert mine not in cookie.value


def test_days_and_stops_come_in_one_answer(asha: Traveller) -> None:
    """Each page by its path; again only after a change; for nobody else."""
    trip = asha.plans().path
    answer = asha.client.get(f"{trip}/offline", base_url=HTTPS)
    pages = answer.get_json()
    assert sum("/days/" in it for it in pages) == 3
    for path, page in pages.items():
        assert asha.client.get(path, base_url=HTTPS).status_code == 200
        assert "<h1" in page
        assert "<form" not in page  # which needs a network
    known = {"If-None-Match": answer.headers["ETag"]}
    again = asha.client.get(f"{trip}/offline", base_url=HTTPS, headers=known)
    assert again.status_code == 304
    stranger = asha.client.application.test_client()
    assert stranger.get(f"{trip}/offline", base_url=HTTPS).status_code == 404
