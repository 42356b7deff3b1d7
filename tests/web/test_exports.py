"""A plan is taken away as a file, from the page and by the API."""

from __future__ import annotations

import json
import re
from datetime import date

import gpxpy
import pytest
from flask import Flask
from icalendar import Calendar
from werkzeug.test import TestResponse

from itinerary_app.current import services
from itinerary_app.exports.files import MEDIA_TYPES
from itinerary_app.storage.base import Changes
from tests.exports.plan import WHOLE
from tests.web.talk import WISH, Caller
from tests.web.test_pages import HTTPS, Traveller

FIRST_DAY = "first_day=2026-12-24"
READERS = {
    "ics": lambda text: Calendar.from_ical(text).events,
    "gpx": lambda text: gpxpy.parse(text).waypoints,
    "geojson": lambda text: json.loads(text)["features"],
    "md": lambda text: re.findall(r"^- ", text, re.MULTILINE),
}


@pytest.fixture
def asha(app: Flask) -> Traveller:
    return Traveller(app.test_client())


@pytest.fixture
def ben(app: Flask) -> Traveller:
    return Traveller(app.test_client())


@pytest.fixture
def program(app: Flask) -> Caller:
    return Caller(app.test_client())


def fetch(traveller: Traveller, path: str) -> TestResponse:
    return traveller.client.get(path, base_url=HTTPS)


def links(html: str) -> list[str]:
    """The addresses of files that a page offers, its calendar form's too."""
    return re.findall(r'(?:href|action)="(/trips/[^"]+/plan\.\w+)"', html)


@pytest.mark.parametrize("kind", MEDIA_TYPES)
def test_the_page_offers_each_kind(asha: Traveller, kind: str) -> None:
    """Every kind is linked from the trip, downloads under a name, and can be read."""
    page = asha.plans()
    (link,) = (link for link in links(page.html) if link.endswith(f".{kind}"))
    assert link.startswith(page.path)
    answer = fetch(asha, f"{link}?{FIRST_DAY}")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == MEDIA_TYPES[kind]
    disposition = f'attachment; filename="3-days-in-jaipur.{kind}"'
    assert answer.headers["Content-Disposition"] == disposition
    assert answer.headers["Cache-Control"] == "no-store"
    assert len(READERS[kind](answer.text)) >= page.stops


@pytest.mark.parametrize("kind", MEDIA_TYPES)
def test_the_api_gives_each_kind(program: Caller, kind: str) -> None:
    """The same files by the API, for the bearer of the token."""
    path = program.begin()
    program.say(path, WISH)
    answer = program.call("GET", f"{path}/itinerary.{kind}?{FIRST_DAY}")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == MEDIA_TYPES[kind]
    assert READERS[kind](answer.text)


def test_a_plan_with_dates_needs_no_first_day(app: Flask, asha: Traveller) -> None:
    """Where the plan has dates the calendar is a link, with those dates."""
    page = asha.plans()
    assert 'name="first_day"' in page.html
    with app.app_context():
        storage = services().storage
    storage.update_session(page.path.split("/")[2], Changes(itinerary=WHOLE))
    dated = asha.get(page.path)
    assert 'name="first_day"' not in dated.html
    (link,) = (link for link in links(dated.html) if link.endswith(".ics"))
    (first, *_) = Calendar.from_ical(fetch(asha, link).text).events
    assert first.start.date() == date(2026, 12, 24)


@pytest.mark.parametrize("query", ["", "?first_day=", "?first_day=tomorrow"])
def test_a_calendar_without_dates_is_refused(
    asha: Traveller, program: Caller, query: str
) -> None:
    """It says that the first day is wanted, to people and to programs."""
    page = asha.get(f"{asha.plans().path}/plan.ics{query}")
    assert page.status == 422
    assert "first_day" in page.text
    path = program.begin()
    program.say(path, WISH)
    refused = program.call("GET", f"{path}/itinerary.ics{query}")
    assert refused.status_code == 422
    assert "first_day" in [fault["field"] for fault in refused.json["errors"]]


def test_no_plan_no_file(asha: Traveller, program: Caller) -> None:
    """Before there is a plan nothing is offered, and the addresses are 404."""
    page = asha.plans("I would like to visit Jaipur")
    assert links(page.html) == []
    assert asha.get(f"{page.path}/plan.gpx").status == 404
    answer = program.call("GET", f"{program.begin()}/itinerary.gpx")
    assert answer.status_code == 404
    assert "Tell where to" in answer.json["detail"]


def test_somebody_elses_plan_is_not_found(asha: Traveller, ben: Traveller) -> None:
    """Who knows the trip's address, and has a cookie or none, gets 404."""
    page = asha.plans()
    assert ben.get(f"{page.path}/plan.md").status == 404
    ben.get("/")
    assert ben.get(f"{page.path}/plan.md").status == 404


def test_the_api_wants_the_token(app: Flask, program: Caller) -> None:
    """Without a token 401, with another's 404."""
    path = program.begin()
    program.say(path, WISH)
    stranger = Caller(app.test_client())
    assert stranger.call("GET", f"{path}/itinerary.gpx").status_code == 401
    stranger.begin()
    assert stranger.call("GET", f"{path}/itinerary.gpx").status_code == 404


@pytest.mark.parametrize("kind", ["pdf", "ICS", "", "ics.exe", "html"])
def test_other_kinds_are_not_found(asha: Traveller, program: Caller, kind: str) -> None:
    """What we cannot make is 404."""
    assert asha.get(f"{asha.plans().path}/plan.{kind}").status == 404
    path = program.begin()
    program.say(path, WISH)
    assert program.call("GET", f"{path}/itinerary.{kind}").status_code == 404


def test_the_description_names_the_kinds(program: Caller) -> None:
    """The API's description lists the kinds and their media types."""
    paths = program.call("GET", "/api/v1/openapi.json").json["paths"]
    told = paths["/api/v1/sessions/{session_id}/itinerary.{kind}"]["get"]
    assert set(told["responses"]["200"]["content"]) == set(MEDIA_TYPES.values())
