"""A trip to several cities on its page, in the API and for those who only look."""

from __future__ import annotations

import html
import json
import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.talk import Caller
from tests.web.test_pages import Traveller

TRIP: list[dict[str, Any]] = [
    {"act": "set_city", "city": "London"},
    {"act": "add_city", "city": "New York", "nights": 1},
    {"act": "set_nights", "city": "London", "nights": 1},
    {"act": "set_dates", "start": "2026-11-25"},
    {"act": "set_interests", "more": ["history"]},
]


@pytest.fixture
def caller(client: FlaskClient) -> Caller:
    return Caller(client)


@pytest.fixture
def told(caller: Caller) -> dict[str, Any]:
    """The plan as the API tells it."""
    path = caller.begin()
    made = caller.call("POST", f"{path}/acts", json={"acts": TRIP})
    assert made.status_code == 201, made.json
    read: dict[str, Any] = caller.call("GET", f"{path}/itinerary").json
    return read


def test_stages_tell_the_cities_and_the_way(told: dict[str, Any]) -> None:
    """Each with its days, its clock and its money; the way by both clocks."""
    london, new_york = told["stages"]
    assert (london["city"]["name"], new_york["city"]["name"]) == ("London", "New York")
    assert (london["first_day"], london["days"], london["transfer"]) == (1, 1, None)
    assert (new_york["first_day"], new_york["days"]) == (2, 2)
    assert london["time_zone"] == "Europe/London"
    assert new_york["time_zone"] == "America/New_York"
    assert new_york["transfer"]["mode"] == "flight"
    assert new_york["transfer"]["known"] is False
    clock = re.compile("[0-2][0-9]:[0-5][0-9]")
    assert clock.fullmatch(new_york["transfer"]["leave"])
    assert clock.fullmatch(new_york["transfer"]["arrive"])
    assert new_york["transfer"]["days_before"] == 0
    assert told["holidays"] == [
        {"day": 2, "date": "2026-11-26", "name": "Thanksgiving Day"}
    ]


def test_the_way_has_its_airports_and_the_days_begin_there(
    told: dict[str, Any],
) -> None:
    """From Heathrow to JFK: one is in New York when one is out of the airport."""
    way = told["stages"][1]["transfer"]
    assert way["origin"]["name"] == "Heathrow Airport"
    assert way["target"]["name"] == "JFK Airport"
    first = told["days"][1]
    assert first["origin"] == way["target"]
    assert first["target"]["kind"] == "middle"


def test_each_city_and_night_has_its_bed(caller: Caller) -> None:
    """Told by acts or as preferences, in the plan's days, kept to by its checks."""
    path = caller.begin()
    acts = [*TRIP, {"act": "set_base", "where": {"name": "Covent Garden"}}]
    acts += [{"act": "set_base", "where": {"name": "SoHo"}, "city": "New York"}]
    made = caller.call("POST", f"{path}/acts", json={"acts": acts})
    assert made.status_code == 201, made.json
    last = {"where": "Chinatown", "city": "New York", "night": -1}
    wishes = caller.call("GET", path).json["preferences"]
    assert wishes["bases"] == [{"where": "SoHo", "city": "New York"}]
    bases = [*wishes["bases"], last]
    patch = {"preferences": {"bases": bases}}
    plan = caller.call("PATCH", path, json=patch).json["itinerary"]
    ends = [(day["origin"]["name"], day["target"]["name"]) for day in plan["days"]]
    assert ends[0][0] == "Covent Garden"
    assert ends[1] == ("JFK Airport", "Chinatown")
    verdicts = {check["key"]: check["verdict"] for check in plan["checks"]}
    assert "violated" not in verdicts.values()


def test_the_order_of_three_cities_is_told_once(caller: Caller) -> None:
    """Not for each city that is added, but with all of them."""
    acts = [{"act": "set_city", "city": "Rome"}]
    acts += [{"act": "add_city", "city": it} for it in ("Venice", "Florence")]
    path = caller.begin()
    made = caller.call("POST", f"{path}/acts", json={"acts": acts})
    text = made.json["assistant"]["content"]
    assert text.count("The trip goes to ") == 1
    assert "Rome, Florence and Venice, in this order" in text


def test_the_check_of_cities_and_ways_is_told(told: dict[str, Any]) -> None:
    """It is kept, as the others."""
    verdicts = {check["key"]: check["verdict"] for check in told["checks"]}
    assert verdicts["legs"] == "ok"
    assert "violated" not in verdicts.values()


def test_the_page_names_the_city_of_each_day(app: Flask) -> None:
    """Headings, links to the days of a city, the way, and the map's data."""
    asha = Traveller(app.test_client())
    page = asha.plans("London and New York, 4 days, history, from 25 Nov 2027")
    text = page.text
    assert "4 days in London and New York" in text
    assert "From London by plane" in text
    assert "(estimated)" in text
    found = re.search(r'id="plan-data"[^>]*>(.*?)</script>', page.html, re.DOTALL)
    assert found is not None
    assert len(json.loads(found[1])["ways"]) == 1
    assert page.html.count('class="city"') == 2
    assert any('"set_nights"' in html.unescape(it) for it in page.buttons["change"])
