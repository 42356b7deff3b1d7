"""Others travel along: invited by a link, they look at a trip or change it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape

import pytest
from flask import Flask

from itinerary_app.app import create_app
from itinerary_app.config import Settings
from itinerary_app.current import KEY, services
from itinerary_app.model import Right
from tests.web.conftest import Dump
from tests.web.talk import SESSIONS, WISH, Caller
from tests.web.test_pages import HTTPS, Form, Page, Traveller

SENDER = re.compile(r'class="sender" data-by="(\w+)">([^<]+):<')
LINK = re.compile(rf'href="{HTTPS}(/join/[^"]+)"')


@pytest.fixture
def asha(app: Flask) -> Traveller:
    return Traveller(app.test_client())


@pytest.fixture
def ben(app: Flask) -> Traveller:
    return Traveller(app.test_client())


@pytest.fixture
def trip(asha: Traveller) -> Page:
    return asha.plans(WISH)


def form(page: Page, ending: str) -> Form:
    return next(it for it in page.forms if it.action.endswith(ending))


def invites(traveller: Traveller, trip: Page, right: str) -> str:
    """The path of the link that the trip's page shows afterwards."""
    page = traveller.send(form(traveller.get(trip.path), "/invitations"), right=right)
    return unescape(LINK.findall(page.html)[-1])


def joins(traveller: Traveller, link: str) -> Page:
    return traveller.send(form(traveller.get(link), link))


def says(traveller: Traveller, trip: Page, text: str) -> Page:
    """By a form of one's own, whether the page has one or not."""
    fields = {**traveller.get("/").writing.fields, "text": text}
    return traveller.send(Form(f"{trip.path}/messages", fields))


def test_an_editor_plans_along(asha: Traveller, ben: Traveller, trip: Page) -> None:
    """He sees the trip, marked, among his; what he says the owner sees."""
    page = joins(ben, invites(asha, trip, "edit"))
    assert page.path == trip.path
    assert page.stops == trip.stops
    assert "Shared with you, to plan together" in ben.get("/trips").text
    assert "Shared with you" not in asha.get("/trips").text
    after = ben.send(page.writing, text="make day 2 calmer")
    assert after.status == 200
    assert "make day 2 calmer" in asha.get(trip.path).text


def test_each_sees_who_said_what(asha: Traveller, ben: Traveller, trip: Page) -> None:
    """What others said has their name and colour; what one said oneself has none."""
    ben.send(joins(ben, invites(asha, trip, "edit")).writing, text="make day 2 calmer")
    hers, his = asha.get(trip.path).html, ben.get(trip.path).html
    assert SENDER.findall(hers) == [("2", "Companion 2")]
    assert SENDER.findall(his) == [("0", "Its owner")]
    assert hers.count("You:") == his.count("You:") == 1
    for at in ("/trips", "/audit"):
        assert "Companion 2" not in asha.get(at).html


def test_acts_are_signed_too(asha: Traveller, ben: Traveller, trip: Page) -> None:
    """Those of a button, which is told by its words."""
    page = joins(ben, invites(asha, trip, "edit"))
    form = next(it for it in page.forms if it.id == "change")
    ben.send(form, acts='[{"act": "lock", "day": 1}]')
    assert SENDER.findall(asha.get(trip.path).html) == [("2", "Companion 2")]


def test_a_note_is_not_called_private(
    asha: Traveller, ben: Traveller, trip: Page
) -> None:
    """A companion reads what the owner noted, and its field says so beforehand."""
    joins(ben, invites(asha, trip, "edit"))
    stop = re.search(rf'href="({trip.path}/stops/([^"]+))"', trip.html)
    assert stop
    field = asha.get(stop[1])
    assert "companions see" in field.text
    note = next(it for it in field.forms if "act.text" in it.fields)
    acts = json.dumps([{"act": "note", "stop": stop[2]}])
    asha.send(note, acts=acts, **{"act.text": "Ring twice"})
    assert "Ring twice" in ben.get(trip.path).text


