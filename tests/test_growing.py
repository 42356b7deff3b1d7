"""deploy/GROWING.md: its calculations follow from its measurements."""

from __future__ import annotations

import re
from importlib.util import find_spec

import pytest

from tests.conftest import ROOT

PAGE = (ROOT / "deploy" / "GROWING.md").read_text()
MEASURED, CALCULATED = PAGE.split("## Calculated")
DAY, KEPT = 86_400, 730
UNITS = {
    **{"": 1, "s": 1, "min": 60, "h": 3600, "million": 1e6},
    **{"MB": 1e6, "GB": 1e9, "TB": 1e12},
}


def measured(pattern: str) -> list[float]:
    found = re.search(pattern, MEASURED)
    assert found, pattern
    return [float(it.replace(",", "")) for it in found.groups()]


def told(cell: str) -> float:
    found = re.fullmatch(r"([\d,.]+) ?(\w*)", cell)
    assert found, cell
    return float(found[1].replace(",", "")) * UNITS[found[2]]


ROWS = [
    [cell.strip() for cell in line.strip("| ").split("|")]
    for line in CALCULATED.splitlines()
    if re.match(r"\| 1", line)
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_what_is_calculated(row: list[str]) -> None:
    """Each cell, to its own rounding, of the figures above the table."""
    [turns], [cpu] = measured(r"a trip \| ([\d.]+)"), measured(r"([\d.]+) ms; without")
    [wal], [swept] = measured(r"([\d,]+) bytes \|\n"), measured(r"swept \| ([\d,]+)")
    parts = measured(r"([\d,]+) \+ ([\d,]+) \+ ([\d,]+) bytes")
    [events] = measured(r"audit trail.* \| ([\d,]+) bytes")
    [facts], [speed] = (
        measured(r"facts.* \| ([\d,]+) b"),
        measured(r"([\d,]+) trips a s"),
    )
    trips = told(row[0])
    peak = 3 * trips * turns / DAY
    expected = (
        peak,
        peak * cpu / 1_000,
        trips * (turns * wal + swept),
        3 * trips / 12 * sum(parts),
        trips * KEPT * events,
        trips * KEPT * facts,
        trips / speed,
    )
    for cell, value in zip(row[1:], expected, strict=True):
        if cell.startswith("under"):
            assert value < told(cell.removeprefix("under "))
        else:
            assert told(cell) == pytest.approx(value, rel=0.06), cell


def test_its_commands_are_there() -> None:
    """What measures can be run: modules, and targets of make."""
    for name in re.findall(r"python -m ([\w.]+)", PAGE):
        assert find_spec(name), name
    makefile = (ROOT / "Makefile").read_text()
    for name in re.findall(r"make ([\w-]+)", PAGE):
        assert f"\n{name}:" in makefile, name
