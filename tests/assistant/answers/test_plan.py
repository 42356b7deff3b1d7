"""What is planned, how much of it, and when."""

from __future__ import annotations

from dataclasses import replace

from itinerary_app.acts.acts import Add, Ask, Calmer, Fuller, Topic
from itinerary_app.acts.values import Meal, Part
from itinerary_app.model import StopKind
from tests.assistant.answers.asking import asked, scene


def test_a_day() -> None:
    """A day with its date, each stop with its time."""
    answer = asked(Topic.SCHEDULE, day=3)
    assert answer.text.startswith(
        "Day 3, Sunday 14 March 2027: 09:10–09:30 Trevi Fountain, 10:00–10:30 Spanish "
        "Steps, 11:00–12:30 Roman Forum, 13:00–14:00 lunch at Giggetto"
    )
    assert answer.stops[0] == "trevi-fountain"
    assert answer.day == 3


def test_a_part_a_meal_and_a_time() -> None:
    """A part of a day, a meal, and a moment narrow the schedule down."""
    morning = asked(Topic.SCHEDULE, day=1, part=Part.MORNING).text
    assert morning == "Day 1, Friday 12 March 2027: 09:30–11:30 Borghese Gallery."
    dinner = asked(Topic.SCHEDULE, day=2, meal=Meal.DINNER).text
    assert dinner.endswith("19:30–20:45 dinner at Pizzarium Bonci.")
    assert asked(Topic.SCHEDULE, day=2, time="15:00").stops == ("st-peters-basilica",)
    free = asked(Topic.SCHEDULE, day=2, time="12:05").text
    assert free.startswith("Nothing is planned on day 2 at 12:05.")


def test_a_lunch_that_a_visit_holds() -> None:
    """It is told as a lunch there, however one asks for it, and never denied."""
    seen = scene()
    assert seen.itinerary is not None
    first, *rest = seen.itinerary.days
    stops = tuple(it for it in first.stops if it.kind != "lunch")
    held = (stops[0]._replace(holds=StopKind.LUNCH), *stops[1:])
    days = (replace(first, stops=held), *rest)
    there = replace(seen, itinerary=replace(seen.itinerary, days=days))
    for topic in (Topic.SCHEDULE, Topic.INCLUDED, Topic.COUNT, Topic.PRICE):
        answer = asked(topic, of=there, day=1, meal=Meal.LUNCH)
        assert "Borghese Gallery" in answer.text
        assert "lunch on the site or from a basket" in answer.text
        assert "no lunch planned" not in answer.text
    every = asked(Topic.COUNT, of=there, meal=Meal.LUNCH).text
    assert every.startswith("3 lunches: Borghese Gallery on day 1")


def test_when_a_stop_is() -> None:
    """A stop by its day and hours; a place outside the plan can be added."""
    assert asked(Topic.SCHEDULE, place="pantheon").text == (
        "Pantheon is on day 1, 17:15–18:00."
    )
    answer = asked(Topic.SCHEDULE, place="capitoline-museums")
    assert answer.text == "Capitoline Museums is not among the 21 stops planned."
    assert answer.chips[0].acts == (Add(place="capitoline-museums"),)


def test_long_plans_are_cut() -> None:
    """Of more than three days the rest is offered, not poured out."""
    answer = asked(Topic.SCHEDULE, of=scene("paris"))
    assert answer.text.endswith("1 day more.")
    assert answer.chips[0].acts == (Ask(topic=Topic.SCHEDULE, day=4),)


def test_is_it_in() -> None:
    """A yes has the day and hour of each stop; a no how many were looked at."""
    assert asked(Topic.INCLUDED, place="pantheon").text == (
        "Yes: Pantheon is planned on day 1 at 17:15."
    )
    assert asked(Topic.INCLUDED, place="capitoline-museums").text == (
        "No: Capitoline Museums is none of the 21 stops in your plan."
    )
    assert asked(Topic.INCLUDED, kind="church", day=1).text == (
        "Yes: your plan has 1 church on day 1: Basilica of San Clemente on day 1 at "
        "14:00."
    )
    assert asked(Topic.INCLUDED, kind="market").text == (
        "No: none of the 21 stops of your plan is a market."
    )
    assert asked(Topic.INCLUDED, kind="gelato").text == (
        "No: none of the 21 stops of your plan is a place with “gelato” in its name."
    )


def test_what_comes_near() -> None:
    """A gallery is no museum here, but it is named beside the no."""
    assert asked(Topic.INCLUDED, kind="museum", day=1).text == (
        "No: none of the 7 stops of your plan on day 1 is a museum. What comes near: "
        "Borghese Gallery (gallery) on day 1 at 09:30."
    )


def test_a_meal_of_a_kind() -> None:
    """Dinner at a kind of place is a yes only where both hold."""
    yes = asked(Topic.INCLUDED, meal=Meal.DINNER, kind="street_food", day=2).text
    assert yes == (
        "Yes: dinner at a place for street food is planned at Pizzarium Bonci on day 2 "
        "at 19:30."
    )
    no = asked(Topic.INCLUDED, meal=Meal.DINNER, kind="bar").text
    assert no == "No: none of the 21 stops of your plan is dinner at a bar."


def test_how_many() -> None:
    """A kind is counted with its stops, all is counted by sights and meals."""
    assert asked(Topic.COUNT).text == "15 sights and 6 meals in 3 days."
    text = asked(Topic.COUNT, kind="church").text
    assert text.startswith("4 churches: Basilica of San Clemente on day 1 at 14:00")
    assert asked(Topic.COUNT, kind="zoo").text == "Your plan has no zoo."


def test_busiest_and_calmest() -> None:
    """The day with the most time at sights and on the way, and the least."""
    busy, calm = asked(Topic.BUSIEST), asked(Topic.CALMEST)
    assert busy.text.startswith("Day 2 is the busiest: 5 sights, 8 h 21 min at sights")
    assert busy.chips[0].acts == (Calmer(day=2),)
    assert calm.text.startswith("Day 3 is the calmest")
    assert calm.chips[0].acts == (Fuller(day=3),)


def test_how_long() -> None:
    """The minutes at a stop, said to be usual; of an unknown one nothing."""
    assert asked(Topic.STAY, place="pantheon").text.startswith(
        "45 min at Pantheon, 17:15–18:00 on day 1"
    )
    text = asked(Topic.STAY, place="st-john-lateran").text
    assert text == "How long one stays at St. John Lateran is not known to me."


def test_dates() -> None:
    """Dates with their weekdays; none are made up."""
    assert asked(Topic.DATES).text == (
        "Your 3 days are Friday 12 March to Sunday 14 March 2027."
    )
    assert asked(Topic.DATES, day=2).text == "Day 2 is Saturday 13 March 2027."
    text = asked(Topic.DATES, of=scene("paris"), day=2).text
    assert text.startswith("Your plan has 4 days and no dates yet")
