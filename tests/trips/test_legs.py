"""Acts on the cities of a trip: their order, their nights, and the plan for them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from itinerary_app.acts import acts as do
from itinerary_app.acts.acts import Act
from itinerary_app.assistant.reading.reader import GrammarReader
from itinerary_app.model import Interest, Itinerary, Leg, Preferences
from itinerary_app.storage.base import State
from itinerary_app.storage.memory import MemoryStorage
from itinerary_app.trips.changes import Change, apply
from tests.trips.scripted import ALICE, CATALOGUE, PLANNER, Traveller, manager

NOTHING = State(Preferences(), None)


def made(*acts: Act, state: State = NOTHING, agreed: bool = False) -> Change:
    change = apply(acts, state, PLANNER, agreed=agreed)
    assert change.refused is None, change.refused
    assert not change.proposed
    return change


def plan_of(state: State) -> Itinerary:
    assert state.itinerary is not None
    return state.itinerary


def route(state: State) -> list[tuple[str, int]]:
    """The cities of the plan, each with its days."""
    return [(it.city.name, len(it.days)) for it in plan_of(state).parts()]


def days_of(state: State, city: str) -> list[object]:
    """What is done in a city, to the minute, whatever its days' numbers and dates."""
    [part] = [it for it in plan_of(state).parts() if it.city.name == city]
    return [day.stops for day in part.days]


TRIP = made(
    do.SetCity(city="Delhi"),
    do.AddCity(city="Jaipur"),
    do.AddCity(city="Agra"),
    do.SetDays(days=7),
).state


def test_all_cities_are_planned_in_the_order_that_saves_travel() -> None:
    """Of the days for all, each city gets some; a day is in one city."""
    assert [leg.city for leg in TRIP.preferences.legs] == ["Delhi", "Agra", "Jaipur"]
    assert [name for name, _ in route(TRIP)] == ["Delhi", "Agra", "Jaipur"]
    plan = plan_of(TRIP)
    assert len(plan.days) == TRIP.preferences.duration_days == 7
    assert [it.number for it in plan.days] == list(range(1, 8))
    assert all(it.transfer for it in plan.stages[1:])


def test_a_told_order_is_kept() -> None:
    """Who says the order gets it, though it is a longer way."""
    state = made(
        do.SetCity(city="Delhi"),
        do.AddCity(city="Jaipur"),
        do.AddCity(city="Agra"),
        do.OrderCities(cities=("Delhi", "Jaipur", "Agra")),
        do.SetDays(days=5),
    ).state
    assert [name for name, _ in route(state)] == ["Delhi", "Jaipur", "Agra"]


def test_told_nights_are_days_and_the_last_city_has_one_more() -> None:
    """Three nights and two: six days, of which the last is for going home."""
    state = made(
        do.SetCity(city="Delhi"),
        do.AddCity(city="Agra", nights=2),
        do.SetNights(city="Delhi", nights=3),
    ).state
    assert state.preferences.duration_days == 6
    assert route(state) == [("Delhi", 3), ("Agra", 3)]


def test_days_and_nights_that_do_not_go_together_are_refused() -> None:
    """Neither number is silently another."""
    acts = (
        do.SetCity(city="Delhi"),
        do.AddCity(city="Agra", nights=2),
        do.SetNights(city="Delhi", nights=3),
        do.SetDays(days=9),
    )
    change = apply(acts, NOTHING, PLANNER)
    assert change.refused is not None
    assert "3 in Delhi and 2 in Agra make 5 nights" in change.refused.why


def test_another_city_comes_where_it_saves_travel_and_the_rest_stays() -> None:
    """The other cities keep their days to the minute, and the trip is longer."""
    state = made(
        do.SetCity(city="Delhi"), do.AddCity(city="Jaipur"), do.SetDays(days=4)
    ).state
    after = made(do.AddCity(city="Agra", nights=1), state=state).state
    assert [name for name, _ in route(after)] == ["Delhi", "Agra", "Jaipur"]
    assert days_of(after, "Delhi") == days_of(state, "Delhi")
    assert after.preferences.duration_days == 5


def test_a_city_leaves_and_the_others_stay() -> None:
    """The first city's days are the same; what came after it moves up."""
    after = made(do.RemoveCity(city="Agra"), state=TRIP).state
    assert [name for name, _ in route(after)] == ["Delhi", "Jaipur"]
    assert days_of(after, "Delhi") == days_of(TRIP, "Delhi")
    assert after.preferences.duration_days == len(plan_of(after).days)


