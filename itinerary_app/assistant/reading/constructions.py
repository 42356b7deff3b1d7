"""Constructions: what each rule of the grammar means, as acts."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import lark
from msgspec.structs import replace

from itinerary_app.acts.acts import (
    Act,
    Add,
    AddDay,
    Allow,
    AtMost,
    Avoid,
    BestOrder,
    Lock,
    Move,
    NoMore,
    Order,
    Remove,
    RemoveCity,
    RemoveDay,
    Replan,
    SetInterests,
    SetMeal,
    SetParty,
    SetStay,
    SetTime,
    SkipMeal,
    Swap,
    SwapDays,
    Unlock,
)
from itinerary_app.acts.values import Meal, Part, Reference
from itinerary_app.assistant.reading import days, meals, trip
from itinerary_app.assistant.reading.frames import Frame, Node, at, is_placed, narrowed
from itinerary_app.assistant.reading.spans import Clock

MORE_OR_LESS = 30  # minutes by which a stop gets longer when it is not said
Acts = list[Act] | None  # None: not a construction after all

IT = Reference(focus="it")
# Interests that stand for places to eat or drink, of which one is not "a sight of".
_KIND_INTERESTS = {"food": "restaurant", "nightlife": "bar"}


def acts_of(tree: lark.Tree[Any], scene: trip.Known) -> Acts:
    """The acts of a clause's tree; None where its words make no sense together."""
    build = _BUILDERS.get(str(tree.data))
    return build(tree.children, scene) if build else None


def _remove(nodes: list[Node], known: trip.Known) -> Acts:
    frame = Frame.of(*nodes)
    if frame.values.keys() & {"DIET", "MOBILITY"}:
        return trip.forgotten(frame)
    if frame.has("CITY") and not frame.refs:
        return [RemoveCity(city=it.name) for it in frame.values["CITY"]]
    if frame.has("DATESWORD", "LIMITWORD", "MONEY"):
        return trip.forgotten(frame)
    if frame.meals and not frame.refs:
        return meals.skipped(frame)
    if frame.deltas or (frame.lengths and not frame.refs):
        return [
            RemoveDay() for _ in range((frame.deltas or [frame.lengths[0].days])[0])
        ]
    if frame.only_day and not frame.values and not (frame.after or frame.before):
        return [RemoveDay(day=day) for day in frame.all_days]
    if frame.has("SOMETHING") and frame.all_days and not frame.refs:
        return days.calmer(frame)
    if frame.parts and not frame.refs:
        return days.cleared(frame)
    if not frame.refs or (frame.kinds and any(it > 1 for it in frame.numbers)):
        return None
    return [Remove(stop=it) for it in _pinned(frame)]


def _pinned(frame: Frame) -> list[Reference]:
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


def replace_refs(frame: Frame, refs: list[Reference]) -> Frame:
    """The frame with these references only."""
    return dataclasses.replace(frame, refs=refs)


def _remove_except(nodes: list[Node], known: trip.Known) -> Acts:
    trees = [node for node in nodes if isinstance(node, lark.Tree)]
    frame, kept = Frame.of(trees[0]), Frame.of(trees[-1])
    return [
        Remove(stop=replace(ref, every=True, but=tuple(kept.refs)))
        for ref in narrowed(frame.refs, frame.day, frame.part)
    ]


def _replace(nodes: list[Node], known: trip.Known) -> Acts:
    """A instead of B."""
    trees = [node for node in nodes if isinstance(node, lark.Tree)]
    if len(trees) != 2:
        return None
    return _swapped(Frame.of(trees[1]), Frame.of(trees[0]), known)


def _replaced(nodes: list[Node], known: trip.Known) -> Acts:
    """Instead of B, A."""
    trees = [node for node in nodes if isinstance(node, lark.Tree)]
    return _swapped(Frame.of(lark.Tree("args", [trees[0]])), Frame.of(trees[1]), known)


def _replaced_there(nodes: list[Node], known: trip.Known) -> Acts:
    trees = [node for node in nodes if isinstance(node, lark.Tree)]
    return _swapped(Frame.of(trees[0]), Frame.of(trees[-1]), known)


