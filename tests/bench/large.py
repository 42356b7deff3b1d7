"""Larger instances in the style of pr, and the best that is known of them.

`python -m tests.bench.toptw FOLDER --large --seconds 60 --keep` writes large.csv, in 16
minutes of CPU; without `--keep` what stands there is measured, and no more.
"""

from __future__ import annotations

import csv
import random
from pathlib import Path

from tests.bench.orienteering import Instance, Point

SIZES = (200, 230, 260, 288)  # points to choose from
FILE = Path(__file__).with_name("large.csv")
SCALE = 100  # lengths have two decimals
CLOSES = 1_000  # when a route must be back

Best = dict[tuple[str, int], float]


def instances() -> list[Instance]:
    """One of each size, always the same ones."""
    return [_instance(size) for size in SIZES]


def best_known(file: Path = FILE) -> Best:
    """The best score by instance and number of routes."""
    if not file.exists():
        return {}
    with file.open(newline="") as rows:
        return {
            (row["instance"], int(row["m"])): float(row["best_known"])
            for row in csv.DictReader(rows)
        }


def keep(name: str, routes: int, score: float, file: Path = FILE) -> None:
    """Write it down, if it is the best by now."""
    best = best_known(file)
    best[name, routes] = max(score, best.get((name, routes), 0.0))
    with file.open("w", newline="") as out:
        rows = csv.writer(out, lineterminator="\n")
        rows.writerow(("instance", "m", "best_known"))
        rows.writerows((*key, f"{score:g}") for key, score in sorted(best.items()))


def _instance(size: int) -> Instance:
    """Clusters around a start in their middle; windows, stays and scores as pr's."""
    chance = random.Random(size)
    centres = [(chance.uniform(-60, 60), chance.uniform(-60, 60)) for _ in range(6)]
    points = [_point(0.0, 0.0, 0, 0, 0, CLOSES)]
    for _ in range(size):
        x, y = chance.choice(centres)
        opens = chance.randint(60, 480)
        points.append(
            _point(
                chance.gauss(x, 25),
                chance.gauss(y, 25),
                chance.randint(1, 25),
                chance.randint(1, 25),
                opens,
                opens + chance.randint(90, 180),
            )
        )
    return Instance(f"large{size}", SCALE, points)


def _point(
    x: float, y: float, service: int, score: int, opens: int, closes: int
) -> Point:
    return Point(
        x=round(1_000 * x),
        y=round(1_000 * y),
        service=SCALE * service,
        score=score,
        opens=SCALE * opens,
        closes=SCALE * closes,
    )
