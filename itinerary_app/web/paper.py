"""A day's map for paper: numbered stops, the way from one to the next, and a scale."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from itinerary_app.catalogue.geo import Flat
from itinerary_app.model import Day

SIDE = 62.0  # millimetres of the drawing, which is square
MARGIN = 6.0
APART = 5.6  # between the centres of two stops
ROUNDS = 100
LEAST_KM = 0.4  # that it shows from side to side
LONGEST_BAR = 20.0
BARS = (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100)  # km

Point = tuple[float, float]  # x to the right and y down, in millimetres


@dataclass(frozen=True, slots=True)
class Paper:
    """`way` goes through the true points; `spots` are moved apart to be read."""

    way: tuple[Point, ...]
    spots: tuple[Point, ...]
    bar: float  # millimetres
    bar_says: str

    @property
    def line(self) -> str:
        """The way as SVG writes it."""
        return " ".join(f"{x:.1f},{y:.1f}" for x, y in self.way)


def drawn(day: Day) -> Paper | None:
    """The map of the day; None where it has less than two stops."""
    places = [(stop.place.lat, stop.place.lon) for stop in day.stops]
    if len(places) < 2:
        return None
    flat = Flat(places)
    scale = (SIDE - 2 * MARGIN) / max(
        flat.wide, flat.high, LEAST_KM
    )  # millimetres a km
    way = tuple(
        (SIDE / 2 + right * scale, SIDE / 2 + down * scale)
        for right, down in map(flat, places)
    )
    km = max((it for it in BARS if it * scale <= LONGEST_BAR), default=BARS[0])
    says = f"{km:g} km" if km >= 1 else f"{km * 1000:g} m"
    return Paper(way, tuple(_apart(way)), km * scale, says)


def _apart(points: Sequence[Point]) -> list[Point]:
    spots = list(points)
    for _ in range(ROUNDS):
        near = [
            (one, other)
            for one, other in combinations(range(len(spots)), 2)
            if math.dist(spots[one], spots[other]) < APART - 0.05
        ]
        if not near:
            break
        for one, other in near:
            (x, y), (to_x, to_y) = spots[one], spots[other]
            far = math.hypot(to_x - x, to_y - y)
            # From the same point in any direction, but always in the same one.
            east, south = (
                ((to_x - x) / far, (to_y - y) / far)
                if far
                else (math.cos(one), math.sin(one))
            )
            push = (APART - far) / 2
            spots[one] = _inside(x - east * push, y - south * push)
            spots[other] = _inside(to_x + east * push, to_y + south * push)
    return spots


def _inside(x: float, y: float) -> Point:
    low, most = APART / 2, SIDE - APART / 2
    return min(max(x, low), most), min(max(y, low), most)
