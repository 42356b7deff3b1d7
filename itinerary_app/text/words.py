"""How facts are put into words: what is unknown is called unknown."""

from __future__ import annotations

import re
from collections.abc import Iterable

from itinerary_app import language
from itinerary_app.language import N_, _, ngettext, pgettext
from itinerary_app.model import (
    Booking,
    Itinerary,
    Pace,
    Place,
    Stop,
    StopKind,
    Transfer,
    Way,
)
from itinerary_app.text.clock import clock
from itinerary_app.text.money import money

MODES = {  # of travel out of town; within it one walks or rides
    "train": N_("by train"),
    "flight": N_("by plane"),
    "road": N_("by road"),
    "ferry": N_("by ferry"),
    "bus": N_("by bus"),
    "land": N_("by train or road"),
}
_TRAVEL = {
    "walk": N_("about %(time)s walk (estimated)"),
    "ride": N_("about %(time)s ride (estimated)"),
    "train": N_("about %(time)s by train (estimated)"),
    "flight": N_("about %(time)s by plane (estimated)"),
    "road": N_("about %(time)s by road (estimated)"),
    "ferry": N_("about %(time)s by ferry (estimated)"),
    "bus": N_("about %(time)s by bus (estimated)"),
    "land": N_("about %(time)s by train or road (estimated)"),
}
_DAYS = {
    "Mo": N_("Mon"),
    "Tu": N_("Tue"),
    "We": N_("Wed"),
    "Th": N_("Thu"),
    "Fr": N_("Fri"),
    "Sa": N_("Sat"),
    "Su": N_("Sun"),
    "PH": N_("public holidays"),
    "easter -2 days": N_("Good Friday"),
    "easter +1 day": N_("Easter Monday"),
    "easter": N_("Easter Sunday"),
    "sunrise": N_("sunrise"),
    "sunset": N_("sunset"),
    "dawn": N_("dawn"),
    "dusk": N_("dusk"),
}
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_BOOKING = {
    Booking.NEEDED: N_("book ahead"),
    Booking.ADVISED: N_("booking advised"),
}
_DAY = re.compile(r"\b(?:" + "|".join(map(re.escape, [*_DAYS, *_MONTHS])) + r")\b")
WHO = {
    "eu": N_("EU citizens"),
    "child": N_("children"),
    "resident": N_("residents"),
}
_HELD = {
    StopKind.LUNCH: N_("lunch on the site or from a basket"),
    StopKind.DINNER: N_("dinner on the site or from a basket"),
}
_MEALS_AT = {
    StopKind.LUNCH: N_("lunch · %(kind)s"),
    StopKind.DINNER: N_("dinner · %(kind)s"),
}
_PACES = {
    "relaxed": N_("relaxed pace"),
    "moderate": N_("moderate pace"),
    "packed": N_("packed pace"),
}
_COMMENT = re.compile(r'(?<!PH)(?: open)? "([^"]*)"')  # beside a rule, about it
_OFF = re.compile(r"(?<=; )([^;]+?) off\b")


def listed(words: Iterable[str], last: str = "and") -> str:
    """a, b and c."""
    items = list(words)
    if len(items) < 2:
        return "".join(items)
    told = ", ".join(items[:-1])
    if last == "or":
        return _("%(some)s or %(last)s", some=told, last=items[-1])
    return _("%(some)s and %(last)s", some=told, last=items[-1])


def counted(number: int, noun: str) -> str:
    """1 day, 2 days, 1,000 days: of what is English alone."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def lasting(minutes: int) -> str:
    """1 h 30 min for 90."""
    whole, rest = divmod(minutes, 60)
    if not whole:
        return _("%(minutes)s min", minutes=rest)
    if not rest:
        return _("%(hours)s h", hours=whole)
    return _("%(hours)s h %(minutes)s min", hours=whole, minutes=rest)


def hours(place: Place) -> str:
    """The opening hours in words rather than in OpenStreetMap's syntax."""
    if place.hours is None:
        return _("hours unknown")
    if place.hours == "24/7":
        return _("known hours: always open")
    told = place.hours.replace('PH "open as usual"', _("public holidays open as usual"))
    told = _OFF.sub(lambda it: _("closed %(when)s", when=it[1]), told)
    told = _COMMENT.sub(r" (\1)", told.replace("Mo-Su", _("daily")))
    told = told.replace(" unknown", " " + _("at unknown times"))
    told = _DAY.sub(lambda found: _day_or_month(found[0]), told)
    told = told.replace("-", "–").replace(",", ", ").replace('"', "")
    if "unknown" in place.hours:
        return _("hours: %(hours)s", hours=told)
    return _("known hours: %(hours)s", hours=told)


