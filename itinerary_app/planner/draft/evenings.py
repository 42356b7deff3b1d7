"""Evenings with a show: dinner comes before or after it, not instead of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from itinerary_app.catalogue.mealtimes import MealTime
from itinerary_app.model import Category, StopKind
from itinerary_app.planner.day.frames import Frame
from itinerary_app.planner.day.options import Choice
from itinerary_app.planner.day.timetable import Route, start_times
from itinerary_app.planner.draft.brief import Brief
from itinerary_app.planner.draft.candidates import meal_choices
from itinerary_app.planner.solver.meals import no_missed_meal
from itinerary_app.planner.solver.repair import used

MOST_MEALS = 16  # places that are tried for a dinner


def with_dinners(
    routes: Sequence[Route],
    frames: Sequence[Frame],
    brief: Brief,
    must: Collection[str],
) -> list[Route]:
    """The routes with an early or a late dinner where there is none beside a show."""
    routes = list(routes)
    for i, (route, frame) in enumerate(zip(routes, frames, strict=True)):
        shows = {it.place.id for it in route if it.place.category is Category.SHOW}
        had = any(it.kind is StopKind.DINNER for it in route)
        if not shows or had or not frame.serves(StopKind.DINNER):
            continue
        wide = replace(frame, bends=True)
        taken = used(routes)
        free = [it for it in brief.places if it.id not in taken]
        near = [it.place for it in route]
        food = meal_choices(free, brief.taste, [wide], near, MOST_MEALS)
        dinners = [
            Choice(fit)
            for it in food
            if (fit := tuple(o for o in it.options if o.kind is StopKind.DINNER))
        ]
        [made] = no_missed_meal([route], dinners, [wide], {*must, *shows})
        if _makes_way(made, wide, frame.meal(StopKind.DINNER)):
            routes[i] = made
    return routes


def _makes_way(route: Route, frame: Frame, dinner: MealTime) -> bool:
    """Whether a show takes some of the usual time of dinner."""
    starts = start_times(route, frame) or ()
    return any(
        option.place.category is Category.SHOW
        and start < dinner.latest + dinner.minutes
        and dinner.earliest < start + option.minutes
        for option, start in zip(route, starts, strict=False)
    )
