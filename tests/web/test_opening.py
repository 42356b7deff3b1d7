"""What a traveller took away is opened again, and nothing in a file is believed."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from flask import Flask

from tests.web.conftest import Dump
from tests.web.talk import SESSIONS, WISH, Caller
from tests.web.test_pages import Traveller
from tests.web.test_privacy import MY_DATA, talks


def taken(app: Flask) -> dict[str, Any]:
    """The file of a trip that is then gone."""
    caller = Caller(app.test_client())
    talks(caller)
    data: dict[str, Any] = caller.call("GET", MY_DATA).json
    caller.call("DELETE", MY_DATA)
    return data


def opened(caller: Caller, data: Any) -> dict[str, Any]:
    """The first trip of the file, as it is then."""
    answer = caller.call("POST", MY_DATA, json=data)
    assert answer.status_code == 201, answer.json
    [first, *_] = answer.json["sessions"]
    assert not first["lost_plan"]
    trip: dict[str, Any] = caller.call("GET", f"{SESSIONS}/{first['session_id']}").json
    return trip


def test_a_trip_comes_again(kept: tuple[Flask, Dump]) -> None:
    """After the trip is gone its file gives wishes, plan and conversation again, on
    every storage, to whoever has the file; opened twice it is one trip.
    """
    app, _ = kept
    data = taken(app)
    [before] = data["trips"]
    ben = Caller(app.test_client())
    ben.begin()
    after = opened(ben, data)
    wishes = {**before["preferences"]}
    del wishes["shared"]
    assert after["preferences"] == wishes
    assert len(after["itinerary"]["days"]) == len(before["itinerary"]["days"])
    for one, other in zip(
        after["itinerary"]["days"], before["itinerary"]["days"], strict=True
    ):
        assert [it["place"]["id"] for it in one["stops"]] == [
            it["place"]["id"] for it in other["stops"]
        ]
    assert [(it["role"], it["content"]) for it in after["conversation_history"]] == [
        (it["role"], it["content"]) for it in before["conversation_history"]
    ]
    assert opened(ben, data)["session_id"] == after["session_id"]
    assert after["session_id"] != before["session_id"]
    answer = ben.say(f"{SESSIONS}/{after['session_id']}", "make day 2 calmer")
    assert answer.status_code == 201, answer.json


def test_a_file_s_facts_are_not_believed(app: Flask) -> None:
    """A place is what the catalogue knows, whatever the file says of it."""
    data = taken(app)
    [trip] = data["trips"]
    text = json.dumps(trip["plan"]).replace("Amber Fort", "Free beer")
    ben = Caller(app.test_client())
    ben.begin()
    trip["plan"] = json.loads(text)
    assert "Free beer" not in json.dumps(opened(ben, data)["itinerary"])


def strange(plan: dict[str, Any]) -> None:
    plan["days"][0]["stops"][0][6][0] = "nowhere"


def twice(plan: dict[str, Any]) -> None:
    plan["days"][1]["number"] = 1


def late(plan: dict[str, Any]) -> None:
    plan["days"][0]["stops"][-1][2] = 10**9


def elsewhere(plan: dict[str, Any]) -> None:
    plan["city"][0] = "atlantis"


@pytest.mark.parametrize("spoil", [strange, twice, late, elsewhere])
def test_a_plan_that_cannot_be_is_left_out(app: Flask, spoil: Any) -> None:
    """The wishes come without it, and this is told."""
    data = taken(app)
    spoil(data["trips"][0]["plan"])
    ben = Caller(app.test_client())
    ben.begin()
    [trip] = ben.call("POST", MY_DATA, json=data).json["sessions"]
    assert trip["lost_plan"]
    now = ben.call("GET", f"{SESSIONS}/{trip['session_id']}").json
    assert now["itinerary"] is None
    assert now["preferences"]["city"] == "Jaipur"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"trips": []}',
        '{"trips": [{"preferences": {"city": 3}}]}',
        '{"trips": [{"preferences": {"must_see": ["nowhere"], "city": "Jaipur"}}]}',
        '{"type": "FeatureCollection"}',
        "\x89PNG",
    ],
)
def test_another_file_is_refused(app: Flask, text: str) -> None:
    """What is no file of ours opens nothing, and which one to choose is said."""
    asha = Traveller(app.test_client())
    page = asha.get("/trips")
    form = next(it for it in page.forms if it.action.endswith("/open"))
    file = (io.BytesIO(text.encode()), "holiday.json")
    answer = asha.send(form, file=file)
    assert answer.status == 422
    assert "no trip" in asha.get("/trips").text


def test_from_page_to_page(app: Flask) -> None:
    """A trip's own file, from "Take it with you", opens under My trips."""
    asha, ben = Traveller(app.test_client()), Traveller(app.test_client())
    trip = asha.plans(WISH)
    link = trip.path.replace("/trips/", "/privacy/trips/") + ".json"
    assert link in trip.html
    file = (io.BytesIO(asha.client.get(link).data), "trip.json")
    page = ben.get("/trips")
    form = next(it for it in page.forms if it.action.endswith("/open"))
    after = ben.send(form, file=file)
    assert "1 trip opened from the file" in after.text
    assert "Planned" in after.text
    assert ben.get(link).status == 404
