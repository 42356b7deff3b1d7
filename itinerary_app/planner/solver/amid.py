"""Days far out of town amid a trip: who just came, or leaves soon, stays in town."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from itinerary_app.planner.day.frames import Frame
from itinerary_app.planner.day.options import Choice
from itinerary_app.planner.day.timetable import Route, cost
from itinerary_app.planner.solver.repair import value, visits_of
from itinerary_app.planner.solver.routes import TRAVEL_COST

WORTH_IT = 30  # minutes on the way that it may cost


def days_out_amid(
    routes: Sequence[Route], choices: Sequence[Choice], frames: Sequence[Frame]
) -> list[Route]:
    """The routes with no day far out first or last where it can change with another."""
    routes = list(routes)
    frames = [replace(it, apart={}) for it in frames]  # of days that change places
    by_place = {it.place.id: it for it in choices}
    last = len(routes) - 1
    for i in dict.fromkeys((0, last)):
        far = frames[i].terms.days_out.beside
        if not _is_out(routes[i], far):
            continue
        amid = [j for j in range(1, last) if not _is_out(routes[j], far)]
        behind = [last] if i == 0 and not _is_out(routes[last], far) else []
        for others in (amid, behind):
            found = [
                (value(one, frames[j]) + value(other, frames[i]) - now, j, one, other)
                for j in others
                if (one := _on(routes[i], frames[j], by_place))
                and (other := _on(routes[j], frames[i], by_place))
                for now in [value(routes[i], frames[i]) + value(routes[j], frames[j])]
            ]
            gain, j, one, other = max(
                found, key=lambda it: it[:2], default=(-float("inf"), i, (), ())
            )
            if gain >= -WORTH_IT * TRAVEL_COST:
                routes[i], routes[j] = other, one
                break
    return routes


def _is_out(route: Route, far: Collection[str]) -> bool:
    return any(it.place.id in far for it in route)


def _on(route: Route, frame: Frame, by_place: Mapping[str, Choice]) -> Route | None:
    """The same route on another day; None if it does not fit there."""
    made: Route = ()
    for option in route:
        choice = by_place.get(option.place.id)
        same = [
            it
            for it in (option, *(choice.options if choice else ()))
            if (it.kind, it.lunch) == (option.kind, option.lunch)
            and frame.number in it.days
        ]
        if not same:
            return None
        made = (*made, min(same, key=lambda it: abs(it.latest - option.latest)))
    fits = len(visits_of(made)) <= frame.visits and cost(made, frame) is not None
    return made if fits else None
