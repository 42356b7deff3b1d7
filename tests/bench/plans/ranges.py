"""What is short of its bar in the plans of some requests, a column for each range.

Settings are tuned on 1–92 alone, so 93–184 show what holds of plans nobody looked at.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean

from itinerary_app.catalogue.places import Catalogue
from itinerary_app.errors import CannotPlan
from itinerary_app.model import PlanRequest
from itinerary_app.planner.planner import Planner
from tests.bench.plans import metrics
from tests.bench.plans.requests import requests
from tests.planner.rules import assert_kept, unexcused

RANGES = ("1-92", "93-184")
# What counts as the mean of plans, and its bar.
SHARES = {
    "meals near both": ">= 90 %",
    "pairs apart": "<= 12 %",
    "famous sights seen": "",
    "interests covered": "",
    "visits to the pace's": "",
    "budget kept": "100 %",
}
SUMS = {  # of all days
    "days": "",
    "with a hole over 2 h": "",
    "with one that is untold": "0",
    "that begin late": "",
    "of one visit": "",
    "meals had": "",
    "meals left open": "",
    "meals left open, untold": "0",
}
LENGTHS = (3, 7, 14)  # days


@dataclass
class Seen:
    """All that was seen of one range."""

    plans: int = 0
    refused: int = 0
    broken: list[str] = field(default_factory=list)
    shares: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    sums: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    seconds: dict[int, list[float]] = field(default_factory=lambda: defaultdict(list))


def measured(told: Sequence[str]) -> dict[str, Seen]:
    """The plans of the ranges, such as 1-92, each on its own."""
    catalogue = Catalogue()
    planner = Planner(catalogue)
    for city in catalogue.cities:  # hours are read once, not measured
        planner.plan(PlanRequest(city.name, 1))
    limits = {it: tuple(map(int, it.split("-"))) for it in told}
    wanted = requests(catalogue, max(last for _, last in limits.values()))
    return {
        name: _seen(wanted[first - 1 : last], planner, catalogue)
        for name, (first, last) in limits.items()
    }


def _seen(
    wanted: Sequence[PlanRequest], planner: Planner, catalogue: Catalogue
) -> Seen:
    seen = Seen()
    for request in wanted:
        places = catalogue.places(request.city)
        began = time.process_time()
        try:
            plan = planner.plan(request)
        except CannotPlan:
            seen.refused += 1
            continue
        seen.seconds[request.days].append(time.process_time() - began)
        seen.plans += 1
        seen.broken += unexcused(plan, request, places)
        try:
            assert_kept(plan, request, places)
        except AssertionError as exc:
            seen.broken.append(f"{exc} {request}")
        for name, count in metrics.of_days(plan, request).items():
            seen.sums[name] += count
        if plan.stops:
            for name, value in metrics.of_plan(plan, request, places).items():
                seen.shares[name].append(value)
    return seen


def rows(ranges: Mapping[str, Seen]) -> list[str]:
    """A table in Markdown."""
    columns = ranges.values()
    table = [
        ["requests", *ranges, "bar"],
        ["---"] * (len(ranges) + 2),
        ["plans", *(f"{it.plans}" for it in columns), ""],
        ["refusals with a reason", *(f"{it.refused}" for it in columns), ""],
        ["broken promises", *(f"{len(it.broken)}" for it in columns), "0"],
    ]
    for name, bar in SHARES.items():
        shares = (f"{fmean(it.shares[name]):.1%}" for it in columns)
        table.append([name, *shares, bar])
    for name, bar in SUMS.items():
        table.append([name, *(f"{it.sums[name]}" for it in columns), bar])
    spent = ([s for some in it.seconds.values() for s in some] for it in columns)
    table.append(["CPU s of all", *(f"{sum(it):.1f}" for it in spent), ""])
    for days in LENGTHS:
        means = (f"{fmean(it.seconds[days] or [0]):.2f}" for it in columns)
        table.append([f"CPU s a plan of {days} days", *means, ""])
    broken = (words for it in columns for words in it.broken[:5])
    return [*(f"| {' | '.join(row)} |" for row in table), *broken]
