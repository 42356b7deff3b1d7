"""Pages in other languages than English: which one, and nothing left in English."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from itinerary_app import language
from itinerary_app.app import create_app
from itinerary_app.catalogue.places import Catalogue
from itinerary_app.config import Settings
from itinerary_app.current import services
from itinerary_app.text.dates import briefly, span
from itinerary_app.web import shown
from itinerary_app.web.security import COOKIE, owner_of
from tests.exports.plan import place, plan, stop
from tests.translations import CLOSE, OPEN, bracketed
from tests.web.talk import SESSIONS, Caller
from tests.web.test_pages import HTTPS, Traveller

NOBODYS = "eo"  # whose every text is the English one in brackets
WISH = "2 days in Rome from 24 December 2027, relaxed, vegetarian, we love art"
VOID = "area base br col embed hr img input link meta source track wbr".split()
SAID = ("aria-label", "title", "placeholder", "alt", "data-says")
NAMES = (  # that are the same in all languages
    "Itinerary", "GPX", "GeoJSON", "Markdown", "OpenStreetMap", "Google Maps",
    "Apple Maps", "JavaScript", "UTC", "English", "Esperanto", "EUR", "EN", "EO",
)  # fmt: skip
INNERMOST = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")


class Shown(HTMLParser):
    """The texts of a page that are in its own language."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._open: list[tuple[str, bool]] = []  # tags, and whether within is counted
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        counts = self._counts and not self._is_other(tag, given)
        if self._counts:
            self.texts += [
                given[it] or "" for it in SAID if it in given and tag != "textarea"
            ]
        if tag not in VOID:
            self._open.append((tag, counts))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._counts:
            self.texts.append(data)

    @property
    def _counts(self) -> bool:
        return not self._open or self._open[-1][1]

    @staticmethod
    def _is_other(tag: str, given: dict[str, str | None]) -> bool:
        """Whether it is in another language, or in none: code, a date, an address."""
        return (
            tag in ("script", "style", "time", "svg", "textarea")
            or (given.get("lang") or NOBODYS) != NOBODYS
            or given.get("translate") == "no"
            or "user" in (given.get("class") or "")
            or (given.get("href") or "").startswith(
                ("http://localhost", "https://localhost")
            )
        )


def left_in_english(html: str, names: list[str]) -> list[str]:
    """What is neither a text of the catalogue, in brackets, nor a name."""
    text, before = "\n".join(Shown(html).texts), ""
    for name in names:
        text = text.replace(name, "")
    while before != text:
        before, text = text, INNERMOST.sub("", text)
    return [
        " ".join(it.split())
        for it in text.splitlines()
        if re.search(r"[^\W\d_]{2}", it)
    ]


@pytest.fixture
def names() -> list[str]:
    """Those of places, districts and cities, and of sources; the longest first."""
    places = Catalogue().places("Rome")
    told = {it.name for it in places} | {it.local_name or it.name for it in places}
    told |= {it.source for it in places} | {it.licence for it in places}
    told |= {city.name for city in Catalogue().cities} | {"Centro Storico"}
    return sorted({*told, *NAMES}, key=len, reverse=True)


@pytest.fixture
def asha(app: Flask) -> Traveller:
    return Traveller(app.test_client())


@pytest.fixture
def ben(app: Flask) -> Traveller:
    return Traveller(app.test_client())


@pytest.fixture
def nobodys(settings: Settings, tmp_path: Path) -> FlaskClient:
    """The app in a language that brackets all its texts."""
    bracketed(NOBODYS, tmp_path)
    language.learn(NOBODYS, tmp_path)
    app = create_app(replace(settings, languages=("en", NOBODYS), tile_url=""))
    client = app.test_client()
    client.get(f"/?lang={NOBODYS}", base_url=HTTPS)
    return client


