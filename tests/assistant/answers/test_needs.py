"""Access and diets: what sources know, and what they do not."""

from __future__ import annotations

from itinerary_app.acts.acts import Topic
from itinerary_app.acts.values import Meal
from tests.assistant.answers.asking import asked, scene


def test_access_of_a_place() -> None:
    """Known access has its source; steps inside are not claimed."""
    assert asked(Topic.ACCESS, place="pantheon").text == (
        "Pantheon: wheelchairs get in (from wikivoyage-fr GPX of 2016-10-20). How many "
        "steps there are inside I don't know."
    )
    text = asked(Topic.ACCESS, place="suppli-roma").text
    assert "not known to me" in text
    text = asked(Topic.ACCESS, of=scene("jaipur"), place="amber-fort").text
    assert "known to have no step-free access" in text


def test_access_of_the_plan() -> None:
    """Known, in part and not known are named apart."""
    text = asked(Topic.ACCESS, day=1).text
    assert text.startswith("As far as known on day 1, wheelchairs get in: Borghese")
    assert "access not known: Roscioli" in text


def test_diets() -> None:
    """Diets that are known have their source; others and allergies are not claimed."""
    text = asked(Topic.DIETS, place="pizzarium-bonci").text
    assert text.startswith("Pizzarium Bonci is known to serve vegetarian food (from")
    assert "allergies I know nothing" in text
    assert "not known to me" in asked(Topic.DIETS, place="da-enzo-al-29").text


def test_diets_of_the_meals() -> None:
    """Of all dinners: those that are known, and where to ask."""
    text = asked(Topic.DIETS, meal=Meal.DINNER).text
    assert text == (
        "Pizzarium Bonci serves vegetarian food; Supplì Roma serves vegetarian food; "
        "not known of Armando al Pantheon: ask there before you sit down."
    )
