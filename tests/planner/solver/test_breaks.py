"""Long breaks between lunch and dinner."""

from __future__ import annotations

from itinerary_app.catalogue.places import Catalogue
from itinerary_app.model import PlanRequest, StopKind
from itinerary_app.planner.planner import Planner
from tests.conftest import MakeCatalogue
from tests.planner.test_constraints import row


def test_an_afternoon_is_not_left_empty_for_a_dinner_next_door(
    toytown: MakeCatalogue,
) -> None:
    """A sight that is a walk off comes in, and dinner is beside it."""
    rows = [
        row("gate", minutes="60"),
        row("hall", lat=10.001, minutes="60"),
        row("tower", "14:00-18:00", lat=10.012, minutes="90", importance="2"),
        row("canteen", "11:00-23:00", lat=10.002, kind="restaurant"),
        row("grill", "11:00-23:00", lat=10.013, kind="restaurant"),
    ]
    catalogue = toytown(rows)
    [day] = Planner(catalogue).plan(PlanRequest("Toytown", 1)).days
    assert "tower" in {stop.place.id for stop in day.stops}
    assert not any(day.free_before(stop, 120) for stop in day.stops)
    assert [it.kind for it in day.stops].count(StopKind.DINNER) == 1


def test_two_places_to_eat_that_are_asked_for_are_two_meals() -> None:
    """Both may serve lunch; a day has one all the same."""
    wishes = "sardis", "carmines-44th-street"
    request = PlanRequest("New York", 2, must_see=wishes, depart=12 * 60)
    plan = Planner(Catalogue()).plan(request)
    assert set(wishes) <= {stop.place.id for stop in plan.stops}
    for day in plan.days:
        kinds = [stop.kind for stop in day.stops]
        assert kinds.count(StopKind.LUNCH) <= 1
