"""What comes at which light."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from itinerary_app.catalogue.light import daylight
from itinerary_app.catalogue.places import Catalogue
from itinerary_app.catalogue.rows import CITY_COLUMNS, PLACE_COLUMNS
from itinerary_app.model import Interest, Itinerary, PlanRequest
from itinerary_app.planner.planner import Planner

SPRING = date(2027, 4, 6)  # a Tuesday


def sight(name: str, north: float, category: str, interests: str = "") -> str:
    told = f"{name},{name},{48.85 + north},2.35,{category},{interests},3"
    return f"{told},09:00-23:00,,,src,{name},CC0,,45,,,,,,,,"


@pytest.fixture
def planned(tmp_path: Path) -> Callable[..., Itinerary]:
    """A function that plans an evening in Paris among invented sights."""

    def plan(*rows: str, **wishes: Any) -> Itinerary:
        (tmp_path / "places").mkdir()
        cities = [",".join(CITY_COLUMNS), "paris,Paris,FR,48.86,2.35,30"]
        (tmp_path / "cities.csv").write_text("\n".join(cities), "utf-8")
        lines = [",".join(PLACE_COLUMNS), *rows]
        (tmp_path / "places" / "paris.csv").write_text("\n".join(lines), "utf-8")
        request = PlanRequest("Paris", 1, start_date=SPRING, **wishes)
        return Planner(Catalogue(tmp_path)).plan(request)

    return plan


def test_a_view_has_the_sunset_and_lights_the_night(
    planned: Callable[..., Itinerary],
) -> None:
    """Among sights that are open all day, on an evening."""
    plan = planned(
        sight("tower", 0.0, "viewpoint", "views"),
        sight("fountain", 0.001, "landmark", "nightlife"),
        sight("museum", 0.002, "museum"),
        interests=(Interest.NIGHTLIFE,),
        day_start=18 * 60 + 30,
    )
    sun = daylight(plan.city, SPRING)
    assert sun is not None
    stops = {stop.place.id: stop for stop in plan.stops}
    assert stops["tower"].arrive <= sun[1] <= stops["tower"].leave
    assert stops["fountain"].arrive >= sun[1]


def test_no_view_begins_in_the_dark(planned: Callable[..., Itinerary]) -> None:
    """An evening that begins after sunset goes without."""
    rows = sight("tower", 0.0, "viewpoint"), sight("museum", 0.002, "museum")
    plan = planned(*rows, arrive=21 * 60, interests=(Interest.NIGHTLIFE,))
    assert [stop.place.id for stop in plan.stops] == ["museum"]
