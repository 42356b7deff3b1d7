"""What the traveller said so far, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from itinerary_app.assistant.answers import kinds
from itinerary_app.assistant.answers.answer import Answer
from itinerary_app.assistant.answers.nothing import beginnings
from itinerary_app.assistant.answers.question import Question
from itinerary_app.model import Base
from itinerary_app.text.dates import in_words
from itinerary_app.text.ends import beside, sleeping
from itinerary_app.text.words import counted, lasting, listed


def wishes(question: Question) -> Answer:
    said = question.scene.preferences.to_dict()
    told = [
        text for name, value in said.items() if (text := _told(name, value, question))
    ]
    if not told:
        return Answer(
            "You have not said anything yet that I keep: a city and a number of days "
            "are enough to begin.",
            beginnings(question.scene),
        )
    return Answer(f"You said: {'; '.join(told)}.")


def _told(name: str, value: Any, question: Question) -> str:
    if name in ("must_see", "excluded", "locked"):
        names = [question.places[it].name for it in value if it in question.places]
        return f"{_LISTS[name]} {listed(names)}" if names else ""
    if name in _OF_STOPS:
        return _of_stops(name, value, question)
    told = question.scene.preferences
    if name == "bases" or (name == "base" and told.city):
        beds = told.bases if name == "bases" else told.slept[:1]
        return "; ".join(_slept(it, question) for it in beds)
    words = _WORDS.get(name)
    return words(value) if words else f"{name.replace('_', ' ')}: {_plainly(value)}"


def _slept(base: Base, question: Question) -> str:
    return f"i{sleeping(base, question.places.get(base.where))[1:]}"


def _plainly(value: Any) -> str:
    if isinstance(value, list):
        return listed(str(it).replace("_", " ") for it in value)
    return str(value)


def _at_most(limits: Sequence[Mapping[str, int]]) -> str:
    return "; ".join(
        f"at most {count} a day: {kinds.some(kind)}"
        if count
        else f"no {kinds.some(kind)}"
        for it in limits
        for kind, count in it.items()
    )


def _of_stops(
    name: str, values: Sequence[Mapping[str, Any]], question: Question
) -> str:
    """What was said of single stops, each by its name."""
    said = _OF_STOPS[name]
    return "; ".join(
        said.format(question.places[place].name, lasting(it) if name == "stays" else it)
        for value in values
        for place, it in value.items()
        if place in question.places
    )


def _spaced(values: Sequence[str]) -> str:
    return listed(it.replace("_free", "-free").replace("_", " ") for it in values)


_LISTS = {"must_see": "must see:", "excluded": "left out:", "locked": "locked:"}
_OF_STOPS = {"times": "{} at {}", "stays": "{} for {}", "notes": "{}: “{}”"}
_WORDS: dict[str, Callable[[Any], str]] = {
    "city": str,
    "duration_days": lambda it: counted(it, "day"),
    "interests": lambda it: f"you like {listed(it)}",
    "pace": lambda it: f"a {it} pace",
    "budget": lambda it: f"a {it} budget",
    "avoid": lambda it: f"no {listed((kinds.some(kind) for kind in it), 'or')}",
    "start_date": lambda it: f"from {in_words(date.fromisoformat(it))}",
    "arrive": lambda it: f"you can begin at {it} on day 1",
    "depart": lambda it: f"the last day ends by {it}",
    "base": lambda it: f"you sleep {beside(it)}",
    "arrive_at": lambda it: f"you come in at {it}",
    "depart_at": lambda it: f"you leave from {it}",
    "adults": lambda it: counted(it, "adult"),
    "children": lambda it: "1 child" if it == 1 else f"{it} children",
    "at_most": _at_most,
    "no_more": lambda it: f"no more {listed((kinds.some(kind) for kind in it), 'or')}",
    "skipped": lambda it: f"no {listed(it, 'or')}",
    "meal_times": lambda it: "; ".join(
        f"{meal} at {time}" for pair in it for meal, time in pair.items()
    ),
    "own": lambda it: f"places of your own: {listed(own['name'] for own in it)}",
    "depart_there": lambda it: "that is when you must be there" if it else "",
    "day_start": lambda it: f"days begin at {it}",
    "day_end": lambda it: f"days end by {it}",
    "diets": lambda it: f"you eat {_spaced(it)}",
    "mobility": lambda it: f"getting about: {_spaced(it)}",
    "spend_limit": lambda it: f"at most {it:,} for the admissions of one adult",
    "legs": lambda it: f"cities in this order: {listed(leg['city'] for leg in it)}",
    "shared": lambda it: "whoever has the link may look at the plan" if it else "",
}
