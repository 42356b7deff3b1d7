"""How the pages word the facts of a plan: what is unknown is called unknown."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from flask import Blueprint

from itinerary_app.model import Place, Preferences, Stop, StopKind

_DAYS = {
    "Mo": "Mon",
    "Tu": "Tue",
    "We": "Wed",
    "Th": "Thu",
    "Fr": "Fri",
    "Sa": "Sat",
    "Su": "Sun",
    "PH": "public holidays",
}
_DAY = re.compile(r"\b(?:" + "|".join(_DAYS) + r")\b")
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
        travel,
        trip_title,
    ):
        blueprint.add_app_template_filter(wording)


def clock(minutes: int) -> str:
    """09:30 for 570; a time past midnight belongs to the next day's clock."""
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"


def lasting(minutes: int) -> str:
    """1 h 30 min for 90."""
    whole, rest = divmod(minutes, 60)
    parts = (f"{whole} h" if whole else "", f"{rest} min" if rest or not whole else "")
    return " ".join(part for part in parts if part)


def travel(stop: Stop) -> str:
    """How to come here from the stop before."""
    return f"about {lasting(stop.travel_minutes)} {stop.travel_mode} (estimated)"


def kind(stop: Stop) -> str:
    """What the stop is, and for a meal, which."""
    label = stop.place.category.label
    return label if stop.kind is StopKind.VISIT else f"{stop.kind} · {label}"


def hours(place: Place) -> str:
    """The opening hours in words rather than in OpenStreetMap's syntax."""
    if place.hours is None:
        return "hours unknown"
    if place.hours == "24/7":
        return "known hours: always open"
    told = place.hours.replace("Mo-Su", "daily")
    told = _DAY.sub(lambda found: _DAYS[found[0]], told)
    return f"known hours: {told.replace('-', '–').replace(',', ', ')}"


def price(place: Place) -> str:
    """The admission. Where one eats, no admission is known and none is asked."""
    if place.price is None:
        return "price unknown"
    if place.price == 0:
        return "free"
    return f"{place.currency or ''} {place.price:,.10g}".strip()


def trip_title(preferences: Preferences) -> str:
    """The name of a trip: "3 days in Jaipur"."""
    city, days = preferences.city, preferences.duration_days
    if city and days:
        return f"{days} {_plural('day', days)} in {city}"
    if city:
        return f"A trip to {city}"
    return f"A trip of {days} {_plural('day', days)}" if days else "A new trip"


def period(span: timedelta) -> str:
    """60 minutes, 24 hours, 30 days: the largest unit that divides, but 24 hours."""
    for name, unit in _UNITS:
        count = span // unit
        if not span % unit and count > 1:
            return f"{count:,} {_plural(name, count)}"
    count = span // _UNITS[-1][1]
    return f"{count} {_plural('minute', count)}"


def ago(moment: datetime, now: datetime) -> str:
    """5 minutes ago; coarse, as it is read at a glance."""
    for name, unit in _UNITS:
        count = (now - moment) // unit
        if count > 0:
            return f"{count} {_plural(name, count)} ago"
    return "just now"


def _plural(noun: str, count: int) -> str:
    return noun if count == 1 else f"{noun}s"
