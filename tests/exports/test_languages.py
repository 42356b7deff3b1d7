"""Files in another language: only names, and what is kept, are in English."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from itinerary_app import language
from itinerary_app.exports.files import export
from itinerary_app.model import StopKind
from itinerary_app.text.dates import in_words
from tests.exports.plan import NOW, place, plan, stop, trip
from tests.translations import CLOSE, OPEN, bracketed

NOBODYS = "ia"  # whose every text is the English one in brackets
ON = date(2026, 12, 24)
INNERMOST = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")
FIRST = stop(place(), 600)
PLAN = plan(
    FIRST._replace(reason="Must-see"),
    stop(place("Hawa Mahal"), 720, StopKind.LUNCH)._replace(reason="Near Amber Fort"),
    on=ON,
)


@pytest.fixture
def nobodys(tmp_path: Path) -> None:
    """A language that brackets all its texts."""
    bracketed(NOBODYS, tmp_path)
    language.learn(NOBODYS, tmp_path)


def in_nobodys(kind: str) -> str:
    with language.using(NOBODYS):
        file = export(trip(PLAN), kind, first_day=None, now=NOW)
        assert file
        text = file.content.decode().replace("\r\n ", "").replace("\r", "")
        for name in ("Amber Fort", "Hawa Mahal", "Jaipur", in_words(ON), "Itinerary"):
            text = text.replace(name, "")
    before = None
    while before != text:
        before, text = text, INNERMOST.sub("", text)
    return text


@pytest.mark.usefixtures("nobodys")
def test_notes_for_people_leave_nothing_in_english() -> None:
    """Of Markdown only the source of facts, with its licence, is as it was."""
    left = set(re.findall(r"[^\W\d_]{3,}", in_nobodys("md")))
    assert left <= {
        "editorial",
        "https",
        "creativecommons",
        "org",
        "publicdomain",
        "zero",
    }


@pytest.mark.usefixtures("nobodys")
def test_a_calendar_is_told_in_the_language() -> None:
    """Its name, its events and what they say."""
    told = re.findall(
        r"^(?:SUMMARY|NAME|X-WR-CALNAME)[^:]*:(.*)$", in_nobodys("ics"), re.M
    )
    assert set(told) == {""}


def test_programs_read_the_same_in_every_language() -> None:
    """GeoJSON's kinds, modes and categories are no words for people."""
    made = {}
    for code in ("en", "de"):
        with language.using(code):
            file = export(trip(PLAN), "geojson", first_day=None, now=NOW)
            assert file
        made[code] = json.loads(file.content)
    english, german = (
        [
            {key: value for key, value in it["properties"].items() if key != "reason"}
            for it in made[code]["features"]
            if "stop" in it["properties"]
        ]
        for code in ("en", "de")
    )
    assert english == german
    assert made["de"]["title"] == "1 Tag in Jaipur"
    reasons = [it["properties"].get("reason") for it in made["de"]["features"]]
    assert reasons[:2] == ["Ein Muss", "Nahe Amber Fort"]


def test_a_reason_of_an_unknown_form_stays() -> None:
    """What was kept in another form, by an older version, is said as it is kept."""
    odd = replace(PLAN.days[0], stops=(FIRST,))
    with language.using("de"):
        file = export(trip(replace(PLAN, days=(odd,))), "md", first_day=None, now=NOW)
    assert file
    assert "A first visit's must" in file.content.decode()
