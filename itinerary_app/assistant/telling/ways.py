"""Sentences on ways that are others now, on days with the same stops as before."""

from __future__ import annotations

from itinerary_app.assistant.telling.step import Step
from itinerary_app.model import Day
from itinerary_app.text.clock import clock
from itinerary_app.text.words import counted, listed

MOST_NAMED = 3  # days that leave or are back at another time


def changed(step: Step) -> list[str]:
    """When days leave and are back, and how many ways between their stops changed."""
    was = {it.number: it for it in step.before.days} if step.before else {}
    pairs = [
        (was[day.number], day)
        for day in (step.after.days if step.after else ())
        if day.number in was and _places(day) == _places(was[day.number])
    ]
    ends = [told for old, new in pairs if (told := _ends(old, new))]
    if len(ends) > MOST_NAMED:
        more = counted(len(ends) - MOST_NAMED, "more day")
        ends = [*ends[:MOST_NAMED], f"{more} begin or end at another time too"]
    said = [f"Now {listed(ends)}."] if ends else []
    ways = [
        (one, other)
        for old, new in pairs
        for one, other in zip(old.stops[1:], new.stops[1:], strict=True)
        if one.travel_mode != other.travel_mode
    ]
    if ways:
        others = {
            f"{new.travel_mode} instead of {old.travel_mode}" for old, new in ways
        }
        verb = "is" if len(ways) == 1 else "are"
        said.append(
            f"{counted(len(ways), 'way')} between stops {verb} by other means now: "
            f"{listed(sorted(others))}."
        )
    return said


def _places(day: Day) -> list[str]:
    return [stop.place.id for stop in day.stops]


def _ends(old: Day, new: Day) -> str:
    """ "day 2 leaves at 08:40 and is back at 20:15", as far as that is new."""
    said = []
    if new.leaves is not None and new.leaves != old.leaves:
        said.append(f"leaves at {clock(new.leaves)}")
    if new.back is not None and new.back != old.back:
        said.append(f"is back at {clock(new.back)}")
    return f"day {new.number} {listed(said)}" if said else ""
