"""A stop brought into a day that has others already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import combinations

from itinerary_app.errors import CannotPlan
from itinerary_app.model import Day, Stop, StopKind
from itinerary_app.planner.change import fit
from itinerary_app.planner.change.plan import Plan
from itinerary_app.planner.change.spots import Spot
from itinerary_app.planner.day.frames import PARTS, Frame
from itinerary_app.planner.day.options import MEALS, Choice
from itinerary_app.planner.day.timetable import cost
from itinerary_app.planner.solver.nearness import far_meals, off_the_way
from itinerary_app.planner.solver.routes import TRAVEL_COST
from itinerary_app.text.clock import clock

# Minutes that a long way to a meal is as bad as, where the others stay: much less than
# in a new plan, which has the choice of all.
ASTRAY = 60

Offer = tuple[bool, float, str, fit.Fit, Choice]


def best(
    plan: Plan,
    day: Day,
    choices: Sequence[Choice],
    frame: Frame,
    spot: Spot | None = None,
    *,
    shift: bool = False,
    asked: bool = True,
) -> Day | None:
    """The day with that of the choices which is most worth its way, if one fits.

    With `shift` one of the other visits may change its place, where it must. What was
    not `asked` for by name has to be near, if it is a meal.
    """
    kept = plan.kept(day.stops, frame)
    orders = [([kept], None), (list(_shifted(kept)) if shift else [], 2)]
    for loosely in (False, True) if spot else (False,):
        for some, most in orders:
            for room in fit.rooms(frame)[:most]:
                offers = [
                    offer
                    for order in some
                    for offer in _offers(order, choices, room, spot, loosely=loosely)
                    if asked or offer[0]
                ]
                if offers:
                    *_, fitted, choice = max(offers, key=lambda it: it[:3])
                    return plan.made(fitted, day, choice if asked else None)
    return None


def _offers(
    kept: Sequence[Choice],
    choices: Sequence[Choice],
    room: Frame,
    spot: Spot | None,
    *,
    loosely: bool,
) -> Iterator[Offer]:
    """Each choice where it fits best: near if a meal, then by its worth."""
    ids = [it.place.id for it in kept]
    ends_with_meal = bool(kept) and kept[-1].options[0].kind in MEALS
    for choice in choices:
        holds = partial(spot.holds, choice.place.id, loosely=loosely) if spot else None
        for positions in (spot or Spot()).positions(ids, ends_with_meal):
            if fitted := fit.extended(kept, choice, [room], positions, holds):
                toil = (cost(*fitted) or 0.0) + off_the_way(*fitted, ASTRAY)
                worth = choice.options[0].prize - TRAVEL_COST * toil
                far = {it.place.id for it in far_meals(*fitted)}
                place_id = choice.place.id
                yield place_id not in far, worth, place_id, fitted, choice
                break


def _shifted(kept: Sequence[Choice]) -> Iterator[list[Choice]]:
    """The choices with one visit at another place in the order."""
    for i, choice in enumerate(kept):
        if choice.options[0].kind is StopKind.VISIT:
            others = [*kept[:i], *kept[i + 1 :]]
            for j in range(len(kept)):
                if j != i:
                    yield [*others[:j], choice, *others[j:]]


def squeezed(plan: Plan, day: Day, choice: Choice, frame: Frame, spot: Spot) -> Day:
    """The day with the choice: others shift, or the least of them go, if they must."""
    if made := best(plan, day, [choice], frame, spot, shift=True):
        return made
    everything = [*plan.kept(day.stops, frame), choice]
    if found := fit.reordered(everything, fit.rooms(frame)[:2], plan.brief):
        return plan.made(found, day, choice)
    spare = _spare(plan, day.stops, MEALS)
    several = (spare[:count] for count in range(3, len(spare) + 1))
    for gone in (*combinations(spare, 1), *combinations(spare, 2), *several):
        if made := best(plan, _without(day, gone), [choice], frame, spot):
            return made
    raise CannotPlan(
        f"{choice.place.name} does not fit on day {day.number}: "
        + obstacle(plan, day, choice, frame, spot)
    )


def obstacle(
    plan: Plan, day: Day, choice: Choice, frame: Frame, spot: Spot | None = None
) -> str:
    """What would have to give, in a sentence."""
    neighbours = {spot.after, spot.before} if spot else set()
    for gone in _spare(plan, day.stops):
        if gone.place.id not in neighbours and best(
            plan, _without(day, [gone]), [choice], frame, spot
        ):
            return f"it would fit without {gone.place.name}. Remove that first."
    if most := frame.terms.too_many([*(s.place for s in day.stops), choice.place]):
        kind, count = most
        return f"you want at most {count} of kind {kind} a day. Allow more first."
    for stop in day.stops:
        if stop.place.id in plan.brief.pinned:
            return (
                f"{stop.place.name} stays at {clock(stop.arrive)}. Give that time up, "
                "or choose another day."
            )
    if spot is not None and spot.part:
        first, last = PARTS[spot.part]
        if (begins := frame.begins(choice.place)) >= last:
            return f"one is there at {clock(begins)} at the earliest."
        if (ends := frame.ends(choice.place)) <= first:
            return f"one has to leave it by {clock(ends)}."
    if spot is not None and not spot.is_free:
        return (
            "with its hours, those of the others and the ways there is no room for it "
            "there. Choose another time or day."
        )
    return "the day is too full. Remove a stop first, or choose another day."


def _spare(
    plan: Plan, stops: Sequence[Stop], kinds: Iterable[StopKind] = ()
) -> list[Stop]:
    """What could go, the least first, meals at last: nothing that was insisted on."""
    insisted, taste = plan.brief.insisted, plan.brief.taste
    free = [
        it
        for it in stops
        if (it.kind is StopKind.VISIT or it.kind in kinds)
        and it.place.id not in insisted
    ]
    return sorted(
        free, key=lambda it: (it.kind is not StopKind.VISIT, taste.prize(it.place))
    )


def _without(day: Day, gone: Sequence[Stop]) -> Day:
    return replace(day, stops=tuple(it for it in day.stops if it not in gone))
