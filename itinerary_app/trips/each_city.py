"""Kinds of sights that a traveller looks for in each city of a trip."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from msgspec.structs import replace as with_

from itinerary_app.acts import acts as do
from itinerary_app.acts.acts import Act
from itinerary_app.acts.values import Reference
from itinerary_app.catalogue.kinds import is_of_kind
from itinerary_app.errors import CannotPlan
from itinerary_app.model import Category, Day, Itinerary, Part, Stop, StopKind
from itinerary_app.planner.day.frames import PARTS

# A show, a zoo or a dish is wished for once.
KINDS = frozenset(
    {
        Category.CHURCH, Category.FORT, Category.GALLERY, Category.GARDEN,
        Category.MARKET, Category.MONUMENT, Category.MOSQUE, Category.MUSEUM,
        Category.NEIGHBOURHOOD, Category.PALACE, Category.PARK, Category.SHRINE,
        Category.TEMPLE, Category.VIEWPOINT,
    }
)  # fmt: skip


def meant(act: Act, plan: Itinerary) -> Sequence[Itinerary]:
    """The parts of a first plan that the act is for, each by itself; else the whole."""
    match act:
        case do.Add(place=Reference(city=str() as city)) if plan.stages:
            return [it for it in plan.parts() if it.city.name == city]
        case do.Add(place=Reference(kind=str() as kind), day=None, time=None):
            if kind in KINDS and plan.stages:
                return list(plan.parts())
    return (plan,)


def served(act: Act, part: Itinerary) -> str:
    """Which stop of the part is of the kind that was wished for, in a sentence."""
    if isinstance(act, do.Add):
        on = _day_of(act, part)
        for day, stop in _of_the_kind(act, part):
            if on in (None, day.number) and _begins_in(stop, act.part):
                return f"{stop.place.name} is on day {day.number} already."
    return ""


def moved(act: Act, part: Itinerary, kept: Collection[str]) -> Act:
    """The act; for what one wishes for once and has at another time, one that moves it
    there, unless it is of those `kept`.
    """
    match act:
        case do.Add(place=Reference(kind=str() as kind)) if kind not in KINDS:
            for day, stop in _of_the_kind(act, part):
                if stop.kind is StopKind.VISIT and stop.place.id not in kept:
                    to = _day_of(act, part) or day.number
                    return do.Move(stop=stop.place.id, day=to, part=act.part)
    return act


def _of_the_kind(act: do.Add, part: Itinerary) -> list[tuple[Day, Stop]]:
    """The stops of the kind that is to be added, at whatever time."""
    match act:
        case do.Add(
            place=Reference(kind=str() as kind), time=None, after=None, before=None
        ):
            return [
                (day, it)
                for day in part.days
                for it in day.stops
                if is_of_kind(it.place, kind)
            ]
    return []


def _day_of(act: do.Add, part: Itinerary) -> int | None:
    """The day that is named, if it is one of the part."""
    return next((it.number for it in part.days if it.number == act.day), None)


def _begins_in(stop: Stop, part: Part | None) -> bool:
    if part is None:
        return True
    first, last = PARTS[part]
    return first <= stop.arrive < last


def made(
    act: Act,
    part: Itinerary,
    plan: Itinerary,
    change: Callable[[Itinerary, Act], Itinerary],
) -> Itinerary:
    """The plan after the change; in a part of it on the first day with room.

    CannotPlan if none has.
    """
    if part is plan or not isinstance(act, do.Add) or _day_of(act, part):
        return change(plan, act)
    refusals = []
    for day in sorted(part.days, key=lambda it: len(it.stops)):
        try:
            return change(plan, with_(act, day=day.number))
        except CannotPlan as exc:
            refusals.append(exc)
    raise CannotPlan(f"{part.city.name}: {refusals[0]}")
