"""Diets, ways to get about and limits for admissions, out of free English."""

from __future__ import annotations

import pytest

from itinerary_app.assistant import needs, spending
from itinerary_app.assistant.needs import Needs
from itinerary_app.assistant.spending import Limit, Spending
from itinerary_app.model import Diet, Mobility


@pytest.mark.parametrize(
    ("text", "diets"),
    [
        ("we're vegetarian", "vegetarian"),
        ("we are vegetarians", "vegetarian"),
        ("my wife is vegetarian", "vegetarian"),
        ("vegitarian please", "vegetarian"),
        ("vegeterian", "vegetarian"),
        ("veggie food", "vegetarian"),
        ("pure veg restaurants", "vegetarian"),
        ("we don't eat meat", "vegetarian"),
        ("no meat", "vegetarian"),
        ("3 days, vegan, art", "vegan"),
        ("i'm a vegan", "vegan"),
        ("plant-based", "vegan"),
        ("halal food only", "halal"),
        ("halaal", "halal"),
        ("we keep kosher", "kosher"),
        ("gluten-free", "gluten_free"),
        ("gluten free please", "gluten_free"),
        ("my son is coeliac", "gluten_free"),
        ("i have celiac disease", "gluten_free"),
        ("i can't eat gluten", "gluten_free"),
        ("vegan and gluten-free", "vegan gluten_free"),
        ("not vegan but vegetarian", "vegetarian"),
        # nothing of the kind
        ("i love vegetables", ""),
        ("the vegetable market", ""),
        ("we met las vegas people", ""),
        ("a veteran", ""),
        ("street food", ""),
    ],
)
def test_diets(text: str, diets: str) -> None:
    """Diets are read by their many names, for whoever has them."""
    assert needs.read(text)[0].diets == tuple(map(Diet, diets.split()))


@pytest.mark.parametrize(
    ("text", "mobility"),
    [
        ("my mother uses a wheelchair", "step_free"),
        ("wheel chair", "step_free"),
        ("with a pram", "step_free"),
        ("we bring a stroller", "step_free"),
        ("a baby in a pushchair", "step_free"),
        ("no stairs please", "step_free"),
        ("i can't climb stairs", "step_free"),
        ("step-free", "step_free"),
        ("not much walking", "less_walking"),
        ("less walking please", "less_walking"),
        ("little walking", "less_walking"),
        ("as little walking as possible", "less_walking"),
        ("we don't want to walk too much", "less_walking"),
        ("i can't walk far", "less_walking"),
        ("my knees are bad", "less_walking"),
        ("dad's knees", "less_walking"),
        ("bad back", "less_walking"),
        ("with my elderly parents", "less_walking"),
        ("my parents are old", "less_walking"),
        ("grandma comes along", "less_walking"),
        ("my wife is pregnant", "less_walking"),
        ("elderly parents and a stroller", "step_free less_walking"),
        # nothing of the kind
        ("a walking tour", ""),
        ("the old town", ""),
        ("first steps", ""),
        ("chairs", ""),
    ],
)
def test_mobility(text: str, mobility: str) -> None:
    """Wheels mean no steps, tired legs short ways."""
    assert needs.read(text)[0].mobility == tuple(map(Mobility, mobility.split()))


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("we're not vegetarian", Needs(no_diets=(Diet.VEGETARIAN,))),
        ("no longer vegan", Needs(no_diets=(Diet.VEGAN,))),
        ("we eat everything", Needs(no_diets=tuple(Diet))),
        ("no wheelchair", Needs(no_mobility=(Mobility.STEP_FREE,))),
        ("we love walking", Needs(no_mobility=(Mobility.LESS_WALKING,))),
        ("walking is fine", Needs(no_mobility=(Mobility.LESS_WALKING,))),
    ],
)
def test_needs_end(text: str, gone: Needs) -> None:
    """What is denied holds no more."""
    assert needs.read(text)[0] == gone


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("at most 100 euros for tickets", Limit(100, "EUR")),
        ("max €100 on tickets", Limit(100, "EUR")),
        ("up to 100€ for entry", Limit(100, "EUR")),
        ("under ₹2000 on entry fees", Limit(2000, "INR")),
        ("max 2,000 rupees for entrance", Limit(2000, "INR")),
        ("keep admission below rs. 2000", Limit(2000, "INR")),
        ("spend no more than $50 on admissions", Limit(50, "SGD")),
        ("i don't want to spend more than £40 on tickets", Limit(40, "GBP")),
        ("less than 5k yen for entrance fees", Limit(5000, "JPY")),
        ("at most 100 for tickets", Limit(100, "")),
        ("tickets under 100 eur", Limit(100, "EUR")),
        ("tickets: 50 euros max", Limit(50, "EUR")),
        ("entry fees max 1500", Limit(1500, "")),
        ("budget of 60 usd for tickets", Limit(60, "USD")),
        ("no more than 30 euros a day on tickets", Limit(30, "EUR", daily=True)),
        ("at most 100 euros for the sights", Limit(100, "EUR")),
        ("at most a hundred euros for tickets", Limit(100, "EUR")),
    ],
)
def test_spending_limit(text: str, limit: Limit) -> None:
    """A sum for admissions is a limit, in its currency; $ is the city's dollar."""
    assert spending.read(text, "SGD")[0] == Spending(limit)


@pytest.mark.parametrize(
    "text",
    [
        "how much are the tickets",
        "at most 3 museums",
        "under 2 hours for sights",
        "spend 3 days",
        "tickets to the opera",
        "cheap",
        "on a budget",
        "moderate budget",
        "at most 5 stops with tickets",
        "the ticket cost me 20 euros",
    ],
)
def test_no_spending_limit(text: str) -> None:
    """Counts, lengths and questions are no limits, and “budget” is no sum."""
    assert spending.read(text, "EUR") == (Spending(), text)


def test_sums_for_other_things_are_noticed() -> None:
    """A sum for the whole trip is no limit for tickets, and is not passed over."""
    assert spending.read("our budget is 500 euros", "EUR")[0].other_sum
    assert spending.read("no limit on tickets", "EUR")[0].unlimited
