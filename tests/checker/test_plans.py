"""The planner's plans pass the checker, and any single fault put into one is found."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from itinerary_app.acts.acts import Act, Add, Calmer, Fuller, Remove, Swap
from itinerary_app.catalogue.places import Catalogue
from itinerary_app.errors import CannotPlan
from itinerary_app.model import (
    Access,
    Approach,
    Budget,
    Category,
    Diet,
    Interest,
    Mobility,
    Pace,
    PlanRequest,
    StopKind,
    Way,
)
from itinerary_app.planner.planner import Planner
from tests.checker.toytown import Case
from tests.planner.hasty import SOAK, SOLVE
from tests.planner.rules import INSISTED

CATALOGUE = Catalogue()
PLANNER = Planner(CATALOGUE, solve=SOLVE)
CITIES = [city.name for city in CATALOGUE.cities]
PLANS = (  # that faults are put into, for each city one of them
    (2, Pace.MODERATE, ()),
    (3, Pace.PACKED, (Interest.FOOD, Interest.NIGHTLIFE)),
    (4, Pace.RELAXED, (Interest.ART,)),
)

requests = st.builds(
    PlanRequest,
    city=st.sampled_from(CITIES),
    days=st.integers(1, 5),
    interests=st.lists(st.sampled_from(Interest), max_size=3, unique=True).map(tuple),
    pace=st.sampled_from(Pace),
    budget=st.sampled_from(Budget),
    avoid=st.lists(st.sampled_from(Category), max_size=2, unique=True).map(tuple),
)


@cache
def planned(request: PlanRequest) -> Case:
    city = PLANNER.city(request.city)
    return Case(PLANNER.plan(request), request, CATALOGUE.places(city.name))


@settings(max_examples=40, deadline=None)
@given(requests)
def test_plans_of_the_planner_pass(request: PlanRequest) -> None:
    """Whatever city, length, pace and taste: no promise is broken."""
    case = planned(request)
    assert not case.broken(), {key: case.words(key) for key in case.broken()}


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(CITIES), st.integers(1, 3), st.integers(0, 9), st.integers(0, 9))
def test_edits_break_only_what_the_traveller_insists_on(
    city: str, day: int, index: int, other: int
) -> None:
    """A place put in by name may make the day longer, or be far for a meal; nothing
    else gives way.
    """
    case = planned(PlanRequest(city, 3))
    stops = case.itinerary.days[day - 1].stops
    place_id = stops[index % len(stops)].place.id
    used = {stop.place.id for stop in case.itinerary.stops}
    unused = [place.id for place in case.places if place.id not in used]
    new = unused[other % len(unused)]
    edits: list[tuple[Act, tuple[str, ...]]] = [
        (Calmer(day=day), ()),
        (Fuller(day=day), ()),
        (Remove(stop=place_id), ()),
        (Swap(stop=place_id), ()),
        (Add(place=new, day=day), (new,)),
        (Add(place=new), (new,)),
    ]
    for edit, wanted in edits:
        with suppress(CannotPlan):
            revised = PLANNER.revise(case.itinerary, edit, case.request)
            after = replace(case, itinerary=revised).asked(must_see=wanted)
            assert after.broken() <= set(INSISTED)
            for key in INSISTED:
                findings = after.checks()[key].findings
                assert all("ou asked for" in found.words for found in findings)


class Hit:
    """One stop of a plan, and the faults that can be put there."""

    def __init__(self, case: Case, day: int, index: int, size: float) -> None:
        self.case = case
        self.day = case.itinerary.days[day % len(case.itinerary.days)]
        self.index = index % len(self.day.stops)
        self.stop = self.day.stops[self.index]
        self.id = self.stop.place.id
        self.size = size  # from 0 to 1: how bad
        self.minutes = 1 + int(120 * size)

    def plan(self, **fields: object) -> Case:
        return self.case.stop(self.id, lambda it: it._replace(**fields))

    def moved(self, km: float) -> Case:
        lat = self.stop.place.lat + km / 111.0
        return self.plan(place=self.stop.place._replace(lat=lat))

    def other_place(self) -> Case:
        others = [it for it in self.case.itinerary.stops if it.place.id != self.id]
        return self.plan(place=others[int(self.size * (len(others) - 1))].place)

    def other_city(self) -> Case:
        here = CITIES.index(self.case.itinerary.city.name)
        there = CATALOGUE.places(CITIES[(here + 1) % len(CITIES)])
        return self.plan(place=there[int(self.size * (len(there) - 1))])

    def shut(self) -> Case:
        """The place closes within the stay, or opens after its begin."""
        stay = self.stop.leave - self.stop.arrive
        cut = 1 + int(self.size * (stay - 1))
        open_, close = self.stop.arrive - 60, self.stop.leave + 60
        if int(self.size * 100) % 2:
            open_ = self.stop.arrive + cut
        else:
            close = self.stop.leave - cut
        hours = f"{_clock(open_)}-{_clock(close)}"
        return self.case.known(self.id, hours=hours)

    def closed_that_day(self) -> Case:
        first = date(2026, 3, 2) + timedelta(days=int(self.size * 27))
        case = self.case.asked(start_date=first)
        for day in case.itinerary.days:
            on = first + timedelta(days=day.number - 1)
            case = case.day(day.number, date=on)
        weekday = first + timedelta(days=self.day.number - 1)
        return case.known(self.id, hours=f"24/7; {f'{weekday:%a}'[:2]} off")

    def late(self) -> Case:
        """The stop before lasts too long for the way."""
        assume(self.index > 0)
        before = self.day.stops[self.index - 1]
        leave = self.stop.arrive - self.stop.travel_minutes + self.minutes
        return self.case.stop(before.place.id, lambda it: it._replace(leave=leave))

    def too_fast(self) -> Case:
        assume(self.index > 0)
        before = self.day.stops[self.index - 1].place
        assume((before.lat, before.lon) != (self.stop.place.lat, self.stop.place.lon))
        return self.plan(travel_minutes=0)

    def day_begins(self) -> Case:
        start = self.day.stops[0].arrive + self.minutes
        return self.case.day(self.day.number, start=start)

    def day_ends(self) -> Case:
        end = self.day.stops[-1].leave - self.minutes
        return self.case.day(self.day.number, end=end)

    def meal(self, kind: StopKind, earliest: int, latest: int) -> Case:
        assume(self.stop.kind is kind)
        early = int(self.size * 100) % 2
        time = earliest - self.minutes if early else latest + self.minutes
        return self.plan(arrive=time, leave=time + 45)

    def second_meal(self) -> Case:
        meals = [it.kind for it in self.day.stops if it.kind is not StopKind.VISIT]
        assume(meals and self.stop.kind is StopKind.VISIT)
        return self.plan(kind=meals[0])

    def meal_of_no_diet(self) -> Case:
        assume(self.stop.kind is not StopKind.VISIT)
        return self.case.asked(diets=(Diet.KOSHER,)).known(self.id, diets=(Diet.VEGAN,))

    def long_walk(self) -> Case:
        assume(self.index > 0)
        case = self.plan(travel_mode="walk", travel_minutes=20 + self.minutes)
        return case.asked(mobility=(Mobility.LESS_WALKING,))

    def expensive(self) -> Case:
        currency = next((it.currency for it in self.case.places if it.currency), None)
        case = self.case
        for place in case.places:  # one currency, so that nothing is left out
            if place.price is not None:
                case = case.known(place.id, currency=currency or "EUR")
        case = case.known(self.id, price=50.0, currency=currency or "EUR")
        return case.asked(spend_limit=49)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


Fault = Callable[[Hit], Case]
FAULTS: dict[str, tuple[str, Fault]] = {
    "another place's coordinates": ("real", lambda it: it.moved(0.1 + it.size)),
    "out of town": ("real", lambda it: it.moved(100)),
    "another city": ("real", Hit.other_city),
    "an invented place": (
        "real",
        lambda it: it.plan(place=it.stop.place._replace(id="x")),
    ),
    "a double": ("once", Hit.other_place),
    "closed hours": ("open", Hit.shut),
    "a closed day": ("open", Hit.closed_that_day),
    "too late for the way": ("ways", Hit.late),
    "no time told for the way": ("ways", Hit.too_fast),
    "no length": ("ways", lambda it: it.plan(leave=it.stop.arrive)),
    "before the day's hours": ("hours", Hit.day_begins),
    "after the day's hours": ("hours", Hit.day_ends),
    "a day lost": (
        "days",
        lambda it: it.case.with_days(it.case.itinerary.days[1:]),
    ),
    "a day's number": ("days", lambda it: it.case.day(it.day.number, number=99)),
    "a date": ("days", lambda it: it.case.day(it.day.number, date=date(2026, 3, 1))),
    "lunch at any time": ("meals", lambda it: it.meal(StopKind.LUNCH, 690, 870)),
    # Earlier or later than what makes way for a show, in any country.
    "dinner at any time": ("meals", lambda it: it.meal(StopKind.DINNER, 990, 1380)),
    "two of a meal": ("meals", Hit.second_meal),
    "no reason": ("reasons", lambda it: it.plan(reason="")),
    "a must-see left out": (
        "wishes",
        lambda it: it.case.asked(must_see=(it.id,)).without(it.id),
    ),
    "an excluded place": ("wishes", lambda it: it.case.asked(excluded=(it.id,))),
    "an avoided kind": (
        "wishes",
        lambda it: it.case.asked(avoid=(it.stop.place.category,)),
    ),
    "over the limit": ("spending", Hit.expensive),
    "a diet not served": ("diets", Hit.meal_of_no_diet),
    "steps": (
        "mobility",
        lambda it: it.case.asked(mobility=(Mobility.STEP_FREE,)).known(
            it.id, wheelchair=Access.NO
        ),
    ),
    "a climb": (
        "mobility",
        lambda it: it.case.asked(mobility=(Mobility.STEP_FREE,)).known(
            it.id, wheelchair=None, approach=Approach(Way.CLIMB, 10)
        ),
    ),
    "a long walk": ("mobility", Hit.long_walk),
}


@settings(max_examples=8_000 if SOAK else 400, deadline=None)
@given(
    st.sampled_from(CITIES),
    st.sampled_from(sorted(FAULTS)),
    st.integers(0, 3),
    st.integers(0, 9),
    st.floats(0, 1),
)
def test_any_fault_is_found(
    city: str,
    fault: str,
    day: int,
    index: int,
    size: float,
) -> None:
    """One thing is wrong somewhere in a real plan: its rule says so, every time."""
    days, pace, interests = PLANS[CITIES.index(city) % len(PLANS)]
    case = planned(PlanRequest(city, days, interests, pace))
    key, put = FAULTS[fault]
    assert key not in case.broken()
    assert key in put(Hit(case, day, index, size)).broken()


def test_a_fault_does_not_hide_another() -> None:
    """Two faults at once are both told."""
    case = planned(PlanRequest("Paris", 2))
    hit = Hit(case, 0, 0, 0.5)
    both = replace(hit.plan(reason="")).asked(excluded=(hit.id,))
    assert {"reasons", "wishes"} <= both.broken()
