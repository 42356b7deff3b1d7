"""Answers about public holidays and daylight."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from itinerary_app.acts.acts import Topic
from tests.assistant.answers.asking import asked, scene


def test_when_the_sun_sets() -> None:
    """Of the day that is asked for, in the city's time; else of each day."""
    text = asked(Topic.LIGHT, day=2).text
    assert text.startswith("In Rome the sun rises at 06:2")
    assert text.endswith("on Saturday 13 March 2027.")
    assert asked(Topic.LIGHT).text.count("the sun rises") == 3


def test_light_that_cannot_be_computed_is_not_known() -> None:
    """Where no time zone is known, which is no lack of dates."""
    seen = scene("rome")
    assert seen.itinerary is not None
    nowhere = seen.itinerary.city._replace(id="nemo", country="XX")
    seen = replace(seen, itinerary=replace(seen.itinerary, city=nowhere))
    assert asked(Topic.LIGHT, of=seen).text == (
        "When the sun rises and sets in Rome then is not known to me."
    )


def test_a_day_is_a_public_holiday_or_none_is_known() -> None:
    """By name; a plan without dates says what is missing."""
    assert asked(Topic.HOLIDAYS, day="2027-06-02").text.startswith(
        "Wednesday 2 June 2027 is a public holiday, Republic Day."
    )
    none = asked(Topic.HOLIDAYS).text
    assert none.startswith("I know of no public holiday on Friday 12 March 2027,")
    undated = asked(Topic.HOLIDAYS, of=scene("paris")).text
    assert undated.startswith("Your plan has no dates yet")


def test_a_holiday_within_the_plan_is_found() -> None:
    """Who asks for the whole trip hears the one day that is one."""
    seen = scene("amsterdam")
    assert seen.itinerary is not None
    first, second = seen.itinerary.days
    days = (
        replace(first, date=date(2026, 12, 24)),
        replace(second, date=date(2026, 12, 25)),
    )
    seen = replace(seen, itinerary=replace(seen.itinerary, days=days))
    text = asked(Topic.HOLIDAYS, of=seen).text
    assert text.startswith("Friday 25 December 2026 is a public holiday, Christmas Day")


def test_ramadan_is_told_where_it_shapes_the_days() -> None:
    """With how sure it is; elsewhere it is said to change little, or not at all."""
    seen = scene("rome")
    assert seen.itinerary is not None
    days = (replace(seen.itinerary.days[0], date=date(2027, 2, 15)),)
    rome = replace(seen.itinerary, days=days)
    cairo = replace(rome, city=rome.city._replace(id="cairo", country="EG"))
    text = asked(Topic.HOLIDAYS, of=replace(seen, itinerary=cairo)).text
    assert text.startswith(
        "It is Ramadan on Monday 15 February 2027, to within a day. Not every place"
    )
    text = asked(Topic.HOLIDAYS, of=replace(seen, itinerary=rome)).text
    assert text.endswith("It is Ramadan then, which changes few hours in Rome.")
    assert "Ramadan" not in asked(Topic.HOLIDAYS).text


def test_a_holiday_names_what_may_be_closed() -> None:
    """The note below the plan is short; who asks hears of all stops of that day."""
    seen = scene()
    assert seen.itinerary is not None
    christmas = date(2026, 12, 25)
    days = (replace(seen.itinerary.days[0], date=christmas),)
    there = replace(seen, itinerary=replace(seen.itinerary, days=days))
    assert asked(Topic.HOLIDAYS, of=there).text == (
        "Friday 25 December 2026 is a public holiday, Christmas Day. Not known to be "
        "open then: Roscioli Salumeria con Cucina, Basilica of San Clemente and "
        "Armando al Pantheon."
    )
