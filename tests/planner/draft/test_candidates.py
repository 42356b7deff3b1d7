"""What comes after what."""

from __future__ import annotations

from itinerary_app.model import Category, PlanRequest
from itinerary_app.planner.planner import Planner
from tests.conftest import MakeCatalogue


def sight(name: str, category: str, number: int, importance: int = 3) -> str:
    place = f"10.0{number},20.0,{category},,{importance},09:00-20:00"
    return f"{name}{number},{name} {number},{place},,,src,{name}{number},CC0,,60,,"


def test_three_of_a_kind_give_way(toytown: MakeCatalogue) -> None:
    """Of five churches and two lesser gardens, no day has three churches in a row."""
    rows = [sight("Church", "church", n) for n in range(5)]
    rows += [sight("Garden", "garden", n, importance=2) for n in range(5, 7)]
    [day] = Planner(toytown(rows)).plan(PlanRequest("Toytown", 1)).days
    kinds = [stop.place.category for stop in day.stops]
    assert len(kinds) == 5
    assert kinds.count(Category.GARDEN) >= 1
    assert all(len(set(kinds[i : i + 3])) > 1 for i in range(3))


def test_where_there_is_nothing_else_they_stay(toytown: MakeCatalogue) -> None:
    """A city of churches has a day of churches."""
    rows = [sight("Church", "church", n) for n in range(4)]
    [day] = Planner(toytown(rows)).plan(PlanRequest("Toytown", 1)).days
    assert [stop.place.category for stop in day.stops] == [Category.CHURCH] * 4
