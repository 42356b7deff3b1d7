"""A yes is a claim: whatever begins with Yes or No rests on facts that it names."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from itinerary_app.acts.acts import Topic
from itinerary_app.acts.values import Meal, Part
from itinerary_app.assistant import answers
from itinerary_app.assistant.answers.answer import Answer
from itinerary_app.assistant.answers.claims import OPTIONAL, Claim, claim
from itinerary_app.model import Category, Stop
from itinerary_app.text.clock import clock
from itinerary_app.text.words import hours
from tests.assistant.answers.asking import asked, scene
from tests.assistant.plans import NAMES, plan

FOLDER = Path(answers.__file__).parent
YES_OR_NO = re.compile(r"\W*(?:Yes|No)\b")
# What each sentence rests on; a new one belongs here with its facts.
FACTS = {
    Claim.PLANNED: {"name", "when"},
    Claim.NOT_PLANNED: {"name", "count"},
    Claim.KIND_PLANNED: {"count", "stops"},
    Claim.MEAL_PLANNED: {"meal", "stops"},
    Claim.NOTHING_PLANNED: {"count", "what"},
    Claim.OPEN: {"name", "time", "date", "hours", "source"},
    Claim.CLOSED: {"name", "time", "date", "hours", "source"},
}
DAYS = (None, 1, 2, "mon", "2026-12-25")
KINDS = (None, *Category, "food", "gelato")


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


@pytest.mark.parametrize("which", Claim)
def test_each_yes_and_no_has_its_facts(which: Claim) -> None:
    """Every template of a yes or no is listed here with the facts that it names."""
    assert fields(which) - OPTIONAL == FACTS[which]


@pytest.mark.parametrize("which", Claim)
def test_no_fact_no_claim(which: Claim) -> None:
    """A yes or no cannot be worded where one of its facts is empty."""
    for missing in FACTS[which]:
        told = dict.fromkeys(fields(which), "x") | {missing: ""}
        with pytest.raises(ValueError, match=missing):
            claim(which, **told)


def test_no_other_sentence_begins_so() -> None:
    """Only claims.py holds sentences that begin with Yes or No."""
    others = [
        f"{file.name}: {text}"
        for file, text in sentences()
        if file.name != "claims.py" and YES_OR_NO.match(text)
    ]
    assert others == []


def sentences() -> Iterator[tuple[Path, str]]:
    """All texts of the answers, in code and data."""
    for file in sorted(FOLDER.glob("*.py")):
        tree = ast.parse(file.read_text("utf-8"))
        docstrings = {
            node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and node not in docstrings:
                yield file, str(node.value)
    for file in sorted(FOLDER.glob("*.toml")):
        yield from ((file, text) for text in texts(tomllib.loads(file.read_text())))


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from texts(each) if key != "words" else ()
    elif isinstance(value, list):
        for each in value:
            yield from texts(each)


@pytest.mark.parametrize("name", NAMES)
def test_a_yes_names_a_stop_or_hours(name: str) -> None:
    """Over all plans, days, kinds, meals and places: each yes is borne out by facts."""
    heard = 0
    for answer, parts in everything(name):
        if not YES_OR_NO.match(answer.text):
            continue
        heard += 1
        stops = [stop for stop in plan(name).itinerary.stops if names(answer, stop)]
        is_yes = answer.text.startswith("Yes")
        if parts.get("time"):
            place = next(it for it in plan(name).places if it.id == parts["place"])
            assert hours(place).removeprefix("known hours: ") in answer.text
        elif is_yes:
            assert stops, answer.text
            assert all(clock(stop.arrive) in answer.text for stop in stops)
        elif parts.get("place"):
            planned = [stop.place.id for stop in plan(name).itinerary.stops]
            assert parts["place"] not in planned
        else:
            assert not any(fits(stop, parts) for stop in on(name, parts))
    assert heard > 50


def everything(name: str) -> Iterator[tuple[Answer, dict[str, Any]]]:
    seen = scene(name)
    for day in DAYS:
        for kind in KINDS:
            parts = {"day": day, "kind": kind}
            yield asked(Topic.INCLUDED, of=seen, **parts), parts
            for meal in Meal:
                parts = {"day": day, "meal": meal, "kind": kind}
                yield asked(Topic.INCLUDED, of=seen, **parts), parts
    for part in Part:
        parts = {"kind": "church", "part": part}
        yield asked(Topic.INCLUDED, of=seen, **parts), parts
    for place in seen.places:
        parts = {"place": place.id}
        for topic in Topic:
            yield asked(topic, of=seen, **parts), parts
        parts = {"place": place.id, "day": "mon", "time": "12:00"}
        yield asked(Topic.HOURS, of=seen, **parts), parts


def names(answer: Answer, stop: Stop) -> bool:
    name = re.escape(stop.place.name)
    return bool(re.search(rf"(?:: |, |and | at ){name} (?:on day|is pl)", answer.text))


def on(name: str, parts: dict[str, Any]) -> list[Stop]:
    days = plan(name).itinerary.days
    day = parts.get("day")
    return [stop for it in days for stop in it.stops if day in (None, it.number)]


def fits(stop: Stop, parts: dict[str, Any]) -> bool:
    begin, end = {
        None: (0, 3000),
        Part.MORNING: (0, 720),
        Part.AFTERNOON: (720, 1080),
        Part.EVENING: (1080, 3000),
    }[parts.get("part")]
    if not begin <= stop.arrive < end:
        return False
    meal, kind = parts.get("meal"), parts.get("kind")
    if meal and stop.kind.value != meal.value:
        return False
    return kind is None or kind == stop.place.category or kind in stop.place.interests


UNSUPPORTED = (
    ("free museum", "museum"),
    ("museum closed on Monday", "museum"),
    ("restaurant safe with a peanut allergy", "restaurant"),
    ("church with a view", "church"),
    ("restaurant with a terrace", "restaurant"),
    ("museum open late", "museum"),
    ("kid-friendly park", "park"),
)


@pytest.mark.parametrize(("about", "kind"), UNSUPPORTED)
def test_more_than_the_kind_gets_no_yes(about: str, kind: str) -> None:
    """Where more is asked for than a kind, the plan's having one is no yes."""
    answer = asked(Topic.INCLUDED, kind=kind, about=about)
    assert not YES_OR_NO.match(answer.text)
    assert about in answer.text
