"""Constructions: what each rule of the grammar means, as acts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import lark
from msgspec.structs import replace

from itinerary_app.acts.acts import (
    Act,
    Add,
    AddDay,
    Allow,
    Avoid,
    BestOrder,
    Move,
    Order,
    Remove,
    RemoveDay,
    Replan,
    SetInterests,
    SetTime,
    Swap,
    SwapDays,
)
from itinerary_app.acts.values import Reference
from itinerary_app.assistant.reading import (
    cities,
    days,
    locks,
    meals,
    rules,
    stops,
    trip,
)
from itinerary_app.assistant.reading.frames import Acts, Frame, Node, is_placed
from itinerary_app.assistant.reading.plainly import about, eat, plain
from itinerary_app.assistant.reading.stops import (
    additions,
    anything,
    pinned,
    shifted,
    stay,
    swapped,
    wanted,
)
from itinerary_app.assistant.reading.whichdays import beyond


def acts_of(tree: lark.Tree[Any], scene: trip.Known) -> Acts:
    """The acts of a clause's tree; None where its words make no sense together."""
    build = _BUILDERS.get(str(tree.data))
    return build(tree.children, scene) if build else None


def _remove(nodes: list[Node], known: trip.Known) -> Acts:
    frame = Frame.of(*nodes)
    if frame.values.keys() & {"DIET", "MOBILITY"}:
        return trip.forgotten(frame)
    if frame.durations:
        return stops.shortened(nodes, frame)
    if frame.has("CITY") and not frame.refs:
        return cities.removed(frame, known)
    if frame.has("DATESWORD", "LIMITWORD", "MONEY"):
        return trip.forgotten(frame)
    if frame.meals and not frame.refs:
        return meals.skipped(frame)
    if frame.has("FOR") and len(frame.refs) > 1:
        return None  # "take A off and use the hour for B"
    if frame.has("PERDAY") and frame.kinds:  # "never mind the one museum a day"
        return [Allow(kind=it.value) for it in frame.kinds]
    if frame.deltas or (frame.lengths and not frame.refs):
        return known.shorter((frame.deltas or [frame.lengths[0].days])[0])
    if frame.only_day and not frame.values and not (frame.after or frame.before):
        return [RemoveDay(day=day) for day in frame.all_days]
    if frame.has("SOMETHING") and frame.all_days and not frame.refs:
        return days.calmer(frame)
    if frame.parts and not frame.refs:
        return days.cleared(frame, known)
    if (
        frame.has("WHOLETRIP")
        and frame.refs
        and all(it.every and not it.definite and not it.ids for it in frame.refs)
    ):
        return rules.avoid(nodes, known)
    if not frame.refs or (frame.kinds and any(it > 1 for it in frame.numbers)):
        return None
    return [Remove(stop=it) for it in pinned(frame)]


def _replace(nodes: list[Node], known: trip.Known) -> Acts:
    """A instead of B."""
    trees = [node for node in nodes if isinstance(node, lark.Tree)]
    if len(trees) != 2:
        return None
    gone, come = Frame.of(trees[1]), Frame.of(trees[0])
    if gone.has("CITY") and come.has("CITY"):
        return cities.replaced(come, gone, known)
    come.refs = [it for it in come.refs if it != stops.IT] or come.refs
    if all(len(it.refs) == 1 and it.refs[0].ids for it in (come, gone)):
        if known.day_of(come.refs[0]) and not come.all_days:
            return [Remove(stop=gone.refs[0])]  # the other one is there
    return swapped(gone, come, known)


def _replaced(nodes: list[Node], known: trip.Known) -> Acts:
    """Instead of B, A."""
    trees = [node for node in nodes if isinstance(node, lark.Tree)]
    return swapped(Frame.of(lark.Tree("args", [trees[0]])), Frame.of(trees[1]), known)


def _replaced_there(nodes: list[Node], known: trip.Known) -> Acts:
    trees = [node for node in nodes if isinstance(node, lark.Tree)]
    gone, come = Frame.of(trees[0]), Frame.of(trees[-1])
    if gone.has("CITY") and come.has("CITY"):
        return cities.replaced(come, gone, known)
    return swapped(gone, come, known)


