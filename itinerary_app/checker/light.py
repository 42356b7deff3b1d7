"""Whether what is for daylight comes by day."""

from __future__ import annotations

from collections.abc import Iterator

from itinerary_app.catalogue.holidays import region
from itinerary_app.catalogue.light import daylight
from itinerary_app.checker.hours import is_open_between
from itinerary_app.checker.subject import Subject, span
from itinerary_app.checker.verdicts import Check, Finding
from itinerary_app.language import _
from itinerary_app.model import Category, Interest, Place
from itinerary_app.text.clock import clock

GREEN = {Category.PARK, Category.GARDEN, Category.ZOO}
WILD = {Category.LANDMARK, Category.VIEWPOINT, Category.ACTIVITY}
AFTER_DARK = {Interest.FOOD, Interest.NIGHTLIFE, Interest.SHOPPING}


def light(plan: Subject) -> Check:
    """Of days with a date: without one nobody knows when the sun sets."""
    found = (*_findings(plan), *_late_views(plan))
    by_name = {plan.name(place_id) for place_id in dict(plan.request.times)}
    return Check(
        "light",
        _("By daylight"),
        _(
            "Parks, gardens, zoos, beaches and hikes come between sunrise and sunset, "
            "and no viewpoint begins after it, except at times of your own."
        ),
        tuple(it for it in found if it.place not in by_name),
        tuple(it for it in found if it.place in by_name),
    )


def _findings(plan: Subject) -> Iterator[Finding]:
    city = plan.itinerary.city
    for day, stop in plan.stops:
        sun, place = daylight(city, day.date), plan.facts(stop)
        if day.date is None or sun is None or not _is_for_daylight(place):
            continue
        if sun[0] <= stop.arrive and stop.leave <= sun[1]:
            continue
        if place.hours is None or is_open_between(
            place.hours, day.date, *sun, region(city), city
        ):
            told = _(
                "%(times)s, but the sun is up %(time)s–%(time_2)s",
                times=span(stop),
                time=clock(sun[0]),
                time_2=clock(sun[1]),
            )
            yield plan.found(day, stop, told)


def _late_views(plan: Subject) -> Iterator[Finding]:
    city = plan.itinerary.city
    for day, stop in plan.stops:
        sun, place = daylight(city, day.date), plan.facts(stop)
        is_view = place.category is Category.VIEWPOINT and not _is_for_daylight(place)
        if day.date is None or sun is None or not is_view or stop.arrive <= sun[1]:
            continue
        if Interest.NIGHTLIFE in place.interests:
            continue
        if place.hours is None or is_open_between(
            place.hours, day.date, *sun, region(city), city
        ):
            told = _(
                "begins at %(time)s, and the sun sets at %(time_2)s",
                time=clock(stop.arrive),
                time_2=clock(sun[1]),
            )
            yield plan.found(day, stop, told)


def _is_for_daylight(place: Place) -> bool:
    wild = place.category in WILD and Interest.NATURE in place.interests
    return place.category in GREEN or (wild and not AFTER_DARK & set(place.interests))