def _swapped(gone: Frame, come: Frame, known: trip.Known) -> Acts:
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
            return [Remove(stop=it) for it in gone.refs] + [Add(place=come.refs[0])]
        return None
    stop = _pinned(gone)[0]
    if not (stop.focus or stop.day) and day:
        stop = replace(stop, day=day)
    if not come.refs:
        return [Swap(stop=stop)] if come.has("SOMETHING") or not come.values else None
    return [Swap(stop=stop, place=_wanted(come.refs[0]))]


def _wanted(ref: Reference) -> Reference:
    """What is to come into the plan: a place by name, or the best of a kind."""
    if ref.kind and not ref.ids:
        return Reference(kind=ref.kind.split(",")[0])
    return ref


def _corrected(nodes: list[Node], known: trip.Known) -> Acts:
    """Not B, A."""
    trees = [node for node in nodes if isinstance(node, lark.Tree)]
    gone, come = Frame.of(lark.Tree("args", [trees[0]])), Frame.of(trees[1])
    if gone.kinds and not come.refs:
        return [Avoid(kind=it.value) for it in gone.kinds]
    if come.has("SOMETHING") or come.meals or come.refs:
        return _swapped(gone, come, known)
    return None


def _unwanted(nodes: list[Node], known: trip.Known) -> Acts:
    """Never the Colosseum."""
    frame = Frame.of(
        lark.Tree("args", [it for it in nodes if isinstance(it, lark.Tree)])
    )
    if any(ref.ids for ref in frame.refs):
        return [Avoid(place=it) for it in frame.refs]
    return [
        _unliked(it.value, it.value in frame.interests) for it in frame.kinds
    ] or None


def _diet_corrected(nodes: list[Node], known: trip.Known) -> Acts:
    """Not vegan, vegetarian."""
    gone, *come = (it.value.value for it in nodes if it.type == "DIET")
    return trip.diets(list(come), [gone])


def _diet_dropped(nodes: list[Node], known: trip.Known) -> Acts:
    return trip.diets([], [it.value.value for it in nodes if it.type == "DIET"])


def _unfix(nodes: list[Node], known: trip.Known) -> Acts:
    frame = Frame.of(*nodes)
    return [SetTime(stop=it) for it in _pinned(frame)] or None


def _not_that(nodes: list[Node], known: trip.Known) -> Acts:
    """A, not B."""
    come, gone = (Frame.of(it) for it in nodes if isinstance(it, lark.Tree))
    if come.has("DIET") and gone.has("DIET"):
        return trip.diets(come.values["DIET"], gone.values["DIET"])
    if come.interests or gone.interests:
        return [SetInterests(more=tuple(come.interests), less=tuple(gone.interests))]
    if come.has("LESS") and come.refs:
        return _about([lark.Tree("args", nodes[0].children)], known)
    if come.times or come.lengths or come.deltas:
        return _about([nodes[0]], known)
    if come.refs and gone.refs:
        return _swapped(gone, come, known)
    return None


def _swap(nodes: list[Node], known: trip.Known) -> Acts:
    trees = [Frame.of(node) for node in nodes if isinstance(node, lark.Tree)]
    whole = Frame.of(*nodes)
    if len(whole.all_days) == 2 and not whole.refs and not whole.meals:
        return [SwapDays(first=whole.all_days[0], second=whole.all_days[1])]
    if whole.meals and len(whole.all_days) == 2 and not whole.refs:
        return meals.exchanged(whole, known)
    if len(whole.refs) == 2 and len(trees[0].refs) == 2 and not whole.times:
        return [Swap(stop=_pinned(whole)[0], place=whole.refs[1])]
    if len(trees) == 2:
        if trees[0].refs and trees[1].refs and trees[1].day and trees[0].day:
            return [
                Move(stop=_pinned(trees[0])[0], day=trees[1].day),
                Move(stop=_pinned(trees[1])[0], day=trees[0].day),
            ]
        return _swapped(trees[0], trees[1], known)
    if len(whole.refs) == 2:
        first, second = whole.refs
        stop = _pinned(replace_refs(whole, [first]))[0]
        return [Swap(stop=stop, place=_wanted(second))]
    if len(whole.refs) == 1 and not whole.times:
        return [Swap(stop=_pinned(whole)[0])]
    if whole.meals and not whole.refs:
        return [
            Swap(stop=Reference(meal=whole.meals[0], day=day))
            for day in whole.all_days or [None]
        ]
    return None


def _swap_focus(nodes: list[Node], known: trip.Known) -> Acts:
    come = Frame.of(*nodes)
    return [Swap(stop=IT, place=_wanted(come.refs[0]))] if len(come.refs) == 1 else None


