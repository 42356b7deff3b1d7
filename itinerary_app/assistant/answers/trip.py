"""The trip as a thing: how to use it, how long it is kept, what changed, sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

from itinerary_app.acts.acts import Ask, Calmer, Topic, Undo
from itinerary_app.acts.chips import Chip
from itinerary_app.assistant.answers import changes, facts, texts
from itinerary_app.assistant.answers.answer import Answer
from itinerary_app.assistant.answers.nothing import beginnings
from itinerary_app.assistant.answers.question import Question
from itinerary_app.catalogue.geo import distance_km
from itinerary_app.model import AnchorKind, Place
from itinerary_app.text.credits import credits, source_url
from itinerary_app.text.words import counted, listed

MOST_VERSIONS = 5


def how_to(question: Question) -> Answer:
    entry = texts.entry("howto", question.ask.about)
    return Answer(question.fresh(entry.says, entry.step), entry.buttons())


def help_(question: Question) -> Answer:
    if question.plan is None or not question.planned:
        return Answer(
            "Name a city, how many days or which dates, what you love, your pace and "
            "budget, what you eat and when you start, in your own words. I make a plan "
            "day by day from it.",
            beginnings(question.scene),
        )
    text = (
        "Ask about the plan: hours, prices, ways, what is near, why a stop is in it. "
        "Or change it: “swap the museum for a park”, “start at 10 on day 2”, “lock "
        "the first day”, “make day 2 calmer”. Whatever I change, “undo” takes back."
    )
    number = max(question.plan.days, key=lambda day: len(day.stops)).number
    chips = (
        Chip(f"Make day {number} calmer", (Calmer(day=number),)),
        Chip("What does it cost?", (Ask(topic=Topic.PRICE),)),
        Chip("How much do we walk?", (Ask(topic=Topic.WALKING),)),
    )
    return Answer(text, chips)


def kept(question: Question) -> Answer:
    idle, lifetime = question.given.idle, question.given.lifetime
    step = (
        "To keep the plan longer, save it under “Take it with you”; to end it now, "
        "delete it under “My trips”."
    )
    if idle is None or lifetime is None:
        return Answer(f"How long it is kept stands below the message box. {step}")
    end = question.trip.created_at + lifetime
    text = (
        f"This trip is kept {_period(idle)} after you last used it, and not beyond "
        f"{end:%Y-%m-%d %H:%M} UTC ({_period(lifetime)} after it began)."
    )
    return Answer(f"{text} {step}")


def sources(question: Question) -> Answer:
    if place := question.place:
        page = source_url(place)
        text = (
            f"The facts on {place.name} are from {facts.source(place)}, {place.licence}"
        )
        return Answer(f"{text}: {page}" if page else f"{text}.", stops=(place.id,))
    number = Counter(item.stop.place.source for item in question.planned)
    told = listed(
        f"{facts.source_name(credit.source)} ({credit.licence}, "
        f"{facts.stops(number[credit.source])})"
        for credit in credits(question.plan)
    )
    return Answer(
        f"The facts on your stops are from {told}. Travel times are estimates, and "
        "lengths of visits are usual ones. All sources stand below the plan, with "
        "their licences."
    )


def changed(question: Question) -> Answer:
    """The last change, as acts say it."""
    undo = Chip("Undo it", (Undo(),))
    if question.given.last_changes is None:
        return Answer("What changed last stands in the messages above.", (undo,))
    versions = question.given.last_changes()
    if not versions:
        return Answer("Nothing was changed yet.")
    told = changes.words(versions[0], question.places)
    return Answer(f"The last change: {told}.", (undo,))


def versions(question: Question) -> Answer:
    if question.given.last_changes is None:
        return changed(question)
    known = question.given.last_changes()
    if not known:
        return Answer("There is one version of the plan: nothing was changed yet.")
    told = "; ".join(
        changes.words(acts, question.places) for acts in known[:MOST_VERSIONS]
    )
    more = len(known) - MOST_VERSIONS
    rest = f"; and {counted(more, 'change')} before" if more > 0 else ""
    text = f"{counted(len(known), 'change')}, the newest first: {told}{rest}."
    return Answer(text, (Chip("Undo the last", (Undo(),)),))


def lodging(question: Question) -> Answer:
    """No beds are known; the middle of the stops is."""
    ends = {day.target for day in question.plan.days} if question.plan else set()
    told = sorted(it.name for it in ends if it and it.kind is AnchorKind.BASE)
    if told:
        return Answer(f"Your days begin and end at {listed(told)}.")
    parts = list(question.plan.parts()) if question.plan else []
    if len(parts) > 1:
        middles = listed(
            f"{_middle([stop.place for stop in part.stops])[0].name} in "
            f"{part.city.name}"
            for part in parts
            if part.stops
        )
        return Answer(f"I know no hotels. The middle of your stops is {middles}.")
    stops = [item.stop.place for item in question.planned]
    if not stops:
        return Answer("Where you sleep is not known to me, and I know no hotels.")
    middle, far = _middle(stops)
    text = (
        f"I know no hotels. The middle of your stops is {middle.name}: the farthest "
        f"stop is {far:.1f} km from it in a straight line, so a bed near there makes "
        "the ways short."
    )
    return Answer(text, stops=(middle.id,))


def _middle(places: Sequence[Place]) -> tuple[Place, float]:
    """The place from which the others are nearest, and how far the farthest is (km)."""
    middle = min(
        places,
        key=lambda one: sum(
            distance_km(one.lat, one.lon, o.lat, o.lon) for o in places
        ),
    )
    far = max(distance_km(middle.lat, middle.lon, o.lat, o.lon) for o in places)
    return middle, far


def _period(span: timedelta) -> str:
    """60 minutes, 24 hours, 30 days."""
    minutes = span // timedelta(minutes=1)
    for unit, length in (("day", 24 * 60), ("hour", 60)):
        if minutes > length and minutes % length == 0:
            return counted(minutes // length, unit)
    return counted(minutes, "minute")
