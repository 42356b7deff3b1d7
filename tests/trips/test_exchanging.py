"""Limits that are told in another currency than that of the city's admissions."""

from __future__ import annotations

import pytest

from itinerary_app.acts import acts as do
from itinerary_app.assistant.reading.reader import GrammarReader
from itinerary_app.catalogue.currencies import converted
from itinerary_app.errors import InvalidInput
from itinerary_app.storage.memory import MemoryStorage
from tests.trips.scripted import ALICE, CATALOGUE, Traveller, manager

READER = GrammarReader(CATALOGUE.places)


def limited(city: str, said: str) -> tuple[int | None, str]:
    """The limit after a plan for the city and these words, and the answer to them."""
    talk = manager(MemoryStorage(), READER)
    trip = talk.start(ALICE).session_id
    talk.send(trip, f"2 days in {city}, history", "one", owner_hash=ALICE)
    answer = talk.send(trip, said, "two", owner_hash=ALICE).assistant.content
    return talk.trip(trip, ALICE).preferences.spend_limit, answer


@pytest.mark.parametrize(
    ("city", "said", "sum_", "code", "local"),
    [
        ("Agra", "our limit is 100 euros", 100, "EUR", "INR"),
        ("Rome", "at most $150", 150, "USD", "EUR"),
        ("Rome", "at most 1.200 rupees", 1200, "INR", "EUR"),
        ("Dubai", "at most £90 each", 90, "GBP", "AED"),
    ],
)
def test_a_limit_is_converted(
    city: str, said: str, sum_: int, code: str, local: str
) -> None:
    """It is kept in the city's money, and the answer tells both sums and the rate."""
    limit, answer = limited(city, said)
    rated = converted(sum_, code, local)
    assert rated
    assert limit == round(rated[0])
    assert f"{code} {sum_:,} is about {local} {limit:,} (by the European" in answer


@pytest.mark.parametrize(
    ("city", "said"),
    [
        ("Sydney", "at most 150 dollars"),
        ("Cairo", "at most 150 pounds"),
        ("Rome", "no more than 150 for tickets"),
        ("Mexico City", "no more than 150 pesos per person"),
        ("Rome", "at most 300 euros for the two of us"),
    ],
)
def test_the_citys_own_money_is_not_converted(city: str, said: str) -> None:
    """A name that several currencies share is the city's, if it can be."""
    limit, answer = limited(city, said)
    assert limit == 150
    assert "is about" not in answer


@pytest.mark.parametrize("said", ["at most 150 euros", "at most 150 pesos"])
def test_without_a_rate_no_limit_is_guessed(said: str) -> None:
    """Where no rate is known the answer says in which money to tell it."""
    limit, answer = limited("Cairo", said)
    assert limit is None
    assert "tell it in EGP" in answer


def test_a_sum_for_a_family_is_not_taken_for_each() -> None:
    """Of how many it is for nobody knows, so it is not done."""
    limit, answer = limited("Rome", "we have 100 euros in total for the family")
    assert limit is None
    assert "I did not get" in answer


def test_a_program_is_told_what_cannot_be_converted() -> None:
    """Where acts are sent, as by the API, the limit without a rate is refused."""
    ann = Traveller(do.SetCity(city="Cairo"), do.SetDays(days=2), do.Anything())
    limit = do.SetSpendLimit(amount=90, currency="EUR")
    with pytest.raises(InvalidInput, match="tell it in EGP"):
        ann.talk.act(ann.id, [limit], "turn-2", owner_hash=ALICE, strict=True)


def test_before_the_city_is_known_a_foreign_limit_waits() -> None:
    """In whose money it would be nobody knows yet, and the answer says so."""
    ann = Traveller()
    answer = ann.wants(do.SetSpendLimit(amount=90, currency="EUR"))
    assert "tell me the city first" in answer.content
    assert ann.wishes.spend_limit is None


def test_why_a_place_is_beyond_the_limit() -> None:
    """Even where all that is planned is free, the limit is the reason that is given."""
    talk = manager(MemoryStorage(), READER)
    trip = talk.start(ALICE).session_id
    for turn, said in enumerate(("2 days in Agra, history", "at most 100 rupees")):
        talk.send(trip, said, f"turn-{turn}", owner_hash=ALICE)
    why = "why is the Taj Mahal not in it?"
    answer = talk.send(trip, why, "why", owner_hash=ALICE).assistant.content
    assert "of your limit of INR 100 is spent" in answer
