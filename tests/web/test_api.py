"""The JSON API as a program uses it, from creation to deletion."""

from __future__ import annotations

import json
import re
import uuid
from datetime import datetime

import pytest
from flask import Flask

from itinerary_app.web.schemas import TurnSchema
from tests.web.talk import SESSIONS, WISH, Caller

OWNERS_FIELDS = {
    "session_id",
    "created_at",
    "last_accessed",
    "preferences",
    "itinerary",
    "conversation_history",
    "clarifying_questions_count",
}
NEW_FIELDS = {
    *("version", "message_count", "expires_at", "ends_at", "right", "companions")
}


@pytest.fixture
def program(app: Flask) -> Caller:
    return Caller(app.test_client())


def test_a_session_is_the_owners_data_structure(program: Caller) -> None:
    """A session has exactly the agreed fields; times are UTC with a Z."""
    created = program.create()
    session = program.call("GET", program.begin()).json
    assert set(session) == OWNERS_FIELDS | NEW_FIELDS
    assert set(created.json) == OWNERS_FIELDS | NEW_FIELDS | {"token"}
    assert str(uuid.UUID(session["session_id"])) == session["session_id"]
    assert session["created_at"].endswith("Z")
    assert datetime.fromisoformat(session["created_at"]).utcoffset() is not None
    assert session["preferences"] == {}
    assert session["itinerary"] is None
    assert session["conversation_history"] == []


def test_a_trip_is_planned_by_talking(program: Caller) -> None:
    """Create, say a wish, read the plan: real places, day by day, with times."""
    path = program.begin()
    turn = program.say(path, WISH)
    assert turn.status_code == 201
    assert [turn.json["user"]["role"], turn.json["assistant"]["role"]] == [
        "user",
        "assistant",
    ]
    plan = program.call("GET", f"{path}/itinerary").json
    assert plan["city"]["name"] == "Jaipur"
    assert len(plan["days"]) == 2
    for stop in plan["days"][0]["stops"]:
        assert re.fullmatch(r"\d\d:\d\d", stop["arrive"])
        assert {"hours", "price", "source", "licence"} <= set(stop["place"])
    session = program.call("GET", path).json
    assert session["itinerary"] == plan
    assert session["preferences"]["city"] == "Jaipur"
    assert session["preferences"]["interests"] == ["food", "history"]
    said = [message["content"] for message in session["conversation_history"]]
    assert said == [WISH, turn.json["assistant"]["content"]]


def test_a_turn_is_told_as_the_conversation_lists_it(program: Caller) -> None:
    """The messages of a turn's answer, chips and all, are those of the list, and what
    the description promises.
    """
    path = program.begin()
    turn = program.say(path, WISH).json
    listed = program.call("GET", f"{path}/messages").json["messages"]
    assert [turn["user"], turn["assistant"]] == listed
    assert turn["assistant"]["chips"]
    acts = {"acts": [{"act": "calmer", "day": 1}]}
    again = program.call("POST", f"{path}/acts", json=acts).json
    listed = program.call("GET", f"{path}/messages").json["messages"]
    assert [again["user"], again["assistant"]] == listed[2:]
    assert set(again) == set(TurnSchema().fields)


def test_a_public_holiday_is_named_everywhere(program: Caller) -> None:
    """On the page, in the API and in what can be taken away, with its day."""
    path = program.begin()
    program.say(path, "2 days in Paris from 30 April 2027")
    plan = program.call("GET", f"{path}/itinerary").json
    assert plan["holidays"] == [{"day": 2, "date": "2027-05-01", "name": "Labor Day"}]
    assert any("Day 2 is a public holiday, Labor Day" in it for it in plan["notes"])
    trip = path.rpartition("/")[2]
    page = program.call("GET", f"/trips/{trip}").get_data(as_text=True)
    assert '<small class="holiday">Labor Day</small>' in page


