"""What was checked in a plan, and how its stops are told: on the page, in the API."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from itinerary_app import current
from itinerary_app.catalogue.places import Catalogue
from itinerary_app.errors import CannotPlan
from itinerary_app.model import Day, Place
from itinerary_app.storage.base import Changes
from itinerary_app.trips.services import Services
from tests.web.talk import SESSIONS, WISH, Caller

FRIDAY = date(2026, 7, 10)
EVERYWHERE = {
    "real",
    "once",
    "open",
    "ways",
    "hours",
    "days",
    "pauses",
    "meals",
    "near",
    "reasons",
    "base",
    "booking",  # of a place in this plan
    "budget",
    "company",
    "sites",
}


class Trip:
    """A planned trip: its page, its API and, to try any plan, its storage."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.services: Services = app.extensions[current.KEY]
        self.caller = Caller(app.test_client())
        self.path = self.caller.begin()
        assert self.caller.say(self.path, WISH).status_code == 201
        self.id = self.path.removeprefix(f"{SESSIONS}/")

    @property
    def page(self) -> str:
        return self.open("")

    def open(self, part: str) -> str:
        """The markup of the trip's page, or of one below it."""
        told = self.caller.call("GET", f"/trips/{self.id}{part}")
        assert told.status_code == 200
        return html.unescape(told.get_data(as_text=True))

    @property
    def itinerary(self) -> dict[str, Any]:
        return self.caller.call("GET", f"{self.path}/itinerary").json

    @property
    def all_stops(self) -> list[dict[str, Any]]:
        return [stop for day in self.itinerary["days"] for stop in day["stops"]]

    @property
    def checks(self) -> dict[str, dict[str, Any]]:
        return {check["key"]: check for check in self.itinerary["checks"]}

    def store(self, change: Callable[[Day], Day], **preferences: Any) -> None:
        """Keep the plan with each day changed, and what else was told."""
        stored = self.services.storage.get_session(self.id, touch=False)
        assert stored
        assert stored.itinerary
        days = tuple(change(day) for day in stored.itinerary.days)
        self.services.storage.update_session(
            self.id, Changes(preferences, replace(stored.itinerary, days=days))
        )


def badge(page: str, key: str) -> str:
    """The badge's markup, which begins with its tag."""
    found = re.search(rf'<details [^>]*id="check-{key}".*?</details>', page, re.DOTALL)
    assert found, key
    return found[0]


def stop_of(page: str, number: int) -> str:
    """The markup of a stop of the first day."""
    found = re.search(rf'<li [^>]*id="stop-1-{number}".*?</li>', page, re.DOTALL)
    assert found
    return found[0]


@pytest.fixture
def trip(app: Flask) -> Trip:
    return Trip(app)


def test_the_api_tells_what_was_checked(trip: Trip) -> None:
    """Each promise has its verdict, in the itinerary and in the session alike."""
    assert trip.checks.keys() == EVERYWHERE
    assert trip.checks["once"] == {
        "key": "once",
        "label": "No place twice",
        "verdict": "ok",
        "promise": "No place comes twice.",
        "findings": [],
        "remarks": [],
        "coverage": "",
        "known": 0,
        "of": 0,
    }
    opening = trip.checks["open"]
    assert opening["verdict"] == "unknown"
    assert 0 < opening["known"] < opening["of"]
    assert trip.caller.call("GET", trip.path).json["itinerary"] == trip.itinerary


def test_a_trip_without_a_plan_has_nothing_to_check(app: Flask) -> None:
    """There is no itinerary in the API, and no badge on the page."""
    caller = Caller(app.test_client())
    path = caller.begin()
    assert caller.call("GET", path).json["itinerary"] is None
    page = caller.call("GET", f"/trips{path.removeprefix(SESSIONS)}")
    assert 'class="check' not in page.get_data(as_text=True)


def test_every_promise_has_a_badge(trip: Trip) -> None:
    """A tick for what is kept, "known for 9 of 21" for what is partly unknown."""
    page = trip.page
    kept, partly = badge(page, "once"), badge(page, "open")
    assert "Kept: </span>No place twice" in kept
    assert " open>" not in kept
    assert "As far as known: </span>Open when you come" in partly
    assert trip.checks["open"]["coverage"] in partly
    assert page.count('class="check ') == len(EVERYWHERE)


def test_what_is_not_kept_is_shown_with_its_words(trip: Trip) -> None:
    """A place that stands in the plan twice: an open badge that says which."""
    trip.store(lambda day: replace(day, stops=(*day.stops, day.stops[0])))
    name = trip.itinerary["days"][0]["stops"][0]["place"]["name"]
    told = badge(trip.page, "once")
    assert " open>" in told
    assert "Not kept: " in told
    assert f"Day 1, {name}: in the plan before." in told
    [first, *_] = trip.checks["once"]["findings"]
    assert first == {
        "day": 1,
        "place": name,
        "asked": False,
        "words": f"Day 1, {name}: in the plan before.",
    }


