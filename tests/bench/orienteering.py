"""Team orienteering with time windows: the instances, and what counts as solved.

Points with scores are chosen and ordered for m routes, each point once at most. Every
route starts and ends at point 0 and is back by its closing time. Lengths are truncated
to one decimal (Solomon) or two (Cordeau), so all times are whole tenths or hundredths.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import isqrt
from pathlib import Path

import numpy as np
from pyvrp import Client, Depot, Location, ProblemData, Solution, VehicleType

FAMILIES = ("c100", "r100", "rc100", "pr01-10")
POINT = 10_000  # what a point of score is worth, in units of travel: above any detour
_MILLI = 1_000  # coordinates have three decimals at most


class Invalid(Exception):
    """A solution that breaks the problem's rules."""


@dataclass(frozen=True, slots=True)
class Point:
    """Place in thousandths; service and the window of its start in time units."""

    x: int
    y: int
    service: int
    score: float
    opens: int
    closes: int


@dataclass(frozen=True)
class Instance:
    name: str
    scale: int  # time units in 1
    points: Sequence[Point]

    @property
    def family(self) -> str:
        letters = self.name.rstrip("0123456789")
        named = {"pr": "pr01-10", "large": "large"}
        return named.get(letters, f"{letters}100")

    @cached_property
    def travel(self) -> list[list[int]]:
        return [[self._travel(a, b) for b in self.points] for a in self.points]

    def _travel(self, a: Point, b: Point) -> int:
        squared = (a.x - b.x) ** 2 + (a.y - b.y) ** 2
        return isqrt(squared * self.scale**2 // _MILLI**2)  # floor, without floats

    def problem(self, routes: int) -> ProblemData:
        """The instance for so many routes; length decides among equal scores only."""
        start, *points = self.points
        travel = np.array(self.travel)
        return ProblemData(
            locations=[Location(point.x, point.y) for point in self.points],
            clients=[
                Client(
                    at,
                    service_duration=point.service,
                    tw_early=point.opens,
                    tw_late=point.closes,
                    prize=round(POINT * point.score),
                    required=False,
                )
                for at, point in enumerate(points, start=1)
            ],
            depots=[Depot(0)],
            vehicle_types=[
                VehicleType(
                    num_available=routes, tw_early=start.opens, tw_late=start.closes
                )
            ],
            distance_matrices=[travel],
            duration_matrices=[travel],
        )

    def score(self, routes: Sequence[Sequence[int]], most: int) -> float:
        """The score of these routes of points, or Invalid says what is wrong."""
        if len(routes) > most:
            raise Invalid(f"{len(routes)} routes, not {most}")
        visited = [at for route in routes for at in route]
        if len(visited) != len(set(visited)) or 0 in visited:
            raise Invalid("a point is visited twice")
        for route in routes:
            self._check(route)
        return sum(self.points[at].score for at in visited)

    def _check(self, route: Sequence[int]) -> None:
        now, here = self.points[0].opens, 0
        for at in route:
            point = self.points[at]
            now = max(now + self.travel[here][at], point.opens)
            if now > point.closes:
                raise Invalid(f"point {at} is closed")
            now, here = now + point.service, at
        if now + self.travel[here][0] > self.points[0].closes:
            raise Invalid("back too late")


def read(file: Path) -> Instance:
    """An instance in the original format; FORMAT.txt beside the files tells it."""
    _, _, *rows = (line.split() for line in file.read_text().splitlines())
    scale = 100 if file.stem.startswith("pr") else 10
    points = [
        Point(
            x=_times(x, _MILLI),
            y=_times(y, _MILLI),
            service=_times(service, scale),
            score=float(score),
            opens=_times(rest[-2], scale),
            closes=_times(rest[-1], scale),
        )
        for _, x, y, service, score, *rest in filter(None, rows)
    ]
    return Instance(file.stem, scale, points)


def _times(number: str, factor: int) -> int:
    exact = float(number) * factor
    if abs(exact - round(exact)) > 1e-6:
        raise ValueError(f"{number!r} has more decimals than {factor} tells apart")
    return round(exact)


def published(file: Path) -> dict[tuple[str, int], dict[str, float]]:
    """The best known and the methods' scores by instance and m, where they are told."""
    names = "best_known es2020 cp2017 i3ch2014 gvns2012 ssa2012 ils2009 abc2014 grils"
    with file.open(newline="") as rows:
        return {
            (row["instance"], int(row["m"])): {
                name: float(row[name]) for name in names.split() if row[name]
            }
            for row in csv.DictReader(rows)
        }


def points_of(solution: Solution) -> list[list[int]]:
    """The solver's routes as numbers of points: clients are numbered from 0."""
    return [
        [stop.idx + 1 for stop in route if stop.is_client()]
        for route in solution.routes()
    ]
