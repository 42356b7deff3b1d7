"""Views at sunset and night sights after dark, where a day allows it at little cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from itinerary_app.catalogue.kinds import is_for_views, lives_by_night
from itinerary_app.model import Place
from itinerary_app.planner.day.frames import Frame
from itinerary_app.planner.day.options import Choice
from itinerary_app.planner.day.paces import GRAIN
from itinerary_app.planner.day.timetable import Route, inserted
from itinerary_app.planner.solver.repair import value, visits_of, without
from itinerary_app.planner.solver.routes import TRAVEL_COST

WORTH = 20  # minutes of travel and waste that the right light may cost


def well_lit(route: Route, choices: Mapping[str, Choice], frame: Frame) -> Route:
    """The route with its views and night sights at their hour; others stay."""
    for option in visits_of(route):
        place = option.place
        if place.id not in choices or not (
            is_for_views(place) or lives_by_night(place)
        ):
            continue
        at_its_hour = _at_its_hour(choices[place.id], place, frame)
        if at_its_hour is None:
            continue
        found = inserted(without(route, place.id), at_its_hour, frame)
        loss = WORTH * TRAVEL_COST
        if found and value(found, frame) >= value(route, frame) - loss:
            route = found
    return route


def _at_its_hour(choice: Choice, place: Place, frame: Frame) -> Choice | None:
    """The choice where it begins before sunset and ends after it, or after dark."""
    if frame.light is None:
        return None
    sets = -(-frame.light[1] // GRAIN) * GRAIN
    narrow = []
    for option in choice.options:
        first, last = sets, option.latest
        if is_for_views(place):
            first, last = sets - option.minutes, sets - GRAIN
        earliest, latest = max(option.earliest, first), min(option.latest, last)
        if earliest <= latest:
            narrow.append(replace(option, earliest=earliest, latest=latest))
    return Choice(tuple(narrow)) if narrow else None
