"""A plan stretched over more days than its city fills, by visits of fuller days."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

from itinerary_app.errors import CannotPlan
from itinerary_app.model import AddStop, Day, Edit, Itinerary, MoveStop, Stop
from itinerary_app.planner.change import edits, oneday
from itinerary_app.planner.change.oneday import solved, visits
from itinerary_app.planner.change.wishes import Wishes
from itinerary_app.planner.day.options import MEALS
from itinerary_app.planner.draft.brief import Brief
from itinerary_app.planner.draft.candidates import visit_choices
from itinerary_app.planner.draft.days import day as told

MOST_TRIES = 8  # stops that are tried for a place in the new day


def stretched(itinerary: Itinerary, brief: Brief) -> tuple[Day, ...]:
    """As many days as the brief's request has; CannotPlan if one stays empty.

    The new ones take what is unused and then what the fullest days can spare.
    """
    have, want = len(itinerary.days), brief.request.days
    pace = brief.request.pace
    new = [Day(number, pace, ()) for number in range(have + 1, want + 1)]
    plan = replace(itinerary, days=(*itinerary.days, *new))
    share = sum(len(visits(day)) for day in plan.days) // want
    for day in new:
        plan = _filled(plan, day.number, max(1, share), brief)
    return plan.days


def _filled(plan: Itinerary, number: int, share: int, brief: Brief) -> Itinerary:
    while len(visits(plan.days[number - 1])) < share:
        longer = _with_one_more(plan, number, brief)
        if longer is None:
            break
        plan = longer
    day = plan.days[number - 1]
    frame = brief.frame(day, len(plan.days))
    if not visits(day) and not frame.is_short:
        raise CannotPlan(f"Nothing is left to see on day {number}. Plan a day less.")
    found = solved([oneday.kept(it, frame, brief) for it in day.stops], [frame], brief)
    if found is None:
        return plan
    unused = Wishes(plan, brief).unused()
    route = oneday.fed(found[0], frame, brief, unused, set(MEALS))
    return _changed(plan, told(route, frame, brief))


def _with_one_more(plan: Itinerary, number: int, brief: Brief) -> Itinerary | None:
    for edit in _ideas(plan, number, brief):
        with suppress(CannotPlan):
            return _changed(plan, *edits.apply(plan, edit, brief))
    return None


def _ideas(plan: Itinerary, number: int, brief: Brief) -> Iterator[Edit]:
    """Unused visits, best first; then those of the fullest days, the nearest first."""
    day = plan.days[number - 1]
    frame = brief.frame(day, len(plan.days))
    unused = Wishes(plan, brief).unused()
    for choice in visit_choices(unused, brief.taste, [frame], MOST_TRIES):
        yield AddStop(number, choice.place.id)
    least = max(2, len(visits(day)) + 2)
    spare = [
        (-len(visits(donor)), _way(stop, day, brief), brief.taste.prize(stop.place), i)
        for i, (donor, stop) in enumerate(_stops(plan))
        if stop.place.id not in brief.locked and len(visits(donor)) >= least
    ]
    stops = [stop for _, stop in _stops(plan)]
    for *_, i in sorted(spare)[:MOST_TRIES]:
        yield MoveStop(stops[i].place.id, number)


def _stops(plan: Itinerary) -> list[tuple[Day, Stop]]:
    return [(day, stop) for day in plan.days for stop in visits(day)]


def _way(stop: Stop, day: Day, brief: Brief) -> int:
    """Minutes to the day's nearest stop."""
    ways = (brief.ways.minutes(stop.place, it.place) for it in day.stops)
    return min(ways, default=0)


def _changed(plan: Itinerary, *days: Day) -> Itinerary:
    changed = {day.number: day for day in days}
    return replace(plan, days=tuple(changed.get(day.number, day) for day in plan.days))