def spoken(client: FlaskClient, path: str = "/", **headers: str) -> str:
    """The language of the page that a browser with these headers gets."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    answer = client.get(path, base_url=HTTPS, headers=named)
    found = re.search(r'<html lang="([^"]+)"', answer.get_data(as_text=True))
    assert found
    assert answer.headers["Content-Language"] == found[1]
    assert {"Accept-Language", "Cookie"} <= set(answer.vary)
    return found[1]


@pytest.mark.parametrize(
    ("asked", "got"),
    [
        ("", "en"),
        ("de", "de"),
        ("de-AT,de;q=0.9,en;q=0.8", "de"),
        ("es-MX", "es"),
        ("fr,es;q=0.5,de;q=0.4", "es"),
        ("fr", "en"),
        ("*", "en"),
    ],
)
def test_the_browser_asks_for_a_language(
    client: FlaskClient, asked: str, got: str
) -> None:
    """The one it likes best of those there are, else the first; the page says which."""
    assert spoken(client, Accept_Language=asked) == got


def test_the_first_language_is_for_all_others(settings: Settings) -> None:
    """LANGUAGES has the one first that is for whoever asks for none of them."""
    client = create_app(replace(settings, languages=("es", "en"))).test_client()
    assert spoken(client) == "es"
    assert spoken(client, Accept_Language="de") == "es"
    assert spoken(client, Accept_Language="en") == "en"


def test_with_one_language_there_is_nothing_to_choose(settings: Settings) -> None:
    """Nor is a link offered."""
    client = create_app(replace(settings, languages=("de",))).test_client()
    assert spoken(client, Accept_Language="en") == "de"
    assert "?lang=" not in client.get("/", base_url=HTTPS).text


def test_a_traveller_chooses(asha: Traveller) -> None:
    """A link on each page shows it in another language, which is kept from then on."""
    page = asha.get("/trips")
    assert 'href="?lang=de" lang="de" hreflang="de"' in page.html
    assert spoken(asha.client, "/trips?lang=de") == "de"
    assert spoken(asha.client, "/privacy", Accept_Language="es") == "de"
    assert spoken(asha.client, "/?lang=xx") == "de"
    assert spoken(asha.client, "/?lang=en") == "en"
    assert spoken(asha.client, "/", Accept_Language="es") == "en"


def test_a_refused_message_has_links_that_lead_somewhere(asha: Traveller) -> None:
    """What a form answered cannot be asked for in another language: the trip can."""
    trip = asha.plans()
    refused = asha.send(trip.writing, text="")
    assert refused.status == 422
    assert f'href="{trip.path}?lang=de"' in refused.html
    assert spoken(asha.client, f"{trip.path}?lang=de") == "de"


def test_what_is_said_is_kept_in_english(asha: Traveller) -> None:
    """A turn asked for on a German page says and plans in English, marked as such."""
    asha.get("/?lang=de")
    page = asha.plans("3 days in Jaipur from 24 December 2027, relaxed, no museums")
    assert re.search(r'<p lang="en">(<span class="folded">)?Here', page.html), page.html
    assert "Der Chat versteht und antwortet zurzeit auf Englisch" in page.html
    assert "<h1>3 Tage in Jaipur</h1>" in page.html
    with asha.client.application.app_context():
        kept = services().conversation.trip(
            page.path.removeprefix("/trips/"),
            owner_of(asha.client.get_cookie(COOKIE, domain="localhost").value),
        )
    said = kept.conversation_history[-1].content
    assert re.search("[äöüß]|Tage|Uhr", said) is None
    assert {"Must-see"} <= {stop.reason for stop in kept.itinerary.stops}


def test_no_language_is_left_behind(asha: Traveller, ben: Traveller) -> None:
    """A request in German leaves the next one, of somebody else, as it is."""
    asha.get("/?lang=de")
    assert spoken(ben.client) == "en"
    assert language.current() == language.ENGLISH


def test_a_look_in_one_language_is_none_in_another(asha: Traveller) -> None:
    """What was worked out for the German page is not what the English one shows."""
    trip = asha.plans()
    texts = [asha.get(f"{trip.path}?lang={it}").html for it in ("de", "en")]
    assert ["No place twice" in it for it in texts] == [False, True]


def test_what_is_good_to_know_is_in_the_language(app: Flask, asha: Traveller) -> None:
    """Kept in English, and marked as that only where it has to stay so."""
    page = asha.get(f"{asha.plans().path}?lang=de")
    assert "<li>Die Wegzeiten sind geschätzt" in page.html
    odd = replace(plan(stop(place(), 600)), notes=("Bring an umbrella.",))
    with app.test_request_context(), language.using("de"):
        assert '<li lang="en">Bring an umbrella.</li>' in shown.plan(odd).days


def test_files_are_in_the_language(asha: Traveller) -> None:
    """A calendar, a route and notes are as the pages; what programs read is not."""
    trip = asha.plans("2 days in Rome from 24 December 2027").path
    asha.get("/?lang=de")
    markdown = asha.client.get(f"{trip}/plan.md", base_url=HTTPS)
    assert markdown.text.startswith("# 2 Tage in Rome\n")
    assert "## Tag 1, Freitag, 24. Dezember 2027" in markdown.text
    assert "Mittagessen · Restaurant" in markdown.text
    assert "\n- Start und Ende deiner Tage: die Mitte" in markdown.text
    assert 'filename="2-tage-in-rome.md"' in markdown.headers["Content-Disposition"]
    calendar = asha.client.get(f"{trip}/plan.ics", base_url=HTTPS).text
    assert "SUMMARY:Mittagessen: " in calendar
    assert "Die Wegzeiten sind geschätzt" in calendar.replace("\r\n ", "")
    route = asha.client.get(f"{trip}/plan.gpx", base_url=HTTPS)
    assert "Die Wegzeiten sind geschätzt" in route.text
    places = asha.client.get(f"{trip}/plan.geojson", base_url=HTTPS).json
    stops = [
        it["properties"] for it in places["features"] if "stop" in it["properties"]
    ]
    assert {"lunch", "dinner", "visit"} >= {it["kind"] for it in stops}
    assert "Ein Muss" in {it["reason"] for it in stops}


def test_the_api_is_english(client: FlaskClient) -> None:
    """Whatever a program's library asks for."""
    caller = Caller(client)
    caller.begin()
    headers = {"Accept-Language": "de"}
    answer = caller.call("GET", f"{SESSIONS}/{uuid4()}", headers=headers)
    assert answer.json["detail"] == "There is no such trip, or it has expired."