def _reverse(nodes: list[Node], known: trip.Known) -> Acts:
    frame = Frame.of(*nodes)
    if len(frame.all_days) == 2 and not frame.refs:
        return [SwapDays(first=frame.all_days[0], second=frame.all_days[1])]
    if len(frame.refs) == 2:
        first, second = _pinned(frame)
        return [Order(stop=second, before=first)]
    return None


def _add(nodes: list[Node], known: trip.Known) -> Acts:
    frame = Frame.of(*nodes)
    if frame.has("CITY"):
        return trip.slots(frame, known)
    if frame.deltas or (frame.lengths and not frame.refs):
        count = (frame.deltas or [it.days for it in frame.lengths])[0]
        front = frame.has("FIRST") or isinstance(frame.before, Reference)
        return [AddDay(count=count, front=front)]
    if frame.has("PERDAY") and not frame.refs:
        return [AddDay(front=frame.has("FIRST"))]
    if frame.meals and frame.refs:
        return meals.at_place(frame, known)
    if frame.has("FULLER") or (
        (frame.has("MORE") or frame.has("SOMETHING")) and not frame.refs
    ):
        return days.fuller(frame)
    if not frame.refs:
        return trip.slots(frame, known) if frame.values else None
    return [*_additions(frame)]


def _additions(frame: Frame) -> Iterator[Act]:
    after = frame.after if isinstance(frame.after, Reference) else None
    before = frame.before if isinstance(frame.before, Reference) else None
    time = frame.times[0] if frame.times else None
    for ref in frame.refs:
        yield Add(
            place=_wanted(ref),
            day=frame.day,
            part=frame.part,
            after=after,
            before=before,
            time=at(time, late_until=7),
            minutes=frame.durations[0] if frame.durations else None,
        )


def _want(nodes: list[Node], known: trip.Known) -> Acts:
    frame = Frame.of(*nodes)
    if frame.has("LESS") and frame.interests:
        return [SetInterests(less=tuple(frame.interests))]
    if frame.has("CLEAR"):
        return days.cleared(frame)
    if frame.meals and (
        frame.refs or frame.has("CHEAPER", "DEARER", "LATER", "EARLIER")
    ):
        return meals.wished(frame, known)
    if frame.has("CALMER", "FULLER") and not frame.refs:
        return _about([node for node in nodes if isinstance(node, lark.Tree)], known)
    if frame.interests and not any(it.ids for it in frame.refs):
        if known.planned and frame.all_days:
            return [*_additions(frame)]
        return trip.slots(frame, known)
    if frame.durations and len(frame.refs) == 1:
        return _stay(frame)
    if not frame.refs:
        return _about([node for node in nodes if isinstance(node, lark.Tree)], known)
    if frame.has("FIRST", "LAST") and len(frame.refs) == 1:
        return [Order(stop=frame.refs[0], last=frame.has("LAST"))]
    if not known.planned:
        return trip.slots(frame, known)
    if all(is_placed(it) and it.definite for it in frame.refs):
        return _move(nodes, known)
    return [*_additions(frame)]


