"""A plan is shared by a link, seen by anybody, and no longer when its owner stops."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from itsdangerous import URLSafeSerializer

from itinerary_app.current import services
from itinerary_app.exports.files import MEDIA_TYPES
from itinerary_app.model import TripSession
from tests.web.talk import WISH, Caller
from tests.web.test_pages import HTTPS, Form, Page, Traveller

FIRST_DAY = "first_day=2026-12-24"


@pytest.fixture
def asha(app: Flask) -> Traveller:
    return Traveller(app.test_client())


@pytest.fixture
def visitor(app: Flask) -> Traveller:
    return Traveller(app.test_client())


@pytest.fixture
def program(app: Flask) -> Caller:
    return Caller(app.test_client())


def sharing(page: Page) -> Form:
    """The form that shares the plan, or stops it."""
    return next(form for form in page.forms if form.action.endswith("/share"))


def shares(traveller: Traveller, page: Page) -> Page:
    return traveller.send(sharing(page), shared="true")


def link(page: Page) -> str:
    """The path of the link for others."""
    href = page.ids["share-link"]["href"]
    assert href is not None
    return href.removeprefix(HTTPS)


def kept(app: Flask, page: Page) -> TripSession:
    """The trip as it is stored, without using it."""
    with app.app_context():
        trip = services().storage.get_session(page.path.split("/")[2], touch=False)
    assert trip is not None
    return trip


def test_a_shared_plan_is_seen_by_anybody(asha: Traveller, visitor: Traveller) -> None:
    """One button gives a link; without a cookie one sees days, map, sources, files."""
    trip = asha.plans()
    shared = link(shares(asha, trip))
    page = visitor.get(shared)
    assert page.status == 200
    assert {"day-1", "day-2", "day-3", "map", "plan-data"} <= page.ids.keys()
    assert page.stops == trip.stops
    assert "3 days in Jaipur" in page.text
    assert "Where the facts come from" in page.text
    kinds = re.findall(rf'"{shared}/plan\.(\w+)"', page.html)
    assert set(kinds) == set(MEDIA_TYPES)


def test_a_shared_plan_is_for_reading(
    app: Flask, asha: Traveller, visitor: Traveller
) -> None:
    """It can be copied, no more; nothing of the conversation or the owner is told."""
    trip = shares(asha, asha.plans(f"{WISH}, and my name is Zerlina"))
    page = visitor.get(link(trip))
    assert [
        form.action.rpartition("/")[2]
        for form in page.forms
        if ".ics" not in form.action
    ] == ["copy"]
    assert not re.search(r"<button(?! class=\"chip\"(?: type=\"button\"|>))", page.html)
    assert "Zerlina" not in page.html
    assert 'class="message' not in page.html
    assert kept(app, trip).session_id not in page.html


def test_looking_changes_nothing(
    app: Flask, asha: Traveller, visitor: Traveller
) -> None:
    """Visitors get no cookie, and the trip stays as it is."""
    trip = shares(asha, asha.plans())
    before = kept(app, trip)
    for path in (link(trip), f"{link(trip)}/plan.ics?{FIRST_DAY}"):
        answer = visitor.client.get(path, base_url=HTTPS)
        assert answer.status_code == 200
        assert "Set-Cookie" not in answer.headers
    assert kept(app, trip) == before


def test_looking_is_no_use(
    app: Flask, asha: Traveller, visitor: Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A trip expires an hour after its owner's last use, however often others look."""
    shared = link(shares(asha, asha.plans()))
    begun = datetime.now(UTC)
    with app.app_context():
        storage = services().storage
    for minutes, page, file in ((30, 200, 200), (58, 200, 200), (63, 404, 404)):
        now = begun + timedelta(minutes=minutes)
        monkeypatch.setattr(storage, "_clock", lambda now=now: now)
        assert visitor.get(shared).status == page
        assert visitor.get(f"{shared}/plan.gpx").status == file


