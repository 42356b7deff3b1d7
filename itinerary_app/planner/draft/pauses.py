"""Time for the meals that nobody could plan, for lack of a place to eat."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from itinerary_app.model import Day, StopKind
from itinerary_app.planner.day.frames import Frame
from itinerary_app.planner.day.pauses import lacking, pause, paused
from itinerary_app.planner.day.timetable import Route, cost
from itinerary_app.planner.draft.brief import Brief
from itinerary_app.planner.draft.days import day
from itinerary_app.planner.solver.nearness import far_meals
from itinerary_app.planner.solver.repair import slimmer, visits_of, without


def with_pauses(route: Route, frame: Frame, brief: Brief) -> Day:
    """The day of the route, with time for each meal that it lacks, at the cost of
    lesser visits: no sight is worth a missed meal.
    """
    made = day(route, frame, brief)
    for kind in lacking(made, frame):
        if pause(made, frame, kind):
            continue
        for slim in _slimmer(route, brief.insisted):
            fits = [
                (minutes, longer)
                for longer in (slim, *_with(slim, frame, kind))
                if (minutes := cost(longer, frame)) is not None
                and not far_meals(longer, frame)
                and pause(day(longer, frame, brief), frame, kind)
            ]
            if fits:
                _, route = min(fits, key=lambda it: it[0])
                made = day(route, frame, brief)
                break
    return made


def _slimmer(route: Route, must: Collection[str]) -> Iterator[Route]:
    """The route, then without one of its visits, then without ever more of them."""
    yield route
    spare = [it for it in visits_of(route) if it.place.id not in must]
    if len(visits_of(route)) > 1:
        for option in sorted(spare, key=lambda it: it.prize):
            yield without(route, option.place.id)
    yield from slimmer(route, must)


def _with(route: Route, frame: Frame, kind: StopKind) -> Iterator[Route]:
    for at, choice in paused(route, frame, kind):
        yield (*route[:at], *choice.options, *route[at:])