def _move(nodes: list[Node], known: trip.Known) -> Acts:
    frame = Frame.of(*nodes)
    if frame.meals and not frame.refs:
        return meals.wished(frame, known)
    if frame.meals and frame.refs and any(ref.ids for ref in frame.refs):
        return meals.at_place(frame, known)
    if frame.has("PACE"):
        return trip.slots(frame, known)
    if not frame.refs:
        if frame.has("WHOLETRIP", "REST", "DATESWORD", "DATE"):
            return trip.shifted(frame, known)
        if len(frame.all_days) == 2:
            return [SwapDays(first=frame.all_days[0], second=frame.all_days[1])]
        return None
    if frame.indefinite and len(frame.refs) == 1:
        return [*_additions(frame)]
    days_named = frame.to_days or frame.days
    to = days_named[-1] if days_named else None
    where = frame.days[0] if frame.to_days and frame.days else None
    trees = [Frame.of(it) for it in nodes if isinstance(it, lark.Tree)]
    if len(trees) == 2 and trees[0].refs and trees[0].days and not trees[1].all_days:
        where, to = trees[0].day, None  # "the market on day 2 should come after …"
    after = frame.after if isinstance(frame.after, Reference) else None
    before = frame.before if isinstance(frame.before, Reference) else None
    if to == "other" and frame.has("OTHERDAY"):
        to = "other"
    if frame.interests and not any(it.ids for it in frame.refs) and not to:
        return [SetInterests(more=tuple(frame.interests))]
    made: list[Act] = []
    for ref in frame.refs:
        if not (ref.ids or ref.focus):
            ref = replace(ref, day=ref.day or where)
            if (after or before) and not (
                to or frame.part or ref.kind or is_placed(ref)
            ):
                return None
        if frame.durations and (frame.has("EARLIER", "LATER")):
            made.append(_shifted(ref, frame))
        elif frame.times:
            made.append(trip.fixed(ref, frame.times[0], to, frame.part, known=known))
        elif frame.has("FIRST", "LAST"):
            last = frame.has("LAST")
            if to:
                made.append(Move(stop=ref, day=to, part=frame.part))
            made.append(Order(stop=ref, last=last))
        elif to or frame.part or after or before:
            made.append(
                Move(stop=ref, day=to, part=frame.part, after=after, before=before)
            )
        elif frame.has("LATER", "EARLIER"):
            made.append(Move(stop=ref))
        elif known.planned:
            made.append(Add(place=_wanted(ref)) if ref.ids else Move(stop=ref))
    return made or None


def _shift(nodes: list[Node], known: trip.Known) -> Acts:
    """Push the whole trip back a week."""
    return trip.shifted(Frame.of(*nodes), known)


def _shifted(ref: Reference, frame: Frame) -> Act:
    sign = -1 if frame.has("EARLIER") else 1
    return SetTime(stop=ref, change=sign * frame.durations[0])


def _keep(nodes: list[Node], known: trip.Known) -> Acts:
    frame = Frame.of(*nodes)
    if frame.has("CLEAR"):
        return days.cleared(frame)
    if frame.has("DIET"):
        return trip.diets(frame.values["DIET"], [])
    if frame.has("LIMITWORD", "MONEY"):
        return trip.slots(frame, known)
    if frame.durations and len(frame.refs) == 1:
        return _stay(frame)
    if frame.refs and frame.times:
        return [trip.fixed(it, frame.times[0], frame.day, known=known) for it in frame.refs]
    if frame.refs:
        refs = [it for it in _pinned(frame) if it != Reference()]
        return [Lock(stop=it) for it in refs] or None
    if frame.meals:
        if not frame.all_days:
            return []  # "lunches can stay as they are": nothing is asked for
        return [Lock(stop=Reference(meal=meal, day=frame.day)) for meal in frame.meals]
    if frame.all_days:
        return [Lock(day=day) for day in frame.all_days]
    return [] if frame.has("REST", "WHOLETRIP") else None


def _unlock(nodes: list[Node], known: trip.Known) -> Acts:
    frame = Frame.of(*nodes)
    if frame.refs:
        return [Unlock(stop=it) for it in _pinned(frame)]
    if frame.all_days:
        return [Unlock(day=day) for day in frame.all_days]
    return [Unlock()]


def _make(nodes: list[Node], known: trip.Known) -> Acts:
    frame = Frame.of(*nodes)
    if frame.refs and all(ref.focus == "it" for ref in frame.refs):
        rest = [replace(it) for it in frame.refs]
        if frame.durations or (frame.times and not frame.lengths):
            return _about([n for n in nodes if isinstance(n, lark.Tree)], known)
        frame.refs = []
        if frame.has("FIRST", "LAST"):
            return [Order(stop=rest[0], last=frame.has("LAST"))]
        if frame.has("DATE") and not frame.lengths:
            return trip.slots(frame, known)
        return _plain(frame, known)
    if frame.has("FIRST", "LAST") and len(frame.refs) == 1:
        return [Order(stop=frame.refs[0], last=frame.has("LAST"))]
    if len(frame.refs) == 2 and is_placed(frame.refs[0]) and frame.refs[1].ids:
        return [Swap(stop=frame.refs[0], place=frame.refs[1])]
    return _about([n for n in nodes if isinstance(n, lark.Tree)], known)


def _stay(frame: Frame) -> Acts:
    minutes = frame.durations[0] if frame.durations else None
    sign = -1 if frame.has("LESS") else 1
    if frame.has("MORE", "LESS") or frame.has("SOMETHING"):
        change = sign * (minutes or MORE_OR_LESS)
        return [SetStay(stop=it, change=change) for it in _pinned(frame)]
    if minutes is None:
        return None
    return [SetStay(stop=it, minutes=minutes) for it in _pinned(frame)]


