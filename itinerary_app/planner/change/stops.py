"""Acts on a stop: the days that they change, as they become."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from msgspec.structs import replace as with_

from itinerary_app.acts.acts import (
    Add,
    Move,
    Order,
    Remove,
    SetMeal,
    SetStay,
    SetTime,
    Swap,
)
from itinerary_app.acts.values import Meal, Reference, minutes_of
from itinerary_app.catalogue.kinds import is_eaten
from itinerary_app.errors import CannotPlan
from itinerary_app.model import Category, Day, Place, Stop, StopKind
from itinerary_app.planner.change import fit
from itinerary_app.planner.change.fit import visits
from itinerary_app.planner.change.meals import set_meal
from itinerary_app.planner.change.placing import best, obstacle, squeezed
from itinerary_app.planner.change.plan import Plan, minus
from itinerary_app.planner.change.spots import (
    NEVER,
    Spot,
    at,
    day_number,
    for_a_show,
    id_of,
    offered,
    on,
    possible,
    roomy,
    spot_of,
    with_stay,
)
from itinerary_app.planner.day import options, paces
from itinerary_app.planner.day.frames import Frame
from itinerary_app.planner.day.options import Choice

SHORTEST_STAY = 5  # minutes


def added(plan: Plan, act: Add) -> tuple[Day, ...]:
    """The day with the wanted place on top, even beyond the pace's count."""
    spot = spot_of(act.part, act.after, act.before, act.time)
    number = day_number(act.day) or _day_of_neighbour(plan, spot)
    stay = act.minutes
    if number is None and spot.is_free and (eaten := _eaten(plan, act.place)):
        return eaten
    if number is not None:
        return (_added(plan, plan.day(number), act.place, spot, stay),)
    days: list[tuple[tuple[bool, bool, float], Day, Day]] = []
    refusals: list[CannotPlan] = []
    for day in plan.itinerary.days:
        try:
            longer = _added(plan, day, act.place, spot, stay)
        except CannotPlan as exc:
            refusals.append(exc)
            continue
        days.append((_burden(plan, day, longer), day, longer))
    if not days:
        raise _common(refusals)
    return (min(days, key=lambda it: it[0])[2],)


def _eaten(plan: Plan, place: object) -> tuple[Day, ...]:
    """The day with a meal of the kind instead of its own that nobody asked for."""
    kind = place.kind if isinstance(place, Reference) else None
    if kind is None or not is_eaten(kind):
        return ()
    wanted, street = plan.brief.request.must_see, kind == Category.STREET_FOOD
    for meal in (Meal.LUNCH, Meal.DINNER) if street else (Meal.DINNER, Meal.LUNCH):
        for day in plan.itinerary.days:
            had = [it.place.id for it in day.stops if it.kind == meal.value]
            if had and had[0] not in wanted:
                with suppress(CannotPlan):
                    return set_meal(plan, SetMeal(meal=meal, day=day.number, kind=kind))
    return ()


def removed(plan: Plan, act: Remove) -> tuple[Day, ...]:
    """The day without the stop; its last visit stays."""
    day, stop = plan.loose(id_of(act.stop))
    if visits(day) == (stop,):
        raise CannotPlan(
            f"{stop.place.name} is the only visit on day {day.number}. Swap it, keep "
            "the day free, or plan a day less."
        )
    return (plan.without(day, stop),)


def swapped(plan: Plan, act: Swap) -> tuple[Day, ...]:
    """The day with another place instead of the stop, at its position if it can."""
    day, stop = plan.loose(id_of(act.stop))
    rest = minus(day, stop)
    frame, wishes = _with_its_time(plan, day, act.place), plan.wishes(stop)
    if isinstance(act.place, str):
        other = wishes.named(act.place)
        if stop.kind is not StopKind.VISIT and wishes.is_food(other):
            found = options.meals(other, 0, [frame], (stop.kind,))
        else:
            found = wishes.possible(other, rest, frame, 0)
        found = found or possible(plan, other, rest, frame)
        if not found:
            raise CannotPlan(f"{other.name} is closed{on(frame)}, or serves no meal.")
        choices = [Choice(found, required=True)]
    else:
        kind = act.place.kind if isinstance(act.place, Reference) else None
        if stop.kind is StopKind.VISIT:
            choices = wishes.visits(rest, frame, kind, stop)
        else:
            near = [it.place for it in rest.stops]
            choices = wishes.meals(stop.kind, frame, kind, near=near)
        if act.step:
            choices = _at_another_price(choices, stop.place, act.step)
    index, named = day.stops.index(stop), isinstance(act.place, str)
    after = Spot(after=day.stops[index - 1].place.id) if index else Spot(first=True)
    for spot, shift in ((after, False), (None, False), (None, True)):
        if made := best(plan, rest, choices, frame, spot, shift=shift, asked=named):
            return (made,)
    if isinstance(act.place, str):
        raise CannotPlan(
            f"{choices[0].place.name} does not fit on day {day.number} instead of "
            f"{stop.place.name}: {obstacle(plan, rest, choices[0], frame)}"
        )
    if act.step:
        less = "cheaper" if act.step < 0 else "dearer"
        raise CannotPlan(
            f"I know of nothing {less} that fits on day {day.number} instead of "
            f"{stop.place.name}."
        )
    raise CannotPlan(
        f"Nothing suitable fits on day {day.number} instead of {stop.place.name}. Make "
        "the day calmer first."
    )


