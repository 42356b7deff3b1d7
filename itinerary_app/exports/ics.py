"""iCalendar (RFC 5545): an event a stop, and one a way to the next city, in the own
time of each city.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from uuid import UUID, uuid5

from icalendar import Calendar, Event, vText
from icalendar.enums import STATUS

from itinerary_app.catalogue.zones import zone_of
from itinerary_app.errors import InvalidInput
from itinerary_app.exports.text import (
    ESTIMATES,
    NONE,
    credit_lines,
    facts,
    inline,
    line,
)
from itinerary_app.language import N_, Later, _
from itinerary_app.model import City, Day, Itinerary, Stop, StopKind, Transfer
from itinerary_app.text.credits import source_url
from itinerary_app.text.ends import homeward
from itinerary_app.text.notes import note
from itinerary_app.text.words import between, steps, title, transfer

PRODUCT = "-//itinerary_app//itinerary//EN"
DAY = timedelta(days=1)
EVERY = timedelta(hours=1)
_SUMMARIES = {
    StopKind.VISIT: "%(place)s",
    StopKind.LUNCH: N_("Lunch: %(place)s"),
    StopKind.DINNER: N_("Dinner: %(place)s"),
}


def render(
    itinerary: Itinerary,
    notes: Mapping[str, str] = NONE,
    *,
    trip_id: str,
    version: int,
    now: datetime,
) -> bytes:
    """The calendar. Imported again, its events take the place of the earlier ones:
    `trip_id` (a UUID) tells which they are and `version` which are newer.
    `notes` are by places' ids.

    Raises InvalidInput where a day has no date.
    """
    dates = [day.date for day in itinerary.days if day.date]
    if len(dates) < len(itinerary.days):
        raise InvalidInput(
            Later(
                "This plan has no dates, and a calendar needs them: choose the first "
                "day, as first_day=YYYY-MM-DD."
            ),
            field="first_day",
        )
    calendar = Calendar.new(prodid=PRODUCT, method="PUBLISH", uid=trip_id)
    name = line(title(itinerary))
    told = [inline(note(it, itinerary)) for it in itinerary.notes]
    about = "\n".join([*told, _(ESTIMATES), *credit_lines(itinerary)])
    # Programs older than RFC 7986 read the X- names, of which the library does not
    # know that they are texts and escapes nothing in them unless told so.
    calendar.refresh_interval = EVERY  # of those who subscribe to it
    for named, text in {
        "name": name,
        "description": about,
        "x-wr-calname": name,
        "x-wr-caldesc": about,
    }.items():
        calendar.add(named, vText(text))
    for on, day in zip(dates, itinerary.days, strict=True):
        city, midnight = itinerary.city_of(day.number), datetime.combine(on, time())
        events = []
        if arrival := itinerary.arrival(day.number):
            events.append((_way(*arrival, city, midnight), f"way to {city.id}"))
        for stop in day.stops:
            event = _event(stop, day, itinerary, midnight, notes)
            event.location = _where(stop, city)
            events.append((event, stop.place.id))
        for event, known_by in events:
            event.uid = str(uuid5(UUID(trip_id), known_by))
            event.sequence = version
            event.stamp = now
            calendar.add_component(event)
    calendar.add_missing_timezones(min(dates), max(dates) + DAY)
    return bytes(calendar.to_ical())


def _way(one: City, way: Transfer, other: City, midnight: datetime) -> Event:
    """The way to another city: it begins by one clock and ends by another."""
    start = (midnight + timedelta(minutes=way.leave)).replace(tzinfo=zone_of(one))
    end = (midnight + timedelta(minutes=way.arrive)).replace(tzinfo=zone_of(other))
    if (start.tzinfo is None) != (end.tzinfo is None):  # no order without both
        start, end = start.replace(tzinfo=None), end.replace(tzinfo=None)
    how, told = transfer(way), f"{line(between(way))}: {line(steps(way))}"
    event = Event.new(
        summary=_("%(one)s to %(other)s", one=line(one.name), other=line(other.name)),
        description=f"{how[:1].upper()}{how[1:]}, {told}. {_(ESTIMATES)}",
        start=start,
        end=max(end, start),
        status=STATUS.TENTATIVE,
        location=line(way.origin.name if way.origin else one.name),
    )
    return event


def _back(stop: Stop, day: Day) -> list[str]:
    """The way back, told with the day's last stop."""
    return [line(homeward(day))] if stop is day.stops[-1] and day.target else []


def _where(stop: Stop, city: City) -> str:
    """The place, and its city unless it is out of town."""
    name = line(stop.place.name)
    return name if stop.place.is_outing else f"{name}, {line(city.name)}"


def _event(
    stop: Stop, day: Day, plan: Itinerary, midnight: datetime, notes: Mapping[str, str]
) -> Event:
    place, zone = stop.place, zone_of(plan.city_of(day.number))
    name = line(place.name)
    event = Event.new(
        summary=_(_SUMMARIES[stop.kind], place=name),
        description="\n".join(
            [*facts(stop, day, plan, notes), *_back(stop, day), _(ESTIMATES)]
        ),
        # The clock on the wall: without a zone the times float with the traveller.
        start=(midnight + timedelta(minutes=stop.arrive)).replace(tzinfo=zone),
        end=(midnight + timedelta(minutes=stop.leave)).replace(tzinfo=zone),
        categories=[place.label],
        status=STATUS.TENTATIVE,
        url=source_url(place),
    )
    event.add("geo", (place.lat, place.lon))
    return event
