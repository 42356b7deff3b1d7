"""Places of a traveller's own: made by a name and a point, planned like any other."""

from __future__ import annotations

import pytest

from itinerary_app.acts import acts as do
from itinerary_app.catalogue.places import Catalogue
from itinerary_app.errors import InvalidInput
from itinerary_app.model import Itinerary, Leg, PlanRequest, Preferences
from itinerary_app.model.fields import MAX_OWN
from itinerary_app.planner.planner import Planner
from itinerary_app.storage.base import State
from itinerary_app.trips.changes import Change, apply

FLAT = do.AddOwn(name="Nonna's flat", lat=41.8902, lon=12.4722, day=2)
ROME = Preferences(city="Rome", duration_days=2)
TOUR = Preferences(
    city="Rome", duration_days=4, legs=(Leg("Rome", 2), Leg("Florence", 2))
)
IN_FLORENCE = do.AddOwn(name="Bar Gino", lat=43.77, lon=11.25)
PLANNER = Planner(Catalogue())


def planned(wishes: Preferences) -> State:
    request = PlanRequest.from_preferences(wishes)
    assert request
    return State(wishes, PLANNER.plan(request))


@pytest.fixture(scope="module")
def rome() -> State:
    return planned(ROME)


def after(change: Change) -> Itinerary:
    assert change.refused is None
    assert change.state.itinerary
    return change.state.itinerary


def own(plan: Itinerary) -> list[tuple[int, str]]:
    return [
        (day.number, stop.place.name)
        for day in plan.days
        for stop in day.stops
        if stop.place.is_own
    ]


def test_it_is_in_the_plan_and_kept(rome: State) -> None:
    """On the day asked for, for an hour, and with the wishes as JSON keeps them."""
    change = apply([FLAT], rome, PLANNER, agreed=True)
    assert own(after(change)) == [(2, "Nonna's flat")]
    wishes = change.state.preferences
    assert Preferences.from_dict(wishes.to_dict()) == wishes
    assert [it.name for it in wishes.own] == ["Nonna's flat"]
    assert [minutes for _, minutes in wishes.stays] == [60]


def test_a_new_plan_has_it_too(rome: State) -> None:
    """Until it is taken out; then it comes back by no plan, but by being added."""
    wishes = apply([FLAT], rome, PLANNER, agreed=True).state
    anew = planned(wishes.preferences)
    assert anew.itinerary
    assert len(own(anew.itinerary)) == 1
    [flat] = [it.place.id for it in anew.itinerary.stops if it.place.is_own]
    without = apply([do.Remove(stop=flat)], anew, PLANNER)
    assert own(after(without)) == []
    later = planned(without.state.preferences)
    assert later.itinerary
    assert own(later.itinerary) == []
    again = apply([do.Add(place=flat, day=1)], later, PLANNER, agreed=True)
    assert own(after(again)) == [(1, "Nonna's flat")]


def test_it_moves_and_is_timed_like_any_stop(rome: State) -> None:
    """To another day, at a time that is fixed."""
    state = apply([FLAT], rome, PLANNER, agreed=True).state
    assert state.itinerary
    [flat] = [it.place.id for it in state.itinerary.stops if it.place.is_own]
    moved = apply([do.Move(stop=flat, day=1)], state, PLANNER, agreed=True)
    assert own(after(moved)) == [(1, "Nonna's flat")]
    fixed = apply([do.SetTime(stop=flat, time="16:00")], moved.state, PLANNER)
    times = {it.place.id: it.arrive for it in after(fixed).stops}
    assert times[flat] == 16 * 60


def test_of_several_cities_it_is_in_the_one_where_it_lies() -> None:
    """Without a day, the point says which city; the other's days stay as they are."""
    before = planned(TOUR)
    change = apply([IN_FLORENCE], before, PLANNER)
    [(day, name)] = own(after(change))
    assert name == "Bar Gino"
    assert after(change).city_of(day).name == "Florence"
    assert before.itinerary
    assert after(change).days[:2] == before.itinerary.days[:2]


def test_at_a_stop_it_has_its_point(rome: State) -> None:
    """Who has no map and no numbers names a stop that it is at."""
    assert rome.itinerary
    stop = rome.itinerary.stops[0].place
    act = do.AddOwn(name="The gelateria", near=stop.id, day=1)
    plan = after(apply([act], rome, PLANNER))
    [made] = [it.place for it in plan.stops if it.place.is_own]
    assert (made.lat, made.lon) == (round(stop.lat, 6), round(stop.lon, 6))


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (do.AddOwn(name="x", lat=12.47, lon=41.89), "choose one within 40 km"),
        (do.AddOwn(name="x", lat=43.77, lon=11.25, day=1), "from the middle of Rome"),
        (do.AddOwn(name="x"), "Say where it is: tap the map"),
        (do.AddOwn(name="x", lat=41.9), "Say where it is: tap the map"),
        (do.AddOwn(name="x", near="nowhere"), "choose a stop that it is at"),
        (do.AddOwn(name="x", lat=91.0, lon=0.0), "from -90 to 90"),
        (do.AddOwn(name="x", lat=float("nan"), lon=12.0), "from -90 to 90"),
        (do.AddOwn(name=" \n", lat=41.9, lon=12.5), "Give the place a name"),
    ],
)
def test_what_is_nowhere_is_refused(rome: State, act: do.AddOwn, words: str) -> None:
    """It says what to do instead."""
    with pytest.raises(InvalidInput, match=words):
        apply([act], rome, PLANNER)


def test_a_trip_has_so_many_of_them(rome: State) -> None:
    """One more is refused; the same one again is no other."""
    places = [
        {"name": f"Place {i}", "city": "Rome", "lat": 41.9, "lon": 12.5}
        for i in range(MAX_OWN)
    ]
    full = State(ROME.merged({"own": places}), rome.itinerary)
    with pytest.raises(InvalidInput, match=f"{MAX_OWN} places of your own"):
        apply([FLAT], full, PLANNER)
    same = do.AddOwn(name="Place 1", lat=41.9, lon=12.5, day=1)
    assert own(after(apply([same], full, PLANNER))) == [(1, "Place 1")]
