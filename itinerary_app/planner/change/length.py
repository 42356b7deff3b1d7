"""Acts on the number of days, and on their order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from itinerary_app.acts.acts import (
    Add,
    AddDay,
    Move,
    MoveDay,
    RemoveDay,
    SetDays,
    SwapDays,
)
from itinerary_app.errors import CannotPlan
from itinerary_app.model import Day, Itinerary, Stop, StopKind
from itinerary_app.model.fields import MAX_DAYS
from itinerary_app.planner.change import fit, stops
from itinerary_app.planner.change.fit import visits
from itinerary_app.planner.change.plan import Plan
from itinerary_app.planner.change.refit import refitted
from itinerary_app.planner.change.spots import day_number
from itinerary_app.planner.day import options
from itinerary_app.planner.day.options import MEALS
from itinerary_app.planner.day.spending import Purse
from itinerary_app.planner.draft.brief import Brief
from itinerary_app.planner.draft.candidates import visit_choices
from itinerary_app.planner.draft.drafts import new_days
from itinerary_app.planner.draft.eating import within_budget
from itinerary_app.text.clock import clock

ITERATIONS = 120  # of the search for further days
MOST_TRIES = 8  # stops that are tried for a place in a new day


def with_days(plan: Plan, act: SetDays) -> tuple[Day, ...]:
    """So many days: new ones come at the end, the last ones go."""
    have = len(plan.itinerary.days)
    if act.days > have:
        return _longer(plan, act.days - have, front=False)
    return _shorter(plan, plan.itinerary.days[: act.days])


def with_more_days(plan: Plan, act: AddDay) -> tuple[Day, ...]:
    """As many days more, at the end or before day 1."""
    return _longer(plan, act.count, front=act.front)


def without_day(plan: Plan, act: RemoveDay) -> tuple[Day, ...]:
    """The other days; those after it move up."""
    number = day_number(act.day) or plan.itinerary.days[-1].number
    plan.day(number)
    stay = [day for day in plan.itinerary.days if day.number != number]
    return _shorter(plan, stay)


def with_swapped(plan: Plan, act: SwapDays) -> tuple[Day, ...]:
    """Two days with each other's stops and hours."""
    numbers = day_number(act.first), day_number(act.second)
    one, other = (plan.day(number or 0) for number in numbers)
    if one is other:
        raise CannotPlan(f"Day {one.number} can't be swapped with itself.")
    return (
        _at_number(plan, one, other.number),
        _at_number(plan, other, one.number),
    )


def with_moved(plan: Plan, act: MoveDay) -> tuple[Day, ...]:
    """The day at its new number, and those between with theirs."""
    day, to = (plan.day(day_number(it) or 0).number for it in (act.day, act.to))
    if day == to:
        raise CannotPlan(f"It is day {day} already.")
    numbers = list(range(min(day, to), max(day, to) + 1))
    order = [it for it in numbers if it != day]
    order.insert(0 if to < day else len(order), day)
    return tuple(
        _at_number(plan, plan.day(old), new)
        for old, new in zip(order, numbers, strict=True)
    )


def _at_number(plan: Plan, day: Day, number: int) -> Day:
    """The day with another number: at its times if those hold, else timed anew."""
    on = plan.brief.request.date_of(number)
    moved = replace(day, number=number, date=on)
    frame = plan.frame(moved)
    for stop in day.stops:
        if stop.place.id in plan.brief.locked:
            raise CannotPlan(
                f"{stop.place.name} is locked on day {day.number}. Unlock it first."
            )
    broken = [stop for stop in day.stops if options.objection(stop, frame)]
    if frame.holds(day.stops) and not broken:
        return moved
    closed = [it for it in broken if fit.movable(it, frame, plan.brief) is None]
    for stop in closed:
        if stop.kind is StopKind.VISIT or stop.place.id in plan.brief.insisted:
            why = options.objection(stop, frame)
            raise CannotPlan(
                f"{stop.place.name} can't be on day {number}: {why}. Remove or move "
                "it first."
            )
    stays = [stop for stop in day.stops if stop not in closed]
    fitted = fit.fitted(plan.kept(stays, frame), fit.rooms(frame))
    if fitted is None:
        raise CannotPlan(
            f"What is planned on day {day.number} does not fit on day {number}, from "
            f"{clock(frame.start)} to {clock(frame.end)}. Remove a stop first."
        )
    if closed:  # one eats somewhere else then
        route, room = fitted
        kinds = {stop.kind for stop in closed}
        places = plan.wishes().unused()
        fitted = fit.fed(route, room, plan.brief, places, kinds), room
    return plan.made(fitted, moved)


