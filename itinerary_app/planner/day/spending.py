"""Known admissions, and how to stay within a limit."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from itinerary_app.catalogue.places import local_currency
from itinerary_app.catalogue.tickets import tickets, years
from itinerary_app.model import Place
from itinerary_app.planner.day.options import Choice, Option
from itinerary_app.planner.day.timetable import Route
from itinerary_app.text.money import money

MONEY = "Known admissions come to"


class Purse:
    """Prices in the city's currency, and the limit for all of them together."""

    def __init__(self, places: Iterable[Place], limit: int | None) -> None:
        self.currency = local_currency(places)
        self.limit = limit

    def price(self, place: Place) -> float:
        """The known admission; 0 where it is free, unknown or in other money."""
        return place.price or 0.0 if place.currency == self.currency else 0.0

    def total(self, places: Iterable[Place]) -> float:
        """What they cost together: a site of one price has one ticket."""
        return sum(map(self.price, tickets(places)))

    def left(self, places: Iterable[Place]) -> float:
        """What these places leave of the limit."""
        return float("inf") if self.limit is None else self.limit - self.total(places)

    def money(self, amount: float) -> str:
        return money(self.currency, amount)

    def affordable(
        self,
        choices: Sequence[Choice],
        planned: Collection[str],
        must: Collection[str],
    ) -> list[Choice]:
        """Choices that keep the limit even if all are taken: what is free, what the
        traveller insists on, then of the `planned` the sights that a first visit should
        not miss, and what is worth most for its price.
        """
        left = float("inf") if self.limit is None else float(self.limit)
        kept: set[str] = set()

        def key(choice: Choice) -> tuple[bool, bool, bool, bool, float]:
            place = choice.place
            worth = _worth(choice.options[0], self.price(place))
            return (
                not choice.required,
                place.id not in must,
                place.id not in planned,
                not place.is_famous,
                -worth,
            )

        paid: list[Place] = []
        for choice in sorted(choices, key=key):
            more = self.total([*paid, choice.place]) - self.total(paid)
            if more <= left:
                left -= more
                paid.append(choice.place)
                kept.add(choice.place.id)
        return [choice for choice in choices if choice.place.id in kept]


def account(total: str, limit: str, visits: Sequence[Place]) -> str:
    """What the visits cost one adult, as far as that is known, in a sentence."""
    told = f"{MONEY} {total} of your {limit} for one adult"
    if when := years(visits):
        told += f", at prices of {when}"
    if unknown := sum(place.price is None for place in visits):
        told += (
            f"; {unknown} of the {len(visits)} visits have no known price, so it may "
            "be more"
        )
    return f"{told}."


def places_of(routes: Iterable[Route]) -> list[Place]:
    return [option.place for route in routes for option in route]


def cheapest_loss(
    routes: Sequence[Route],
    price: Callable[[Place], float],
    keep: Collection[str],
    *,
    dearest: bool = False,
) -> Option | None:
    """The stop that is worth least for its price, or the dearest one, if any may go."""
    paid = [
        option
        for route in routes
        for option in route
        if price(option.place) > 0 and option.place.id not in keep
    ]
    if dearest:
        return max(paid, key=lambda it: price(it.place), default=None)
    return min(
        paid,
        key=lambda it: (it.place.is_famous, _worth(it, price(it.place))),
        default=None,
    )


def _worth(option: Option, price: float) -> float:
    """For its price; of sights that a first visit should not miss whatever that is."""
    return option.prize if option.place.is_famous else option.prize / (price or 1.0)
