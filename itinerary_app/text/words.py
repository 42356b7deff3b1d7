"""How facts are put into English: what is unknown is called unknown."""

from __future__ import annotations

import re
from collections.abc import Iterable

from itinerary_app.model import (
    Booking,
    Itinerary,
    Place,
    Stop,
    StopKind,
    Transfer,
    Way,
)
from itinerary_app.text.clock import clock
from itinerary_app.text.money import money

MODES = {  # of travel out of town; within it one walks or rides
    "train": "by train",
    "flight": "by plane",
    "road": "by road",
    "ferry": "by ferry",
    "bus": "by bus",
    "land": "by train or road",
}
_DAYS = {
    "Mo": "Mon",
    "Tu": "Tue",
    "We": "Wed",
    "Th": "Thu",
    "Fr": "Fri",
    "Sa": "Sat",
    "Su": "Sun",
    "PH": "public holidays",
    "easter -2 days": "Good Friday",
    "easter +1 day": "Easter Monday",
    "easter": "Easter Sunday",
}
_BOOKING = {
    Booking.NEEDED: "book ahead",
    Booking.ADVISED: "booking advised",
}
_DAY = re.compile(r"\b(?:" + "|".join(map(re.escape, _DAYS)) + r")\b")
WHO = {"eu": "EU citizens", "child": "children", "resident": "residents"}
_COMMENT = re.compile(r'(?<!PH)(?: open)? "([^"]*)"')  # beside a rule, about it
_OFF = re.compile(r"(?<=; )([^;]+?) off\b")


def listed(words: Iterable[str], last: str = "and") -> str:
    """a, b and c."""
    items = list(words)
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def counted(number: int, noun: str) -> str:
    """1 day, 2 days, 1,000 days."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def lasting(minutes: int) -> str:
    """1 h 30 min for 90."""
    whole, rest = divmod(minutes, 60)
    parts = (f"{whole} h" if whole else "", f"{rest} min" if rest or not whole else "")
    return " ".join(part for part in parts if part)


def hours(place: Place) -> str:
    """The opening hours in words rather than in OpenStreetMap's syntax."""
    if place.hours is None:
        return "hours unknown"
    if place.hours == "24/7":
        return "known hours: always open"
    told = _OFF.sub(r"closed \1", place.hours).replace("Mo-Su", "daily")
    told = _COMMENT.sub(r" (\1)", told).replace(" unknown", " at unknown times")
    told = _DAY.sub(lambda found: _DAYS[found[0]], told)
    told = told.replace("-", "–").replace(",", ", ").replace('"', "")
    return f"hours: {told}" if "unknown" in told else f"known hours: {told}"


def price(place: Place) -> str:
    """The admission. Where one eats, no admission is known and none is asked."""
    if place.price is None:
        return "price unknown"
    if place.price == 0:
        return "free"
    return money(place.currency, place.price)


def booking(place: Place) -> str:
    """Whether one has to book, "" where nothing is known of it."""
    return _BOOKING[place.booking] if place.booking else ""


def admission(place: Place, paid_at: Place | None = None) -> str:
    """The price, what others pay, and of when: "INR 500 (children free; 2024)"; or at
    which place the ticket for this one was paid.
    """
    if paid_at:
        return f"included in the ticket of {paid_at.name}"
    others = [
        f"{WHO.get(fare.who, fare.who)} "
        + (money(place.currency, fare.price) if fare.price else "free")
        for fare in place.fares
    ]
    year = [str(place.price_year)] if place.price_year and place.price else []
    more = "; ".join([*others, *year])
    return f"{price(place)} ({more})" if more else price(place)


def kind(stop: Stop) -> str:
    """What the stop is, and which meal one has there."""
    label = stop.place.label
    if stop.holds:
        return f"{label} · {held(stop)}"
    return label if stop.kind is StopKind.VISIT else f"{stop.kind} · {label}"


def held(stop: Stop) -> str:
    """Which meal one has during a visit, and how; "" where none."""
    return f"{stop.holds} on the site or from a basket" if stop.holds else ""


def travel(stop: Stop) -> str:
    """How to come here from the stop before."""
    mode = MODES.get(stop.travel_mode, stop.travel_mode)
    return f"about {lasting(stop.travel_minutes)} {mode} (estimated)"


def approach(place: Place) -> str:
    """What is special about the way there, "" where streets lead to it."""
    way = place.approach
    if way is None or way.way is Way.WALK:
        return (way and way.words) or ""
    words = f", {way.words}" if way.words else ""
    if way.way in MODES:  # besides the streets up to where that leaves
        return f"{lasting(way.minutes)} of the way {MODES[way.way]}{words}"
    return f"climb of {lasting(way.minutes)}{words}"


def no_access(place: Place) -> str:
    """Why no wheelchair gets there, of a place that has no access for them."""
    if place.wheelchair is None:
        return f"the {approach(place)} has no step-free way that is known"
    return "it is known to have no step-free access"


def title(plan: Itinerary) -> str:
    """The name of a plan: "3 days in Jaipur"."""
    cities = listed(city.name for city in plan.cities)
    return f"{counted(len(plan.days), 'day')} in {cities}"


def journey(plan: Itinerary, day: int) -> str:
    """The way from the city before, on the day of arrival; "" on any other day.

    Its times are by the clocks of the two cities.
    """
    arrival = plan.arrival(day)
    if arrival is None:
        return ""
    city, way = arrival
    return f"From {city.name} {transfer(way)}: {steps(way)}, by the clocks there"


def steps(way: Transfer) -> str:
    """When one leaves and arrives, and where."""
    eve = " the day before" if way.leave < 0 else ""
    leave = f"leave at {clock(way.leave)}{eve}"
    if way.origin and way.there_by is not None:
        leave = f"be at {way.origin.name} by {clock(way.there_by)}{eve}, {leave}"
    at = f"at {way.target.name} at" if way.target else "at"
    return f"{leave}, arrive {at} {clock(way.arrive)}"


def transfer(way: Transfer) -> str:
    """By what one comes to the next city, and how long: "by train, about 2 h"."""
    how = "usual" if way.known else "estimated"
    return f"{MODES.get(way.mode, way.mode)}, about {lasting(way.minutes)} ({how})"


def between(way: Transfer) -> str:
    """From where to where it is so long."""
    if way.origin is None and way.target is None:
        return "door to door"
    one = way.origin.name if way.origin else "your door"
    other = way.target.name if way.target else "the door"
    return f"from {one} to {other}"
