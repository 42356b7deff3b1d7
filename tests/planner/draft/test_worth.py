"""What is worth most, by the hour it takes and by who travels."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from itinerary_app.model import Category, Interest, Itinerary, PlanRequest, StopKind
from itinerary_app.planner.planner import Planner
from tests.conftest import MakeCatalogue

DINNER_IS_OVER = 19 * 60


def visits(plan: Itinerary) -> set[str]:
    return {it.place.id for it in plan.stops if it.kind is StopKind.VISIT}


@pytest.mark.parametrize(
    ("city", "days", "wanted"),
    [
        (
            "Singapore",
            3,
            [{"singapore-zoo"}, {"sentosa-island", "universal-studios-singapore"}],
        ),
        ("Paris", 4, [{"jardin-dacclimatation"}]),
    ],
)
def test_children_get_what_is_for_them(
    planner: Planner, city: str, days: int, wanted: Sequence[set[str]]
) -> None:
    """Half a day at the zoo beats the short sights that fill as much time, and a
    moderate day has four visits at most.
    """
    plan = planner.plan(PlanRequest(city, days, children=2))
    assert max(sum(it.kind is StopKind.VISIT for it in d.stops) for d in plan.days) <= 4
    assert all(visits(plan) & some for some in wanted)
    assert not any(it.place.category is Category.BAR for it in plan.stops)
    assert "Good with children" in {it.reason for it in plan.stops}


def test_an_hour_counts(toytown: MakeCatalogue) -> None:
    """Of two sights of one rank the longer is worth more, though not by the hour."""
    rows = [
        f"{name}{n},{name} {n},10.0{n},20.0,museum,,3,09:00-18:00,,,src,{name}{n},CC0,,"
        f"{minutes},,"
        for n, (name, minutes) in enumerate(
            (*[("Short", 30)] * 6, *[("Long", 120)] * 4)
        )
    ]
    plan = Planner(toytown(rows)).plan(PlanRequest("Toytown", 1))
    assert sum(it.startswith("Long") for it in visits(plan)) == 3


def test_evenings_are_for_who_wants_nightlife(planner: Planner) -> None:
    """A bar or a show after dinner on most of their evenings; no bar for others."""
    night = planner.plan(PlanRequest("London", 3, (Interest.NIGHTLIFE,)))
    out = [
        any(
            it.kind is StopKind.VISIT
            and it.arrive >= DINNER_IS_OVER
            and it.place.category in (Category.BAR, Category.SHOW)
            for it in day.stops
        )
        for day in night.days
    ]
    assert sum(out) >= 2
    plain = planner.plan(PlanRequest("London", 3))
    assert not any(it.place.category is Category.BAR for it in plain.stops)


def test_children_are_taken_to_no_night_club(planner: Planner) -> None:
    """Nor to a cabaret: but for the shows that are for them, none of the night."""
    for city in ("Barcelona", "Paris", "Berlin"):
        plan = planner.plan(
            PlanRequest(city, 4, interests=(Interest.NIGHTLIFE,), children=1)
        )
        nights = [
            it.place
            for it in plan.stops
            if it.place.category in (Category.BAR, Category.SHOW)
            and Interest.NIGHTLIFE in it.place.interests
        ]
        assert all(Interest.FAMILY in it.interests for it in nights)
