"""What came out: one table for people, JSON for programs."""

from __future__ import annotations

import json
import math
import statistics
from collections.abc import Callable, Sequence

from tests.bench.contestants import Contestant
from tests.bench.rounds import Result

HEAD = """# A turn on our storages, beside limits and peers

A turn loads the newest 20 messages and the state, appends a message of 120 and one of
600 characters and changes a preference. Figures are medians of {rounds} rounds in which
all took turns, in another order each time. Behind them stands the median of the ratios
within a round: for ours the share of the raw driver's speed (raw-2rt, raw redis), for
peers how many times faster ours on the same store is. Each of our turns makes a version
of the trip, which can be undone; an edit is a turn that changes the plan. growth is the
exponent of a turn's time by the number of messages from 20 on: 0 is flat, 1 linear.
Figures of one run compare with each other, not with those of another day or machine.
"""


def median(result: Result, name: str) -> float | None:
    """Seconds an operation; None where it was not measured."""
    rounds = result.rounds.get(name)
    return statistics.median(rounds.values()) if rounds else None


def ratios(result: Result, slow: str, fast: str) -> list[float]:
    """How many times longer `slow` took, for each round that both were in."""
    one, other = result.rounds.get(slow, {}), result.rounds.get(fast, {})
    return [
        seconds / other[number] for number, seconds in one.items() if number in other
    ]


def reference(
    contestant: Contestant, contestants: Sequence[Contestant]
) -> Contestant | None:
    """Whom it is compared with: ours with the limit, peers with ours."""
    role = {"ours": "limit", "peer": "ours"}.get(contestant.role)
    for other in contestants:
        if other.role == role and other.store == contestant.store:
            return other
    return None


def table(
    contestants: Sequence[Contestant],
    results: Sequence[Result],
    left_out: dict[str, str],
) -> str:
    """The whole report as Markdown."""
    workloads = [result for result in results if result.operation != "growth"]
    header = ["", *map(title, workloads), "growth"]
    rows = [
        [
            contestant.name,
            *(_cell(result, contestant, contestants) for result in workloads),
            _growth(contestant, results),
        ]
        for contestant in contestants
    ]
    rounds = max(len(r) for result in results for r in result.rounds.values())
    parts = [HEAD.format(rounds=rounds), as_markdown(header, rows)]
    parts += [f"- {line}\n" for line in _notes(contestants, results, left_out)]
    return "\n".join(parts[:2]) + "\n" + "".join(parts[2:])


def as_json(results: Sequence[Result], left_out: dict[str, str]) -> str:
    """Medians, and the seconds of every round to compute anything else from."""
    workloads = [
        {
            "operation": result.operation,
            "messages": result.messages,
            "clients": result.clients,
            "median": {name: median(result, name) for name in result.rounds},
            "rounds": result.rounds,
            "left_out": result.left_out,
        }
        for result in results
    ]
    return json.dumps({"workloads": workloads, "left_out": left_out}, indent=1)


def title(result: Result) -> str:
    """The workload in a few words."""
    if result.operation != "turn":
        return result.operation
    if result.clients > 1:
        return f"{result.messages} msgs, {result.clients} threads"
    return f"{result.messages:,} msgs"


def _cell(
    result: Result, contestant: Contestant, contestants: Sequence[Contestant]
) -> str:
    seconds = median(result, contestant.name)
    if seconds is None:
        return "left out" if contestant.name in result.left_out else "-"
    text = f"{digits(seconds * 1_000)} ms"
    if result.clients > 1:
        text = f"{1 / seconds:,.0f}/s"
    other = reference(contestant, contestants)
    found = ratios(result, contestant.name, other.name) if other else []
    if not found:
        return text
    if contestant.role == "ours":
        return f"{text}, {statistics.median(1 / ratio for ratio in found):.0%}"
    return f"{text}, {digits(statistics.median(found))}x"


def _growth(contestant: Contestant, results: Sequence[Result]) -> str:
    """From rounds with all lengths in them, or else from the medians."""
    for result in results:
        if result.operation == "growth" and contestant.name in result.rounds:
            return f"{median(result, contestant.name):+.2f}"
    points = [
        (result.messages, seconds)
        for result in results
        if (result.operation, result.clients) == ("turn", 1) and result.messages >= 20
        if (seconds := median(result, contestant.name))
    ]
    return f"{exponent(points):+.2f}" if len(points) > 1 else "-"


def exponent(points: Sequence[tuple[float, float]]) -> float:
    """The slope of seconds by messages, both logarithmic."""
    logs = [(math.log(messages), math.log(seconds)) for messages, seconds in points]
    return statistics.linear_regression(*zip(*logs, strict=True)).slope


def _notes(
    contestants: Sequence[Contestant],
    results: Sequence[Result],
    left_out: dict[str, str],
) -> list[str]:
    noted: dict[str, list[str]] = {}
    for one in contestants:
        noted.setdefault(one.note, []).append(one.name)
    notes = [f"{', '.join(names)}: {note}." for note, names in noted.items() if note]
    notes += [f"{name} is left out: {why}." for name, why in left_out.items()]
    for result in results:
        for name, why in result.left_out.items():
            notes.append(f"{name} has no {title(result)}: {why}.")
    return notes


def digits(value: float) -> str:
    """Two or three digits, never an exponent."""
    return f"{value:,.0f}" if value >= 10 else f"{value:.2g}"


def as_markdown(header: list[str], rows: list[list[str]]) -> str:
    """A table, its columns as wide as their widest cell."""
    widths = [max(map(len, column)) for column in zip(header, *rows, strict=True)]

    def line(cells: Sequence[str], pad: Callable[[str, int], str]) -> str:
        return f"| {' | '.join(map(pad, cells, widths))} |\n"

    rule = [f"{'-' * (width - 1)}:" for width in widths]
    return (
        line(header, str.rjust)
        + line(rule, str.rjust)
        + "".join(line(row, str.rjust) for row in rows)
    )
