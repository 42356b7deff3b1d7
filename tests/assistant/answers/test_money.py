"""What things cost: known and unknown apart."""

from __future__ import annotations

from itinerary_app.acts.acts import Topic
from itinerary_app.acts.values import Meal
from tests.assistant.answers.asking import asked, scene


def price(**parts: object) -> str:
    return asked(Topic.PRICE, **parts).text


def test_one_place_for_two() -> None:
    """The sum for so many adults, the price of one, its source; no reduction."""
    assert price(place="colosseum", people=2) == (
        "Colosseum costs EUR 36 for two adults, EUR 18 for each adult (from our own "
        "list); children pay nothing; prices of 2025."
    )


def test_free_is_a_price() -> None:
    """Free is said only where a source has it, and whose it is."""
    text = price(place="piazza-navona")
    assert text == "Piazza Navona is free to enter (from our own undated list)."


def test_other_rates_are_not_known() -> None:
    """Whether children or foreigners pay another price is told where it is known."""
    known = price(place="colosseum")
    assert known.endswith("; children pay nothing; prices of 2025.")
    text = price(place="basilica-of-san-clemente")
    assert "; other rates are not known to me" in text


def test_an_unknown_price_is_no_free_entry() -> None:
    """Where no price is known, none is given."""
    assert price(place="explora-childrens-museum").startswith(
        "The price of Explora Children's Museum is not known"
    )
    assert price(place="da-enzo-al-29").startswith("What a meal at Da Enzo al 29 costs")


def test_all_for_two() -> None:
    """The plan's sum, what is free, how many have no known price, and no meals."""
    text = price(people=2)
    assert text.startswith("EUR 176 for two adults: ")
    assert "what meals cost is not known to me" in text
    unknown = price(of=scene("amsterdam"), people=2)
    assert "1 place has no known price: Canal Cruise (Damrak piers)" in unknown


def test_a_kind_on_a_day() -> None:
    """Of one kind on one day only those are counted."""
    text = price(kind="church", day=1)
    assert text.startswith("EUR 10 for one adult on day 1: Basilica of San Clemente")
    assert price(kind="market") == "Your plan has no market."


def test_meals_have_no_price() -> None:
    """Of meals alone nothing is added up."""
    text = price(meal=Meal.DINNER, day=1)
    assert text == "What meals cost at Armando al Pantheon is not known to me."


def test_the_limit_is_named() -> None:
    """Whoever set a limit sees it beside the sum."""
    text = price(of=scene("jaipur", spend_limit=5000))
    assert text.startswith("INR 4,100 for one adult: ")
    assert text.endswith("Your limit is INR 5,000 for one adult.")


def test_a_part_of_a_site_is_in_the_ticket_bought_before() -> None:
    """Asked for alone it says where; in the sum its price stands once."""
    text = price(place="roman-forum")
    assert text.startswith(
        "Roman Forum is included in the ticket of Colosseum. Colosseum costs EUR 18"
    )
    assert "Colosseum EUR 18 (Roman Forum" in price()


def test_children_pay_their_own_price() -> None:
    """Who travels is counted; where no child's price is known, as adults, told."""
    family = scene(adults=2, children=3)
    assert price(of=family, place="colosseum") == (
        "Colosseum costs EUR 36 for two adults and three children, EUR 18 for each "
        "adult (from our own list); children pay nothing; prices of 2025."
    )
    for people in (None, 5):
        text = price(of=family, people=people)
        assert " for two adults and three children: " in text
        assert "children pay nothing at " in text
        assert "elsewhere they are counted as adults" in text
    assert price(of=family, people=2).startswith("EUR 176 for two adults: ")
