"""A day's map for paper: all numbers can be read, and the scale is true."""

from __future__ import annotations

import math
from itertools import combinations

import pytest
from flask import Flask

from itinerary_app.catalogue.geo import distance_km
from itinerary_app.model import Day, Pace
from itinerary_app.web.paper import APART, SIDE, drawn
from tests.exports.plan import place, stop
from tests.web.test_pages import Traveller

HERE = (26.92, 75.82)


def day(*points: tuple[float, float]) -> Day:
    stops = (stop(place(str(at), lat=at[0], lon=at[1])) for at in points)
    return Day(1, Pace.RELAXED, tuple(stops), None)


@pytest.mark.parametrize(
    "points",
    [
        (HERE, HERE),
        (HERE,) * 9,
        (HERE, (26.99, 75.85), (26.9201, 75.8201), (26.93, 75.82)),
        (HERE, (28.6, 77.2)),
    ],
    ids=["one point", "nine times", "a town", "a day out"],
)
def test_no_number_covers_another(points: tuple[tuple[float, float], ...]) -> None:
    """However near the stops are, and all are on the drawing."""
    paper = drawn(day(*points))
    assert paper
    for one, other in combinations(paper.spots, 2):
        assert math.dist(one, other) > APART - 0.3
    for x, y in (*paper.spots, *paper.way):
        assert 0 < x < SIDE
        assert 0 < y < SIDE


@pytest.mark.parametrize("to", [(26.95, 75.83), (26.9205, 75.8203), (28.6, 77.2)])
def test_the_scale_is_true(to: tuple[float, float]) -> None:
    """Within two in a hundred, for a few steps and for a day out."""
    paper = drawn(day(HERE, to))
    assert paper
    number, unit = paper.bar_says.split()
    km = float(number) / (1000 if unit == "m" else 1)
    measured = math.dist(*paper.way) / paper.bar * km
    assert measured == pytest.approx(distance_km(*HERE, *to), rel=0.02)


def test_one_stop_needs_no_map() -> None:
    """Nor does a free day."""
    assert drawn(day(HERE)) is None
    assert drawn(day()) is None


def test_each_day_has_its_map(app: Flask) -> None:
    """On the trip's page, for the paper alone."""
    page = Traveller(app.test_client()).plans("3 days in Rome, we love history")
    assert page.html.count('<svg class="paper"') == 3
