"""How many days each city of a trip has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from itinerary_app.catalogue.kinds import FOOD
from itinerary_app.errors import CannotPlan
from itinerary_app.model import Leg, Place, PlanRequest
from itinerary_app.planner.day.paces import shape
from itinerary_app.planner.draft.candidates import Taste
from itinerary_app.text.words import counted, listed

LATER = 0.95  # what a city's next best sight is worth beside the one before it


def allotted(
    request: PlanRequest,
    places: Sequence[Sequence[Place]],
    had: Mapping[str, int],
) -> list[int]:
    """The days in each of the request's cities, whose `places` those are.

    A night makes a day; the day of leaving for home is one more in the last city. Told
    nights hold; else a city keeps the days that it `had` by its name, and what is left
    goes where the next day is worth most. CannotPlan where the numbers don't go
    together.
    """
    legs, total = request.legs, request.days
    told = [leg.nights for leg in legs]
    days = [leg.nights or had.get(leg.city, 1) for leg in legs]
    nights = sum(it or 0 for it in told)
    if told[-1] is not None and not (all(told) and nights == total):
        days[-1] += 1
    loose = [i for i, it in enumerate(told) if it is None]
    new = [i for i in loose if legs[i].city not in had]
    if sum(days) != total and not loose:
        if not had:
            raise CannotPlan(
                f"{_nights(legs)} make {counted(nights, 'night')}, and the trip has "
                f"{counted(total, 'day')}: {counted(nights + 1, 'day')} would do."
            )
        loose = list(range(len(legs)))
    worth = [
        _days_worth(request, leg, its) for leg, its in zip(legs, places, strict=True)
    ]
    while sum(days) < total:
        i = max(new or loose, key=lambda it: (worth[it](days[it]), -it))
        days[i] += 1
    while sum(days) > total:
        spare = [it for it in loose if days[it] > 1]
        if not spare:
            raise CannotPlan(_too_few(legs, total, sum(days)))
        i = min(spare, key=lambda it: (worth[it](days[it] - 1), -it))
        days[i] -= 1
    return days


class _Worth:
    """What each further day in a city is worth to this traveller: ever less."""

    def __init__(self, prizes: Sequence[int], visits: int) -> None:
        best = sorted(prizes, reverse=True)
        self._prizes = [prize * LATER**rank for rank, prize in enumerate(best)]
        self._visits = visits

    def __call__(self, days: int) -> float:
        """Of the day that follows on so many."""
        first = days * self._visits
        return sum(self._prizes[first : first + self._visits])


def _days_worth(request: PlanRequest, leg: Leg, places: Sequence[Place]) -> _Worth:
    taste = Taste(request, places)
    prizes = [
        taste.prize(it) for it in places if it.category not in FOOD and taste.wants(it)
    ]
    return _Worth(prizes, shape(request.pace).visits)


def _nights(legs: Sequence[Leg]) -> str:
    return listed(f"{leg.nights} in {leg.city}" for leg in legs)


def _too_few(legs: Sequence[Leg], total: int, least: int) -> str:
    names = listed(leg.city for leg in legs)
    return (
        f"{counted(total, 'day')} are too few for {names} with the nights that you "
        f"want: it takes {least}."
    )
