"""Promises about first messages: who comes along, where they sleep, what they deny."""

from __future__ import annotations

import pytest

from tests.trips.test_said import told


@pytest.mark.parametrize(
    ("said", "adults", "children"),
    [
        ("with three friends", 4, None),
        ("3 friends", 3, None),
        ("4 girls", 4, None),
        ("with the girls (8 of us)", 8, None),
        ("two adults and 2 boys", 2, 2),
        ("with kids 4, 6 (we're 2 adults)", 2, 2),
        ("family of 4 (2A 2C)", 2, 2),
        ("with my sister", 2, None),
        ("one of us is vegetarian", None, None),
        ("with my mum and her sister", None, None),
    ],
)
def test_who_comes_along(said: str, adults: int | None, children: int | None) -> None:
    """No age and no part of them is counted for all."""
    traveller, _ = told(f"Rome 3 days, art, {said}")
    assert (traveller.wishes.adults, traveller.wishes.children) == (adults, children)


def test_grandparents_without_a_number_are_told() -> None:
    """Nobody is dropped in silence."""
    _, answer = told("Rome 3 days, art, we're 2 adults + grandparents")
    assert "I did not get “grandparents”" in answer.content


@pytest.mark.parametrize(
    ("said", "beds"),
    [
        (
            "Amsterdam and Paris, 6 days, hotel near the Louvre in Paris, art",
            {"Paris": "near the Louvre Museum"},
        ),
        (
            (
                "Amsterdam and Paris, 6 days, hotel near the Louvre in Paris, "
                "hotel near Vondelpark in Amsterdam, art"
            ),
            {"Amsterdam": "vondelpark", "Paris": "near the Louvre Museum"},
        ),
        (
            (
                "Kyoto for three days and then four days in Tokyo. "
                "Hotel Granvia in Kyoto, "
                "Park Hotel in Tokyo. Art"
            ),
            {"Kyoto": "Hotel Granvia", "Tokyo": "Park Hotel"},
        ),
        (
            (
                "3 nights in Porto (hotel Infante Sagres), then 4 nights in Lisbon "
                "(hotel near Rossio). 8-15 May. Art"
            ),
            {"Porto": "Hotel Infante Sagres", "Lisbon": "near Rossio Square"},
        ),
        ("Lisbon 4 days, art; hotel: Memmo Alfama", {"Lisbon": "Hotel Memmo Alfama"}),
    ],
)
def test_each_city_has_its_hotel(said: str, beds: dict[str, str]) -> None:
    """However it is named, it is no sight, no child, and none of another city."""
    traveller, answer = told(said)
    assert {it.city: it.where for it in traveller.wishes.slept} == beds
    assert traveller.wishes.must_see == ()
    assert traveller.wishes.children is None
    assert "did not get" not in answer.content


def test_a_hotel_that_is_a_sight_is_one() -> None:
    """Nobody sleeps where a drink is taken."""
    traveller, _ = told("Singapore 3 days, Raffles Hotel in Singapore for a sling, art")
    assert traveller.wishes.must_see == ("raffles-hotel",)
    assert traveller.wishes.base is None


@pytest.mark.parametrize(
    "further",
    [
        "hotel near the Louvre in Paris",
        "train to Paris on the 16th",
        "the Eiffel Tower in Paris",
        "Eiffel Tower on our first day in Paris",
    ],
)
def test_a_city_of_the_trip_that_is_named_again_is_not_all_of_it(further: str) -> None:
    """Before there is a plan, too."""
    traveller, _ = told("Amsterdam and Paris, art", further)
    assert [leg.city for leg in traveller.wishes.legs] == ["Amsterdam", "Paris"]


@pytest.mark.parametrize("length", ["", ", 6 days"])
def test_only_one_of_the_cities(length: str) -> None:
    """The other one goes."""
    traveller, _ = told(f"Prague and Vienna{length}, art", "only Prague please")
    assert (traveller.wishes.city, traveller.wishes.legs) == ("Prague", ())


@pytest.mark.parametrize(
    ("said", "gone"),
    [
        ("Don'ts: museums, churches. Art", {"museum", "church"}),
        ("Must: Pantheon. Not: markets, parks. Art", {"market", "park"}),
        ("Avoid: Colosseum and Trastevere. Art", {"colosseum", "trastevere"}),
    ],
)
def test_a_list_of_what_is_not_wished_is_denied(said: str, gone: set[str]) -> None:
    """All of it."""
    traveller, answer = told(f"Rome 3 days. {said}")
    assert {*traveller.wishes.avoid, *traveller.wishes.excluded} == gone
    assert "did not get" not in answer.content
