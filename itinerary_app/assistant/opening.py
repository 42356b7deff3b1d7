"""Whether a place is open on a date, as far as its hours are known."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from opening_hours import OpeningHours, State

from itinerary_app.catalogue.almanac import in_words
from itinerary_app.model import Place
from itinerary_app.text.clock import clock
from itinerary_app.text.words import hours, listed


def on(place: Place, day: date) -> str:
    """A sentence about the place on this date."""
    if place.hours is None:
        return f"The hours of {place.name} are unknown to me; check before you go."
    if place.hours == "24/7":
        return f"{place.name} is always open, as far as I know."
    windows = _windows(place.hours, day)
    if not windows:
        return f"{place.name} is closed on {in_words(day)}, by its {hours(place)}."
    told = listed(f"{clock(start)}–{clock(end)}" for start, end in windows)
    return f"{place.name} is open {told} on {in_words(day)}, by its known hours."


def usually(place: Place) -> str:
    """The hours as they are known; which day is meant is not."""
    if place.hours is None:
        return f"The hours of {place.name} are unknown to me; check before you go."
    return f"{place.name}: {hours(place)}."


def _windows(told: str, day: date) -> list[tuple[int, int]]:
    midnight = datetime.combine(day, time())
    parsed = OpeningHours(told, auto_country=False, auto_timezone=False)
    found = []
    for start, end, state, _ in parsed.intervals(midnight, midnight + timedelta(1)):
        if state is State.OPEN:
            minutes = [
                int((it - midnight).total_seconds()) // 60 for it in (start, end)
            ]
            found.append((max(0, minutes[0]), minutes[1]))
    return found
