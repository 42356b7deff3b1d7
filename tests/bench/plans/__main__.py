"""Plan, check, measure, edit, and tell: a table on the screen and in plans.md."""

from __future__ import annotations

import argparse
import random
import time
import traceback
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from itinerary_app.acts.acts import RemoveDay
from itinerary_app.catalogue.places import Catalogue
from itinerary_app.checker import checks_of
from itinerary_app.errors import CannotPlan
from itinerary_app.model import Itinerary, PlanRequest
from itinerary_app.planner.planner import Planner
from itinerary_app.trips.changes import Revision
from tests.bench.plans import (
    crowd,
    metrics,
    overlap,
    pages,
    pictures,
    ranges,
    refusals,
    tours,
)
from tests.bench.plans.requests import COUNT, QUICK, SEED, edits, requests
from tests.bench.plans.verdicts import Verdicts
from tests.planner.rules import assert_kept, unexcused

FOLDER = Path("bench-results/plans")
LOWER_IS_BETTER = (
    "km a day",
    "km to the best tour",
    "km around the day's middle",
    "days with three of a kind",
    "minutes to a meal",
    "pairs apart",
    "days with an untold hole",
)


class Measured:
    """All that was seen on the way."""

    def __init__(self) -> None:
        self.plans: list[tuple[PlanRequest, Itinerary]] = []
        self.refused: list[str] = []
        self.broken: list[str] = []
        self.values: dict[str, list[float]] = defaultdict(list)
        self.seconds: dict[int, list[float]] = defaultdict(list)
        self.kept: dict[str, list[float]] = defaultdict(list)
        self.edit_seconds: dict[str, list[float]] = defaultdict(list)
        self.edits_refused = 0
        self.overlaps: overlap.Overlaps = {}
        self.loads: dict[str, list[float]] = {}
        self.refusals: dict[str, bool] = {}
        self.verdicts = {"plans": Verdicts(), "plans after an edit": Verdicts()}
        self.crowd: list[str] = []
        self.tours: list[str] = []