def _replan(nodes: list[Node], known: trip.Known) -> Acts:
    frame = Frame.of(*nodes)
    if frame.refs and not frame.all_days:
        return [Swap(stop=it) for it in frame.refs if it.ids] or None
    if frame.meals:
        return [Swap(stop=Reference(meal=m, day=frame.day)) for m in frame.meals]
    return [Replan(day=day) for day in frame.all_days or [None]]


def _best_order(nodes: list[Node], known: trip.Known) -> Acts:
    frame = Frame.of(*nodes)
    return [BestOrder(day=day) for day in frame.all_days or [None]]


def _avoid(nodes: list[Node], known: trip.Known) -> Acts:
    frame = Frame.of(*nodes)
    trees = [Frame.of(it) for it in nodes if isinstance(it, lark.Tree)]
    if frame.has("INSTEAD") or (len(trees) == 2 and trees[0].refs and trees[1].refs):
        return None  # which of them?
    if frame.has("MORE") and frame.kinds:
        return [NoMore(kind=it.value) for it in frame.kinds]
    if frame.has("CLEAR") and frame.all_days:
        return None
    if frame.meals and not frame.refs:
        return meals.skipped(frame)
    if frame.has("DIET", "MOBILITY"):
        return None
    if frame.only_day:
        return [Replan(day=day) for day in frame.all_days]
    made: list[Act] = []
    for ref in frame.refs:
        if is_placed(ref):
            made.append(Remove(stop=ref))
        elif ref.kind and not (ref.nth or ref.ids):
            if frame.all_days or frame.part:
                made.append(
                    Remove(
                        stop=replace(
                            narrowed([ref], frame.day, frame.part)[0], every=True
                        )
                    )
                )
            else:
                made.append(_unliked(ref.kind, ref.kind in frame.interests))
        elif ref.ids:
            made.append(Avoid(place=ref))
        elif ref.focus:
            made.append(Avoid(place=ref))
    return made or None


def _unliked(kind: str, interest: bool) -> Act:
    return SetInterests(less=(kind,)) if interest else Avoid(kind=kind)  # type: ignore[arg-type]


def _no(nodes: list[Node], known: trip.Known) -> Acts:
    """No museums; no lunch on day 2; no stops on Saturday evening."""
    frame = Frame.of(*nodes)
    if frame.has("LIMITWORD") and not frame.has("MONEY"):
        return trip.forgotten(frame)
    if frame.has("CHILDREN") and not (frame.refs or frame.all_days):
        return [SetParty(children=0)]
    if frame.has("MORE") and frame.kinds:
        return [NoMore(kind=it.value) for it in frame.kinds]
    if any(ref.focus for ref in frame.refs):
        return None  # "none of it", "none of those"
    if any(not (ref.kind or ref.ids) for ref in frame.refs):  # no stops, nothing
        return days.cleared(frame) if frame.all_days or frame.parts else None
    return _avoid(nodes, known)


def _no_except(nodes: list[Node], known: trip.Known) -> Acts:
    trees = [node for node in nodes if isinstance(node, lark.Tree)]
    kept = Frame.of(trees[-1])
    frame = Frame.of(*trees[:-1])
    if frame.all_days or frame.part:
        return (
            _remove_except(trees, known)
            if len(trees) == 2
            else [
                Remove(stop=replace(ref, every=True, but=tuple(kept.refs)))
                for ref in narrowed(frame.refs, frame.day, frame.part)
            ]
        )
    unliked = [_unliked(it.value, False) for it in frame.kinds]
    return [*unliked, *(Allow(place=it) for it in kept.refs if it.ids)] or None


def _no_more(nodes: list[Node], known: trip.Known) -> Acts:
    frame = Frame.of(*nodes)
    if frame.numbers and frame.kinds:
        return [AtMost(kind=frame.kinds[0].value, count=frame.numbers[0])]
    if frame.has("PERDAY"):
        return None
    return [
        SetInterests(less=(it.value,))
        if it.kind == "INTEREST"
        else NoMore(kind=it.value)
        for it in frame.kinds
    ] or None


