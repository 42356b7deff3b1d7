"""The pages, used as a browser without JavaScript uses them: by their forms."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from itinerary_app.app import create_app
from itinerary_app.config import Settings
from itinerary_app.current import services
from itinerary_app.errors import StorageUnavailable, VersionConflict

HTTPS = "https://localhost"  # or the __Host- cookie is not sent
WISH = "3 days in Jaipur, we love food and history"


@dataclass
class Form:
    action: str
    fields: dict[str, str] = field(default_factory=dict)
    buttons: list[str] = field(default_factory=list)
    id: str = ""


class Page(HTMLParser):
    """What a traveller sees and can send."""

    def __init__(self, response: TestResponse) -> None:
        super().__init__()
        self.answer = response
        self.status = response.status_code
        self.path = response.request.path
        self.html = response.get_data(as_text=True)
        self.forms: list[Form] = []
        self.ids: dict[str, dict[str, str | None]] = {}
        self.buttons: dict[str, list[str]] = {}  # outside of their form, by its id
        self.text = ""
        self._textarea: str | None = None
        self.feed(self.html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if identity := given.get("id"):
            self.ids[identity] = given
        name, value = given.get("name") or "", given.get("value") or ""
        if tag == "form":
            self.forms.append(Form(given["action"] or "", id=given.get("id") or ""))
        elif tag == "input":
            self.forms[-1].fields[name] = value
        elif tag == "textarea":
            self._textarea = name
            self.forms[-1].fields[name] = ""
        elif tag == "button" and value:
            if owner := given.get("form"):
                self.buttons.setdefault(owner, []).append(value)
            else:
                self.forms[-1].buttons.append(value)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._textarea:
            fields = self.forms[-1].fields
            fields[self._textarea] = fields[self._textarea].removeprefix("\n")
            self._textarea = None

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self.forms[-1].fields[self._textarea] += data
        else:
            self.text += data

    @property
    def writing(self) -> Form:
        """The form one writes into."""
        return next(form for form in self.forms if "text" in form.fields)

    @property
    def choosing(self) -> Form:
        """The first form whose buttons are texts or acts to send."""
        return next(form for form in self.forms if form.buttons)

    @property
    def changing(self) -> Form:
        """The form that the buttons at the stops send."""
        return next(form for form in self.forms if form.id == "change")

    @property
    def stops(self) -> int:
        return len([identity for identity in self.ids if identity.startswith("stop-")])


class Traveller:
    """One browser: its cookies, and what it does."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def get(self, path: str) -> Page:
        return Page(self.client.get(path, base_url=HTTPS))

    def send(self, form: Form, **typed: Any) -> Page:
        return Page(
            self.client.post(
                form.action,
                base_url=HTTPS,
                data={**form.fields, **typed},
                content_type="multipart/form-data",
                headers={"Origin": HTTPS, "Sec-Fetch-Site": "same-origin"},
                follow_redirects=True,
            )
        )

    def plans(self, text: str = WISH) -> Page:
        return self.send(self.get("/").writing, text=text)


@pytest.fixture
def asha(app: Flask) -> Traveller:
    return Traveller(app.test_client())


@pytest.fixture
def ben(app: Flask) -> Traveller:
    return Traveller(app.test_client())


def test_a_wish_becomes_a_plan(asha: Traveller) -> None:
    """One sentence on the start page leads to a trip with its days."""
    page = asha.plans()
    assert page.status == 200
    assert re.fullmatch(r"/trips/[0-9a-f-]{36}", page.path)
    assert {"day-1", "day-2", "day-3"} <= page.ids.keys()
    assert "day-4" not in page.ids
    assert WISH in page.text
    assert page.stops >= 6


def test_an_example_starts_a_trip(asha: Traveller) -> None:
    """An example on the start page is one click."""
    form = asha.get("/").choosing
    assert asha.send(form, text=form.buttons[0]).stops > 0


def test_the_covered_cities_are_named(app: Flask, asha: Traveller) -> None:
    """The start page names every city that has places."""
    page = asha.get("/")
    with app.app_context():
        assert all(city.name in page.text for city in services().cities)


def test_a_quick_reply_answers_the_question(asha: Traveller) -> None:
    """Where the planner asks, its suggested answers are buttons that work."""
    page = asha.plans("I would like to visit Jaipur")
    assert page.stops == 0
    answer = page.choosing.buttons[0]
    assert "What do you love most?" in asha.send(page.choosing, acts=answer).text


def test_a_message_changes_the_plan(asha: Traveller) -> None:
    """An edit by chat is made, and both messages stand in the conversation."""
    page = asha.plans()
    after = asha.send(page.writing, text="make day 2 calmer")
    assert after.path == page.path
    assert "make day 2 calmer" in after.text
    assert after.html.count('class="message ') == 4


