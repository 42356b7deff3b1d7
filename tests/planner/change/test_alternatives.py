"""What could stand where a stop does."""

from __future__ import annotations

from dataclasses import replace

import pytest

from itinerary_app.acts.acts import Swap
from itinerary_app.catalogue.kinds import FOOD
from itinerary_app.model import (
    Diet,
    Itinerary,
    Mobility,
    Place,
    PlanRequest,
    Stop,
    StopKind,
)
from itinerary_app.planner.planner import Planner
from tests.planner.rich import RichCatalogue
from tests.planner.rules import assert_kept

REQUEST = PlanRequest(
    "Paris", 3, diets=(Diet.VEGAN,), mobility=(Mobility.STEP_FREE,), spend_limit=80
)
PLACES = RichCatalogue().places("Paris")


@pytest.fixture(scope="module")
def rich() -> Planner:
    """The planner on places with hours, prices, diets and access."""
    return Planner(RichCatalogue())


@pytest.fixture(scope="module")
def plan(rich: Planner) -> Itinerary:
    """Three days in Paris with wishes."""
    return rich.plan(REQUEST)


def offers(planner: Planner, plan: Itinerary) -> list[tuple[Stop, Place]]:
    return [
        (stop, place)
        for stop in plan.stops
        for place in planner.alternatives(plan, REQUEST, stop.place.id)
    ]


def test_most_visits_have_alternatives(rich: Planner, plan: Itinerary) -> None:
    """Up to three each, none of them planned already."""
    planned = {stop.place.id for stop in plan.stops}
    found = offers(rich, plan)
    assert not planned & {place.id for _, place in found}
    visits = [stop for stop in plan.stops if stop.kind is StopKind.VISIT]
    served = {stop.place.id for stop, _ in found}
    assert len([it for it in visits if it.place.id in served]) >= len(visits) // 2
    counts = [len(rich.alternatives(plan, REQUEST, it.place.id)) for it in visits]
    assert max(counts) <= 3


def test_they_are_for_the_same_thing(rich: Planner, plan: Itinerary) -> None:
    """A meal for a meal, and a sight with something in common for a sight."""
    for stop, place in offers(rich, plan):
        if stop.kind is StopKind.VISIT:
            same = place.category is stop.place.category
            assert same or set(place.interests) & set(stop.place.interests)
        else:
            assert place.category in FOOD


def test_each_can_be_taken(rich: Planner, plan: Itinerary) -> None:
    """Swapping for it works and keeps every rule."""
    found = offers(rich, plan)
    assert found
    for stop, place in found:
        edit = Swap(stop=stop.place.id, place=place.id)
        after = rich.revise(plan, edit, REQUEST)
        asked = replace(REQUEST, must_see=(place.id,))
        assert_kept(after, asked, PLACES)
        assert place.id in {it.place.id for it in after.stops}


def test_locked_and_unknown_stops_have_none(rich: Planner, plan: Itinerary) -> None:
    """What must stay is not offered for exchange."""
    stop = plan.stops[0].place.id
    assert rich.alternatives(plan, replace(REQUEST, locked=(stop,)), stop) == ()
    assert rich.alternatives(plan, REQUEST, "nowhere") == ()
