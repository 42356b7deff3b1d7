"""What a place is worth to a traveller, and which places are worth considering."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from statistics import median

import numpy as np

from itinerary_app.catalogue.kinds import FOOD, has_doors, is_of_kind
from itinerary_app.model import (
    Access,
    Budget,
    Category,
    Diet,
    Interest,
    Mobility,
    Place,
    PlanRequest,
    StopKind,
    Way,
)
from itinerary_app.planner.day import options
from itinerary_app.planner.day.frames import Frame
from itinerary_app.planner.day.options import Choice
from itinerary_app.planner.draft import eating
from itinerary_app.planner.draft.worth import goes_out, is_night_out, variety, worth
from itinerary_app.planner.solver.routes import TRAVEL_COST

_MUST_SEE = 3_000_000  # above all meals
_KNOWN_PRICE = 1.01  # among equals those that hold no surprise
_UNKNOWN_HOURS = 0.9  # one may stand before a closed door
_BUDGET = {
    Budget.LOW: {
        Category.STREET_FOOD: 1.6,
        Category.CAFE: 1.3,
        Category.RESTAURANT: 0.8,
    },
    Budget.MODERATE: {},
    Budget.HIGH: {
        Category.STREET_FOOD: 0.7,
        Category.CAFE: 0.8,
        Category.RESTAURANT: 1.4,
    },
}

# Nobody is sent out of town unasked on shorter trips, farther, or more often.
LONG_TRIP = 4  # days
FARTHEST = 120  # minutes one way
DAYS_AN_OUTING = 3
DINNER, LUNCH = StopKind.DINNER, StopKind.LUNCH


class Taste:
    """The request as a measure of places.

    `places` are all those of the city, `planned` the ids of those in the plan so far;
    what is cooked in the `country` comes first.
    """

    def __init__(
        self,
        request: PlanRequest,
        places: Sequence[Place],
        planned: Collection[str] = (),
        country: str = "",
    ) -> None:
        self.request = request
        self._country = country
        self._planned = planned
        self._never = [kind for kind, most in request.at_most if not most]
        paid = [place.price for place in places if place.price]
        self._usual_price = median(paid) if paid else 0.0

    def wants(self, place: Place) -> bool:
        """Whether the place may be in the plan at all."""
        if not self.can_enter(place):
            return False
        if place.id in self.request.must_see:
            return True
        if place.id in self.request.excluded or any(
            is_of_kind(place, it) for it in self.request.avoid
        ):
            return False
        if any(is_of_kind(place, kind) for kind in self._never):
            return False
        is_new = place.id not in self._planned
        if is_new and (self.is_no_more(place) or self._is_toil(place)):
            return False
        return not is_night_out(place, self.request) or goes_out(self.request)

    def is_no_more(self, place: Place) -> bool:
        """Whether it is of a kind of which none is to come in."""
        return any(is_of_kind(place, kind) for kind in self.request.no_more)

    def _is_toil(self, place: Place) -> bool:
        """Whether it takes a climb that knees are spared, or a long way on few days."""
        way = place.approach
        if way and way.way is Way.CLIMB:
            return Mobility.LESS_WALKING in self.request.mobility
        short = self.request.days < LONG_TRIP or place.away > FARTHEST
        return place.is_outing and short

    def can_enter(self, place: Place) -> bool:
        """False where it is known that the traveller can't."""
        step_free = Mobility.STEP_FREE in self.request.mobility
        return not (step_free and place.access is Access.NO)

    def can_eat_at(self, place: Place) -> bool:
        """Whether the place is known to serve all that the traveller keeps to."""
        served = set(place.diets)
        if Diet.VEGAN in served:
            served.add(Diet.VEGETARIAN)
        return served.issuperset(self.request.diets)

    def matches(self, place: Place) -> tuple[Interest, ...]:
        """The traveller's interests that the place serves, in the told order."""
        return tuple(it for it in self.request.interests if it in place.interests)

    def prize(self, place: Place) -> int:
        """The worth of the place; compare with TRAVEL_COST for a minute of travel."""
        factor = _BUDGET[self.request.budget].get(place.category, 1.0)
        factor *= 1.0 if place.price is None else _KNOWN_PRICE
        factor *= _UNKNOWN_HOURS if not place.hours and has_doors(place) else 1.0
        prize = int(worth(place, self.request) * factor * self._price_factor(place))
        return prize + _MUST_SEE * (place.id in self.request.must_see)

    def meal_prize(self, place: Place, kind: StopKind) -> int:
        """The worth of the meal there: any counts, and near ones count more."""
        request = self.request
        prize = eating.prize(
            place, kind, request.budget, self._country, request.interests
        )
        return prize + _MUST_SEE * (place.id in request.must_see)

    def _price_factor(self, place: Place) -> float:
        if self.request.budget is not Budget.LOW or place.price is None:
            return 1.0
        if place.price == 0:
            return 1.2
        return 0.8 if place.price > self._usual_price else 1.0


