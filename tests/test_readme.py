"""README tells the truth about commands and settings."""

from __future__ import annotations

import re
from pathlib import Path

from itinerary_app.catalogue.places import Catalogue

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


def test_every_named_file_exists() -> None:
    """Files that README names are there."""
    for name in re.findall(r"`((?:itinerary_app|tests|deploy)/[\w./-]+)`", README):
        assert (ROOT / name).exists(), name