def test_unknown_hours_and_bookings_are_marked(program: Caller) -> None:
    """By day and place in the API, in words on the page and in files."""
    path = program.begin()
    program.say(path, "2 days in Rome, I want to see the Borghese Gallery")
    plan = program.call("GET", f"{path}/itinerary").json
    stops = [(day["number"], it) for day in plan["days"] for it in day["stops"]]
    unknown = [(number, it) for number, it in stops if it["place"]["hours"] is None]
    assert plan["unknown_hours"] == [
        {"day": number, "place": it["place"]["id"]} for number, it in unknown
    ]
    [booked] = [it for _, it in stops if it["place"]["id"] == "borghese-gallery"]
    assert booked["place"]["booking"] == "needed"
    assert any("Book ahead: " in it and "Borghese" in it for it in plan["notes"])
    checks = {check["key"]: check["verdict"] for check in plan["checks"]}
    assert checks["booking"] == "ok"
    trip = path.rpartition("/")[2]
    page = program.call("GET", f"/trips/{trip}").get_data(as_text=True)
    assert '<span class="booking">book ahead</span>' in page
    assert page.count("hours unknown") >= len(unknown)
    notes = program.call("GET", f"{path}/itinerary.md").get_data(as_text=True)
    assert "Book ahead" in notes


def test_a_question_comes_with_quick_replies_and_is_counted(program: Caller) -> None:
    """A clarifying question offers answers and raises the counter by one."""
    path = program.begin()
    answer = program.say(path, "Jaipur please").json["assistant"]
    assert answer["quick_replies"]
    assert program.call("GET", path).json["clarifying_questions_count"] == 1


def test_no_plan_yet(program: Caller) -> None:
    """Before there is a plan, its address answers 404 and says what to do."""
    answer = program.call("GET", f"{program.begin()}/itinerary")
    assert answer.status_code == 404
    assert "Tell where to" in answer.json["detail"]


def test_creation_takes_preferences(program: Caller) -> None:
    """Preferences may be given at once; Location and ETag come with the answer."""
    wishes = {"city": "Jaipur", "duration_days": 2, "pace": "relaxed"}
    created = program.create(json={"preferences": wishes})
    assert created.status_code == 201
    assert created.json["preferences"] == wishes
    program.token = created.json["token"]
    read = program.call("GET", created.headers["Location"])
    assert read.json["preferences"] == wishes
    assert read.headers["ETag"] == created.headers["ETag"]


def test_wishes_come_back_as_they_were_sent(program: Caller) -> None:
    """Times, pairs and legs have one form, in and out."""
    wishes = {
        "arrive": "15:30",
        "legs": [{"city": "Rome", "nights": 2}, {"city": "Florence"}],
        "at_most": [{"museum": 1}],
        "times": [{"colosseum": "10:00"}],
        "stays": [{"colosseum": 90}],
        "skipped": ["lunch"],
        "meal_times": [{"dinner": "21:00"}],
    }
    created = program.create(json={"preferences": wishes})
    assert created.json["preferences"] == {"city": "Rome", **wishes}


def test_the_same_message_key_gives_the_first_answer(program: Caller) -> None:
    """A repeated Idempotency-Key is answered 200 with the first turn, stored once."""
    path = program.begin()
    first = program.say(path, WISH, Idempotency_Key="turn-1")
    again = program.say(path, WISH, Idempotency_Key="turn-1")
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json == {**first.json, "replayed": True}
    assert program.call("GET", path).json["message_count"] == 2


def test_a_key_stands_for_one_text(program: Caller) -> None:
    """The same key with another text is refused; the first turn stays."""
    path = program.begin()
    program.say(path, "Jaipur", Idempotency_Key="turn-1")
    refused = program.say(path, "Kyoto", Idempotency_Key="turn-1")
    assert refused.status_code == 422
    assert "Use a new key" in refused.json["detail"]
    assert program.call("GET", path).json["message_count"] == 2


