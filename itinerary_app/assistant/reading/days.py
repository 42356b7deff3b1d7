"""What is said of days: their hours, their fullness, and what is kept free."""

from __future__ import annotations

from msgspec.structs import replace

from itinerary_app.acts.acts import (
    Act,
    AddDay,
    Calmer,
    Clear,
    Fuller,
    Move,
    Order,
    SetHours,
    SetMeal,
    SetPace,
)
from itinerary_app.acts.values import Part, time_of
from itinerary_app.assistant.reading import cities, resting
from itinerary_app.assistant.reading.frames import Acts, Frame, Node, at
from itinerary_app.assistant.reading.spans import Clock
from itinerary_app.assistant.reading.trip import Known, fixed, shifted, slots
from itinerary_app.model import Pace

_WEEK = 7
PM_START, PM_END = 4, 11  # a bare hour up to this is in the afternoon
USUAL_SHIFT = 60  # minutes, where "later" says no more
ENDS = {Part.MORNING: "12:00", Part.AFTERNOON: "18:00", Part.EVENING: "21:00"}


def calmer(frame: Frame) -> Acts:
    if not frame.all_days:
        return [SetPace(step=-1)]
    return [Calmer(day=day) for day in frame.all_days]


def fuller(frame: Frame) -> Acts:
    if not frame.all_days:
        return [SetPace(step=1)]
    return [Fuller(day=day) for day in frame.all_days]


def cleared(frame: Frame, known: Known) -> Acts:
    """A day, parts of it, or times of it, kept free, or no longer."""
    days = frame.each_day
    if frame.has("CLEAR") and (rests := resting.rested(frame, known)):
        return rests
    if isinstance(frame.until, Clock) and not frame.not_before:  # free until then
        start = at(frame.until, late_until=PM_START)
        return [SetHours(day=day, start=start) for day in days]
    if frame.not_before and not frame.until:
        end = at(frame.not_before, late_until=PM_END)
        return [SetHours(day=day, end=end) for day in days]
    if frame.until or frame.not_before:
        return hours(frame)
    if not (frame.all_days or frame.parts or frame.has("PERDAY", "LENGTH", "NUMBER")):
        return None
    free = not frame.has("NOLONGER")
    # The later parts first: what goes from the afternoon shifts into no free evening.
    parts = sorted(frame.each_part, key=[None, *Part].index, reverse=True)
    return [Clear(day=day, part=part, free=free) for day in days for part in parts]


def only_free(frame: Frame, known: Known) -> Acts:
    """Of a day that is free: these parts of it, and no others any more."""
    made: list[Act] = []
    for day in known.itinerary.days if known.itinerary else ():
        if day.number in frame.all_days and {*frame.parts} <= {*day.free}:
            others = [it for it in day.free if it not in frame.parts]
            made += [Clear(day=day.number, part=it, free=False) for it in others]
    return made


def hours(frame: Frame) -> Acts:
    """When days begin and end, by "not before", "until" and the like."""
    end = frame.until
    last = ENDS[end] if isinstance(end, Part) else at(end, late_until=PM_END)
    first = frame.not_before or (frame.times[0] if frame.times else None)
    start = at(first, late_until=PM_START)
    if not (start or last):
        return None
    if frame.meals:
        return None
    return [SetHours(day=day, start=start, end=last) for day in frame.each_day]


def changed(frame: Frame, known: Known) -> Acts:
    """What a clause about days says without a verb; None if it says nothing."""
    if frame.has("EARLIER", "LATER") and not frame.refs:
        of_all = frame.has("WHOLETRIP", "REST") and (frame.deltas or frame.lengths)
        if of_all or any(it.days >= _WEEK for it in frame.lengths):
            return shifted(frame, known)
    if frame.deltas and not frame.refs:
        for city in frame.values.get("CITY", []):
            return known.stays_in(city.name, frame) or None
        if frame.has("EARLIER", "LATER"):
            return None  # of which end?
        if frame.has("LESS"):
            return known.shorter(frame.deltas[0])
        return [AddDay(count=frame.deltas[0], front=frame.has("FIRST"))]
    if frame.not_before or frame.until:
        return hours(frame)
    if frame.times and (frame.all_days or frame.has("WHOLETRIP")):
        times = frame.times
        first = at(times[0], late_until=PM_START)
        if len(times) == 2:
            last = at(times[1], late_until=PM_END)
            return [SetHours(day=d, start=first, end=last) for d in frame.each_day]
        if frame.has("EARLIER", "LATER", "FIRST"):
            return [SetHours(day=d, start=first) for d in frame.each_day]
    for name, start in (("LATESTART", True), ("EARLYSTART", True), ("EARLYEND", False)):
        if frame.has(name):
            time = frame.values[name][0]
            return [
                SetHours(day=day, start=time) if start else SetHours(day=day, end=time)
                for day in frame.each_day
            ]
    if frame.has("CALMER", "FULLER") and frame.parts and not frame.all_days:
        return None
    of_days = bool(frame.all_days) or frame.has("WHOLETRIP")
    if frame.has("CALMER") or (frame.has("LESS") and of_days):
        return calmer(frame)
    if frame.has("FULLER") or (frame.has("MORE") and of_days):
        return fuller(frame)
    if frame.all_days and frame.has("PACE"):
        pace = frame.values["PACE"][0]
        if pace == Pace.RELAXED:
            return calmer(frame)
        return fuller(frame) if pace == Pace.PACKED else None
    if frame.has("SHIFTBACK"):
        return None
    return None


