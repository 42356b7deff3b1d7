"""Which unused places answer a wish, and what they could be on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from itinerary_app.catalogue.kinds import FOOD
from itinerary_app.errors import CannotPlan
from itinerary_app.model import Category, Day, Interest, Itinerary, Place, Stop
from itinerary_app.planner.day import options
from itinerary_app.planner.day.frames import Frame
from itinerary_app.planner.day.options import MEALS, Choice
from itinerary_app.planner.day.spending import Purse
from itinerary_app.planner.draft.brief import Brief
from itinerary_app.text.words import listed

Wanted = Category | Interest | None

MOST = 12  # candidates that the solver weighs against each other
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
        return [
            place
            for place in self.brief.unused(self.itinerary)
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

    def visit(
        self, day: Day, frame: Frame, wanted: Wanted, instead_of: Stop | None = None
    ) -> Choice:
        """A visit (or a meal that the day lacks) of the wanted kind."""
        found = []
        for place in self._matching(wanted):
            if wanted is None and place.category in FOOD:
                continue
            prize = self.brief.taste.prize(place) // NEARNESS
            prize += _likeness(place, instead_of)
            found.append(self.possible(place, day, frame, prize))
        return self._best(found, wanted)

    def meal(self, stop: Stop, frame: Frame, wanted: Wanted) -> Choice:
        """Another place for the same meal."""
        if isinstance(wanted, Category) and wanted not in FOOD:
            raise CannotPlan(
                f"A {stop.kind} can only be swapped for another place to eat: "
                f"{', '.join(category.label for category in FOOD)}."
            )
        taste = self.brief.taste
        found = [
            options.meals(place, taste.prize(place) // NEARNESS, [frame], (stop.kind,))
            for place in self._matching(wanted)
            if place.category in FOOD and taste.can_eat_at(place)
        ]
        return self._best(found, wanted)

    def possible(
        self, place: Place, day: Day, frame: Frame, prize: int
    ) -> tuple[options.Option, ...]:
        """What the place can be on this day; a restaurant is a meal or nothing."""
        lacking = sorted(set(MEALS) - {stop.kind for stop in day.stops})
        eats = place.category in FOOD and self.brief.taste.can_eat_at(place)
        if eats and (lacking or place.category is Category.RESTAURANT):
            return options.meals(place, prize, [frame], lacking)
        if place.category is Category.RESTAURANT:
            return ()
        return options.visits(place, prize, [frame])

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
            raise CannotPlan(f"{place.name} is known to have no step-free access.")
        if place.category is Category.RESTAURANT and not taste.can_eat_at(place):
            diets = [diet.replace("_", "-") for diet in self.brief.request.diets]
            raise CannotPlan(f"{place.name} is not known to serve {listed(diets)}.")
        if (price := purse.price(place)) > self.left:
            raise CannotPlan(
                f"{place.name} costs {purse.money(price)}, and your limit leaves "
                f"{purse.money(max(0, self.left))}. Raise the limit or swap what is "
                "dear first."
            )

    def _matching(self, wanted: Wanted) -> list[Place]:
        unused, taste = self.unused(), self.brief.taste
        if wanted is None:
            return [place for place in unused if taste.wants(place)]
        if isinstance(wanted, Category):  # asked for by name, so wanted in any case
            return [place for place in unused if place.category is wanted]
        return [
            place
            for place in unused
            if wanted in place.interests
            and (taste.wants(place) or wanted is Interest.NIGHTLIFE)
        ]

    def _best(
        self, found: Sequence[tuple[options.Option, ...]], wanted: Wanted
    ) -> Choice:
        ranked = sorted(filter(None, found), key=lambda it: -it[0].prize)[:MOST]
        if ranked:
            return Choice(tuple(it for some in ranked for it in some), required=True)
        raise CannotPlan(f"{_nothing(wanted)} is left. {self._what_there_is(wanted)}")

    def _what_there_is(self, wanted: Wanted) -> str:
        left = [
            place
            for place in self.unused()
            if self.brief.taste.wants(place) and place.category not in (wanted, *FOOD)
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


def _nothing(wanted: Wanted) -> str:
    if wanted is None:
        return "Nothing else that fits"
    if isinstance(wanted, Category):
        return f"No other {wanted.label} that fits"
    return f"Nothing else for {wanted}"
