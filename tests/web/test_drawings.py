"""What charts are drawn like."""

from __future__ import annotations

import pytest

from itinerary_app.web.drawings import Bars, Heat, Lines
from itinerary_app.web.wording import rough_span


@pytest.mark.parametrize(
    ("most", "ticks"),
    [
        (0, ["2", "1", "0"]),
        (3, ["4", "2", "0"]),
        (10, ["10", "5", "0"]),
        (57, ["60", "30", "0"]),
        (1_001, ["2,000", "1,000", "0"]),
    ],
)
def test_the_scale_has_round_numbers(most: int, ticks: list[str]) -> None:
    """The top is above all values, and its half is a whole number."""
    lines = Lines.of(["1 May", "2 May"], [("started", [0, most])])
    assert lines.ticks == ticks
    assert lines.ends == ["1 May", "2 May"]


def test_lines_go_from_edge_to_edge() -> None:
    """The first day stands left, the last right, the top above and zero below."""
    lines = Lines.of(["1", "2", "3"], [("started", [0, 2, 1])])
    assert lines.lines[0].points == "0.0,240.0 500.0,0.0 1000.0,120.0"
    assert lines.ends == ["1", "2", "3"]


def test_one_day_is_a_level_line() -> None:
    """A period of one day shows something, too."""
    lines = Lines.of(["1 May"], [("started", [2])])
    assert lines.lines[0].points == "0.0,0.0 1000.0,0.0"
    assert lines.ends == ["1 May"]


def test_bars_are_shares_of_the_longest() -> None:
    """The greatest value fills the width; without any, none is drawn."""
    bars = Bars.of([("a", 4, "4"), ("b", 1, "1")]).bars
    assert [bar.percent for bar in bars] == [100, 25]
    assert Bars.of([("a", 0, "0")]).bars[0].percent == 0


def test_a_single_session_can_be_seen_in_the_heat_map() -> None:
    """Nothing has no shade; the least has the first, the most the last."""
    [(_, cells)] = Heat.of([("Monday", [0, 1, 500, 1000])]).rows
    assert [cell.level for cell in cells] == [0, 1, 3, 5]
    assert cells[1].says == "Monday 01:00: 1 session"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 s"),
        (59, "59 s"),
        (90, "2 min"),
        (5_400, "1 h 30 min"),
        (300_000, "3 days"),
    ],
)
def test_spans_are_read_at_a_glance(seconds: float, words: str) -> None:
    """Only as exact as helps."""
    assert rough_span(seconds) == words
