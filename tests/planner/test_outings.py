"""Days out of town."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from itinerary_app.acts.acts import Fuller, Remove
from itinerary_app.catalogue.geo import distance_km
from itinerary_app.catalogue.places import Catalogue
from itinerary_app.checker import Verdict, checks_of
from itinerary_app.errors import CannotPlan
from itinerary_app.model import (
    Interest,
    Itinerary,
    Pace,
    Place,
    PlanRequest,
    StopKind,
)
from itinerary_app.model.plan import FREE_TIME
from itinerary_app.planner.planner import Planner

CATALOGUE = Catalogue()
SANTA_BARBARA = "santa-barbara-waterfront-and-mission"
FAR_KM = 15  # from the middle of a city
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


@pytest.mark.parametrize(
    ("city", "days", "start"),
    [
        ("Tokyo", 7, date(2027, 3, 27)),
        ("Lisbon", 4, date(2027, 5, 3)),
        ("Mexico City", 6, None),
    ],
)
def test_days_out_are_amid_a_trip(
    planner: Planner, city: str, days: int, start: date | None
) -> None:
    """Who has just come stays in town, and so does who is about to leave."""
    plan = planner.plan(PlanRequest(city, days, start_date=start))
    out = [
        day.number
        for day in plan.days
        if any(_is_far(stop.place, plan) for stop in day.stops)
    ]
    assert out, "nothing far out is planned"
    assert not {1, days} & {*out}


def _is_far(place: Place, plan: Itinerary) -> bool:
    km = distance_km(place.lat, place.lon, plan.city.lat, plan.city.lon)
    return place.is_outing or km > FAR_KM


def test_an_asked_for_day_out_is_amid_three_days(planner: Planner) -> None:
    """Neither first nor last, as the days beside it can be either."""
    request = PlanRequest("Paris", 3, must_see=("palace-of-versailles",))
    plan = planner.plan(request)
    [number] = [
        day.number
        for day in plan.days
        if any(it.place.id == "palace-of-versailles" for it in day.stops)
    ]
    assert number == 2


def test_dinner_after_an_outing_is_back_in_town(planner: Planner) -> None:
    """Nobody has dinner on the mountain of Montserrat, an hour and a half away."""
    request = PlanRequest("Barcelona", 3, must_see=("montserrat-monastery",))
    [day] = [
        day
        for day in planner.plan(request).days
        for stop in day.stops
        if stop.place.id == "montserrat-monastery"
    ]
    dinners = [it for it in day.stops if it.kind is StopKind.DINNER]
    assert day.stops[0].arrive < 12 * 60
    assert not any("montserrat" in stop.place.id for stop in dinners)


@pytest.mark.parametrize(
    ("city", "out"), [("Lisbon", "pena-palace"), ("Los Angeles", SANTA_BARBARA)]
)
def test_a_day_out_is_filled_with_what_is_near(
    city: str, out: str, planner: Planner
) -> None:
    """Fuller, a day out stays one: nothing far from there comes in."""
    request = PlanRequest(city, 3, pace=Pace.RELAXED, must_see=(out,))
    plan = planner.plan(request)
    [day] = [it for it in plan.days if any(s.place.id == out for s in it.stops)]
    try:
        after = planner.revise(plan, Fuller(day=day.number), request)
    except CannotPlan:
        after = plan
    checks = checks_of(after, request, CATALOGUE.places(city))
    assert [it.remarks for it in checks if it.key == "outings"] == [()]


def test_a_morning_that_an_edit_empties_is_told(planner: Planner) -> None:
    """Without the day's first visit there is free time, or a visit, before lunch."""
    request = PlanRequest("Paris", 3, must_see=("palace-of-versailles",))
    plan = planner.plan(request)
    [day] = [
        day
        for day in plan.days
        if any(stop.place.id == "palace-of-versailles" for stop in day.stops)
    ]
    after = planner.revise(
        plan, Remove(stop="palace-of-versailles"), PlanRequest("Paris", 3)
    )
    first = after.days[day.number - 1].stops[0]
    told = next((it for it in after.notes if it.startswith("Free time: ")), "")
    late = first.arrive - first.travel_minutes > 9 * 60 + 120
    assert late == (f"day {day.number}, 09:00 to" in told)


def test_long_breaks_are_told(planner: Planner) -> None:
    """Two hours without a stop are called free time, in the notes as on the day."""
    plan = planner.plan(PlanRequest("Jaipur", 12))
    breaks = [
        day.number
        for day in plan.days
        for stop in day.stops
        if stop.kind is StopKind.DINNER and day.free_before(stop, FREE_TIME)
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


@pytest.mark.parametrize(("city", "days"), [("Athens", 4), ("Lisbon", 7), ("Rome", 10)])
def test_an_outing_shares_its_day_with_nothing_far(
    city: str, days: int, planner: Planner
) -> None:
    """Who goes to Aegina does not go to Sounion on the same evening."""
    there = CATALOGUE.city(city)
    plan = planner.plan(PlanRequest(city, days, interests=(Interest.HISTORY,)))
    for day in plan.days:
        visits = [it.place for it in day.stops if it.kind is StopKind.VISIT]
        far = [
            it.id
            for it in visits
            if it.is_outing or distance_km(there.lat, there.lon, it.lat, it.lon) > 15
        ]
        assert len(far) == 1 or not any(it.is_outing for it in visits), far


def test_no_train_leaves_at_christmas(planner: Planner) -> None:
    """In Britain nobody is sent out of town by train on those days; the checker finds
    it where a plan does.
    """
    request = PlanRequest("London", 7, start_date=date(2026, 12, 21))
    plan = planner.plan(request)
    out = {day.date for day in plan.days for it in day.stops if it.place.is_outing}
    assert not out & {date(2026, 12, 25), date(2026, 12, 26)}
    assert any("no trains run" in note for note in plan.notes)

    by_train = next(it for it in CATALOGUE.places("London") if it.is_by_timetable)
    earlier = replace(request, start_date=date(2026, 12, 1), must_see=(by_train.id,))
    later = planner.plan(earlier)
    day = next(it for it in later.days if by_train in [s.place for s in it.stops])
    moved = replace(later, days=(replace(day, number=1, date=date(2026, 12, 25)),))
    asked = replace(request, days=1, start_date=date(2026, 12, 25))
    found = checks_of(moved, asked, CATALOGUE.places("London"))
    [ways] = [it for it in found if it.key == "ways"]
    assert any("no train, bus or ferry" in it.words for it in ways.findings)


@pytest.mark.parametrize(
    ("city", "days", "far"),
    [
        ("Lisbon", 3, "pena-palace"),
        ("Paris", 4, "palace-of-versailles"),
        ("Vienna", 7, "melk-abbey"),
        ("Singapore", 10, "sungei-buloh-wetland-reserve"),
    ],
)
def test_a_day_out_is_no_half_of_a_day(
    city: str, days: int, far: str, planner: Planner
) -> None:
    """After a palace out of town at most two hours in town are left, and the checker,
    by its own count, has no remark.
    """
    request = PlanRequest(city, days, must_see=(far,))
    plan = planner.plan(request)
    [day] = [it for it in plan.days if far in {stop.place.id for stop in it.stops}]
    assert any(it.kind is StopKind.DINNER for it in day.stops)
    checks = {it.key: it for it in checks_of(plan, request, CATALOGUE.places(city))}
    assert not checks["outings"].remarks
