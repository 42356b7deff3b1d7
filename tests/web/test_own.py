"""A place of one's own by the page's form, in files, in links, and taken back."""

from __future__ import annotations

import json

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.conftest import Dump
from tests.web.talk import Caller
from tests.web.test_acts import TO_ROME, act, plan
from tests.web.test_pages import HTTPS, Form, Page, Traveller
from tests.web.test_sharing import link, shares

POINT = {"act.name": "Nonna's flat", "act.lat": "41,8902", "act.lon": "12.4722"}
FLAT = {"act": "add_own", "name": "Nonna's flat", "lat": 41.8902, "lon": 12.4722}


@pytest.fixture
def asha(app: Flask) -> Traveller:
    return Traveller(app.test_client())


@pytest.fixture
def ben(app: Flask) -> Traveller:
    return Traveller(app.test_client())


def form(asha: Traveller, trip: Page) -> Form:
    page = asha.get(f"{trip.path}/days/2/places")
    return next(it for it in page.forms if "act.name" in it.fields)


def adds(asha: Traveller, trip: Page, **typed: str) -> Page:
    sent = form(asha, trip)
    return asha.send(sent, acts=sent.buttons[-1], **{**POINT, **typed})


def test_a_form_makes_it(asha: Traveller) -> None:
    """Told back, marked in the list and on the map, and undone like any change."""
    trip = asha.plans("3 days in Rome, we love history")
    page = adds(asha, trip)
    assert page.status == 200
    assert "Nonna's flat is on day 2" in page.text
    assert "own place" in page.text
    assert '"own": true' in page.html
    undo = next(it for it in page.buttons["change"] if "undo" in it)
    assert '"own": true' not in asha.send(page.changing, acts=undo).html


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"act.lat": "north"}, "“north” is no number of degrees"),
        ({"act.lat": "12.4722", "act.lon": "41.8902"}, "Latitude comes before"),
        ({"act.lat": "", "act.lon": ""}, "Say where it is: tap the map"),
    ],
)
def test_a_bad_point_says_what_to_do(
    asha: Traveller, typed: dict[str, str], words: str
) -> None:
    """Nothing is added then."""
    trip = asha.plans("3 days in Rome, we love history")
    page = adds(asha, trip, **typed)
    assert words in page.text
    assert '"own": true' not in asha.get(trip.path).html


def test_files_mark_it_as_own(asha: Traveller) -> None:
    """By its kind, by whom it was made, and among no licences."""
    trip = asha.plans("3 days in Rome, we love history")
    adds(asha, trip)
    files = {
        kind: asha.client.get(f"{trip.path}/plan.{kind}", base_url=HTTPS).text
        for kind in ("gpx", "geojson", "md")
    }
    assert "Own place" in files["md"]
    assert "Source: the traveller" in files["md"]
    assert "private" not in files["md"]
    assert "<type>own place</type>" in files["gpx"]
    stops = [it["properties"] for it in json.loads(files["geojson"])["features"]]
    [flat] = [it for it in stops if it.get("name") == "Nonna's flat"]
    assert flat["category"] == "own"
    assert asha.get(trip.path).text.count("private") == 0


def test_whoever_sees_the_plan_sees_it_and_copies_it(
    asha: Traveller, ben: Traveller
) -> None:
    """As the form says; a copy is the other's, with the place."""
    trip = asha.plans("3 days in Rome, we love history")
    seen = ben.get(link(shares(asha, adds(asha, trip))))
    assert "Nonna's flat" in seen.text
    copied = ben.send(next(it for it in seen.forms if it.action.endswith("/copy")))
    assert "Nonna's flat" in copied.text


def test_it_is_kept_everywhere(kept: tuple[Flask, Dump]) -> None:
    """In every storage, and in the file that a trip is opened from again."""
    app, _ = kept
    caller = Caller(app.test_client())
    path = caller.begin()
    assert act(caller, path, *TO_ROME).status_code == 201
    assert act(caller, path, {**FLAT, "day": 2}).status_code == 201
    [stop] = [it for it in plan(caller, path)["days"][1]["stops"] if it["place"]["own"]]
    assert stop["place"]["name"] == "Nonna's flat"
    data = caller.call("GET", "/api/v1/my-data").json
    other = Caller(app.test_client())
    other.begin()
    opened = other.call("POST", "/api/v1/my-data", json=data).json["sessions"]
    assert not opened[0]["lost_plan"]


def test_a_city_taken_out_leaves_the_rest_to_be_changed(client: FlaskClient) -> None:
    """Its own places are kept, for when it comes back, and hinder nothing."""
    caller = Caller(client)
    path = caller.begin()
    assert act(caller, path, *TO_ROME).status_code == 201
    assert act(caller, path, {**FLAT, "day": 2}).status_code == 201
    there = [{"act": "set_city", "city": "Florence"}, {"act": "confirm"}]
    for it in there:
        assert act(caller, path, it).status_code == 201
    etag = caller.call("GET", path).headers["ETag"]
    body = {"preferences": {"pace": "packed"}}
    answer = caller.call("PATCH", path, json=body, headers={"If-Match": etag})
    assert answer.status_code == 200
    wishes = caller.call("GET", path).json["preferences"]
    assert wishes["city"] == "Florence"
    assert [it["city"] for it in wishes["own"]] == ["Rome"]
    assert "must_see" not in wishes


def test_by_api_it_cannot_be_far_out(client: FlaskClient) -> None:
    """Neither by an act nor set as a preference; the answer says why."""
    caller = Caller(client)
    path = caller.begin()
    assert act(caller, path, *TO_ROME).status_code == 201
    far = {"name": "Home", "city": "Rome", "lat": 48.2, "lon": 16.4}
    body = {"preferences": {"own": [far]}}
    etag = caller.call("GET", path).headers["ETag"]
    answer = caller.call("PATCH", path, json=body, headers={"If-Match": etag})
    assert answer.status_code == 422
    assert "choose one within" in answer.json["detail"]
