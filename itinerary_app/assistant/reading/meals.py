"""What is said of meals: where, what, when, how dear, or none."""

from __future__ import annotations

from collections.abc import Sequence

from itinerary_app.acts.acts import Act, Add, Ask, SetMeal, SkipMeal, Topic
from itinerary_app.acts.values import Meal, Part, Reference, minutes_of, time_of
from itinerary_app.assistant.reading.frames import Acts, Frame, at
from itinerary_app.assistant.reading.spans import Clock
from itinerary_app.assistant.reading.trip import Known

# Bare hours up to these are in the afternoon.
LATE = {Meal.LUNCH: 5, Meal.DINNER: 11}
USUAL_SHIFT = 30  # minutes, where "earlier" says no more
EATING = ("restaurant", "cafe", "street_food", "bar", "food")


_JOINING = frozenset("AND FOR WITH PART PERDAY WHOLETRIP".split())
_NEARBY = frozenset("FOR PART CHEAPER DEARER".split())
_OF_PARTS = {Part.AFTERNOON: Meal.LUNCH, Part.EVENING: Meal.DINNER}


def skipped(frame: Frame) -> Acts:
    of_parts = [_OF_PARTS[it] for it in frame.parts if it in _OF_PARTS]
    meals = frame.meals or of_parts or [Meal.LUNCH, Meal.DINNER]
    return [SkipMeal(meal=meal, day=day) for meal in meals for day in frame.each_day]


def at_place(frame: Frame, known: Known, known_day: int | str | None = None) -> Acts:
    """Dinner at a named place, or of a kind."""
    meal = frame.meals[0]
    place = next((it for it in frame.refs if it.ids or it.focus), None)
    kind = next((it.kind for it in frame.refs if it.kind), None)
    if any(it.kind != "CUISINE" and it.value not in EATING for it in frame.kinds):
        return None
    if place is None and kind is None:
        return None
    ids = place.ids if place is not None and known.eating else ()
    if ids and not known.eating.intersection(ids):
        return _near(place, frame, known)
    if frame.after or frame.before:
        return None
    if place is not None and frame.has("WHOLETRIP", "PERDAY"):
        return None  # a place is in a plan once
    planned = known.meal_at(ids)  # "lunch there at two": on the day on which it is
    if planned and planned[0] is meal:
        known_day = known_day or planned[1]
    days: Sequence[int | str | None] = frame.all_days or [known_day]
    if place is None and days == [None] and frame.has("WHOLETRIP", "PERDAY"):
        plan = known.itinerary
        days = [it.number for it in plan.days] if plan else days
    time = at(frame.times[0], late_until=LATE[meal]) if frame.times else None
    return [
        SetMeal(
            meal=meal, day=day, place=place, kind=None if place else kind, time=time
        )
        for day in days
    ]


def _near(place: Reference | None, frame: Frame, known: Known) -> Acts:
    """ "Dinner in Trastevere": on a day it is there; else it is told what there is."""
    if not known.planned or len(frame.meals) > 1 or len(frame.refs) > 1:
        return None
    if place is None or {*frame.values} - _NEARBY:
        return None  # a sight, which is of another statement
    meal = frame.meals[0]
    if frame.all_days:
        return [SetMeal(meal=meal, day=day, near=place) for day in frame.all_days]
    return [
        Ask(topic=Topic.NEARBY, place=place, kind=EATING[0], meal=meal, day=frame.day)
    ]


def is_elsewhere(frame: Frame) -> bool:
    """Whether one eats on one's own: "dinner at the hotel", "our own lunches"."""
    own = frame.has("CLEAR", "HOTEL") and bool(frame.meals)
    return own and not (frame.refs or frame.near)


