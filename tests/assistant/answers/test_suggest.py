"""Suggestions: each with a reason from facts."""

from __future__ import annotations

from itinerary_app.acts.acts import Add, SetCity, Topic
from itinerary_app.acts.values import Meal
from itinerary_app.model import Category, Diet, Interest
from tests.assistant.answers.asking import asked, scene
from tests.assistant.plans import plan


def test_what_to_see() -> None:
    """The best that is not planned, with its weight and the interests that it meets."""
    answer = asked(Topic.SUGGEST)
    planned = {stop.place.id for stop in plan("rome").itinerary.stops}
    assert planned.isdisjoint(answer.stops)
    assert answer.text.startswith(
        "From my list for Rome, not planned yet: St. John Lateran: church, well known, "
        "it matches history and religion"
    )
    assert answer.chips[0].acts == (Add(place="st-john-lateran"),)


def test_what_to_eat_near_a_day() -> None:
    """Where to eat is near that day's stops and keeps to the diet."""
    of = scene("paris", diets=(Diet.VEGAN,))
    answer = asked(Topic.SUGGEST, of=of, meal=Meal.DINNER, day=2)
    serves = {place.id: place.diets for place in of.places}
    assert answer.stops
    assert all(Diet.VEGAN in serves[place_id] for place_id in answer.stops)
    assert " km from " in answer.text


def test_what_to_eat_by_words() -> None:
    """Asked what to eat, places to eat are named."""
    answer = asked(Topic.SUGGEST, about="what should we eat")
    kinds = {place.id: place.category for place in plan("rome").places}
    assert {kinds[it] for it in answer.stops} <= {
        Category.RESTAURANT,
        Category.CAFE,
        Category.STREET_FOOD,
    }


def test_what_is_avoided_is_not_suggested() -> None:
    """Kinds that one does not want are left out."""
    answer = asked(Topic.SUGGEST, of=scene(avoid=(Category.MUSEUM, Category.CHURCH)))
    kinds = {place.id: place.category for place in plan("rome").places}
    assert Category.CHURCH not in {kinds[place_id] for place_id in answer.stops}


def test_where_to_go_by_interest() -> None:
    """A city is suggested for how many places it has of what one loves."""
    answer = asked(Topic.SUGGEST, of=scene(None, interests=(Interest.NIGHTLIFE,)))
    assert "places in my list for nightlife" in answer.text
    assert isinstance(answer.chips[0].acts[0], SetCity)


def test_where_it_is_warm() -> None:
    """Warmth is read from latitude and month, and the latitude is given."""
    text = asked(Topic.SUGGEST, of=scene(None), about="somewhere warm in december").text
    assert "Singapore: it lies at 1° north, in the tropics" in text
    assert "Stockholm" not in text


def test_where_in_a_region_or_near_a_city() -> None:
    """A region narrows the cities down; near a city the nearest come first."""
    india = asked(Topic.SUGGEST, of=scene(None), about="maybe india").text
    assert india.startswith("From the 4 cities that I can plan in India: ")
    near = asked(Topic.SUGGEST, of=scene(None), about="near rome").text
    assert "Florence: 233 km from Rome in a straight line" in near
    about = "Somewhere in Europe, not too far from Munich, good food"
    far = asked(Topic.SUGGEST, of=scene(None), about=about).text
    assert "km from Munich in a straight line" in far


def test_which_cities() -> None:
    """Those of a region, or all by continent; a region without any is said."""
    assert asked(Topic.CITIES, about="in India").text == (
        "In India I can plan Jaipur, Delhi, Agra and Mumbai."
    )
    assert asked(Topic.CITIES).text.startswith("I can plan 46 cities. Europe: Paris")
    text = asked(Topic.CITIES, about="Peru").text
    assert text.startswith("I have no city in Peru yet.")


def test_best_time_is_not_known() -> None:
    """No season is praised; what is known of hours by season is said."""
    text = asked(Topic.BEST_TIME).text
    assert text.startswith("When Rome is at its best I don't know")
    assert "keep other hours by season" in text