def visit_choices(
    places: Sequence[Place], taste: Taste, frames: Sequence[Frame], most: int
) -> list[Choice]:
    """The `most` best visits, best first; later ones of a kind count for less."""
    left: dict[Category, float] = {}
    choices = []
    for place in _best_first(places, taste):
        if place.category in FOOD or not taste.wants(place):
            continue
        kind = place.category
        prize = int(taste.prize(place) * left.get(kind, 1.0))
        if found := options.visits(place, prize, frames):
            left[kind] = left.get(kind, 1.0) * variety(place, taste.request)
            choices.append(Choice(found))
    choices.sort(key=lambda choice: -choice.options[0].prize)
    return _few_outings(choices, taste, len(frames) // DAYS_AN_OUTING)[:most]


def _few_outings(choices: Sequence[Choice], taste: Taste, most: int) -> list[Choice]:
    """All that is in town or was asked for, and the best `most` outings."""
    asked = taste.request.must_see
    out = [it for it in choices if it.place.is_outing and it.place.id not in asked]
    return [it for it in choices if it not in out[most:]]


def meal_choices(
    places: Sequence[Place],
    taste: Taste,
    frames: Sequence[Frame],
    near: Sequence[Place],
    most: int | None = None,
) -> list[Choice]:
    """Where to eat: the `most` best for their way from the places in `near`.

    With a moderate budget one of the top level at most.
    """
    request = taste.request
    food = [place for place in places if place.category in FOOD and taste.wants(place)]
    food = eating.within_budget(food, request.budget, request.must_see)
    food = _spread(food, taste, frames, near)
    if request.budget is Budget.MODERATE:
        best = next((place for place in food if eating.is_top(place)), None)
        had = [best] if best else []
        asked = {*request.must_see, *(place.id for place in had)}
        food = eating.within_budget(food, request.budget, asked, had)
    found = (_eating(place, taste, frames) for place in food)
    return [Choice(meals) for meals in found if meals][:most]


def _spread(
    food: Sequence[Place], taste: Taste, frames: Sequence[Frame], near: Sequence[Place]
) -> list[Place]:
    """First the best for each of the places in `near`, then the best for any."""
    if not food:
        return []
    prizes = np.array([taste.meal_prize(place, DINNER) for place in food])
    if not near:
        return [food[i] for i in np.argsort(-prizes, kind="stable")]
    minutes = frames[0].ways.matrix(food, near)
    loss = 2 * minutes * TRAVEL_COST - prizes[:, None]
    best = dict.fromkeys(int(i) for i in loss.argmin(axis=0))
    others = np.argsort(loss.min(axis=1), kind="stable")
    return [food[i] for i in dict.fromkeys([*best, *map(int, others)])]


def _eating(
    place: Place, taste: Taste, frames: Sequence[Frame]
) -> tuple[options.Option, ...]:
    """The meals that can be had there; a café on the list may be a visit as well."""
    meals: tuple[options.Option, ...] = ()
    if taste.can_eat_at(place):
        for kind in options.MEALS:
            prize = taste.meal_prize(place, kind)
            meals += options.meals(place, prize, frames, (kind,))
    asked = place.id in taste.request.must_see
    if asked and place.category is not Category.RESTAURANT:
        return (*meals, *options.visits(place, taste.prize(place), frames))
    return meals


def with_lunch(choice: Choice, taste: Taste, frames: Sequence[Frame]) -> Choice:
    """The choice with lunch added, if it is a quarter known for its food."""
    place = choice.place
    if not (eating.is_lunch_quarter(place) and taste.can_eat_at(place)):
        return choice
    prize = taste.meal_prize(place, LUNCH)
    return Choice((*choice.options, *options.meals(place, prize, frames, (LUNCH,))))


def _best_first(places: Sequence[Place], taste: Taste) -> list[Place]:
    return sorted(places, key=lambda it: (-taste.prize(it), not it.hours, it.id))
