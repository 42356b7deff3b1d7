"""TRUST.md names tests that there are."""

from __future__ import annotations

import re
from pathlib import Path

from itinerary_app.storage import base
from tests.live import ROOT

PAGE = Path(base.__file__).parent / "TRUST.md"


def test_every_named_test_exists() -> None:
    """Each file is there, and in it the test."""
    named = re.findall(r"`(tests/[^\s:]+\.py)(?:::(\w+))?", PAGE.read_text("utf-8"))
    assert len(named) > 30
    for path, test in named:
        assert f"def {test or 'test_'}" in (ROOT / path).read_text("utf-8"), test