def test_unknown_facts_are_called_unknown(asha: Traveller) -> None:
    """Hours and prices that no source tells are said to be unknown."""
    text = asha.plans("5 days in Jaipur for temples").text
    assert "hours unknown" in text
    assert "price unknown" in text
    assert "(estimated)" in text


def test_sources_and_licences_are_named(app: Flask, asha: Traveller) -> None:
    """Every source of a shown place is credited with its licence."""
    page = asha.plans()
    assert "Where the facts come from" in page.text
    assert "CC BY-SA" in page.text


def test_the_page_says_how_long_a_trip_is_kept(asha: Traveller) -> None:
    """Start page and trip page state the settings, not a wish."""
    start, trip = asha.get("/"), asha.plans()
    for page in (start, trip):
        assert "60 minutes" in page.text
    assert "24 hours" in start.text
    assert "never beyond" in trip.text


def test_my_trips_lists_and_deletes(asha: Traveller) -> None:
    """A trip is listed with its city and days, and can be deleted for good."""
    trip = asha.plans()
    mine = asha.get("/trips")
    assert "3 days in Jaipur" in mine.text
    assert "Planned" in mine.text
    after = asha.send(mine.forms[0])
    assert "3 days in Jaipur" not in after.text
    assert "deleted" in after.text
    assert asha.get(trip.path).status == 404


def test_my_trips_say_when_each_one_is(asha: Traveller) -> None:
    """A row has the trip's dates, or says that there are none yet."""
    asha.plans("3 days in Jaipur from 24 December 2098")
    asha.plans("2 days in Kyoto")
    mine = asha.get("/trips")
    assert "24 – 26 December 2098" in mine.text
    assert mine.text.count("no dates yet") == 1


def test_no_trips_yet(asha: Traveller) -> None:
    """Who has no trip, and not even a cookie, sees an empty list."""
    page = asha.get("/trips")
    assert page.status == 200
    assert "There is no trip here yet" in page.text
    assert [it.action for it in page.forms] == ["/privacy/open"]


def test_a_double_click_makes_one_trip(asha: Traveller) -> None:
    """The start form sent twice is one trip with one message."""
    form = asha.get("/").writing
    first = asha.send(form, text=WISH)
    second = asha.send(form, text=WISH)
    assert second.path == first.path
    assert second.html.count('class="message user"') == 1
    assert asha.get("/trips").html.count('class="trip-link"') == 1


def test_another_text_from_the_same_form_is_another_trip(asha: Traveller) -> None:
    """Back, another wish, send: a new trip rather than a complaint about keys."""
    form = asha.get("/").writing
    first = asha.send(form, text=WISH)
    second = asha.send(form, text="2 days in Kyoto for temples")
    assert second.status == 200
    assert second.path != first.path


def test_a_message_sent_twice_is_said_once(asha: Traveller) -> None:
    """The trip's form sent twice is one turn."""
    form = asha.plans().writing
    asha.send(form, text="make day 2 calmer")
    assert asha.send(form, text="make day 2 calmer").html.count("message user") == 2


@pytest.mark.parametrize(
    ("text", "complaint"),
    [("   ", "empty"), ("a" * 8_001, "8,001"), ("nul\0here", "U+0000")],
)
def test_bad_input_keeps_the_text(asha: Traveller, text: str, complaint: str) -> None:
    """What cannot be a message comes back in the form, with the reason."""
    page = asha.send(asha.get("/").writing, text=text)
    assert page.status == 422
    assert complaint in page.text
    assert page.writing.fields["text"].replace("\ufffd", "\0") == text
    assert "There is no trip here yet" in asha.get("/trips").text


def test_bad_input_keeps_the_text_in_a_trip(asha: Traveller) -> None:
    """In a trip, too; and the trip is still to be seen."""
    page = asha.send(asha.plans().writing, text="a" * 8_001)
    assert page.status == 422
    assert page.writing.fields["text"] == "a" * 8_001
    assert page.stops > 0


def test_the_longest_message_of_any_script_is_accepted(asha: Traveller) -> None:
    """8,000 letters are fine, however many bytes they take."""
    text = "जयपुर " + "क" * 7_994
    assert asha.plans(text).status == 200


def test_lines_and_leading_space_survive_a_refusal(asha: Traveller) -> None:
    """The form gives back the lines as typed."""
    text = "\nfirst\nsecond " + "a" * 8_000
    page = asha.send(asha.get("/").writing, text=text.replace("\n", "\r\n"))
    assert page.writing.fields["text"] == text


def test_somebody_elses_trip_is_not_found(asha: Traveller, ben: Traveller) -> None:
    """Another traveller gets 404: to see it, to delete it, to write to it."""
    page = asha.plans()
    ben.get("/")
    assert ben.get(page.path).status == 404
    form = ben.get("/").writing
    assert ben.send(Form(f"{page.path}/delete", form.fields)).status == 404
    assert asha.get(page.path).status == 200