def test_search_engines_and_caches_keep_off(
    asha: Traveller, visitor: Traveller
) -> None:
    """Page and files are not to be indexed, nor kept on the way."""
    shared = link(shares(asha, asha.plans()))
    for path in (shared, f"{shared}/plan.gpx"):
        answer = visitor.client.get(path, base_url=HTTPS)
        assert "noindex" in answer.headers["X-Robots-Tag"]
        assert answer.headers["Cache-Control"] == "no-store"
    assert '<meta name="robots" content="noindex' in visitor.get(shared).html


@pytest.mark.parametrize("kind", MEDIA_TYPES)
def test_a_shared_plan_is_taken_away(
    asha: Traveller, visitor: Traveller, kind: str
) -> None:
    """Visitors get each kind of file."""
    shared = link(shares(asha, asha.plans()))
    answer = visitor.client.get(f"{shared}/plan.{kind}?{FIRST_DAY}", base_url=HTTPS)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == MEDIA_TYPES[kind]


def test_the_link_ends_with_the_sharing(asha: Traveller, visitor: Traveller) -> None:
    """“Stop sharing” closes page and files; the trip stays its owner's."""
    trip = shares(asha, asha.plans())
    shared = link(trip)
    after = asha.send(sharing(trip), shared="false")
    assert after.status == 200
    assert "share-link" not in after.ids
    for path in (shared, f"{shared}/plan.gpx"):
        assert visitor.get(path).status == 404


def test_all_that_opens_nothing_looks_the_same(
    app: Flask, asha: Traveller, visitor: Traveller
) -> None:
    """Forged, never shared, deleted, without a plan: one and the same answer."""
    trip = shares(asha, asha.plans())
    gone = link(trip)
    mine = asha.get("/trips")
    asha.send(next(form for form in mine.forms if form.action.endswith("/delete")))
    unshared = kept(app, asha.plans()).session_id
    planless = asha.plans("I would like to visit Jaipur")
    with app.app_context():
        services().conversation.share(
            kept(app, planless).session_id, kept(app, planless).owner_hash, True
        )
        secret = services().settings.secret_key
    sign = URLSafeSerializer(secret, salt="share").dumps
    tokens = [
        gone.removeprefix("/shared/"),
        sign(unshared),
        sign(kept(app, planless).session_id),
        sign("no id"),
        sign({"any": ["thing"]}),
        URLSafeSerializer(secret, salt="other").dumps(unshared),
        URLSafeSerializer("y" * 40, salt="share").dumps(unshared),
        unshared,
        "x",
    ]
    pages = {
        (page.status, page.html)
        for token in tokens
        for page in (
            visitor.get(f"/shared/{token}"),
            visitor.get(f"/shared/{token}/plan.gpx"),
        )
    }
    assert len(pages) == 1
    assert pages.pop()[0] == 404


def test_only_the_owner_shares(asha: Traveller, visitor: Traveller) -> None:
    """Somebody else's form is 404, one without our token 403."""
    page = asha.plans()
    form = sharing(page)
    theirs = Form(form.action, visitor.get("/").writing.fields)
    assert visitor.send(theirs, shared="true").status == 404
    assert asha.send(Form(form.action), shared="true").status == 403
    assert "share-link" not in asha.get(page.path).ids


def test_the_link_shows_the_plan_as_it_is(asha: Traveller, visitor: Traveller) -> None:
    """After an edit the same link shows the new plan, and sharing goes on."""
    trip = shares(asha, asha.plans())
    changed = asha.send(trip.writing, text="add a day")
    assert link(changed) == link(trip)
    assert "day-4" in visitor.get(link(trip)).ids


def test_the_plan_of_a_former_city_is_shown(
    program: Caller, visitor: Traveller
) -> None:
    """While another city is thought about, the link shows the plan that there is."""
    path = program.begin()
    program.say(path, WISH)
    wishes = {"city": "Kyoto", "duration_days": None}
    program.call("PATCH", path, json={"preferences": wishes})
    shared = program.call("PATCH", path, json={"preferences": {"shared": True}}).json
    assert shared["itinerary"]["city"]["name"] == "Jaipur"
    assert "2 days in Jaipur" in visitor.get(shared["share_url"]).text
    file = visitor.get(f"{shared['share_url']}/plan.md")
    assert file.html.startswith("# 2 days in Jaipur")


