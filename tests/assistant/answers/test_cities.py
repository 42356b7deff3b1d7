"""Questions about a trip to several cities: when one is where, and the ways between."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from itinerary_app.acts.acts import Topic
from itinerary_app.assistant.reader import Scene
from itinerary_app.model import Itinerary, Leg, Stage, Transfer
from tests.assistant.answers.asking import asked, scene
from tests.assistant.plans import CATALOGUE, plan

NIGHT = Transfer("flight", 600, -120, 9 * 60, known=False)


def trip() -> Scene:
    """Two days in Rome, then two in Jaipur, reached by a flight through the night."""
    rome, jaipur = plan("rome"), plan("jaipur")
    days = tuple(
        replace(day, number=number, date=date(2027, 1, 24 + number))
        for number, day in enumerate(
            (*rome.itinerary.days[:2], *jaipur.itinerary.days[:2]), start=1
        )
    )
    stages = (Stage(rome.itinerary.city, 1), Stage(jaipur.itinerary.city, 3, NIGHT))
    legs = (Leg("Rome"), Leg("Jaipur"))
    return replace(
        scene("rome", legs=legs, duration_days=4),
        itinerary=Itinerary(rome.itinerary.city, days, (), stages),
        places=(*rome.places, *jaipur.places),
    )


TRIP = trip()
FLIGHT = (
    "From Rome to Jaipur it is by plane, about 10 h (estimated), door to door. For day "
    "3, Wednesday 27 January 2027, I planned: leave at 22:00 the day before, "
    "arrive at 09:00, by the clocks there."
)


@pytest.mark.parametrize(
    ("topic", "about", "says"),
    [
        (Topic.WAY, "how do we get from Rome to Jaipur", FLIGHT),
        (Topic.WAY, "how do we get to Jaipur", FLIGHT),
        (Topic.STAY, "how long is the flight to Jaipur", FLIGHT),
        (Topic.DATES, "when do we leave Rome", FLIGHT),
        (Topic.DATES, "when do we arrive in Jaipur", FLIGHT),
        (
            Topic.DATES,
            "when do we leave Jaipur",
            "Jaipur is the last city of your trip",
        ),
        (Topic.WAY, "how do we get to Rome", "Your trip begins in Rome"),
        (Topic.COUNT, "how many nights in Rome", "on days 1 to 2"),
        (Topic.COUNT, "how many nights in Jaipur", ": 1 night."),
        (Topic.SCHEDULE, "which day are we in Jaipur", "on days 3 to 4"),
    ],
)
def test_when_one_is_where(topic: Topic, about: str, says: str) -> None:
    """Ways and days of a city are told; what is not known is called so."""
    assert says in asked(topic, of=TRIP, about=about).text


def test_a_way_that_is_none_of_the_plan_is_estimated() -> None:
    """The other way round is as long, and said not to be planned."""
    text = asked(Topic.WAY, of=TRIP, about="how do we get from jaipur to rome").text
    assert "Your plan does not go that way." in text
    assert "(estimated)" in text


def test_what_is_asked_of_a_city_is_answered_of_its_days() -> None:
    """The schedule, prices and ways of one city only."""
    text = asked(Topic.SCHEDULE, of=TRIP, about="what do we do in Jaipur").text
    assert text.startswith("Day 3, ")
    assert "Day 1" not in text
    price = asked(Topic.PRICE, of=TRIP, about="what does jaipur cost").text
    assert "INR" in price
    assert "EUR" not in price


def test_each_day_has_the_sun_and_the_holidays_of_its_city() -> None:
    """26 January is Republic Day in India, and none in Rome, where one is then."""
    assert "no public holiday" in asked(Topic.HOLIDAYS, of=TRIP, day=2).text
    later = replace(
        TRIP.itinerary or plan("rome").itinerary,
        days=tuple(
            replace(day, date=date(2027, 1, 23 + day.number))
            for day in (TRIP.itinerary.days if TRIP.itinerary else ())
        ),
    )
    there = replace(TRIP, itinerary=later)
    assert "Republic Day" in asked(Topic.HOLIDAYS, of=there, day=3).text
    assert asked(Topic.LIGHT, of=TRIP, day=3).text.startswith("In Jaipur the sun rises")


def test_hours_are_read_by_the_country_of_the_place() -> None:
    """A place in Jaipur on Republic Day: its own country's holiday is told."""
    days = tuple(
        replace(day, date=date(2027, 1, 23 + day.number))
        for day in (TRIP.itinerary.days if TRIP.itinerary else ())
    )
    assert TRIP.itinerary is not None
    there = replace(TRIP, itinerary=replace(TRIP.itinerary, days=days))
    place = days[2].stops[0].place
    assert "Republic Day" in asked(Topic.HOURS, of=there, place=place.id).text


def test_the_wishes_name_all_cities() -> None:
    """What was said is told in words."""
    text = asked(Topic.WISHES, of=TRIP).text
    assert "cities in this order: Rome and Jaipur" in text


def test_a_bed_is_near_the_middle_of_each_city() -> None:
    """Not somewhere between two countries."""
    text = asked(Topic.LODGING, of=TRIP).text
    assert "in Rome and" in text
    assert text.endswith("in Jaipur.")
    assert CATALOGUE.city("Rome") in (TRIP.itinerary.cities if TRIP.itinerary else ())