def test_the_first_city_leaves() -> None:
    """The trip begins in the next one, which is still planned."""
    after = made(do.RemoveCity(city="Delhi"), state=TRIP).state
    assert after.preferences.city == "Agra"
    assert plan_of(after).city.name == "Agra"
    assert plan_of(after).stages[0].transfer is None


def test_down_to_one_city_the_trip_is_as_any_other() -> None:
    """No stages are left, and no legs."""
    state = made(do.RemoveCity(city="Delhi"), state=TRIP).state
    state = made(do.RemoveCity(city="Jaipur"), state=state).state
    assert plan_of(state).stages == ()
    assert state.preferences.legs == ()
    assert plan_of(state).city.name == "Agra"


def test_nights_move_from_one_city_to_another() -> None:
    """One less here and one more there: the trip is as long as before."""
    before = dict(route(TRIP))
    after = made(
        do.SetNights(city="Delhi", nights=before["Delhi"] - 1),
        do.SetNights(city="Agra", nights=before["Agra"] + 1),
        state=TRIP,
        agreed=True,
    ).state
    now = dict(route(after))
    assert now["Delhi"] == before["Delhi"] - 1
    assert now["Agra"] == before["Agra"] + 1
    assert now["Jaipur"] == before["Jaipur"]
    assert len(plan_of(after).days) == 7


def test_the_order_changes_and_cities_keep_their_stops() -> None:
    """The days move with their city."""
    after = made(do.OrderCities(cities=("Delhi", "Jaipur")), state=TRIP).state
    assert [name for name, _ in route(after)] == ["Delhi", "Jaipur", "Agra"]
    assert days_of(after, "Delhi") == days_of(TRIP, "Delhi")
    assert len(plan_of(after).days) == 7


def test_an_order_of_no_cities_changes_nothing() -> None:
    """Neither where there are some nor where there are none."""
    assert made(do.OrderCities(cities=())).state == NOTHING
    trip = made(do.SetCity(city="Rome"), do.AddCity(city="Florence")).state
    assert made(do.OrderCities(cities=()), state=trip).state == trip


@pytest.mark.parametrize("state", [NOTHING, TRIP])
def test_the_order_of_cities_that_are_not_there_is_refused(state: State) -> None:
    """It names the first that is no part of the trip, or has no trip at all."""
    change = apply([do.OrderCities(cities=("Rome", "Delhi"))], state, PLANNER)
    assert change.refused
    assert "Rome is not part of the trip" in change.refused.why


@pytest.mark.parametrize(
    ("act", "days"),
    [
        (do.AddDay(), {"Jaipur": 1}),
        (do.AddDay(front=True), {"Delhi": 1}),
        (do.RemoveDay(day=1), {"Delhi": -1}),
        (do.RemoveDay(), {"Jaipur": -1}),
    ],
)
def test_a_day_comes_or_goes_in_its_city(act: Act, days: dict[str, int]) -> None:
    """Days are numbered on; the wish for the length follows."""
    after = made(act, state=TRIP, agreed=True).state
    before = dict(route(TRIP))
    assert dict(route(after)) == {it: before[it] + days.get(it, 0) for it in before}
    plan = plan_of(after)
    assert after.preferences.duration_days == len(plan.days)
    assert [it.number for it in plan.days] == list(range(1, len(plan.days) + 1))


def test_the_only_day_of_a_city_is_not_taken() -> None:
    """Who wants that leaves out the city."""
    state = made(
        do.SetCity(city="Delhi"), do.AddCity(city="Agra"), do.SetDays(days=2)
    ).state
    change = apply([do.RemoveDay(day=2)], state, PLANNER)
    assert change.refused is not None
    assert "the only day in Agra" in change.refused.why


def test_fewer_days_in_all_are_taken_where_they_are_worth_least() -> None:
    """The number of days of the trip holds, and each city has one."""
    after = made(do.SetDays(days=5), state=TRIP, agreed=True).state
    assert sum(days for _, days in route(after)) == 5
    assert [name for name, _ in route(after)] == ["Delhi", "Agra", "Jaipur"]


@pytest.mark.parametrize(
    ("act", "why"),
    [
        (do.SwapDays(first=1, second=7), "Day 1 is in Delhi and day 7 is in Jaipur"),
        (do.Add(place="taj-mahal", day=1), "Taj Mahal is in Agra"),
        (do.Add(place="jantar-mantar", day=1), "Jantar Mantar is in Jaipur"),
        (do.Calmer(day=9), "There is no day 9: the plan has 7 days"),
        (do.RemoveCity(city="Rome"), "Rome is not part of the trip"),
    ],
)
def test_what_is_in_two_cities_is_not_joined(act: Act, why: str) -> None:
    """A stop stays in its city; the reason is told."""
    change = apply([act], TRIP, PLANNER)
    assert change.refused is not None
    assert why in change.refused.why


