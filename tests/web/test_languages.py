"""Pages in other languages than English: which one, and nothing left in English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from itinerary_app import language
from itinerary_app.app import create_app
from itinerary_app.catalogue.places import Catalogue
from itinerary_app.config import Settings
from tests.translations import CLOSE, OPEN, bracketed
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


def left_in_english(html: str, names: set[str]) -> list[str]:
    """What is neither a text of the catalogue, in brackets, nor a name."""
    found = []
    for text in Shown(html).texts:
        for name in names:
            text = text.replace(name, "")
        before = None
        while before != text:
            before, text = text, INNERMOST.sub("", text)
        if re.search(r"[^\W\d_]{2}", text):
            found.append(" ".join(text.split()))
    return found


@pytest.fixture
def names() -> set[str]:
    """Those of places, districts, cities and whoever told of them, the longest first."""
    places = Catalogue().places("Rome")
    told = {it.name for it in places} | {it.local_name or it.name for it in places}
    told |= {it.source for it in places} | {it.licence for it in places}
    told |= {city.name for city in Catalogue().cities} | {"Centro Storico"}
    return dict.fromkeys(sorted({*told, *NAMES}, key=len, reverse=True)).keys()  # type: ignore[return-value]


@pytest.fixture
def nobodys(settings: Settings, tmp_path: Path) -> Iterator[FlaskClient]:
    """The app in a language that brackets all its texts."""
    bracketed(NOBODYS, tmp_path)
    language.learn(NOBODYS, tmp_path)
    app = create_app(replace(settings, languages=("en", NOBODYS), tile_url=""))
    client = app.test_client()
    client.get(f"/?lang={NOBODYS}", base_url=HTTPS)
    yield client


def test_nothing_is_left_in_english(nobodys: FlaskClient, names: set[str]) -> None:
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
    left = {path: left_in_english(traveller.get(path).html, names) for path in paths}
    assert {path: some for path, some in left.items() if some} == {}


def test_errors_are_told_in_the_language(nobodys: FlaskClient, names: set[str]) -> None:
    """What is refused, though it was thought about in English, is told so, too."""
    traveller = Traveller(nobodys)
    for text in ("", "a" * 9_000):
        page = traveller.send(traveller.get("/").writing, text=text)
        assert page.status == 422
        assert left_in_english(page.html, names) == []


def test_left_overs_are_found(names: set[str]) -> None:
    """An English text outside brackets is found, in elements and attributes."""
    html = f'<p aria-label="Map">{OPEN}Day {OPEN}1{CLOSE}{CLOSE} in Rome</p><p lang="en">so</p>'
    assert left_in_english(html, names) == ["Map", "in"]
