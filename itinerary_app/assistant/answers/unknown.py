"""What cannot be known here: said so, with the next best step and what is known."""

from __future__ import annotations

from itinerary_app.assistant.answers import facts, texts
from itinerary_app.assistant.answers.answer import Answer
from itinerary_app.assistant.answers.question import Question


def unknown(question: Question) -> Answer:
    entry = texts.entry("unknown", question.ask.about)
    place = question.place
    about = question.ask.about
    said = {
        "about": f"“{about}”" if about else "that",
        "where": place.name if place else question.city or "there",
    }
    variants = [says.format(**said) for says in entry.says]
    text = f"{question.fresh(variants)} {entry.step.format(**said)}"
    if place and (known := facts.known(place)):
        text += f" {known}"
    stops = (place.id,) if place else ()
    return Answer(text, entry.buttons(), stops, question.when.number)
