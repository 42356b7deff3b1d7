"""How long a trip is still kept: what its page says, and when it warns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self

from itinerary_app.config import Settings
from itinerary_app.model import TripSession
from itinerary_app.text.dates import instant, span

WARNING = timedelta(minutes=10)  # before the end, or
PART = 6  # of the idle time the last one in so many, if that is less
LONG_WARNING = timedelta(days=2)  # before the end of a trip that is kept for days
SOON = timedelta(hours=12)  # within which a time of day needs no date
FAR = timedelta(days=3)  # from which on a date needs no time of day


@dataclass(frozen=True, slots=True)
class Keeping:
    """Until when a trip is kept if it is not used any more, seen at `now`."""

    now: datetime
    until: datetime
    ends_at: datetime
    idle: timedelta
    warning: timedelta
    offer: timedelta  # for which it can be kept instead; 0: it cannot
    is_longer: bool  # than usual

    @classmethod
    def of(cls, trip: TripSession, settings: Settings, now: datetime) -> Self:
        idle, keep = trip.idle, settings.session_keep
        early = (
            LONG_WARNING if idle > PART * LONG_WARNING else min(WARNING, idle / PART)
        )
        # Kept already it can be so anew when no use keeps it longer any more.
        is_offered = keep > idle or (keep == idle and trip.ends_at - now <= idle)
        return cls(
            now,
            trip.expires_at,
            trip.ends_at,
            idle,
            early,
            keep if is_offered and keep > settings.session_idle else timedelta(),
            idle > settings.session_idle,
        )

    @property
    def is_final(self) -> bool:
        """No use keeps it longer."""
        return self.until == self.ends_at

    def words(self, moment: datetime) -> str:
        """18:05 UTC, with its date unless that is plain; of a far one that alone."""
        if moment - self.now < SOON:
            return f"{moment.astimezone(UTC):%H:%M} UTC"
        return instant(moment) if moment - self.now < FAR else span(moment, moment)