def test_who_has_the_address_of_a_trip_alone_is_told_what_opens_it(
    asha: Traveller, ben: Traveller
) -> None:
    """An address that was passed on is no invitation; a kept file opens by My trips."""
    lost = ben.get(asha.plans().path)
    assert "need an invitation" in lost.text
    assert 'href="/trips"' in lost.html
    assert "invitation" not in ben.get("/nowhere").text


def test_a_message_to_a_lost_trip_keeps_the_text(
    asha: Traveller, ben: Traveller
) -> None:
    """The text of a message to an expired trip can be sent to a new one."""
    asha.plans()
    trip = Form("/trips/0b0e7b3a-0000-4000-8000-000000000000/messages")
    trip.fields = asha.get("/").writing.fields
    page = asha.send(trip, text=WISH)
    assert page.status == 404
    assert page.writing.action == "/trips"
    assert page.writing.fields["text"] == WISH
    assert asha.send(page.writing).stops > 0


def test_a_storage_that_is_away_keeps_the_text(
    app: Flask, asha: Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While trips cannot be reached the text stays, with its turn key."""
    form = asha.plans().writing
    with app.app_context():
        storage = services().storage

    def away(*args: object, **kwargs: object) -> None:
        raise StorageUnavailable

    with monkeypatch.context() as broken:
        broken.setattr(storage, "get_session", away)
        page = asha.send(form, text="make day 2 calmer")
    assert page.status == 503
    assert page.writing.fields["text"] == "make day 2 calmer"
    assert page.writing.fields["turn_key"] == form.fields["turn_key"]
    assert asha.send(page.writing).status == 200


def test_a_plan_that_has_to_wait_too_long_keeps_the_text(settings: Settings) -> None:
    """Where too many are planned at once, the text stays and one reads what to do."""
    hurried = Traveller(
        create_app(replace(settings, plan_timeout=timedelta())).test_client()
    )
    page = hurried.plans()
    assert page.status == 503
    assert "try again in a few seconds" in page.text
    assert page.writing.fields["text"] == WISH


def test_a_trip_that_others_write_to_keeps_the_text(
    app: Flask, asha: Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A conflict shows the trip as it is now, and the text, ready to send again."""
    form = asha.plans().writing

    def taken(session_id: str, *args: object, **kwargs: object) -> None:
        raise VersionConflict(session_id, expected=1, actual=2)

    with app.app_context():
        monkeypatch.setattr(services().storage, "update_session", taken)
    page = asha.send(form, text="make day 2 calmer")
    assert page.status == 409
    assert page.writing.fields["text"] == "make day 2 calmer"
    assert page.stops > 0


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}"]
)
def test_messages_are_text_and_nothing_else(asha: Traveller, text: str) -> None:
    """Markup in a message is shown as it was written."""
    page = asha.plans(f"{WISH} {text}")
    assert f"{WISH} {text}" in page.text
    assert text not in page.html or "<" not in text


def test_earlier_messages_have_their_page(app: Flask, asha: Traveller) -> None:
    """Of a long conversation the newest 50 are shown; a link leads to the rest."""
    page = asha.plans()
    for number in range(30):
        page = asha.send(page.writing, text=f"remark {number}")
    assert page.html.count('class="message ') == 50
    link = re.search(r'href="([^"]+before=\d+)"', page.html)
    assert link
    older = asha.get(link[1])
    assert WISH in older.text
    assert "remark 29" not in older.text
    assert older.html.count('class="message ') == 12


@pytest.mark.parametrize("before", ["0", "-1", "x", "9" * 30, ""])
def test_a_strange_page_number_shows_the_newest(asha: Traveller, before: str) -> None:
    """Nonsense in the address is no error."""
    trip = asha.plans()
    assert WISH in asha.get(f"{trip.path}?before={before}").text


def test_pages_hold_no_inline_code(asha: Traveller) -> None:
    """Nothing that the content security policy would have to forbid."""
    for page in (asha.get("/"), asha.plans(), asha.get("/trips")):
        assert not re.search(r"<style|\sstyle=|\son\w+=", page.html)
        inline = re.findall(r"<script(?![^>]*\ssrc=)[^>]*>", page.html)
        assert all('type="application/json"' in script for script in inline)
        assert not re.search(r'(?:src|<link[^>]*href)="(?:https?:)?//', page.html)


def test_every_field_has_a_label(asha: Traveller) -> None:
    """Each text field is named for those who do not see it."""
    for page in (asha.get("/"), asha.plans()):
        assert "<label" in page.html
        assert 'for="text"' in page.html
        assert page.ids["text"]["name"] == "text"