def test_links_for_others_say_the_language(asha: Traveller, ben: Traveller) -> None:
    """A calendar that subscribes asks for no language: its address does; an answer in
    one is none in another.
    """
    asha.get("/?lang=de")
    trip = asha.plans("2 days in Rome from 24 December 2027")
    page = asha.send(trip.changing, acts='[{"act": "share"}]')
    feed = re.search(r'href="webcal://localhost([^"]+)"', page.html)
    assert feed
    assert feed[1].endswith("?lang=de")
    german = ben.client.get(feed[1], base_url=HTTPS)
    assert "2 Tage in Rome" in german.text
    english = ben.client.get(
        feed[1].removesuffix("?lang=de"),
        base_url=HTTPS,
        headers={"If-None-Match": german.headers["ETag"]},
    )
    assert english.status_code == 200
    assert "2 days in Rome" in english.text
    assert spoken(ben.client) == "en"  # no picture or file chooses for the pages


def test_nothing_is_left_in_english(nobodys: FlaskClient, names: list[str]) -> None:
    """Of what pages show, only names and what was said in the chat are English."""
    traveller = Traveller(nobodys)
    trip = traveller.plans(WISH)
    place_id = re.search(r'data-place="([^"]+)"', trip.html)
    assert place_id
    page = traveller.send(trip.changing, acts='[{"act": "share"}]')
    shared = re.search(r'id="share-link" href="https?://[^/]+([^"]+)"', page.html)
    assert shared
    paths = [
        *("/", "/trips", "/privacy", "/offline", "/nothing"),
        trip.path,
        f"{trip.path}/versions",
        f"{trip.path}/versions/1",
        f"{trip.path}/days/1",
        f"{trip.path}/days/9",
        f"{trip.path}/days/1/places",
        f"{trip.path}/days/1/places?kind=museum&name=xyz",
        f"{trip.path}/stops/{place_id[1]}",
        shared[1],
    ]
    with language.using(NOBODYS):
        days = date(2027, 12, 24), date(2027, 12, 25)
        names = [span(*days), *map(briefly, days), *names]
    left = {path: left_in_english(traveller.get(path).html, names) for path in paths}
    assert {path: some for path, some in left.items() if some} == {}


def test_errors_are_told_in_the_language(
    nobodys: FlaskClient, names: list[str]
) -> None:
    """What is refused, though it was thought about in English, is told so, too."""
    traveller = Traveller(nobodys)
    for text in ("", "a" * 9_000):
        page = traveller.send(traveller.get("/").writing, text=text)
        assert page.status == 422
        assert left_in_english(page.html, names) == []


def test_left_overs_are_found(names: list[str]) -> None:
    """An English text outside brackets is found, in elements and attributes."""
    inner = f"{OPEN}Day {OPEN}1{CLOSE}{CLOSE} in Rome"
    html = f'<p aria-label="Map">{inner}</p><p lang="en">so</p>'
    assert left_in_english(html, names) == ["Map", "in"]
