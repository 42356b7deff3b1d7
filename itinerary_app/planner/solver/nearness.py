"""How near meals are to the stops around them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from itinerary_app.model import Place, StopKind
from itinerary_app.planner.day.frames import Frame
from itinerary_app.planner.day.options import MEALS, Option
from itinerary_app.planner.day.timetable import Route

MEAL_WAY = 25  # minutes at most to the nearer one of a meal's neighbours
NEAR = 12  # minutes from a meal to either neighbour that nobody minds
NEIGHBOURS = 11  # minutes between two visits, 600 m on foot, that share a day
HOP = 40  # minutes that one would go on for, rather than come back another day
OUT_OF_WAY = 650  # minutes more that a longer way is as bad as
IDLE = 300  # minutes that it is as bad as to have a meal before any visit
MORNING = 90  # minutes before lunch from which on there is time for a visit


def off_the_way(route: Route, frame: Frame, each: int = OUT_OF_WAY) -> int:
    """The minutes that too long ways to and from meals are as bad as, besides their
    own, and that it is as bad as to begin a day with a meal.
    """
    idle = IDLE * (route[0].kind in MEALS and has_morning(frame)) if route else 0
    return idle + each * sum(
        sum(it.kind in MEALS for it in (one, other))
        for one, other in pairwise(route)
        if frame.ways.minutes(one.place, other.place) > NEAR
    )


def has_morning(frame: Frame) -> bool:
    """Whether there is time for a visit before lunch."""
    lunch = frame.meal(StopKind.LUNCH).earliest
    morning = max(frame.start, lunch - MORNING)
    return frame.start + MORNING <= lunch and not any(
        start < lunch and morning < end for start, end in frame.blocked
    )


def detour(option: Option, places: Sequence[Place], frame: Frame) -> int:
    """Minutes from these places to a meal, too long ones as bad as they are."""
    ways = [frame.ways.minutes(place, option.place) for place in places]
    return sum(ways) + OUT_OF_WAY * sum(way > NEAR for way in ways)


def far_meals(route: Route, frame: Frame) -> list[Option]:
    """The meals that nobody goes to from either neighbour; a bed is one at the ends."""
    if len(route) < 2:
        return []
    spots = [
        frame.origin if frame.origin and frame.origin.is_base else None,
        *(it.place for it in route),
        frame.target if frame.target and frame.target.is_base else None,
    ]
    return [
        option
        for i, option in enumerate(route, start=1)
        if option.kind in MEALS
        and min(
            frame.ways.minutes(one, other)
            for one, other in pairwise(spots[i - 1 : i + 2])
            if one and other
        )
        > MEAL_WAY
    ]
