"""Kinds of sights that a traveller looks for in each city of a trip."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace as with_

from itinerary_app.acts import acts as do
from itinerary_app.acts.acts import Act
from itinerary_app.acts.values import Reference
from itinerary_app.catalogue.kinds import is_of_kind
from itinerary_app.errors import CannotPlan
from itinerary_app.model import Category, Itinerary

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
        case do.Add(place=Reference(kind=str() as kind), day=None, time=None):
            if kind in KINDS and plan.stages:
                return list(plan.parts())
    return (plan,)


def served(act: Act, part: Itinerary) -> str:
    """Which stop of the part is of the kind that was wished for, in a sentence."""
    match act:
        case do.Add(
            place=Reference(kind=str() as kind), day=None, part=None, time=None
        ):
            for day in part.days:
                for stop in day.stops:
                    if is_of_kind(stop.place, kind):
                        return f"{stop.place.name} is on day {day.number} already."
    return ""


def made(
    act: Act,
    part: Itinerary,
    plan: Itinerary,
    change: Callable[[Itinerary, Act], Itinerary],
) -> Itinerary:
    """The plan after the change; in a part of it on the first day with room.

    CannotPlan if none has.
    """
    if part is plan or not isinstance(act, do.Add):
        return change(plan, act)
    refusals = []
    for day in sorted(part.days, key=lambda it: len(it.stops)):
        try:
            return change(plan, with_(act, day=day.number))
        except CannotPlan as exc:
            refusals.append(exc)
    raise CannotPlan(f"{part.city.name}: {refusals[0]}")
