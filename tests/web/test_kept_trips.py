"""A traveller keeps a trip for longer, or only as usual again: by page and by API."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from itinerary_app.app import create_app
from itinerary_app.config import Settings
from itinerary_app.current import KEY, services
from itinerary_app.trips.opening import outline, read
from tests.web.conftest import Dump
from tests.web.talk import WISH, Caller
from tests.web.test_pages import Page, Traveller

DAY = timedelta(days=1)


@pytest.fixture
def asha(app: Flask) -> Traveller:
    return Traveller(app.test_client())


def keeps(traveller: Traveller, page: Page, kept: str = "true") -> Page:
    """By the button below the message box."""
    form = replace(page.changing, action=f"{page.path}/keep")
    return traveller.send(form, kept=kept)


def left(page: Page) -> timedelta:
    """How long the trip is kept if nobody uses it any more."""
    until = page.ids["kept"]["data-until"]
    assert until
    return datetime.fromisoformat(until) - datetime.now(UTC)


def max_age(page: Page) -> timedelta:
    """Of the cookie that came with the page, or with the redirect to it."""
    answers = [*page.answer.history, page.answer]
    set_ = [value for it in answers for value in it.headers.getlist("Set-Cookie")]
    found = re.findall(r"Max-Age=(\d+)", " ".join(set_))
    return timedelta(seconds=int(found[-1]))


def test_one_click_keeps_a_trip(asha: Traveller) -> None:
    """For a month after its last use, said below the message box and in the list."""
    trip = asha.plans(WISH)
    assert "Keep for 30 days" in trip.text
    kept = keeps(asha, trip)
    assert kept.path == trip.path
    assert left(kept) > 29 * DAY
    assert "Kept 30 days after last use" in kept.text
    assert "Keep for 30 days" not in kept.text
    assert "kept until" in asha.get("/trips").text


def test_it_can_be_taken_back(asha: Traveller) -> None:
    """Then it is kept as usual, from now on."""
    kept = keeps(asha, asha.plans(WISH))
    assert "Keep only 60 minutes" in kept.text
    usual = keeps(asha, kept, "false")
    assert timedelta(minutes=59) < left(usual) <= timedelta(minutes=60)
    assert "Keep for 30 days" in usual.text
    assert "kept until" not in asha.get("/trips").text


def test_as_usual_twice_gives_no_other_day(asha: Traveller, app: Flask) -> None:
    """Who never kept it cannot put off the end of its life."""
    trip = asha.plans(WISH)

    def ends_at() -> datetime:
        with app.app_context():
            found = services().storage.get_session(trip.path.split("/")[2], touch=False)
        assert found
        return found.ends_at

    before = ends_at()
    keeps(asha, trip, "false")
    assert ends_at() == before


def test_the_secret_lasts_as_long_as_the_trip(asha: Traveller) -> None:
    """Also after a look at the start page, which usually keeps it for a day."""
    trip = asha.plans(WISH)
    assert max_age(asha.get("/")) == DAY
    assert max_age(keeps(asha, trip)) > 359 * DAY
    assert max_age(asha.get("/")) > 359 * DAY
    page = asha.get("/privacy")
    form = next(it for it in page.forms if it.action.endswith("/sign-out-others"))
    assert max_age(asha.send(form)) > 359 * DAY
    assert asha.get(trip.path).status == 200
    asha.send(
        replace(
            form,
            action=f"{trip.path}/delete",
            fields={**asha.get(trip.path).changing.fields},
        )
    )
    assert max_age(asha.get("/")) == DAY


def test_a_stranger_keeps_nothing(asha: Traveller, app: Flask) -> None:
    """To others the trip does not exist."""
    trip, ben = asha.plans(WISH), Traveller(app.test_client())
    own = ben.plans(WISH)
    form = replace(own.changing, action=f"{trip.path}/keep")
    assert ben.send(form, kept="true").status == 404
    assert left(asha.get(trip.path)) < DAY


@pytest.mark.parametrize("idle", [60, 60 * 24 * 40])
def test_an_operator_may_not_offer_it(idle: int, tmp_path: Path) -> None:
    """With SESSION_KEEP_DAYS=0, or where trips are kept for longer anyway."""
    settings = Settings(
        environment="development",
        secret_key="x" * 40,
        storage_url="memory:",
        session_idle=timedelta(minutes=idle),
        session_lifetime=timedelta(days=60),
        session_keep=timedelta(days=30 if idle > 60 else 0),
    )
    app = create_app(settings)
    asha = Traveller(app.test_client())
    trip = asha.plans(WISH)
    assert "Keep for" not in trip.text
    assert keeps(asha, trip).status == 422
    assert "on request" not in asha.get("/privacy").text
    app.extensions[KEY].storage.close()


def test_it_is_said_on_the_privacy_page(asha: Traveller) -> None:
    """How long, and the longest."""
    text = asha.get("/privacy").text
    assert "on request for 30 days after you last used them" in text
    assert "for 360 days at the most" in text


def test_programs_keep_a_session(kept: tuple[Flask, Dump]) -> None:
    """On each storage; the session and the list say until when."""
    app, _ = kept
    program = Caller(app.test_client())
    path = program.begin()
    before = program.call("GET", path).json
    answer = program.call("PUT", f"{path}/keeping", json={"kept": True})
    assert answer.status_code == 200
    assert answer.json["version"] == before["version"] + 1
    [listed] = program.call("GET", path.rpartition("/")[0]).json["sessions"]
    for told in (answer.json, program.call("GET", path).json, listed):
        used, unused, ends = (
            datetime.fromisoformat(told[name])
            for name in ("last_accessed", "expires_at", "ends_at")
        )
        assert unused - used == 30 * DAY
        assert 359 * DAY < ends - used <= 360 * DAY
    usual = program.call("PUT", f"{path}/keeping", json={"kept": False}).json
    assert usual["ends_at"] < answer.json["expires_at"]
    assert program.call("PUT", f"{path}/keeping", json={}).status_code == 422
    assert program.call("DELETE", path).status_code == 204
    assert (
        program.call("PUT", f"{path}/keeping", json={"kept": True}).status_code == 404
    )


def test_the_page_has_what_it_needs_to_begin_anew(asha: Traveller, app: Flask) -> None:
    """Its outline opens the same plan, with all that the catalogue knows of places."""
    trip = asha.plans("2 days in Rome and 1 in Florence, art and food")
    with app.app_context():
        found = services().storage.get_session(trip.path.split("/")[2], touch=False)
        assert found
        assert found.itinerary
        data = json.dumps(outline(found))
        [again] = read(data.encode(), services().catalogue)
    assert again.preferences == found.preferences
    assert again.plan == found.itinerary
    assert len(data) < len(trip.html) / 8