def _corrected(nodes: list[Node], known: trip.Known) -> Acts:
    """Not B, A."""
    trees = [node for node in nodes if isinstance(node, lark.Tree)]
    gone, come = Frame.of(lark.Tree("args", [trees[0]])), Frame.of(trees[1])
    if gone.kinds and not come.refs:
        return [Avoid(kind=it.value) for it in gone.kinds]
    both = [*gone.refs, *come.refs]
    if len(both) > 1 and all(known.stops.intersection(it.ids) for it in both):
        return None  # what was meant of them stands before
    if come.has("SOMETHING") or come.meals or come.refs:
        return swapped(gone, come, known)
    return None


def _unfix(nodes: list[Node], known: trip.Known) -> Acts:
    frame = Frame.of(*nodes)
    return [SetTime(stop=it) for it in pinned(frame)] or None


def _not_that(nodes: list[Node], known: trip.Known) -> Acts:
    """A, not B."""
    come, gone = (Frame.of(it) for it in nodes if isinstance(it, lark.Tree))
    if come.has("DIET") and gone.has("DIET"):
        return trip.diets(come.values["DIET"], gone.values["DIET"])
    if come.interests or gone.interests:
        return [SetInterests(more=tuple(come.interests), less=tuple(gone.interests))]
    if come.has("CITY") and gone.has("CITY"):
        return cities.replaced(come, gone, known)
    if come.has("LESS") and come.refs:
        return about([lark.Tree("args", nodes[0].children)], known)
    if come.times or come.lengths or come.deltas:
        return about([nodes[0]], known)
    if come.refs and gone.refs:
        return swapped(gone, come, known)
    return None


def _add(nodes: list[Node], known: trip.Known) -> Acts:
    frame = Frame.of(*nodes)
    if frame.has("CITY"):
        return cities.joined(frame, known) or trip.slots(frame, known)
    if frame.interests and frame.has("MORE") and not frame.all_days:
        return [SetInterests(more=tuple(frame.interests))]
    if frame.deltas or (frame.lengths and not frame.refs):
        count = (frame.deltas or [it.days for it in frame.lengths])[0]
        front = frame.has("FIRST") or isinstance(frame.before, Reference)
        return [AddDay(count=count, front=front)]
    if frame.only_day and (more := beyond(frame.all_days, known.itinerary)):
        return more
    if frame.has("PERDAY") and not frame.refs:
        return [AddDay(front=frame.has("FIRST"))]
    if longer := stops.lengthened(nodes, frame, known):
        return longer
    if meals.is_elsewhere(frame):
        return meals.skipped(frame)
    if frame.meals and frame.refs:
        return meals.at_place(frame, known)
    if frame.meals and (made := meals.added(frame, known)):
        return made
    if frame.has("SOMETHING") and frame.parts and not frame.refs:
        return anything(frame)
    if frame.has("FULLER") or (
        (frame.has("MORE") or frame.has("SOMETHING")) and not frame.refs
    ):
        return days.fuller(frame)
    if frame.has("MORE") and all(it == Reference() for it in frame.refs):
        return anything(frame) if frame.parts else days.fuller(frame)
    if not frame.refs:
        return trip.slots(frame, known) if frame.values else None
    return stops.from_to(frame, known) or [*additions(frame)]


