"""Where one sleeps: of which city and which nights an act tells it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from itinerary_app.acts import acts as do
from itinerary_app.acts.values import Reference
from itinerary_app.errors import CannotPlan
from itinerary_app.model import Base, Leg, Preferences
from itinerary_app.storage.base import State
from itinerary_app.trips.changes import apply
from itinerary_app.trips.wishes import wished
from tests.trips.scripted import PLANNER

INN = Reference(name="Inn")
TOUR = Preferences(
    city="Delhi",
    duration_days=6,
    legs=(Leg("Delhi", 3), Leg("Agra", 2)),
    base="Paharganj",
)


@pytest.mark.parametrize(
    ("act", "bases"),
    [
        (do.SetBase(where=INN, city="Agra"), (Base("Inn", "Agra"),)),
        (do.SetBase(where=INN, night=2), (Base("Inn", "Delhi", 2),)),
        (do.SetBase(where=INN, night=2, nights=1), (Base("Inn", "Delhi", 2, 1),)),
        (do.SetBase(where=INN, night=5), (Base("Inn", "Agra", 2),)),
        (do.SetBase(where=INN, night="last"), (Base("Inn", "Agra", -1),)),
        (
            do.SetBase(where=INN, night="last", nights=2, city="Delhi"),
            (Base("Inn", "Delhi", -2),),
        ),
    ],
)
def test_a_bed_is_of_a_city_and_its_nights(
    act: do.SetBase, bases: tuple[Base, ...]
) -> None:
    """A night of the trip is counted within the city where it is."""
    after = wished(act, TOUR, None)
    assert (after.base, after.bases) == ("Paharganj", bases)


def test_a_bed_for_all_nights_ends_what_was_told_of_some() -> None:
    """“We sleep at the Inn” is of the whole stay; of a same night the newer counts."""
    told = wished(do.SetBase(where=INN, night=2, nights=1), TOUR, None)
    other = do.SetBase(where=Reference(name="Fort"), night=2, nights=1)
    assert wished(other, told, None).bases == (Base("Fort", "Delhi", 2, 1),)
    whole = wished(do.SetBase(where=INN), told, None)
    assert (whole.base, whole.bases) == ("Inn", ())


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (do.SetBase(where=INN, city="Jaipur"), "Jaipur is not part of the trip"),
        (do.SetBase(where=INN, city="Agra", night=1), "day 1 is not in Agra"),
    ],
)
def test_a_bed_where_the_trip_does_not_sleep_is_refused(
    act: do.SetBase, words: str
) -> None:
    """In a city that it has not, or on a night that is in another one."""
    with pytest.raises(CannotPlan, match=words):
        wished(act, TOUR, None)


def test_a_place_tells_its_city() -> None:
    """Who sleeps at a place in Agra means that city, though Delhi comes first."""
    state = State(Preferences(city="Delhi", legs=(Leg("Delhi"), Leg("Agra"))), None)
    after = apply([do.SetBase(where="taj-mahal")], state, PLANNER).state.preferences
    assert (after.base, after.bases) == (None, (Base("taj-mahal", "Agra"),))


def test_beds_go_with_their_cities() -> None:
    """Another order of the cities, or one city less, and each keeps its own."""
    told = wished(do.SetBase(where=INN, city="Agra"), TOUR, None)
    state = State(told, None)
    turned = apply([do.OrderCities(cities=("Agra", "Delhi"))], state, PLANNER)
    after = turned.state.preferences
    assert (after.base, after.bases) == ("Inn", (Base("Paharganj", "Delhi"),))
    left = apply([do.RemoveCity(city="Agra")], state, PLANNER).state.preferences
    assert (left.base, left.bases) == ("Paharganj", ())


def test_the_airport_is_one_of_each_city_and_a_name_of_its_own() -> None:
    """Who flies home from “the airport” does so from the last city, whichever it is."""
    flying = replace(TOUR, depart=1080, depart_at="the airport", depart_there=True)
    turned = do.OrderCities(cities=("Agra", "Delhi"))
    after = apply([turned], State(flying, None), PLANNER).state.preferences
    assert (after.depart_at, after.depart_there) == ("the airport", True)
    named = replace(flying, depart_at="Agra Cantt")
    after = apply([turned], State(named, None), PLANNER).state.preferences
    assert (after.depart, after.depart_at, after.depart_there) == (1080, None, False)


def test_a_place_in_another_city_than_the_night_is_refused() -> None:
    """The Taj Mahal is in Agra, and the first night is in Delhi."""
    change = apply([do.SetBase(where="taj-mahal", night=1)], State(TOUR, None), PLANNER)
    assert change.refused is not None
    assert change.refused.why == "That is in Agra, and those nights are in Delhi."