def _at_another_price(
    choices: Sequence[Choice], than: Place, step: int
) -> list[Choice]:
    """Those known to cost less, or more, than this place does."""
    now = than.price
    if now is None:
        raise CannotPlan(f"I do not know what {than.name} costs.")
    if step < 0 and now == 0:
        raise CannotPlan(f"{than.name} is free already.")
    return [
        it
        for it in choices
        if it.options[0].place.currency == than.currency
        and it.options[0].place.price is not None
        and step * (it.options[0].place.price - now) > 0
    ]


def moved(plan: Plan, act: Move) -> tuple[Day, ...]:
    """The stop's day without it and the other day with it; or one day, rearranged."""
    if act.day == "other":
        return _moved_away(plan, act)
    wanted = day_number(act.day)
    if wanted is not None:
        plan.day(wanted)
    source, stop = plan.loose(id_of(act.stop))
    spot = spot_of(act.part, act.after, act.before, None)
    number = wanted or _day_of_neighbour(plan, spot) or source.number
    target = plan.day(number)
    if source is target:
        if spot.is_free:
            raise CannotPlan(f"{stop.place.name} is already on day {source.number}.")
        return (_placed(plan, minus(source, stop), stop, spot),)
    if stop.kind in {it.kind for it in target.stops} - {StopKind.VISIT}:
        return _as_meal(plan, stop, target)
    if visits(source) == (stop,) and not plan.frame(source).is_short:
        raise CannotPlan(
            f"{stop.place.name} is the only visit on day {source.number}. Add another "
            "there first, or plan a day less."
        )
    return plan.without(source, stop), _placed(plan, target, stop, spot)


def _moved_away(plan: Plan, act: Move) -> tuple[Day, ...]:
    """The stop's day without it, and that of the others which it suits best."""
    source, _ = plan.loose(id_of(act.stop))
    found: list[tuple[tuple[bool, bool, float], tuple[Day, ...]]] = []
    refusals: list[CannotPlan] = []
    for day in plan.itinerary.days:
        if day is source:
            continue
        try:
            days = moved(plan, with_(act, day=day.number))
        except CannotPlan as exc:
            refusals.append(exc)
            continue
        found.append((_burden(plan, day, days[-1]), days))
    if found:
        return min(found, key=lambda it: it[0])[1]
    if not refusals:
        raise CannotPlan("The plan has no other day. Add a day first.")
    raise _common(refusals)


def ordered(plan: Plan, act: Order) -> tuple[Day, ...]:
    """The day with the stop before or after another one, or first or last."""
    day, stop = plan.loose(id_of(act.stop))
    spot = spot_of(None, act.after, act.before, None)
    rest = minus(day, stop)
    if not spot.is_free:
        _check_neighbours(plan, day, spot)
        return (
            _among_others(plan, day, stop, spot) or _placed(plan, rest, stop, spot),
        )
    spot = Spot(last=act.last, first=not act.last)
    return (_placed(plan, rest, stop, spot),)


def _among_others(plan: Plan, day: Day, stop: Stop, spot: Spot) -> Day | None:
    """The day with the stop there and the others in their order, meals, too; it begins
    no earlier than it did. None where hours or ways do not allow that.
    """
    rest = [it for it in day.stops if it is not stop]
    ids = [it.place.id for it in rest]
    at = ids.index(spot.after) + 1 if spot.after else ids.index(str(spot.before))
    if spot.before and ids[at : at + 1] != [spot.before]:
        return None
    frame = plan.frame(day)
    first, *later = plan.kept([*rest[:at], stop, *rest[at:]], frame)
    since = day.stops[0].arrive
    begins = [options.within(it, since, NEVER) for it in first.options]
    first = Choice(tuple(it for it in begins if it), required=True)
    for room in fit.rooms(frame):
        if route := fit.in_order([first, *later], room):
            return plan.made((route, room), day)
    return None


def timed(plan: Plan, act: SetTime) -> tuple[Day, ...]:
    """The day with the stop at that time; what has no room any more goes."""
    source, stop = plan.find(id_of(act.stop))
    target = plan.day(day_number(act.day) or source.number)
    if act.time is None and target is source:
        return ()  # it may stay where it is
    if source is not target:
        plan.loose(stop.place.id)
    if stop.kind is not StopKind.VISIT and source is not target:
        return _as_meal(plan, stop, target, act.time)
    rest = minus(target, stop)
    time = None if act.time is None else minutes_of(act.time)
    day = _placed(plan, rest, stop, Spot(time=time), drop=time is not None)
    return (day,) if target is source else (plan.without(source, stop), day)


def _as_meal(
    plan: Plan, stop: Stop, target: Day, time: str | None = None
) -> tuple[Day, ...]:
    """The meal on the target day, whose own one is exchanged for it."""
    meal, place_id = Meal(stop.kind), stop.place.id
    wish = SetMeal(meal=meal, day=target.number, place=place_id, time=time)
    return set_meal(plan, wish)