def _want(nodes: list[Node], known: trip.Known) -> Acts:
    frame = Frame.of(*nodes)
    if frame.has("LESS") and frame.interests:
        return [SetInterests(less=tuple(frame.interests))]
    if meals.is_elsewhere(frame):
        return meals.skipped(frame)
    if frame.has("CLEAR"):
        return days.cleared(frame, known)
    if frame.meals and (
        frame.refs or frame.has("CHEAPER", "DEARER", "LATER", "EARLIER")
    ):
        return meals.wished(frame, known)
    if frame.meals and (made := meals.added(frame, known)):
        return made
    if frame.has("CALMER", "FULLER") and not frame.refs:
        return about([node for node in nodes if isinstance(node, lark.Tree)], known)
    if frame.interests and not any(it.ids for it in frame.refs):
        if known.planned and frame.all_days:
            return [*additions(frame)]
        return trip.slots(frame, known)
    if frame.durations and len(frame.refs) == 1:
        return stay(frame, known)
    if frame.has("SOMETHING") and frame.parts and not frame.refs:
        return anything(frame)
    if not frame.refs:
        return about([node for node in nodes if isinstance(node, lark.Tree)], known)
    trees = [Frame.of(node) for node in nodes if isinstance(node, lark.Tree)]
    if len(trees) == 2 and trees[0].has("FOR") and len(trees[0].refs) == 1:
        stop = trees[0].refs[0]  # "for the Forum give us X"
        return swapped(trees[0], trees[1], known) if known.day_of(stop) else None
    if frame.has("SOMETHING") and len(frame.refs) == 1:
        there = frame.refs[0].focus or known.day_of(frame.refs[0])
        return [Swap(stop=frame.refs[0])] if there else None
    if frame.has("FIRST", "LAST") and len(frame.refs) == 1:
        if known.planned and frame.refs[0].ids:
            return plain(frame, known)  # on a day that it may not be on yet
        return [Order(stop=it, last=frame.has("LAST")) for it in pinned(frame)]
    if not known.planned:
        return trip.slots(frame, known)
    if all(is_placed(it) and it.definite for it in frame.refs):
        return _move(nodes, known)
    if any(it.definite for it in frame.refs):
        return None  # "the palace on day 1 I want in the morning": added, or moved?
    return stops.from_to(frame, known) or [*additions(frame)]


def _move(nodes: list[Node], known: trip.Known) -> Acts:
    frame = Frame.of(*nodes)
    if frame.has("PACE"):
        return trip.slots(frame, known)
    if frame.has("CITY") and (of_cities := cities.moved(nodes, known)):
        return of_cities
    when = frame.all_days or frame.part or frame.times or frame.after or frame.before
    if (frame.has("FIRST") and frame.has("LAST")) or (frame.has("FOR") and not when):
        return None
    if frame.refs and (by := stops.moved_by(nodes, frame, known)):
        return by
    if frame.meals and not frame.refs:
        return meals.wished(frame, known)
    if frame.meals and frame.refs and any(ref.ids for ref in frame.refs):
        return meals.at_place(frame, known)
    if not frame.refs:
        if frame.has("WHOLETRIP", "REST", "DATESWORD", "DATE") or _is_shift(frame):
            said = {w for it in nodes if isinstance(it, lark.Token)
                    for w in it.value.text.split()}  # fmt: skip
            if "forward" in said:
                frame.values["EARLIER"] = [None]
            return trip.shifted(frame, known)
        if len(frame.all_days) == 2:
            return [SwapDays(first=frame.all_days[0], second=frame.all_days[1])]
        return None
    days_named = frame.to_days or frame.days
    to = days_named[-1] if days_named else None
    if to not in (None, known.day_of(frame.refs[0])):  # else "from 10 to 12" moves it
        if there := stops.from_to(frame, known):
            return there
    if frame.indefinite and len(frame.refs) == 1:
        return [*additions(frame)]
    where = frame.days[0] if frame.to_days and frame.days else None
    trees = [Frame.of(it) for it in nodes if isinstance(it, lark.Tree)]
    if len(trees) == 2 and trees[0].refs and trees[0].days and not trees[1].all_days:
        where, to = trees[0].day, None  # "the market on day 2 should come after …"
    after = frame.after if isinstance(frame.after, Reference) else None
    before = frame.before if isinstance(frame.before, Reference) else None
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
            made.append(shifted(ref, frame))
        elif frame.times:
            made.append(trip.fixed(ref, frame.times[0], to, frame.part, known=known))
        elif frame.has("FIRST", "LAST"):
            last = frame.has("LAST")
            if to and known.day_of(ref) == to:
                ref = replace(ref, day=to)
            elif to:
                made.append(Move(stop=ref, day=to, part=frame.part))
            made.append(Order(stop=ref, last=last))
        elif to or frame.part or after or before:
            made.append(
                Move(stop=ref, day=to, part=frame.part, after=after, before=before)
            )
        elif frame.has("LATER", "EARLIER"):
            made.append(Move(stop=ref))
        elif known.planned:
            made.append(Add(place=wanted(ref)) if ref.ids else Move(stop=ref))
    return made or None


