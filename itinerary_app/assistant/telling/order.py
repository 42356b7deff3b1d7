"""Sentences on the order and the lengths of stops that an act changed besides."""

from __future__ import annotations

from itinerary_app.acts import acts as do
from itinerary_app.assistant.telling.step import Planned, Step
from itinerary_app.catalogue.holidays import region
from itinerary_app.catalogue.hours import openings
from itinerary_app.model import Day, StopKind
from itinerary_app.text.clock import clock
from itinerary_app.text.words import counted, lasting, listed

GRAIN = 5  # minutes to which times are rounded
MOST_NAMED = 3  # stops of another length
ON_A_STOP = do.Add | do.Move | do.Order | do.SetTime | do.SetStay | do.SetHours


def shifted(step: Step) -> dict[str, str]:
    """The visits that stand elsewhere among the others of their day than before,
    without being asked to: a sentence by the id of the place.
    """
    said: dict[str, str] = {}
    if not isinstance(step.act, ON_A_STOP):
        return said
    mine = {getattr(step.act, "stop", None), getattr(step.act, "place", None)}
    before = {
        day.number: _visits(day) for day in (step.before.days if step.before else ())
    }
    for day in step.after.days if step.after else ():
        now, was = _visits(day), before.get(day.number, [])
        old = [it for it in was if it in now and it not in mine]
        new = [it for it in now if it in old]
        if old == new:
            continue
        alone = [it for it in new if _but(it, old) == _but(it, new)]
        if alone:
            item = step.new[alone[0]]
            name, at = item.stop.place.name, clock(item.stop.arrive)
            said[alone[0]] = f"{name} comes {_where(item)} now, at {at}."
        else:
            all_ = listed(it.place.name for it in day.stops)
            told = f"The order of day {day.number} is now: {all_}."
            said |= dict.fromkeys(new, "") | {new[0]: told}
    return said


def _visits(day: Day) -> list[str]:
    return [it.place.id for it in day.stops if it.kind is StopKind.VISIT]


def _but(one: str, ids: list[str]) -> list[str]:
    return [it for it in ids if it != one]


def _where(item: Planned) -> str:
    """Where on its day it stands."""
    at = item.day.stops.index(item.stop)
    return f"after {item.day.stops[at - 1].place.name}" if at else "first"


def lengths(step: Step, named: set[str]) -> list[str]:
    """The stops that are shorter or longer, though only another one's was set, but
    for those of which all is said: `named` by an act on more than a stop.
    """
    mine = getattr(step.act, "stop", None)
    told = {mine} if isinstance(step.act, do.SetStay) else set()
    if not isinstance(step.act, ON_A_STOP):
        told |= named
    found = [
        (item, then, now)
        for key, item in step.new.items()
        if key in step.old
        and key not in told
        and (then := _minutes(step.old[key])) != (now := _minutes(item))
    ]
    found.sort(key=lambda it: it[0].stop.place.id != mine)
    said = [
        f"{_why(step, item)}{lasting(now)} there instead of {lasting(then)}."
        for item, then, now in found[:MOST_NAMED]
    ]
    if len(found) > MOST_NAMED:
        more = counted(len(found) - MOST_NAMED, "more stop")
        said.append(f"{more} of another length.")
    return said


def _why(step: Step, item: Planned) -> str:
    """Its name, and when it closes where that ends the visit."""
    stop, day = item.stop, item.day
    is_own = stop.place.id == getattr(step.act, "stop", None)
    assert step.after is not None
    where = region(step.after.city_of(day.number))
    for start, end in openings(stop.place.hours, day.date, where).surely:
        if start <= stop.arrive and 0 <= end - stop.leave < GRAIN:
            return f"{'It' if is_own else stop.place.name} closes at {clock(end)}: "
    return f"{stop.place.name}: "


def unmet(step: Step) -> list[str]:
    """That a stop is not where on the day it was asked to be; meals may be between."""
    act = step.act
    if not isinstance(act, do.Order | do.Move | do.Add):
        return []
    stop = act.place if isinstance(act, do.Add) else act.stop
    item = step.new.get(str(stop))
    if item is None:
        return []
    mine = {item.stop.place.id, act.before, act.after}
    ids = [
        it.place.id
        for it in item.day.stops
        if it.kind is StopKind.VISIT or it.place.id in mine
    ]
    at = ids.index(item.stop.place.id)
    for other, spot, word in ((act.before, 1, "before"), (act.after, -1, "after")):
        if isinstance(other, str) and other in ids and ids.index(other) != at + spot:
            name = step.new[other].stop.place.name
            return [f"It could not come right {word} {name}."]
    if isinstance(act, do.Order) and not (act.before or act.after):
        if act.last and at != len(ids) - 1:
            return ["It could not come last."]
        if not act.last and item.day.stops[0] != item.stop:
            return ["It could not come first."]
    return []


def _minutes(item: Planned) -> int:
    return item.stop.leave - item.stop.arrive
