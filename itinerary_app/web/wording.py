"""How the pages word a plan and a trip."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import Blueprint

from itinerary_app.catalogue.holidays import named, region
from itinerary_app.catalogue.hours import in_doubt
from itinerary_app.catalogue.light import daylight
from itinerary_app.catalogue.observances import RAMADAN, feast
from itinerary_app.catalogue.tickets import included
from itinerary_app.checker.hours import times
from itinerary_app.language import N_, _, ngettext, number
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
from itinerary_app.text.credits import source_url
from itinerary_app.text.dates import briefly, instant, span, with_year
from itinerary_app.text.ends import homeward, outward
from itinerary_app.text.money import money
from itinerary_app.text.notes import note
from itinerary_app.text.reasons import reason
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
    pace,
    price,
    title,
    travel,
)

_UNITS = {
    "day": timedelta(days=1),
    "hour": timedelta(hours=1),
    "minute": timedelta(minutes=1),
}
_BUDGETS = {
    "low": N_("low budget"),
    "moderate": N_("moderate budget"),
    "high": N_("high budget"),
}
_WISHES = {  # diets and ways of getting about
    "vegetarian": N_("vegetarian"),
    "vegan": N_("vegan"),
    "halal": N_("halal"),
    "kosher": N_("kosher"),
    "gluten_free": N_("gluten-free"),
    "step_free": N_("step-free"),
    "less_walking": N_("less walking"),
}


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
        distance,
        holiday_on,
        homeward,
        hours_then,
        instant,
        journey_on,
        kind,
        note,
        outward,
        pace,
        period,
        price,
        reason,
        rough_span,
        stay,
        span,
        source_url,
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
    return named(feast(day.date, region(city)))


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
    on = {"times": told, "date": briefly(day.date), "name": named(name)}
    if told and name == RAMADAN:
        return _("open %(times)s on %(date)s; not known for all of %(name)s", **on)
    if told and name:
        return _("usually open %(times)s; not known for %(name)s", **on)
    if told:
        return _("open %(times)s on %(date)s", **on)
    return _(
        "%(hours)s; not known to open on %(date)s",
        hours=hours(place),
        date=briefly(day.date),
    )


def journey_on(day: Day, plan: Itinerary) -> str:
    """How one comes from the city before on this day, or ""."""
    return journey(plan, day.number)


def stay(stop: Stop) -> str:
    """How long one stays: the place's own usual length, or that of its kind."""
    own = stop.kind is StopKind.VISIT and stop.place.minutes is not None
    time = lasting(stop.leave - stop.arrive)
    if own:
        return _("usually %(time)s here", time=time)
    return _("usually %(time)s", time=time)


def distance(km: float) -> str:
    """350 m, 2.4 km."""
    if km < 1:
        return _("%(metres)s m", metres=int(round(km * 1000, -1)))
    return _("%(km)s km", km=number(round(km, 1)))


def trip_title(preferences: Preferences) -> str:
    """The name of a trip: "3 days in Jaipur"."""
    several = listed(leg.city for leg in preferences.legs)
    city, days = several or preferences.city, preferences.duration_days
    if city and days:
        return ngettext(
            "%(num)s day in %(cities)s", "%(num)s days in %(cities)s", days, cities=city
        )
    if city:
        return _("A trip to %(city)s", city=city)
    if days:
        return ngettext("A trip of %(num)s day", "A trip of %(num)s days", days)
    return _("A new trip")


def trip_dates(preferences: Preferences) -> str:
    """24 – 26 December 2026, as far as it is known."""
    first, days = preferences.start_date, preferences.duration_days
    if first is None:
        return _("no dates yet")
    if days is None:
        return _("from %(date)s", date=span(first, first))
    return span(first, first + timedelta(days=days - 1))


def tags(told: Preferences, currency: str = "") -> list[str]:
    """What was told besides city and days, each in a word or two."""
    times = (
        (N_("arriving %(time)s"), told.arrive),
        (N_("leaving %(time)s"), told.depart),
        (N_("days from %(time)s"), told.day_start),
        (N_("days until %(time)s"), told.day_end),
    )
    since, limit = told.start_date, told.spend_limit
    return [
        *([_("from %(date)s", date=with_year(since))] if since else ()),
        *(_(word, time=clock(at)) for word, at in times if at is not None),
        *(_(it.value) for it in told.interests),
        *([pace(told.pace)] if told.pace else ()),
        *([_(_BUDGETS[told.budget])] if told.budget else ()),
        *(_(_WISHES[wish]) for wish in (*told.diets, *told.mobility)),
        *(
            [_("admissions up to %(sum)s", sum=money(currency, limit))]
            if limit is not None
            else ()
        ),
        *(_("no %(kind)s", kind=category.label) for category in told.avoid),
    ]


def period(span: timedelta) -> str:
    """60 minutes, 24 hours, 30 days: the largest unit that divides, but 24 hours."""
    for name, unit in _UNITS.items():
        count = span // unit
        if not span % unit and count > 1:
            return _spell(count, name)
    return _spell(span // _UNITS["minute"], "minute")


def rough_span(seconds: float) -> str:
    """45 s, 12 min, 1 h 30 min, 3 days."""
    if seconds < 60:
        return f"{seconds:.0f} s"
    if seconds < 2 * 86_400:
        return lasting(round(seconds / 60))
    return _spell(round(seconds / 86_400), "day")


def _spell(count: int, unit: str) -> str:
    if unit == "day":
        return ngettext("%(num)s day", "%(num)s days", count)
    if unit == "hour":
        return ngettext("%(num)s hour", "%(num)s hours", count)
    return ngettext("%(num)s minute", "%(num)s minutes", count)


def ago(moment: datetime, now: datetime) -> str:
    """5 minutes ago; coarse, as it is read at a glance."""
    past = max(now - moment, timedelta())  # a clock may run behind
    if days := past // _UNITS["day"]:
        return ngettext("%(num)s day ago", "%(num)s days ago", days)
    if hours := past // _UNITS["hour"]:
        return ngettext("%(num)s hour ago", "%(num)s hours ago", hours)
    if minutes := past // _UNITS["minute"]:
        return ngettext("%(num)s minute ago", "%(num)s minutes ago", minutes)
    return _("just now")
