"""What the checker, which shares no rule with the planner, says of all plans."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from itinerary_app.checker import Check, Verdict


class Verdicts:
    """How often each promise was kept, kept as far as known, or not."""

    def __init__(self) -> None:
        self._labels: dict[str, str] = {}
        self._counts: Counter[tuple[str, Verdict]] = Counter()
        self._remarks: Counter[str] = Counter()
        self._facts: Counter[tuple[str, bool]] = Counter()

    def add(self, checks: Iterable[Check]) -> None:
        """Those of one plan."""
        for check in checks:
            self._labels[check.key] = check.label
            self._counts[check.key, check.verdict] += 1
            self._remarks[check.key] += len(check.remarks)
            self._facts[check.key, True] += check.known
            self._facts[check.key, False] += check.of - check.known

    def rows(self) -> list[str]:
        """A table in Markdown."""
        return [
            "| promise | plans | kept | as far as known | not kept | remarks | facts |",
            "|---|---|---|---|---|---|---|",
            *map(self._row, self._labels),
        ]

    def _row(self, key: str) -> str:
        counts = [self._counts[key, verdict] for verdict in Verdict]
        known, unknown = self._facts[key, True], self._facts[key, False]
        facts = f"{known / (known + unknown):.0%} known" if known + unknown else ""
        told = " | ".join(f"{it}" for it in (sum(counts), *counts, self._remarks[key]))
        return f"| {self._labels[key]} | {told} | {facts} |"
