"""Which unused places answer a wish, and what they could be on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from itinerary_app.errors import CannotPlan
from itinerary_app.model import Category, Day, Interest, Itinerary, Place, Stop
from itinerary_app.planner import options
from itinerary_app.planner.candidates import Taste
from itinerary_app.planner.options import FOOD, MEALS, Choice

Wanted = Category | Interest | None

MOST = 12  # candidates that the solver weighs against each other
NEARNESS = 3  # prizes are divided by it: on a given day what is near counts more
SIMILAR = 80_000  # prize for each thing that a substitute has in common


@dataclass(frozen=True, slots=True)
class Wishes:
    """The places of the city that the itinerary does not use yet."""

    itinerary: Itinerary
    taste: Taste
    places: Sequence[Place]

    def unused(self) -> list[Place]:
        used = {stop.place.id for stop in self.itinerary.stops}
        used.update(self.taste.request.excluded)
        return [place for place in self.places if place.id not in used]

    def named(self, place_id: str) -> Place:
        """The unused place of this id; CannotPlan if it is unknown or planned."""
        for day in self.itinerary.days:
            for stop in day.stops:
                if stop.place.id == place_id:
                    raise CannotPlan(
                        f"{stop.place.name} is already planned, on day {day.number}."
                    )
        for place in self.places:
            if place.id == place_id:
                return place
        raise CannotPlan(
            f"There is no place {place_id!r} in {self.itinerary.city.name}."
        )

    def visit(self, day: Day, wanted: Wanted, instead_of: Stop | None = None) -> Choice:
        """A visit (or a meal that the day lacks) of the wanted kind."""
        found = []
        for place in self._matching(wanted):
            if wanted is None and place.category in FOOD:
                continue
            prize = self.taste.prize(place) // NEARNESS + _likeness(place, instead_of)
            found.append(possible(place, day, prize))
        return self._best(found, wanted)

    def meal(self, stop: Stop, wanted: Wanted) -> Choice:
        """Another place for the same meal."""
        if isinstance(wanted, Category) and wanted not in FOOD:
            raise CannotPlan(
                f"A {stop.kind} can only be swapped for another place to eat: "
                f"{', '.join(category.label for category in FOOD)}."
            )
        found = [
            options.meals(place, self.taste.prize(place) // NEARNESS, (stop.kind,))
            for place in self._matching(wanted)
            if place.category in FOOD
        ]
        return self._best(found, wanted)

    def _matching(self, wanted: Wanted) -> list[Place]:
        unused = self.unused()
        if wanted is None:
            return [place for place in unused if self.taste.wants(place)]
        if isinstance(wanted, Category):  # asked for by name, so wanted in any case
            return [place for place in unused if place.category is wanted]
        return [
            place
            for place in unused
            if wanted in place.interests
            and (self.taste.wants(place) or wanted is Interest.NIGHTLIFE)
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
            if self.taste.wants(place) and place.category not in (wanted, *FOOD)
        ]
        labels = sorted({place.category.label for place in left})
        if not labels:
            return f"The plan uses all we know in {self.itinerary.city.name}."
        return f"There is still: {', '.join(labels)}."


def possible(place: Place, day: Day, prize: int) -> tuple[options.Option, ...]:
    """What the place can be on this day; a restaurant is a meal or nothing."""
    lacking = set(MEALS) - {stop.kind for stop in day.stops}
    if place.category is Category.RESTAURANT:
        return options.meals(place, prize, sorted(lacking))
    if place.category in FOOD and lacking:
        return options.meals(place, prize, sorted(lacking))
    return options.visits(place, prize)


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
