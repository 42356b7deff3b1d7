"""Time to eat where no place to eat is known to serve what one keeps to."""

from __future__ import annotations

from dataclasses import replace

from itinerary_app.acts.acts import Fuller, Remove
from itinerary_app.checker import checks_of
from itinerary_app.model import Day, Diet, Itinerary, Pace, PlanRequest, StopKind
from itinerary_app.planner.planner import Planner
from tests.conftest import MakeCatalogue
from tests.planner.test_constraints import row

REQUEST = PlanRequest("Toytown", 1, pace=Pace.PACKED, diets=(Diet.HALAL,))
SIGHTS = [row(name, minutes="120") for name in ("gate", "hall", "tower", "dome")]


def _breaks(day: Day) -> list[tuple[int, int]]:
    gaps = (day.free_before(stop) for stop in day.stops)
    return [gap for gap in gaps if gap]


def _has_lunch_hour(day: Day) -> bool:
    return any(min(b, 14 * 60) - max(a, 12 * 60) >= 45 for a, b in _breaks(day))


def test_a_day_without_a_place_to_eat_has_a_pause_for_lunch(
    toytown: MakeCatalogue,
) -> None:
    """45 minutes at lunch time, which is told and which the checker finds."""
    planner = Planner(toytown(SIGHTS))
    plan = planner.plan(REQUEST)
    assert all(stop.kind is StopKind.VISIT for stop in plan.stops)
    assert _has_lunch_hour(plan.days[0])
    told = " ".join(plan.notes)
    assert "There is time to eat where you like for lunch on day 1" in told
    assert not _found(plan)


def test_an_edit_keeps_the_pause(toytown: MakeCatalogue) -> None:
    """Whether a stop goes or comes, as far as the day has the time."""
    planner = Planner(toytown(SIGHTS))
    plan = planner.plan(REQUEST)
    fewer = planner.revise(plan, Remove(stop=plan.stops[0].place.id), REQUEST)
    assert not _found(fewer)
    assert not _found(planner.revise(fewer, Fuller(day=1), REQUEST))


def _found(plan: Itinerary) -> list[str]:
    checks = checks_of(plan, REQUEST, [stop.place for stop in plan.stops])
    [check] = [it for it in checks if it.key == "pauses"]
    return [it.words for it in (*check.findings, *check.remarks)]


def test_a_pause_outranks_a_lesser_sight(toytown: MakeCatalogue) -> None:
    """Of what fills the whole day something goes, unless it was asked for."""
    names = ("early", "noon", "late")
    windows = ("09:00-11:45", "11:50-14:50", "15:00-17:00")
    hours = [f"Mo-Su {it}" for it in windows]
    lasts = ("160", "175", "115")
    rows = [
        row(name, when, minutes=long)
        for name, when, long in zip(names, hours, lasts, strict=True)
    ]
    planner = Planner(toytown(rows))
    plan = planner.plan(REQUEST)
    assert {stop.place.id for stop in plan.stops} < set(names), [
        it[:3] for it in plan.stops
    ]
    assert not _found(plan)
    asked = planner.plan(replace(REQUEST, must_see=names))
    assert {stop.place.id for stop in asked.stops} == set(names)
    assert "No time is left for lunch on day 1." in asked.notes