def test_what_the_dismissed_said_is_nobody_elses(
    asha: Traveller, ben: Traveller, app: Flask, trip: Page
) -> None:
    """Not even theirs who has the same number now."""
    ben.send(joins(ben, invites(asha, trip, "edit")).writing, text="make day 2 calmer")
    for number in (2, 1):
        asha.send(form(asha.get(trip.path), f"/companions/{number}/dismiss"))
    carl = Traveller(app.test_client())
    assert joins(carl, invites(asha, trip, "edit")).status == 200
    assert "Companion 2 may change" in asha.get(trip.path).text
    for page in (asha.get(trip.path), carl.get(trip.path)):
        assert ("former", "A former companion") in SENDER.findall(page.html)


def test_a_looker_changes_nothing(asha: Traveller, ben: Traveller, trip: Page) -> None:
    """He has no form to change it, and what he sends all the same is refused."""
    page = joins(ben, invites(asha, trip, "look"))
    assert page.stops == trip.stops
    posts = {it.action for it in page.forms if not it.action.endswith(".ics")}
    assert posts == {f"{trip.path}/leave"}
    assert page.buttons == {}
    assert "Shared with you, to look at" in ben.get("/trips").text
    refused = says(ben, trip, "make day 2 calmer")
    assert refused.status == 403
    assert "You are invited to look at this trip, not to change it" in refused.text
    after, before = (
        it.ids["kept"]["data-version"] for it in (asha.get(trip.path), page)
    )
    assert after == before
    versions = ben.get(f"{trip.path}/versions")
    assert versions.status == 200
    assert versions.forms == []


OWNERS_ALONE = {
    "delete": {},
    "share": {"shared": "true"},
    "keep": {"kept": "true"},
    "invitations": {"right": "edit"},
    "companions/1/dismiss": {},
}
EDITORS_TOO = {"messages": {"text": "calmer"}, "acts": {"acts": '[{"act": "undo"}]'}}


@pytest.mark.parametrize("right", ["look", "edit"])
def test_what_is_the_owners_alone(
    asha: Traveller, ben: Traveller, trip: Page, right: str
) -> None:
    """No companion deletes, shares, keeps, invites or dismisses, by page or by word."""
    joins(ben, invites(asha, trip, right))
    before = asha.get(trip.path)
    fields = ben.get("/").writing.fields
    refused = OWNERS_ALONE if right == "edit" else OWNERS_ALONE | EDITORS_TOO
    for part, sent in refused.items():
        answer = ben.send(Form(f"{trip.path}/{part}", fields), **sent)
        assert answer.status == 403, part
    said = says(ben, trip, "share this plan")
    assert said.status == 403
    after = asha.get(trip.path)
    for name in ("data-version", "data-until"):
        assert after.ids["kept"][name] == before.ids["kept"][name]
    assert "share-link" not in after.ids


def test_every_route_of_a_trip_knows_rights(app: Flask) -> None:
    """A route that changes a trip is listed here, as the owner's alone or not."""
    posts = {
        rule.rule.removeprefix("/trips/<session_id>/").replace("<int:number>", "1")
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/trips/<session_id>/")
        and "POST" in (rule.methods or ())
    }
    assert posts == {*OWNERS_ALONE, *EDITORS_TOO, "leave"}


def test_the_invitation_says_nothing_of_the_trip(
    asha: Traveller, ben: Traveller, trip: Page
) -> None:
    """Its page has no name and no number of it, and tells no other site of itself; to
    look at it joins nobody.
    """
    link = invites(asha, trip, "edit")
    page = ben.get(link)
    assert page.status == 200
    for told in ("Jaipur", trip.path.split("/")[2], "food"):
        assert told not in page.html
    assert page.answer.headers["Referrer-Policy"] == "same-origin"
    assert page.answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert page.answer.headers["Cache-Control"] == "no-store"
    assert ben.get(trip.path).status == 404
    assert ben.get("/trips").text.count("Shared with you") == 0


def test_a_link_that_is_taken_back_lets_nobody_in(
    asha: Traveller, ben: Traveller, trip: Page, app: Flask
) -> None:
    """Also where a new one has its number; who joined before stays."""
    link = invites(asha, trip, "look")
    joins(ben, link)
    asha.send(form(asha.get(trip.path), "companions/1/dismiss"))
    another = invites(asha, trip, "look")
    assert another != link
    cleo = Traveller(app.test_client())
    gone = cleo.get(link)
    assert gone.status == 404
    assert "not good any more" in gone.text
    assert cleo.send(Form(link, ben.get("/").writing.fields)).status in (403, 404)
    assert ben.get(trip.path).status == 200
    for forged in (link[:-1], "/join/x", another + "x"):
        assert cleo.get(forged).status == 404