def _allow(nodes: list[Node], known: trip.Known) -> Acts:
    frame = Frame.of(*nodes)
    if frame.has("LIMITWORD", "MONEY", "DIET", "MOBILITY"):
        return trip.forgotten(frame)
    if any(ref.ids for ref in frame.refs):
        return [Allow(place=it) for it in frame.refs if it.ids]
    return [Allow(kind=it.value) for it in frame.kinds] or None


def _at_most(nodes: list[Node], known: trip.Known) -> Acts:
    frame = Frame.of(*nodes)
    if frame.has("MONEY", "LIMITWORD"):
        return trip.slots(frame, known)
    if frame.kinds and frame.numbers:
        return [AtMost(kind=it.value, count=frame.numbers[0]) for it in frame.kinds]
    if frame.has("PERDAY") and frame.kinds:
        return [AtMost(kind=it.value, count=1) for it in frame.kinds]
    if frame.interests:
        return [SetInterests(more=tuple(dict.fromkeys(frame.interests)), only=True)]
    return _plain(frame, known)


def _like(nodes: list[Node], known: trip.Known) -> Acts:
    frame = Frame.of(*nodes)
    if known.planned and any(ref.focus for ref in frame.refs):
        return None
    return trip.slots(frame, known)


def _about(nodes: list[Node], known: trip.Known) -> Acts:
    """No verb: "day 1 calmer", "dinner at eight", "an hour less at the Forum"."""
    return _plain(Frame.of(*nodes), known)


def _plain(frame: Frame, known: trip.Known) -> Acts:
    if known.planned and frame.refs and frame.lengths:
        return None  # "the Trevi one night": no length of the trip
    if len(frame.refs) == 2 and _is_end(frame.refs[1]) and not frame.has("INSTEAD"):
        return [Order(stop=frame.refs[0], last=frame.refs[1].nth == -1)]
    if frame.kinds and frame.numbers and frame.has("PERDAY"):
        return [AtMost(kind=it.value, count=frame.numbers[0]) for it in frame.kinds]
    if frame.has("CLEAR") and (frame.all_days or frame.parts or frame.has("PERDAY")):
        return days.cleared(frame)
    food = [it for it in frame.kinds if it.kind == "CUISINE"]
    snack = any(it.value in _SNACKS for it in food)
    if food and known.planned and frame.part and not frame.meals and not snack:
        frame.meals.append(Meal.LUNCH if frame.part is Part.AFTERNOON else Meal.DINNER)
    if frame.has("LESS", "MORE") and frame.has("PERDAY") and not frame.kinds:
        return [RemoveDay()] if frame.has("LESS") else [AddDay()]
    if frame.meals or frame.has("ANYMEAL"):
        return meals.wished(frame, known)
    if frame.refs and (frame.durations or frame.has("MORE", "LESS")):
        if frame.has("LESS") and not frame.durations and frame.kinds:
            return _fewer(frame)
        if frame.has("EARLIER", "LATER") and frame.durations:
            return [_shifted(it, frame) for it in _pinned(frame)]
        if frame.has("MORE") and frame.kinds and not frame.durations:
            return _more(frame, known)
        return _stay(frame)
    if frame.refs and frame.times:
        if all(it.ids or it.focus or it.kind or is_placed(it) for it in frame.refs):
            return [
                trip.fixed(it, frame.times[0], frame.day, frame.part, known=known)
                for it in frame.refs
            ]
    if frame.refs and frame.has("INSTEAD") and len(frame.refs) <= 2:
        if len(frame.refs) == 2:
            return [Swap(stop=_pinned(frame)[0], place=_wanted(frame.refs[1]))]
        if frame.day or frame.part:
            return [Move(stop=frame.refs[0], day=frame.day, part=frame.part)]
        return [Swap(stop=IT, place=_wanted(frame.refs[0]))]
    if frame.refs and (frame.after or frame.before or frame.has("FIRST", "LAST")):
        if frame.has("FIRST", "LAST"):
            ref = frame.refs[0]
            if not (ref.ids or ref.kind or ref.focus or is_placed(ref)):
                return None
            return [Order(stop=it, last=frame.has("LAST")) for it in frame.refs[:1]]
        return [
            Move(
                stop=it,
                day=frame.day,
                after=_ref(frame.after),
                before=_ref(frame.before),
            )
            for it in frame.refs
            if it.ids
        ] or None
    if any(ref.definite for ref in frame.refs) and known.planned:
        return None  # "the church on Friday": what of it?
    if frame.refs and (frame.all_days or frame.parts) and known.planned:
        if all(ref.ids or ref.kind or ref.focus for ref in frame.refs):
            return [
                Move(stop=it, day=frame.day, part=frame.part)
                if it.ids or it.focus
                else Add(place=_wanted(it), day=frame.day, part=frame.part)
                for it in frame.refs
            ]
    if frame.refs and frame.has("LATER", "EARLIER"):
        return [Move(stop=it) for it in frame.refs]
    if frame.refs and frame.has("CHEAPER", "DEARER"):
        return None
    found = days.changed(frame, known)
    if found is not None and not frame.refs:
        return found
    if known.planned and frame.refs and frame.has("FOR"):
        return None  # "use the hour for the Forum"
    return trip.slots(frame, known)


