"""Which question comes next while a trip is planned: three at the most, counted."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from itinerary_app.acts.acts import Act, Ask, Swap, Topic
from itinerary_app.acts.chips import Chip
from itinerary_app.assistant.answers import Answer, answer
from itinerary_app.assistant.reader import Scene
from itinerary_app.assistant.telling import chips
from itinerary_app.catalogue.kinds import is_of_kind
from itinerary_app.model import Itinerary, Preferences, TripSession
from itinerary_app.text.words import counted, listed

MAX_QUESTIONS = 3
MOST_CHIPS = 4
DEFAULT_DAYS = 3
CITY, DAYS, INTERESTS = "city", "days", "interests"  # what Focus.asked may be


class Asked(NamedTuple):
    """A question; `counts` unless it is only said that something is missing."""

    text: str
    chips: tuple[Chip, ...]
    asked: str
    counts: bool = True
    proposed: tuple[Act, ...] = ()


def missing(wishes: Preferences) -> str | None:
    """What a plan cannot be made without."""
    if wishes.city is None:
        return CITY
    return DAYS if wishes.duration_days is None else None


def knows_taste(wishes: Preferences) -> bool:
    """Whether there is more to plan by than a city and a number of days."""
    stated = wishes.to_dict().keys() - {"city", "duration_days", "legs", "shared"}
    return bool(stated)


def question(
    what: str, scene: Scene, trip: TripSession, *, anything: bool = False
) -> Asked:
    """The question for `what`, with answers to choose from."""
    left = trip.clarifying_questions_count < MAX_QUESTIONS
    wishes = scene.preferences
    cities = listed(leg.city for leg in wishes.legs) or wishes.city
    if what == INTERESTS:
        days = counted(wishes.duration_days or 0, "day")
        text = "What do you love most?"
        if scene.itinerary is None:
            text = f"{days} in {cities}. {text}"
        return Asked(text, chips.INTERESTS, what)
    if what == DAYS:
        how_many = "How many days in all?" if wishes.legs else "How many days?"
        text = f"{cities}, good choice! {how_many}"
        return Asked(text, chips.DAYS, what, counts=left)
    if anything:
        found = answer(Ask(topic=Topic.SUGGEST), scene, trip)
        first = found.chips[0].acts if found.chips else ()
        return Asked(found.text, found.chips, what, counts=left, proposed=first)
    text = "Where would you like to go?"
    if not left:
        text = "Name a city whenever you like, and I'll plan it."
    return Asked(text, chips.cities(scene.cities), what, counts=left)


def too_many(kinds: Sequence[str], plan: Itinerary) -> Answer | None:
    """Those of the kinds that are planned, to be swapped for others; None if none."""
    found = [
        (stop.place, day.number)
        for day in plan.days
        for stop in day.stops
        if any(is_of_kind(stop.place, kind) for kind in kinds)
    ]
    if not found:
        return None
    there = listed(f"{place.name} on day {day}" for place, day in found)
    one = found[-1][0].name
    text = f"Planned are {there}. If some of them are too many, say “swap {one}”."
    offered = (Chip(f"Swap {it.name}", (Swap(stop=it.id),)) for it, _ in found)
    return Answer(
        text, tuple(islice(offered, MOST_CHIPS)), tuple(it.id for it, _ in found)
    )
