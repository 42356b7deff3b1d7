"""What is told of a must-see that found no room, and that it is so."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from itinerary_app.acts.acts import Act, Add, AddDay, Remove, SetHours, SkipMeal
from itinerary_app.acts.values import Meal
from itinerary_app.catalogue.kinds import EATING
from itinerary_app.catalogue.places import Catalogue
from itinerary_app.model import Itinerary, PlanRequest
from itinerary_app.planner.planner import Planner
from tests.conftest import MakeCatalogue
from tests.planner.test_constraints import row

LONDON = PlanRequest(
    "London",
    1,
    must_see=("cambridge", "roman-baths-bath", "british-museum"),
    start_date=date(2027, 5, 12),
)


PLACES = Catalogue().places("London")
COUNT = re.compile(r"With (\d) days more")


def refused(plan: Itinerary, name: str) -> str:
    [told] = [note for note in plan.notes if note.startswith(f"{name} is left out: ")]
    return told.removeprefix(f"{name} is left out: ")


def after(
    planner: Planner, plan: Itinerary, request: PlanRequest, *acts: Act
) -> set[str]:
    for act in acts:
        request = replace(request, days=len(plan.days))
        plan = planner.revise(plan, act, request)
    return {stop.place.id for stop in plan.stops}


def test_as_many_days_more_as_it_takes(planner: Planner) -> None:
    """What is out of town is told the fewest days that give it room."""
    plan = planner.plan(LONDON)
    assert refused(plan, "Roman Baths, Bath") == (
        "the days are full of what else you asked for. With 2 days more it would fit."
    )
    one, two = (after(planner, plan, LONDON, AddDay(count=count)) for count in (1, 2))
    assert "roman-baths-bath" in two - one


def test_two_places_less(toytown: MakeCatalogue) -> None:
    """Where another place takes the day more, two short ones stand in the way."""
    open_by_day = "Mo-Su 10:00-17:00"
    rows = [
        *(row(name, open_by_day, minutes="150") for name in ("crypt", "tower")),
        *(row(name, open_by_day, minutes="400") for name in ("farm", "park")),
        row("gate"),
    ]
    planner = Planner(toytown(rows))
    must = ("crypt", "tower", "farm", "park")
    request = PlanRequest("Toytown", 1, must_see=must)
    plan = planner.plan(request)
    assert {"crypt", "tower"} <= {stop.place.id for stop in plan.stops}
    words = {name: refused(plan, name.title()) for name in ("farm", "park")}
    [with_a_day] = [it for it in words if "With a day more" in words[it]]
    assert with_a_day in after(planner, plan, request, AddDay())
    [other] = words.keys() - {with_a_day}
    assert words[other].startswith("day 1 is full. Without ")
    less = (Remove(stop="crypt"), Remove(stop="tower"), Add(place=other))
    only = replace(request, must_see=(other,))
    assert other in after(planner, plan, only, *less)


def test_a_later_end_and_a_meal_less(planner: Planner) -> None:
    """A show that ends after the day does, which is full until it begins."""
    must = (
        "apollo-theater", "coney-island", "williamsburg", "tenement-museum",
        "statue-of-liberty",
    )  # fmt: skip
    request = PlanRequest("New York", 2, must_see=must, start_date=date(2027, 1, 20))
    plan = planner.plan(request)
    told = refused(plan, "Apollo Theater")
    found = re.fullmatch(
        r"it needs 2 h, and day 1 ends at 21:00\. With that day until (\d\d:\d\d) and "
        r"without (?:Brooklyn Bridge and )?(lunch|dinner) that day it would fit\.",
        told,
    )
    assert found, told
    acts = (
        *[Remove(stop="brooklyn-bridge")] * ("Brooklyn Bridge" in told),
        SkipMeal(meal=Meal(found[2]), day=1),
        SetHours(day=1, end=found[1]),
    )
    there = after(planner, plan, request, *acts)  # what is a must-see may come unasked
    if "apollo-theater" not in there:
        there = after(planner, plan, request, *acts, Add(place="apollo-theater"))
    assert "apollo-theater" in there


def test_of_many_only_more_days_are_tried(planner: Planner) -> None:
    """Thirty wishes for a day are no time to try what each could give; days are."""
    must = [it.id for it in PLACES if it.category not in EATING and it.importance >= 4]
    request = replace(LONDON, must_see=tuple(must[:30]))
    plan = planner.plan(request)
    told = [note for note in plan.notes if "the days are full" in note]
    assert len(told) > 8
    assert all(
        re.search(r"With (a day|\d days) more it would fit\.$", it) for it in told
    )
    longest = max(int(it[1]) for it in map(COUNT.search, told) if it)
    there = after(planner, plan, request, AddDay(count=longest))
    names = {it.name for it in PLACES if it.id in there}
    assert any(it.partition(" is left out")[0] in names for it in told)


def test_too_far_for_any_day(toytown: MakeCatalogue) -> None:
    """What closes before one can be there is told with its way, and nothing else."""
    rows = [row("gate"), row("farm", "Mo-Su 06:00-08:30", minutes="60", lat=10.35)]
    planner = Planner(toytown(rows))
    plan = planner.plan(PlanRequest("Toytown", 1, must_see=("farm",), day_start=600))
    assert refused(plan, "Farm") == (
        "it is about 1 h 2 min away, and even from 08:00 to midnight no day has the "
        "time for the way there, the visit and the way back while it is open."
    )


def test_a_stay_longer_than_it_is_open(toytown: MakeCatalogue) -> None:
    """It is not called closed: what was asked for it is in the way."""
    rows = [row("gate"), row("crypt", "Mo-Su 10:00-12:00")]
    planner = Planner(toytown(rows))
    request = PlanRequest("Toytown", 1, must_see=("crypt",), stays=(("crypt", 180),))
    assert refused(planner.plan(request), "Crypt") == (
        "it is not open at the time, or for as long, as you asked for."
    )
