"""Shapes of charts, in units of their own; the browser stretches them to the page.

Texts are not part of a drawing: they stay HTML, which is readable at any width.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from itinerary_app.text.words import counted

WIDTH, HEIGHT = 1000, 240
LEVELS = 5  # shades of a heat map, besides none


class Bar(NamedTuple):
    label: str
    text: str  # the value as it is read
    percent: float  # of the longest bar


class Line(NamedTuple):
    name: str
    points: str  # as SVG's polyline takes them


class Cell(NamedTuple):
    level: int  # 0: nothing; LEVELS: as much as anywhere
    says: str


@dataclass(frozen=True, slots=True)
class Bars:
    """One bar a row, from the left."""

    bars: list[Bar]
    kind: str = "bars"

    @classmethod
    def of(cls, rows: Iterable[tuple[str, int, str]]) -> Bars:
        """From label, value and the value as it is read."""
        given = list(rows)
        most = max((value for _, value, _ in given), default=0) or 1
        return cls(
            [
                Bar(label, text, round(100 * value / most, 2))
                for label, value, text in given
            ]
        )


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines over the same days, the first one with its area."""

    lines: list[Line]
    ticks: list[str]  # from the top to zero
    ends: list[str]  # first, middle and last day
    kind: str = "lines"

    @classmethod
    def of(cls, days: Sequence[str], series: Iterable[tuple[str, list[int]]]) -> Lines:
        given = list(series)
        top = _round_top(max(max(values) for _, values in given))
        lines = [Line(name, _points(values, top)) for name, values in given]
        return cls(lines, [f"{tick:,}" for tick in (top, top // 2, 0)], _ends(days))

    @property
    def area(self) -> str:
        return f"0,{HEIGHT} {self.lines[0].points} {WIDTH},{HEIGHT}"


@dataclass(frozen=True, slots=True)
class Heat:
    """Rows of cells, the fuller the stronger."""

    rows: list[tuple[str, list[Cell]]]
    kind: str = "heat"

    @classmethod
    def of(cls, rows: Iterable[tuple[str, list[int]]]) -> Heat:
        """From a weekday and its 24 numbers of sessions."""
        given = list(rows)
        most = max(max(counts) for _, counts in given) or 1
        return cls(
            [
                (
                    weekday,
                    [
                        Cell(
                            math.ceil(LEVELS * count / most),
                            f"{weekday} {hour:02d}:00: {counted(count, 'session')}",
                        )
                        for hour, count in enumerate(counts)
                    ],
                )
                for weekday, counts in given
            ]
        )


Drawing = Bars | Lines | Heat


def _round_top(most: int) -> int:
    """The next number that halves into a whole one and is read at a glance."""
    power = int(10 ** (len(str(most)) - 1))
    steps = [2 * power, 4 * power, 6 * power, 8 * power, 10 * power]
    if power > 1:
        steps.insert(0, power)
    return next(step for step in steps if step >= most)


def _ends(days: Sequence[str]) -> list[str]:
    """First, middle and last, as far as there are such days."""
    has_middle = len(days) > 10 or len(days) in (3, 5, 7, 9)
    middle = [days[len(days) // 2]] if has_middle else []
    return [days[0], *middle, *days[1:][-1:]]


def _points(values: Sequence[int], top: int) -> str:
    heights = [round(HEIGHT * (1 - value / top), 1) for value in values]
    if len(heights) == 1:  # a day alone is a level line
        heights *= 2
    step = WIDTH / (len(heights) - 1)
    return " ".join(f"{round(step * at, 1)},{y}" for at, y in enumerate(heights))
