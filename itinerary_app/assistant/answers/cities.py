"""Questions that name a city of the trip: when one is there, and the ways between."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from itinerary_app.acts.acts import Topic
from itinerary_app.assistant.answers.answer import Answer
from itinerary_app.assistant.answers.question import Question
from itinerary_app.catalogue.hops import hop
from itinerary_app.catalogue.spelling import plain
from itinerary_app.model import City, Day, Itinerary, Transfer
from itinerary_app.text.dates import from_to, in_words
from itinerary_app.text.words import between, counted, steps, transfer

ABOUT_A_CITY = frozenset(
    {Topic.WAY, Topic.DATES, Topic.STAY, Topic.SCHEDULE, Topic.INCLUDED, Topic.COUNT}
)
_ABOUT_A_RIDE = frozenset({Topic.WAY, Topic.UNKNOWN})
_ON_THE_WAY = re.compile(
    r"\b(way|train|flight|fly|flying|plane|bus|drive|driving|ride|journey|travel|get)\b"
)
_RIDE = re.compile(r"\b(train|flight|plane|bus|coach|ferry)\b")
_LEAVING = re.compile(r"\b(leave|leaving|depart|departing|departure|out of)\b")
_ARRIVING = re.compile(r"\b(arrive|arriving|arrival|reach|get to|get into|there by)\b")
_WHEN = re.compile(
    r"^(when|which (day|days|date|dates)|what (day|days|date|dates)|how (long|many "
    r"(days|nights)))\b"
)
_FROM = re.compile(r"\bfrom $")


def of_cities(question: Question) -> Answer | None:
    """What is asked of cities of a trip that has several, and of nothing in them."""
    plan, ask = question.plan, question.ask
    about = plain(ask.about or "")
    if plan is None or not plan.stages:
        return None
    named = _named(about, plan)
    if ask.topic in _ABOUT_A_RIDE and _RIDE.search(about) and not (named or ask.place):
        return Answer(" ".join(_ways(plan)))
    ride = ask.topic is Topic.UNKNOWN and _RIDE.search(about)
    if ask.topic not in ABOUT_A_CITY and not ride:
        return None
    if not named or ask.place is not None or ask.kind or ask.meal:
        return None
    if len(named) > 1:
        return Answer(_between(plan, named[0], named[1]))
    [city] = named
    goes_there = re.search(rf"\b(?:for|to) {re.escape(plain(city.name))}\b", about)
    if _LEAVING.search(about) and not goes_there:
        return _leaving(plan, city)
    if (
        ride
        or _ARRIVING.search(about)
        or _ON_THE_WAY.search(about)
        or ask.topic is Topic.WAY
    ):
        comes_from = _FROM.search(about[: about.index(plain(city.name))])
        return _leaving(plan, city) if comes_from else _arriving(plan, city)
    return Answer(_there(plan, city)) if _WHEN.match(about) else None


def within(question: Question) -> Question:
    """The question about the part of the plan in the one city that it names."""
    plan = question.plan
    if plan is None or not plan.stages or question.ask.place is not None:
        return question
    named = _named(plain(question.ask.about or ""), plan)
    if len(named) != 1:
        return question
    [part] = [it for it in plan.parts() if it.city == named[0]]
    numbers = {day.number for day in part.days}
    if question.when.number is not None and question.when.number not in numbers:
        return question
    scene = replace(question.scene, itinerary=part)
    return Question(question.ask, scene, question.trip, question.given)


def _named(about: str, plan: Itinerary) -> list[City]:
    """The plan's cities in the order in which the words name them."""
    found = []
    for city in plan.cities:
        if hit := re.search(rf"\b{re.escape(plain(city.name))}\b", about):
            found.append((hit.start(), city))
    return [city for _, city in sorted(found, key=lambda it: it[0])]


def _between(plan: Itinerary, one: City, other: City) -> str:
    for day in plan.days:
        arrival = plan.arrival(day.number)
        if arrival and arrival[0] == one and plan.city_of(day.number) == other:
            return _way(one, other, arrival[1], day)
    way = hop(one, other)
    told = transfer(Transfer(way.mode, way.minutes, 0, 0, way.known))
    return (
        f"From {one.name} to {other.name} it is {told}, door to door. Your plan does "
        "not go that way."
    )


def _ways(plan: Itinerary) -> Iterator[str]:
    """All the ways between the cities of the plan, in their order."""
    for day in plan.days:
        if arrival := plan.arrival(day.number):
            yield _way(arrival[0], plan.city_of(day.number), arrival[1], day)


def _way(one: City, other: City, way: Transfer, day: Day) -> str:
    on = f", {in_words(day.date)}" if day.date else ""
    return (
        f"From {one.name} to {other.name} it is {transfer(way)}, {between(way)}. For "
        f"day {day.number}{on}, I planned: {steps(way)}, by the clocks there. Which "
        "connections there are I don't know."
    )


def _leaving(plan: Itinerary, city: City) -> Answer:
    """How and when one goes on from a city."""
    for day in plan.days:
        arrival = plan.arrival(day.number)
        if arrival and arrival[0] == city:
            other = plan.city_of(day.number)
            return Answer(_way(city, other, arrival[1], day), day=day.number)
    last = plan.days[-1]
    text = (
        f"{city.name} is the last city of your trip, which ends there on "
        f"{_dated([last])}. How you go home from there I don't know."
    )
    return Answer(text, day=last.number)


def _arriving(plan: Itinerary, city: City) -> Answer:
    """How and when one comes to a city."""
    for day in plan.days:
        arrival = plan.arrival(day.number)
        if arrival and plan.city_of(day.number) == city:
            return Answer(_way(arrival[0], city, arrival[1], day), day=day.number)
    text = (
        f"Your trip begins in {city.name}, on {_dated(plan.days[:1])}. How you come "
        "there I don't know."
    )
    return Answer(text, day=1)


def _there(plan: Itinerary, city: City) -> str:
    [part] = [it for it in plan.parts() if it.city == city]
    nights = plan.nights(city)
    stay = counted(nights, "night") if nights else "no night"
    return f"You are in {city.name} on {_dated(part.days)}: {stay}."


def _dated(days: Sequence[Day]) -> str:
    first, last = days[0], days[-1]
    word = f"day {first.number}"
    if first is not last:
        word = f"days {first.number} to {last.number}"
    if first.date is None or last.date is None:
        return word
    return f"{word}, {from_to(first.date, last.date)}"
