"""Chips beneath a reply: what could be said next."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from itinerary_app.acts import acts as do
from itinerary_app.acts.chips import Chip
from itinerary_app.assistant.telling.plans import visits
from itinerary_app.catalogue import continents
from itinerary_app.model import City, Diet, Interest, Itinerary, Preferences

MOST_CITIES = 6
LATE = 10 * 60  # a day's start that is worth offering
DAYS = (
    Chip("Weekend", (do.SetDays(days=2),)),
    Chip("3 days", (do.SetDays(days=3),)),
    Chip("5 days", (do.SetDays(days=5),)),
    Chip("A week", (do.SetDays(days=7),)),
)
INTERESTS = (
    Chip(
        "Food and culture",
        (do.SetInterests(more=(Interest.FOOD, Interest.CULTURE)),),
    ),
    Chip("History", (do.SetInterests(more=(Interest.HISTORY,)),)),
    Chip(
        "Nature and views",
        (do.SetInterests(more=(Interest.NATURE, Interest.VIEWS)),),
    ),
    Chip("Surprise me", (do.Anything(),)),
)
AGREE = (Chip("Do it", (do.Confirm(),)), Chip("Leave it", (do.Deny(),)))


def cities(covered: Sequence[City]) -> tuple[Chip, ...]:
    """A few cities from all over, to choose from."""
    few = list(covered)[:MOST_CITIES]
    if len(covered) > MOST_CITIES:
        few = list(islice(continents.varied(covered), MOST_CITIES))
    return tuple(Chip(it.name, (do.SetCity(city=it.name),)) for it in few)


def steps(plan: Itinerary, wishes: Preferences) -> tuple[Chip, ...]:
    """What could be changed next in this plan."""
    chips = []
    fullest = max(plan.days, key=lambda day: len(visits(day)))
    seen = [stop for day in plan.days for stop in visits(day)]
    if len(visits(fullest)) > 1:
        number = fullest.number
        chips.append(Chip(f"Make day {number} calmer", (do.Calmer(day=number),)))
    if seen:
        least = min(seen, key=lambda stop: stop.place.importance).place
        chips.append(Chip(f"Swap {least.name}", (do.Swap(stop=least.id),)))
    chips.append(Chip("Add a day", (do.AddDay(),)))
    begins = min((stop.arrive for stop in plan.stops), default=LATE)
    if wishes.day_start is None and begins < LATE:
        chips.append(Chip("Start at 10", (do.SetHours(start="10:00"),)))
    if not wishes.diets:
        vegetarian = do.SetDiet(add=(Diet.VEGETARIAN,))
        chips.append(Chip("We're vegetarian", (vegetarian,)))
    return tuple(chips)
