"""What the formats say alike of a stop and its sources, in text that spoils no file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

from itinerary_app.catalogue.holidays import named, region
from itinerary_app.catalogue.observances import feast
from itinerary_app.catalogue.tickets import included
from itinerary_app.language import N_, _
from itinerary_app.model import Day, Itinerary, Stop
from itinerary_app.text.clock import clock
from itinerary_app.text.credits import Credit, credits
from itinerary_app.text.dates import in_words
from itinerary_app.text.reasons import reason
from itinerary_app.text.words import admission, approach, booking, hours, kind, travel

ESTIMATES = N_(
    "Times are estimates: how long people usually stay, and about how long the ways "
    "take. Check opening hours before you go."
)
NONE: Mapping[str, str] = MappingProxyType({})
# What breaks lines, is forbidden in XML, or turns the direction of all that follows.
_UNFIT = re.compile(
    "[\0-\x20\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]+"
)
_RIGHT_TO_LEFT = ("R", "AL")
_ISOLATE, _END = "\u2068", "\u2069"


def line(text: str) -> str:
    """The text on one line, without characters that would spoil what is around it."""
    return _UNFIT.sub(" ", text).strip()


def inline(text: str) -> str:
    """A line to stand among others: what runs from right to left keeps to itself."""
    told = line(text)
    turns = any(unicodedata.bidirectional(char) in _RIGHT_TO_LEFT for char in told)
    return f"{_ISOLATE}{told}{_END}" if turns else told


def local_name(stop: Stop) -> str | None:
    """How signs there write it, where that is another name."""
    place = stop.place
    return place.local_name if place.local_name != place.name else None


def time_span(stop: Stop) -> str:
    """09:30–11:00."""
    return f"{clock(stop.arrive)}–{clock(stop.leave)}"


def facts(
    stop: Stop, day: Day, plan: Itinerary, notes: Mapping[str, str] = NONE
) -> list[str]:
    """What is known of the day's stop, the unknown too; the source comes last.

    `notes` are the traveller's own, by the place's id.
    """
    note = notes.get(stop.place.id)
    paid_at = included(it.place for it in plan.stops).get(stop.place.id)
    is_first = day.origin is not None and stop is day.stops[0]
    origin = day.origin.called if is_first and day.origin else ""
    here = local_name(stop)
    told = (
        kind(stop),
        note and inline(_("your note: %(note)s", note=note)),
        here and _("signs say %(name)s", name=inline(here)),
        inline(reason(stop)),
        inline(hours(stop.place)),
        inline(admission(stop.place, paid_at)),
        booking(stop.place),
        inline(approach(stop.place)),
        stop.travel_minutes and inline(_from(stop, origin)),
        _("source: %(source)s", source=source(stop)),
    )
    return [fact[0].upper() + fact[1:] for fact in told if fact]


def _from(stop: Stop, origin: str) -> str:
    if origin:
        return _("%(way)s from %(place)s", way=travel(stop), place=origin)
    return _("%(way)s from the stop before", way=travel(stop))


def source(stop: Stop) -> str:
    """Who told the facts, and under which licence."""
    if stop.place.is_own:
        return stop.place.source
    return inline(f"{stop.place.source} ({stop.place.licence})")


def credit_lines(itinerary: Itinerary) -> list[str]:
    """All sources of the plan's facts with their licences."""
    return [_credit(credit) for credit in credits(itinerary)]


def _credit(credit: Credit) -> str:
    told = inline(f"{credit.source}, {credit.licence}")
    return f"{told}, {credit.licence_url}" if credit.licence_url else told


def day_name(day: Day, plan: Itinerary) -> str:
    """Day 1, Friday 25 December 2026, Christmas Day; of several cities with its own."""
    city = plan.city_of(day.number)
    told = (
        _("Day %(number)s", number=day.number),
        in_words(day.date) if day.date else "",
        named(feast(day.date, region(city))),
        inline(city.name) if plan.stages else "",
    )
    return ", ".join(filter(None, told))
