"""Acts by API and by the pages' buttons, and the list of versions in both."""

from __future__ import annotations

import html
import json
import re
from itertools import chain
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from itinerary_app.acts.acts import Act
from itinerary_app.acts.codec import schemas
from tests.web.talk import Caller
from tests.web.test_pages import Page, Traveller

ROME = {"city": "Rome", "duration_days": 2, "interests": ["history"]}
TO_ROME: list[dict[str, Any]] = [
    {"act": "set_city", "city": "Rome"},
    {"act": "set_days", "days": 2},
    {"act": "set_interests", "more": ["history"]},
]


@pytest.fixture
def caller(client: FlaskClient) -> Caller:
    """A program with a session of its own."""
    return Caller(client)


@pytest.fixture
def path(caller: Caller) -> str:
    """A session with a plan for two days in Rome, made by acts."""
    path = caller.begin()
    assert act(caller, path, *TO_ROME).status_code == 201
    return path


def act(caller: Caller, path: str, *acts: dict[str, Any], **headers: str) -> Any:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    body = {"acts": list(acts)}
    return caller.call("POST", f"{path}/acts", json=body, headers=named)


def plan(caller: Caller, path: str) -> dict[str, Any]:
    read: dict[str, Any] = caller.call("GET", path).json
    return read["itinerary"]


def stops(itinerary: dict[str, Any]) -> set[str]:
    return {it["place"]["id"] for day in itinerary["days"] for it in day["stops"]}


def test_acts_make_and_change_a_plan(caller: Caller, path: str) -> None:
    """A list of acts is one turn with words, and the plan follows."""
    gone = plan(caller, path)["days"][0]["stops"][0]["place"]
    turn = act(caller, path, {"act": "remove", "stop": gone["id"]}).json
    assert turn["user"]["content"] == f"Leave out {gone['name']}"
    assert gone["name"] in turn["assistant"]["content"]
    assert gone["id"] not in stops(plan(caller, path))


def test_all_acts_or_none(caller: Caller, path: str) -> None:
    """One act that cannot be is a problem document, and nothing is changed."""
    before = plan(caller, path)
    acts = [
        {"act": "set_diet", "add": ["vegan"]},
        {"act": "add", "place": {"kind": "no such thing"}, "day": 1},
    ]
    answer = act(caller, path, *acts)
    assert answer.status_code == 422
    assert "no such thing" in answer.json["detail"]
    assert plan(caller, path) == before


@pytest.mark.parametrize(
    "acts",
    [
        [],
        [{"act": "fly"}],
        [{"act": "calmer"}],
        [{"act": "calmer", "day": 0}],
        [{"act": "calmer", "day": 1, "more": True}],
        [{"act": "remove", "stop": ""}],
        [{"act": "undo"}] * 21,
        "undo",
    ],
)
def test_what_is_no_act_is_refused(caller: Caller, path: str, acts: Any) -> None:
    """Unknown acts, missing or surplus fields, and too many: 422, by the schema."""
    answer = caller.call("POST", f"{path}/acts", json={"acts": acts})
    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"].startswith("acts")


def test_the_same_key_acts_once(caller: Caller, path: str) -> None:
    """With an Idempotency-Key a retry gives the first answer again."""
    calmer = {"act": "calmer", "day": 1}
    first = act(caller, path, calmer, Idempotency_Key="k")
    again = act(caller, path, calmer, Idempotency_Key="k")
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json["assistant"] == first.json["assistant"]
    assert act(caller, path, {"act": "undo"}, Idempotency_Key="k").status_code == 422


def test_acts_for_an_older_version_are_offered(caller: Caller, path: str) -> None:
    """With If-Match behind nothing is done; the chips of the answer do it."""
    etag = caller.call("GET", path).headers["ETag"]
    act(caller, path, {"act": "set_diet", "add": ["vegetarian"]})
    before = plan(caller, path)
    turn = act(caller, path, {"act": "calmer", "day": 1}, If_Match=etag).json
    assert plan(caller, path) == before
    [do_it, _] = turn["assistant"]["chips"]
    act(caller, path, *do_it["acts"])
    assert plan(caller, path)["days"][0]["pace"] == "relaxed"


def test_strangers_cannot_act(caller: Caller, path: str, app: Flask) -> None:
    """To somebody else the session does not exist."""
    stranger = Caller(app.test_client())
    stranger.begin()
    assert act(stranger, path, {"act": "undo"}).status_code == 404
    assert stranger.call("GET", f"{path}/versions").status_code == 404


def test_versions_are_listed_and_restored(caller: Caller, path: str) -> None:
    """Each has its acts, their words and what changed; restoring makes a new one."""
    before = plan(caller, path)
    act(caller, path, {"act": "set_diet", "add": ["vegetarian"]})
    told = caller.call("GET", f"{path}/versions").json
    newest, first = told["versions"]
    assert newest["acts"] == [{"act": "set_diet", "add": ["vegetarian"]}]
    assert (newest["is_current"], first["is_current"]) == (True, False)
    assert (told["can_undo"], told["can_redo"]) == (True, False)
    act(caller, path, {"act": "restore", "version": first["number"]})
    assert plan(caller, path)["days"] == before["days"]
    [restored, *_] = caller.call("GET", f"{path}/versions?limit=1").json["versions"]
    assert restored["restores"] == first["number"]


