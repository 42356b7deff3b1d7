"""What is near each other shares a day."""

from __future__ import annotations

from itertools import groupby

from itinerary_app.model import Itinerary, Pace, PlanRequest, StopKind
from itinerary_app.planner.planner import Planner
from tests.conftest import MakeCatalogue

KINDS = ("museum", "church", "market", "palace", "landmark", "gallery")


def sight(
    name: str, lat: float, category: str, site: str = "", importance: int = 3
) -> str:
    when = "09:00-20:00,,,src"
    told = f"{name},{name},{lat},20.0,{category},,{importance},{when},{name}"
    return f"{told},CC0,,60,,,,,,{site},"


def quarter(name: str, lat: float, count: int, importance: int = 3) -> list[str]:
    """Sights of different kinds, 110 m from one to the next."""
    return [
        sight(f"{name}{n}", lat + n / 1000, KINDS[n], importance=importance)
        for n in range(count)
    ]


def days_of(plan: Itinerary) -> list[set[str]]:
    """The quarters that each day's visits are in."""
    return [
        {it.place.id[:5] for it in day.stops if it.kind is StopKind.VISIT}
        for day in plan.days
    ]


def test_two_quarters_are_two_days(toytown: MakeCatalogue) -> None:
    """Five sights in the north, five in the south: each quarter has its day."""
    rows = [*quarter("north", 10.05, 5), *quarter("south", 10.0, 5)]
    plan = Planner(toytown(rows, last="")).plan(PlanRequest("Toytown", 2))
    assert all(len(it) == 1 for it in days_of(plan))


def test_a_quarter_of_more_than_a_day_has_one_day(toytown: MakeCatalogue) -> None:
    """The second day goes to lesser sights elsewhere, not to the same quarter again."""
    rows = [*quarter("north", 10.05, 6), *quarter("south", 10.0, 3, importance=2)]
    request = PlanRequest("Toytown", 2, pace=Pace.RELAXED)
    plan = Planner(toytown(rows, last="")).plan(request)
    assert sorted(days_of(plan), key=sorted) == [{"north"}, {"south"}]
    assert len([it for it in plan.stops if it.kind is StopKind.VISIT]) == 6


def test_the_famous_ones_of_a_quarter_all_come(toytown: MakeCatalogue) -> None:
    """They are on two days, if one does not hold them, whatever is elsewhere."""
    rows = [
        *quarter("north", 10.05, 5, importance=5),
        *quarter("south", 10.0, 3, importance=2),
    ]
    request = PlanRequest("Toytown", 2, pace=Pace.RELAXED)
    plan = Planner(toytown(rows, last="")).plan(request)
    assert sum(it.place.importance == 5 for it in plan.stops) == 5


def test_a_half_empty_day_takes_what_is_at_the_edge(toytown: MakeCatalogue) -> None:
    """It is not left with one visit, so as not to come near another day's."""
    rows = [
        *quarter("north", 10.05, 5, importance=4),
        *(
            sight(f"edge{n}", 10.059 + n / 9000, KINDS[n], importance=4)
            for n in (0, 1, 2)
        ),
    ]
    plan = Planner(toytown(rows, last="")).plan(PlanRequest("Toytown", 2))
    visits = [
        [it for it in day.stops if it.kind is StopKind.VISIT] for day in plan.days
    ]
    assert min(map(len, visits)) >= 2


def test_a_small_town_has_no_lazy_day(toytown: MakeCatalogue) -> None:
    """Where all is near all, three days share it, however much that sets apart."""
    rows = [sight(f"town{n}", 10.0 + n / 3000, KINDS[n % 6]) for n in range(15)]
    plan = Planner(toytown(rows, last="")).plan(PlanRequest("Toytown", 3))
    visits = [sum(it.kind is StopKind.VISIT for it in day.stops) for day in plan.days]
    assert min(visits) >= 2


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