def test_what_the_owner_eats_and_pays_is_not_shared(
    program: Caller, visitor: Traveller
) -> None:
    """The link tells what was checked of the plan, but nothing of personal wishes."""
    path = program.begin()
    program.say(path, WISH)
    wishes = {"diets": ["vegetarian"], "mobility": ["step_free"], "spend_limit": 900}
    patch = {"preferences": {**wishes, "shared": True}}
    shared = program.call("PATCH", path, json=patch).json
    checked = {check["key"] for check in shared["itinerary"]["checks"]}
    assert checked > {"diets", "mobility", "spending"}
    seen = visitor.get(shared["share_url"]).ids.keys()
    assert {it for it in checked if f"check-{it}" not in seen} == {
        "base",
        "budget",
        "company",
        "diets",
        "mobility",
        "pauses",
        "spending",
    }


def test_where_the_owner_sleeps_is_not_shared(
    program: Caller, visitor: Traveller
) -> None:
    """Neither on the page nor on its map nor in a file, and not by the ways either."""
    path = program.begin()
    program.say(path, WISH)
    wishes = {"base": "26.9001, 75.8001", "shared": True}
    trip = program.call("PATCH", path, json={"preferences": wishes}).json
    day = trip["itinerary"]["days"][0]
    assert (day["origin"]["lat"], day["origin"]["kind"]) == (26.9001, "base")
    assert day["stops"][0]["travel_minutes"] > 0
    for part in ("", "/plan.md", "/plan.gpx", "/plan.geojson"):
        seen = visitor.get(trip["share_url"] + part)
        assert "26.9001" not in seen.html
        assert "your base" not in seen.html
    for wishes in (
        {"base": "Hotel Quirinale"},
        {"bases": [{"where": "Quirinale", "city": "Jaipur", "night": -1}]},
        {"bases": [{"where": "Quirinale", "city": "Jaipur", "night": 9}]},
    ):
        program.call("PATCH", path, json={"preferences": wishes})
        assert "Quirinale" in str(program.call("GET", path).json["itinerary"]["notes"])
        assert "Quirinale" not in visitor.get(trip["share_url"]).html


PERSONAL = {  # what a traveller may wish, and what then told of it
    "interests": ["art"],
    "budget": "low",
    "diets": ["vegetarian"],
    "mobility": ["step_free"],
    "spend_limit": 97_531,
    "children": 2,
    "must_see": ["central-park-jaipur"],
    "notes": [{"amber-fort": "canary of mine"}],
    "skipped": ["dinner"],
    "base": "Canary Lodge",
    "start_date": "2027-12-24",
}
TOLD = (
    *(
        "97,531",
        r"97\,531",
        "97531",
        "limit",
        "vegetarian",
        "step-free",
        "Step-free",
        "On your list",
        "Matches",
    ),
    *("canary", "Canary", "with children", "you want", "your days"),
)


@pytest.mark.parametrize("cities", [["Jaipur"], ["Jaipur", "Agra"]])
def test_no_channel_tells_of_a_person(
    program: Caller, visitor: Traveller, cities: list[str]
) -> None:
    """What one wishes, eats, pays, can walk, noted or said is on the shared page and in
    no file of it, of one city or two; what holds for everybody is.
    """
    path = program.begin()
    legs = {"legs": [{"city": it, "nights": 2} for it in cities]}
    wishes = {**(legs if cities[1:] else {"city": "Jaipur", "duration_days": 2})}
    for some in (wishes, PERSONAL, {"shared": True}):
        answer = program.call("PATCH", path, json={"preferences": some})
        assert answer.status_code == 200, answer.json
        trip = answer.json
        program.say(path, "canary: go on")
    owned = str(program.call("GET", path).json["itinerary"])
    assert [
        it for it in ("97,531", "vegetarian", "On your list") if it not in owned
    ] == []
    for part in ("", *(f"/plan.{kind}" for kind in MEDIA_TYPES)):
        seen = visitor.get(trip["share_url"] + part)
        assert seen.status == 200
        text = seen.html.replace("\r\n ", "")  # a calendar's lines are folded
        assert [word for word in TOLD if word in text] == [], part
        assert "Christmas" in text


