"""How the pages word a plan and a trip."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import Blueprint

from itinerary_app.model import Preferences
from itinerary_app.words import (
    clock,
    counted,
    hours,
    kind,
    lasting,
    price,
    title,
    travel,
)

_UNITS = (
    ("day", timedelta(days=1)),
    ("hour", timedelta(hours=1)),
    ("minute", timedelta(minutes=1)),
)


def install(blueprint: Blueprint) -> None:
    """Make the wordings filters of every template."""
    for wording in (
        ago,
        clock,
        hours,
        kind,
        lasting,
        period,
        price,
        title,
        travel,
        trip_title,
    ):
        blueprint.add_app_template_filter(wording)


def trip_title(preferences: Preferences) -> str:
    """The name of a trip: "3 days in Jaipur"."""
    city, days = preferences.city, preferences.duration_days
    if city and days:
        return f"{counted(days, 'day')} in {city}"
    if city:
        return f"A trip to {city}"
    return f"A trip of {counted(days, 'day')}" if days else "A new trip"


def period(span: timedelta) -> str:
    """60 minutes, 24 hours, 30 days: the largest unit that divides, but 24 hours."""
    for name, unit in _UNITS:
        count = span // unit
        if not span % unit and count > 1:
            return counted(count, name)
    count = span // _UNITS[-1][1]
    return counted(count, "minute")


def rough_span(seconds: float) -> str:
    """45 s, 12 min, 1 h 30 min, 3 days."""
    if seconds < 60:
        return f"{seconds:.0f} s"
    if seconds < 2 * 86_400:
        return lasting(round(seconds / 60))
    return counted(round(seconds / 86_400), "day")


def ago(moment: datetime, now: datetime) -> str:
    """5 minutes ago; coarse, as it is read at a glance."""
    for name, unit in _UNITS:
        count = (now - moment) // unit
        if count > 0:
            return f"{counted(count, name)} ago"
    return "just now"
