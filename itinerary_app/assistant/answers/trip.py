"""The trip as a thing: how to use it, how long it is kept, what changed, sources."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from itinerary_app.acts.acts import Ask, Calmer, Topic, Undo
from itinerary_app.acts.chips import Chip
from itinerary_app.assistant.answers import changes, facts, texts
from itinerary_app.assistant.answers.answer import Answer
from itinerary_app.assistant.answers.nothing import beginnings
from itinerary_app.assistant.answers.question import Question
from itinerary_app.text.credits import credits, source_url
from itinerary_app.text.dates import instant
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
    trip, keep = question.trip, question.given.keep
    longer = ""
    if keep and trip.idle < keep:
        longer = f"keep it for {_period(keep)} by the button below the message box, or "
    return Answer(
        f"This trip is kept {_period(trip.idle)} after you last used it, and not "
        f"beyond {instant(trip.ends_at)}. To have the plan longer, {longer}save it "
        "under “Take it with you”; to end it now, delete it under “My trips”."
    )


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


def _period(span: timedelta) -> str:
    """60 minutes, 24 hours, 30 days."""
    minutes = span // timedelta(minutes=1)
    for unit, length in (("day", 24 * 60), ("hour", 60)):
        if minutes > length and minutes % length == 0:
            return counted(minutes // length, unit)
    return counted(minutes, "minute")
