"""One clock for all that travellers read."""

from __future__ import annotations

import pytest

from itinerary_app.text.clock import clock


@pytest.mark.parametrize(
    ("minutes", "shown"),
    [
        (0, "00:00"),
        (570, "09:30"),
        (1439, "23:59"),
        (1440, "00:00"),
        (1470, "00:30"),
    ],
)
def test_a_time_is_shown_as_on_a_watch(minutes: int, shown: str) -> None:
    """Minutes after midnight are a time of day, past the next midnight too."""
    assert clock(minutes) == shown
