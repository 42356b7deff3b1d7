"""Rules: what never comes, comes no more, or comes at most so often."""

from __future__ import annotations

import lark
from msgspec.structs import replace

from itinerary_app.acts.acts import (
    Act,
    Add,
    Allow,
    Ask,
    AtMost,
    Avoid,
    NoMore,
    Remove,
    RemoveDay,
    Replan,
    SetInterests,
    SetParty,
    Topic,
)
from itinerary_app.acts.values import Reference
from itinerary_app.assistant.reading import cities, days, meals, trip
from itinerary_app.assistant.reading.frames import (
    Acts,
    Frame,
    Node,
    is_placed,
    narrowed,
)
from itinerary_app.assistant.reading.lexicon import words_of
from itinerary_app.assistant.reading.plainly import plain
from itinerary_app.assistant.reading.spans import Clock
from itinerary_app.assistant.reading.stops import only, pinned, unliked
from itinerary_app.catalogue.kinds import SIGHT
from itinerary_app.model import Interest


def remove_except(nodes: list[Node], known: trip.Known) -> Acts:
    trees = [node for node in nodes if isinstance(node, lark.Tree)]
    frame, kept = Frame.of(trees[0]), Frame.of(trees[-1])
    day = frame.day or kept.day
    if frame.has("REST") and day:
        frame.refs.append(Reference(every=True))  # "everything but the Vatican"
    return [
        Remove(stop=replace(ref, every=True, but=tuple(kept.refs)))
        for ref in narrowed(frame.refs, day, frame.part)
    ] or None


def keep_except(nodes: list[Node], known: trip.Known) -> Acts:
    """Everything stays but the bazaar."""
    gone = Frame.of([it for it in nodes if isinstance(it, lark.Tree)][-1])
    return [Remove(stop=it) for it in pinned(gone)] or None


def unwanted(nodes: list[Node], known: trip.Known) -> Acts:
    """Never the Colosseum."""
    frame = Frame.of(
        lark.Tree("args", [it for it in nodes if isinstance(it, lark.Tree)])
    )
    if any(ref.ids for ref in frame.refs):
        return [Avoid(place=it) for it in frame.refs]
    return [
        unliked(it.value, it.value in frame.interests) for it in frame.kinds
    ] or None


def avoid(nodes: list[Node], known: trip.Known) -> Acts:
    frame = Frame.of(*nodes)
    trees = [Frame.of(it) for it in nodes if isinstance(it, lark.Tree)]
    if left := cities.left_out(frame, known):
        return left
    if frame.has("INSTEAD") or (len(trees) == 2 and trees[0].refs and trees[1].refs):
        return None  # which of them?
    if frame.has("MORE") and frame.kinds:
        return [NoMore(kind=it.value) for it in frame.kinds]
    if frame.has("CLEAR") and frame.all_days:
        return None
    if (frame.all_days or frame.parts) and frame.kinds and not known.planned:
        return None  # of one day of a plan that is not there yet
    if frame.meals and not frame.refs and isinstance(frame.until, Clock):
        return meals.wished(frame, known)  # "no dinner before eight"
    if frame.meals and not frame.refs:
        return meals.skipped(frame)
    eaten = bool(frame.kinds) and all(it.value == "restaurant" for it in frame.kinds)
    if eaten and (frame.meals or frame.all_days or frame.part):
        return meals.skipped(frame)
    if frame.has("DIET", "MOBILITY"):
        return None
    if frame.only_day and frame.has("CALMER"):
        return days.calmer(frame)
    if frame.only_day:
        said = {w for it in nodes if isinstance(it, lark.Token)
                for w in words_of(it.value.text)}  # fmt: skip
        gone = said & {"want", "need", "without", "no"}
        return [
            RemoveDay(day=day) if gone else Replan(day=day) for day in frame.all_days
        ]
    if any(it.value == "activity" and "activit" not in it.text for it in frame.kinds):
        return None  # "no boat trips": not no activity at all
    made: list[Act] = []
    for ref in frame.refs:
        if is_placed(ref):
            made.append(Remove(stop=pinned(only(frame, [ref]))[0]))
        elif ref.kind and not (ref.nth or ref.ids):
            if frame.all_days or frame.part:
                [there] = narrowed([ref], frame.day, frame.part)
                definite = ref.definite or any(
                    isinstance(it, lark.Token) and it.value.text == "without the"
                    for it in nodes
                )
                no_more = Remove(stop=replace(there, every=True), for_good=definite)
                made.append(no_more)
            else:
                made.append(unliked(ref.kind, ref.kind in frame.interests))
        elif ref.ids or ref.focus:
            made.append(Avoid(place=ref))
    return made or None