def wished(frame: Frame, known: Known) -> Acts:
    """All that can be said of meals in one clause."""
    if frame.has("ANYMEAL") and not frame.meals:
        frame.meals = [Meal.LUNCH, Meal.DINNER]
    frame.refs = [it for it in frame.refs if it != Reference()]
    if frame.has("CHEAPER", "DEARER") and len(frame.refs) == len(frame.meals) == 1:
        planned = known.meal_at(frame.refs[0].ids)  # "cheaper than X": as X is
        frame.refs = [] if planned and planned[0] in frame.meals else frame.refs
    if any(it.ids for it in frame.refs) and (frame.after or frame.before):
        return [
            Add(
                place=it,
                day=frame.day,
                after=frame.after if isinstance(frame.after, Reference) else None,
                before=frame.before if isinstance(frame.before, Reference) else None,
            )
            for it in frame.refs
        ]
    if is_elsewhere(frame):
        return skipped(frame)
    if frame.refs:
        return at_place(frame, known)
    if frame.near is not None and frame.near.ids and not frame.times:
        return _near(frame.near, frame, known)
    if len(frame.meals) == len(frame.times) > 1:
        return [
            SetMeal(meal=meal, day=day, time=at(time, late_until=LATE[meal]))
            for meal, time in zip(frame.meals, frame.times, strict=True)
            for day in frame.each_day
        ]
    if len(frame.meals) == 1 < len(frame.times) == len(frame.days):
        return [  # "lunch at 1 on day 1 and at 2 on day 2"
            SetMeal(meal=meal, day=day, time=at(time, late_until=LATE[meal]))
            for meal in frame.meals
            for day, time in zip(frame.days, frame.times, strict=True)
        ]
    clock = frame.times[-1] if frame.times else frame.not_before or frame.until
    step = -1 if frame.has("CHEAPER") else 1 if frame.has("DEARER") else None
    budget = frame.values.get("BUDGET", [None])[0]
    made: list[Act] = []
    if clock is None and frame.has("LATER", "EARLIER"):
        return None if step or budget else _shifted(frame, known)
    for meal in frame.meals:
        for day in frame.each_day:
            time = _time(clock, meal)
            if time is None and step is None and budget is None:
                return None
            if time is not None and (step or budget):
                return None  # of two statements
            made.append(
                SetMeal(meal=meal, day=day, time=time, step=step, budget=budget)
            )
    return made


def early_enough(frame: Frame, known: Known) -> Act | None:
    """ "Dinner before 7 on day 1", where it is: when that is, is answered."""
    if frame.times or len(frame.meals) != 1 or len(frame.all_days) != 1:
        return None
    meal, day = frame.meals[0], frame.all_days[0]
    time, begins = _time(frame.until, meal), known.meal_begins(meal, day)
    if time is None or begins is None or begins >= minutes_of(time):
        return None
    return Ask(topic=Topic.SCHEDULE, meal=meal, day=day)


def added(frame: Frame, known: Known) -> Acts:
    """Nothing but that there is to be a meal: "add a dinner on day 5"."""
    said = frame.refs or frame.times or frame.durations or frame.numbers
    more = frame.after or frame.before or frame.near or frame.not_before or frame.until
    parts = {_OF_PARTS.get(it) for it in frame.parts} - {*frame.meals}
    if not known.planned or said or more or parts or {*frame.values} - _JOINING:
        return None
    return [SetMeal(meal=it, day=day) for it in frame.meals for day in frame.each_day]


def _time(clock: Clock | Part | None, meal: Meal) -> str | None:
    if clock is None or isinstance(clock, Part):
        return None
    return at(clock, late_until=LATE[meal])


def _shifted(frame: Frame, known: Known) -> Acts:
    """Each of the meals later or earlier than it is now, by as much as said."""
    minutes = frame.durations[0] if frame.durations else USUAL_SHIFT
    by = minutes if frame.has("LATER") else -minutes
    every = [it.number for it in known.itinerary.days] if known.itinerary else []
    made: list[Act] = []
    for meal in frame.meals:
        begins = {it: known.meal_begins(meal, it) for it in frame.all_days or every}
        times = {it: time_of(at + by) for it, at in begins.items() if at is not None}
        if not times:
            return None
        if not frame.all_days and len({*times.values()}) == 1:
            made.append(SetMeal(meal=meal, time=times.popitem()[1]))
        else:
            made += [
                SetMeal(meal=meal, day=it, time=time) for it, time in times.items()
            ]
    return made


def turned(frame: Frame, known: Known) -> Acts:
    """ "Swap lunch and dinner on day 1": each where the other is."""
    places = [known.meal_place(meal, frame.day) for meal in frame.meals]
    if not all(places):
        return None
    return [
        SetMeal(meal=meal, day=frame.day, place=place)
        for meal, place in zip(frame.meals, reversed(places), strict=True)
    ]


def exchanged(frame: Frame, known: Known) -> Acts:
    """The meals of two days change places."""
    first, second = frame.all_days
    made: list[Act] = []
    for meal in frame.meals:
        for day, other in ((first, second), (second, first)):
            place = known.meal_place(meal, other)
            if place is None:
                return None
            made.append(SetMeal(meal=meal, day=day, place=place))
    return made