def _longer(plan: Plan, count: int, *, front: bool) -> tuple[Day, ...]:
    """The days, and so many new ones of places that are unused so far."""
    have = len(plan.itinerary.days)
    want = have + count
    if want > MAX_DAYS:
        raise CannotPlan(f"A plan has 1 to {MAX_DAYS} days, not {want}.")
    start = plan.brief.request.first
    first = start if front else start + have
    moved = {n: n + count * front for n in range(start, start + have)}
    brief = _for_days(plan.brief, want, moved)
    stay = _renumbered(plan, brief, moved)
    try:
        more = _new_days(
            Itinerary(brief.city, stay), brief, range(first, first + count)
        )
    except CannotPlan:  # what is left fills no day
        more = tuple(
            Day(n, brief.request.pace, (), brief.request.date_of(n))
            for n in range(first, first + count)
        )
        days = (*more, *stay) if front else (*stay, *more)
        return _stretched(Plan(Itinerary(brief.city, days), brief), more)
    return (*more, *stay) if front else (*stay, *more)


def _new_days(
    itinerary: Itinerary, brief: Brief, numbers: Sequence[int]
) -> tuple[Day, ...]:
    request, had = brief.request, [it.place for it in itinerary.stops]
    spent = Purse(brief.places, None).total(had)
    frames = [brief.frame(Day(it, request.pace, ()), request.days) for it in numbers]
    unused = brief.unused(itinerary)
    unused = within_budget(unused, request.budget, request.must_see, had)
    more = new_days(brief, unused, frames, spent, iterations=ITERATIONS)
    share = sum(len(visits(day)) for day in itinerary.days) / len(itinerary.days)
    if any(len(visits(day)) < share / 2 for day in more):
        raise CannotPlan("Too little is left.")
    return more


def _shorter(plan: Plan, stay: Sequence[Day]) -> tuple[Day, ...]:
    """These days only, numbered anew; what does not suit its new date is replaced."""
    if not stay:
        raise CannotPlan("It is the only day. Swap its stops instead.")
    first = plan.brief.request.first
    moved = {day.number: i for i, day in enumerate(stay, start=first)}
    for day, stop in plan.brief.locked.values():
        if day not in moved:
            raise CannotPlan(
                f"{stop.place.name} is locked on day {day}. Unlock it first."
            )
    brief = _for_days(plan.brief, len(stay), moved)
    return _renumbered(plan, brief, moved)


def _renumbered(plan: Plan, brief: Brief, moved: Mapping[int, int]) -> tuple[Day, ...]:
    """The days with their new numbers; those of another date or less time are refitted,
    and those with more time are filled. The others stay to the minute.
    """
    days, changed, freed = [], [], []
    for day in plan.itinerary.days:
        if day.number not in moved:
            continue
        number = moved[day.number]
        new = replace(day, number=number, date=brief.request.date_of(number))
        for stop in day.stops:
            if stop.place.id in plan.brief.locked and new.date != day.date:
                raise CannotPlan(
                    f"{stop.place.name} is locked on day {day.number}, which would "
                    "have another date. Unlock it first, or shift the dates."
                )
        then, now = brief.frame(new, brief.request.days), plan.frame(day)
        tighter = then.start > now.start or then.end < now.end
        if then.start < now.start or then.end > now.end:
            freed.append(number)
        if new.date != day.date or tighter or not then.holds(new.stops):
            changed.append(number)
        days.append(new)
    return refitted(
        Itinerary(brief.city, tuple(days)),
        brief,
        only={*changed, *freed},
        filled=freed,
        count=brief.request.days,
    )


