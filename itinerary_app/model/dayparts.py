"""What a day is made of: its parts, and what one does at a stop."""

from __future__ import annotations

from enum import StrEnum


class Part(StrEnum):
    """A part of a day."""

    MORNING = "morning"  # until 12:00
    AFTERNOON = "afternoon"  # 12:00 to 18:00
    EVENING = "evening"  # from 18:00


class StopKind(StrEnum):
    VISIT = "visit"
    LUNCH = "lunch"
    DINNER = "dinner"
