"""What is told of time that the city does not fill: breaks, outings, fewer days."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from itinerary_app.catalogue.kinds import EATING
from itinerary_app.model import Day, Place, StopKind
from itinerary_app.model.plan import FREE_TIME
from itinerary_app.planner.day import options
from itinerary_app.planner.day.frames import Frame
from itinerary_app.planner.day.paces import shape
from itinerary_app.planner.draft.brief import Brief
from itinerary_app.planner.draft.candidates import visit_choices
from itinerary_app.text.clock import clock
from itinerary_app.text.words import MODES, counted, lasting, listed

NEARBY = 15  # minutes
MOST_NEAR = 2


def leisure(
    days: Sequence[Day], frames: Sequence[Frame], brief: Brief
) -> Iterator[str]:
    """The remarks on it; `frames` are those of the days."""
    yield from free_time(days, frames, brief)
    visits = [
        (day, stop.place)
        for day in days
        for stop in day.stops
        if stop.kind is StopKind.VISIT
    ]
    out = [(day, place) for day, place in visits if place.is_outing]
    if out:
        told = [
            f"{place.name} on day {day.number} ({_way(place)})" for day, place in out
        ]
        yield f"Out of town: {listed(told)}."
    request = brief.request
    visits_a_day = shape(request.pace, (), request.children).visits
    full = visits_a_day * len(days)
    in_town = [place for place in brief.places if not place.is_outing]
    known = len(visit_choices(in_town, brief.taste, frames, len(in_town)))
    if known >= full or len(visits) - len(out) >= full:
        return
    fills = max(1, known // visits_a_day)
    if fills >= len(days):  # a day less is no advice then
        return
    told_days = counted(fills, f"{request.pace} day")
    yield (
        f"Our list for {brief.city.name} fills about {told_days}, so "
        + ("some go out of town" if out else f"these {len(days)} are lighter")
        + f": {counted(fills, 'day')} would do."
    )


def free_time(
    days: Sequence[Day], frames: Sequence[Frame], brief: Brief, *, rims: bool = True
) -> Iterator[str]:
    """The long breaks, each with what is near; with `rims`, the empty mornings and
    the evenings without dinner, too.
    """
    used = {stop.place.id for day in days for stop in day.stops}
    told = []
    for day, frame in zip(days, frames, strict=True):
        breaks = [
            (before.place, free)
            for before, stop in pairwise(day.stops)
            if (free := day.free_before(stop, FREE_TIME))
        ]
        if rims and (morning := _free_morning(day, frame)):
            breaks.insert(0, (day.stops[0].place, morning))
        if rims and (evening := _free_evening(day, frame)):
            breaks.append((day.stops[-1].place, evening))
        for place, free in breaks:
            since, until = map(clock, free)
            near = _near(place, frame, brief, used, *free)
            words = f" (near: {listed(near)})" if near else ""
            told.append(f"day {day.number}, {since} to {until}{words}")
    if told:
        yield f"Free time: {'; '.join(told)}."


def _free_morning(day: Day, frame: Frame) -> tuple[int, int] | None:
    """The time before one leaves for the first stop, if it is long."""
    if not day.stops or day.free:
        return None
    since, until = frame.start, frame.leaving(day.stops[0])
    return (since, until) if until - since > FREE_TIME else None


def _free_evening(day: Day, frame: Frame) -> tuple[int, int] | None:
    """The time after the last stop, if it is long and dinner is not what it was."""
    if not day.stops or day.free or day.stops[-1].kind is StopKind.DINNER:
        return None
    since, until = day.stops[-1].leave, frame.ends(day.stops[-1].place)
    return (since, until) if until - since > FREE_TIME else None


def _near(
    place: Place,
    frame: Frame,
    brief: Brief,
    used: Collection[str],
    since: int,
    until: int,
) -> list[str]:
    """Sights a short way off that are open in that time, the best first."""
    taste = brief.taste
    found = [
        other
        for other in brief.places
        if other.id not in used
        and other.category not in EATING
        and taste.wants(other)
        and brief.ways.minutes(place, other) <= NEARBY
        and any(
            options.within(it, since, until) for it in options.visits(other, 0, [frame])
        )
    ]
    found.sort(key=lambda it: (-taste.prize(it), it.id))
    return [it.name for it in found[:MOST_NEAR]]


def _way(place: Place) -> str:
    way = place.approach
    by = MODES.get(way.way, "") if way else ""
    return f"about {lasting(place.away)} {by} each way besides that in town, estimated"
