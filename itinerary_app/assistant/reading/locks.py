"""Locks: what stays as it is when other things change."""

from __future__ import annotations

from itinerary_app.acts.acts import Lock, Unlock
from itinerary_app.acts.values import Reference
from itinerary_app.assistant.reading import days, meals, trip
from itinerary_app.assistant.reading.frames import Acts, Frame, Node
from itinerary_app.assistant.reading.stops import pinned, stay


def keep(nodes: list[Node], known: trip.Known) -> Acts:
    frame = Frame.of(*nodes)
    if meals.is_elsewhere(frame):
        return meals.skipped(frame)
    if frame.has("CLEAR"):
        return days.cleared(frame, known)
    if frame.has("DIET"):
        return trip.diets(frame.values["DIET"], [])
    if frame.has("LIMITWORD", "MONEY"):
        return trip.slots(frame, known)
    if frame.durations and len(frame.refs) == 1:
        return stay(frame, known)
    if frame.refs and frame.times:
        clock = frame.times[0]
        return [trip.fixed(it, clock, frame.day, known=known) for it in frame.refs]
    if frame.refs:
        refs = [it for it in pinned(frame) if it != Reference()]
        return [Lock(stop=it) for it in refs] or None
    if frame.meals:
        if not frame.all_days:
            return []  # "lunches can stay as they are": nothing is asked for
        return [Lock(stop=Reference(meal=meal, day=frame.day)) for meal in frame.meals]
    if frame.all_days:
        return [Lock(day=day) for day in frame.all_days]
    return [] if frame.has("REST", "WHOLETRIP") else None


def unlock(nodes: list[Node], known: trip.Known) -> Acts:
    frame = Frame.of(*nodes)
    if frame.refs:
        return [Unlock(stop=it) for it in pinned(frame)]
    if frame.all_days:
        return [Unlock(day=day) for day in frame.all_days]
    return [Unlock()]
