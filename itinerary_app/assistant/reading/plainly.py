"""What is said without a verb: "day 1 calmer", "the Louvre first"."""

from __future__ import annotations

import lark
from msgspec.structs import replace

from itinerary_app.acts.acts import (
    Add,
    AddDay,
    AtMost,
    Move,
    Order,
    Remove,
    RemoveDay,
    SetInterests,
    SetMeal,
    Swap,
)
from itinerary_app.acts.values import Meal, Part, Reference
from itinerary_app.assistant.reading import days, lodging, meals, resting, trip
from itinerary_app.assistant.reading.frames import Acts, Frame, Node, is_placed
from itinerary_app.assistant.reading.spans import Clock
from itinerary_app.assistant.reading.stops import (
    IT,
    days_on,
    from_to,
    pinned,
    shifted,
    stay,
    wanted,
)

_SNACKS = frozenset(
    ("gelato", "ice cream", "cake", "chocolate", "custard tart", "wine", "beer",
     "bakery", "croissant", "cocktail bar", "lassi")
)  # fmt: skip


_STEP = frozenset("DELTA EARLIER LATER INSTEAD RATHER".split())


def plain(frame: Frame, known: trip.Known) -> Acts:
    slept = frame.has("SLEEP", "BED") and lodging.where(frame)
    if slept and (known.planned or lodging.is_of_nights(frame)):
        return trip.slots(frame, known)
    if known.planned and frame.deltas and frame.has("EARLIER", "LATER"):
        alone = frame.values.keys() <= _STEP and known.shown and not frame.all_days
        if frame.refs or alone:
            return days_on(frame, frame.refs or [IT], known)
    if known.planned and (there := from_to(frame, known)):
        return there
    if known.planned and frame.refs and frame.lengths:
        return None  # "the Trevi one night": no length of the trip
    if len(frame.refs) == 2 and _is_end(frame.refs[1]) and not frame.has("INSTEAD"):
        stop, day = frame.refs[0], frame.day
        if day and known.day_of(stop) == day:
            stop = replace(stop, day=day)
        return [Order(stop=stop, last=frame.refs[1].nth == -1)]
    if frame.kinds and frame.numbers and frame.has("PERDAY"):
        if any(it.value in _SNACKS for it in frame.kinds) and known.planned:
            return None  # "one gelato a day": one at most, or one each day?
        return [AtMost(kind=it.value, count=frame.numbers[0]) for it in frame.kinds]
    if meals.is_elsewhere(frame):
        return meals.skipped(frame)
    if frame.has("CLEAR"):
        if frame.all_days or frame.parts or frame.has("PERDAY"):
            return days.cleared(frame, known)
        if known.planned and (rests := resting.rested(frame, known)):
            return rests
    food = [it for it in frame.kinds if it.kind == "CUISINE"]
    snack = any(it.value in _SNACKS for it in food)
    morning = frame.part is Part.MORNING
    if food and known.planned and morning and not (frame.meals or snack):
        return None  # "dim sum every morning": no meal of ours
    if food and known.planned and frame.part and not frame.meals and not snack:
        frame.meals.append(Meal.LUNCH if frame.part is Part.AFTERNOON else Meal.DINNER)
    if frame.has("LESS", "MORE") and frame.has("PERDAY") and not frame.kinds:
        return [RemoveDay()] if frame.has("LESS") else [AddDay()]
    if len(frame.refs) == len(frame.times) > 1 and all(it.ids for it in frame.refs):
        return [
            trip.fixed(ref, time, frame.day, known=known)
            for ref, time in zip(frame.refs, frame.times, strict=True)
        ]
    if frame.meals and frame.has("MORE", "LESS") and not frame.refs:
        return stay(frame, known)
    if known.planned and (early := meals.early_enough(frame, known)):
        return [early]
    if frame.meals or frame.has("ANYMEAL"):
        return meals.wished(frame, known)
    if frame.refs and (frame.durations or frame.has("MORE", "LESS")):
        if frame.has("LESS") and not frame.durations and frame.kinds:
            return _fewer(frame)
        if frame.has("EARLIER", "LATER") and frame.durations:
            return [shifted(it, frame) for it in pinned(frame)]
        definite = any(it.definite for it in frame.refs)
        if frame.has("MORE") and frame.kinds and not (frame.durations or definite):
            return _more(frame, known)
        return stay(frame, known)
    clear = all(it.ids or it.focus or it.kind or is_placed(it) for it in frame.refs)
    if frame.refs and frame.times and clear:
        return [
            trip.fixed(it, frame.times[0], frame.day, frame.part, known=known)
            for it in frame.refs
        ]
    if frame.has("INSTEAD") and frame.has("SOMETHING") and not frame.refs:
        return [Swap(stop=IT)] if known.planned and not frame.all_days else None
    if frame.refs and frame.has("INSTEAD") and len(frame.refs) <= 2:
        if len(frame.refs) == 2:
            return [Swap(stop=pinned(frame)[0], place=wanted(frame.refs[1]))]
        if frame.day or frame.part:
            return [Move(stop=frame.refs[0], day=frame.day, part=frame.part)]
        return [Swap(stop=IT, place=wanted(frame.refs[0]))]
    if len(frame.refs) > 1 and frame.after and frame.before:
        return None  # "A after lunch, B before it"
    if frame.refs and (frame.after or frame.before or frame.has("FIRST", "LAST")):
        if frame.has("FIRST", "LAST"):
            ref = frame.refs[0]
            if not (ref.ids or ref.kind or ref.focus or is_placed(ref)):
                return None
            day = frame.day
            if ref.ids and day and known.day_of(ref) not in (None, day):
                to = Move(stop=ref, day=day)
                return [to, Order(stop=ref, last=frame.has("LAST"))]
            stops = [replace(it, day=it.day or day) for it in frame.refs[:1]]
            return [Order(stop=it, last=frame.has("LAST")) for it in stops]
        return [
            Move(
                stop=it if it.ids else replace(it, day=it.day or frame.day),
                day=frame.day if it.ids else None,
                after=_ref(frame.after),
                before=_ref(frame.before),
            )
            for it in frame.refs
            if it.ids or (it.kind and (it.definite or it.nth))
        ] or None
    if frame.refs and frame.has("CHEAPER", "DEARER"):
        return _another_price(frame, known)
    if any(ref.definite for ref in frame.refs) and known.planned:
        return None  # "the church on Friday": what of it?
    named = all(ref.ids or ref.kind or ref.focus for ref in frame.refs)
    when = frame.all_days or frame.parts
    if frame.refs and named and when and known.planned:
        return [
            Move(stop=it, day=frame.day, part=frame.part)
            if it.ids or it.focus
            else Add(place=wanted(it), day=day, part=frame.part)
            for it in frame.refs
            for day in ((frame.day,) if it.ids or it.focus else frame.each_day)
        ]
    if frame.refs and frame.has("LATER", "EARLIER"):
        return [Move(stop=it) for it in frame.refs]
    found = days.changed(frame, known)
    if found is not None and not frame.refs:
        return found
    if known.planned and frame.refs and frame.has("FOR"):
        return None  # "use the hour for the Forum"
    return trip.slots(frame, known)