def test_creation_is_idempotent_for_one_owner(program: Caller) -> None:
    """With a token and a key, creation sent twice makes one session."""
    program.begin()
    ids = {
        program.create(headers={"Idempotency-Key": "trip-1"}).json["session_id"]
        for _ in range(2)
    }
    assert len(ids) == 1
    assert len(program.call("GET", SESSIONS).json["sessions"]) == 2


def test_a_change_is_merged(program: Caller) -> None:
    """PATCH changes what it names; null forgets; the rest stays."""
    path = program.begin()
    for patch in ({"pace": "packed", "budget": "low"}, {"budget": None}):
        changed = program.call("PATCH", path, json={"preferences": patch})
    assert changed.status_code == 200
    assert changed.json["preferences"] == {"pace": "packed"}


def test_a_change_makes_the_plan_anew(program: Caller) -> None:
    """A plan follows the preferences that PATCH changes."""
    path = program.begin()
    program.say(path, WISH)
    program.call("PATCH", path, json={"preferences": {"duration_days": 1}})
    assert len(program.call("GET", f"{path}/itinerary").json["days"]) == 1


def test_an_old_version_is_not_overwritten(program: Caller) -> None:
    """If-Match with an outdated ETag is a conflict; nothing is written."""
    path = program.begin()
    old = program.call("GET", path).headers["ETag"]
    patch = {"json": {"preferences": {"pace": "packed"}}, "headers": {"If-Match": old}}
    assert program.call("PATCH", path, **patch).status_code == 200
    patch["json"] = {"preferences": {"pace": "relaxed"}}
    conflict = program.call("PATCH", path, **patch)
    assert conflict.status_code == 409
    assert program.call("GET", path).json["preferences"] == {"pace": "packed"}


def test_messages_come_in_pages(app: Flask, program: Caller) -> None:
    """`limit` gives the newest, oldest first; `next_before` leads to the start."""
    path = program.begin()
    for word in ("hello", "hi", "hey"):
        program.say(path, word)
    seen, before = [], None
    while True:
        query = {"limit": 4} | ({"before": before} if before else {})
        page = program.call("GET", f"{path}/messages", query_string=query).json
        seen = [message["seq"] for message in page["messages"]] + seen
        before = page["next_before"]
        if before is None:
            break
    assert seen == [1, 2, 3, 4, 5, 6]


def test_history_limits_the_messages_of_a_session(program: Caller) -> None:
    """`history=1` gives the newest message, `history=0` none."""
    path = program.begin()
    program.say(path, "hello")
    for history, count in ((1, 1), (0, 0)):
        session = program.call("GET", path, query_string={"history": history}).json
        assert len(session["conversation_history"]) == count
        assert session["message_count"] == 2


def test_a_deleted_session_is_gone(program: Caller) -> None:
    """DELETE answers 204; afterwards every address of the session is 404."""
    path = program.begin()
    assert program.call("DELETE", path).status_code == 204
    assert program.call("DELETE", path).status_code == 404
    assert program.call("GET", path).status_code == 404
    assert program.say(path, "hello").status_code == 404
    assert program.call("GET", SESSIONS).json["sessions"] == []


def test_sessions_come_in_pages(program: Caller) -> None:
    """The newest first; `next_cursor` leads to the last of them, and each is seen once
    though one is used meanwhile.
    """
    begun = [program.begin() for _ in range(3)]
    seen, cursor = [], None
    while True:
        query = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        page = program.call("GET", SESSIONS, query_string=query).json
        seen += page["sessions"]
        cursor = page["next_cursor"]
        if cursor is None:
            break
        program.say(begun[0], "hello")
    assert [f"{SESSIONS}/{it['session_id']}" for it in seen] == begun[::-1]
    assert "token" not in seen[0]


