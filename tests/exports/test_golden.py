"""Files are, byte for byte, what somebody once looked at and found good."""

from __future__ import annotations

from pathlib import Path

import pytest

from itinerary_app.exports import files
from tests.exports.plan import NOW, WHOLE, trip

GOLDEN = Path(__file__).with_name("golden")
KINDS = sorted(files.MEDIA_TYPES)


def rendered(kind: str) -> bytes:
    file = files.export(trip(WHOLE), kind, first_day=None, now=NOW)
    assert file is not None
    return file.content


@pytest.mark.parametrize("kind", KINDS)
def test_golden(kind: str) -> None:
    """The fixed plan gives the golden file of each kind."""
    assert rendered(kind) == (GOLDEN / f"plan.{kind}").read_bytes()
