"""Fitting: what an act comes to in this plan, once it is known whom it means."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from itinerary_app.acts.acts import (
    Act,
    Add,
    Avoid,
    Lock,
    Move,
    Order,
    Remove,
    SetMeal,
    SetTime,
    Swap,
)
from itinerary_app.acts.candidates import Candidates, Entry
from itinerary_app.acts.values import Meal, Part, time_of
from itinerary_app.model import Category, Place, StopKind


def fitted(act: Act, known: Candidates) -> Act | None:
    """A stop that is there is moved, not added, and so on; None: where or when to?"""
    stops = known.stops
    if isinstance(act, Add) and act.place in stops:
        if act.time:
            return SetTime(stop=act.place, time=act.time, day=act.day)
        if act.day or act.part or act.after or act.before:
            return _moved(_move(act, act.place), stops)
    if isinstance(act, Move):
        moved = _moved(act, stops)
        return _as_meal(moved, known.places) if isinstance(moved, Add) else moved
    if isinstance(act, Add):
        return _as_meal(act, known.places)
    if isinstance(act, Order) and act.stop not in stops:
        return None  # first or last of which day?
    if isinstance(act, Lock) and act.stop not in stops and isinstance(act.stop, str):
        return Add(place=act.stop) if stops else act
    if isinstance(act, Avoid) and act.place in stops:
        return Remove(stop=act.place)
    if isinstance(act, Swap):
        return _swapped(act, stops)
    if isinstance(act, SetTime) and isinstance(act.stop, str):
        if act.change is not None:
            if act.stop not in stops:
                return None
            begins = known.begins[act.stop] + act.change
            return replace(act, time=time_of(begins), change=None)
        if act.stop not in stops:
            return Add(place=act.stop, time=act.time, day=act.day)
    return act


def _move(act: Add, stop: str) -> Move:
    return Move(
        stop=stop, day=act.day, part=act.part, after=act.after, before=act.before
    )


def _as_meal(act: Add, places: Mapping[str, Place]) -> Act:
    """A restaurant in the evening is dinner there."""
    place = places.get(str(act.place))
    if place is None or place.category is not Category.RESTAURANT:
        return act
    if act.part in (None, Part.MORNING) or act.after or act.before:
        return act
    meal = Meal.DINNER if act.part is Part.EVENING else Meal.LUNCH
    return SetMeal(meal=meal, day=act.day, place=act.place, time=act.time)


def _moved(act: Move, stops: Mapping[str, Entry]) -> Move | Add | Order | None:
    stop, other = act.stop, act.after or act.before
    if isinstance(stop, str) and stop not in stops:
        return Add(
            place=stop, day=act.day, part=act.part, after=act.after, before=act.before
        )
    if not (act.day or act.part or other):
        return None
    if isinstance(stop, str) and isinstance(other, str) and not act.part:
        there = stops.get(other)
        if there and there[0] == stops[stop][0] and act.day in (None, there[0]):
            return Order(stop=stop, after=act.after, before=act.before)
    return act


def _swapped(act: Swap, stops: Mapping[str, Entry]) -> Act:
    stop, place = act.stop, act.place
    if act.step and stop in stops and stops[str(stop)][2].kind is not StopKind.VISIT:
        day, _, there = stops[str(stop)]
        return SetMeal(meal=Meal(there.kind.value), day=day, step=act.step)
    if not isinstance(stop, str) or not isinstance(place, str):
        return act
    if stop not in stops:
        return act if place in stops else Add(place=place)
    if place in stops and stops[place][0] == stops[stop][0]:
        first, second = sorted((stop, place), key=lambda it: stops[it][1])
        return Order(stop=second, before=first)
    return act
