"""The check that a solution must pass before its score counts."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyvrp.stop import MaxIterations

from itinerary_app.planner.solver.search import search
from tests.bench.orienteering import Instance, Invalid, points_of, read

# A start that closes at 100, and points 5, 20 and 21 away; the last opens at 60.
TOY = """4 1 3 100
0 200
 0  0.00  0.00  0.00  0.00 0 0 0 100
 1  3.00  4.00 10.00  7.00 1 1 1 0 30
 2  0.00 20.00 10.00  5.00 1 1 1 0 30
 3  0.00 21.00 10.00  9.00 1 1 1 60 70
"""


@pytest.fixture
def toy(tmp_path: Path) -> Instance:
    file = tmp_path / "c101.txt"
    file.write_text(TOY)
    return read(file)


def test_lengths_are_truncated(toy: Instance) -> None:
    """Travel is in whole tenths, rounded down: 16.278… is 162."""
    assert toy.travel[1] == [50, 0, 162, 172]
    assert toy.family == "c100"


def test_the_score_is_that_of_the_points(toy: Instance) -> None:
    """Two routes score what their points do."""
    assert toy.score([[1, 3], [2]], 2) == 21


@pytest.mark.parametrize(
    ("routes", "what"),
    [
        ([[1], [2]], "2 routes, not 1"),
        ([[1, 3, 1]], "visited twice"),
        ([[0, 1]], "visited twice"),
        ([[1, 2]], "point 2 is closed"),
        ([[3, 2]], "point 2 is closed"),
    ],
)
def test_broken_rules(toy: Instance, routes: list[list[int]], what: str) -> None:
    """Too many routes, a point twice and a closed point are found."""
    with pytest.raises(Invalid, match=what):
        toy.score(routes, 1)


def test_back_too_late(tmp_path: Path) -> None:
    """A route that is back after the start has closed is found."""
    file = tmp_path / "c102.txt"
    file.write_text(TOY.replace("0 0 0 100", "0 0 0 90.9"))
    with pytest.raises(Invalid, match="back too late"):
        read(file).score([[3]], 1)


def test_what_is_searched_is_what_is_scored(toy: Instance) -> None:
    """The search's problem has the rules of the check: the best of one route."""
    best = search(toy.problem(1), MaxIterations(50)).best
    assert toy.score(points_of(best), 1) == 16
