"""What is said of stops: which are meant, what comes instead, how long they last."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import lark
from msgspec.structs import replace

from itinerary_app.acts.acts import (
    Act,
    Add,
    Avoid,
    Move,
    Remove,
    SetInterests,
    SetStay,
    SetTime,
    Swap,
    SwapDays,
)
from itinerary_app.acts.values import Reference, time_of
from itinerary_app.assistant.reading import cities, meals, trip
from itinerary_app.assistant.reading.frames import (
    Acts,
    Frame,
    Node,
    at,
    leaves,
    narrowed,
)
from itinerary_app.model import Category, Interest, Itinerary

IT = Reference(focus="it")  # what was spoken of last
_SHIFTING = {"push back": 1, "delay": 1, "postpone": 1, "put back": 1} | {
    "bring forward": -1, "pull forward": -1, "prepone": -1,
}  # fmt: skip
_NIGHTLY = frozenset("show bar nightlife flamenco fado tango jazz opera".split())
DAWN = 8 * 60  # minutes after midnight: nobody visits anything before
MORE_OR_LESS = 30  # minutes by which a stop gets longer when it is not said


def pinned(frame: Frame) -> list[Reference]:
    """The references, narrowed by all that stands beside them."""
    refs = [
        ref
        for day in frame.all_days or [None]
        for ref in narrowed(frame.refs, day, frame.part)
    ]
    if frame.numbers and frame.numbers[0] == 1:  # "one museum": which?
        refs = [replace(it, every=False) for it in refs]
    time = at(frame.times[0], late_until=7) if frame.times else None
    made = []
    for ref in refs:
        if ref.ids and not ref.kind:
            made.append(ref)
            continue
        after = frame.after if isinstance(frame.after, Reference) else ref.after
        before = frame.before if isinstance(frame.before, Reference) else ref.before
        made.append(
            replace(
                ref,
                after=after,
                before=before,
                at=time or ref.at,
                near=frame.near or ref.near,
            )
            if not ref.focus
            else ref
        )
    return made


def from_to(frame: Frame, known: trip.Known) -> Acts:
    """ "The Prado from ten to one": when, and how long."""
    if len(frame.refs) != 1 or not frame.refs[0].ids or len(frame.times) != 2:
        return None
    if frame.meals or frame.has("OR", "NOT"):
        return None
    stop = frame.refs[0]
    start, end = (it.from_on(DAWN) for it in frame.times)
    end = end if end > start else frame.times[1].from_on(max(DAWN, start))
    if end <= start:
        return None
    time, minutes = time_of(start), end - start
    if known.day_of(stop) in (None, frame.day) or frame.day is None:
        if known.day_of(stop):
            stay = SetStay(stop=stop, minutes=minutes)
            return [SetTime(stop=stop, time=time, day=frame.day), stay]
    return [Add(place=stop, day=frame.day, time=time, minutes=minutes)]


def only(frame: Frame, refs: list[Reference]) -> Frame:
    """The frame with these references only."""
    return dataclasses.replace(frame, refs=refs)


def swapped(gone: Frame, come: Frame, known: trip.Known) -> Acts:
    if gone.all_days and come.all_days and not gone.refs and not come.refs:
        return None
    day = gone.day or come.day
    if come.has("DATE"):
        return trip.slots(come, known)
    if come.meals and not gone.refs and come.refs:
        return meals.at_place(come, known, known_day=day)
    if gone.meals and not gone.refs:
        come.meals += gone.meals
        come.days += gone.all_days
        return meals.at_place(come, known, known_day=day)
    if len(gone.refs) != 1 or len(come.refs) > 1:
        if len(come.refs) == 1 and gone.refs:
            return [*(Remove(stop=it) for it in gone.refs), Add(place=come.refs[0])]
        return None
    stop = pinned(gone)[0]
    if not (stop.focus or stop.day) and day:
        stop = replace(stop, day=day)
    if come.meals and not (stop.ids or stop.focus):
        stop = replace(stop, meal=come.meals[0])
    if not come.refs and come.has("CHEAPER") and {*come.values} <= _PRICED:
        return [Swap(stop=stop, step=-1)]
    if not come.refs:
        return [Swap(stop=stop)] if come.has("SOMETHING") or not come.values else None
    return [Swap(stop=stop, place=wanted(come.refs[0]))]


# What may stand beside "cheaper" in the place of a stop.
_PRICED = frozenset("CHEAPER SOMETHING FOR WITH TO THING INSTEAD".split())


def wanted(ref: Reference) -> Reference:
    """What is to come into the plan: a place by name, or the best of a kind."""
    if ref.kind and not ref.ids:
        return Reference(kind=ref.kind.split(",")[0])
    return ref


def additions(frame: Frame) -> Iterator[Act]:
    after = frame.after if isinstance(frame.after, Reference) else frame.near
    before = frame.before if isinstance(frame.before, Reference) else None
    time = frame.times[0] if frame.times else None
    for ref in frame.refs:
        days = frame.all_days if ref.kind and not ref.ids else [frame.day]
        nightly = bool(ref.kind) and {*str(ref.kind).split(",")} & _NIGHTLY
        for day in days or [None]:
            yield Add(
                place=wanted(ref),
                day=day,
                part=frame.part,
                after=after,
                before=before,
                time=at(time, late_until=11 if nightly else 7),
                minutes=frame.durations[0] if frame.durations else None,
            )


def anything(frame: Frame) -> Acts:
    """ "Something in the afternoon of day 2": what is best then."""
    return [Add(place=Reference(), day=day, part=frame.part) for day in frame.each_day]


def shifted(ref: Reference, frame: Frame, sign: int = 1) -> Act:
    sign = -1 if frame.has("EARLIER") else sign
    return SetTime(stop=ref, change=sign * frame.durations[0])


def moved_by(nodes: list[Node], frame: Frame, known: trip.Known) -> Acts:
    """ "A day earlier", "push it back by half an hour"."""
    if frame.deltas and frame.has("EARLIER", "LATER"):
        return days_on(frame, frame.refs, known)
    verb = next((it.value.text for it in nodes if not isinstance(it, lark.Tree)), "")
    if frame.durations and verb in _SHIFTING:
        return [shifted(it, frame, _SHIFTING[verb]) for it in frame.refs]
    return None


def days_on(frame: Frame, refs: list[Reference], known: trip.Known) -> Acts:
    """ "The castle a day earlier": to the day before the one where it is."""
    step = frame.deltas[0] * (-1 if frame.has("EARLIER") else 1)
    made: list[Act] = []
    for ref in refs:
        now = known.day_of(ref)
        if now is None or known.itinerary is None:
            return None
        if not 0 < now + step <= len(known.itinerary.days):
            return None
        made.append(Move(stop=ref, day=now + step))
    return made


def stay(frame: Frame, known: trip.Known) -> Acts:
    minutes = frame.durations[0] if frame.durations else None
    sign = -1 if frame.has("LESS") else 1
    if not frame.refs and minutes is None:
        return None  # of a meal: more of what?
    if minutes is None and "double" in frame.values.get("MORE", ()):
        minutes = known.minutes_at(frame.refs[0])
    if minutes is None and "half" in frame.values.get("LESS", ()):
        minutes = known.minutes_at(frame.refs[0]) // 2 or None
    if minutes == 0:
        return None  # the double of what?
    if frame.has("MORE", "LESS", "SOMETHING") and not frame.has("EXACT"):
        change = sign * (minutes or MORE_OR_LESS)
        return [SetStay(stop=it, change=change) for it in _lasting(frame)]
    if minutes is None or not frame.refs:
        return None
    if all(it.ids and not known.stops.intersection(it.ids) for it in frame.refs):
        return [*additions(frame)]
    if known.planned and all(known.lacks(it, frame.day) for it in frame.refs):
        return [*additions(frame)]  # "hammam on day 2, two hours"
    return [SetStay(stop=it, minutes=minutes) for it in pinned(frame)]


def lengthened(nodes: list[Node], frame: Frame, known: trip.Known) -> Acts:
    """ "Add half an hour to X", "add X for two hours", where X is planned."""
    if not known.planned or len(frame.durations) != 1 or frame.times:
        return None
    refs = _lasting(frame)
    if len(refs) != 1:
        return None
    ref, to = refs[0], any(it.kind == "TO" for it in leaves(nodes))
    if not (to or ref.focus or ref.definite or ref.meal or known.day_of(ref)):
        return None
    return [_longer(ref, frame.durations[0], by=_counts_first(nodes))]


def shortened(nodes: list[Node], frame: Frame) -> Acts:
    """ "Take half an hour off X"."""
    refs = _lasting(frame)
    alone = len(frame.durations) == len(refs) == 1 and not frame.has("FOR")
    if not alone or not _counts_first(nodes):
        return None
    return [SetStay(stop=refs[0], change=-frame.durations[0])]


def _lasting(frame: Frame) -> list[Reference]:
    """The one stop of which it is said how long it lasts: "lunch on day 2", too."""
    if frame.refs or len(frame.meals) != 1:
        return pinned(frame)
    return [Reference(meal=frame.meals[0], day=frame.day)]


def _longer(ref: Reference, minutes: int, *, by: bool) -> Act:
    return SetStay(stop=ref, **{"change" if by else "minutes": minutes})


def _counts_first(nodes: list[Node]) -> bool:
    """Whether the minutes stand before what gets them, behind the verb."""
    said = [it.kind for it in leaves(nodes)]
    first = next((i for i, kind in enumerate(said) if kind in _MINUTES), None)
    return first is not None and not {*said[:first]} & _NAMES


_MINUTES = frozenset("DURATION MORE SOMETHING".split())
_NAMES = frozenset("PLACE STOP KIND TAG MEAL IT THEM".split())


def unliked(kind: str, interest: bool) -> Act:
    """None of a kind, or less of an interest that is no kind of places."""
    if interest and kind not in list(Category):
        return SetInterests(less=(Interest(kind),))
    return Avoid(kind=kind)


def _is_of_a_whole_day(nodes: list[Node]) -> bool:
    """ "Replace day 3 with Disneyland": of all that is planned there, not of that."""
    kinds = [
        leaf.type
        for node in nodes
        for leaf in (
            node.scan_values(lambda _: True) if isinstance(node, lark.Tree) else (node,)
        )
    ]
    come = [it for it in kinds[2:] if it not in ("FOR", "WITH", "TO")]
    return kinds[:2] == ["SWAP", "DAY"] and come[:1] == ["PLACE"]


def swap(nodes: list[Node], known: trip.Known) -> Acts:
    trees = [Frame.of(node) for node in nodes if isinstance(node, lark.Tree)]
    whole = Frame.of(*nodes)
    if _is_of_a_whole_day(nodes):
        return None
    if whole.has("DATESWORD") and whole.has("DATE"):
        return trip.slots(whole, known)  # "change the dates to 10 January"
    if of_cities := cities.exchanged(nodes, known):
        return of_cities
    pointed = all(it.focus == "them" for it in whole.refs)
    if len(whole.all_days) == 2 and pointed and not whole.meals:
        return [SwapDays(first=whole.all_days[0], second=whole.all_days[1])]
    if not whole.refs and known.itinerary and _all_of_two(whole, known.itinerary):
        return [SwapDays(first=1, second=2)]
    if whole.meals and len(whole.all_days) == 2 and not whole.refs:
        return meals.exchanged(whole, known)
    if len({*whole.meals}) == 2 and len(whole.all_days) == 1 and not whole.refs:
        return meals.turned(whole, known)
    if whole.meals and len(whole.refs) == 1:
        eaten = {it.kind for it in whole.kinds} == {"CUISINE"}
        if whole.refs[0].ids or (eaten and whole.has("FOR", "WITH", "TO")):
            return meals.at_place(whole, known)  # "change dinner to Le Procope"
    if whole.has("CHEAPER"):
        return _for_less(whole)
    verb = next((it.value.text for it in nodes if not isinstance(it, lark.Tree)), "")
    if verb.startswith("sub") and len(whole.refs) == 2 and whole.has("FOR"):
        if not known.day_of(whole.refs[0]):  # "substitute A for B"
            return [Swap(stop=whole.refs[1], place=whole.refs[0])]
    if len(whole.refs) == 2 and len(trees[0].refs) == 2 and not whole.times:
        return [Swap(stop=pinned(whole)[0], place=whole.refs[1])]
    if len(trees) == 2:
        if trees[0].refs and trees[1].refs and trees[1].day and trees[0].day:
            return [
                Move(stop=pinned(trees[0])[0], day=trees[1].day),
                Move(stop=pinned(trees[1])[0], day=trees[0].day),
            ]
        return swapped(trees[0], trees[1], known)
    if len(whole.refs) == 2:
        first, second = whole.refs
        stop = pinned(only(whole, [first]))[0]
        return [Swap(stop=stop, place=wanted(second))]
    if [it.nth for it in whole.refs] != [None] and len(whole.refs) == 1:
        return [Swap(stop=pinned(whole)[0])] if not whole.to_days else None
    if any(it.every or it.focus == "them" for it in whole.refs):
        return exchanged(whole, known)  # "swap the museums": with each other?
    if len(whole.refs) == 1 and whole.to_days and not whole.meals:
        return [Move(stop=whole.refs[0], day=whole.to_days[-1], part=whole.part)]
    if len(whole.refs) == 1 and whole.numbers == [1] and whole.has("WITH", "FOR"):
        return [
            Swap(stop=Reference(focus="them"), place=wanted(whole.refs[0]))
        ]  # "one with a market"
    if len(whole.refs) == 1 and not whole.times:
        return [Swap(stop=pinned(whole)[0])]
    if whole.meals and not whole.refs:
        return [
            Swap(stop=Reference(meal=whole.meals[0], day=day)) for day in whole.each_day
        ]
    return None


def _for_less(frame: Frame) -> Acts:
    """ "Swap X for something cheaper", "for a cheaper museum"."""
    refs = frame.refs or [Reference(meal=it, day=frame.day) for it in frame.meals]
    stops = pinned(dataclasses.replace(frame, refs=refs[:1]))
    if not stops or len(refs) > 2 or (frame.refs and frame.meals):
        return None
    place = wanted(refs[1]) if len(refs) == 2 else None
    return [Swap(stop=stops[0], place=place, step=-1)]


def swap_focus(nodes: list[Node], known: trip.Known) -> Acts:
    come = Frame.of(*nodes)
    return [Swap(stop=IT, place=wanted(come.refs[0]))] if len(come.refs) == 1 else None


def _all_of_two(frame: Frame, plan: Itinerary) -> bool:
    """Whether both days of a short trip are meant."""
    named = frame.has("WHOLETRIP", "THEM") or [it.days for it in frame.lengths] == [2]
    return len(plan.days) == 2 and named and not (frame.all_days or frame.meals)


def exchanged(frame: Frame, known: trip.Known) -> Acts:
    """ "Those two", "both churches on Saturday": each in the place of the other."""
    (ref,) = pinned(frame) if len(frame.refs) == 1 else (Reference(),)
    if ref.focus == "them":
        if not (frame.numbers == [2] or len(known.shown) == 2):
            return None
    elif not (ref.every and ref.count == 2):
        return None
    ref = replace(ref, every=False, count=None, definite=True)
    first, second = (replace(ref, nth=it) for it in (1, 2))
    return [Swap(stop=first, place=second)]


def reverse(nodes: list[Node], known: trip.Known) -> Acts:
    frame = Frame.of(*nodes)
    if of_cities := cities.exchanged(nodes, known):
        return of_cities
    if len(frame.refs) == 1:
        return exchanged(frame, known)
    if len(frame.all_days) == 2 and not frame.refs:
        return [SwapDays(first=frame.all_days[0], second=frame.all_days[1])]
    if not frame.refs and known.itinerary and _all_of_two(frame, known.itinerary):
        return [SwapDays(first=1, second=2)]
    if len(frame.refs) == 2:
        first, second = pinned(frame)
        return [Swap(stop=first, place=replace(second, definite=True))]
    return None


def elsewhere(nodes: list[Node], known: trip.Known) -> Acts:
    """Somewhere other than at B, for dinner."""
    frame = Frame.of(*nodes)
    refs = [it for it in frame.refs if it.ids or it.kind]
    eaten = not frame.meals or any(known.eating.intersection(it.ids) for it in refs)
    if len(refs) != 1 or len(frame.refs) != 1 or not eaten:
        return None
    meal = frame.meals[0] if frame.meals else None
    return [Swap(stop=replace(pinned(frame)[0], part=frame.part, meal=meal))]
