"""Files have a type, a safe name, and dates where they are given some."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from icalendar import Calendar

from itinerary_app.errors import InvalidInput
from itinerary_app.exports import files
from itinerary_app.exports.files import File
from itinerary_app.model import Approach, Itinerary, Preferences, Way
from tests.exports.plan import JAIPUR, NOW, WHOLE, place, plan, stop, trip


def made(itinerary: Itinerary, kind: str = "md", first_day: str | None = None) -> File:
    file = files.export(trip(itinerary), kind, first_day=first_day, now=NOW)
    assert file is not None
    return file


@pytest.mark.parametrize(
    ("kind", "media_type"),
    [
        ("ics", "text/calendar; charset=utf-8"),
        ("gpx", "application/gpx+xml"),
        ("geojson", "application/geo+json"),
        ("md", "text/markdown; charset=utf-8"),
    ],
)
def test_each_kind_has_its_type(kind: str, media_type: str) -> None:
    """The file is of the registered media type, and named by its kind."""
    file = made(WHOLE, kind)
    assert file.media_type == media_type
    assert file.name == f"2-days-in-jaipur.{kind}"


@pytest.mark.parametrize("kind", ["geojson", "gpx", "md"])
def test_a_stop_past_midnight_ends_as_on_a_watch(kind: str) -> None:
    """A stop until half past midnight ends at 00:30 in every file for reading."""
    content = made(WHOLE, kind).content.decode()
    assert "00:30" in content
    assert "24:30" not in content


@pytest.mark.parametrize(
    ("city", "name"),
    [
        ("Rio de Janeiro", "1-day-in-rio-de-janeiro.md"),
        ("Kraków", "1-day-in-krakow.md"),
        ("Washington, D.C.", "1-day-in-washington-d-c.md"),
        ('../../etc/x"\r\nSet-Cookie: a=b', "1-day-in-etc-x-set-cookie-a-b.md"),
        ("東京", "1-day-in.md"),
    ],
)
def test_names_are_safe_everywhere(city: str, name: str) -> None:
    """Letters, digits and hyphens: no path, no header, no quote."""
    assert made(plan(city=JAIPUR._replace(name=city))).name == name


@pytest.mark.parametrize("kind", files.MEDIA_TYPES)
def test_ones_own_notes_are_in_ones_own_files(kind: str) -> None:
    """At their stops, on one line; those of no stop are not."""
    notes = (("amber fort", "Ask for\nthe garden"), ("elsewhere", "Bring water"))
    told = trip(plan(stop(place()), on=date(2026, 12, 24)))
    told = replace(told, preferences=Preferences(notes=notes))
    file = files.export(told, kind, first_day=None, now=NOW)
    assert file is not None
    text = file.content.decode().replace("\r\n ", "")
    assert text.count("Ask for the garden") == 1
    assert "Bring water" not in text


def test_a_calendar_puts_no_outing_into_the_city() -> None:
    """An abbey an hour away by train is at itself; a fort in town is in town."""
    away = place("Melk Abbey", approach=Approach(Way.TRAIN, 80, outing=True))
    file = made(plan(stop(away), stop(place(), 800), on=date(2026, 12, 24)), "ics")
    spots = {it["location"] for it in Calendar.from_ical(file.content).events}
    assert spots == {"Melk Abbey", "Amber Fort, Jaipur"}


def test_no_plan_is_no_file() -> None:
    """While there is no plan there is nothing to take away."""
    assert files.export(trip(None), "ics", first_day="2026-12-24", now=NOW) is None


def test_a_first_day_dates_a_plan_without() -> None:
    """Days follow from the chosen one, with a word of caution."""
    file = made(plan(stop(place())), "ics", "2027-02-28")
    calendar = Calendar.from_ical(file.content)
    assert calendar.events[0].start.date() == date(2027, 2, 28)
    assert "check that each place is open on its day" in calendar.description


def test_dates_of_the_plan_stand() -> None:
    """A plan that was made for dates is moved to no other."""
    assert made(WHOLE, "ics", "2027-02-28") == made(WHOLE, "ics")


@pytest.mark.parametrize("text", ["", "tomorrow", "2026-02-30", "24.12.2026"])
def test_what_is_no_date_is_refused(text: str) -> None:
    """The complaint names the parameter."""
    with pytest.raises(InvalidInput) as refused:
        made(WHOLE, "gpx", text)
    assert refused.value.field == "first_day"


@pytest.mark.parametrize("kind", ["ics", "gpx", "md"])
def test_a_site_s_second_part_is_in_the_first_one_s_ticket(kind: str) -> None:
    """Its price stands once, where the ticket is bought."""
    both = [
        place(name, price=18.0, currency="EUR", site="Colosseum and Forum")
        for name in ("Colosseum", "Forum")
    ]
    itinerary = plan(stop(both[0]), stop(both[1], 660), on=date(2027, 5, 3))
    text = made(itinerary, kind).content.decode()
    assert text.count("EUR 18") == 1
    assert "ncluded in the ticket of Colosseum" in text.replace("\r\n ", "")
