"""Planner: from a request to an itinerary, and from an edit to the next one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from itinerary_app.errors import CannotPlan
from itinerary_app.fields import MAX_DAYS
from itinerary_app.model import City, Day, Itinerary, Place, StopKind
from itinerary_app.planner import edits, repair
from itinerary_app.planner.candidates import (
    Taste,
    meal_choices,
    visit_choices,
    with_meals,
)
from itinerary_app.planner.days import day
from itinerary_app.planner.notes import notes
from itinerary_app.planner.options import Choice
from itinerary_app.planner.paces import shape
from itinerary_app.planner.places import Catalogue
from itinerary_app.planner.routes import best_routes
from itinerary_app.planner.timetable import Route, tidied
from itinerary_app.requests import ChangeDays, Edit, PlanRequest, RemoveDay

ITERATIONS = 1_200  # measured: 0.3 s for 3 days, 0.7 s for 7 or 14


class Planner:
    """Plans are pure: the same request gives the same itinerary, to the minute."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def city(self, name: str) -> City:
        """The covered city of this name; CannotPlan names those that are."""
        return self._catalogue.city(name)

    def plan(self, request: PlanRequest) -> Itinerary:
        """The best days for the request; CannotPlan says what would help."""
        city = self._catalogue.city(request.city)
        places = self._catalogue.places(city.name)
        taste = Taste(replace(request, city=city.name), places)
        days = _days(taste, places, first=1)
        return Itinerary(city, days, notes(days, taste, places))

    def revise(
        self, itinerary: Itinerary, edit: Edit, request: PlanRequest
    ) -> Itinerary:
        """The itinerary after the edit: what it does not speak of stays.

        CannotPlan says why the edit is not possible and what would help.
        """
        city = itinerary.city
        places = self._catalogue.places(city.name)
        taste = Taste(replace(request, city=city.name), places)
        match edit:
            case ChangeDays():
                try:
                    days = _so_many(edit.days, itinerary, taste, places)
                except CannotPlan:  # what is left fills no day: spread all of it
                    return self.plan(request)
            case RemoveDay():
                days = _without(edit.day, itinerary)
            case _:
                changed = edits.apply(itinerary, edit, taste, places)
                days = tuple(
                    changed if day.number == changed.number else day
                    for day in itinerary.days
                )
        return Itinerary(city, days, notes(days, taste, places))


def _days(taste: Taste, places: Sequence[Place], first: int) -> tuple[Day, ...]:
    """The best days from these places, numbered from `first`."""
    request = taste.request
    limits = shape(request.pace, request.interests)
    return tuple(
        day(number, request.pace, route, limits, taste)
        for number, route in enumerate(_routes(taste, places), start=first)
    )


def _so_many(
    count: int, itinerary: Itinerary, taste: Taste, places: Sequence[Place]
) -> tuple[Day, ...]:
    """The days up to `count`, and new ones from places unused so far."""
    stay = itinerary.days[:count]
    if count <= len(stay):
        return stay
    used = {stop.place.id for stop in itinerary.stops}
    unused = [place for place in places if place.id not in used]
    more = Taste(replace(taste.request, days=count - len(stay)), places)
    return (*stay, *_days(more, unused, first=len(stay) + 1))


def _without(number: int, itinerary: Itinerary) -> tuple[Day, ...]:
    stay = [day for day in itinerary.days if day.number != number]
    if len(stay) == len(itinerary.days):
        raise CannotPlan(f"There is no day {number}.")
    if not stay:
        raise CannotPlan("It is the only day. Swap its stops instead.")
    return tuple(replace(day, number=n) for n, day in enumerate(stay, start=1))


def _routes(taste: Taste, places: Sequence[Place]) -> list[Route]:
    """The days' routes, those with the greatest sights first."""
    request = taste.request
    limits = shape(request.pace, request.interests)
    visits = visit_choices(
        places, taste, most=3 * limits.visits * request.days // 2 + 6
    )
    _check_days(taste, len(visits))
    choices = [*visits, *_meals(taste, places, visits)]
    if _food_is_short(choices, request.days):
        choices = [with_meals(choice, taste) for choice in choices]
    spread = replace(limits, visits=min(limits.visits, -(-len(visits) // request.days)))
    routes = best_routes(choices, spread, days=request.days, iterations=ITERATIONS)
    routes = repair.no_empty_day(routes or [()] * request.days, visits, limits)
    routes = repair.no_missed_meal(routes, choices, limits)
    routes = repair.nearer_meals(routes, choices, limits)
    routes = [tidied(route, limits) for route in routes]
    return sorted(routes, key=_worth, reverse=True)


def _check_days(taste: Taste, visits: int) -> None:
    request = taste.request
    if not 1 <= request.days <= MAX_DAYS:
        raise CannotPlan(f"A plan has 1 to {MAX_DAYS} days, not {request.days}.")
    if visits >= request.days:
        return
    advice = f"Ask for {visits} days or fewer" if visits else "Choose another city"
    if request.avoid:
        advice += ", or avoid fewer kinds of places"
    raise CannotPlan(
        f"The places we know in {request.city} fill {visits} of the {request.days} "
        f"days. {advice}."
    )


def _meals(
    taste: Taste, places: Sequence[Place], visits: Sequence[Choice]
) -> list[Choice]:
    near = [choice.options[0].place for choice in visits]
    return meal_choices(places, taste, near, most=3 * taste.request.days + 6)


def _food_is_short(choices: Sequence[Choice], days: int) -> bool:
    """Whether there are too few proper food places for two meals a day."""
    kinds = [{option.kind for option in choice.options} for choice in choices]
    lunches = sum(StopKind.LUNCH in kind for kind in kinds)
    dinners = sum(StopKind.DINNER in kind for kind in kinds)
    either = sum(bool(kind - {StopKind.VISIT}) for kind in kinds)
    return lunches < days or dinners < days or either < 2 * days


def _worth(route: Route) -> int:
    return sum(option.prize for option in route if option.kind is StopKind.VISIT)
