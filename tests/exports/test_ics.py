"""Calendars, read again by the library that programs read them with."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Event

from itinerary_app.errors import InvalidInput
from itinerary_app.exports import ics
from itinerary_app.model import City, Day, Itinerary, Pace, StopKind
from tests.exports.plan import NOW, TRIP_ID, WHOLE, place, plan, stop

PARIS = City("paris", "Paris", "FR", 48.8534, 2.3488)
NOWHERE = City("nowhere", "Point Nemo", "XX", -48.9, -123.4)
EVE = date(2026, 12, 24)


def read(itinerary: Itinerary, *, version: int = 1) -> Calendar:
    content = ics.render(itinerary, trip_id=TRIP_ID, version=version, now=NOW)
    return Calendar.from_ical(content)


def events(itinerary: Itinerary) -> list[Event]:
    calendar = read(itinerary)
    calendar.validate()
    assert not [error for event in calendar.events for error in event.errors]
    return calendar.events


def test_every_stop_is_an_event_in_the_citys_time() -> None:
    """Stops have their hours on the city's clock, past midnight on the next day."""
    zone = ZoneInfo("Asia/Kolkata")
    assert [(event.start, event.end) for event in events(WHOLE)] == [
        (
            datetime(2026, 12, 24, 9, 0, tzinfo=zone),
            datetime(2026, 12, 24, 10, 0, tzinfo=zone),
        ),
        (
            datetime(2026, 12, 24, 12, 30, tzinfo=zone),
            datetime(2026, 12, 24, 13, 45, tzinfo=zone),
        ),
        (
            datetime(2026, 12, 24, 23, 30, tzinfo=zone),
            datetime(2026, 12, 25, 0, 30, tzinfo=zone),
        ),
    ]


def test_the_zone_is_told_on_both_sides_of_a_change() -> None:
    """Where clocks change during the trip the file itself has both offsets."""
    days = tuple(
        Day(number, Pace.RELAXED, (stop(place(f"Sight {number}")),), on)
        for number, on in enumerate([date(2026, 10, 24), date(2026, 10, 25)], start=1)
    )
    calendar = read(Itinerary(PARIS, days))
    offsets = [event.start.utcoffset() for event in calendar.events]
    assert offsets == [timedelta(hours=2), timedelta(hours=1)]
    (zone,) = calendar.timezones
    assert zone.tz_name == "Europe/Paris"
    assert len(zone.standard) == len(zone.daylight) == 1


def test_without_a_known_zone_times_float() -> None:
    """Where no zone is known the events have the hour of wherever one is."""
    (event,) = events(plan(stop(place()), on=EVE, city=NOWHERE))
    assert event.start == datetime(2026, 12, 24, 9, 0)
    assert read(plan(stop(place()), on=EVE, city=NOWHERE)).timezones == []


@pytest.mark.parametrize(
    "name",
    [
        "Sweets, Cakes; & Co\\Sons",
        'The "Quoted": Bar',
        "Café 🍛👩‍🍳 " + "🏰" * 60,
        "سوق الذهب",
        "END:VEVENT",
    ],
)
def test_names_come_back_as_they_are(name: str) -> None:
    """Commas, backslashes, quotes, emoji and other scripts survive the file."""
    (event,) = events(plan(stop(place(name)), on=EVE))
    assert event.summary == name
    assert event.location == f"{name}, Jaipur"


def test_a_name_of_two_lines_is_one() -> None:
    """No line of a name can become a property of the calendar."""
    name = "Fort\r\nEND:VEVENT\nBEGIN:VALARM\u2028x"
    (event,) = events(plan(stop(place(name)), on=EVE))
    assert event.summary == "Fort END:VEVENT BEGIN:VALARM x"
    assert event.subcomponents == []


def test_lines_are_short_enough() -> None:
    """No line has more than 75 octets, and none is cut within a character."""
    content = ics.render(WHOLE, trip_id=TRIP_ID, version=1, now=NOW)
    for line in content.split(b"\r\n"):
        assert len(line) <= 75
        assert line.decode().encode() == line


def test_what_is_unknown_is_called_unknown() -> None:
    """Each event tells its source, that times are estimates, and what nobody knows."""
    (event,) = events(plan(stop(place()), on=EVE))
    told = event.description.splitlines()
    assert {"Hours unknown", "Price unknown", "Source: editorial (CC0-1.0)"} <= {*told}
    assert told[-1].startswith("Times are estimates")
    assert event.status == "TENTATIVE"


def test_the_calendar_tells_its_sources() -> None:
    """The whole has a name, the notes and all credits, for older programs too."""
    calendar = read(WHOLE)
    assert calendar.calendar_name == "2 days in Jaipur"
    about = calendar.description
    assert about.startswith("Prices are known for 2 of 3 stops; ask, and see.\n")
    assert "wikivoyage-en (2026 copy), CC BY-SA 4.0, https://creative" in about
    assert calendar["X-WR-CALDESC"] == ics.vText(about).to_ical().decode()


def test_meals_are_named() -> None:
    """Lunch and dinner are told from visits at a glance."""
    lunch = stop(place("LMB"), 720, StopKind.LUNCH)
    (event,) = events(plan(lunch, on=EVE))
    assert event.summary == "Lunch: LMB"


def test_a_later_file_replaces_the_earlier() -> None:
    """The same place in the same trip is the same event, of a higher sequence."""
    (before,) = read(plan(stop(place()), on=EVE), version=3).events
    (after,) = read(plan(stop(place(), 600), on=EVE), version=4).events
    assert before.uid == after.uid
    assert before.sequence < after.sequence
    assert before.stamp == NOW.astimezone(UTC)


def test_a_plan_without_dates_is_refused() -> None:
    """A calendar without dates says which parameter is missing."""
    with pytest.raises(InvalidInput, match="first day") as refused:
        read(plan(stop(place())))
    assert refused.value.field == "first_day"