def test_a_dismissed_companion_is_a_stranger(
    asha: Traveller, ben: Traveller, trip: Page
) -> None:
    """At once; and may come again by a link that stands."""
    link = invites(asha, trip, "edit")
    joins(ben, link)
    asha.send(form(asha.get(trip.path), "companions/2/dismiss"))
    assert ben.get(trip.path).status == 404
    assert "Shared with you" not in ben.get("/trips").text
    assert says(ben, trip, "calmer").status == 404
    assert joins(ben, link).status == 200


def test_a_companion_leaves(asha: Traveller, ben: Traveller, trip: Page) -> None:
    """By a button of the trip's page, or of the list."""
    page = joins(ben, invites(asha, trip, "look"))
    assert "no trip here yet" in ben.send(form(page, "/leave")).text
    assert ben.get(trip.path).status == 404
    assert asha.get(trip.path).status == 200


def test_an_invitation_twice(asha: Traveller, ben: Traveller, trip: Page) -> None:
    """Joins once; one to change it gives more, one to look takes nothing away; the
    owner stays what he is.
    """
    look, edit = (invites(asha, trip, right) for right in ("look", "edit"))
    for link in (look, look, edit, look):
        joins(ben, link)
    assert ben.get(trip.path).writing
    assert asha.get(trip.path).text.count("may change the plan, since") == 1
    joins(asha, look)
    assert "Travel together" in asha.get(trip.path).text


def test_my_data_and_erasing(asha: Traveller, ben: Traveller, trip: Page) -> None:
    """A companion's file has that he is one, and no more; he erases that alone. The
    owner's trip goes for all.
    """
    joins(ben, invites(asha, trip, "edit"))
    own = ben.plans("2 days in Rome")
    data = ben.client.get("/privacy/my-data.json", base_url=HTTPS).json
    key = trip.path.split("/")[2]
    assert [it["session_id"] for it in data["trips"]] == [own.path.split("/")[2]]
    assert data["companion_of"] == [{"session_id": key, "right": "edit"}]
    theirs = asha.client.get("/privacy/my-data.json", base_url=HTTPS).json
    [told] = theirs["trips"]
    assert [(it["number"], it["joined"]) for it in told["companions"]] == [
        (1, False),
        (2, True),
    ]
    assert "hash" not in str(theirs)
    assert ben.get(f"/privacy/trips/{key}.json").status == 404
    erased = ben.send(form(ben.get("/privacy"), "/erase"))
    assert "1 trip erased" in erased.text
    page = asha.get(trip.path)
    assert page.status == 200
    assert "Companion 2" not in page.text


def test_the_owner_erases_for_all(asha: Traveller, ben: Traveller, trip: Page) -> None:
    """The trip is gone for its companions, too."""
    joins(ben, invites(asha, trip, "edit"))
    asha.send(form(asha.get("/privacy"), "/erase"))
    assert ben.get(trip.path).status == 404
    assert "no trip here yet" in ben.get("/trips").text


def test_signing_out_others_keeps_companions(
    asha: Traveller, ben: Traveller, trip: Page
) -> None:
    """Who gets a new secret has his own trips and those of others by it."""
    joins(ben, invites(asha, trip, "edit"))
    for traveller in (asha, ben):
        traveller.send(form(traveller.get("/privacy"), "/sign-out-others"))
        assert traveller.get(trip.path).status == 200
    assert ben.get(trip.path).writing


def test_what_polls_ask(asha: Traveller, ben: Traveller, trip: Page) -> None:
    """The version alone, 304 while it is the same; others learn nothing."""
    page = joins(ben, invites(asha, trip, "look"))
    url, known = page.ids["kept"]["data-live"], page.ids["kept"]["data-version"]
    assert url
    ask = {"If-None-Match": f'"{known}"'}
    same = ben.client.get(url, base_url=HTTPS, headers=ask)
    assert (same.status_code, same.data) == (304, b"")
    says(asha, trip, "make day 2 calmer")
    other = ben.client.get(url, base_url=HTTPS, headers=ask)
    assert (other.status_code, other.text) == (200, str(int(known or 0) + 1))
    stranger = Traveller(ben.client.application.test_client())
    assert stranger.get(url).status == 404