def stayed(plan: Plan, act: SetStay) -> tuple[Day, ...]:
    """The day with the stop at another length; what has no room any more goes."""
    day, stop = plan.loose(id_of(act.stop))
    now = stop.leave - stop.arrive
    minutes = act.minutes if act.minutes is not None else now + (act.change or 0)
    if minutes < SHORTEST_STAY:
        raise CannotPlan(f"{stop.place.name} is planned with {now} minutes only.")
    frame = with_stay(plan.frame(day), stop.place, minutes)
    prize = plan.brief.taste.prize(stop.place)
    found = options.of_kind(stop.place, stop.kind, prize, [frame])
    found = found or options.of_kind(stop.place, stop.kind, prize, [frame], wide=True)
    if not found:
        raise CannotPlan(
            f"{stop.place.name} is not open for {minutes} minutes"
            f"{on(frame)}. Ask for less."
        )
    index, rest = day.stops.index(stop), minus(day, stop)
    spot = Spot(
        after=day.stops[index - 1].place.id if index else None,
        before=rest.stops[index].place.id if index < len(rest.stops) else None,
    )
    return (squeezed(plan, rest, Choice(found, required=True), frame, spot),)


def _added(plan: Plan, day: Day, place: object, spot: Spot, stay: int | None) -> Day:
    frame, wishes = plan.frame(day), plan.wishes()
    _check_neighbours(plan, day, spot)
    if isinstance(place, str):
        named = wishes.named(place)
        if stay is not None:
            frame = with_stay(frame, named, stay)
        frame, found = offered(plan, day, named, spot, frame)
        choices = [Choice(found, required=True)]
        frame = for_a_show(frame, choices)
    else:
        assert isinstance(place, Reference)
        choices = []
        for choice in wishes.visits(day, frame, place.kind):
            some = at(choice.options, spot, frame)
            if some:
                choices.append(Choice(some, required=True))
        frame = for_a_show(frame, choices)
    is_named = isinstance(place, str)
    for shift in (False, is_named):
        made = choices and best(
            plan, day, choices, frame, spot, shift=shift, asked=is_named
        )
        if made:
            return made
    if isinstance(place, str):
        why = obstacle(plan, day, choices[0], frame, spot)
        raise CannotPlan(
            f"There is no time left for {named.name} on day {day.number}{spot.words}: "
            + why
        )
    raise CannotPlan(
        f"There is no time left for it on day {day.number}{spot.words}. Remove a stop "
        "first, or choose another day."
    )


def _placed(
    plan: Plan,
    day: Day,
    stop: Stop,
    spot: Spot,
    *,
    drop: bool = False,
) -> Day:
    """The day, which lacks the stop, with it at the spot."""
    _check_neighbours(plan, day, spot)
    frame, found = offered(plan, day, stop.place, spot, plan.frame(day), stop)
    choice = Choice(found, required=True)
    frame = for_a_show(frame, [choice])
    if drop:
        return squeezed(plan, day, choice, frame, spot)
    if made := best(plan, day, [choice], frame, spot, shift=True):
        return made
    raise CannotPlan(
        f"{stop.place.name} does not fit on day {day.number}{spot.words}: "
        + obstacle(plan, day, choice, frame, spot)
    )


def _with_its_time(plan: Plan, day: Day, place: object) -> Frame:
    """The day's frame, with room for the stated time of the place, if it has one."""
    frame = plan.frame(day)
    time = frame.terms.times.get(place) if isinstance(place, str) else None
    named = next((it for it in plan.brief.places if it.id == place), None)
    if time is None or named is None:
        return frame
    found = options.visits(named, 0, [frame])
    return roomy(plan, day, frame, time, found[0].minutes, named) if found else frame


def _burden(plan: Plan, day: Day, longer: Day) -> tuple[bool, bool, float]:
    """How little the new stop suits the day: a late end, too many stops, detours."""
    late = longer.end != day.end
    full = len(visits(day)) >= paces.shape(day.pace).visits
    return late, full, float(_way(longer) - _way(day))


def _way(day: Day) -> int:
    return day.back_minutes + sum(stop.travel_minutes for stop in day.stops)


def _common(refusals: Sequence[CannotPlan]) -> CannotPlan:
    if len(refusals) == 1 or len({str(it) for it in refusals}) == 1:
        return refusals[0]
    if all("no time left" in str(it) for it in refusals):
        return CannotPlan("It fits on none of the days. Remove a stop first.")
    return refusals[0]


def _check_neighbours(plan: Plan, day: Day, spot: Spot) -> None:
    for place_id in (spot.after, spot.before):
        if place_id is not None:
            other, stop = plan.find(place_id)
            if other.number != day.number:
                raise CannotPlan(
                    f"{stop.place.name} is on day {other.number}, not on day "
                    f"{day.number}."
                )


def _day_of_neighbour(plan: Plan, spot: Spot) -> int | None:
    neighbour = spot.after or spot.before
    return None if neighbour is None else plan.find(neighbour)[0].number