def _another_price(frame: Frame, known: trip.Known) -> Acts:
    """ "Le Procope is too posh", "a fancier restaurant on the last night"."""
    step = -1 if frame.has("CHEAPER") else 1
    eaten = [known.meal_at(it.ids) for it in frame.refs]
    found = [it for it in eaten if it is not None]
    if found and len(found) == len(eaten):
        return [SetMeal(meal=meal, day=day, step=step) for meal, day in found]
    eating = all(it.value == "restaurant" for it in frame.kinds) and frame.kinds
    if eating and frame.part in (Part.AFTERNOON, Part.EVENING):
        meal = Meal.DINNER if frame.part is Part.EVENING else Meal.LUNCH
        return [SetMeal(meal=meal, day=day, step=step) for day in frame.each_day]
    if eating and not frame.parts and all(frame.plural(it) for it in frame.kinds):
        return [
            SetMeal(meal=meal, day=day, step=step)
            for meal in Meal
            for day in frame.each_day
        ]
    return None


def _is_end(ref: Reference) -> bool:
    """ "Friday's first stop", as the place where another is to be."""
    return ref.nth in (1, -1) and not (ref.kind or ref.after or ref.before)


def _ref(value: Reference | Clock | Meal | None) -> Reference | None:
    return value if isinstance(value, Reference) else None


def _fewer(frame: Frame) -> Acts:
    """Less art; one museum less (which?); fewer markets; fewer of them on a day."""
    if frame.all_days:
        return [
            Remove(stop=Reference(kind=it.value, day=day))
            for it in frame.kinds
            for day in frame.all_days
        ]
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


def eat(nodes: list[Node], known: trip.Known) -> Acts:
    frame = Frame.of(*nodes)
    if frame.has("DIET"):
        return trip.slots(frame, known)
    if not frame.meals and frame.part in (Part.EVENING, Part.AFTERNOON):
        late = frame.part is Part.EVENING
        frame.meals.append(Meal.DINNER if late else Meal.LUNCH)
    dining = [it.value.value for it in nodes if not isinstance(it, lark.Tree)]
    if not frame.meals and not frame.times and dining == [Meal.DINNER.value]:
        frame.meals.append(Meal.DINNER)
    if not frame.meals and frame.times:
        morning = frame.times[0].minutes < 16 * 60
        frame.meals.append(
            Meal.LUNCH if morning and not frame.times[0].open else Meal.DINNER
        )
    return meals.wished(frame, known) if frame.meals else None


def about(nodes: list[Node], known: trip.Known) -> Acts:
    """No verb: "day 1 calmer", "dinner at eight", "an hour less at the Forum"."""
    return plain(Frame.of(*nodes), known)
