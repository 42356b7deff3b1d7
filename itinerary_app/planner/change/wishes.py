"""Which unused places answer a wish, and what they could be on a day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from itinerary_app.catalogue.kinds import (
    EATING,
    FOOD,
    is_eaten,
    is_of_kind,
    words_of_kind,
)
from itinerary_app.errors import CannotPlan
from itinerary_app.model import (
    Category,
    Day,
    Interest,
    Itinerary,
    Place,
    Stop,
    StopKind,
)
from itinerary_app.planner.day import options
from itinerary_app.planner.day.frames import Frame
from itinerary_app.planner.day.options import MEALS, Choice, Option
from itinerary_app.planner.day.spending import Purse
from itinerary_app.planner.draft.brief import Brief
from itinerary_app.planner.draft.eating import within_budget
from itinerary_app.text.words import listed, no_access

MOST = 12  # candidates that are weighed against each other
NEARNESS = 3  # prizes are divided by it: on a given day what is near counts more
SIMILAR = 80_000  # prize for each thing that a substitute has in common


@dataclass(frozen=True, slots=True)
class Wishes:
    """The places of the city that the itinerary does not use yet.

    `gone` is a stop that makes room: its admission may be spent anew.
    """

    itinerary: Itinerary
    brief: Brief
    gone: Stop | None = None

    def unused(self) -> list[Place]:
        """Those that may come into the plan and that its money allows."""
        excluded, purse, left = self.brief.request.excluded, self._purse, self.left
        request, stops = self.brief.request, self.itinerary.stops
        unused = within_budget(
            self.brief.unused(self.itinerary),
            request.budget,
            request.must_see,
            (stop.place for stop in stops if stop is not self.gone),
        )
        return [
            place
            for place in unused
            if place.id not in excluded
            and self.brief.taste.can_enter(place)
            and purse.price(place) <= left
        ]

    def named(self, place_id: str) -> Place:
        """The unused place of this id; CannotPlan if it can't come into the plan."""
        for day in self.itinerary.days:
            for stop in day.stops:
                if stop.place.id == place_id:
                    raise CannotPlan(
                        f"{stop.place.name} is already planned, on day {day.number}."
                    )
        for place in self.brief.places:
            if place.id == place_id:
                self._check(place)
                return place
        raise CannotPlan(
            f"There is no place {place_id!r} in {self.itinerary.city.name}."
        )

    def visits(
        self,
        day: Day,
        frame: Frame,
        kind: str | None,
        instead_of: Stop | None = None,
        *,
        wide: bool = False,
    ) -> list[Choice]:
        """Visits (or meals that the day lacks) of the kind, best first."""
        found = []
        for place in self._matching(kind):
            if kind is None and place.category in FOOD:
                continue
            prize = self.brief.taste.prize(place) // NEARNESS
            prize += _likeness(place, instead_of)
            found.append(self.possible(place, day, frame, prize, wide=wide))
        return self._best(found, kind)

    def meals(
        self,
        meal: StopKind,
        frame: Frame,
        kind: str | None,
        liked: Callable[[Place], bool] = lambda _: True,
        near: Sequence[Place] = (),
    ) -> list[Choice]:
        """Places for the meal, of the kind and liked, best first: those that are `near`
        the places of a day.
        """
        if kind in set(Category) - set(FOOD):
            raise CannotPlan(
                f"For {meal} choose another place to eat: "
                f"{', '.join(category.label for category in FOOD)}."
            )
        taste = self.brief.taste
        places = [
            place
            for place in self._matching(kind)
            if self.is_food(place) and taste.can_eat_at(place) and liked(place)
        ]
        if near and places:
            minutes = frame.ways.matrix(places, near).min(axis=1)
            order = sorted(range(len(places)), key=lambda i: (minutes[i], places[i].id))
            places = [places[i] for i in order[:MOST]]
        found = [
            options.meals(place, taste.meal_prize(place, meal), [frame], (meal,))
            for place in places
        ]
        return self._best(found, kind)

    def possible(
        self, place: Place, day: Day, frame: Frame, prize: int, *, wide: bool = False
    ) -> tuple[Option, ...]:
        """What the place can be on this day; a restaurant is a meal or nothing."""
        had = {stop.kind for stop in day.stops}
        lacking = [it for it in MEALS if it not in had and frame.serves(it)]
        restaurant = place.category is Category.RESTAURANT
        if self.is_food(place) and self.brief.taste.can_eat_at(place):
            meals = options.meals(place, prize, [frame], lacking)
            if restaurant or (meals and not wide):
                return meals
        if restaurant:
            return ()
        return options.visits(place, prize, [frame], wide=wide)

    def is_food(self, place: Place) -> bool:
        return place.category in FOOD

    @property
    def left(self) -> float:
        """The money that the plan leaves."""
        planned = [it.place for it in self.itinerary.stops if it is not self.gone]
        return self._purse.left(planned)

    @property
    def _purse(self) -> Purse:
        return Purse(self.brief.places, self.brief.request.spend_limit)

    def _check(self, place: Place) -> None:
        taste, purse = self.brief.taste, self._purse
        if not taste.can_enter(place):
            why = no_access(place)
            raise CannotPlan(f"{place.name} is not for wheelchairs: {why}.")
        if place.category is Category.RESTAURANT and not taste.can_eat_at(place):
            diets = [diet.replace("_", "-") for diet in self.brief.request.diets]
            raise CannotPlan(f"{place.name} is not known to serve {listed(diets)}.")
        if (price := purse.price(place)) > self.left:
            raise CannotPlan(
                f"{place.name} costs {purse.money(price)}, and your limit leaves "
                f"{purse.money(max(0, self.left))}. Raise the limit or swap what is "
                "dear first."
            )

    def _matching(self, kind: str | None) -> list[Place]:
        unused, taste = self.unused(), self.brief.taste
        if kind is None:
            return [place for place in unused if taste.wants(place)]
        found = [place for place in unused if is_of_kind(place, kind)]
        if kind == Category.SHOPPING:  # not a bookshop for its fame
            first = [it for it in unused if it.interests[:1] == (kind,)]
            found = first or found
        is_word = kind not in (*Category, *Interest)
        if is_word and not any(is_of_kind(it, kind) for it in self.brief.places):
            raise CannotPlan(
                f"I know no place for “{words_of_kind(kind)}” in "
                f"{self.itinerary.city.name}."
            )
        if kind in set(Interest) - set(Category) - {Interest.NIGHTLIFE}:
            return [place for place in found if taste.wants(place)]
        if is_word and not is_eaten(kind):  # an opera before its bar
            found = [it for it in found if it.category not in EATING] or found
        return found  # asked for by name, so wanted in any case

    def _best(
        self, found: Sequence[tuple[Option, ...]], kind: str | None
    ) -> list[Choice]:
        ranked = sorted(filter(None, found), key=lambda it: -it[0].prize)[:MOST]
        if ranked:
            return [Choice(some, required=True) for some in ranked]
        raise CannotPlan(f"{_nothing(kind)} is left. {self._what_there_is(kind)}")

    def _what_there_is(self, kind: str | None) -> str:
        if kind and is_eaten(kind):
            return f"Name the meal for it: “{words_of_kind(kind)} for dinner on day 1”."
        left = [
            place
            for place in self.unused()
            if self.brief.taste.wants(place) and place.category not in (kind, *FOOD)
        ]
        labels = sorted({place.category.label for place in left})
        if not labels:
            return f"The plan uses all we know in {self.itinerary.city.name}."
        return f"There is still: {', '.join(labels)}."


def _likeness(place: Place, other: Stop | None) -> int:
    if other is None:
        return 0
    shared = bool(set(place.interests) & set(other.place.interests))
    return SIMILAR * (2 * (place.category is other.place.category) + shared)


def _nothing(kind: str | None) -> str:
    if kind is None:
        return "Nothing else that fits"
    if kind in set(Interest) - set(Category):
        return f"Nothing else for {kind}"
    return f"No other {words_of_kind(kind)} that fits"
