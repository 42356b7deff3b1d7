"""What an act makes of the traveller's wishes: acts × preferences → preferences."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

from itinerary_app.acts import acts as do
from itinerary_app.acts.acts import Act
from itinerary_app.acts.values import Reference, minutes_of
from itinerary_app.catalogue.kinds import is_of_kind
from itinerary_app.errors import CannotPlan
from itinerary_app.model import (
    Budget,
    Category,
    Itinerary,
    Pace,
    Preferences,
    StopKind,
)
from itinerary_app.model.fields import MAX_DAYS, calendar_date
from itinerary_app.trips.beds import slept
from itinerary_app.trips.legs import followed

SHORTEST_STAY = 5  # minutes
T = TypeVar("T")
K = TypeVar("K", bound=str)
V = TypeVar("V")


def wished(act: Act, told: Preferences, plan: Itinerary | None) -> Preferences:
    """The preferences after the act; an equal value where it says nothing of them.

    The references of `act` are resolved. Of cities trips/legs.py knows. CannotPlan for
    what cannot be wished.
    """
    match act:
        case do.StartOver():
            return Preferences(shared=told.shared)
        case do.Share() | do.Unshare():
            return replace(told, shared=isinstance(act, do.Share))
        case do.SetDates() | do.SetDays() | do.AddDay() | do.RemoveDay():
            return _length(act, told, plan)
        case do.Avoid() | do.Allow() | do.AtMost() | do.NoMore():
            return _rule(act, told, plan)
        case do.Lock() | do.Unlock():
            return replace(told, locked=_locked(act, told, plan))
        case do.SetMeal() | do.SkipMeal():
            return _meal(act, told)
        case do.SetBase():
            return slept(act, told, plan)
    return _of_a_stop(act, told, plan) or _of_the_trip(act, told)


def learned(
    act: Act, told: Preferences, before: Itinerary, after: Itinerary
) -> Preferences:
    """The wishes that show in what the act did to the plan: a later plan keeps to them.

    What was asked for is a must-see; what came back is no longer excluded.
    """
    now = {stop.place.id for stop in after.stops}
    known = {stop.place.id for stop in before.stops}
    come = [stop for stop in after.stops if stop.place.id not in known]
    match act:
        case do.Add(place=Reference(kind=str() as kind)):
            wanted = {it.place.id for it in come if is_of_kind(it.place, kind)}
            wanted = wanted or {it.place.id for it in come if it.kind == "visit"}
        case do.Swap(stop=gone, place=None | Reference()):
            kinds = {it.kind for it in before.stops if it.place.id == gone}
            wanted = {it.place.id for it in come if it.kind in kinds}
        case _:
            wanted = set()
    told = replace(
        told,
        must_see=_sorted({*told.must_see, *wanted}),
        excluded=_sorted({*told.excluded} - now),
    )
    if len(after.days) != len(before.days):
        told = replace(told, duration_days=len(after.days))
    if isinstance(act, do.SetDays | do.AddDay | do.RemoveDay) and after.stages:
        told = followed(told, after)
    if isinstance(act, do.SetMeal) and act.time and (place := _eaten_at(act, after)):
        told = replace(told, times=_put(told.times, place, minutes_of(act.time)))
    return told


def _eaten_at(act: do.SetMeal, plan: Itinerary) -> str | None:
    """Where a meal of one day is whose hour was set."""
    if isinstance(act.place, str):
        return act.place
    stops = (it for day in plan.days if day.number == act.day for it in day.stops)
    return next((it.place.id for it in stops if it.kind == act.meal.value), None)


def _of_the_trip(act: Act, told: Preferences) -> Preferences:
    match act:
        case do.SetInterests(more=more, less=less, only=only):
            had = () if only else told.interests
            kept = (it for it in (*had, *more) if it not in less)
            return replace(told, interests=tuple(dict.fromkeys(kept)))
        case do.SetPace(pace=pace, step=step):
            now = told.pace or Pace.MODERATE
            stepped = now.step(calmer=step < 0) if step else now
            return replace(told, pace=pace or stepped)
        case do.SetBudget(budget=budget, step=step):
            return replace(told, budget=budget or _stepped(told.budget, step or 0))
        case do.SetSpendLimit(amount=amount):
            return replace(told, spend_limit=amount)
        case do.SetDiet(add=add, drop=drop):
            return replace(told, diets=_merged(told.diets, add, drop))
        case do.SetMobility(add=add, drop=drop):
            return replace(told, mobility=_merged(told.mobility, add, drop))
        case do.SetArrival(time=time, at=at) if time or not at:
            there = (at or told.arrive_at) if time else None
            arrive = minutes_of(time) if time else None
            return replace(told, arrive=arrive, arrive_at=there)
        case do.SetArrival(at=str() as at):
            return replace(told, arrive_at=at)
        case do.SetDeparture(time=time, at=at) if time or not at:
            return replace(
                told,
                depart=minutes_of(time) if time else None,
                depart_at=(at or told.depart_at) if time else None,
                depart_there=act.there and time is not None,
            )
        case do.SetDeparture(at=str() as at):
            return replace(told, depart_at=at)
        case do.SetParty(adults=adults, children=children):
            return replace(
                told,
                adults=told.adults if adults is None else adults,
                children=told.children if children is None else children,
            )
        case do.SetHours(day=None, start=start, end=end):
            return replace(
                told,
                day_start=minutes_of(start) if start else told.day_start,
                day_end=minutes_of(end) if end else told.day_end,
            )
    return told


def _of_a_stop(
    act: Act, told: Preferences, plan: Itinerary | None
) -> Preferences | None:
    match act:
        case do.Add(place=str() as wanted) | do.Move(stop=str() as wanted):
            told = _insisted(told, wanted)
            if isinstance(act, do.Add) and act.time:
                told = replace(
                    told, times=_put(told.times, wanted, minutes_of(act.time))
                )
            if isinstance(act, do.Add) and act.minutes:
                told = replace(told, stays=_put(told.stays, wanted, act.minutes))
            return told
        case do.Remove(stop=str() as gone, for_good=for_good):
            left = _dismissed(told, gone)
            return left if for_good else replace(left, excluded=told.excluded)
        case do.Swap(stop=str() as gone, place=other):
            told = _dismissed(told, gone)
            return _insisted(told, other) if isinstance(other, str) else told
        case do.SetTime(stop=str() as fixed, time=None):
            return replace(told, times=_put(told.times, fixed, None))
        case do.SetTime(stop=str() as fixed, time=str() as time):
            told = _insisted(told, fixed)
            return replace(told, times=_put(told.times, fixed, minutes_of(time)))
        case do.SetStay(stop=str() as stayed, minutes=minutes, change=change):
            lasts = minutes or _lasting(stayed, plan) + (change or 0)
            lasts = max(SHORTEST_STAY, lasts)
            return replace(told, stays=_put(told.stays, stayed, lasts))
        case do.Note(stop=str() as noted, text=text):
            return replace(told, notes=_put(told.notes, noted, text or None))
    return None


def _length(
    act: do.SetDates | do.SetDays | do.AddDay | do.RemoveDay,
    told: Preferences,
    plan: Itinerary | None,
) -> Preferences:
    first, days = told.start_date, told.duration_days
    match act:
        case do.SetDates(start=str() as start):
            return replace(told, start_date=calendar_date("start", start))
        case do.SetDates(shift=int() as shift):
            if first is None:
                raise CannotPlan("There are no dates yet that I could move. Name one.")
            return replace(told, start_date=first + timedelta(days=shift))
        case do.SetDates():
            return replace(told, start_date=None)
        case do.SetDays(days=count):
            days = count
        case do.AddDay(front=front, count=count) if days is not None:
            days += count
            if front and first:
                told = replace(told, start_date=first - timedelta(days=count))
        case do.RemoveDay(day=number) if days is not None:
            days -= 1
            if number == 1 and first:  # the other days keep their dates
                told = replace(told, start_date=first + timedelta(days=1))
    if days is None:
        raise CannotPlan("How many days shall it be in all?")
    if days < 1:
        raise CannotPlan("It is the only day. Swap its stops instead.")
    if days > MAX_DAYS:
        raise CannotPlan(f"I can plan up to {MAX_DAYS} days. How many shall it be?")
    return replace(told, duration_days=days)


def _rule(
    act: do.Avoid | do.Allow | do.AtMost | do.NoMore,
    told: Preferences,
    plan: Itinerary | None,
) -> Preferences:
    match act:
        case do.Avoid(place=str() as place_id):
            return _dismissed(told, place_id)
        case do.Avoid(kind=str() as kind):
            stops = plan.stops if plan else ()
            gone = {it.place.id for it in stops if is_of_kind(it.place, kind)}
            kept = tuple(it for it in told.must_see if it not in gone)
            told = replace(told, must_see=kept)
            if kind not in list(Category):
                return replace(told, at_most=_put(told.at_most, kind, 0))
            return replace(told, avoid=_merged(told.avoid, (Category(kind),), ()))
        case do.AtMost(kind=kind, count=count):
            return replace(told, at_most=_put(told.at_most, kind, count))
        case do.NoMore(kind=kind):
            return replace(told, no_more=_merged(told.no_more, (kind,), ()))
        case do.Allow(place=str() as place_id):
            planned = {stop.place.id for stop in plan.stops} if plan else set()
            if place_id in planned:  # "no churches except that one"
                return _insisted(told, place_id)
            left = tuple(it for it in told.excluded if it != place_id)
            return replace(told, excluded=left)
        case do.Allow(kind=str() as kind):
            return replace(
                told,
                avoid=tuple(it for it in told.avoid if it != kind),
                at_most=_put(told.at_most, kind, None),
                no_more=tuple(it for it in told.no_more if it != kind),
            )
        case do.Allow():
            return replace(told, avoid=(), at_most=(), no_more=())
    return told


def _meal(act: do.SetMeal | do.SkipMeal, told: Preferences) -> Preferences:
    meal = StopKind(act.meal.value)
    if isinstance(act, do.SkipMeal):
        if act.day is not None:
            return told
        return replace(told, skipped=_merged(told.skipped, (meal,), ()))
    told = replace(told, skipped=_merged(told.skipped, (), (meal,)))
    if act.day is None and act.time and act.place is None:
        times = _put(told.meal_times, meal, minutes_of(act.time))
        told = replace(told, meal_times=times)
    return _insisted(told, act.place) if isinstance(act.place, str) else told


def _locked(
    act: do.Lock | do.Unlock, told: Preferences, plan: Itinerary | None
) -> tuple[str, ...]:
    if act.stop is None and act.day is None:
        return () if isinstance(act, do.Unlock) else told.locked
    named = {act.stop} if isinstance(act.stop, str) else set()
    for day in plan.days if plan else ():
        if day.number == act.day:
            named |= {stop.place.id for stop in day.stops}
    locked = set(told.locked)
    return _sorted(locked | named if isinstance(act, do.Lock) else locked - named)


def _insisted(told: Preferences, place_id: str) -> Preferences:
    return replace(
        told,
        must_see=_sorted({*told.must_see, place_id}),
        excluded=tuple(it for it in told.excluded if it != place_id),
    )


def _dismissed(told: Preferences, place_id: str) -> Preferences:
    return replace(
        told,
        excluded=_sorted({*told.excluded, place_id}),
        must_see=tuple(it for it in told.must_see if it != place_id),
        locked=tuple(it for it in told.locked if it != place_id),
        times=_put(told.times, place_id, None),
        stays=_put(told.stays, place_id, None),
    )


def _put(
    pairs: tuple[tuple[K, V], ...], key: K, value: V | None
) -> tuple[tuple[K, V], ...]:
    """The pairs with this one; without it for None."""
    others = tuple(pair for pair in pairs if pair[0] != key)
    return others if value is None else (*others, (key, value))


def _merged(
    had: tuple[T, ...], add: tuple[T, ...], drop: tuple[T, ...]
) -> tuple[T, ...]:
    return tuple(dict.fromkeys(it for it in (*had, *add) if it not in drop))


def _sorted(ids: set[str]) -> tuple[str, ...]:
    return tuple(sorted(ids))


def _stepped(budget: Budget | None, step: int) -> Budget:
    ladder = list(Budget)
    rung = ladder.index(budget or Budget.MODERATE) + step
    return ladder[min(max(rung, 0), len(ladder) - 1)]


def _lasting(place_id: str, plan: Itinerary | None) -> int:
    for stop in plan.stops if plan else ():
        if stop.place.id == place_id:
            return stop.leave - stop.arrive
    raise CannotPlan("That is not in your plan, so it has no length yet.")
