"""Why and why not, alternatives, and what speaks for a place."""

from __future__ import annotations

from dataclasses import replace

import pytest

from itinerary_app.acts.acts import Swap, Topic
from itinerary_app.acts.values import Meal, Reference
from itinerary_app.assistant.answers import Given
from itinerary_app.model import Category, Diet, Mobility
from tests.assistant.answers.asking import asked, scene
from tests.assistant.plans import plan

CAPITOLINE = "capitoline-museums"


def test_why() -> None:
    """A stop's reasons are its weight, the interests that it meets, and the wishes."""
    text = asked(Topic.WHY, place="pantheon").text
    assert text == (
        "Pantheon is planned on day 1 at 17:15: it is a sight that a first visit "
        "should not miss and it matches your interest in history and religion."
    )
    wished = scene(must_see=("pantheon",), locked=("pantheon",))
    text = asked(Topic.WHY, of=wished, place="pantheon").text
    assert "you asked for it, it is locked there" in text


WHY_NOT = (
    (CAPITOLINE, {"excluded": (CAPITOLINE,)}, "you took it out"),
    (CAPITOLINE, {"avoid": (Category.MUSEUM,)}, "you want no museums"),
    ("checchino-dal-1887", {"diets": (Diet.KOSHER,)}, "not known to serve kosher food"),
)


@pytest.mark.parametrize(("place", "wishes", "why"), WHY_NOT)
def test_why_not(place: str, wishes: dict[str, object], why: str) -> None:
    """What was said against a place is given as the reason."""
    assert why in asked(Topic.WHY_NOT, of=scene(**wishes), place=place).text


def test_why_so_many() -> None:
    """A kind is there for the interests that it meets, counted."""
    text = asked(Topic.WHY, kind="church").text
    assert text == (
        "Your plan has 4 churches; 3 of them match your interest in history; 4 of them "
        "match your interest in religion; a first visit should not miss St. Peter's "
        "Basilica."
    )


def test_why_not_by_facts() -> None:
    """Access and price that are known are given as reasons, with source or limit."""
    jaipur = scene("jaipur", spend_limit=4_150, mobility=(Mobility.STEP_FREE,))
    planned = {stop.place.id for stop in plan("jaipur").itinerary.stops}
    dear = next(it for it in jaipur.places if it.price and it.id not in planned)
    steep = next(
        it for it in jaipur.places if it.wheelchair == "no" and it.id not in planned
    )
    assert "of your limit of INR 4,150 is spent" in (
        asked(Topic.WHY_NOT, of=jaipur, place=dear.id).text
    )
    assert "no step-free access (from" in (
        asked(Topic.WHY_NOT, of=jaipur, place=steep.id).text
    )


def test_why_no_meal() -> None:
    """A meal that is planned is told with its place and hour, another is not there."""
    planned = asked(Topic.WHY_NOT, day=1, meal=Meal.DINNER)
    assert planned.text.startswith("It is planned: ")
    assert planned.stops
    seen = scene()
    assert seen.itinerary is not None
    day = replace(seen.itinerary.days[0], stops=())
    bare = replace(seen, itinerary=replace(seen.itinerary, days=(day,)))
    none = asked(Topic.WHY_NOT, of=bare, day=1, meal=Meal.DINNER)
    assert none.text == "There is no dinner planned on day 1."


def test_why_not_without_a_reason() -> None:
    """Where nothing speaks against a place, no reason is made up."""
    text = asked(Topic.WHY_NOT, place="capitoline-museums").text
    assert text.startswith("I find nothing that speaks against Capitoline Museums")


def test_why_not_what_is_far() -> None:
    """Of a place far from all stops the distance is given."""
    far = asked(Topic.WHY_NOT, of=scene("paris"), place="palace-of-versailles").text
    assert "your nearest stop, in a straight line" in far
    near = asked(Topic.WHY_NOT, place="doria-pamphilj-gallery").text
    assert "nearest stop" not in near


def test_why_not_an_unknown_place() -> None:
    """A place that is not in our list is said not to be."""
    text = asked(Topic.WHY_NOT, place=Reference(name="Louvre")).text
    assert "neither in your plan nor in my list" in text


def test_why_no_kind() -> None:
    """A kind is missing because the list has none, or because one wants none."""
    assert (
        asked(Topic.WHY_NOT, kind="mosque").text == "My list for Rome has no mosques."
    )
    text = asked(Topic.WHY_NOT, of=scene(avoid=(Category.MARKET,)), kind="market").text
    assert text == "You said that you want no markets."


def test_alternatives() -> None:
    """The caller's alternatives are offered, each as a swap."""
    others = [it for it in plan("rome").places if it.id == "capitoline-museums"]
    given = Given(alternatives=lambda place_id: others)
    answer = asked(Topic.ALTERNATIVES, place="pantheon", given=given)
    assert answer.text == (
        "Instead of Pantheon, these fit there: Capitoline Museums (museum)."
    )
    assert answer.chips[0].acts == (Swap(stop="pantheon", place="capitoline-museums"),)
    none = Given(alternatives=lambda place_id: ())
    text = asked(Topic.ALTERNATIVES, place="pantheon", given=none).text
    assert text == "I found nothing else that fits there instead of Pantheon."


def test_alternatives_to_a_meal() -> None:
    """A meal of a day is one stop, so its alternatives are given at once."""
    others = [it for it in plan("rome").places if it.id == "ba-ghetto"]
    given = Given(alternatives=lambda place_id: others)
    answer = asked(Topic.ALTERNATIVES, meal=Meal.DINNER, day=1, given=given)
    assert answer.text.startswith("Instead of Armando al Pantheon, these fit there: Ba")


def test_is_it_enough() -> None:
    """Of the plan it is said what it has of what there is; no judgement."""
    text = asked(Topic.OPINION).text
    assert "Your plan has 15 sights in 3 days, and " in text
    assert "that a first visit should not miss" in text


def test_is_a_day_too_much() -> None:
    """Of a day it is said how full it is; the judgement is the traveller's."""
    text = asked(Topic.OPINION, day=2).text
    assert text.startswith("Day 2 has 5 sights, 8 h 21 min at sights and on the way")


def test_opinion() -> None:
    """Worth is the list's weight and the interests; others may differ."""
    text = asked(Topic.OPINION, place="colosseum").text
    assert text == (
        "In our list Colosseum has weight 5 of 5: a sight that a first visit should "
        "not miss, and it goes with history; EUR 18. Others may see it differently."
    )
