"""How long a trip is still kept, as its page says it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from itinerary_app.config import Settings
from itinerary_app.model import Preferences, TripSession
from itinerary_app.web.keeping import Keeping

BEGAN = datetime(2026, 12, 24, 8, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def kept(
    used: timedelta, idle: timedelta = HOUR, *, own: timedelta | None = None
) -> Keeping:
    """Of a trip last used so long after it began, as its page of that moment has it;
    with `own` that is its idle time, and twelve times as much its life.
    """
    now = BEGAN + used
    settings = Settings(
        environment="development",
        secret_key="x" * 40,
        storage_url="memory:",
        session_idle=idle,
    )
    ends_at = BEGAN + (own * 12 if own else settings.session_lifetime)
    trip = TripSession(
        *("id", b"", 1, Preferences(), None, (), 0, 0, BEGAN, now),
        own or idle,
        ends_at,
    )
    return Keeping.of(trip, settings, now)


def test_use_keeps_a_trip_for_the_idle_time() -> None:
    """It ends so long after its last use, said as a time of day."""
    keeping = kept(3 * HOUR)
    assert keeping.until == BEGAN + 4 * HOUR
    assert not keeping.is_final
    assert keeping.words(keeping.until) == "12:00 UTC"


@pytest.mark.parametrize("used", [23 * HOUR, 23 * HOUR + 30 * MINUTE])
def test_no_use_keeps_it_beyond_its_lifetime(used: timedelta) -> None:
    """Within the last idle time of its life the end is final, and no later."""
    keeping = kept(used)
    assert keeping.until == BEGAN + 24 * HOUR
    assert keeping.is_final


def test_a_far_end_has_a_date() -> None:
    """A time of day alone could be taken for that of another day."""
    keeping = kept(HOUR, idle=20 * HOUR)
    assert keeping.words(keeping.until) == "25 December 2026, 05:00 UTC"


@pytest.mark.parametrize(("idle", "warning"), [(60, 600), (30, 300), (2, 20)])
def test_the_warning_comes_in_time(idle: int, warning: int) -> None:
    """Ten minutes before the end, or in the last sixth of a shorter idle time."""
    assert kept(HOUR, idle * MINUTE).warning == timedelta(seconds=warning)


def test_a_trip_that_is_kept_for_days_warns_days_before() -> None:
    """Two days before the end there is a chance that somebody sees it."""
    assert kept(HOUR, own=30 * DAY).warning == 2 * DAY


def test_what_is_offered() -> None:
    """To keep it, until it is kept; anew, where no use keeps it longer."""
    assert kept(HOUR).offer == 30 * DAY
    assert kept(HOUR, own=30 * DAY).offer == timedelta()
    assert kept(HOUR, own=30 * DAY).is_longer
    assert kept(345 * DAY, own=30 * DAY).offer == 30 * DAY
    assert kept(HOUR, idle=40 * DAY).offer == timedelta()