def test_openapi_describes_every_act(client: FlaskClient) -> None:
    """The acts' own schemas are published, and the body refers to them."""
    spec = client.get("/api/v1/openapi.json").json
    assert spec is not None
    known = spec["components"]["schemas"]
    assert schemas("").keys() <= known.keys()
    assert len(known["Act"]["oneOf"]) == len(Act.__args__)
    items = known["Acts"]["properties"]["acts"]["items"]
    assert items == {"$ref": "#/components/schemas/Act"}


# The pages


@pytest.fixture
def asha(app: Flask) -> Traveller:
    return Traveller(app.test_client())


@pytest.fixture
def page(asha: Traveller) -> Page:
    """Asha's trip to Jaipur."""
    return asha.plans("2 days in Jaipur, history")


def button(page: Page, name: str, **fields: Any) -> str:
    """What the button with this act sends."""
    groups = [*page.buttons.values(), *(it.buttons for it in page.forms)]
    for value in chain.from_iterable(groups):
        if value.startswith("["):
            [act] = json.loads(value)
            if act["act"] == name and fields.items() <= act.items():
                return value
    raise AssertionError(f"No button does {name}.")


def of_day(asha: Traveller, page: Page, name: str, *, day: int) -> str:
    """What the button of the day's own page sends."""
    return button(asha.get(f"{page.path}/days/{day}"), name, day=day)


def test_a_button_changes_the_plan(asha: Traveller, page: Page) -> None:
    """Without JavaScript: the form is sent, and the page comes with the change."""
    after = asha.send(page.changing, acts=of_day(asha, page, "calmer", day=1))
    assert after.path == page.path
    assert "Make day 1 calmer" in after.text
    assert after.stops < page.stops


def test_a_chip_of_a_reply_sends_its_acts(asha: Traveller, page: Page) -> None:
    """The suggested answers under a reply are acts, not words to be read again."""
    chip = page.choosing.buttons[0]
    assert json.loads(chip)[0]["act"]
    after = asha.send(page.choosing, acts=chip)
    assert after.status == 200
    assert after.html.count('class="message ') == 4


def test_undo_is_a_button(asha: Traveller, page: Page) -> None:
    """It takes the last change back, and the plan is as before."""
    changed = asha.send(page.changing, acts=of_day(asha, page, "calmer", day=1))
    undone = asha.send(changed.changing, acts=button(changed, "undo"))
    assert undone.stops == page.stops


def test_the_page_of_changes_restores(asha: Traveller, page: Page) -> None:
    """What changed is listed by day, and each version has a button back to it."""
    asha.send(page.changing, acts=of_day(asha, page, "calmer", day=1))
    listed = asha.get(f"{page.path}/versions")
    assert "Made day 1 calmer" in listed.text
    assert "Day 1:" in listed.text
    form = next(it for it in listed.forms if "restore" in str(it.buttons))
    back = asha.send(form, acts=form.buttons[0])
    assert back.path == page.path
    assert back.stops == page.stops


def test_a_forged_form_does_nothing(asha: Traveller, page: Page) -> None:
    """Acts are taken from our own forms alone, as texts are."""
    form = page.changing
    form.fields["form_token"] = "x"
    assert asha.send(form, acts=of_day(asha, page, "calmer", day=1)).status == 403


def test_a_button_that_cannot_be_read_is_refused(asha: Traveller, page: Page) -> None:
    """The page comes with the problem, and the plan is as it was."""
    for acts in ("", "[", "[" * 10_000, json.dumps([{"act": "fly"}])):
        refused = asha.send(page.changing, acts=acts)
        assert refused.status == 422
        assert refused.stops == page.stops


def test_a_field_that_cannot_be_read_is_refused(asha: Traveller, page: Page) -> None:
    """Of any form: the page comes with the problem, and the plan is as it was."""
    act = of_day(asha, page, "calmer", day=1)
    for field in ({"act.day": "soon"}, {"act.fuel": "1"}, {"act.day": "0"}):
        refused = asha.send(page.changing, acts=act, **field)
        assert refused.status == 422
        assert refused.stops == page.stops


def test_two_tabs_lose_nothing(asha: Traveller, page: Page) -> None:
    """A click on an older page is offered again on the new plan."""
    asha.send(page.changing, acts=of_day(asha, page, "calmer", day=1))
    late = asha.send(asha_form(page), acts=of_day(asha, page, "fuller", day=2))
    assert "The trip changed meanwhile" in late.text
    assert "Do it" in late.text


def asha_form(page: Page) -> Any:
    """The old page's form, with a key of its own as a new click has."""
    form = page.changing
    form.fields["turn_key"] = "00000000-0000-4000-8000-000000000001"
    return form


def test_buttons_hold_what_they_send(page: Page) -> None:
    """Each value is JSON of acts that the API would take, whatever the names hold."""
    values = re.findall(r"""name="acts" value=(["'])(.*?)\1""", page.html)
    assert values
    for _, value in values:
        assert json.loads(html.unescape(value))[0]["act"]
