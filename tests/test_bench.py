"""Promises about the measures in `tests/bench`: they start."""

from __future__ import annotations

from importlib import import_module

import pytest

MEASURES = "assistant.__main__ boot growth plans.__main__ sweep toptw versions".split()


@pytest.mark.parametrize("name", MEASURES)
def test_a_measure_starts(name: str) -> None:
    """Those that need no peers import all that they measure."""
    assert callable(import_module(f"tests.bench.{name}").main)