def test_a_shared_trip_with_a_bed_and_a_train_breaks_no_promise(
    program: Caller, visitor: Traveller
) -> None:
    """Where days begin is left out where one sleeps, and not held against the plan."""
    path = program.begin()
    program.say(path, "Delhi and Agra, 3 days, history")
    wishes = {"base": "near New Delhi Station", "shared": True}
    trip = program.call("PATCH", path, json={"preferences": wishes}).json
    origins = [day["origin"] for day in trip["itinerary"]["days"]]
    assert {it["kind"] for it in origins} == {"base", "station"}
    seen = visitor.get(trip["share_url"]).html
    assert "Agra Cantt" in seen
    assert 'class="check violated"' not in seen
    assert "is not told" not in seen


def test_programs_share_by_a_preference(program: Caller, visitor: Traveller) -> None:
    """PATCH with `shared` alone gives the session a share_url; false takes it away."""
    path = program.begin()
    program.say(path, WISH)
    before = program.call("GET", path).json
    assert "share_url" not in before
    on = program.call("PATCH", path, json={"preferences": {"shared": True}}).json
    assert on["preferences"] == {**before["preferences"], "shared": True}
    assert on["itinerary"] == before["itinerary"]
    assert on["share_url"].startswith("http://localhost/shared/")
    assert program.call("GET", path).json["share_url"] == on["share_url"]
    assert visitor.get(on["share_url"]).status == 200
    off = program.call("PATCH", path, json={"preferences": {"shared": False}}).json
    assert off["preferences"] == before["preferences"]
    assert "share_url" not in off
    assert visitor.get(on["share_url"]).status == 404


@pytest.mark.parametrize("value", [1, 0, "true", "yes", [], {}])
def test_only_true_and_false_share(program: Caller, value: object) -> None:
    """What merely looks like a boolean is refused, with its field."""
    path = program.begin()
    refused = program.call("PATCH", path, json={"preferences": {"shared": value}})
    assert refused.status_code == 422
    assert refused.json["errors"][0]["field"] == "preferences.shared"


def test_who_comes_by_air_shares_no_false_alarm(
    program: Caller, visitor: Traveller
) -> None:
    """The shared page does not judge where days begin: it does not know why there."""
    path = program.begin()
    program.say(path, "2 days in Vienna from 5 June 2027, landing at the airport at 10")
    trip = program.call("PATCH", path, json={"preferences": {"shared": True}}).json
    assert trip["preferences"]["arrive"] == "10:00"
    seen = visitor.get(trip["share_url"])
    assert "Open when you come" in seen.text
    assert "Not kept" not in seen.text
    assert "is where you sleep" not in seen.text


def test_a_shared_plan_is_copied_into_a_trip_of_ones_own(
    asha: Traveller, visitor: Traveller
) -> None:
    """It has the same stops, can be changed, and its owner's stays as it is."""
    page = asha.plans(WISH)
    seen = visitor.get(link(shares(asha, page)))
    form = next(it for it in seen.forms if it.action.endswith("/copy"))
    mine = visitor.send(form)
    assert mine.path != page.path
    assert mine.stops == page.stops
    assert "Stop sharing" not in mine.text
    changed = visitor.send(mine.changing, acts='[{"act": "remove_day", "day": 1}]')
    assert changed.stops < page.stops
    assert asha.get(page.path).stops == page.stops
    again = visitor.get(seen.path)  # by its owner's secret now
    form = next(it for it in again.forms if it.action.endswith("/copy"))
    assert visitor.send(form).path == mine.path