def begun(nodes: list[Node], known: Known) -> Acts:
    """Start (day 2) at ten; start with the Louvre; start in Rome."""
    frame = Frame.of(*nodes)
    if order := cities.begun(frame, known, last=False):
        return order
    if frame.meals and frame.times:
        return [
            SetMeal(
                meal=frame.meals[0], day=day, time=at(frame.times[0], late_until=10)
            )
            for day in frame.each_day
        ]
    if frame.has("DATE"):
        return slots(frame, known)
    if len(frame.refs) == 1 and not frame.times and not frame.not_before:
        if frame.refs[0].focus == "it" and not frame.has("FIRST"):
            return None
        return _at_the_rim(frame, known, last=False)
    if frame.refs and frame.times and frame.parts:
        return None  # "start at ten on day 2, the Colosseum in the morning" are two
    if len(frame.refs) == 1 and frame.times and not frame.refs[0].kind:
        return [fixed(frame.refs[0], frame.times[0], frame.day, known=known)]
    whole = [it for it in frame.refs if it.ids or it.kind]
    if whole:
        return None
    if len(frame.times) == len(frame.days) > 1:  # "day 1 at 11 and day 2 at 9"
        hours = zip(frame.days, frame.times, strict=True)
        return [SetHours(day=d, start=at(it, late_until=PM_START)) for d, it in hours]
    start, end = _start_and_end(frame)
    if start is None and frame.part is Part.AFTERNOON:
        start = "13:00"
    if start is None and frame.has("EARLIER", "LATER"):
        if frame.durations and not frame.all_days and known.itinerary is not None:
            frame.days = [day.number for day in known.itinerary.days]
        return _shifted_starts(frame, known)
    if start is None and end is None:
        return None
    return [SetHours(day=day, start=start, end=end) for day in frame.each_day]


def _start_and_end(frame: Frame) -> tuple[str | None, str | None]:
    start = frame.not_before or (frame.times[0] if frame.times else None)
    end = frame.until
    if end is None and len(frame.times) > 1:
        end = frame.times[1]
    last = ENDS[end] if isinstance(end, Part) else at(end, late_until=PM_END)
    return at(start, late_until=PM_START), last


def _shifted_starts(frame: Frame, known: Known) -> Acts:
    """An hour, or as said, later or earlier than each day begins now."""
    minutes = frame.durations[0] if frame.durations else USUAL_SHIFT
    by = minutes if frame.has("LATER") else -minutes
    begins = {day: known.begins(day) for day in frame.each_day}
    return [
        SetHours(day=day, start=time_of(start + by))
        for day, start in begins.items()
        if start is not None
    ] or None


def _shifted_ends(frame: Frame, known: Known) -> Acts:
    """An hour, or as said, later or earlier than each day ends now."""
    minutes = frame.durations[0] if frame.durations else USUAL_SHIFT
    by = minutes if frame.has("LATER") else -minutes
    ends = {day: known.ends(day) for day in frame.all_days}
    return [
        SetHours(day=day, end=time_of(-(-(end + by) // 5) * 5))
        for day, end in ends.items()
        if end is not None
    ] or None


def ended(nodes: list[Node], known: Known) -> Acts:
    """Finish by six; home by seven on Saturday; end in Rome."""
    frame = Frame.of(*nodes)
    if order := cities.begun(frame, known, last=True):
        return order
    if len(frame.refs) == 1 and not frame.times and not frame.until:
        beside = frame.after or frame.before or frame.has("INSTEAD")
        return None if beside else _at_the_rim(frame, known, last=True)
    if frame.refs or frame.has("DATE"):
        return None
    if frame.deltas and frame.has("EARLIER", "LESS"):
        return known.shorter(frame.deltas[0])
    end = frame.until or (frame.times[-1] if frame.times else None)
    start = None
    if frame.not_before:
        start = at(frame.not_before, late_until=PM_START)
    if end is None and frame.part:
        end = frame.part
    if end is None and frame.has("EARLIER", "LATER"):
        return _shifted_ends(frame, known)
    if end is None:
        return None
    last = ENDS[end] if isinstance(end, Part) else at(end, late_until=PM_END)
    if last is not None and last < "05:00":
        last = f"{int(last[:2]) + 24}{last[2:]}"  # "till 1 am"
    return [SetHours(day=day, start=start, end=last) for day in frame.each_day]


def opened(nodes: list[Node], known: Known) -> Acts:
    """Start day 2 with the Louvre."""
    frame = Frame.of(*nodes)
    if order := cities.begun(frame, known, last=False):
        return order
    return _at_the_rim(frame, known, last=False)


def closed(nodes: list[Node], known: Known) -> Acts:
    frame = Frame.of(*nodes)
    if order := cities.begun(frame, known, last=True):
        return order
    return _at_the_rim(frame, known, last=True)


def _at_the_rim(frame: Frame, known: Known, *, last: bool) -> Acts:
    if frame.meals and frame.refs:
        from itinerary_app.assistant.reading.meals import at_place

        return at_place(frame, known)
    if len(frame.refs) != 1:
        return None
    stop, day = frame.refs[0], frame.day
    if stop.ids or stop.focus:
        there = day is None or known.day_of(stop) == day
        if there:
            return [Order(stop=replace(stop, day=day) if stop.ids else stop, last=last)]
        return [Move(stop=stop, day=day), Order(stop=stop, last=last)]
    return [Order(stop=replace(stop, day=day), last=last)]
