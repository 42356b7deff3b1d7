"""What is near each other shares a day."""

from __future__ import annotations

from itertools import groupby

from itinerary_app.model import Itinerary, PlanRequest, StopKind
from itinerary_app.planner.planner import Planner
from tests.conftest import MakeCatalogue


def sight(name: str, lat: float, category: str, site: str = "") -> str:
    when = "09:00-20:00,,,src"
    told = f"{name},{name},{lat},20.0,{category},,3,{when},{name}"
    return f"{told},CC0,,60,,,,,,{site},"


def days_of(plan: Itinerary) -> list[set[str]]:
    return [{it.place.id for it in day.stops} for day in plan.days]


def test_two_quarters_are_two_days(toytown: MakeCatalogue) -> None:
    """Five sights in the north, five in the south: each quarter has its day."""
    kinds = ("museum", "church", "market", "palace", "landmark")
    rows = [
        sight(f"{where}{n}", lat + n / 1000, kinds[n])
        for where, lat in (("north", 10.05), ("south", 10.0))
        for n in range(5)
    ]
    plan = Planner(toytown(rows, last="")).plan(PlanRequest("Toytown", 2))
    assert all(len({it[:5] for it in day}) == 1 for day in days_of(plan))


def test_parts_of_a_site_follow_each_other(toytown: MakeCatalogue) -> None:
    """Three parts of a site between other sights: one day, nothing between them."""
    rows = [sight(f"part{n}", 10.0 + n / 250, "monument", "Ruins") for n in range(3)]
    rows += [sight(f"other{n}", 10.002 + n / 250, "museum") for n in range(5)]
    plan = Planner(toytown(rows, last="")).plan(PlanRequest("Toytown", 2))
    visits = [
        (day.number, stop.place.site)
        for day in plan.days
        for stop in day.stops
        if stop.kind is StopKind.VISIT
    ]
    assert len({number for number, site in visits if site}) == 1
    sites = [site for _, site in visits]
    assert [site for site, _ in groupby(sites)].count("Ruins") == 1
