"""What is famous and fits is never left out, though several days have to change."""

from __future__ import annotations

from datetime import date

import pytest

from itinerary_app.model import Interest, PlanRequest
from itinerary_app.planner.planner import Planner


@pytest.mark.parametrize("start", [date(2027, 3, 10), date(2027, 4, 10)])
def test_all_famous_mosques_and_palaces_come(planner: Planner, start: date) -> None:
    """Four days in Istanbul, at Eid too: each famous sight, between the prayers."""
    request = PlanRequest("Istanbul", 4, (Interest.HISTORY,), start_date=start)
    planned = {stop.place.id for stop in planner.plan(request).stops}
    known = planner.plan(PlanRequest("Istanbul", 14)).stops
    famous = {it.place.id for it in known if it.place.importance == 5}
    assert len(famous) >= 9
    assert famous - planned == set()


def test_three_days_hold_what_is_famous(
    planner: Planner,
) -> None:
    """Three days in London hold its famous sights, the Tower and its museums too."""
    plan = planner.plan(PlanRequest("London", 3))
    wanted = {"tower-of-london", "british-museum", "national-gallery", "tower-bridge"}
    assert wanted <= {stop.place.id for stop in plan.stops}