def _day_or_month(name: str) -> str:
    if name in _DAYS:
        return _(_DAYS[name])
    if language.current() == language.ENGLISH:
        return name
    from babel.dates import get_month_names

    names = get_month_names("abbreviated", "stand-alone", locale=language.current())
    return str(names[_MONTHS.index(name) + 1])


def price(place: Place) -> str:
    """The admission. Where one eats, no admission is known and none is asked."""
    if place.price is None:
        return _("price unknown")
    if place.price == 0:
        return pgettext("price", "free")
    return money(place.currency, place.price)


def booking(place: Place) -> str:
    """Whether one has to book, "" where nothing is known of it."""
    return _(_BOOKING[place.booking]) if place.booking else ""


def admission(place: Place, paid_at: Place | None = None) -> str:
    """The price, what others pay, and of when: "INR 500 (children free; 2024)"; or at
    which place the ticket for this one was paid.
    """
    if paid_at:
        return _("included in the ticket of %(place)s", place=paid_at.name)
    others = [
        _(
            "%(who)s %(price)s",
            who=_(WHO.get(fare.who, fare.who)),
            price=money(place.currency, fare.price)
            if fare.price
            else pgettext("price", "free"),
        )
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
    return label if stop.kind is StopKind.VISIT else _(_MEALS_AT[stop.kind], kind=label)


def held(stop: Stop) -> str:
    """Which meal one has during a visit, and how; "" where none."""
    return _(_HELD[stop.holds]) if stop.holds else ""


def travel(stop: Stop) -> str:
    """How to come here from the stop before."""
    return estimated(stop.travel_minutes, stop.travel_mode)


def estimated(minutes: int, mode: str) -> str:
    """How long a way takes: "about 12 min walk (estimated)"."""
    return _(_TRAVEL.get(mode, _TRAVEL["ride"]), time=lasting(minutes))


def approach(place: Place) -> str:
    """What is special about the way there, "" where streets lead to it."""
    way = place.approach
    if way is None or way.way is Way.WALK:
        return (way and way.words) or ""
    words = f", {way.words}" if way.words else ""
    if way.way in MODES:  # besides the streets up to where that leaves
        mode, time = _(MODES[way.way]), lasting(way.minutes)
        return _("%(time)s of the way %(mode)s", time=time, mode=mode) + words
    return _("climb of %(time)s", time=lasting(way.minutes)) + words


def no_access(place: Place) -> str:
    """Why no wheelchair gets there, of a place that has no access for them."""
    if place.wheelchair is None:
        return f"the {approach(place)} has no step-free way that is known"
    return "it is known to have no step-free access"


def pace(told: Pace) -> str:
    """relaxed pace."""
    return _(_PACES[told])


def title(plan: Itinerary) -> str:
    """The name of a plan: "3 days in Jaipur"."""
    cities = listed(city.name for city in plan.cities)
    days = len(plan.days)
    return ngettext(
        "%(num)s day in %(cities)s", "%(num)s days in %(cities)s", days, cities=cities
    )


def journey(plan: Itinerary, day: int) -> str:
    """The way from the city before, on the day of arrival; "" on any other day.

    Its times are by the clocks of the two cities.
    """
    arrival = plan.arrival(day)
    if arrival is None:
        return ""
    city, way = arrival
    return _(
        "From %(city)s %(way)s: %(steps)s, by the clocks there",
        city=city.name,
        way=transfer(way),
        steps=steps(way),
    )


def steps(way: Transfer) -> str:
    """When one leaves and arrives, and where."""
    eve = way.leave < 0
    leave = (
        _("leave at %(time)s the day before", time=clock(way.leave))
        if eve
        else _("leave at %(time)s", time=clock(way.leave))
    )
    parts = [leave]
    if way.origin and way.there_by is not None:
        by = {"place": way.origin.name, "time": clock(way.there_by)}
        parts[:0] = [
            _("be at %(place)s by %(time)s the day before", **by)
            if eve
            else _("be at %(place)s by %(time)s", **by)
        ]
    at = clock(way.arrive)
    parts.append(
        _("arrive at %(place)s at %(time)s", place=way.target.name, time=at)
        if way.target
        else _("arrive at %(time)s", time=at)
    )
    return ", ".join(parts)


def transfer(way: Transfer) -> str:
    """By what one comes to the next city, and how long: "by train, about 2 h"."""
    told = {"mode": _(MODES.get(way.mode, way.mode)), "time": lasting(way.minutes)}
    if way.known:
        return _("%(mode)s, about %(time)s (usual)", **told)
    return _("%(mode)s, about %(time)s (estimated)", **told)


def between(way: Transfer) -> str:
    """From where to where it is so long."""
    if way.origin is None and way.target is None:
        return _("door to door")
    one = way.origin.name if way.origin else _("your door")
    other = way.target.name if way.target else _("the door")
    return _("from %(one)s to %(other)s", one=one, other=other)
