"""README tells the truth about commands and settings."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from itinerary_app.assistant.reader import Scene
from itinerary_app.assistant.reading.reader import GrammarReader
from itinerary_app.catalogue.places import Catalogue
from tests.assistant.plans import plan

CATALOGUE = Catalogue()
ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text()


def test_every_setting_is_in_the_table() -> None:
    """Every variable that config.py reads is documented, and no other."""
    source = (ROOT / "itinerary_app" / "config.py").read_text()
    read = set(re.findall(r'env(?:\.get\(|,)\s*"([A-Z_]+)"', source))
    table = README.split("| variable |")[1].split("\n\n")[0]
    told = re.findall(r"^\| ([^|]*) \|", table, re.MULTILINE)
    documented = {name for cell in told for name in re.findall(r"`([A-Z_]+)`", cell)}
    assert documented == read


def test_every_make_command_exists() -> None:
    """The make commands that README names are targets with a description."""
    makefile = (ROOT / "Makefile").read_text()
    for command in re.findall(r"(?:^|`)make ([a-z]+)", README, re.MULTILINE):
        assert re.search(rf"^{command}:.*##", makefile, re.MULTILINE), command


def test_every_covered_city_is_named() -> None:
    """The cities that README names are those that have places."""
    sentence = re.search(r"- Covers ([^.]*)\.", README)
    assert sentence
    named = re.split(r", | and ", " ".join(sentence[1].split()))
    assert sorted(named) == sorted(city.name for city in Catalogue().cities)


SAYING = re.compile(r"“([^”]+)”")
ROME = plan("rome")


@pytest.mark.parametrize(
    "saying", SAYING.findall(" ".join(README.split("## The JSON API")[0].split()))
)
def test_what_it_says_that_one_can_say_is_read(saying: str) -> None:
    """Every saying of “What it can do” is read whole, planned or new."""
    reader = GrammarReader(CATALOGUE.places)
    today, cities = date(2026, 11, 28), CATALOGUE.cities
    new = Scene(today=today, cities=cities)
    planned = Scene(
        today=today,
        cities=cities,
        preferences=ROME.preferences,
        itinerary=ROME.itinerary,
        places=ROME.places,
    )
    reading = [reader.read(saying, scene) for scene in (new, planned)]
    assert any(it.acts and not it.unread for it in reading), reading


def test_every_named_file_exists() -> None:
    """Files that README names are there."""
    for name in re.findall(r"`((?:itinerary_app|tests|deploy)/[\w./-]+)`", README):
        assert (ROOT / name).exists(), name
