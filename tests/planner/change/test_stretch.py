"""Days added to a plan that uses all its city has."""

from __future__ import annotations

import pytest

from itinerary_app.errors import CannotPlan
from itinerary_app.model import ChangeDays, Day, Pace, PlanRequest, StopKind
from itinerary_app.planner.planner import Planner
from tests.conftest import MakeCatalogue

REQUEST = PlanRequest("Toytown", 2, pace=Pace.PACKED)


def museums(count: int) -> list[str]:
    return [
        f"m{i},Museum {i},10.0{i},20.0,museum,,3,09:00-21:00,,,src,{i},CC0,,60,,"
        for i in range(count)
    ]


def visits(day: Day) -> int:
    return sum(stop.kind is StopKind.VISIT for stop in day.stops)


def test_a_further_day_takes_what_the_fullest_can_spare(
    toytown: MakeCatalogue,
) -> None:
    """Nothing is lost, nothing comes twice, and the new day has its fair share."""
    planner = Planner(toytown(museums(8)))
    plan = planner.plan(REQUEST)
    assert sum(map(visits, plan.days)) == 8
    after = planner.revise(plan, ChangeDays(3), REQUEST)
    assert sorted(it.place.id for it in after.stops) == [f"m{i}" for i in range(8)]
    assert all(visits(day) >= 2 for day in after.days)


def test_days_that_could_share_nothing_are_refused(toytown: MakeCatalogue) -> None:
    """One sight a day cannot become three days."""
    planner = Planner(toytown(museums(2)))
    plan = planner.plan(REQUEST)
    with pytest.raises(CannotPlan, match="2 days or fewer"):
        planner.revise(plan, ChangeDays(3), REQUEST)
