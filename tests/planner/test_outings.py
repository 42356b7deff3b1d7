"""Days out of town."""

from __future__ import annotations

import pytest

from itinerary_app.catalogue.places import Catalogue
from itinerary_app.checker import Verdict, checks_of
from itinerary_app.model import Itinerary, PlanRequest, StopKind
from itinerary_app.planner.planner import Planner

CATALOGUE = Catalogue()
PISA = "leaning-tower-and-piazza-dei-miracoli-pisa"


def _outings(plan: Itinerary) -> list[str]:
    return [stop.place.id for stop in plan.stops if stop.place.is_outing]


def test_each_city_has_three_outings() -> None:
    """From all 46 cities one can go out of town, with the way there known."""
    for city in CATALOGUE.shipped:
        places = CATALOGUE.shipped_places(city)
        assert sum(place.is_outing for place in places) >= 3, city.name


def test_short_trips_stay_in_town(planner: Planner) -> None:
    """Three days have none, unless one was asked for; that comes in, with lunch."""
    assert not _outings(planner.plan(PlanRequest("Florence", 3)))
    plan = planner.plan(PlanRequest("Florence", 3, must_see=(PISA,)))
    assert _outings(plan) == [PISA]


def test_long_trips_go_out(planner: Planner) -> None:
    """Where the city is exhausted some days go out, told with the way, from morning."""
    request = PlanRequest("Jaipur", 12)
    plan = planner.plan(request)
    assert 1 <= len(_outings(plan)) <= 4
    told = " ".join(plan.notes)
    assert "Out of town: " in told
    assert "days would do" in told
    for stop in plan.stops:
        if stop.place.is_outing:
            assert stop.place.name in told
            assert stop.arrive <= 11 * 60 + 30
    found = checks_of(plan, request, CATALOGUE.places("Jaipur"))
    assert not [it for it in found if it.verdict is Verdict.VIOLATED]


def test_long_breaks_are_told(planner: Planner) -> None:
    """Two hours without a stop are called free time, in the notes as on the day."""
    plan = planner.plan(PlanRequest("Jaipur", 12))
    breaks = [
        day.number
        for day in plan.days
        for stop in day.stops
        if stop.kind is StopKind.DINNER and day.free_before(stop)
    ]
    assert breaks
    told = next(note for note in plan.notes if note.startswith("Free time: "))
    assert all(f"day {number}, " in told for number in breaks)


@pytest.mark.parametrize("city", ["Venice", "San Francisco", "Sydney"])
def test_islands_have_their_ferry(city: str, planner: Planner) -> None:
    """A plan with an island tells the ferry, and its length holds for the checker."""
    islands = [
        place.id
        for place in CATALOGUE.places(city)
        if place.approach and place.approach.way == "ferry" and place.importance >= 4
    ]
    request = PlanRequest(city, 2, must_see=tuple(islands[:1]))
    plan = planner.plan(request)
    (day,) = (
        day for day in plan.days if islands[0] in {it.place.id for it in day.stops}
    )
    assert {"ferry"} < {*(stop.travel_mode for stop in day.stops), day.back_mode}
    checks = {it.key: it for it in checks_of(plan, request, CATALOGUE.places(city))}
    assert checks["ways"].verdict is Verdict.OK
    assert checks["base"].verdict is Verdict.OK
