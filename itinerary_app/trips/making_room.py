"""Room for what is asked for by name: the least of the day's other visits go for it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from math import inf
from typing import Protocol

from msgspec.structs import replace as with_

from itinerary_app.acts import acts as do
from itinerary_app.acts.acts import Act
from itinerary_app.acts.values import Reference
from itinerary_app.errors import CannotPlan
from itinerary_app.model import Itinerary, Preferences, Refit, StopKind
from itinerary_app.planner.day.frames import PARTS

WANTS_ROOM = do.Add | do.Move | do.SetTime | do.SetMeal


class Revise(Protocol):
    """The plan after an act; a `draft` is no more than a step on the way."""

    def __call__(
        self, plan: Itinerary, act: Act | Refit, *, draft: bool = False
    ) -> Itinerary: ...


def made(
    plan: Itinerary,
    act: Act,
    wishes: Preferences,
    revise: Revise,
) -> Itinerary:
    """The plan after the act, if need be without visits that nobody insists on, or
    with hours that were free.

    CannotPlan is that of the first try: it says what would have to give.
    """
    try:
        return revise(plan, act)
    except CannotPlan as exc:
        if isinstance(act, do.Move) and act.day == "other":
            there = {
                day.number
                for day in plan.days
                if any(stop.place.id == act.stop for stop in day.stops)
            }
            days = [it.number for it in plan.days if it.number not in there]
            return _somewhere(plan, [with_(act, day=it) for it in days], wishes, revise)
        if not isinstance(act, WANTS_ROOM):
            raise
        if isinstance(act, do.Add) and isinstance(act.place, Reference):
            return _some_of_a_kind(plan, act, wishes, revise)
        place = act.stop if isinstance(act, do.Move | do.SetTime) else act.place
        number = _day_of(plan, act, place)
        if number is None or not isinstance(place, str):
            raise
        refused = exc
    kept = {place, *wishes.must_see, *wishes.locked, *dict(wishes.times)}
    spare = _least_first(plan, number, kept)
    several = (spare[:count] for count in range(2, len(spare) + 1))
    for gone in (*([one] for one in spare), *several):
        with suppress(CannotPlan):
            return revise(_without(plan, gone, revise), act)
    if act.day is not None and (freed := _freed(plan, number)) is not plan:
        with suppress(CannotPlan):
            return _still_free(plan, revise(freed, act), number)
    if act.day is not None and not isinstance(act, do.SetMeal):
        with suppress(CannotPlan):  # a day out: the rest of the day comes around it
            empty = _freed(revise(plan, do.Clear(day=number), draft=True), number)
            alone = _still_free(plan, revise(empty, act, draft=True), number)
            return _in_part(act, place, revise(alone, Refit(filled=(number,))))
    raise refused


def _freed(plan: Itinerary, number: int) -> Itinerary:
    """The plan with no hours of the day kept free; itself, if none are."""
    days = tuple(
        replace(it, free=(), rests=()) if it.number == number else it
        for it in plan.days
    )
    return plan if days == plan.days else replace(plan, days=days)


def _still_free(plan: Itinerary, made: Itinerary, number: int) -> Itinerary:
    """The plan as `made`, with what was free of the day and still has no stop."""
    was = next(it for it in plan.days if it.number == number)
    day = next(it for it in made.days if it.number == number)

    def is_free(start: int, end: int) -> bool:
        return not any(it.arrive < end and start < it.leave for it in day.stops)

    new = replace(
        day,
        free=tuple(it for it in was.free if is_free(*PARTS[it])),
        rests=tuple(it for it in was.rests if is_free(*it)),
    )
    days = tuple(new if it is day else it for it in made.days)
    return replace(made, days=days)


def _in_part(act: Act, place: str, made: Itinerary) -> Itinerary:
    """The plan as `made`, if the place begins in the part of the day that was asked
    for; CannotPlan otherwise.
    """
    part = getattr(act, "part", None)
    first, last = PARTS[part] if part else (0, inf)
    begins = next(it.arrive for it in made.stops if it.place.id == place)
    if first <= begins < last:
        return made
    raise CannotPlan("It would be at another time of the day.")


def _some_of_a_kind(
    plan: Itinerary, act: do.Add, wishes: Preferences, revise: Revise
) -> Itinerary:
    """The plan with one of the kind instead of the least visit, where that costs
    least.
    """
    days = [it.number for it in plan.days if act.day in (None, it.number)]
    found: list[tuple[int, Itinerary]] = []
    kept = {*wishes.must_see, *wishes.locked, *dict(wishes.times)}
    for number in days:
        for gone in _least_first(plan, number, kept):
            with suppress(CannotPlan):
                after = revise(_without(plan, [gone], revise), with_(act, day=number))
                price = next(
                    it.place.importance for it in plan.stops if it.place.id == gone
                )
                found.append((price, after))
                break
    if not found:
        return revise(plan, act)  # which says why not
    return min(found, key=lambda it: it[0])[1]


def restored(
    before: Itinerary, plan: Itinerary, wishes: Preferences, revise: Revise
) -> Itinerary:
    """The plan with the famous sights of the one `before` which it lacks, on the days
    that cost least, where that is less than they are worth.
    """
    lacking = {it.place for it in before.stops} - {it.place for it in plan.stops}
    for place in sorted(lacking, key=lambda it: -it.importance):
        if not place.is_famous:
            continue
        days = [do.Add(place=place.id, day=it.number) for it in plan.days]
        with suppress(CannotPlan):
            plan = _somewhere(plan, days, wishes, revise, most=place.importance - 1)
    return plan


def _somewhere(
    plan: Itinerary,
    acts: Sequence[Act],
    wishes: Preferences,
    revise: Revise,
    most: float = inf,
) -> Itinerary:
    """The plan after the act, of the same on several days, that costs least and `most`
    at most, in importance; CannotPlan says of each day why not.
    """
    had = {stop.place.id: stop.place.importance for stop in plan.stops}
    found: list[tuple[int, Itinerary]] = []
    whys: list[str] = []
    for act in acts:
        try:
            after = made(plan, act, wishes, revise)
        except CannotPlan as exc:
            whys.append(str(exc))
            continue
        left = {stop.place.id for stop in after.stops}
        price = sum(had[it] for it in had.keys() - left)
        if price == 0:
            return after
        if price <= most:
            found.append((price, after))
    if not found:
        raise CannotPlan(" ".join(dict.fromkeys(whys)) or "There is no other day.")
    return min(found, key=lambda it: it[0])[1]


def _without(plan: Itinerary, gone: Sequence[str], revise: Revise) -> Itinerary:
    for stop_id in gone:
        plan = revise(plan, do.Remove(stop=stop_id), draft=True)
    return plan


def _day_of(plan: Itinerary, act: Act, place: object) -> int | None:
    """The day that the act names, by its number or by a stop of it."""
    day = getattr(act, "day", None)
    if isinstance(day, int):
        return day
    stops = {stop.place.id: it.number for it in plan.days for stop in it.stops}
    near = [getattr(act, name, None) for name in ("before", "after")]
    if isinstance(act, do.SetTime):
        near.append(place)
    return next((stops[it] for it in near if it in stops), None)


def _least_first(plan: Itinerary, number: int, kept: set[str]) -> list[str]:
    visits = [
        stop.place
        for day in plan.days
        for stop in day.stops
        if day.number == number
        and stop.kind is StopKind.VISIT
        and stop.place.id not in kept
    ]
    return [it.id for it in sorted(visits, key=lambda it: it.importance)]
