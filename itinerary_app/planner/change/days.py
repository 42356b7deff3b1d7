"""Acts on a day: its hours, its pace, its order and what is kept free."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from itinerary_app.acts.acts import (
    BestOrder,
    Calmer,
    Clear,
    Fuller,
    Replan,
    SetHours,
)
from itinerary_app.acts.values import minutes_of
from itinerary_app.errors import CannotPlan
from itinerary_app.model import Day, Part, Stop, StopKind
from itinerary_app.planner.change import fit
from itinerary_app.planner.change.fit import visits
from itinerary_app.planner.change.placing import best
from itinerary_app.planner.change.plan import Plan
from itinerary_app.planner.change.rearranging import ITERATIONS, with_sights
from itinerary_app.planner.change.refit import refitted
from itinerary_app.planner.change.spots import day_number
from itinerary_app.planner.day import options, paces
from itinerary_app.planner.day.frames import SHORTEST_VISIT, Frame
from itinerary_app.planner.day.options import Choice
from itinerary_app.planner.day.spending import Purse
from itinerary_app.planner.day.timetable import cost, travel
from itinerary_app.planner.draft.candidates import visit_choices
from itinerary_app.planner.draft.drafts import new_days
from itinerary_app.planner.draft.eating import within_budget
from itinerary_app.planner.solver.nearness import far_meals
from itinerary_app.planner.solver.orders import shortest
from itinerary_app.planner.solver.routes import TRAVEL_COST
from itinerary_app.text.clock import clock

MOST_ADDITIONS = 20  # candidates for a fuller day
WORTHWHILE = 5  # minutes of travel that another order has to save


def calmer(plan: Plan, act: Calmer) -> tuple[Day, ...]:
    """One step down the ladder and one visit less, if there are several."""
    day = _day(plan, act.day)
    pace = day.pace.step(calmer=True)
    count = len(visits(day))
    if count <= 1 and pace is day.pace:
        raise CannotPlan(f"Day {day.number} is as calm as it gets: one visit is left.")
    if not day.stops:
        return (replace(day, pace=pace),)
    pinned = [it for it in visits(day) if it.place.id in plan.brief.pinned]
    target = max(1, len(pinned), min(paces.shape(pace).visits, count - 1))
    if target == count > 1:
        raise CannotPlan(f"All visits of day {day.number} are locked. Unlock one.")
    frame = plan.frame(replace(day, pace=pace, stops=()))
    # It may begin as early as it does now, rather than lose what is worth more.
    early = replace(frame, start=min(frame.start, day.stops[0].arrive))
    for stops in _best_first(plan, day, target):
        for hours in (frame, early):
            if found := fit.fitted(plan.kept(stops, hours), fit.rooms(hours)):
                return (plan.made(found, replace(day, pace=pace)),)
    raise CannotPlan(f"Day {day.number} can't be made calmer; remove a stop.")


def fuller(plan: Plan, act: Fuller) -> tuple[Day, ...]:
    """One step up the ladder and at least one visit more."""
    day = _day(plan, act.day)
    pace = day.pace.step(calmer=False)
    most = len(visits(day)) + 1
    if pace is not day.pace:
        most = max(most, paces.shape(pace).visits)
    day = replace(day, pace=pace)
    frame, wishes = plan.frame(day), plan.wishes()
    purse, left = Purse(plan.brief.places, plan.brief.request.spend_limit), wishes.left
    offered = visit_choices(wishes.unused(), plan.brief.taste, [frame], MOST_ADDITIONS)
    chosen, added = plan.kept(day.stops, frame), 0
    while len(visits(day)) + added < most:
        offered = [it for it in offered if purse.price(it.place) <= left]
        found = _one_more(chosen, offered, frame)
        if found is None:
            break
        new, chosen, fitted = found
        added, left = added + 1, left - purse.price(new.place)
        offered.remove(new)
    if not added:
        raise CannotPlan(f"Nothing more fits on day {day.number}. Swap a stop instead.")
    return (plan.made(fitted, day),)


def _one_more(
    chosen: Sequence[Choice], offered: Sequence[Choice], frame: Frame
) -> tuple[Choice, list[Choice], fit.Fit] | None:
    """What is most worth its way of the offered; the choices with it, in order."""
    for room in fit.rooms(frame)[:2]:
        found = []
        for choice in offered:
            fitted = fit.extended(chosen, choice, [room])
            if fitted is None or far_meals(*fitted):
                continue
            worth = choice.options[0].prize - TRAVEL_COST * (cost(*fitted) or 0.0)
            found.append((worth, choice.place.id, choice, fitted))
        if found:
            _, _, new, fitted = max(found, key=lambda it: it[:2])
            by_id = {it.place.id: it for it in (*chosen, new)}
            return new, [by_id[it.place.id] for it in fitted[0]], fitted
    return None


def with_hours(plan: Plan, act: SetHours) -> tuple[Day, ...]:
    """The day between these hours: what has no time goes, new time is filled."""
    start = None if act.start is None else minutes_of(act.start)
    end = None if act.end is None else minutes_of(act.end)
    number, now = day_number(act.day), plan
    if number is None:
        request = plan.brief.request
        request = replace(
            request,
            day_start=request.day_start if start is None else start,
            day_end=request.day_end if end is None else end,
        )
        plan = Plan(plan.itinerary, replace(plan.brief, request=request))
        changed = [
            replace(
                day,
                start=day.start if start is None else None,
                end=day.end if end is None else None,
            )
            for day in plan.itinerary.days
        ]
    else:
        day = plan.day(number)
        changed = [
            replace(
                day,
                start=day.start if start is None else start,
                end=day.end if end is None else end,
            )
        ]
    for day in changed:
        _check_hours(plan, day)
    longer = {
        day.number
        for day in changed
        if plan.frame(day).end > now.frame(now.day(day.number)).end
    }
    itinerary = plan.with_days(changed).itinerary
    numbers = {day.number for day in changed}
    retimed = numbers if start is not None else set()
    days = refitted(itinerary, plan.brief, only=numbers, retimed=retimed, filled=longer)
    return tuple(
        with_sights(day, now.day(day.number), plan)
        for day in days
        if day.number in numbers
    )


def cleared(plan: Plan, act: Clear) -> tuple[Day, ...]:
    """The day with these parts, or that time, free, or free no longer."""
    if act.start and act.end:
        return (_rested(plan, act, minutes_of(act.start), minutes_of(act.end)),)
    parts = tuple(Part) if act.part is None else (act.part,)
    number = day_number(act.day)
    if number is None and not act.free:
        freed = [it for it in plan.itinerary.days if set(parts) & set(it.free)]
        if not freed:
            raise CannotPlan("No day is kept free.")
        number = freed[0].number
    if number is None:
        return (_cleared(plan, _least_hurt(plan, parts), parts),)
    day = plan.day(number)
    if act.free:
        return (_cleared(plan, day, parts),)
    left = tuple(it for it in day.free if it not in parts)
    if left == day.free:
        raise CannotPlan(f"Day {number} is not kept free then.")
    itinerary = plan.with_days([replace(day, free=left)]).itinerary
    days = refitted(itinerary, plan.brief, only={number}, filled={number})
    return tuple(it for it in days if it.number == number)


def _rested(plan: Plan, act: Clear, start: int, end: int) -> Day:
    """The day without stops from `start` to `end`: what was there shifts, or goes."""
    if start >= end:
        raise CannotPlan("What is to be free ends before it begins.")
    number = day_number(act.day)
    if number is None:
        raise CannotPlan("On which day? Name it, for example “day 2”.")
    day = plan.day(number)
    rests = tuple(it for it in day.rests if it[1] <= start or end <= it[0])
    if not act.free and rests == day.rests:
        raise CannotPlan(f"No such time of day {number} is kept free.")
    if act.free:
        for stop in day.stops:
            fixed = stop.place.id in plan.brief.pinned
            if fixed and stop.arrive < end and start < stop.leave:
                raise CannotPlan(_stays(stop, number))
        joined = [(start, end), *(it for it in day.rests if it not in rests)]
        whole = min(it[0] for it in joined), max(it[1] for it in joined)
        rests = tuple(sorted((*rests, whole)))
    if rests == day.rests:
        raise CannotPlan(f"That time of day {number} is kept free already.")
    itinerary = plan.with_days([replace(day, rests=rests)]).itinerary
    filled = set() if act.free else {number}
    days = refitted(itinerary, plan.brief, only={number}, filled=filled)
    made = next(it for it in days if it.number == number)
    return with_sights(made, day, plan)


def _stays(stop: Stop, number: int) -> str:
    return (
        f"{stop.place.name} stays at {clock(stop.arrive)} on day {number}. Unlock it "
        "or give up its time first."
    )


def replanned(plan: Plan, act: Replan) -> tuple[Day, ...]:
    """The day, or all of them, with other places; must-sees and locks stay."""
    number = day_number(act.day)
    brief = plan.brief
    days = plan.itinerary.days if number is None else (plan.day(number),)
    had = {stop.place.id for day in days for stop in day.stops}
    elsewhere = {it.place.id for it in plan.itinerary.stops} - had
    places = [
        place
        for place in brief.places
        if place.id not in elsewhere
        and (place.id not in had or place.id in brief.insisted)
    ]
    if number is None:
        return new_days(brief, places)
    own = {it.place.id for it in visits(days[0])}
    if own and own <= plan.brief.pinned.keys():
        raise CannotPlan(f"All visits of day {number} are locked. Unlock one.")
    others = [it.place for it in plan.itinerary.stops if it.place.id in elsewhere]
    places = within_budget(places, brief.request.budget, brief.request.must_see, others)
    spent = Purse(brief.places, None).total(others)
    frame = plan.frame(replace(days[0], stops=()))
    try:
        return new_days(brief, places, [frame], spent, iterations=ITERATIONS)
    except CannotPlan as exc:
        raise CannotPlan(
            f"Too little else is left in {brief.city.name} for day {number}. Swap "
            "single stops instead."
        ) from exc


def best_ordered(plan: Plan, act: BestOrder) -> tuple[Day, ...]:
    """The stops of the day, or of every day, in the order with the least travel."""
    number = day_number(act.day)
    days = plan.itinerary.days if number is None else (plan.day(number),)
    changed = [better for day in days if (better := _best_ordered(plan, day))]
    if not changed:
        which = "Every day" if number is None else f"Day {number}"
        raise CannotPlan(f"{which} is in the order with the least travel already.")
    return tuple(changed)


def _best_ordered(plan: Plan, day: Day) -> Day | None:
    """The day in a better order; meals, locks and stated times stay put."""
    usual = plan.frame(day)
    still = [
        options.pinned(stop, day.number)
        if stop.kind is not StopKind.VISIT or stop.place.id in plan.brief.pinned
        else fit.kept(stop, usual, plan.brief).options[0]
        for stop in day.stops
    ]
    route = tuple(still)
    for frame in fit.rooms(usual):
        best_route = shortest(route, frame)
        far = {it.place.id for it in far_meals(best_route, frame)}
        gain = travel(route, frame) - travel(best_route, frame)
        if gain >= WORTHWHILE and not far - plan.brief.insisted:
            return fit.as_day(best_route, frame, usual, plan.brief)
    return None


def _best_first(plan: Plan, day: Day, most: int) -> Iterator[list[Stop]]:
    """The day's meals with so many of its visits at most, what is worth most first.

    What is pinned is among them.
    """
    taste, own = plan.brief.taste, visits(day)
    pinned = {it for it in own if it.place.id in plan.brief.pinned}

    def worth(some: Sequence[Stop]) -> tuple[int, int]:
        # Of what is worth the same, what one stays at for long makes the day.
        stays = sum(it.leave - it.arrive for it in some)
        return sum(taste.prize(it.place) for it in some), stays

    sets = (
        some
        for count in range(1, most + 1)
        for some in combinations(own, count)
        if pinned <= set(some)
    )
    for some in sorted(sets, key=worth, reverse=True):
        yield [it for it in day.stops if it in some or it.kind is not StopKind.VISIT]


def _cleared(plan: Plan, day: Day, parts: Iterable[Part]) -> Day:
    """The day without what lies in these parts; what was insisted on shifts, and if a
    famous sight would be lost others, too.
    """
    if set(parts) <= set(day.free):
        raise CannotPlan(f"Day {day.number} is kept free then already.")
    freed = replace(day, free=tuple(it for it in Part if it in {*day.free, *parts}))
    frame = plan.frame(freed)
    gone = [stop for stop in day.stops if _is_within(stop, frame)]
    for stop in gone:
        if stop.place.id in plan.brief.pinned:
            raise CannotPlan(_stays(stop, day.number))
    stays = [stop for stop in day.stops if stop not in gone]
    made = replace(freed, stops=tuple(stays))
    still = tuple(options.pinned(stop, day.number) for stop in stays)
    made = plan.made((still, replace(frame, rest=0, start=0, end=30 * 60)), made)
    made = replace(made, start=day.start, end=day.end)
    for stop in gone:
        found = options.visits(stop.place, plan.brief.taste.prize(stop.place), [frame])
        if stop.place.id in plan.brief.insisted and stop.kind is StopKind.VISIT:
            choices = [Choice(found, required=True)] if found else []
            made = best(plan, made, choices, frame) or made
    now, only = plan.with_days([freed]).itinerary, {day.number}
    shifted = refitted(now, plan.brief, only=only, emptier=only)
    others = [it for it in shifted if it.number == day.number]
    return with_sights(made, day, plan, others)


def _least_hurt(plan: Plan, parts: Sequence[Part]) -> Day:
    """The day that loses least by it."""
    brief, found = plan.brief, []
    for day in plan.itinerary.days:
        frame = plan.frame(replace(day, free=tuple(parts)))
        gone = [stop for stop in day.stops if _is_within(stop, frame)]
        if set(parts) <= set(day.free) or any(
            stop.place.id in brief.pinned for stop in gone
        ):
            continue
        loss = sum(brief.taste.prize(stop.place) for stop in gone)
        found.append((loss, -day.number, day))
    if not found:
        raise CannotPlan("Every day has stops that stay then. Unlock one of them.")
    return min(found, key=lambda it: it[:2])[2]


def _is_within(stop: Stop, frame: Frame) -> bool:
    return any(stop.arrive < end and start < stop.leave for start, end in frame.blocked)


def _check_hours(plan: Plan, day: Day) -> None:
    frame = plan.frame(day)
    if frame.end - frame.start < SHORTEST_VISIT:
        raise CannotPlan(
            f"Day {day.number} would have no time: from {clock(frame.start)} to "
            f"{clock(max(0, frame.end))}. Begin earlier or end later."
        )
    for stop in day.stops:
        early = stop.arrive < frame.begins(stop.place)
        late = stop.leave > frame.ends(stop.place)
        if stop.place.id in plan.brief.fixed and (early or late):
            raise CannotPlan(
                f"{stop.place.name} is to begin at {clock(stop.arrive)} on day "
                f"{day.number}. Give up its time first."
            )


def _day(plan: Plan, number: int | str) -> Day:
    known = day_number(number)
    assert known is not None
    return plan.day(known)
