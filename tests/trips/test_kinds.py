"""Promises about wishes for a kind of place, as they are said and answered."""

from __future__ import annotations

import pytest

from itinerary_app.assistant.reading.reader import GrammarReader
from itinerary_app.model import Itinerary
from itinerary_app.storage.memory import MemoryStorage
from tests.trips.scripted import ALICE, CATALOGUE, manager


def _said(text: str) -> tuple[str, Itinerary]:
    """What is answered to a first message, and the plan."""
    storage = MemoryStorage()
    talk = manager(storage, GrammarReader(CATALOGUE.places))
    session = talk.start(ALICE).session_id
    answer = talk.send(session, text, "one", owner_hash=ALICE).assistant.content
    plan = talk.trip(session, ALICE).itinerary
    assert plan is not None
    return answer, plan


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("istanbul 3 days, boat trip", "boat", "Bosphorus Cruise (Eminönü)"),
        ("cairo 2 days, a museum", "museum", "Grand Egyptian Museum"),
        ("sydney 3 days, opera", "opera", "Sydney Opera House"),
    ],
)
def test_a_kind_that_is_there_is_not_added(text: str, kind: str, name: str) -> None:
    """The stop that serves it is named, and nothing comes for it."""
    answer, plan = _said(text)
    [day] = [day for day in plan.days for it in day.stops if it.place.name == name]
    assert f"For “{kind}”: {name} is on day {day.number} already." in answer


def test_what_comes_for_a_kind_says_for_which() -> None:
    """A Broadway show is one wish, and no jazz club."""
    answer, plan = _said("new york 3 days, a broadway show")
    assert "For “broadway”: Broadway Theater District is on day" in answer
    assert {it.place.name for it in plan.stops if it.place.category == "show"} == {
        "Broadway Theater District"
    }


def test_an_unknown_kind_is_told() -> None:
    """And brings no other place in."""
    answer, _ = _said("rome 3 days, a waterfall")
    assert "I know no place for “waterfall” in Rome." in answer
    assert "Nothing in your plan had to change" not in answer


def test_street_food_is_a_meal() -> None:
    """It takes a meal's place and is no sight."""
    answer, plan = _said("istanbul 3 days, street food")
    [stop] = [it for it in plan.stops if it.place.category == "street_food"]
    assert stop.kind != "visit"
    assert f"For “street food”: {stop.place.name} is on day" in answer


def test_what_no_name_says_is_told() -> None:
    """Of an Opera House show the house is known, a show in it is not."""
    answer, _ = _said("sydney 3 days, opera house show")
    assert "Sydney Opera House is on your list." in answer
    assert "I did not get “show”." in answer


def test_each_city_has_its_own_of_a_kind_of_sight() -> None:
    """Who likes food markets finds one in Rome and one in Florence."""
    answer, plan = _said("Rome and Florence, 5 days, museums and food markets")
    for part in plan.parts():
        assert {"museum", "market"} <= {it.place.category for it in part.stops}
        kinds = [it for it in part.stops if it.place.category == "market"]
        assert any(it.place.name in answer for it in kinds)


def test_a_show_is_wished_for_once() -> None:
    """A flamenco show in Madrid or in Barcelona is one evening."""
    _, plan = _said("Madrid and Barcelona 6 days, a flamenco show")
    assert sum(it.place.category == "show" for it in plan.stops) == 1
