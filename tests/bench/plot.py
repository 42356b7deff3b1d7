"""The same as a picture: a turn's time by the length of its conversation."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import matplotlib

matplotlib.use("svg")

from matplotlib import pyplot
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from tests.bench.contestants import Contestant
from tests.bench.report import median
from tests.bench.rounds import Result

STYLES = {
    "ours": {"linewidth": 2.8, "linestyle": "-", "marker": "o"},
    "limit": {"linewidth": 1.6, "linestyle": "--", "marker": ""},
    "peer": {"linewidth": 1.2, "linestyle": "-", "marker": "."},
}
PLAIN = FuncFormatter(lambda value, _: f"{value:,g}")
OUR_COLOURS = {"postgresql": "#1f5fbf", "redis": "#c0281c", "memory": "#2b8a3e"}


def plot(
    contestants: Sequence[Contestant], results: Sequence[Result], folder: Path
) -> None:
    """Write turn.svg and turn.png."""
    figure, (lengths, threads) = pyplot.subplots(
        1, 2, figsize=(12, 6), layout="constrained", width_ratios=(3, 2)
    )
    turns = [result for result in results if result.operation == "turn"]
    colours = _colours(contestants)
    for contestant in contestants:
        points = [
            (result.messages, 1_000 * seconds)
            for result in turns
            if result.clients == 1
            if (seconds := median(result, contestant.name))
        ]
        if points:
            lengths.plot(
                *zip(*points, strict=True),
                label=contestant.name,
                color=colours[contestant.name],
                **STYLES[contestant.role],
            )
    lengths.set(
        xscale="log",
        yscale="log",
        xlabel="messages in the conversation",
        ylabel="milliseconds a turn, one client (median)",
        title="Flat is what a long conversation needs",
    )
    lengths.grid(alpha=0.3)
    lengths.set_xticks(sorted({result.messages for result in turns}), minor=False)
    for axis in (lengths.xaxis, lengths.yaxis):
        axis.set_major_formatter(PLAIN)
    figure.legend(loc="outside lower center", ncols=4)
    for result in turns:
        if result.clients > 1:
            _bars(threads, contestants, result, colours)
    figure.savefig(folder / "turn.svg")
    figure.savefig(folder / "turn.png", dpi=150)


def _bars(
    axes: Axes,
    contestants: Sequence[Contestant],
    result: Result,
    colours: dict[str, str],
) -> None:
    speeds = {
        one.name: 1 / seconds
        for one in reversed(contestants)
        if (seconds := median(result, one.name))
    }
    limits = {one.name for one in contestants if one.role == "limit"}
    bars = axes.barh(
        list(speeds), list(speeds.values()), color=[colours[name] for name in speeds]
    )
    axes.bar_label(bars, [f" {speed:,.0f}" for speed in speeds.values()])
    for bar, name in zip(bars, speeds, strict=True):
        bar.set_alpha(0.4 if name in limits else 1)
    axes.set_xscale("log")
    axes.set_xlim(min(speeds.values()) / 2, max(speeds.values()) * 4)
    axes.xaxis.set_major_formatter(PLAIN)
    axes.set(
        xlabel="turns a second (median)",
        title=f"{result.messages} messages, {result.clients} threads",
    )


def _colours(contestants: Sequence[Contestant]) -> dict[str, str]:
    """Ours and the limit of the same store in one colour, peers each in another."""
    palette = iter(pyplot.get_cmap("Dark2").colors)
    return {
        one.name: matplotlib.colors.to_hex(next(palette))
        if one.role == "peer"
        else OUR_COLOURS[one.store]
        for one in contestants
    }
