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
        "city": question.city or "that city",
        "where": place.name if place else question.city or "that place",
    }
    variants = [says.format(**said) for says in entry.says]
    of_place = place and any("{where}" in says for says in entry.says)
    known = facts.known(place) if place and of_place else ""
    text = question.fresh(variants, entry.step.format(**said), known)
    stops = (place.id,) if place else ()
    return Answer(text, entry.buttons(), stops, question.when.number)