def _is_shift(frame: Frame) -> bool:
    """Whether nothing but a number of days is named: "postpone by two weeks"."""
    return bool(frame.deltas or frame.lengths) and {*frame.values} <= {
        "DELTA", "LENGTH", "EARLIER", "LATER",
    }  # fmt: skip


def _shift(nodes: list[Node], known: trip.Known) -> Acts:
    """Push the whole trip back a week."""
    return trip.shifted(Frame.of(*nodes), known)


def _make(nodes: list[Node], known: trip.Known) -> Acts:
    frame = Frame.of(*nodes)
    if frame.refs and all(ref.focus == "it" for ref in frame.refs):
        rest = [replace(it) for it in frame.refs]
        if frame.durations or (frame.times and not frame.lengths):
            return about([n for n in nodes if isinstance(n, lark.Tree)], known)
        frame.refs = []
        if frame.has("FIRST", "LAST"):
            return [Order(stop=rest[0], last=frame.has("LAST"))]
        if frame.has("DATE") and not frame.lengths:
            return trip.slots(frame, known)
        return plain(frame, known)
    if frame.has("FIRST", "LAST") and len(frame.refs) == 1:
        return [Order(stop=it, last=frame.has("LAST")) for it in pinned(frame)]
    if len(frame.refs) == 2 and is_placed(frame.refs[0]) and frame.refs[1].ids:
        return [Swap(stop=frame.refs[0], place=frame.refs[1])]
    return about([n for n in nodes if isinstance(n, lark.Tree)], known)


def _replan(nodes: list[Node], known: trip.Known) -> Acts:
    frame = Frame.of(*nodes)
    if frame.refs and not frame.all_days:
        return [Swap(stop=it) for it in frame.refs if it.ids] or None
    if frame.meals:
        return [Swap(stop=Reference(meal=m, day=frame.day)) for m in frame.meals]
    return [Replan(day=day) for day in frame.each_day]


def _best_order(nodes: list[Node], known: trip.Known) -> Acts:
    frame = Frame.of(*nodes)
    return [BestOrder(day=day) for day in frame.each_day]


def _like(nodes: list[Node], known: trip.Known) -> Acts:
    frame = Frame.of(*nodes)
    if known.planned and any(ref.focus for ref in frame.refs):
        return None
    if known.planned and any(ref.ids for ref in frame.refs):
        return plain(frame, known)  # "we prefer the Forum in the morning"
    return trip.slots(frame, known)


_Builder = Callable[[list[Node], trip.Known], Acts]


_BUILDERS: dict[str, _Builder] = {
    "remove": _remove,
    "remove_except": rules.remove_except,
    "keep_except": rules.keep_except,
    "replace": _replace,
    "replaced": _replaced,
    "replaced_there": _replaced_there,
    "elsewhere": stops.elsewhere,
    "corrected": _corrected,
    "not_that": _not_that,
    "unwanted": rules.unwanted,
    "diet_corrected": rules.diet_corrected,
    "diet_dropped": rules.diet_dropped,
    "unfix": _unfix,
    "swap": stops.swap,
    "swap_focus": stops.swap_focus,
    "reverse": stops.reverse,
    "add": _add,
    "want": _want,
    "move": _move,
    "shift": _shift,
    "keep": locks.keep,
    "lock": locks.keep,
    "unlock": locks.unlock,
    "make": _make,
    "begin": days.begun,
    "begin_and_finish": days.begun,
    "open_with": days.opened,
    "finish": days.ended,
    "close_with": days.closed,
    "spend": _make,
    "replan": _replan,
    "best_order": _best_order,
    "avoid": rules.avoid,
    "avoid_except": rules.no_except,
    "no": rules.no,
    "no_except": rules.no_except,
    "no_more": rules.no_more,
    "allow": rules.allow,
    "at_most": rules.at_most,
    "like": _like,
    "arrive": trip.arriving,
    "depart": trip.departing,
    "eat": eat,
    "about": about,
}
