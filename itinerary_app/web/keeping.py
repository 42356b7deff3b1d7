"""How long a trip is still kept: what its page says, and when it warns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self

from itinerary_app.config import Settings
from itinerary_app.model import TripSession
from itinerary_app.text.dates import instant

WARNING = timedelta(minutes=10)  # before the end, or
PART = 6  # of the idle time the last one in so many, if that is less
SOON = timedelta(hours=12)  # within which a time of day needs no date


@dataclass(frozen=True, slots=True)
class Keeping:
    """Until when a trip is kept if it is not used any more, seen at `now`."""

    now: datetime
    until: datetime
    is_final: bool  # no use can keep it longer
    warning: timedelta

    @classmethod
    def of(cls, trip: TripSession, settings: Settings, now: datetime) -> Self:
        idle = settings.session_idle
        unused, end = (
            trip.last_accessed + idle,
            trip.created_at + settings.session_lifetime,
        )
        return cls(now, min(unused, end), end <= unused, min(WARNING, idle / PART))

    @property
    def words(self) -> str:
        """18:05 UTC, with its date unless that is plain."""
        if self.until - self.now < SOON:
            return f"{self.until.astimezone(UTC):%H:%M} UTC"
        return instant(self.until)
