"""What the calendar tells of the days: public holidays, and when the sun is up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from itinerary_app.assistant.answers.answer import Answer
from itinerary_app.assistant.answers.question import Question
from itinerary_app.catalogue import hours
from itinerary_app.catalogue.holidays import holiday
from itinerary_app.catalogue.light import daylight
from itinerary_app.catalogue.observances import RAMADAN, in_ramadan, is_ramadan
from itinerary_app.catalogue.spelling import plain
from itinerary_app.text.clock import clock
from itinerary_app.text.dates import in_words
from itinerary_app.text.words import listed

UNDATED = "Your plan has no dates yet: tell me the first day, and I can say."


def light(question: Question) -> Answer:
    """Sunrise and sunset, computed by astral."""
    dates = list(_dates(question))
    told = [
        f"In {city.name} the sun rises at {clock(sun[0])} and sets at {clock(sun[1])} "
        f"on {in_words(day)}."
        for day in dates
        if (city := question.city_on(day)) and (sun := daylight(city, day))
    ]
    unknown = f"When the sun rises and sets in {question.city} then is not known to me."
    text = " ".join(told) or (unknown if dates else UNDATED)
    return Answer(text, day=question.when.number)


def holidays(question: Question) -> Answer:
    """Which of the days are public holidays."""
    dates = list(_dates(question))
    named = [
        f"{in_words(day)} is a public holiday, {name}"
        for day in dates
        if (name := holiday(day, question.region_on(day)))
    ]
    fasting = [day for day in dates if is_ramadan(day, question.region_on(day))]
    if fasting:
        days = listed([in_words(day) for day in fasting])
        named.append(f"it is {RAMADAN} on {days}, to within a day")
    if named:
        told = listed(named)
        unsure = [
            stop.place.name
            for day, stop in question.planned
            if day.date in dates
            and holiday(day.date, where := question.region_on(day.date))
            and hours.unsure(stop.place.hours, day.date, where)
        ]
        rest = "Not every place tells its hours for it."
        if unsure:
            rest = f"Not known to be open then: {listed(dict.fromkeys(unsure))}."
        text = f"{told[0].upper()}{told[1:]}. {rest}"
    elif dates:
        days = listed([in_words(day) for day in dates])
        text = f"I know of no public holiday on {days}."
        if any(map(in_ramadan, dates)):
            text += (
                f" It is {RAMADAN} then, which changes few hours in {question.city}."
            )
        elif "ramadan" in plain(question.ask.about or ""):
            text = f"{days}: {RAMADAN} is at another time."
    else:
        text = UNDATED
    return Answer(text, day=question.when.number or _only_holiday(question))


def _only_holiday(question: Question) -> int | None:
    """The number of the one day of the plan that is a public holiday."""
    found = [
        day.number
        for day in (question.plan.days if question.plan else ())
        if day.date and holiday(day.date, question.region_on(day.date))
    ]
    return found[0] if len(found) == 1 else None


def _dates(question: Question) -> Iterator[date]:
    """The date that is asked for, or those of the plan."""
    if question.when.date:
        yield question.when.date
    elif question.ask.day is None and question.plan:
        yield from (day.date for day in question.plan.days if day.date)
