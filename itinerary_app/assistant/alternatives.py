"""What could stand in a plan instead of a stop: places like it, not planned yet."""

from __future__ import annotations

import re
from collections.abc import Sequence

from itinerary_app.assistant.names import bare
from itinerary_app.assistant.stops import Answer, PlanStops
from itinerary_app.model import Itinerary, Place, Preferences, Stop
from itinerary_app.text.words import listed

MOST = 3
ASKED = re.compile(
    r"\b(?:alternatives?|options?)\b(?: (?:are there|do we have|is there))?"
    r" (?:to|for|instead of) (?P<to>.+)"
    r"|\bwhat else\b.*?\b(?:instead of|than|besides) (?P<than>.+)"
    r"|\b(?:what|which|anything|something)\b[^?]*?\b(?:instead of|similar to|like"
    r"|in place of) (?P<like>[^?]+)"
    r"|\bwhat could replace (?P<old>.+)"
)


def answer(
    itinerary: Itinerary, text: str, told: Preferences, places: Sequence[Place]
) -> Answer:
    """The nearest of kin to the stop that the question names, to choose from."""
    match = ASKED.search(text)
    phrase = next(filter(None, match.groups()), "") if match else ""
    phrase = phrase.strip(" ?.!")
    found = PlanStops(itinerary, places).named(phrase)
    if not found:
        return Answer(f"I don't find “{bare(phrase) or phrase}” in your plan.")
    stop = found[0][1]
    others = _alike(stop, itinerary, told, places)
    if not others:
        return Answer(f"I know nothing like {stop.place.name} that is not planned yet.")
    names = listed((place.name for place in others), "or")
    return Answer(
        f"Instead of {stop.place.name} I could take {names}, if it fits the day.",
        tuple(f"Swap {stop.place.name} for {place.name}" for place in others),
    )


def _alike(
    stop: Stop, itinerary: Itinerary, told: Preferences, places: Sequence[Place]
) -> list[Place]:
    taken = {it.place.id for it in itinerary.stops} | set(told.excluded)
    free = [
        place
        for place in places
        if place.id not in taken and place.category not in told.avoid
    ]
    alike = [place for place in free if _kinship(stop.place, place) > 0]
    return sorted(
        alike,
        key=lambda place: (-_kinship(stop.place, place), -place.importance, place.name),
    )[:MOST]


def _kinship(one: Place, other: Place) -> int:
    """The same kind counts most, then each common interest; meals stay meals."""
    same = one.category is other.category
    if not same and "food" in {*one.interests} ^ {*other.interests}:
        return 0
    return 2 * same + len({*one.interests} & {*other.interests})
