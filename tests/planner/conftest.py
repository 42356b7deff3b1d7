"""The planner's cast: the shipped catalogue and the rules of a plan."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest

from itinerary_app.catalogue import hours
from itinerary_app.catalogue.mealtimes import usual
from itinerary_app.catalogue.places import Catalogue
from itinerary_app.model import Day, Itinerary, PlanRequest, StopKind
from itinerary_app.planner.day import paces
from itinerary_app.planner.planner import Planner
from itinerary_app.planner.ways.travel import Estimates

Check = Callable[[Itinerary, PlanRequest], None]


@pytest.fixture(scope="session")
def planner() -> Planner:
    """The planner on the shipped places."""
    return Planner(Catalogue())


@pytest.fixture(scope="session")
def check() -> Check:
    """A function that fails if the itinerary breaks a rule of honest plans."""
    return check_itinerary


def check_itinerary(itinerary: Itinerary, request: PlanRequest) -> None:
    assert [day.number for day in itinerary.days] == list(range(1, request.days + 1))
    ids = [stop.place.id for stop in itinerary.stops]
    assert len(ids) == len(set(ids)), "a place occurs twice"
    assert 0 < len(itinerary.notes) <= 8
    for day in itinerary.days:
        kinds = [stop.kind for stop in day.stops]
        limits = paces.shape(day.pace, request.interests)
        assert 1 <= kinds.count(StopKind.VISIT) <= limits.visits
        assert kinds.count(StopKind.LUNCH) <= 1
        assert kinds.count(StopKind.DINNER) <= 1
        assert day.stops[0].arrive >= limits.start
        late = usual(itinerary.city.country)[StopKind.DINNER].earliest + 105
        assert day.stops[-1].leave <= max(limits.end, late)
        check_stops(day, itinerary.city.country)


def check_stops(day: Day, country: str) -> None:
    stops = day.stops
    assert day.origin
    assert day.target
    first, last = stops[0], stops[-1]
    there = Estimates().ways((day.origin, first.place), ())
    back = Estimates().ways((last.place, day.target), ())
    assert (first.travel_minutes, first.travel_mode) == there.hop(
        day.origin, first.place
    )
    assert (day.back_minutes, day.back_mode) == back.hop(last.place, day.target)
    for before, stop in pairwise(stops):
        pair = (before.place, stop.place)
        hop = Estimates().ways(pair, ()).hop(*pair)
        assert (stop.travel_minutes, stop.travel_mode) == hop
        assert stop.arrive >= before.leave + stop.travel_minutes
    for stop in stops:
        assert stop.reason
        assert stop.arrive < stop.leave
        windows = hours.windows(stop.place.hours, stop.place.category)
        if stop.place.hours:
            assert any(
                opens <= stop.arrive and stop.leave <= closes
                for opens, closes in windows
            ), f"{stop.place.name} is closed then"
        if meal := usual(country).get(stop.kind):
            assert meal.earliest <= stop.arrive <= meal.latest
            assert stop.leave - stop.arrive == meal.minutes
