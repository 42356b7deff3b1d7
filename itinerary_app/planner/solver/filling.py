"""Days that have too little: a visit on each, and others for those that were lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from itinerary_app.errors import CannotPlan
from itinerary_app.planner.day.frames import Frame
from itinerary_app.planner.day.options import Choice
from itinerary_app.planner.day.timetable import Route, inserted
from itinerary_app.planner.solver.repair import (
    far_meals,
    used,
    value,
    visits_of,
    without,
)


def no_empty_day(
    routes: Sequence[Route],
    visits: Sequence[Choice],
    frames: Sequence[Frame],
    give: str = "",
) -> list[Route]:
    """The routes with a visit on each day: an unused one, or one of a full day.

    Only a day with hardly any time may stay without. `give` tells what else helped.
    """
    routes = list(routes)
    for i, frame in enumerate(frames):
        if visits_of(routes[i]):
            continue
        for choice, donor in _spare_visits(routes, visits, frames):
            longer = inserted(routes[i], choice, frame)
            if longer is None:
                continue
            if donor is not None:
                routes[donor] = without(routes[donor], choice.place.id)
            routes[i] = longer
            break
    lacking = [
        frame
        for route, frame in zip(routes, frames, strict=True)
        if not visits_of(route) and not frame.is_short
    ]
    if lacking:
        filled = len(routes) - len(lacking)
        raise CannotPlan(
            f"Only {filled} of the {len(routes)} days can be filled: ask for {filled} "
            f"days or fewer{give}."
        )
    return routes


def no_lost_visit(
    routes: Sequence[Route],
    before: Sequence[Route],
    choices: Sequence[Choice],
    frames: Sequence[Frame],
) -> list[Route]:
    """The routes with as many visits as `before`, where others fit and are worth it."""
    routes = list(routes)
    for i, frame in enumerate(frames):
        for _ in range(len(visits_of(before[i])) - len(visits_of(routes[i]))):
            taken, far = used(routes), len(far_meals(routes[i], frame))
            found = [
                longer
                for choice in choices
                if choice.place.id not in taken
                and (longer := inserted(routes[i], choice, frame))
                and len(far_meals(longer, frame)) <= far
            ]
            routes[i] = max([routes[i], *found], key=lambda it: value(it, frame))
    return routes


def _spare_visits(
    routes: Sequence[Route], visits: Sequence[Choice], frames: Sequence[Frame]
) -> Iterator[tuple[Choice, int | None]]:
    """Unused visits, best first; then those of days with several, least first."""
    taken = used(routes)
    for choice in visits:
        if choice.place.id not in taken:
            yield choice, None
    everywhere = {choice.place.id: choice for choice in visits}
    fullest = sorted(range(len(routes)), key=lambda i: -len(visits_of(routes[i])))
    for i in fullest:
        if len(visits_of(routes[i])) > 1:
            for option in sorted(visits_of(routes[i]), key=lambda it: it.prize):
                if option.place.id in everywhere:
                    yield everywhere[option.place.id], i
