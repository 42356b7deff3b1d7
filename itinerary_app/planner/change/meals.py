"""Acts on a meal: where, what, when, or none."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial

from itinerary_app.acts.acts import SetMeal, SkipMeal
from itinerary_app.acts.values import Reference, minutes_of
from itinerary_app.catalogue.geo import distance_km
from itinerary_app.catalogue.kinds import EATING
from itinerary_app.errors import CannotPlan
from itinerary_app.model import Budget, Category, Day, Interest, Place, Stop, StopKind
from itinerary_app.planner.change.placing import best, obstacle
from itinerary_app.planner.change.plan import Plan, minus
from itinerary_app.planner.change.spots import day_number, on, roomy
from itinerary_app.planner.day import options
from itinerary_app.planner.day.frames import Frame
from itinerary_app.planner.day.options import Choice
from itinerary_app.planner.day.pauses import lacking
from itinerary_app.text.clock import clock

# What one pays at a place to eat whose level nobody told, as far as its kind tells.
COSTLINESS = {Category.STREET_FOOD: 1, Category.CAFE: 1, Category.RESTAURANT: 2}
REACH_KM = 0.8  # as the crow flies: a walk of a quarter of an hour at most
FITTING = {Budget.LOW: (1,), Budget.MODERATE: (2, 3), Budget.HIGH: (3, 4)}


def set_meal(plan: Plan, act: SetMeal) -> tuple[Day, ...]:
    """The days with the meal as it is wished for.

    Without a day: all days; with a place of a name the one that it suits best. If
    nothing is said of the meal it comes where there is none.
    """
    number = day_number(act.day)
    if number is not None:
        return _set(plan, plan.day(number), act)
    if isinstance(act.place, str):
        return _somewhere(plan, act)
    bare = _says_nothing_else(act) and act.time is None
    changed: list[Day] = []
    refusals: list[CannotPlan] = []
    for day in plan.itinerary.days:
        has = any(StopKind(act.meal) in (it.kind, it.holds) for it in day.stops)
        if has is bare:
            continue  # it is there already; or there is none to change
        try:
            made = _set(plan, day, act)
        except CannotPlan as exc:
            refusals.append(exc)
            continue
        changed += made
        plan = plan.with_days(made)
    if refusals and (act.time is not None or not changed):
        raise refusals[0]
    return tuple(changed)


def skipped(plan: Plan, act: SkipMeal) -> tuple[Day, ...]:
    """The days without the meal, and without another one in its stead."""
    number, kind = day_number(act.day), StopKind(act.meal)
    days = plan.itinerary.days if number is None else (plan.day(number),)
    changed = []
    for day in days:
        new = day
        if number is not None and kind not in day.skipped:
            new = replace(day, skipped=(*day.skipped, kind))
        for stop in day.stops:
            if stop.kind is kind:
                plan.loose(stop.place.id)
                new = plan.without(new, stop)
            elif stop.holds is kind:
                kept = (it._replace(holds=None) if it.holds else it for it in new.stops)
                new = replace(new, stops=tuple(kept))
        if new is not day:
            changed.append(new)
    if number is not None and not changed:
        raise CannotPlan(f"Day {number} has no {kind} already.")
    return tuple(changed)


def held_before(plan: Plan, changed: Iterable[Day]) -> Plan:
    """The plan with these days, and the meals nearby that went with the visits that
    held them.
    """
    after = plan.with_days(changed)
    for day in changed:
        there = {stop.place.id for stop in day.stops}
        for stop in plan.day(day.number).stops:
            if stop.holds and stop.place.id not in there:
                after = after.with_days([fed(after, day, stop.holds)])
    return after


def fed(plan: Plan, day: Day, kind: StopKind) -> Day:
    """The day with the meal where it costs least, if it lacks it and one fits."""
    frame = plan.frame(day)
    if kind not in lacking(day, frame):
        return day
    with suppress(CannotPlan):
        near = [stop.place for stop in day.stops]
        choices = plan.wishes().meals(kind, frame, None, near=near)
        return best(plan, day, choices, frame, asked=False) or day
    return day


def _set(plan: Plan, day: Day, act: SetMeal) -> tuple[Day, ...]:
    kind = StopKind(act.meal)
    had = next((it for it in day.stops if it.kind is kind), None)
    source, moved = _planned(plan, act.place)
    if had is not None and had is moved:
        source = moved = None
        if act.time is None:
            return ()  # it is there already
    holding = next((it for it in day.stops if it.holds is kind), None)
    if holding is not None and _says_nothing_else(act) and act.time is None:
        raise CannotPlan(
            f"{kind.capitalize()} on day {day.number} is part of the visit to "
            f"{holding.place.name}. Name a place to eat, or make that visit shorter."
        )
    for stop in (had, moved):
        if stop is not None:
            plan.loose(stop.place.id)
    gone = [had, moved if source is day else None]
    rest = replace(
        day,
        stops=tuple(it for it in day.stops if it not in gone),
        skipped=tuple(it for it in day.skipped if it is not kind),
    )
    frame = plan.frame(rest)
    if act.time is not None:
        ids = {it.place.id for it in (had, moved) if it is not None}
        frame = _at_time(plan, rest, frame, kind, minutes_of(act.time), ids)
    near = [stop.place for stop in rest.stops]
    choices = _choices(plan, frame, act, had, moved, near)
    named = isinstance(act.place, str)
    firm = named or act.time is not None
    tries = [[it] for it in choices] if act.near else [choices]  # the nearest first
    fits = (best(plan, rest, it, frame, shift=firm, asked=named) for it in tries)
    made = next(filter(None, fits), None)
    if made is None:
        raise CannotPlan(
            f"{kind.capitalize()} does not fit on day {day.number}{_at(act)}: "
            + obstacle(plan, rest, choices[0], frame)
        )
    if source is None or source is day or moved is None:
        return (made,)
    return made, _given(plan, source, moved, had)


def _planned(plan: Plan, place: object) -> tuple[Day | None, Stop | None]:
    """The stop at the place, if it is in the plan already."""
    if isinstance(place, str):
        with suppress(CannotPlan):
            return plan.find(place)
    return None, None


def _choices(
    plan: Plan,
    frame: Frame,
    act: SetMeal,
    had: Stop | None,
    moved: Stop | None,
    near: Sequence[Place],
) -> list[Choice]:
    wishes, kind = plan.wishes(had), StopKind(act.meal)
    if isinstance(act.place, str):
        same = had is not None and had.place.id == act.place
        stop = had if same else moved
        place = stop.place if stop else wishes.named(act.place)
        if not (place.category in EATING or Interest.FOOD in place.interests):
            raise CannotPlan(f"{place.name} is no place to eat, as far as we know.")
        if found := _offers(plan, place, frame, kind):
            return [found]
        raise CannotPlan(f"{place.name} serves no {kind}{on(frame)}{_at(act)}.")
    if had is not None and _says_nothing_else(act):
        if found := _offers(plan, had.place, frame, kind):
            return [found]
        return wishes.meals(kind, frame, None, near=near)  # another one is open then
    wanted = act.kind
    if wanted is None and isinstance(act.place, Reference):
        wanted = act.place.kind
    if isinstance(act.near, str):
        return _near(plan, frame, act, wanted, had)
    if act.budget is None and not act.step:
        return wishes.meals(kind, frame, wanted, near=near)
    try:
        liked = partial(_is_liked, act, had)
        return wishes.meals(kind, frame, wanted, liked, near)
    except CannotPlan as exc:
        than = f" than {had.place.name}" if had and act.step else ""
        what = "cheaper" if act.step == -1 else "dearer" if act.step else "such"
        raise CannotPlan(
            f"I know no {what} place for {kind}{than}{on(frame)}. Name one that you "
            "like."
        ) from exc


def _near(
    plan: Plan, frame: Frame, act: SetMeal, wanted: str | None, had: Stop | None
) -> list[Choice]:
    there = next((it for it in plan.brief.places if it.id == act.near), None)
    if there is None:
        raise CannotPlan("I don't know where that is. Name a sight beside it.")

    def away(place: Place) -> float:
        return distance_km(place.lat, place.lon, there.lat, there.lon)

    try:
        found = plan.wishes(had).meals(
            StopKind(act.meal), frame, wanted, lambda it: away(it) <= REACH_KM, [there]
        )
    except CannotPlan as exc:
        raise CannotPlan(
            f"I know no place for {act.meal} within a walk of {there.name} that serves "
            f"then{on(frame)}. Name one that you like."
        ) from exc
    sits = Category.RESTAURANT  # before what one has standing
    return sorted(found, key=lambda it: (it.place.category is not sits, away(it.place)))


def _offers(plan: Plan, place: Place, frame: Frame, kind: StopKind) -> Choice | None:
    prize = plan.brief.taste.meal_prize(place, kind)
    found = options.meals(place, prize, [frame], (kind,))
    return Choice(found, required=True) if found else None


def _is_liked(act: SetMeal, had: Stop | None, place: Place) -> bool:
    """Whether it costs what is wished for, as far as kinds and prices tell."""
    if act.budget is not None:
        return _level(place) in FITTING[act.budget]
    if had is None:
        return _level(place) in FITTING[Budget.LOW if act.step == -1 else Budget.HIGH]
    return _dearer(place, had.place) == act.step


def _dearer(place: Place, other: Place) -> int:
    """-1 if the place is cheaper than the other one, 1 if dearer, 0 if unknown."""
    if place.price is not None and other.price is not None:
        return (place.price > other.price) - (place.price < other.price)
    one, two = _level(place), _level(other)
    if one is None or two is None:
        return 0
    return (one > two) - (one < two)


def _level(place: Place) -> int | None:
    return place.level or COSTLINESS.get(place.category)


def _somewhere(plan: Plan, act: SetMeal) -> tuple[Day, ...]:
    """The meal at the named place on the day where its way is shortest."""
    found: list[tuple[int, tuple[Day, ...]]] = []
    refusals: list[CannotPlan] = []
    for day in plan.itinerary.days:
        try:
            days = _set(plan, day, act)
        except CannotPlan as exc:
            refusals.append(exc)
            continue
        before = {it.number: it for it in plan.itinerary.days}
        longer = sum(_way(it) - _way(before[it.number]) for it in days)
        found.append((longer, days))
    if not found:
        raise refusals[0]
    return min(found, key=lambda it: it[0])[1]


def _given(plan: Plan, source: Day, moved: Stop, other: Stop | None) -> Day:
    """The day that a meal was taken from, with the other day's in its stead."""
    rest = minus(source, moved)
    frame = plan.frame(source)
    if other is not None and moved.kind is not StopKind.VISIT:
        found = options.meals(other.place, 0, [frame], (moved.kind,))
        choices = [Choice(found, required=True)] if found else []
        if made := best(plan, rest, choices, frame, asked=False):
            return made
    left = plan.without(source, moved)
    return left if moved.kind is StopKind.VISIT else fed(plan, left, moved.kind)


def _at_time(
    plan: Plan, day: Day, frame: Frame, kind: StopKind, time: int, ids: Collection[str]
) -> Frame:
    """The frame with the meal at a time that counts more than what was said before."""
    terms = frame.terms
    times = {key: at for key, at in terms.times.items() if key not in ids}
    terms = replace(terms, times=times, meal_times={**terms.meal_times, kind: time})
    frame = replace(frame, terms=terms)
    return roomy(plan, day, frame, time, frame.meal(kind).minutes)


def _says_nothing_else(act: SetMeal) -> bool:
    return (act.place, act.near, act.kind, act.budget, act.step) == (None,) * 5


def _at(act: SetMeal) -> str:
    return "" if act.time is None else f" at {clock(minutes_of(act.time))}"


def _way(day: Day) -> int:
    return day.back_minutes + sum(stop.travel_minutes for stop in day.stops)