def _for_days(brief: Brief, count: int, moved: Mapping[int, int]) -> Brief:
    """The brief for so many days, with the stops that stay on their days' new ones."""

    def renumbered(
        stops: Iterable[tuple[str, tuple[int, Stop]]],
    ) -> dict[str, tuple[int, Stop]]:
        return {
            place_id: (moved[day], stop)
            for place_id, (day, stop) in stops
            if day in moved
        }

    return replace(
        brief,
        request=replace(brief.request, days=count),
        locked=renumbered(brief.locked.items()),
        fixed=renumbered(brief.fixed.items()),
        before={},
    )


def _stretched(plan: Plan, new: Sequence[Day]) -> tuple[Day, ...]:
    """The plan with its new days filled by what is unused, and by what the fullest
    days can spare; CannotPlan if one stays empty.
    """
    want = len(plan.itinerary.days)
    share = sum(len(visits(day)) for day in plan.itinerary.days) // want
    for day in new:
        plan = _filled(plan, day.number, max(1, share), want)
    return plan.itinerary.days


def _filled(plan: Plan, number: int, share: int, want: int) -> Plan:
    while len(visits(plan.day(number))) < share:
        longer = _with_one_more(plan, number)
        if longer is None:
            break
        plan = longer
    day = plan.day(number)
    frame = plan.frame(day)
    if not visits(day) and not frame.is_short:
        raise CannotPlan(
            f"What we know in {plan.brief.city.name} fills {want - 1} days. Ask for "
            f"{want - 1} days or fewer."
        )
    found = fit.fitted(plan.kept(day.stops, frame), [frame])
    if found is None:
        return plan
    unused = plan.wishes().unused()
    route = fit.fed(found[0], frame, plan.brief, unused, set(MEALS))
    return plan.with_days([fit.as_day(route, frame, frame, plan.brief)])


def _with_one_more(plan: Plan, number: int) -> Plan | None:
    for act in _ideas(plan, number):
        with suppress(CannotPlan):
            if isinstance(act, Add):
                return plan.with_days(stops.added(plan, act))
            return plan.with_days(stops.moved(plan, act))
    return None


def _ideas(plan: Plan, number: int) -> Iterator[Add | Move]:
    """Unused visits, best first; then those of the fullest days, the nearest first."""
    day, brief = plan.day(number), plan.brief
    frame, unused = plan.frame(day), plan.wishes().unused()
    for choice in visit_choices(unused, brief.taste, [frame], MOST_TRIES):
        yield Add(place=choice.place.id, day=number)
    least = len(visits(day)) + 2
    spare = [
        (-len(visits(donor)), _way(stop, day, brief), brief.taste.prize(stop.place), i)
        for i, (donor, stop) in enumerate(_stops(plan))
        if stop.place.id not in brief.pinned and len(visits(donor)) >= least
    ]
    found = [stop for _, stop in _stops(plan)]
    for *_, i in sorted(spare)[:MOST_TRIES]:
        yield Move(stop=found[i].place.id, day=number)


def _stops(plan: Plan) -> list[tuple[Day, Stop]]:
    return [(day, stop) for day in plan.itinerary.days for stop in visits(day)]


def _way(stop: Stop, day: Day, brief: Brief) -> int:
    """Minutes to the day's nearest stop."""
    ways = (brief.ways.minutes(stop.place, it.place) for it in day.stops)
    return min(ways, default=0)
