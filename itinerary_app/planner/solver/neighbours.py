"""What is near each other on one day: visits moved and exchanged between days."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from itinerary_app.planner.day.frames import Frame
from itinerary_app.planner.day.options import Choice, Option
from itinerary_app.planner.day.timetable import Route, inserted
from itinerary_app.planner.solver.nearness import NEIGHBOURS
from itinerary_app.planner.solver.repair import value, visits_of, without
from itinerary_app.planner.solver.routes import TRAVEL_COST

REUNION = 40  # minutes of travel and waste that two near visits on one day are worth
PARTS = 5  # as many near visits are worth two parts of one site
TRIES = 12  # exchanges a day that are looked at closely

Swap = tuple[int, int, Option, int, Option | None]  # gain, day, visit, day, visit


def together(
    routes: Sequence[Route],
    choices: Sequence[Choice],
    frames: Sequence[Frame],
) -> list[Route]:
    """The routes with the same stops, fewer of them apart from what is near them.

    What is not among the choices keeps its day.
    """
    routes = list(routes)
    free = {choice.place.id: choice for choice in choices}
    kinship = _kinship(routes, frames)
    tries = TRIES * len(routes) if kinship else 0
    while tries > 0:
        for swap in _swaps(routes, frames, kinship, free):
            tries -= 1
            if found := _swapped(routes, frames, swap, free):
                routes = found
                break
            if tries <= 0:
                break
        else:
            break
    return routes


def _kinship(
    routes: Sequence[Route], frames: Sequence[Frame]
) -> dict[str, dict[str, int]]:
    """How much each visit belongs to others, by the ids of their places."""
    places = [option.place for route in routes for option in visits_of(route)]
    if len(routes) < 2 or len(places) < 2:
        return {}
    sites = np.array([place.site or place.id for place in places])
    near = frames[0].ways.matrix(places, places) <= NEIGHBOURS
    near |= sites == sites[:, None]
    found: dict[str, dict[str, int]] = {}
    for i, j in zip(*np.nonzero(np.triu(near, 1)), strict=True):
        one, other = places[i], places[j]
        degree = PARTS if one.site and one.site == other.site else 1
        found.setdefault(one.id, {})[other.id] = degree
        found.setdefault(other.id, {})[one.id] = degree
    return found


def _swaps(
    routes: Sequence[Route],
    frames: Sequence[Frame],
    kinship: Mapping[str, Mapping[str, int]],
    free: Collection[str],
) -> list[Swap]:
    """What would bring some together, the most first: exchanges, and plain moves."""
    days = [visits_of(route) for route in routes]
    found: list[Swap] = []
    for i, mine in enumerate(days):
        for one in mine:
            kin = kinship.get(one.place.id, {})
            ties = [sum(kin.get(it.place.id, 0) for it in day) for day in days]
            if one.place.id not in free:
                continue
            for j, others in enumerate(days):
                if i == j or ties[j] == 0:
                    continue
                if len(others) < frames[j].visits and len(mine) > 1:
                    found.append((ties[j] - ties[i], i, one, j, None))
                for other in others:
                    if other.place.id not in free:
                        continue
                    back = kinship.get(other.place.id, {})
                    gain = ties[j] - ties[i] - 2 * kin.get(other.place.id, 0)
                    gain += sum(back.get(it.place.id, 0) for it in mine)
                    gain -= sum(back.get(it.place.id, 0) for it in others)
                    found.append((gain, i, one, j, other))
    found = [it for it in found if it[0] > 0]
    return sorted(found, key=lambda it: -it[0])


def _swapped(
    routes: list[Route],
    frames: Sequence[Frame],
    swap: Swap,
    free: Mapping[str, Choice],
) -> list[Route] | None:
    """The routes after it; None where it does not fit or costs more than it brings."""
    gain, i, one, j, other = swap
    mine, theirs = without(routes[i], one.place.id), routes[j]
    if other is not None:
        theirs = without(theirs, other.place.id)
    joined = inserted(theirs, free[one.place.id], frames[j])
    if joined is None:
        return None
    left: Route | None = mine
    if other is not None:
        left = inserted(mine, free[other.place.id], frames[i])
    if left is None:
        return None
    before = value(routes[i], frames[i]) + value(routes[j], frames[j])
    after = value(left, frames[i]) + value(joined, frames[j])
    if before - after >= gain * REUNION * TRAVEL_COST:
        return None
    found = list(routes)
    found[i], found[j] = left, joined
    return found
