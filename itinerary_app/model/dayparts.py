"""What a day is made of: its parts, and what one does at a stop."""

from __future__ import annotations

from enum import StrEnum

from itinerary_app.language import N_


class Part(StrEnum):
    """A part of a day."""

    MORNING = N_("morning")  # until 12:00
    AFTERNOON = N_("afternoon")  # 12:00 to 18:00
    EVENING = N_("evening")  # from 18:00


class StopKind(StrEnum):
    VISIT = "visit"
    LUNCH = N_("lunch")
    DINNER = N_("dinner")
