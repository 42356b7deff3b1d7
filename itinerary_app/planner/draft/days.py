"""Routes told as days: stops with times, travel and the reason for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from itinerary_app.catalogue.mealtimes import holds
from itinerary_app.model import Budget, Day, Interest, Stop, StopKind
from itinerary_app.planner.day.frames import Frame
from itinerary_app.planner.day.options import Option, pinned
from itinerary_app.planner.day.timetable import Route, start_times
from itinerary_app.planner.draft.brief import Brief
from itinerary_app.planner.draft.candidates import Taste
from itinerary_app.planner.ways.travel import Hop
from itinerary_app.text.words import listed

NEARBY = 12  # minutes on foot
ON_THE_WAY = 20  # minutes from the stop before


def day(route: Route, frame: Frame, brief: Brief) -> Day:
    """The day of this route, which must fit the frame."""
    times = start_times(route, frame)
    if times is None:
        raise ValueError("The route does not fit the day.")
    stops: list[Stop] = []
    before: Option | None = None
    for option, start in zip(route, times, strict=True):
        if option.pause:
            continue
        hop = brief.ways.hop(before.place, option.place) if before else None
        stops.append(
            Stop(
                place=option.place,
                kind=option.kind,
                arrive=start,
                leave=start + option.minutes,
                travel_minutes=hop.minutes if hop else 0,
                travel_mode=hop.mode if hop else "walk",
                reason=reason(option, before, hop, brief.taste),
            )
        )
        before = option
    start_asked, end_asked = frame.asked
    made = Day(
        frame.number,
        frame.pace,
        _with_lunch(stops, frame),
        frame.date,
        start_asked,
        end_asked,
        frame.free,
        frame.rests,
        frame.skipped,
    )
    return anchored(made, frame)


def retold(day: Day, brief: Brief) -> Day:
    """The day with its reasons told anew, as this brief has them."""
    stops: list[Stop] = []
    for stop in day.stops:
        before = pinned(stops[-1], day.number) if stops else None
        hop = brief.ways.hop(before.place, stop.place) if before else None
        told = reason(pinned(stop, day.number), before, hop, brief.taste)
        stops.append(stop._replace(reason=told))
    return replace(day, stops=tuple(stops))


def _with_lunch(stops: Sequence[Stop], frame: Frame) -> tuple[Stop, ...]:
    """The stops, with the visit at which one has the lunch that has no other time."""
    has_lunch = any(stop.kind is StopKind.LUNCH for stop in stops)
    if has_lunch or not frame.has_time_for(StopKind.LUNCH):
        return tuple(stops)
    holding = next((stop for stop in stops if _takes_lunch(stop, frame)), None)
    return tuple(
        stop._replace(holds=StopKind.LUNCH) if stop is holding else stop
        for stop in stops
    )


def _takes_lunch(stop: Stop, frame: Frame) -> bool:
    away = stop.place.away
    return holds(stop.arrive - away, stop.leave + away, frame.meal(StopKind.LUNCH))


def anchored(day: Day, frame: Frame) -> Day:
    """The day with the ways to its first stop and from its last one."""
    origin, target, stops = frame.origin, frame.target, day.stops
    there = back = Hop(0, "walk")
    if stops and origin:
        there = frame.ways.hop(origin, stops[0].place)
    if stops and target:
        back = frame.ways.hop(stops[-1].place, target)
    first = (
        it._replace(travel_minutes=there.minutes, travel_mode=there.mode)
        for it in stops[:1]
    )
    return replace(
        day,
        stops=(*first, *stops[1:]),
        origin=origin,
        target=target,
        back_minutes=back.minutes,
        back_mode=back.mode,
    )


def reason(option: Option, before: Option | None, hop: Hop | None, taste: Taste) -> str:
    """One short fact that speaks for the stop."""
    place, request = option.place, taste.request
    is_visit = option.kind is StopKind.VISIT
    if is_visit and place.is_famous:
        return "Must-see"
    if place.id in request.must_see:
        return "On your list"
    if request.diets and not is_visit:
        return f"Serves {listed([diet.replace('_', '-') for diet in request.diets])}"
    near = before and hop and hop.mode == "walk" and hop.minutes <= NEARBY
    if before and near and not is_visit:
        return f"Near {before.place.name}"
    if request.children and is_visit and Interest.FAMILY in place.interests:
        return "Good with children"
    if matches := taste.matches(place):
        return f"Matches {' and '.join(matches[:2])}"
    if request.budget is Budget.LOW and place.price == 0:
        return "Free"
    if place.importance == 4:
        return "Well known"
    if hop and hop.minutes <= ON_THE_WAY:
        return "On the way"
    return "Free" if place.price == 0 else "Fits the day"
