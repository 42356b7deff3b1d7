"""Whether a refusal is true: what it says is done, and the place has to fit then."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from itinerary_app.acts.acts import Act, Add, AddDay, Remove, SetHours, SkipMeal, Swap
from itinerary_app.acts.values import Meal
from itinerary_app.catalogue.kinds import EATING
from itinerary_app.catalogue.places import Catalogue
from itinerary_app.errors import CannotPlan
from itinerary_app.model import Itinerary, Place, PlanRequest
from itinerary_app.planner.planner import Planner

SEED = 3
FACTS = (
    "closed",
    "in the dark",
    "open in",
    "costs",
    "step-free",
)  # no room helps there


def crowded(catalogue: Catalogue) -> list[PlanRequest]:
    """A request for each city with 6 to 12 must-sees for a day or two."""
    chance = random.Random(SEED)
    found = []
    for city in catalogue.cities:
        sights = [
            place.id
            for place in catalogue.places(city.name)
            if place.category not in EATING and place.importance >= 3
        ]
        wanted = tuple(chance.sample(sights, chance.randint(6, 12)))
        on = date(2027, chance.randint(1, 12), chance.randint(1, 28))
        days = chance.choice((1, 1, 2))
        found.append(PlanRequest(city.name, days, must_see=wanted, start_date=on))
    return found


def verdicts(planner: Planner, catalogue: Catalogue) -> dict[str, bool]:
    """Each refusal's words, and whether doing what they say gives room."""
    found = {}
    for request in crowded(catalogue):
        places = catalogue.places(request.city)
        plan = planner.plan(request)
        planned = {stop.place.id for stop in plan.stops}
        for place in places:
            if place.id not in request.must_see or place.id in planned:
                continue
            [words] = [it for it in plan.notes if f"{place.name} is left out:" in it]
            if not any(fact in words for fact in FACTS):
                acts: list[Act] = list(_acts(words, plan))
                if len(acts) == 1 and isinstance(acts[0], Remove):
                    acts = [Swap(stop=acts[0].stop, place=place.id)]
                found[words] = bool(acts) and _fits(planner, plan, request, place, acts)
    return found


def _acts(words: str, plan: Itinerary) -> Iterator[Act]:
    """What the words say would have to give."""
    day = int(it[1]) if (it := re.search(r"\bday (\d+)", words)) else 1
    gone = "".join(re.findall(r"\b[Ww]ithout (.+) it would fit", words))
    named = [it for it in plan.stops if it.place.name in gone]
    for stop in named:
        if not any(stop.place.name in it.place.name for it in named if it is not stop):
            yield Remove(stop=stop.place.id)
    for meal in re.findall(r"(lunch|dinner) that day", gone):
        yield SkipMeal(meal=Meal(meal), day=day)
    if it := re.search(r"(a day|\d+ days) more", words):
        yield AddDay(count=1 if it[1] == "a day" else int(it[1].split()[0]))
        day = len(plan.days) + 1
    if it := re.search(r"that day until (\d\d:\d\d)", words):
        yield SetHours(day=day, end=it[1])
    if it := re.search(r"that day from (\d\d:\d\d)", words):
        yield SetHours(day=day, start=it[1])


def _fits(
    planner: Planner,
    plan: Itinerary,
    request: PlanRequest,
    place: Place,
    acts: Sequence[Act],
) -> bool:
    for act in (*acts, Add(place=place.id)):
        if any(stop.place.id == place.id for stop in plan.stops):
            return True
        gone = getattr(act, "stop", None)
        request = replace(
            request,
            days=len(plan.days),
            must_see=tuple(it for it in request.must_see if it != gone),
            excluded=(*request.excluded, *([gone] if gone else [])),
        )
        try:
            plan = planner.revise(plan, act, request)
        except CannotPlan:
            return False
    return True