def test_an_act_on_a_day_leaves_other_cities_alone() -> None:
    """Also one on a place, which is found in its own city."""
    for act in (do.Calmer(day=7), do.Remove(stop=plan_of(TRIP).stops[-1].place.id)):
        after = made(act, state=TRIP).state
        assert days_of(after, "Delhi") == days_of(TRIP, "Delhi")
        assert days_of(after, "Agra") == days_of(TRIP, "Agra")
        assert days_of(after, "Jaipur") != days_of(TRIP, "Jaipur")


def test_dates_run_through_all_cities() -> None:
    """Day 1 is the date told; each city's facts are those of its days."""
    after = made(do.SetDates(start="2027-02-10"), state=TRIP).state
    dates = [day.date for day in plan_of(after).days]
    assert dates[0] == date(2027, 2, 10)
    assert dates[-1] == date(2027, 2, 16)


def test_a_removed_city_takes_its_wishes_along() -> None:
    """What was asked for there is no must-see of the trip any more."""
    wishes = replace(TRIP.preferences, must_see=("taj-mahal", "red-fort"))
    after = made(do.RemoveCity(city="Agra"), state=State(wishes, TRIP.itinerary)).state
    assert after.preferences.must_see == ("red-fort",)


def test_a_city_that_only_waits_is_planned_when_it_is_asked_for_again() -> None:
    """A trip from before, whose other cities were noted, gets them planned."""
    old = made(do.SetCity(city="Delhi"), do.SetDays(days=2)).state
    wishes = replace(old.preferences, legs=(Leg("Delhi"), Leg("Agra")))
    kept = State(wishes, old.itinerary)
    assert route(made(do.Calmer(day=1), state=kept).state) == [("Delhi", 2)]
    after = made(do.AddCity(city="Agra"), state=kept).state
    assert route(after) == [("Delhi", 2), ("Agra", 2)]


def test_a_city_of_the_trip_alone_is_proposed_first() -> None:
    """“Agra”, or “make Agra calmer”, does not take the other cities away unasked."""
    change = apply([do.SetCity(city="Agra")], TRIP, PLANNER)
    assert change.proposed
    assert change.state == TRIP
    after = made(do.SetCity(city="Agra"), state=TRIP, agreed=True).state
    assert [name for name, _ in route(after)] == ["Agra"]


def test_new_interests_keep_the_days_in_each_city() -> None:
    """All is planned anew, in the cities and days that there were."""
    longer = made(do.SetNights(city="Agra", nights=3), state=TRIP, agreed=True).state
    act = do.SetInterests(more=(Interest.ART,))
    assert route(made(act, state=longer, agreed=True).state) == route(longer)


def test_a_limit_outlives_its_city_where_money_is_the_same() -> None:
    """From Rome to Florence it stays; in London it would be of other money."""
    ann = Traveller(do.SetCity(city="Rome"), do.SetDays(days=2), do.Anything())
    ann.wants(do.SetSpendLimit(amount=90))
    for city, limit in (("Florence", 90), ("London", None)):
        ann.wants(do.SetCity(city=city))
        ann.wants(do.Confirm())
        assert (ann.plan.city.name, ann.wishes.spend_limit) == (city, limit)


@pytest.mark.parametrize("said", ["skip Old Delhi", "no old Delhi please"])
def test_a_part_of_a_city_is_not_the_city(said: str) -> None:
    """What is said of Old Delhi takes Delhi out of no trip."""
    talk = manager(MemoryStorage(), GrammarReader(CATALOGUE.places))
    trip = talk.start(ALICE).session_id
    talk.send(trip, "4 days Delhi and Agra, history", "one", owner_hash=ALICE)
    answer = talk.send(trip, said, "two", owner_hash=ALICE).assistant.content
    plan = talk.trip(trip, ALICE).itinerary
    assert plan is not None
    assert [city.name for city in plan.cities] == ["Delhi", "Agra"]
    assert "I did not get" in answer


def test_what_went_with_its_city_has_no_word() -> None:
    """Ids of places that the trip does not know any more are not told."""
    ann = Traveller(
        do.SetCity(city="Delhi"), do.AddCity(city="Agra"), do.SetDays(days=4)
    )
    ann.wants(do.Anything())
    gone = ann.plan.days[0].stops[0].place
    ann.wants(do.Remove(stop=gone.id))
    assert gone.id in ann.wishes.excluded
    answer = ann.wants(do.RemoveCity(city="Delhi"))
    assert "may come again" not in answer.content