def test_two_change_it_at_once(asha: Traveller, ben: Traveller, trip: Page) -> None:
    """The later of two buttons on the same plan is not lost: it is offered again."""
    page = joins(ben, invites(asha, trip, "edit"))
    first = asha.get(trip.path)
    acts = '[{"act": "calmer", "day": %d}]'
    asha.send(first.changing, acts=acts % 1)
    later = ben.send(replace(page.changing), acts=acts % 2)
    assert "The trip changed meanwhile" in later.text
    assert "make day 2 calmer" in later.text.lower()


def test_programs_travel_together(kept: tuple[Flask, Dump]) -> None:
    """On each storage: invite, join, look, change, dismiss; no dump has the link."""
    app, dump = kept
    asha, ben, cleo = (Caller(app.test_client()) for _ in range(3))
    path = asha.begin()
    ben.begin(), cleo.begin()
    asked = {"json": {"right": "look"}}
    made = asha.call("POST", f"{path}/invitations", **asked)
    assert made.status_code == 201
    url = made.json["url"]
    token = url.rpartition("/")[2]
    assert token not in dump()
    joined = ben.call("POST", f"/api/v1/invitations/{token}")
    assert (joined.status_code, joined.json["session_id"]) == (201, path.split("/")[-1])
    seen = ben.call("GET", path).json
    assert (seen["right"], asha.call("GET", path).json["right"]) == ("look", "own")
    assert [it["joined"] for it in seen["companions"]] == [False, True]
    assert all("url" not in it for it in seen["companions"])
    assert asha.call("GET", path).json["companions"][0]["url"] == url
    refused = ben.say(path, "2 days in Rome")
    assert refused.status_code == 403
    assert "not to change it" in refused.json["detail"]
    listed = {it["right"] for it in ben.call("GET", SESSIONS).json["sessions"]}
    assert listed == {"own", "look"}
    edit = asha.call("POST", f"{path}/invitations", json={"right": "edit"}).json["url"]
    cleo.call("POST", f"/api/v1/invitations/{edit.rpartition('/')[2]}")
    assert cleo.say(path, "2 days in Jaipur").status_code == 201
    shared = cleo.call("PATCH", path, json={"preferences": {"shared": True}})
    assert shared.status_code == 403
    assert cleo.call("DELETE", path).status_code == 403
    assert asha.call("DELETE", f"{path}/companions/2").status_code == 204
    assert ben.call("GET", path).status_code == 404
    assert cleo.call("DELETE", f"{path}/companions/mine").status_code == 204
    assert cleo.call("GET", path).status_code == 404
    bad = asha.call("POST", f"{path}/invitations", json={"right": "own"})
    assert bad.status_code == 422


def test_the_trail_tells_who_acted(with_operators: Settings) -> None:
    """The owner's changes by the part of the app, a companion's by his number, too;
    who came and went by number and right. Never a hash.
    """
    app = create_app(with_operators)
    asha, ben = Traveller(app.test_client()), Traveller(app.test_client())
    trip = asha.plans(WISH)
    joins(ben, invites(asha, trip, "edit"))
    says(ben, trip, "make day 2 calmer")
    says(asha, trip, "make day 1 calmer")
    asha.send(form(asha.get(trip.path), "companions/2/dismiss"))
    with app.app_context():
        database = services().database()
        with database.connect() as connection:
            events = connection.execute(
                "SELECT kind, actor, detail FROM session_events ORDER BY seq"
            ).fetchall()
    said = [actor for kind, actor, _ in events if kind == "turn"]
    assert said == ["web:pages", "web:pages companion 2", "web:pages"]
    came = [
        (it["number"], it["is"], it["right"])
        for kind, _, it in events
        if kind == "companion"
    ]
    assert came == [
        (1, "invited", "edit"),
        (2, "joined", "edit"),
        (2, "dismissed", None),
    ]
    assert all("hash" not in str(detail) for *_, detail in events)
    runner = app.test_cli_runner()
    verified = runner.invoke(args=["audit", "verify"])
    assert verified.exit_code == 0, verified.output
    app.extensions[KEY].storage.close()


def test_rights_are_in_order() -> None:
    """Whoever may do more may do all that is less."""
    assert [*Right] == [Right.LOOK, Right.EDIT, Right.OWN]
