"""Maps of some plans and the metrics of all, as pictures."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path

import matplotlib

matplotlib.use("svg")

from matplotlib import pyplot

from itinerary_app.model import Itinerary, PlanRequest, StopKind

MAPS = 6
COLOURS = pyplot.get_cmap("tab20")


def maps(plans: Sequence[tuple[PlanRequest, Itinerary]], folder: Path) -> None:
    """Write maps.png: a day a colour, meals as squares."""
    figure, grid = pyplot.subplots(2, 3, figsize=(18, 12), layout="constrained")
    for axes, (request, plan) in zip(grid.flat, plans, strict=False):
        for day in plan.days:
            colour = COLOURS((day.number - 1) % 20)
            lon = [stop.place.lon for stop in day.stops]
            lat = [stop.place.lat for stop in day.stops]
            axes.plot(lon, lat, color=colour, linewidth=1.4, label=f"day {day.number}")
            for stop in day.stops:
                shape = "o" if stop.kind is StopKind.VISIT else "s"
                axes.plot(stop.place.lon, stop.place.lat, shape, color=colour)
        axes.set_aspect(1 / math.cos(math.radians(plan.city.lat)))
        axes.set_title(f"{plan.city.name}, {request.days} days, {request.pace}")
        axes.legend(fontsize="x-small", ncols=2)
    figure.savefig(folder / "maps.png", dpi=90)
    pyplot.close(figure)


def metrics(
    values: Mapping[str, Sequence[float]],
    seconds: Mapping[int, Sequence[float]],
    folder: Path,
) -> None:
    """Write metrics.png: how each metric is spread, and the seconds by days."""
    figure, grid = pyplot.subplots(3, 4, figsize=(18, 11), layout="constrained")
    for axes, (name, numbers) in zip(grid.flat, values.items(), strict=False):
        axes.hist(numbers, bins=20, color="#1f5fbf")
        axes.set_title(name)
    last = grid.flat[-1]
    last.boxplot(list(seconds.values()), tick_labels=[str(days) for days in seconds])
    last.set(title="CPU seconds by days")
    figure.savefig(folder / "metrics.png", dpi=90)
    pyplot.close(figure)
