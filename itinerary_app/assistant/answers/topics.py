"""Which file answers which topic."""

from __future__ import annotations

from collections.abc import Callable

from itinerary_app.acts.acts import Ask, Topic
from itinerary_app.assistant.answers import (
    calendar,
    cities,
    ends,
    money,
    needs,
    opening,
    plan,
    reasons,
    suggest,
    trip,
    unknown,
    ways,
    wishes,
)
from itinerary_app.assistant.answers.answer import Answer
from itinerary_app.assistant.answers.nothing import (
    no_plan,
    no_such_day,
    no_such_place,
)
from itinerary_app.assistant.answers.question import Given, Question
from itinerary_app.assistant.reader import Scene
from itinerary_app.model import TripSession

TOPICS: dict[Topic, Callable[[Question], Answer]] = {
    Topic.HOURS: opening.opening,
    Topic.PRICE: money.cost,
    Topic.WAY: ways.way,
    Topic.WALKING: ways.walking,
    Topic.BUSIEST: plan.busiest,
    Topic.CALMEST: plan.calmest,
    Topic.SCHEDULE: plan.schedule,
    Topic.INCLUDED: plan.included,
    Topic.COUNT: plan.count,
    Topic.NEARBY: ways.nearby,
    Topic.WHY: reasons.why,
    Topic.WHY_NOT: reasons.why_not,
    Topic.ALTERNATIVES: reasons.alternatives,
    Topic.STAY: plan.stay,
    Topic.ACCESS: needs.access,
    Topic.DIETS: needs.diets,
    Topic.CHANGED: trip.changed,
    Topic.VERSIONS: trip.versions,
    Topic.SOURCES: trip.sources,
    Topic.WISHES: wishes.wishes,
    Topic.HOW_TO: trip.how_to,
    Topic.KEPT: trip.kept,
    Topic.CITIES: suggest.cities,
    Topic.HELP: trip.help_,
    Topic.DATES: plan.dates,
    Topic.LIGHT: calendar.light,
    Topic.HOLIDAYS: calendar.holidays,
    Topic.LODGING: ends.lodging,
    Topic.SUGGEST: suggest.suggest,
    Topic.OPINION: reasons.opinion,
    Topic.ABOUT: reasons.about,
    Topic.BEST_TIME: suggest.best_time,
    Topic.UNKNOWN: unknown.unknown,
}
# Answered without a plan, whatever is asked.
_ANY_TIME = frozenset(
    {
        Topic.CHANGED,
        Topic.VERSIONS,
        Topic.WISHES,
        Topic.HOW_TO,
        Topic.KEPT,
        Topic.CITIES,
        Topic.HELP,
        Topic.SUGGEST,
        Topic.OPINION,
        Topic.BEST_TIME,
        Topic.UNKNOWN,
    }
)
# Of a date that may lie outside of the plan.
_OF_DATES = (Topic.HOURS, Topic.LIGHT, Topic.HOLIDAYS)
# Of a place alone: what is known of it does not need a plan.
_OF_PLACES = frozenset(
    {
        Topic.ABOUT,
        Topic.HOURS,
        Topic.PRICE,
        Topic.ACCESS,
        Topic.DIETS,
        Topic.NEARBY,
        Topic.SOURCES,
        Topic.WAY,
        Topic.STAY,
    }
)


def answer(
    ask: Ask, scene: Scene, trip: TripSession, given: Given | None = None
) -> Answer:
    """What the facts say to the question; nothing is made up, nothing changes."""
    question = Question(ask, scene, trip, given or Given())
    return (
        _obstacle(question)
        or ends.of_days(question)
        or ends.of_bed(question)
        or cities.of_cities(question)
        or TOPICS[ask.topic](cities.within(question))
    )


def _obstacle(question: Question) -> Answer | None:
    """Why there is nothing to answer from: no plan, no such place or day."""
    ask = question.ask
    if ask.topic in _ANY_TIME - {Topic.OPINION, Topic.SUGGEST}:
        return None
    if ask.place is not None and question.place is None:
        return no_such_place(question) if question.places else no_plan(question.scene)
    if ask.topic in _ANY_TIME or (ask.topic in _OF_PLACES and question.place):
        return None
    if question.plan is None or not question.plan.days:
        return no_plan(question.scene)
    off_plan = ask.topic in _OF_DATES and question.when.date is not None
    is_planned = question.when.number is not None and question.days
    if ask.day is not None and not is_planned and not off_plan:
        return no_such_day(question)
    return None
