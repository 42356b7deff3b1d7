"""Two real trips, and what holds whenever an act changes one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

from itinerary_app.acts.acts import Act, Add, Order, SetStay, SetTime, Swap
from itinerary_app.acts.values import minutes_of
from itinerary_app.catalogue.places import Catalogue
from itinerary_app.model import Day, Itinerary, Pace, Place, PlanRequest, Stop, StopKind
from itinerary_app.planner.planner import Planner
from tests.planner.rules import unexcused

CATALOGUE = Catalogue()
PLANNER = Planner(CATALOGUE)
ROME = PlanRequest(  # from a Friday on, with room for more
    "Rome",
    3,
    pace=Pace.RELAXED,
    must_see=("colosseum", "roman-forum", "spanish-steps", "trevi-fountain"),
    start_date=date(2027, 6, 11),
)
PARIS = PlanRequest(  # with lunch on each day
    "Paris", 4, excluded=("palace-of-versailles", "disneyland-paris")
)
REORDERING = (Order, SetTime, SetStay)  # may shift another visit, where they must


@cache
def planned(request: PlanRequest) -> Itinerary:
    return PLANNER.plan(request)


def revised(
    request: PlanRequest,
    act: Act,
    *days: int,
    plan: Itinerary | None = None,
    reorders: bool = False,
) -> Itinerary:
    """The plan after the act, which may change these days and no others.

    On those visits keep their order, and no promise of the checker is broken.
    """
    plan = plan or planned(request)
    after = PLANNER.revise(plan, act, request)
    assert after == PLANNER.revise(plan, act, request), "the same again is the same"
    for old, new in zip(plan.days, after.days, strict=True):
        if old.number not in days:
            assert new == old, "a day that was not named has changed"
        elif not (reorders or isinstance(act, REORDERING)):
            mine = {getattr(act, "stop", None), getattr(act, "place", None)}
            assert is_kept(order(old, new, mine), order(new, old, mine))
    wanted = added(plan, after) if isinstance(act, Add | Swap) else ()
    asked = replace(request, must_see=(*request.must_see, *wanted))
    places = CATALOGUE.places(request.city)
    assert unexcused(after, asked, places, before=plan) == []
    return after


def order(day: Day, other: Day, but: set[object]) -> list[str]:
    """The visits that both days have, in this day's order."""
    both = {it.place.id for it in visits(day)} & {it.place.id for it in visits(other)}
    return [it.place.id for it in visits(day) if it.place.id in both - but]


def is_kept(old: list[str], new: list[str]) -> bool:
    """Whether the order is the same, but for one that may have shifted."""
    without = ([it for it in old if it != one] for one in old)
    return old == new or any(
        rest == [it for it in new if it in rest] for rest in without
    )


def added(before: Itinerary, after: Itinerary) -> tuple[str, ...]:
    known = {stop.place.id for stop in before.stops}
    return tuple(s.place.id for s in after.stops if s.place.id not in known)


def gone(before: Itinerary, after: Itinerary) -> tuple[str, ...]:
    return added(after, before)


def unused(request: PlanRequest, kind: str) -> list[Place]:
    """The places of the category that the plan does not use."""
    used = {stop.place.id for stop in planned(request).stops}
    places = CATALOGUE.places(request.city)
    return [it for it in places if it.category == kind and it.id not in used]


def visits(day: Day) -> list[Stop]:
    return [stop for stop in day.stops if stop.kind is StopKind.VISIT]


def ids(day: Day) -> list[str]:
    return [stop.place.id for stop in day.stops]


def meal(day: Day, kind: str) -> Stop:
    [found] = [stop for stop in day.stops if stop.kind == kind]
    return found


def where(plan: Itinerary, place_id: str) -> tuple[int, Stop]:
    """The number of the day of the stop, and the stop."""
    [found] = [
        (day.number, stop)
        for day in plan.days
        for stop in day.stops
        if stop.place.id == place_id
    ]
    return found


def at(time: str) -> int:
    return minutes_of(time)