def test_what_needs_a_look_comes_first(trip: Trip) -> None:
    """Violations stand before what is kept."""
    trip.store(lambda day: replace(day, stops=(*day.stops, day.stops[0])))
    verdicts = re.findall(r'class="check (\w+)"', trip.page)
    order = ["violated", "unknown", "ok"]
    assert verdicts == sorted(verdicts, key=order.index)
    assert set(verdicts) == set(order)


def test_what_the_traveller_insisted_on_is_said(trip: Trip) -> None:
    """The violation of a place that was asked for by name says so."""
    [first, *_] = [stop["place"] for stop in trip.itinerary["days"][0]["stops"]]
    trip.store(
        lambda day: replace(day, stops=(*day.stops, day.stops[0])),
        must_see=[first["id"]],
    )
    assert f"{first['name']}: in the plan before. You asked for this place." in (
        badge(trip.page, "once")
    )


def test_what_was_asked_for_gets_its_badges(trip: Trip) -> None:
    """Limit, diet and mobility are checked once they are told."""
    asked = {"spend_limit": 0, "diets": ["vegan"], "mobility": ["step_free"]}
    trip.store(lambda day: day, **asked)
    assert trip.checks.keys() == EVERYWHERE | {"spending", "diets", "mobility"}
    page = trip.page
    assert "Not kept: " in badge(page, "spending")
    assert "over 0." in badge(page, "spending")
    assert "<li>step-free</li>" in page
    assert "not known to serve vegan" in badge(page, "diets")
    assert "Amber Fort" in badge(page, "mobility")


def test_days_have_their_dates(trip: Trip) -> None:
    """A dated day says "Fri 10 Jul", and each stop the hours of that date."""
    trip.store(
        lambda day: replace(
            day, date=FRIDAY + timedelta(days=day.number - 1), start=570, end=1290
        ),
        start_date=FRIDAY.isoformat(),
    )
    page = trip.page
    assert '<time datetime="2026-07-10">Fri 10 Jul</time>' in page
    assert '<time datetime="2026-07-11">Sat 11 Jul</time>' in page
    assert "from 09:30 · until 21:30" in re.sub(r"\s+", " ", page)
    assert "from Fri 10 Jul" in page
    assert "on Fri 10 Jul</span>" in page
    assert "hours unknown" in page


def test_a_stop_tells_its_own_facts(trip: Trip) -> None:
    """Local name, own length and own hours, where they are known."""
    facts = {"local_name": "हवा महल", "minutes": 50, "hours": "Mo-Th 08:00-18:00"}

    def known(day: Day) -> Day:
        stops = [it._replace(place=it.place._replace(**facts)) for it in day.stops]
        return replace(day, stops=tuple(stops), date=FRIDAY)

    before = stop_of(trip.page, 1)
    assert "हवा महल" not in before
    assert re.search(r"usually [\w ]+</span>", before)
    trip.store(known)
    told = stop_of(trip.page, 1)
    assert '<span class="local" translate="no">हवा महल</span>' in told
    assert re.search(r"usually [\w ]+ here</span>", told)
    assert "not known to open on Fri 10 Jul" in told


def test_a_locked_stop_says_so_and_can_be_unlocked(trip: Trip) -> None:
    """The lock is seen, and its button turns into the opposite."""
    place = trip.itinerary["days"][0]["stops"][0]["place"]
    lock = {"act": "lock", "stop": place["id"]}
    assert lock in acts_of(trip, place["id"])
    trip.store(lambda day: day, locked=[place["id"]])
    told = stop_of(trip.page, 1)
    assert 'class="locked"' in told
    assert lock | {"act": "unlock"} in acts_of(trip, place["id"])
    assert 'class="locked"' not in stop_of(trip.page, 2)


def test_a_plan_of_a_city_that_is_gone_is_still_shown(trip: Trip) -> None:
    """Its places are in no list any more: the page opens, and says so."""

    class Gone(Catalogue):
        def places(self, city_name: str) -> tuple[Place, ...]:
            raise CannotPlan(f"{city_name!r} is not covered yet.")

    current.install(trip.app, replace(trip.services, catalogue=Gone()))
    assert "not in our list of Jaipur" in badge(trip.page, "real")


def acts_of(trip: Trip, place_id: str) -> list[dict[str, Any]]:
    """The acts that the buttons of the stop's own page send."""
    told = trip.open(f"/stops/{place_id}")
    values = re.findall(r"""<button [^>]*name="acts" value='(\[.*?\])'""", told)
    return [act for value in values for act in json.loads(value)]


def test_alternatives_are_buttons_that_swap(trip: Trip) -> None:
    """Each place that the planner suggests is a button of its stop, with its acts."""
    here = trip.itinerary["days"][0]["stops"][0]["place"]["id"]
    acts = [it for it in acts_of(trip, here) if it["act"] == "swap"]
    assert {it["stop"] for it in acts} == {here}
    unused = {it["place"] for it in acts if "place" in it}
    assert 1 <= len(unused) <= 3
    assert not {stop["place"]["id"] for stop in trip.all_stops} & unused
