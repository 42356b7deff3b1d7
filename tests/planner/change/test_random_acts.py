"""Random sequences of acts: plans stay valid, and only the named days change."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from itinerary_app.acts import acts as do
from itinerary_app.acts.acts import Act
from itinerary_app.acts.values import Meal, Part, Reference, Where, minutes_of
from itinerary_app.catalogue.places import Catalogue
from itinerary_app.model import Itinerary, PlanRequest, Refit, StopKind
from itinerary_app.planner.planner import Planner
from tests.planner.change.trips import is_kept, order
from tests.planner.hasty import SOAK, SOLVE
from tests.planner.rules import unexcused
from tests.planner.test_random_requests import attempt

CATALOGUE = Catalogue()
PLANNER = Planner(CATALOGUE, solve=SOLVE)
CITIES = [city.name for city in CATALOGUE.cities]
LENGTH = do.AddDay | do.RemoveDay | do.SetDays
SEVERAL = do.SetMeal | do.SkipMeal | do.BestOrder | do.Replan | do.SetHours
DAYS = do.SwapDays | do.MoveDay
REORDERING = do.Order | do.SetTime | do.SetStay | do.BestOrder | do.Replan | DAYS
SLOW = 5.0  # seconds of CPU; a tenth of it is usual, but machines of tests are busy
TIMES = st.sampled_from(["08:30", "10:00", "11:30", "15:00", "17:30", "20:00"])


@st.composite
def acts(draw: st.DrawFn, plan: Itinerary) -> Act:
    """An act on this plan, most of them possible."""
    days = st.integers(1, len(plan.days))
    day, maybe = draw(days), draw(st.none() | days)
    places = [place.id for place in CATALOGUE.places(plan.city.name)]
    stops = [stop.place.id for stop in plan.stops] or places
    stop, other = draw(st.sampled_from(stops)), draw(st.sampled_from(stops))
    place, kind = draw(st.sampled_from(places)), draw(st.sampled_from(KINDS))
    wheres: list[Where] = [place, Reference(kind=kind)]
    where = draw(st.sampled_from(wheres))
    part, clock = draw(st.sampled_from(Part)), draw(TIMES)
    meal, part_or_none = (
        draw(st.sampled_from(Meal)),
        draw(st.sampled_from([part, None])),
    )
    some: list[Act] = [
        do.Add(place=where, day=maybe),
        do.Add(place=place, day=maybe, part=part),
        do.Add(place=place, day=maybe, time=clock),
        do.Add(place=where, after=other),
        do.Remove(stop=stop),
        do.Swap(stop=stop),
        do.Swap(stop=stop, place=where),
        do.Move(stop=stop, day=day, part=part_or_none),
        do.Move(stop=stop, part=part),
        do.Move(stop=stop, before=other),
        do.Order(stop=stop, last=draw(st.booleans())),
        do.Order(stop=stop, after=other),
        do.SetTime(stop=stop, time=clock, day=maybe),
        do.SetStay(stop=stop, change=draw(st.sampled_from([-30, 15, 60]))),
        do.SetHours(day=day, start="10:30"),
        do.SetHours(day=day, end="18:30"),
        do.Calmer(day=day),
        do.Fuller(day=day),
        do.Clear(day=maybe, part=part_or_none),
        do.Clear(day=maybe, part=part_or_none, free=False),
        do.SwapDays(first=day, second=draw(days)),
        do.MoveDay(day=day, to=draw(days)),
        do.AddDay(front=draw(st.booleans())),
        do.RemoveDay(day=maybe),
        do.Replan(day=day),
        do.BestOrder(day=maybe),
        do.SetMeal(meal=meal, day=maybe, place=place),
        do.SetMeal(meal=meal, day=day, time=draw(MEAL_TIMES[meal])),
        do.SetMeal(meal=meal, day=maybe, step=-1),
        do.SkipMeal(meal=meal, day=maybe),
    ]
    return draw(st.sampled_from(some))


KINDS = ["museum", "park", "church", "views", "gelato", "tower", "restaurant"]
MEAL_TIMES = {
    Meal.LUNCH: st.sampled_from(["11:45", "14:00"]),
    Meal.DINNER: st.sampled_from(["18:00", "20:30"]),
}


@settings(
    max_examples=1_500 if SOAK else 50,
    deadline=None,
    derandomize=not SOAK,
    suppress_health_check=list(HealthCheck),
)
@given(st.data())
def test_acts_keep_plans_valid_and_reach_no_further_than_they_say(
    data: st.DataObject,
) -> None:
    """After each of five acts no promise is broken, and no other day has changed."""
    wishes = PlanRequest(
        data.draw(st.sampled_from(CITIES)),
        data.draw(st.integers(1, 4)),
        start_date=data.draw(st.none() | st.just(date(2027, 5, 21))),
    )
    plan = attempt(lambda: PLANNER.plan(wishes))
    assert plan is not None
    locked = data.draw(st.none() | st.sampled_from(plan.stops))
    wishes = replace(wishes, locked=(locked.place.id,) if locked else ())
    for _ in range(5):
        before, act = plan, data.draw(acts(plan))
        asked = wished(wishes, act, before)
        began = time.process_time()
        after = attempt(lambda: PLANNER.revise(before, act, asked))  # noqa: B023  # called at once
        assert time.process_time() - began < SLOW
        if after is None:
            continue
        wishes = learned(asked, act, before, after)
        places = CATALOGUE.places(wishes.city)
        assert unexcused(after, wishes, places, before=before) == []
        if locked and not isinstance(act, LENGTH | DAYS | do.SetTime):
            assert _standing(after, locked.place.id) == _standing(
                before, locked.place.id
            )
        _assert_reach(act, before, after)
        plan = after
    if set(wishes.must_see) <= {stop.place.id for stop in plan.stops}:
        same = PLANNER.revise(plan, Refit(), wishes)
        assert same.days == plan.days, "what keeps to all stays"


def wished(request: PlanRequest, act: Act, plan: Itinerary) -> PlanRequest:
    """The request as a conversation has it when the act is made."""
    must, excluded = set(request.must_see), set(request.excluded)
    times, stays = dict(request.times), dict(request.stays)
    match act:
        case do.Add(place=str() as wanted, time=at):
            must.add(wanted)
            if at:
                times[wanted] = minutes_of(at)
        case do.Move(stop=str() as wanted):
            must.add(wanted)
        case do.SetTime(stop=str() as wanted, time=str() as at):
            must.add(wanted)
            times[wanted] = minutes_of(at)
        case do.SetStay(stop=str() as wanted, change=int() as change):
            for stop in plan.stops:
                if stop.place.id == wanted:
                    stays[wanted] = max(5, stop.leave - stop.arrive + change)
        case do.Remove(stop=str() as lost) | do.Swap(stop=str() as lost):
            must.discard(lost)
            excluded.add(lost)
            times.pop(lost, None)
            stays.pop(lost, None)
            if isinstance(act, do.Swap) and isinstance(act.place, str):
                must.add(act.place)
        case do.SetMeal(place=str() as wanted):
            must.add(wanted)
    skipped = request.skipped
    if isinstance(act, do.SkipMeal) and act.day is None:
        skipped = tuple({*skipped, StopKind(act.meal)})
    if isinstance(act, do.SetMeal):
        skipped = tuple(it for it in skipped if it != StopKind(act.meal))
    start = request.start_date
    if isinstance(act, do.AddDay) and act.front and start:
        start = date.fromordinal(start.toordinal() - 1)
    return replace(
        request,
        must_see=tuple(sorted(must)),
        excluded=tuple(sorted(excluded - must)),
        times=tuple(times.items()),
        stays=tuple(stays.items()),
        skipped=skipped,
        start_date=start,
    )


def learned(
    request: PlanRequest, act: Act, before: Itinerary, after: Itinerary
) -> PlanRequest:
    """The request as a conversation keeps it after the act."""
    known = {stop.place.id for stop in before.stops}
    now = {stop.place.id for stop in after.stops}
    must, times = set(request.must_see), dict(request.times)
    if isinstance(act, do.Add | do.Swap):
        must |= now - known
    if isinstance(act, do.SetMeal) and act.time and isinstance(act.day, int):
        for stop in after.days[act.day - 1].stops:
            if stop.kind == StopKind(act.meal):
                times[stop.place.id] = minutes_of(act.time)
    return replace(
        request,
        days=len(after.days),
        must_see=tuple(sorted(must)),
        excluded=tuple(sorted(set(request.excluded) - now)),
        times=tuple(times.items()),
    )


def _assert_reach(act: Act, before: Itinerary, after: Itinerary) -> None:
    if isinstance(act, LENGTH):
        return
    changed = {
        new.number
        for old, new in zip(before.days, after.days, strict=True)
        if old != new
    }
    named = _named(act, before)
    free = isinstance(act, do.Add | do.Clear | do.SetMeal) and not named
    assert changed <= named or (free and len(changed) <= 2) or _is_of_all(act)
    if not isinstance(act, REORDERING):
        mine = {getattr(act, "stop", None), getattr(act, "place", None)}
        for old, new in zip(before.days, after.days, strict=True):
            assert is_kept(order(old, new, mine), order(new, old, mine))


def _is_of_all(act: Act) -> bool:
    return isinstance(act, SEVERAL) and act.day is None


def _named(act: Act, plan: Itinerary) -> set[int]:
    days = {getattr(act, name, None) for name in ("day", "first", "second")}
    numbers = {day for day in days if isinstance(day, int)}
    if isinstance(act, do.MoveDay) and isinstance(act.day, int):
        ends = act.day, act.to if isinstance(act.to, int) else act.day
        numbers |= {*range(min(ends), max(ends) + 1)}
    places = {getattr(act, name, None) for name in ("stop", "after", "before")}
    if isinstance(act, do.SetMeal):
        places.add(act.place)  # it is exchanged with where it was
    for day in plan.days:
        if places & {stop.place.id for stop in day.stops}:
            numbers.add(day.number)
    return numbers


def _standing(plan: Itinerary, place_id: str) -> list[tuple[int, int]]:
    return [
        (day.number, stop.arrive)
        for day in plan.days
        for stop in day.stops
        if stop.place.id == place_id
    ]