def no(nodes: list[Node], known: trip.Known) -> Acts:
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
    if frame.has("ANYMEAL") and not frame.kinds:
        return meals.skipped(frame)
    if any(not (ref.kind or ref.ids) for ref in frame.refs):  # no stops, nothing
        return days.cleared(frame, known) if frame.all_days or frame.parts else None
    return avoid(nodes, known)


def no_except(nodes: list[Node], known: trip.Known) -> Acts:
    trees = [node for node in nodes if isinstance(node, lark.Tree)]
    kept = Frame.of(trees[-1])
    frame = Frame.of(*trees[:-1])
    if frame.all_days or frame.part:
        return [
            Remove(stop=replace(ref, every=True, but=tuple(kept.refs)), for_good=False)
            for ref in narrowed(frame.refs, frame.day, frame.part)
        ]
    disliked = [unliked(it.value, False) for it in frame.kinds]
    named = [it for it in kept.refs if it.ids or it.focus == "it"]
    allowed: list[Act] = [Allow(place=it) for it in named]
    if not known.planned:  # of a plan that is not there yet it is wished
        allowed = [Add(place=it) for it in named]
    return [*disliked, *allowed] or None


def no_more(nodes: list[Node], known: trip.Known) -> Acts:
    frame = Frame.of(*nodes)
    if frame.numbers or frame.has("PERDAY"):
        return None  # how many are enough: a day, or in all?
    return [
        SetInterests(less=(it.value,))
        if it.kind == "INTEREST"
        else NoMore(kind=it.value)
        for it in frame.kinds
    ] or None


def allow(nodes: list[Node], known: trip.Known) -> Acts:
    frame = Frame.of(*nodes)
    if frame.has("LIMITWORD", "MONEY", "DIET", "MOBILITY"):
        return trip.forgotten(frame)
    if any(known.day_of(ref) for ref in frame.refs):
        return None  # "I changed my mind about X", which is planned: how?
    if any(ref.ids for ref in frame.refs):
        return [Allow(place=it) for it in frame.refs if it.ids]
    return [Allow(kind=it.value) for it in frame.kinds] or None


def at_most(nodes: list[Node], known: trip.Known) -> Acts:
    frame = Frame.of(*nodes)
    if frame.has("MONEY", "LIMITWORD"):
        return trip.slots(frame, known)
    if frame.has("CLEAR") and (free := days.only_free(frame, known)):
        return free
    if frame.has("WHOLETRIP"):
        return None  # limits are of a day
    lasting = [known.minutes_at(it) for it in frame.refs if it.ids]
    if len(frame.durations) == 1 and len(lasting) == 1 == len(frame.refs):
        if 0 < lasting[0] <= frame.durations[0]:  # then it is not made longer
            return [Ask(topic=Topic.STAY, place=frame.refs[0])]
    counted = frame.numbers or frame.has("PERDAY")
    if counted and any(it.value == Interest.FOOD for it in frame.kinds):
        return None  # "only one tasting": not one meal a day
    if frame.kinds and frame.numbers:
        return [AtMost(kind=it.value, count=frame.numbers[0]) for it in frame.kinds]
    if frame.has("PERDAY") and frame.kinds:
        return [AtMost(kind=it.value, count=1) for it in frame.kinds]
    if frame.interests and frame.all_days:
        return None  # "only ruins on day 1" says nothing of the other days
    if frame.interests:
        return [SetInterests(more=tuple(dict.fromkeys(frame.interests)), only=True)]
    daily = frame.has("PERDAY") and len(frame.numbers) == 1 and not frame.all_days
    if daily and (frame.has("SIGHTS") or frame.refs == [Reference()]):
        return [AtMost(kind=SIGHT, count=frame.numbers[0])]  # "three things a day"
    if known.planned and frame.kinds and not frame.has("DIET"):
        return None  # "only street food": and nothing else
    return plain(frame, known)


def diet_corrected(nodes: list[Node], known: trip.Known) -> Acts:
    """Not vegan, vegetarian."""
    gone, *come = (it.value.value for it in nodes if it.type == "DIET")
    return trip.diets(list(come), [gone])


def diet_dropped(nodes: list[Node], known: trip.Known) -> Acts:
    return trip.diets([], [it.value.value for it in nodes if it.type == "DIET"])
