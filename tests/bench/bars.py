"""What a run has to reach, and whether it did."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tests.bench.report import as_markdown, digits, median, ratios, title
from tests.bench.rounds import Result

FLAT = 0.05  # growth exponent, either way


class Bar(NamedTuple):
    """In a turn at so many messages `ours` is `least` times as fast as `other`."""

    ours: str
    other: str
    messages: int
    least: float
    clients: int = 1


BARS = (
    Bar("our PostgreSQL", "raw-2rt", 20, 0.8),
    Bar("our PostgreSQL", "raw-2rt", 2_000, 0.8),
    Bar("our PostgreSQL", "raw-2rt", 20, 0.75, clients=8),
    Bar("our PostgreSQL, encrypted", "our PostgreSQL", 20, 1 / 1.25),
    Bar("our PostgreSQL", "Flask-Session SQLAlchemy", 20, 3),
    Bar("our PostgreSQL", "Flask-Session SQLAlchemy", 2_000, 40),
    Bar("our PostgreSQL", "Flask-Session SQLAlchemy", 20_000, 250),
    Bar("our PostgreSQL", "openai-agents SQLAlchemy", 20, 8),
    Bar("our Redis, encrypted", "our Redis", 20, 1 / 1.25),
    Bar("our Redis", "Flask-Session Redis", 20, 1),
    Bar("our Redis", "Flask-Session Redis", 2_000, 10),
    Bar("our Redis", "Flask-Session Redis", 20_000, 60),
    Bar("our memory", "our PostgreSQL", 20, 12),
)


def verdicts(results: Sequence[Result]) -> str:
    """A Markdown table of the bars that this run could measure."""
    rows = [*_comparisons(results), *_flatness(results)]
    return as_markdown(["bar", "wanted", "measured", ""], rows)


def _comparisons(results: Sequence[Result]) -> Iterator[list[str]]:
    for bar in BARS:
        for result in results:
            workload = (result.operation, result.messages, result.clients)
            found = ratios(result, slow=bar.other, fast=bar.ours)
            if workload == ("turn", bar.messages, bar.clients) and found:
                times = statistics.median(found)
                yield [
                    f"{bar.ours} against {bar.other}, {title(result)}",
                    f"{digits(bar.least)}x",
                    f"{digits(times)}x",
                    _verdict(met=times >= bar.least),
                ]


def _flatness(results: Sequence[Result]) -> Iterator[list[str]]:
    for result in results:
        exponent = median(result, "our PostgreSQL")
        if result.operation == "growth" and exponent is not None:
            yield [
                "our PostgreSQL, growth by length",
                f"±{FLAT}",
                f"{exponent:+.2f}",
                _verdict(met=abs(exponent) <= FLAT),
            ]


def _verdict(*, met: bool) -> str:
    return "met" if met else "short"
