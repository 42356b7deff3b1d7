"""Measure the planner's search on the TOPTW benchmark: `python -m tests.bench.toptw`.

A folder with instances/*.txt and best_known.csv is needed; neither is ours to ship.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import matplotlib
import pyvrp

matplotlib.use("svg")

from matplotlib import pyplot

from itinerary_app.planner.solver.search import search
from tests.bench import large
from tests.bench.orienteering import (
    FAMILIES,
    Instance,
    points_of,
    published,
    read,
)
from tests.bench.report import as_markdown

RESULTS = Path("bench-results")
BARS = {2.0: 0.40, 10.0: 0.12}  # percent from the best known, by seconds
ROUTES = (1, 2, 3, 4)
QUICK = 4  # every so manieth instance

HEAD = """# Team orienteering with time windows: mean gap to the best known, in percent

{instances} instances, m = {routes}, seed {seed}. Behind a solver's name stand
the CPU seconds of one core that it had for each (time.process_time, as other work on
the machine must not count; from the making of the problem on); the longest overrun was
{over:.2f} s. Each solution was checked apart from the solver: windows, budget, each
point once. The others are as published, on their papers' machines and in their time.
"""


@dataclass(frozen=True, slots=True)
class Run:
    solver: str
    instance: str
    family: str
    routes: int
    seconds: float
    used: float  # CPU seconds
    iterations: int
    score: float
    best_known: float


class CpuSeconds:
    """Stops when the process has used so many from now on.

    Looks at the clock at every 16th iteration: where system calls are dear, at each one
    it would use up a fifth of the time.
    """

    def __init__(self, seconds: float) -> None:
        self._end = time.process_time() + seconds
        self._asked = 0

    def __call__(self, best_cost: float) -> bool:
        self._asked += 1
        return self._asked % 16 == 0 and time.process_time() >= self._end


def ours(data: pyvrp.ProblemData, stop: CpuSeconds, seed: int) -> pyvrp.Result:
    return search(data, stop, seed=seed)


def plain(data: pyvrp.ProblemData, stop: CpuSeconds, seed: int) -> pyvrp.Result:
    return pyvrp.solve(data, stop, seed=seed, collect_stats=False, display=False)


SOLVERS: dict[str, Callable[[pyvrp.ProblemData, CpuSeconds, int], pyvrp.Result]] = {
    "ours": ours,
    "pyvrp": plain,
}


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.bench.toptw", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--families", nargs="+", choices=FAMILIES, default=FAMILIES)
    parser.add_argument("--m", nargs="+", type=int, default=ROUTES, metavar="ROUTES")
    parser.add_argument("--seconds", nargs="+", type=float, default=tuple(BARS))
    parser.add_argument("--seed", type=int, default=1, help="%(default)s")
    parser.add_argument("--every", type=int, default=1, help="so manieth instance")
    parser.add_argument("--solvers", nargs="+", choices=SOLVERS, default=["ours"])
    parser.add_argument(
        "--large", action="store_true", help="the larger ones of our own making"
    )
    parser.add_argument(
        "--keep", action="store_true", help="write the best of these down, and no more"
    )
    parser.add_argument(
        "--quick", action="store_true", help="every 4th instance, 2 s: 80 s in all"
    )
    given = parser.parse_args()
    if given.quick:
        given.every, given.seconds = QUICK, [min(BARS)]
    return given


def run(
    solver: str,
    instance: Instance,
    routes: int,
    seconds: float,
    seed: int,
    best: float,
) -> Run:
    start = time.process_time()
    stop = CpuSeconds(seconds)
    result = SOLVERS[solver](instance.problem(routes), stop, seed)
    used = time.process_time() - start
    score = instance.score(points_of(result.best), routes)
    return Run(
        solver,
        instance.name,
        instance.family,
        routes,
        seconds,
        used,
        result.num_iterations,
        score,
        best,
    )


Gaps = dict[str, dict[str, float]]  # by contestant, then by group of instances


def gaps(runs: Sequence[Run], others: dict[tuple[str, int], dict[str, float]]) -> Gaps:
    """The means of ours, then those of the others on the same instances."""
    found: dict[str, dict[str, list[float]]] = {}

    def note(name: str, one: Run, score: float) -> None:
        for group in (one.family, f"m = {one.routes}", "all"):
            gap = 100 * (1 - score / one.best_known)
            found.setdefault(name, {}).setdefault(group, []).append(gap)

    for one in runs:
        note(f"{one.solver} {one.seconds:g} s", one, one.score)
    for one in {(one.instance, one.routes): one for one in runs}.values():
        for name, score in others[one.instance, one.routes].items():
            if name != "best_known":
                note(name, one, score)
    return {
        name: {group: statistics.fmean(values) for group, values in groups.items()}
        for name, groups in found.items()
    }


def groups_of(runs: Sequence[Run]) -> list[str]:
    families = {one.family for one in runs}
    return [
        *(family for family in (*FAMILIES, "large") if family in families),
        *(f"m = {routes}" for routes in sorted({one.routes for one in runs})),
        "all",
    ]


def table(found: Gaps, groups: Sequence[str]) -> str:
    rows = [
        [name, *(f"{gap[group]:.2f}" if group in gap else "-" for group in groups)]
        for name, gap in found.items()
    ]
    return as_markdown(["", *groups], rows)


def verdicts(found: Gaps) -> str:
    lines = []
    for seconds, bar in BARS.items():
        gap = found.get(f"ours {seconds:g} s", {}).get("all")
        if gap is not None:
            verdict = "reached" if gap <= bar else "NOT reached"
            lines.append(f"- {seconds:g} s: {gap:.2f} %, at most {bar} %: {verdict}\n")
    return "".join(lines)


def plot(found: Gaps, groups: Sequence[str], folder: Path) -> None:
    """Write toptw.svg and toptw.png: bars by group, ours in blue."""
    figure, axes = pyplot.subplots(figsize=(12, 5), layout="constrained")
    width = 0.85 / len(found)
    blues, others = (
        iter(("#1f5fbf", "#0b2f66", "#6ea0e0", "#a9c8f0")),
        iter(pyplot.get_cmap("Pastel1").colors),
    )
    for number, (name, gap) in enumerate(found.items()):
        at = [place + number * width for place in range(len(groups))]
        heights = [gap.get(group, 0.0) for group in groups]
        colour = next(blues, "#1f5fbf") if name.startswith("ours") else next(others)
        bars = axes.bar(at, heights, width, label=name, color=colour)
        if name.startswith("ours"):
            axes.bar_label(bars, fmt="%.1f", fontsize=7)
    axes.set_xticks([place + 0.42 for place in range(len(groups))], groups)
    axes.set(
        ylabel="percent below the best known score (mean)",
        title="Team orienteering with time windows: lower is better",
    )
    axes.grid(axis="y", alpha=0.3)
    axes.set_axisbelow(True)
    axes.legend(ncols=2)
    figure.savefig(folder / "toptw.svg")
    figure.savefig(folder / "toptw.png", dpi=150)


def instances(folder: Path, families: Iterable[str], every: int) -> list[Instance]:
    files = sorted((folder / "instances").glob("*.txt"))
    if not files:
        raise SystemExit(f"no instances/*.txt in {folder}")
    found = [read(file) for file in files]
    return [one for one in found if one.family in families][::every]


def keep_best(given: argparse.Namespace) -> None:
    """What so many seconds find of the larger instances is kept if it is better."""
    for routes in given.m:
        for instance in large.instances()[:: given.every]:
            for seconds in given.seconds:
                one = run("ours", instance, routes, seconds, given.seed, 0.0)
                large.keep(instance.name, routes, one.score)
                print(f"{instance.name}, m = {routes}: {one.score:g}", flush=True)


def main() -> None:
    given = parse()
    if given.large and given.keep:
        keep_best(given)
        return
    if given.large:
        chosen = large.instances()[:: given.every]
        others = {key: {"best_known": it} for key, it in large.best_known().items()}
    else:
        chosen = instances(given.folder, given.families, given.every)
        others = published(given.folder / "best_known.csv")
    runs: list[Run] = []
    for instance in chosen:
        for routes in given.m:
            if (instance.name, routes) not in others:
                continue
            best = others[instance.name, routes]["best_known"]
            for solver in given.solvers:
                for seconds in given.seconds:
                    one = run(solver, instance, routes, seconds, given.seed, best)
                    runs.append(one)
        told = " ".join(f"{it.score:g}" for it in runs if it.instance == instance.name)
        print(f"{instance.name}: {told}", flush=True)
    found, groups = gaps(runs, others), groups_of(runs)
    head = HEAD.format(
        instances=len(chosen),
        routes=", ".join(map(str, given.m)),
        seed=given.seed,
        over=max(one.used - one.seconds for one in runs),
    )
    text = f"{head}\n{table(found, groups)}\n"
    if not given.large:
        text += verdicts(found)
    print(f"\n{text}")
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "toptw.md").write_text(text)
    (RESULTS / "toptw.json").write_text(
        json.dumps([asdict(it) for it in runs], indent=1)
    )
    plot(found, groups, RESULTS)
    print(f"written: {RESULTS}/toptw.md, .json, .svg, .png")


if __name__ == "__main__":
    main()