@pytest.mark.parametrize(
    "query",
    [{"cursor": "x"}, {"cursor": "1.1"}, {"cursor": ""}, {"limit": 0}, {"limit": 101}],
)
def test_what_is_no_page_is_refused(program: Caller, query: dict[str, object]) -> None:
    """A cursor that is none of ours, a limit out of bounds: 422."""
    program.begin()
    refused = program.call("GET", SESSIONS, query_string=query)
    assert refused.status_code == 422


def test_patterns_are_read_alike_everywhere(program: Caller) -> None:
    """Each pattern of the description has its anchors, in words of ECMA-262."""
    text = program.call("GET", "/api/v1/openapi.json").get_data(as_text=True)
    patterns = [json.loads(it) for it in re.findall(r'"pattern":\s*(".*?[^\\]")', text)]
    assert len(patterns) >= 4
    for pattern in patterns:
        assert pattern.startswith("^"), pattern
        assert pattern.endswith((r"(?![\s\S])", "$")), pattern
        assert r"\Z" not in pattern


def test_the_description_is_openapi_and_complete(app: Flask, program: Caller) -> None:
    """/api/v1/openapi.json is OpenAPI 3.1 and describes every method of the API."""
    answer = program.call("GET", "/api/v1/openapi.json")
    assert answer.json["openapi"].startswith("3.1")
    described = {
        (path, method.upper())
        for path, methods in answer.json["paths"].items()
        for method in methods
        if method != "parameters"
    }
    served = {
        (re.sub(r"<(?:[^<>]+:)?(\w+)>", r"{\1}", rule.rule), method)
        for rule in app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
        if rule.endpoint.startswith(("api.", "my_data.", "company.", "invitations."))
    }
    assert described == served


def test_the_description_names_the_errors(program: Caller) -> None:
    """Every method's errors are described as what they are: problem documents."""
    spec = program.call("GET", "/api/v1/openapi.json").json
    for path in spec["paths"].values():
        for name, method in path.items():
            if name != "parameters":
                assert "default" in method["responses"]
    for error in spec["components"]["responses"].values():
        assert list(error["content"]) == ["application/problem+json"]


def test_ramadan_is_named_everywhere(program: Caller) -> None:
    """On the page, in the API, in the chat and in what can be taken away."""
    path = program.begin()
    program.say(path, "2 days in Cairo from 15 February 2027")
    plan = program.call("GET", f"{path}/itinerary").json
    assert [it["name"] for it in plan["holidays"]] == ["Ramadan", "Ramadan"]
    trip = path.rpartition("/")[2]
    page = program.call("GET", f"/trips/{trip}").get_data(as_text=True)
    assert '<small class="holiday">Ramadan</small>' in page
    turn = program.say(path, "is it Ramadan then?")
    assert (
        "It is Ramadan on Monday 15 February 2027" in turn.json["assistant"]["content"]
    )
    text = program.call("GET", f"/trips/{trip}/plan.md").get_data(as_text=True)
    assert "Monday 15 February 2027, Ramadan" in text


def test_a_site_has_one_ticket_everywhere(program: Caller) -> None:
    """Its price stands once, at the part where one comes first; so the API says it."""
    path = program.begin()
    program.say(path, "2 days in Rome with the Colosseum, Roman Forum, Palatine Hill")
    plan = program.call("GET", f"{path}/itinerary").json
    names = {
        stop["place"]["id"]: stop["place"]["name"]
        for day in plan["days"]
        for stop in day["stops"]
    }
    site = {"colosseum", "roman-forum", "palatine-hill"}
    bought = {it["place"]: it["ticket_of"] for it in plan["tickets"]}
    [first] = set(bought.values())
    assert bought.keys() | {first} == site
    trip = path.rpartition("/")[2]
    page = program.call("GET", f"/trips/{trip}").get_data(as_text=True)
    told = f"<span>included in the ticket of {names[first]}</span>"
    assert page.count(told) == len(bought)
    assert page.count("<span>EUR 18 (") == 1