def _is_end(ref: Reference) -> bool:
    """ "Friday's first stop", as the place where another is to be."""
    return ref.nth in (1, -1) and not (ref.kind or ref.after or ref.before)


_SNACKS = frozenset(
    ("gelato", "ice cream", "cake", "chocolate", "custard tart", "wine", "beer", "bakery",
     "croissant", "cocktail bar", "lassi")
)  # fmt: skip


def _ref(value: Reference | Clock | Meal | None) -> Reference | None:
    return value if isinstance(value, Reference) else None


def _fewer(frame: Frame) -> Acts:
    """Less art; one museum less (which?); fewer markets."""
    if frame.interests and not frame.numbers:
        return [SetInterests(less=tuple(frame.interests))]
    if frame.numbers and not frame.has("PERDAY"):
        return [Remove(stop=Reference(kind=it.value)) for it in frame.kinds]
    return [
        AtMost(kind=it.value, count=frame.numbers[0] if frame.numbers else 1)
        for it in frame.kinds
    ]


def _more(frame: Frame, known: trip.Known) -> Acts:
    if frame.interests and not frame.all_days:
        return [SetInterests(more=tuple(frame.interests))]
    if known.planned:
        return [
            Add(place=Reference(kind=it.value), day=frame.day) for it in frame.kinds
        ]
    return trip.slots(frame, known)


def _eat(nodes: list[Node], known: trip.Known) -> Acts:
    frame = Frame.of(*nodes)
    if frame.has("DIET"):
        return trip.slots(frame, known)
    if not frame.meals and frame.part in (Part.EVENING, Part.AFTERNOON):
        late = frame.part is Part.EVENING
        frame.meals.append(Meal.DINNER if late else Meal.LUNCH)
    if not frame.meals and frame.times:
        late = frame.part and frame.part.value == "evening"
        morning = frame.times and frame.times[0].minutes < 16 * 60 and not late
        frame.meals.append(
            Meal.LUNCH if morning and not frame.times[0].open else Meal.DINNER
        )
    return meals.wished(frame, known) if frame.meals else None


_Builder = Callable[[list[Node], trip.Known], Acts]
_BUILDERS: dict[str, _Builder] = {
    "remove": _remove,
    "remove_except": _remove_except,
    "replace": _replace,
    "replaced": _replaced,
    "replaced_there": _replaced_there,
    "corrected": _corrected,
    "not_that": _not_that,
    "unwanted": _unwanted,
    "diet_corrected": _diet_corrected,
    "diet_dropped": _diet_dropped,
    "unfix": _unfix,
    "swap": _swap,
    "swap_focus": _swap_focus,
    "reverse": _reverse,
    "add": _add,
    "want": _want,
    "move": _move,
    "shift": _shift,
    "keep": _keep,
    "lock": _keep,
    "unlock": _unlock,
    "make": _make,
    "begin": days.begun,
    "begin_and_finish": days.begun,
    "open_with": days.opened,
    "finish": days.ended,
    "close_with": days.closed,
    "spend": _make,
    "replan": _replan,
    "best_order": _best_order,
    "avoid": _avoid,
    "avoid_except": _no_except,
    "no": _no,
    "no_except": _no_except,
    "no_more": _no_more,
    "allow": _allow,
    "at_most": _at_most,
    "like": _like,
    "arrive": trip.arriving,
    "depart": trip.departing,
    "eat": _eat,
    "about": _about,
}


def is_safe(acts: Sequence[Act]) -> bool:
    """Whether acts can stand though words beside them were not read."""
    return all(isinstance(act, SetInterests | SkipMeal | SetMeal) for act in acts)
