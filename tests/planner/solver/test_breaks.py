"""Long breaks between lunch and dinner."""

from __future__ import annotations

import pytest

from itinerary_app.catalogue.places import Catalogue
from itinerary_app.model import PlanRequest, StopKind
from itinerary_app.planner.planner import Planner


@pytest.mark.parametrize("city", ["Madrid", "Vienna"])
def test_an_afternoon_is_not_left_empty_for_a_dinner_next_door(city: str) -> None:
    """A sight that is open then comes in, where one is near."""
    plan = Planner(Catalogue()).plan(PlanRequest(city, 4))
    empty = [it for day in plan.days for it in day.stops if day.free_before(it, 120)]
    assert empty == []


def test_two_places_to_eat_that_are_asked_for_are_two_meals() -> None:
    """Both may serve lunch; a day has one all the same."""
    wishes = "sardis", "carmines-44th-street"
    request = PlanRequest("New York", 2, must_see=wishes, depart=12 * 60)
    plan = Planner(Catalogue()).plan(request)
    assert set(wishes) <= {stop.place.id for stop in plan.stops}
    for day in plan.days:
        kinds = [stop.kind for stop in day.stops]
        assert kinds.count(StopKind.LUNCH) <= 1
