"""How the pages word a plan and a trip."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import Blueprint

from itinerary_app.catalogue.holidays import region
from itinerary_app.catalogue.hours import in_doubt
from itinerary_app.catalogue.light import daylight
from itinerary_app.catalogue.observances import RAMADAN, feast
from itinerary_app.catalogue.tickets import included
from itinerary_app.checker.hours import times
from itinerary_app.model import (
    City,
    Day,
    Itinerary,
    Place,
    Preferences,
    Stop,
    StopKind,
)
from itinerary_app.text.clock import clock
from itinerary_app.text.dates import briefly, instant, span, with_year
from itinerary_app.text.ends import homeward, outward
from itinerary_app.text.money import money
from itinerary_app.text.totals import totals
from itinerary_app.text.words import (
    admission,
    approach,
    booking,
    counted,
    hours,
    journey,
    kind,
    lasting,
    listed,
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
        admission,
        ago,
        approach,
        booking,
        bought_at,
        briefly,
        clock,
        counted,
        holiday_on,
        homeward,
        hours_then,
        instant,
        journey_on,
        kind,
        outward,
        period,
        price,
        rough_span,
        stay,
        span,
        sunset_on,
        tags,
        title,
        totals,
        travel,
        trip_dates,
        trip_title,
    ):
        blueprint.add_app_template_filter(wording)


def bought_at(plan: Itinerary) -> dict[str, Place]:
    """For the id of a place whose ticket is that of another one of the plan: that."""
    return included(stop.place for stop in plan.stops)


def holiday_on(day: Day, city: City) -> str:
    """The name of the public holiday that it is there, Ramadan, or ""."""
    return feast(day.date, region(city))


def sunset_on(day: Day, city: City) -> int | None:
    """When the sun sets, in minutes after midnight; None if that is not known."""
    light = daylight(city, day.date)
    return light and light[1]


def hours_then(place: Place, day: Day, city: City) -> str:
    """The opening hours of the day's date, or all that are known where it has none."""
    if place.hours is None or day.date is None:
        return hours(place)
    where = region(city)
    told = times(place.hours, day.date, where, city)
    name = in_doubt(place.hours, day.date, where)
    if told and name == RAMADAN:
        return f"open {told} on {briefly(day.date)}; not known for all of {name}"
    if told and name:
        return f"usually open {told}; not known for {name}"
    if told:
        return f"open {told} on {briefly(day.date)}"
    return f"{hours(place)}; not known to open on {briefly(day.date)}"


def journey_on(day: Day, plan: Itinerary) -> str:
    """How one comes from the city before on this day, or ""."""
    return journey(plan, day.number)


def stay(stop: Stop) -> str:
    """How long one stays: the place's own usual length, or that of its kind."""
    own = stop.kind is StopKind.VISIT and stop.place.minutes is not None
    return f"usually {lasting(stop.leave - stop.arrive)}{' here' if own else ''}"


def trip_title(preferences: Preferences) -> str:
    """The name of a trip: "3 days in Jaipur"."""
    several = listed(leg.city for leg in preferences.legs)
    city, days = several or preferences.city, preferences.duration_days
    if city and days:
        return f"{counted(days, 'day')} in {city}"
    if city:
        return f"A trip to {city}"
    return f"A trip of {counted(days, 'day')}" if days else "A new trip"


def trip_dates(preferences: Preferences) -> str:
    """24 – 26 December 2026, as far as it is known."""
    first, days = preferences.start_date, preferences.duration_days
    if first is None:
        return "no dates yet"
    if days is None:
        return f"from {span(first, first)}"
    return span(first, first + timedelta(days=days - 1))


def tags(told: Preferences, currency: str = "") -> list[str]:
    """What was told besides city and days, each in a word or two."""
    times = (
        ("arriving", told.arrive),
        ("leaving", told.depart),
        ("days from", told.day_start),
        ("days until", told.day_end),
    )
    return [
        *([f"from {with_year(told.start_date)}"] if told.start_date else ()),
        *(f"{word} {clock(minutes)}" for word, minutes in times if minutes is not None),
        *told.interests,
        *([f"{told.pace} pace"] if told.pace else ()),
        *([f"{told.budget} budget"] if told.budget else ()),
        *(_spaced(wish) for wish in (*told.diets, *told.mobility)),
        *(
            [f"admissions up to {money(currency, told.spend_limit)}"]
            if told.spend_limit is not None
            else ()
        ),
        *(f"no {category.label}" for category in told.avoid),
    ]


def _spaced(wish: str) -> str:
    """step-free, gluten-free, less walking."""
    return wish.replace("_free", "-free").replace("_", " ")


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
