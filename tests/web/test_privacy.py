"""A traveller has all that is kept of him, and it is gone when he erases it."""

from __future__ import annotations

import hashlib
import json

from flask import Flask

from itinerary_app.web.security import COOKIE
from tests.web.conftest import Dump
from tests.web.talk import SESSIONS, WISH, Caller
from tests.web.test_pages import HTTPS, Traveller

MY_DATA = "/api/v1/my-data"
WISHES = {
    "city": "Jaipur",
    "duration_days": 2,
    "diets": ["vegan"],
    "mobility": ["step_free"],
    "base": "canary-base",
    "notes": [{"amber-fort": "canary-note"}],
    "shared": True,
}


def talks(caller: Caller) -> str:
    path = caller.begin()
    caller.say(path, "canary-said")
    caller.say(path, WISH)
    answer = caller.call("PATCH", path, json={"preferences": WISHES})
    assert answer.status_code == 200, answer.json
    return path


def test_all_is_had_and_then_gone(kept: tuple[Flask, Dump]) -> None:
    """The download has what was said, wished, planned and changed in each trip; after
    erasing neither the API nor a dump of the storage has any of it.
    """
    app, dump = kept
    caller, other = Caller(app.test_client()), Caller(app.test_client())
    paths = [talks(caller), talks(caller)]
    others = other.begin()
    data = caller.call("GET", MY_DATA).json
    assert {f"{SESSIONS}/{it['session_id']}" for it in data["trips"]} == {*paths}
    for trip in data["trips"]:
        assert trip["preferences"]["base"] == "canary-base"
        assert "canary-said" in trip["conversation_history"][0]["content"]
        assert len(trip["itinerary"]["days"]) == 2
        assert [it["number"] for it in trip["versions"]][-1] == 1
    for word in ("canary-said", "canary-base", "canary-note"):
        assert word in dump()
    assert caller.call("DELETE", MY_DATA).json == {"erased": 2}
    assert caller.call("GET", MY_DATA).status_code in (200, 401)
    assert [caller.call("GET", path).status_code for path in paths] == [404, 404]
    assert other.call("GET", others).status_code == 200
    left = dump()
    owner = hashlib.sha256(str(caller.token).encode()).hexdigest()
    for word in ("canary", "vegan", "step_free", owner):
        assert word not in left


def test_the_page_tells_and_does(app: Flask) -> None:
    """From the page: how long things are kept, a file with one's trips, and erasing,
    which also forgets the browser's secret.
    """
    asha = Traveller(app.test_client())
    trip = asha.plans()
    page = asha.get("/privacy")
    assert "60 minutes" in page.text
    assert "tile.openstreetmap.org" in page.text
    file = asha.client.get("/privacy/my-data.json", base_url=HTTPS)
    assert "attachment" in file.headers["Content-Disposition"]
    [mine] = json.loads(file.data)["trips"]
    assert mine["session_id"] in trip.path
    erased = asha.send(next(it for it in page.forms if it.action.endswith("/erase")))
    assert "1 trip erased" in erased.text
    assert asha.client.get_cookie(COOKIE) is None
    assert asha.get(trip.path).status == 404


def test_signing_out_leaves_nothing_in_the_browser(app: Flask) -> None:
    """The cookie goes and the browser is told to drop what it keeps of our pages."""
    asha = Traveller(app.test_client())
    trip, page = asha.plans(), asha.get("/privacy")
    form = next(it for it in page.forms if it.action.endswith("/sign-out"))
    answer = asha.client.post(form.action, base_url=HTTPS, data=form.fields)
    assert answer.status_code == 303
    assert "storage" in answer.headers["Clear-Site-Data"]
    assert asha.client.get_cookie(COOKIE) is None
    assert asha.get(trip.path).status == 404


def test_a_copy_of_the_secret_opens_nothing_after_signing_out_elsewhere(
    app: Flask,
) -> None:
    """The browser goes on with its trips, also when the form was sent twice; who has
    the secret of before has no trip, in a browser or as a program.
    """
    asha, thief = Traveller(app.test_client()), Traveller(app.test_client())
    trip = asha.plans()
    secret = asha.client.get_cookie(COOKIE).value
    page = asha.get("/privacy")
    form = next(it for it in page.forms if it.action.endswith("/sign-out-others"))
    twice = Traveller(app.test_client())
    for browser in (thief, twice):
        browser.client.set_cookie(COOKIE, secret)
    assert thief.get(trip.path).status == 200
    assert "Only this browser" in asha.send(form).text
    twice.send(form)
    for browser in (asha, twice):
        assert browser.get(trip.path).status == 200
    assert asha.send(asha.get(trip.path).writing, text="add a day").status == 200
    assert thief.get(trip.path).status == 404
    program = Caller(app.test_client(), secret)
    assert program.call("GET", SESSIONS).json["sessions"] == []
    thief.send(next(it for it in thief.get("/privacy").forms if "others" in it.action))
    assert thief.get(trip.path).status == 404


def test_a_program_signs_out_everywhere(app: Flask) -> None:
    """A new token opens all that the one before did, which opens nothing any more."""
    caller = Caller(app.test_client())
    path = talks(caller)
    answer = caller.call("POST", f"{MY_DATA}/token")
    assert answer.status_code == 201
    assert caller.call("GET", path).status_code == 404
    caller.token = answer.json["token"]
    assert caller.call("GET", path).status_code == 200
    caller.token = None
    assert caller.call("POST", f"{MY_DATA}/token").status_code == 401


def test_an_operator_answers_who_asks(app: Flask) -> None:
    """By the id of one trip all of its owner's are printed, or erased after a yes."""
    caller = Caller(app.test_client())
    key, _ = (talks(caller).rpartition("/")[2] for _ in range(2))
    runner = app.test_cli_runner()
    printed = runner.invoke(args=["privacy", "export", key])
    assert len(json.loads(printed.output)["trips"]) == 2
    assert runner.invoke(args=["privacy", "erase", key], input="n\n").exit_code == 1
    erased = runner.invoke(args=["privacy", "erase", key], input="y\n")
    assert "2 trips erased" in erased.output
    assert runner.invoke(args=["privacy", "export", key]).exit_code == 1
