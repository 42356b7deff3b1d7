"""What the solver leaves open: a visit and two meals on every day, close by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from itinerary_app.errors import CannotPlan
from itinerary_app.model import StopKind
from itinerary_app.planner.options import FOOD, MEALS, Choice, Option
from itinerary_app.planner.paces import Shape
from itinerary_app.planner.routes import TRAVEL_COST
from itinerary_app.planner.timetable import Route, cost, inserted


def no_empty_day(
    routes: Sequence[Route], visits: Sequence[Choice], shape: Shape
) -> list[Route]:
    """The routes with a visit on each day: an unused one, or one of a full day."""
    routes = list(routes)
    for i, route in enumerate(routes):
        if visits_of(route):
            continue
        for choice, donor in _spare_visits(routes, visits):
            longer = inserted(route, choice, shape)
            if longer is None:
                continue
            if donor is not None:
                routes[donor] = without(routes[donor], choice.options[0].place.id)
            routes[i] = longer
            break
        else:
            filled = sum(bool(visits_of(route)) for route in routes)
            raise CannotPlan(
                f"Only {filled} of the {len(routes)} days can be filled: ask for "
                f"{filled} days or fewer."
            )
    return routes


def no_missed_meal(
    routes: Sequence[Route], choices: Sequence[Choice], shape: Shape
) -> list[Route]:
    """The routes with the meals they lack, while places to eat are left."""
    routes = list(routes)
    for i in range(len(routes)):
        for kind in MEALS:
            if any(option.kind is kind for option in routes[i]):
                continue
            used = {option.place.id for route in routes for option in route}
            fed = (
                inserted(slim, meal, shape)
                for slim in _slimmer(routes[i])
                for meal in _of_kind(choices, kind, used)
            )
            routes[i] = next((route for route in fed if route), routes[i])
    return routes


def nearer_meals(
    routes: Sequence[Route], choices: Sequence[Choice], shape: Shape
) -> list[Route]:
    """The routes with each meal at the unused place that is most worth its way."""
    routes = list(routes)
    for i, route in enumerate(routes):
        for meal in route:
            if meal.kind not in MEALS or meal.place.category not in FOOD:
                continue
            used = {option.place.id for it in routes for option in it}
            rivals = [
                tuple(rival if it is meal else it for it in routes[i])
                for choice in _of_kind(choices, meal.kind, used)
                for rival in choice.options
            ]
            routes[i] = max([routes[i], *rivals], key=lambda it: _value(it, shape))
    return routes


def _value(route: Route, shape: Shape) -> float:
    minutes = cost(route, shape)
    if minutes is None:
        return float("-inf")
    return sum(option.prize for option in route) - minutes * TRAVEL_COST


def visits_of(route: Route) -> list[Option]:
    return [option for option in route if option.kind is StopKind.VISIT]


def without(route: Route, place_id: str) -> Route:
    return tuple(option for option in route if option.place.id != place_id)


def _spare_visits(
    routes: Sequence[Route], visits: Sequence[Choice]
) -> Iterator[tuple[Choice, int | None]]:
    """Unused visits, best first; then those of days with several, least first."""
    used = {option.place.id for route in routes for option in route}
    for choice in visits:
        if choice.options[0].place.id not in used:
            yield choice, None
    fullest = sorted(range(len(routes)), key=lambda i: -len(visits_of(routes[i])))
    for i in fullest:
        if len(visits_of(routes[i])) > 1:
            for option in sorted(visits_of(routes[i]), key=lambda it: it.prize):
                yield Choice((option,)), i


def _slimmer(route: Route) -> Iterator[Route]:
    """The route, then with ever fewer of its least visits, down to one visit."""
    yield route
    for option in sorted(visits_of(route), key=lambda it: it.prize)[:-1]:
        route = without(route, option.place.id)
        yield route


def _of_kind(
    choices: Sequence[Choice], kind: StopKind, used: set[str]
) -> Iterator[Choice]:
    for choice in choices:
        fit = tuple(option for option in choice.options if option.kind is kind)
        if fit and fit[0].place.id not in used:
            yield Choice(fit)
