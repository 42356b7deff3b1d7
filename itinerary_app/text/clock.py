"""Times of day as a watch shows them."""

from __future__ import annotations


def clock(minutes: int) -> str:
    """09:30 for 570 minutes after midnight; half an hour past the next one is 00:30."""
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"