def main(*, quick: bool) -> None:
    """Run everything and write the results; `quick` only shows figures of fewer."""
    catalogue = Catalogue()
    planner, seen = Planner(catalogue), Measured()
    for city in catalogue.cities:  # hours are read once, not measured
        planner.plan(PlanRequest(city.name, 1))
    chance = random.Random(SEED)
    for request in requests(catalogue, QUICK if quick else COUNT):
        places = catalogue.places(request.city)
        began = time.process_time()
        try:
            plan = planner.plan(request)
        except CannotPlan as exc:
            seen.refused.append(str(exc))
            continue
        seen.seconds[request.days].append(time.process_time() - began)
        _check(plan, request, catalogue, seen)
        seen.plans.append((request, plan))
        if not plan.stops:
            continue
        for name, value in metrics.of_plan(plan, request, places).items():
            seen.values[name].append(value)
        for edit in () if quick else edits(plan, places, chance):
            _edit(planner, plan, edit, request, catalogue, seen)
    seen.overlaps = overlap.of_interests(planner)
    if quick:
        print(*_report(seen), sep="\n")
        return
    seen.refusals = refusals.verdicts(planner, catalogue)
    seen.loads = pages.milliseconds()
    seen.crowd = crowd.rows(crowd.measured())
    seen.tours = tours.rows(tours.tour(catalogue, planner))
    FOLDER.mkdir(parents=True, exist_ok=True)
    text = "\n".join([*_report(seen), *_edits(seen)])
    print(text)
    (FOLDER / "plans.md").write_text(text, "utf-8")
    several = [it for it in seen.plans if it[0].days >= 3]
    pictures.maps(several[:: max(1, len(several) // pictures.MAPS)], FOLDER)
    pictures.metrics(seen.values, dict(sorted(seen.seconds.items())), FOLDER)


def _check(
    plan: Itinerary,
    request: PlanRequest,
    catalogue: Catalogue,
    seen: Measured,
    edit: Revision | None = None,
) -> None:
    try:
        assert_kept(plan, request, catalogue.places(request.city))
    except AssertionError as exc:
        where = traceback.extract_tb(exc.__traceback__)[-1]
        seen.broken.append(f"{edit or 'plan'}: {where.line}: {request}")
    verdicts = seen.verdicts["plans after an edit" if edit else "plans"]
    verdicts.add(checks_of(plan, request, catalogue.places(request.city)))
    for words in unexcused(plan, request, catalogue.places(request.city)):
        seen.broken.append(f"{edit or 'plan'}: {words} {request}")


def _edit(
    planner: Planner,
    plan: Itinerary,
    edit: Revision,
    request: PlanRequest,
    catalogue: Catalogue,
    seen: Measured,
) -> None:
    name = type(edit).__name__
    began = time.process_time()
    try:
        after = planner.revise(plan, edit, request)
    except CannotPlan:
        seen.edits_refused += 1
        return
    seen.edit_seconds[name].append(time.process_time() - began)
    now = {stop.place.id for stop in after.stops}
    come = now - {stop.place.id for stop in plan.stops}
    asked = replace(
        request,
        days=len(after.days),
        must_see=(*request.must_see, *come & _named(edit)),
    )
    _check(after, asked, catalogue, seen, edit)
    untouched = {
        stop.place.id
        for day in plan.days
        for stop in day.stops
        if not _is_touched(edit, day.number, stop.place.id)
    }
    if untouched:
        seen.kept[name].append(len(untouched & now) / len(untouched))


def _named(edit: Revision) -> set[str]:
    return {str(getattr(edit, name, "")) for name in ("stop", "place")}


def _is_touched(edit: Revision, day: int, place_id: str) -> bool:
    if isinstance(edit, RemoveDay):
        return day == edit.day
    return place_id in _named(edit)


def _report(seen: Measured) -> list[str]:
    return [
        f"{len(seen.plans)} plans, {len(seen.refused)} refusals with a reason.",
        f"Hard rules broken by plans and edits: {len(seen.broken)}.",
        *seen.broken[:5],
        *sorted(set(seen.refused))[:5],
        "",
        "| metric | mean | worst of twenty | worst |",
        "|---|---|---|---|",
        *(_metric_row(name, values) for name, values in seen.values.items()),
        "",
        "| days | plans | CPU s p50 | p95 | max |",
        "|---|---|---|---|---|",
        *_second_rows(dict(sorted(seen.seconds.items()))),
        "",
        "| overlap of interests, 3 days | visits in common | less the famous |",
        "|---|---|---|",
        *overlap.rows(seen.overlaps),
        "",
    ]


def _edits(seen: Measured) -> list[str]:
    true = sum(seen.refusals.values())
    lines = [
        f"True refusals of must-sees: {true} of {len(seen.refusals)}.",
        "",
        f"Edits refused with a reason: {seen.edits_refused}.",
        "",
        "| edit | made | untouched stops kept | worst | CPU s p95 | max |",
        "|---|---|---|---|---|---|",
        *(_edit_row(name, seen) for name in sorted(seen.edit_seconds)),
    ]
    shares = [share for shares in seen.kept.values() for share in shares]
    lines += ["", f"Untouched stops kept over all edits: {np.mean(shares):.1%}.", ""]
    for what, verdicts in seen.verdicts.items():
        lines += [f"What the checker says of {what}:", "", *verdicts.rows(), ""]
    return [*lines, *pages.rows(seen.loads), "", *seen.crowd, "", *seen.tours, ""]


def _metric_row(name: str, values: Sequence[float]) -> str:
    ordered = sorted(values, reverse=name in LOWER_IS_BETTER)
    mean, low, worst = np.mean(values), ordered[len(ordered) // 20], ordered[0]
    return f"| {name} | {mean:.3f} | {low:.3f} | {worst:.3f} |"


def _second_rows(seconds: Mapping[int, Sequence[float]]) -> list[str]:
    return [
        f"| {days} | {len(some)} | {np.median(some):.2f} | "
        f"{np.percentile(some, 95):.2f} | {max(some):.2f} |"
        for days, some in seconds.items()
    ]


def _edit_row(name: str, seen: Measured) -> str:
    some, kept = seen.edit_seconds[name], seen.kept[name] or [1.0]
    return (
        f"| {name} | {len(some)} | {np.mean(kept):.1%} | {min(kept):.0%} | "
        f"{np.percentile(some, 95):.3f} | {max(some):.3f} |"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="of 88 requests")
    parser.add_argument(
        "--requests",
        nargs="*",
        metavar="FIRST-LAST",
        help="only what is short of its bar, a column for each range of requests",
    )
    told = parser.parse_args()
    if told.requests is None:
        main(quick=told.quick)
    else:
        print(*ranges.rows(ranges.measured(told.requests or ranges.RANGES)), sep="\n")
